"""Lengths and orders of dated facts, in months."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from app.answer.scene import Scene
from app.question.select import newest_year
from ingest.domain import Degree, PartialDate, Period, Position

_MONTHS = 12
Dated = TypeVar("Dated", Position, Degree)


def by_start(facts: Iterable[Dated]) -> list[Dated]:
    """The most recent first; those without a date keep their place at the end."""
    return sorted(facts, key=lambda f: -(start_months(f.period) or -1))


def start_months(period: Period | None) -> int | None:
    """The start in months since year 0; an unknown month counts as January."""
    return _months(period.start) if period and period.start else None


def end_months(period: Period | None, newest: int | None) -> int | None:
    """The end in months since year 0; "present" is ``newest``."""
    if period is None:
        return None
    if period.current:
        return newest
    return _months(period.end) if period.end else None


def reaches(period: Period | None, years: tuple[int | None, int | None]) -> bool:
    """Whether ``period`` has a part in the years from the first to the last, both inclusive; ``None`` leaves a side open.

    Of a period with one date only that date is known; one without an end that is "present" goes on.
    """
    begun, ended = start_months(period), end_months(period, None)
    known = [m // _MONTHS for m in (begun, ended) if m is not None]
    if period is None or not known:
        return False
    first, last = years
    return (last is None or known[0] <= last) and (first is None or period.current or known[-1] >= first)


def is_dated(period: Period | None) -> bool:
    """Whether ``period`` says anything of when it was."""
    return period is not None and (period.current or (start_months(period) or end_months(period, None)) is not None)


def months_of(period: Period | None, newest: int | None) -> int | None:
    """The length in months, or ``None`` where an end is unknown or lies before the start."""
    start, end = start_months(period), end_months(period, newest)
    return (
        end - start
        if start is not None and end is not None and end >= start and (end > start or newest is None)
        else None
    )


def union_months(periods: Sequence[Period | None], newest: int | None) -> int | None:
    """The months that the periods cover together, each counted once."""
    spans = [(start_months(p), end_months(p, newest)) for p in periods]
    known = sorted((a, b) for a, b in spans if a is not None and b is not None and b >= a)
    if len(known) < len(spans):
        return None
    total, reach = 0, 0
    for start, end in known:
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return total


def newest_month(scene: Scene) -> int | None:
    """The latest month that the record prints: what "present" means at the least.

    Of positions and degrees it is the month, of all else January of the year: whoever lists a paper of 2025 was still at the post that goes on.
    """
    periods = [p.period for p in scene.facts(Position)] + [d.period for d in scene.facts(Degree)]
    months = [m for period in periods for m in (start_months(period), end_months(period, None))]
    year = newest_year(scene.record.facts)
    return max((m for m in (*months, year and year * _MONTHS) if m is not None), default=None)


def _months(date: PartialDate) -> int | None:
    return date.year * _MONTHS + date.first_month - 1 if date.year is not None else None
