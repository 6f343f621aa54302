"""The panel in which an owner chooses how the chat looks, sees it at once, and copies the lines."""

from functools import cache
from html import escape
from pathlib import Path

import yaml

from app.web.words import InterfaceLanguage, Words
from ingest.domain import Profile

_HERE = Path(__file__).parent
_SPOKEN = {"en": "English", "zh": "中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
_KINDS = ("script", "pinned", "element", "frame")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'"
)
ASSETS = {"panel.js": "text/javascript", "panel.css": "text/css"}


@cache
def panel_words(language: InterfaceLanguage) -> Words:
    """What the panel says in ``language``."""
    return Words(language, yaml.safe_load((_HERE / f"panel.{language}.yaml").read_text(encoding="utf-8")))


@cache
def asset(name: str) -> bytes:
    """One of ``ASSETS``."""
    return (_HERE / name).read_bytes()


def panel_page(profile: Profile, language: InterfaceLanguage) -> str:
    """The page; its preview is the frame of the profile, and its lines come from ``lines`` beside it."""
    said = panel_words(language)
    name = escape(profile.name)
    told = " ".join(f'data-{key}="{escape(said(key))}"' for key in ("copied", "uncopied", "failed"))
    return f"""<!doctype html>
<html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8"><title>{escape(said("title"))} · {name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"><link rel="stylesheet" href="../../widget/v1/panel.css">
<script type="module" src="../../widget/v1/panel.js"></script></head>
<body {told}><main>
<h1>{escape(said("title"))}</h1><p class="lead">{escape(said("lead"))}</p>
<div class="desk"><form>
{_radios(said, "kind", _KINDS)}
<fieldset><legend>{escape(said("color"))}</legend><label><input type="checkbox" name="own">{escape(said("color_own"))}</label>
<input type="color" name="color" value="#1d4f7c" aria-label="{escape(said("color"))}" disabled></fieldset>
{_radios(said, "position", ("right", "left"))}
{_choice(said, "language", {"": said("language_auto"), **_SPOKEN})}
{_choice(said, "theme", {"": said("theme_auto"), "light": said("theme_light"), "dark": said("theme_dark")})}
<label class="field"><span>{escape(said("heading"))}</span>
<input name="heading" maxlength="80" placeholder="{escape(said("heading_hint", name=profile.name))}"></label>
</form>
<iframe src="../{escape(profile.slug)}?mode=launcher&amp;open=" title="{escape(said("preview"))}"></iframe></div>
<h2 id="lines">{escape(said("lines"))}</h2><pre tabindex="0" aria-labelledby="lines" class="lines"></pre>
<p class="buttons"><button type="button">{escape(said("copy"))}</button> <span role="status"></span></p>
<p class="pinned" hidden>{escape(said("pinned_hint"))}</p>
<h2 id="policy">{escape(said("policy"))}</h2><pre tabindex="0" aria-labelledby="policy" class="policy"></pre>
<h2 id="origins">{escape(said("origins"))}</h2><pre tabindex="0" aria-labelledby="origins" class="origins"></pre>
</main></body></html>"""


def _radios(said: Words, name: str, values: tuple[str, ...]) -> str:
    inputs = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"{" checked" if value == values[0] else ""}>'
        f"{escape(said(f'{name}_{value}'))}</label>"
        for value in values
    )
    return f"<fieldset><legend>{escape(said(name))}</legend>{inputs}</fieldset>"


def _choice(said: Words, name: str, values: dict[str, str]) -> str:
    options = "".join(f'<option value="{value}">{escape(text)}</option>' for value, text in values.items())
    return f'<label class="field"><span>{escape(said(name))}</span><select name="{name}">{options}</select></label>'
