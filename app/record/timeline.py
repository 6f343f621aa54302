"""Positions and degrees in the order of time, with where each lies on an axis of years."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.domain import Degree, PartialDate, Period, Position, Publication, Record

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Station:
    """A position or a degree on the axis."""

    fact: Position | Degree
    start: float | None
    """From where it lasts, in years: 2019.5 is July 2019; ``None`` where no beginning is stated."""
    end: float | None
    """Until where, exclusive; the axis' end for what is said to last; ``None`` where no date is stated."""

    @property
    def title(self) -> str | None:
        """The role, or the degree."""
        return self.fact.role if isinstance(self.fact, Position) else self.fact.title

    @property
    def place(self) -> str | None:
        """The employer or the school."""
        return self.fact.organisation if isinstance(self.fact, Position) else self.fact.institution

    @property
    def is_open(self) -> bool:
        """Whether the source says that it lasts."""
        return self.fact.period is not None and self.fact.period.current


@dataclass(frozen=True, slots=True)
class Timeline:
    """All stations, the latest first, those without dates last, and the years that the axis spans."""

    stations: tuple[Station, ...]
    first: int | None
    """The year in which the axis begins; ``None`` where nothing is dated."""
    last: int | None
    """The last whole year on it: the newest that the record prints; what "present" means at the least."""


def timeline_of(record: Record) -> Timeline:
    """The positions and degrees of ``record``."""
    facts = [fact for fact in record.facts if isinstance(fact, Position | Degree)]
    printed = [year for fact in facts for year in _years(fact.period)]
    if not printed:
        return Timeline(tuple(Station(fact, None, None) for fact in facts), None, None)
    papers = [f.date.year for f in record.facts if isinstance(f, Publication) and f.date and f.date.year]
    first, last = min(printed), max([*printed, *papers])
    stations = [_station(fact, first, last + 1) for fact in facts]
    return Timeline(tuple(sorted(stations, key=_order)), first, last)


def _station(fact: Position | Degree, first: int, limit: int) -> Station:
    period = fact.period
    if period is None or not list(_years(period)):
        return Station(fact, None, None)
    start = _begins(period.start) if period.start and period.start.year is not None else None
    if period.current:
        end: float = limit
    else:
        last = period.end if period.end and period.end.year is not None else period.start
        end = _ends(last) if last else limit
    return Station(fact, start, max(end, (start or first)))


def _order(station: Station) -> tuple[bool, bool, float, float]:
    """What lasts or ended last comes first; of those what began last."""
    return (station.end is None, not station.is_open, -(station.end or 0), -(station.start or 0))


def _years(period: Period | None) -> Iterable[int]:
    dates = (period.start, period.end) if period else ()
    return (date.year for date in dates if date is not None and date.year is not None)


def _begins(date: PartialDate) -> float:
    return (date.year or 0) + (date.first_month - 1) / _MONTHS


def _ends(date: PartialDate) -> float:
    """The end of the year, or of the month where one is stated; a season lasts three."""
    if date.month is None:
        return (date.year or 0) + 1
    return (date.year or 0) + (date.first_month - 1 + (3 if date.month > _MONTHS else 1)) / _MONTHS
