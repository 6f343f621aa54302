"""What of a fact its source must print, and whether it does: the one test that every fact passes, whoever made it."""

import re
from collections.abc import Iterator

from ingest.dates import find_dates, find_period
from ingest.domain import (
    Contact,
    Degree,
    Document,
    Fact,
    Honour,
    Interest,
    Item,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Span,
)

_DITTO = re.compile(r"\b(?:ebenda|ibid|ditto|idem)\b")


def printed(fact: Fact) -> list[str]:
    """The values of ``fact`` that its source must print."""
    match fact:
        case Position():
            return [v for v in (fact.organisation, fact.role, fact.group, fact.place, *fact.supervisors) if v]
        case Degree():
            return [v for v in (fact.institution, fact.title, fact.note, *fact.supervisors) if v]
        case Publication():
            optional = (fact.venue, fact.venue_tag, fact.subject, fact.affiliation)
            marked = (*fact.equal, *fact.corresponding, *fact.marked)
            return [fact.title, *fact.authors, *marked, *fact.notes, *(v for v in optional if v)]
        case Project() | Honour() | Item():
            return [fact.title]
        case Interest():
            return [fact.topic, *([fact.detail] if fact.detail else [])]
        case Contact():
            return [fact.value]


def dates_of(fact: Fact) -> Iterator[PartialDate]:
    """Every date that ``fact`` holds."""
    for name in fact.__slots__:
        value = getattr(fact, name)
        for one in value if isinstance(value, tuple) else (value,):
            held = (one.start, one.end) if isinstance(one, Period) else (one,)
            yield from (d for d in held if isinstance(d, PartialDate))


def not_printed(fact: Fact, document: Document) -> list[str]:
    """The values of ``fact`` that do not stand in its span but for white space; what is put together is looked for piece by piece.

    An employer and its place may stand above: in the headings over the span, in its block before it, or anywhere before an "ibid.".
    """
    there = " ".join(document.quote(fact.span).split())
    over = " ".join(_above(document, fact.span).split()) if isinstance(fact, Position | Degree) else ""
    shared = {fact.organisation, fact.place} if isinstance(fact, Position) else {getattr(fact, "institution", None)}
    return [
        value
        for value in printed(fact)
        if not all(
            any(" ".join(part.split()) in place for place in ((there, over) if value in shared else (there,)))
            for part in value.split(", ")
        )
    ]


def not_dated(fact: Fact, text: str) -> list[PartialDate]:
    """The dates of ``fact`` that are not printed in ``text``; of a publication the year may be all that is kept."""
    coarse = {None} if isinstance(fact, Publication) else set()
    there = [d for d, _, _ in find_dates(re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", text))]
    found = find_period(text)
    there += [d for d in (found.period.start, found.period.end) if d] if found else []
    return [d for d in dates_of(fact) if not any(t.year == d.year and d.month in {t.month, *coarse} for t in there)]


def _above(document: Document, span: Span) -> str:
    """What an employer of several positions is printed in."""
    if _DITTO.search(document.quote(span)):
        return document.text[: span.start]
    block = next(b for b in document.blocks if b.span.start <= span.start < b.span.end)
    return "\n".join([*block.path, document.text[block.span.start : span.start]])
