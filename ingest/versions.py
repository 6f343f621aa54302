"""Several versions of one CV: what a newer document says otherwise than an older one wins, and the older word is kept beside it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.dates import find_dates
from ingest.domain import (
    Degree,
    Document,
    Fact,
    Honour,
    Item,
    Link,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
)
from ingest.same import agree, periods_agree

_UPDATED = re.compile(
    r"\b(?:(?:last )?(?:updated?|revised|modified)|revision|version|as of|stand|aktualisiert|mise? [àa] jour|[úu]ltima actualizaci[óo]n|actualizado"
    r"|atualizado|aggiornat[oa]|bijgewerkt)\b(?: (?:on|am|le|el|of|at|in))?\s*[:(–-]?\s*|(?:更新(?:日期|于|日)?|最終更新)[:：\s]*",
    re.IGNORECASE,
)
_LONGEST_DATE = 24
"""Characters behind such a word in which its date stands."""
_OUT_OF_DATE = 2
"""Years between two documents from which what only the older says to go on is no longer known to."""
_LISTS_POSTS = 2
"""Dated positions from which a document is taken to list them all."""

When = tuple[int, int, int]
"""Year, month and day; 0 where unknown."""
_Dated = Position | Degree


def by_newest(
    facts: Sequence[Fact], links: Sequence[Link], documents: Iterable[Document], stated: Iterable[Fact]
) -> tuple[tuple[Fact, ...], tuple[Fact, ...], tuple[Link, ...]]:
    """The facts as the newest documents have them; what older ones say otherwise; and the links, of which some tell which stands for which.

    ``facts`` are without repetitions, which ``links`` tell of; ``stated`` are those of all documents.

    A post or a degree is the same in two documents where its place and its name or its beginning agree. Of the documents, that is newer whose
    latest date, its own included, is later; where neither is, both facts stay. What only an older document says to go on, while a much
    newer one lists posts and leaves it out, is not known to go on any more.
    """
    dates = _dates(documents, stated)
    linked = {link.kept for link in links if link.relation == "repeat"}
    newest: dict[_Dated, _Dated] = {}
    for kind in (Position, Degree):
        entries: list[_Dated] = [f for f in facts if isinstance(f, kind) and f.span.document in dates]
        for entry in entries:
            rivals = [e for e in entries if _newer(dates, e, entry) and _contradict(e, entry, entries, linked)]
            if rivals:
                newest[entry] = max(rivals, key=lambda e: dates[e.span.document])
    for entry in newest:
        while newest[entry] in newest:  # what a middle version corrected, the newest corrects too
            newest[entry] = newest[newest[entry]]
    stands = {entry.span: last.span for entry, last in newest.items()}
    moved = [Link(stands[k.kept], k.other, "outdated") if k.kept in stands else k for k in links]
    posts = [f for f in facts if isinstance(f, Position) and f not in newest]
    ended = {p.span: _open_ended(p) for p in posts if _is_over(p, posts, dates)}
    older = tuple(f for f in facts if f.span in stands or f.span in ended)
    kept = tuple(ended.get(f.span, f) for f in facts if f.span not in stands)
    return kept, older, (*moved, *(Link(last, entry, "outdated") for entry, last in stands.items()))


def _dates(documents: Iterable[Document], facts: Iterable[Fact]) -> dict[str, When]:
    """When each document was written, as far as it says: the latest of the date that it gives itself and those that it prints."""
    found: dict[str, When] = {}
    for fact in facts:
        for when in map(_when, _past_dates(fact)):
            found[fact.span.document] = max(when, found.get(fact.span.document, when))
    for document in documents:
        own = [date for match in _UPDATED.finditer(document.text) if (date := _date_behind(document.text, match.end()))]
        if own:
            found[document.id] = max([*own, found.get(document.id, own[0])])
    return found


def _date_behind(text: str, start: int) -> When | None:
    line = text[start : start + _LONGEST_DATE].split("\n")[0]
    return next((_when(date) for date, at, _ in find_dates(line) if at <= 1 and date.year is not None), None)


def _past_dates(fact: Fact) -> Iterator[PartialDate]:
    """The dates of a fact that were not to come when it was written; the end of a degree may have been."""
    printed: tuple[PartialDate | None, ...] = ()
    match fact:
        case Position(period=Period() as period):
            printed = (period.start, period.end)
        case Degree(period=Period() as period) | Project(period=Period() as period):
            printed = (period.start,)
        case Publication(date=date):
            printed = (date,)
        case Honour(dates=dates) | Item(dates=dates):
            printed = dates
    yield from (date for date in printed if date is not None and date.year is not None)


def _when(date: PartialDate) -> When:
    return date.year or 0, date.first_month if date.month else 0, date.day or 0


def _newer(dates: Mapping[str, When], a: Fact, b: Fact) -> bool:
    """Whether the document of ``a`` is newer than that of ``b`` as far as both dates go."""
    for first, second in zip(dates[a.span.document], dates[b.span.document], strict=True):
        if 0 in {first, second}:
            return False
        if first != second:
            return first > second
    return False


def _contradict(a: _Dated, b: _Dated, entries: Sequence[_Dated], linked: Iterable[object]) -> bool:
    """Whether two entries tell of one post or degree, and tell of it otherwise."""
    place, name = _named(a)
    other_place, other_name = _named(b)
    if not agree(place, other_place) or not a.period or not b.period:
        return False
    begins = _same(a.period.start, b.period.start)
    ends = _same(a.period.end, b.period.end)
    if agree(name, other_name):
        return bool(begins or ends) and not periods_agree(a.period, b.period)
    alone = all(sum(_is_like(e, entry) for e in entries) == 1 for entry in (a, b))
    return (
        bool(begins)
        and (bool(ends) or a.period.current or b.period.current)
        and alone
        and not {a.span, b.span} & set(linked)
    )


def _is_like(entry: _Dated, other: _Dated) -> bool:
    """Whether an entry of the same document begins at the same place and time as ``other``, itself included."""
    same_place = entry.span.document == other.span.document and agree(_named(entry)[0], _named(other)[0])
    starts = entry.period.start if entry.period else None, other.period.start if other.period else None
    return same_place and starts[0] is not None and starts[1] is not None and starts[0].year == starts[1].year


def _named(entry: _Dated) -> tuple[str | None, str | None]:
    return (entry.organisation, entry.role) if isinstance(entry, Position) else (entry.institution, entry.title)


def _same(a: PartialDate | None, b: PartialDate | None) -> bool:
    """Whether two dates are one as far as both are printed."""
    return a is not None and b is not None and a.year == b.year and (not a.month or not b.month or a.month == b.month)


def _open_ended(position: Position) -> Position:
    """``position`` without its "Present"."""
    return replace(position, period=Period(position.period.start) if position.period else None)


def _is_over(position: Position, listed: Iterable[Position], dates: Mapping[str, When]) -> bool:
    """Whether a much newer document that lists posts leaves out one that is said to go on."""
    here = dates.get(position.span.document)
    if here is None or not position.period or not position.period.current or position.period.start is None:
        return False
    posts: dict[str, list[Position]] = {}
    for post in listed:
        if post.period and post.period.start and post.span.document in dates:
            posts.setdefault(post.span.document, []).append(post)
    return any(
        dates[document][0] - here[0] >= _OUT_OF_DATE
        and len(others) >= _LISTS_POSTS
        and any(p.period and p.period.current for p in others)
        and not any(agree(p.organisation, position.organisation) for p in others)
        for document, others in posts.items()
    )
