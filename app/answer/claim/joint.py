"""What holds of several entries together: what all of them say, and how long somebody was at one place through several posts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.answer.claim.unit import Unit, made_unit
from ingest.domain import PartialDate, Period, Position

_GAP = 12
"""Months that may lie between two posts that are told as one stay."""


def joint(units: Sequence[Unit]) -> Unit | None:
    """Several entries as one that has the words that all of them have, and the dates of each; ``None`` where they are not entries or only one."""
    entries = [u for u in units if u.is_entry and u.fact is not None]
    if len(entries) < 2 or len(entries) < len(units):
        return None
    first = entries[0]
    dates = [d for u in entries for d in _dates(u)]
    known = replace(
        first.vocabulary,
        terms=frozenset.intersection(*(u.vocabulary.terms for u in entries)),
        words=frozenset.intersection(*(u.vocabulary.words for u in entries)),
        text="",
    )
    years = sorted(d.year for d in dates if d.year)
    return replace(
        first,
        text="",
        fact=None,
        lines=(),
        vocabulary=known,
        quantities=(),
        dates=tuple(dates),
        periods=(),
        initials=frozenset.intersection(*(u.initials for u in entries)),
        aliases_words=frozenset.intersection(*(u.aliases_words for u in entries)),
        stems=frozenset.intersection(*(u.stems for u in entries)),
        years=(years[0], years[-1]) if years else None,
        joined=tuple(p for u in entries for p in u.periods),
        size=len(entries),
    )


def groups(units: Sequence[Unit]) -> Iterator[Unit]:
    """The joint units of all entries, of those of one kind, and of those at one place."""
    sets: dict[tuple[str, ...], list[Unit]] = {("all",): list(units)}
    for unit in units:
        fact = unit.fact
        if unit.is_entry and fact is not None:
            sets.setdefault(("kind", fact.kind), []).append(unit)
            place = (
                getattr(fact, "organisation", None)
                or getattr(fact, "institution", None)
                or getattr(fact, "venue_tag", None)
            )
            if place:
                sets.setdefault(("place", fact.kind, place), []).append(unit)
    seen: set[tuple[int, ...]] = set()
    for members in sets.values():
        key = tuple(id(u) for u in members)
        if key not in seen and (one := joint(members)):
            seen.add(key)
            yield one


def stays(units: Sequence[Unit]) -> Iterator[Unit]:
    """For every employer of two or more posts that follow each other: the employer, its place, and the time from the first post to the last."""
    posts = [u.fact for u in units if u.is_entry and isinstance(u.fact, Position) and u.fact.organisation]
    found: dict[str, list[Position]] = {}
    for post in posts:
        found.setdefault(post.organisation or "", []).append(post)
    for organisation, held in found.items():
        period = _union([p.period for p in held if p.period])
        if len(held) > 1 and period:
            place = next((p.place for p in held if p.place), None) or ""
            language = next(u.language for u in units)
            yield replace(made_unit(0, f"{organisation} {place}", held[0], language), periods=(period,))


def _dates(unit: Unit) -> Iterator[PartialDate]:
    yield from unit.dates
    for period in unit.periods:
        yield from (d for d in (period.start, period.end) if d)


def _union(periods: Sequence[Period]) -> Period | None:
    """The time from the first start to the last end, where no two of the periods are further apart than a few months."""
    known = sorted((p for p in periods if p.start and p.start.year), key=_start)
    if len(known) < 2 or len(known) < len(periods):
        return None
    for one, two in pairwise(known):
        if not one.current and (one.end is None or _start(two) - _end(one) > _GAP):
            return None
    last = max(known, key=lambda p: (p.current, _end(p)))
    return Period(known[0].start, last.end, last.current)


def _start(period: Period) -> int:
    assert period.start is not None
    assert period.start.year is not None
    return period.start.year * 12 + period.start.first_month


def _end(period: Period) -> int:
    return period.end.year * 12 + (period.end.month or 12) if period.end and period.end.year else 0
