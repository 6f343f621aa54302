"""An answer with its sources as plain text and as Markdown, for pasting elsewhere."""

import re

from app.domain import Answer, Citation
from app.web.render.cite import plain_place
from app.web.render.plain import short
from app.web.words import Words

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~])")
"""What Markdown would take for markup."""
_MARKER = re.compile(r"\[(\d+)\]")


def as_text(answer: Answer, said: Words) -> str:
    """The question, the answer, and its numbered sources."""
    lines = [answer.answer]
    if answer.citations:
        lines += ["", said("sources_heading")]
        lines += [f"[{c.n}] {plain_place(c, said, {})}: {_quoted(c, said)}" for c in answer.citations]
    return "\n".join(lines)


def as_markdown(answer: Answer, said: Words) -> str:
    """The same in Markdown: the answer's lists as lists, the sources as footnotes."""
    known = {c.n for c in answer.citations}
    lines: list[str] = []
    for sentence in answer.sentences:
        text = _escaped(sentence.text, known)
        if sentence.is_item:
            lines.append(f"- {text}")
        elif lines and lines[-1] and not lines[-1].startswith("- "):
            lines[-1] += ("" if lines[-1][-1] in "。！？；" else " ") + text
        else:
            lines += ["", text] if lines else [text]
        if not sentence.is_item and text.endswith((":", "：")):
            lines.append("")
    if answer.citations:
        lines.append("")
        lines += [f"[^{c.n}]: {_escaped(f'{plain_place(c, said, {})}: {_quoted(c, said)}')}" for c in answer.citations]
    return "\n".join(lines)


def _quoted(citation: Citation, said: Words) -> str:
    return said("quoted", text=short(citation.quote))


def _escaped(text: str, known: frozenset[int] | set[int] = frozenset()) -> str:
    """``text`` with nothing in it that Markdown acts upon; ``[n]`` of a known citation as a footnote."""
    parts: list[str] = []
    at = 0
    for marker in _MARKER.finditer(text):
        if int(marker[1]) in known:
            parts += [_ACTIVE.sub(r"\\\1", text[at : marker.start()].rstrip(" ")), f"[^{marker[1]}]"]
            at = marker.end()
    return "".join([*parts, _ACTIVE.sub(r"\\\1", text[at:])])
