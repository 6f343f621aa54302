"""From what a model proposes to a fact: every value is looked for in the block, and the fact takes what is printed there, never the model's words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from ingest.assisted.fitting import is_authored, is_value, misfit, speaks_of_now
from ingest.assisted.proposal import Kind, Proposal, Unread
from ingest.authors import ET_AL, MARKS
from ingest.dates import find_dates, is_reversed
from ingest.domain import (
    Degree,
    Document,
    Fact,
    Honour,
    Interest,
    Item,
    PartialDate,
    Period,
    Position,
    Profile,
    Project,
    Publication,
    Section,
    Span,
)
from ingest.extract.periods import period_in
from ingest.imprint import acronym_of
from ingest.printed import not_dated, not_printed
from ingest.private import MASK
from ingest.sentences import is_cjk, sentence_spans
from ingest.states import is_preprint

_ALIKE = ("'’‘`´", '"“”„«»', "-‐‑–—−", ",，", ":：", "(（", ")）")
"""Signs that a model puts in each other's place."""
_LONGEST_RUN = 8
"""Lines or sentences that one entry takes at most."""
_ITEMS: dict[Kind, Literal["teaching", "talk", "grant", "skill", "language"]] = {
    "teaching": "teaching", "talk": "talk", "grant": "grant", "skill": "skill", "language": "language",
}  # fmt: skip
_BETWEEN = re.compile(r"\W*(?:\b(?:and|und|et|y|e|to|bis|au|a)\b)?\W*", re.IGNORECASE)
"""What stands between the dates of one entry."""
_TIMELESS = frozenset({"skill", "language", "interest"})


class Dropped(Exception):
    """A proposal that is no fact; its text is the reason, in a few words."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands in its block, and its values as they are printed there."""

    start: int
    end: int
    values: tuple[str, ...]


def fact_of(proposal: Proposal, block: Unread, document: Document, profile: Profile) -> Fact:
    """The fact that ``proposal`` finds in ``block`` of ``document``.

    Raises:
        Dropped: a value is not printed there, the entry does not fit its place, or it is of somebody else or mixed with another.
    """
    asked = (proposal.title, proposal.organisation, proposal.place, proposal.date, proposal.venue, *proposal.authors)
    place = _place_of([v for v in asked if v], block.text)
    text = block.text[place.start : place.end]
    if MASK in text:
        raise Dropped("private")
    shown = dict(zip((v for v in asked if v), place.values, strict=True))
    _check_words(proposal, shown)
    reason = misfit(proposal.kind, shown[proposal.title], text, place.values, block, profile)
    if reason is not None:
        raise Dropped(reason)
    span = Span(document.id, block.span.start + place.start, block.span.start + place.end)
    fact = _made(proposal, shown, place, span, block, profile)
    if not_printed(fact, document) or not_dated(fact, text):
        raise Dropped("not printed")
    return fact


def _made(
    proposal: Proposal, shown: dict[str, str], place: _Place, span: Span, block: Unread, profile: Profile
) -> Fact:
    text = block.text[place.start : place.end]
    title, kind = shown[proposal.title], proposal.kind
    organisation = shown.get(proposal.organisation or "")
    date = shown.get(proposal.date or "")
    if kind == "publication":
        return _publication(proposal, shown, text, span, block, profile)
    if kind in {"position", "degree"}:
        period = _period(kind, text, place.values, date)
        if kind == "degree":
            return Degree(span=span, institution=organisation, title=title, period=period)
        if organisation is None or organisation == title:
            raise Dropped("no employer")
        return Position(
            span=span, organisation=organisation, role=title, place=shown.get(proposal.place or ""), period=period
        )
    if kind == "project":
        return Project(span=span, title=title, period=_period(kind, text, place.values, date))
    dates = () if kind in _TIMELESS else _dates(text, title, date)
    if kind in {"award", "service"}:
        return Honour(span=span, title=title, is_award=kind == "award", dates=dates)
    if kind == "interest":
        return Interest(span=span, topic=title)
    return Item(kind=_ITEMS[kind], span=span, title=title, dates=dates)


def _publication(
    proposal: Proposal, shown: dict[str, str], text: str, span: Span, block: Unread, profile: Profile
) -> Publication:
    title, venue = shown[proposal.title], shown.get(proposal.venue or "")
    authors = tuple(shown[a].strip(f"{MARKS} ") for a in proposal.authors)
    outside = " ".join(text.split()).replace(title, " ")
    years = sorted({d.year for d, _, _ in find_dates(shown.get(proposal.date or "") or outside) if d.year is not None})
    if not authors and block.section is not Section.PUBLICATIONS:
        raise Dropped("no fitting section")
    if authors and not is_authored(authors, text, profile):
        raise Dropped("other people")
    if not (authors or years) or (len(re.findall(r"[^\W\d_]{2,}", title)) < 2 and not is_cjk(title)):
        raise Dropped("no fitting section")
    preprint = is_preprint(outside)
    return Publication(
        span=span,
        title=title.rstrip("."),
        authors=authors,
        authors_complete=ET_AL.search(outside) is None,
        date=PartialDate(years[0]) if len(years) == 1 else None,
        venue=venue,
        venue_tag=None if preprint else acronym_of(venue),
        status="preprint" if preprint else "published" if venue else None,
    )


def _check_words(proposal: Proposal, shown: Mapping[str, str]) -> None:
    """Raises ``Dropped`` where a value has not the form of one."""
    named = [
        ("title", proposal.title),
        ("organisation", proposal.organisation),
        ("place", proposal.place),
        ("venue", proposal.venue),
    ]
    named += [("author", author) for author in proposal.authors]
    if not all(is_value(proposal.kind, name, shown[value]) for name, value in named if value):
        raise Dropped("not a value")


def _period(kind: Kind, text: str, values: Sequence[str], date: str | None) -> Period | None:
    """The period that the entry prints outside of its names, where it prints no other date; a position without one must be held now."""
    bare = " ".join(text.split())
    for value in values:
        bare = bare if value == date else bare.replace(value, "\t")
    found = period_in(bare) or (period_in(date) if date else None)
    period = found.period if found else None
    own = {d.year for d in ((period.start, period.end) if period else ()) if d}
    if {d.year for d, _, _ in find_dates(bare) if d.year is not None} - own:
        raise Dropped("mixed with another entry")
    if period is not None and is_reversed(period):
        raise Dropped("dates that run backwards")
    if kind == "position" and period is None:
        if not speaks_of_now(text):
            raise Dropped("no date")
        return Period(None, None, current=True)
    return period


def _dates(text: str, title: str, date: str | None) -> tuple[PartialDate, ...]:
    """The dates that an entry prints outside of its title: those that were proposed, or one run of them."""
    bare = " ".join(text.split()).replace(title, "\t")
    found = [(d, start, end) for d, start, end in find_dates(bare) if d.year is not None]
    meant = {d.year for d, _, _ in find_dates(date or "")}
    is_run = all(_BETWEEN.fullmatch(bare[end:start]) for (_, _, end), (_, start, _) in pairwise(found))
    if (date and {d.year for d, _, _ in found} - meant) or (not date and not is_run):
        raise Dropped("mixed with another entry")
    return tuple(dict.fromkeys(d for d, _, _ in found))


def _place_of(values: Sequence[str], text: str) -> _Place:
    """The shortest run of lines or sentences of ``text`` that prints every one of ``values``."""
    found = [list(_places(value, text)) for value in values]
    if not all(found):
        raise Dropped("not printed")
    edges = _edges(text)
    for length in range(1, min(_LONGEST_RUN, len(edges) - 1) + 1):
        for start, end in zip(edges, edges[length:], strict=False):
            inside = [next(((a, b) for a, b in places if start <= a and b <= end), None) for places in found]
            if all(inside):
                bare = text[start:end]
                lead = len(bare) - len(bare.lstrip())
                printed = tuple(_bare(text[a:b]) for a, b in (place for place in inside if place))
                return _Place(start + lead, start + len(bare.rstrip()), printed)
    raise Dropped("mixed with another entry")


def _bare(value: str) -> str:
    """``value`` on one line, without an ornament before it."""
    return re.sub(r"^[^\w\"“«„(\[']+", "", " ".join(value.split()))


def _edges(text: str) -> list[int]:
    """Where the lines and sentences of ``text`` begin, and its end."""
    starts = {0, *(m.end() for m in re.finditer(r"\n", text)), *(start for start, _ in sentence_spans(text))}
    edges = sorted(starts | {len(text)})
    return [a for a, b in pairwise(edges) if text[a:b].strip()] + [len(text)]


def _places(value: str, text: str) -> Iterator[tuple[int, int]]:
    """Where ``text`` prints ``value`` as whole words, whatever its white space, case and form of quotation marks and dashes."""
    words = ["".join(_sign(c) for c in word) for word in value.split()]
    if not words:
        return
    first, last = value.split()[0][0], value.split()[-1][-1]
    before = r"(?<!\w)" if first.isalnum() and not is_cjk(first) else ""
    after = r"(?!\w)" if last.isalnum() and not is_cjk(last) else ""
    yield from (m.span() for m in re.finditer(before + r"\s+".join(words) + after, text, re.IGNORECASE))


def _sign(char: str) -> str:
    alike = next((signs for signs in _ALIKE if char in signs), None)
    return f"[{re.escape(alike)}]" if alike else re.escape(char)
