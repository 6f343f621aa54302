"""Citations: the number in the sentence, the list below it, and where each leads."""

import hashlib
from collections.abc import Mapping, Sequence
from html import escape

from app.domain import Citation
from app.web.render.plain import short
from app.web.words import Words, words

OPEN_SOURCES = 4
"""Up to so many sources are listed openly; more wait behind their number."""


def digest(quote: str) -> str:
    """Tells whether a span still holds the text it held when it was cited."""
    return hashlib.sha256(quote.encode()).hexdigest()[:16]


def locator(citation: Citation) -> str:
    """The attributes that make a button open the evidence view at what is cited."""
    return (
        f'aria-controls="vv-evidence" aria-expanded="false" data-n="{citation.n}"'
        f' data-document="{escape(citation.document)}" data-start="{citation.start}" data-end="{citation.end}"'
        f' data-digest="{digest(citation.quote)}"'
        + (f' data-profile="{escape(citation.profile)}"' if citation.profile else "")
    )


def chip(citation: Citation, said: Words, people: Mapping[str, str]) -> str:
    """The number of a citation, which shows its place and words when it is pointed at and opens the source when it is pressed."""
    where = plain_place(citation, said, people)
    label = said("source_label", n=citation.n, where=where)
    return (
        f'<button type="button" class="vv-cite" {locator(citation)} aria-label="{escape(label)}"'
        f' data-where="{escape(where)}" data-quote="{escape(short(citation.quote))}">{citation.n}</button>'
    )


def sources(citations: Sequence[Citation], said: Words, people: Mapping[str, str]) -> str:
    """The cited sources in the order of their numbers."""
    items = "".join(
        f'<li><button type="button" class="vv-source" {locator(c)}><span class="vv-number">{c.n}</span>'
        f'<span class="vv-where">{_whose(c, people)}{place(c.title, c.section, c.page, said)}</span>'
        f'<span class="vv-quote">{escape(short(c.quote))}</span></button></li>'
        for c in citations
    )
    opened = " open" if len(citations) <= OPEN_SOURCES else ""
    count = escape(said.count("sources", len(citations)))
    return f'<details class="vv-sources"{opened}><summary>{count}</summary><ol>{items}</ol></details>'


def place(title: str, section: str | None, page: int | None, said: Words | None = None) -> str:
    """Where in a source something stands."""
    said = said or words("en")
    parts = [f"<strong>{escape(title)}</strong>", escape(section or ""), escape(said("page", n=page)) if page else ""]
    return " · ".join(part for part in parts if part)


def plain_place(citation: Citation, said: Words, people: Mapping[str, str]) -> str:
    """``place`` without markup, with the name of whose source it is where several people's are cited."""
    parts = [
        people.get(citation.profile, "") if citation.profile else "",
        citation.title,
        citation.section or "",
        said("page", n=citation.page) if citation.page else "",
    ]
    return " · ".join(part for part in parts if part)


def _whose(citation: Citation, people: Mapping[str, str]) -> str:
    name = people.get(citation.profile, "") if citation.profile else ""
    return f"{escape(name)} · " if name else ""
