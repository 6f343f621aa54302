"""How many publications there are by year, by venue, by status and by the person's place; every number is the length of a list one can open."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.record.terms import Position, Status
from app.record.venues import Venue
from app.record.works import Work

_POSITIONS: tuple[Position, ...] = ("first", "sole", "middle", "last", "not_stated")
_STATUSES: tuple[Status, ...] = ("published", "preprint", "not_stated")


@dataclass(frozen=True, slots=True)
class YearCount:
    """The works of one year; ``year`` is ``None`` for those whose year is not stated."""

    year: int | None
    works: tuple[Work, ...]

    @property
    def preprints(self) -> int:
        """How many of them the source calls preprints."""
        return sum(work.status == "preprint" for work in self.works)


@dataclass(frozen=True, slots=True)
class VenueCount:
    """The works of one venue; ``venue`` is ``None`` for those without one."""

    venue: Venue | None
    works: tuple[Work, ...]


def by_year(works: Iterable[Work]) -> tuple[YearCount, ...]:
    """Every year from the first to the last, those without a work too, then what has no year."""
    listed = tuple(works)
    years = [work.year for work in listed if work.year is not None]
    every: list[int | None] = list(range(min(years), max(years) + 1)) if years else []
    counts = [YearCount(year, tuple(w for w in listed if w.year == year)) for year in [*every, None]]
    return tuple(count for count in counts if count.year is not None or count.works)


def by_venue(works: Iterable[Work]) -> tuple[VenueCount, ...]:
    """Venues by how often they are printed, then by name; what has no venue comes last."""
    groups: dict[Venue | None, list[Work]] = {}
    for work in works:
        groups.setdefault(work.venue, []).append(work)
    counts = [VenueCount(venue, tuple(found)) for venue, found in groups.items()]
    return tuple(
        sorted(counts, key=lambda c: (c.venue is None, -len(c.works), c.venue.name.lower() if c.venue else ""))
    )


def by_position(works: Iterable[Work]) -> tuple[tuple[Position, int], ...]:
    """How often the person stands first, alone, between, last, or is not printed; what never occurs is left out."""
    listed = tuple(works)
    counts = [(position, sum(position in w.positions for w in listed)) for position in _POSITIONS]
    return tuple((position, count) for position, count in counts if count)


def by_status(works: Iterable[Work]) -> tuple[tuple[Status, int], ...]:
    """How many are published, preprints, or neither as far as the source says; what never occurs is left out."""
    listed = tuple(works)
    counts = [(status, sum(w.status == status for w in listed)) for status in _STATUSES]
    return tuple((status, count) for status, count in counts if count)
