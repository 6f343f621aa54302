"""Lists that print the later date first: "2022 – 2020", "Present – 2022"."""

from collections.abc import Iterable
from dataclasses import replace

from ingest.dates import is_reversed
from ingest.domain import Degree, Fact, Period, Position, Project

_MIN_REVERSED = 2


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts of one document, their periods turned round where all of its ranges run backwards; a lone one stays as printed."""
    listed = tuple(facts)
    ranges = [p for p in map(_period, listed) if p and p.start and p.end and p.start != p.end]
    backwards = [p for p in ranges if is_reversed(p)]
    if len(backwards) < _MIN_REVERSED or len(backwards) < len(ranges):
        return listed
    return tuple(_turned(fact) for fact in listed)


def _period(fact: Fact) -> Period | None:
    return fact.period if isinstance(fact, Position | Degree | Project) else None


def _turned(fact: Fact) -> Fact:
    period = _period(fact)
    if not isinstance(fact, Position | Degree | Project) or period is None or not is_reversed(period):
        return fact
    return replace(fact, period=Period(period.end, period.start))
