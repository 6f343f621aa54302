"""The theme: Gradio's own parts in the colours of ``static/base.css``, and the style and script of ours, joined."""

import re
from pathlib import Path

import gradio as gr

_STATIC = Path(__file__).parent.parent / "static"
_STYLES = ("base", "people", "directory", "chat", "answer", "cite", "evidence", "record", "recruiter", "embed", "print")
_SCRIPTS = (
    "base",
    "head",
    "directory",
    "memory",
    "chat",
    "foot",
    "answer",
    "feedback",
    "tip",
    "evidence",
    "record",
    "recruiter",
    "embed",
)
_UNASKED = ".vv-votes, .vv-reporting { display: none !important; }"
_SANS = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Noto Sans CJK SC"]
_MONO = ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"]


def style(takes_feedback: bool = True) -> str:
    """Our sheets, joined; where feedback is not taken, none is asked for.

    Gradio loads its own later, so that ours must win by weight where both say something: their container counts twice.
    """
    joined = "\n".join([*(_read(f"{name}.css") for name in _STYLES), "" if takes_feedback else _UNASKED])
    return re.sub(r"^( *)\.gradio-container \{", r"\1.gradio-container.gradio-container {", joined, flags=re.MULTILINE)


def script() -> str:
    """Our scripts, joined, each in a scope of its own."""
    return "\n".join(f"(() => {{\n{_read(f'{name}.js')}\n}})();" for name in _SCRIPTS)


def _read(name: str) -> str:
    return (_STATIC / name).read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Gradio's own parts in the colours of ``base.css``."""
    colours = {
        "body_background_fill": ("#fbfaf7", "#14171b"),
        "body_text_color": ("#20242a", "#e8e5df"),
        "input_background_fill": ("#ffffff", "#1c2026"),
        "input_background_fill_focus": ("#ffffff", "#1c2026"),
        "input_border_color": ("#8b8a83", "#6d7580"),
        "input_border_color_focus": ("#1d4f7c", "#8fbfe8"),
        "input_placeholder_color": ("#666b73", "#a2a9b3"),
        "block_background_fill": ("transparent", "transparent"),
        "block_label_text_color": ("#5b616b", "#a2a9b3"),
        "button_primary_background_fill": ("#1d4f7c", "#8fbfe8"),
        "button_primary_background_fill_hover": ("#163d61", "#b0d3f0"),
        "button_primary_text_color": ("#ffffff", "#10151a"),
        "button_primary_text_color_hover": ("#ffffff", "#10151a"),
    }
    values = {name: light for name, (light, _) in colours.items()}
    values |= {f"{name}_dark": dark for name, (_, dark) in colours.items()}
    return gr.themes.Base(font=[*_SANS, "sans-serif"], font_mono=_MONO).set(
        block_border_width="0px", block_shadow="none", **values
    )
