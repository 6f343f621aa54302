"""Dates of positions, degrees and projects: missing, reversed, impossible, overlapping, contradicting, and the gaps between them.

No clock is asked: dates are compared with the other dates of the documents only.
"""

import calendar
import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from ingest.dates import find_dates
from ingest.doctor.finding import Finding, Severity, counted, finding
from ingest.domain import (
    Degree,
    Fact,
    Honour,
    Item,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Record,
    Span,
)
from ingest.extract.words import fold

_SAME_NAME = 90
"""Similarity of two printed names, 0 to 100, from which they are one."""
_GAP_MONTHS = 12
_OVERLAP_MONTHS = 3
_SILENT_YEARS = 2
_IMPOSSIBLE = re.compile(
    r"(?<![\d./-])(?:(?:19|20)\d{2}\.(?:1[3-9]|[2-9]\d|00)|(?:1[3-9]|[2-9]\d|00)[./](?:19|20)\d{2})(?![\d./-])"
)
_BESIDE = re.compile(
    r"\b(?:visit\w*|intern\w*|guest|affiliat\w*|adjunct|honorary|part[- ]time|stagiaire|praktik\w*|student\w*|consult\w*|advis\w*)\b"
)
"""Roles that people have beside another."""

_Dated = Position | Degree
_Months = tuple[int, int]
"""The first and the last month that a period may cover, counted from the year 0."""


def missing_dates(record: Record) -> Iterator[Finding]:
    """Positions and degrees without any date."""
    for entry in _entries(record):
        if entry.period is None:
            message = f"no dates were understood for this {entry.kind}"
            advice = "print them at the end of its first line, such as '2019.9 – 2022.6'"
            whole = isinstance(entry, Degree) or (entry.role is not None and entry.organisation is not None)
            severity: Severity = "warning" if whole else "note"
            yield finding(record, entry.span, "missing-dates", severity, message, advice)


def impossible_dates(record: Record) -> Iterator[Finding]:
    """Ranges that end before they begin, months above twelve, days that no month has."""
    for fact in record.facts:
        if isinstance(fact, Position | Degree | Project):
            if fact.period and _is_reversed(fact.period):
                first, last = (d.edtf if d else "" for d in (fact.period.start, fact.period.end))
                message = f"it ends ({last}) before it begins ({first})"
                yield finding(record, fact.span, "reversed-dates", "error", message, "correct one of the two dates")
            for match in _IMPOSSIBLE.finditer(record.quote(fact.span)):
                place = Span(fact.span.document, fact.span.start + match.start(), fact.span.start + match.end())
                message = f"{match[0]!r} has no such month"
                yield finding(record, place, "impossible-date", "error", message, "correct the month")
    for document in record.documents:
        for date, start, end in find_dates(document.text):
            if date.year and date.month and date.day and date.day > calendar.monthrange(date.year, date.month)[1]:
                message = f"{document.text[start:end]!r} is no day of the calendar"
                yield finding(
                    record, Span(document.id, start, end), "impossible-date", "error", message, "correct the day"
                )


def contradicting_dates(record: Record) -> Iterator[Finding]:
    """One position or degree that two entries date differently."""
    for a, b in combinations(_entries(record), 2):
        if a.span.document == b.span.document or not a.period or not b.period or not _is_one(a, b):
            continue
        begins = _differ(a.period.start, b.period.start)
        ends = _differ(a.period.end, b.period.end) or (
            a.period.current != b.period.current and bool(a.period.start and b.period.start)
        )
        if begins or ends:
            which = "begins" if begins else "ends"
            message = f"this {b.kind} {which} at another time than in {a.span.document}"
            yield finding(record, b.span, "dates-disagree", "warning", message, "correct one of the two", [a.span])


def stale_present(record: Record) -> Iterator[Finding]:
    """ "Present" in a document that falls silent years before the others do."""
    newest: dict[str, int] = {}
    for fact in record.facts:
        document = fact.span.document
        newest[document] = max([newest.get(document, 0), *_years(fact)])
    latest = max(newest.values(), default=0)
    for entry in _entries(record):
        year = newest[entry.span.document]
        goes_on = entry.period is not None and entry.period.start is not None and entry.period.current
        if goes_on and year and latest - year >= _SILENT_YEARS:
            message = f"this is said to go on, in a document whose newest date is {year}; others go up to {latest}"
            advice = "bring the document up to date, or take it out"
            yield finding(record, entry.span, "stale-present", "warning", message, advice)


def side_by_side(record: Record) -> Iterator[Finding]:
    """Several present positions, and positions at different places that overlap."""
    for document in record.documents:
        here = [e for e in _entries(record) if isinstance(e, Position) and e.span.document == document.id]
        current = [p for p in here if p.period and p.period.current]
        if len({fold(p.organisation or "") for p in current}) > 1:
            message = f"{counted(len(current), 'position')} go on at the same time"
            advice = "nothing to do if that is so; otherwise end the earlier one"
            rest = [p.span for p in current[1:]]
            yield finding(record, current[0].span, "several-current", "note", message, advice, rest)
        for number, position in enumerate(here):
            beside = [other.span for other in here[:number] if _overlap(position, other)]
            if beside:
                message = "its dates overlap with those of another position elsewhere"
                advice = "nothing to do if both were held at once; otherwise correct the dates"
                yield finding(record, position.span, "overlap", "note", message, advice, beside)


def gaps(record: Record) -> Iterator[Finding]:
    """More than a year between the end of everything before and the next position or degree, in a document that dates them."""
    for document in record.documents:
        here = [(m, e) for e in _entries(record) if e.span.document == document.id and (m := _months(e.period))]
        here.sort(key=lambda pair: pair[0])
        covered = here[0][0][1] if here else 0
        before = here[0][1] if here else None
        for (start, end), entry in here:
            if before is not None and start - covered - 1 > _GAP_MONTHS and not _is_graduation(entry):
                message = f"nothing is listed for the {counted(start - covered - 1, 'month')} before this"
                advice = "nothing to do if that is so; otherwise add what is missing"
                yield finding(record, entry.span, "gap", "note", message, advice, [before.span])
            if end >= covered:
                covered, before = end, entry


RULES = (missing_dates, impossible_dates, contradicting_dates, stale_present, side_by_side, gaps)


def _entries(record: Record) -> list[_Dated]:
    """The positions and degrees, in the order of the documents."""
    return [f for f in record.facts if isinstance(f, Position | Degree)]


def _years(fact: Fact) -> list[int]:
    """The years that a fact prints."""
    match fact:
        case (
            Position(period=Period() as period) | Degree(period=Period() as period) | Project(period=Period() as period)
        ):
            dates: tuple[PartialDate | None, ...] = (period.start, period.end)
        case Publication(date=date):
            dates = (date,)
        case Honour(dates=printed) | Item(dates=printed):
            dates = printed
        case _:
            return []
    return [date.year for date in dates if date and date.year]


def _is_one(a: _Dated, b: _Dated) -> bool:
    """Whether two entries tell of one position or degree."""
    match a, b:
        case Position(organisation=str(one), role=str(first)), Position(organisation=str(other), role=str(second)):
            return _alike(one, other) and _alike(first, second)
        case Degree(institution=str(one), title=str(first)), Degree(institution=str(other), title=str(second)):
            return _alike(one, other) and _alike(first, second)
    return False


def _alike(a: str, b: str) -> bool:
    return fuzz.ratio(fold(a), fold(b)) >= _SAME_NAME


def _differ(a: PartialDate | None, b: PartialDate | None) -> bool:
    """Whether two dates differ in what both state."""
    if a is None or b is None or a.year is None or b.year is None:
        return False
    return a.year != b.year or (a.month is not None and b.month is not None and a.month != b.month)


def _is_reversed(period: Period) -> bool:
    start, end = period.start, period.end
    if start is None or end is None or start.year is None or end.year is None:
        return False
    stated = start.month is not None and end.month is not None
    return (start.year, start.first_month) > (end.year, _last_month(end)) if stated else start.year > end.year


def _months(period: Period | None) -> _Months | None:
    """The widest reading of a period that is over: a year stands for all its months."""
    if period is None or period.start is None or period.start.year is None:
        return None
    start = period.start.year * 12 + period.start.first_month
    if period.current:
        return start, 10**6
    end = period.end
    return None if end is None or end.year is None else (start, max(start, end.year * 12 + _last_month(end)))


def _is_graduation(entry: _Dated) -> bool:
    """Whether only the end of a degree is dated, so that the years before it are those of the studies."""
    return isinstance(entry, Degree) and entry.period is not None and entry.period.start == entry.period.end


def _last_month(date: PartialDate) -> int:
    """The month to count up to: December where none is stated, the last of a season."""
    return 12 if date.month is None else date.month if date.month <= 12 else min(date.first_month + 2, 12)


def _overlap(a: Position, b: Position) -> bool:
    """Whether two positions at different places certainly overlap by some months."""
    if fold(a.organisation or "") == fold(b.organisation or "") or _BESIDE.search(fold(f"{a.role} {b.role}")):
        return False
    first, second = _certain(a.period), _certain(b.period)
    if first is None or second is None or (first[1] > 10**5 and second[1] > 10**5):
        return False
    return min(first[1], second[1]) - max(first[0], second[0]) >= _OVERLAP_MONTHS


def _certain(period: Period | None) -> _Months | None:
    """The months that a period covers for certain: a lone year as start counts from its end, as end up to its beginning."""
    widest = _months(period)
    if widest is None or period is None or period.start is None:
        return None
    start = widest[0] + (0 if period.start.month else 11)
    end = widest[1] - (0 if period.current or (period.end and period.end.month) else 11)
    return (start, end) if end >= start else None
