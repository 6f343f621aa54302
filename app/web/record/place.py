"""The pieces that all parts of the Record tab are made of: headings, and buttons that open a source or list publications."""

from collections.abc import Sequence
from html import escape

from app.domain import Citation
from app.web.render import locator
from app.web.words import Words
from ingest.domain import Record, Span


def section(name: str, title: str, body: str) -> str:
    """A part of the tab under its heading; ``name`` is what jumps lead to."""
    return (
        f'<section class="vv-record-part" data-part="{name}" aria-labelledby="vv-record-{name}">'
        f'<h2 id="vv-record-{name}" tabindex="-1">{escape(title)}</h2>{body}</section>'
    )


def jumps(parts: Sequence[str], say: Words) -> str:
    """Buttons that lead to the parts of these names."""
    items = "".join(
        f'<li><button type="button" class="vv-record-chip" data-jump="{part}">{escape(say(f"record_{part}"))}</button></li>'
        for part in parts
    )
    return f'<nav class="vv-record-jumps" aria-label="{escape(say("record_jump"))}"><ul>{items}</ul></nav>'


def source(record: Record, span: Span, n: int, text: str, label: str) -> str:
    """A button that reads ``text`` and opens the evidence at ``span``."""
    document = record.document(span.document)
    citation = Citation(
        n=n,
        document=span.document,
        title=document.title,
        section=None,
        page=None,
        start=span.start,
        end=span.end,
        quote=document.quote(span),
        url=None,
    )
    return (
        f'<button type="button" class="vv-record-source" {locator(citation)}'
        f' aria-label="{escape(label)}">{escape(text)}</button>'
    )


def bar(kind: str, value: str, text: str, label: str, count: int, most: int, key: str | None = None) -> str:
    """A button that lists the publications of one ``value`` of the filter ``kind``, as wide a bar as its share of ``most``.

    Rows hold ``key`` in place of the value, where one is given.
    """
    known = f' data-key="{escape(key)}"' if key is not None else ""
    return (
        f'<li><button type="button" class="vv-record-bar" data-filter="{kind}" data-value="{escape(value)}"{known}'
        f' aria-label="{escape(label)}" style="--vv-share:{count / max(most, 1):.3f}">'
        f'<span class="vv-record-name">{escape(text)}</span>'
        f'<span class="vv-record-length" aria-hidden="true"></span>'
        f'<span class="vv-record-count">{count}</span></button></li>'
    )


def folded_away(head: list[str], rest: list[str], summary: str) -> str:
    """A list of bars, what does not fit the first look behind ``summary``."""
    more = (
        f'<details class="vv-record-more"><summary>{escape(summary)}</summary><ul class="vv-record-bars">{"".join(rest)}</ul></details>'
        if rest
        else ""
    )
    return f'<ul class="vv-record-bars">{"".join(head)}</ul>{more}'
