"""The period of an entry: a range, or a lone date where one stands for it."""

import re
from itertools import pairwise

from ingest.dates import DatedText, find_dates, find_period
from ingest.domain import Period
from ingest.extract.words import fold, has_word, pattern_of

_FROM = re.compile(r"\s*(?:from|starting|von|desde|a partir de|vanaf)\s+", re.IGNORECASE)
_HALTED = re.compile(rf"(?:{pattern_of('halted')})\W*$")
"""What stands before the date since which something rests: "started 2020, suspended since 2023"."""
_DEGREE_LENGTH = 12
"""A date right behind a degree's short name, as in "PhD 2015, Department of Physics", stands where one at an edge would."""


def period_in(text: str) -> DatedText | None:
    """A range in ``text``, or else a lone date at one of its ends."""
    found = find_period(text) or _several(text) or _begun(text)
    if found and found.period.current and _HALTED.search(fold(text[: found.start])):
        return None
    if found:
        return found
    for date, start, end in find_dates(text):
        before, after = text[:start].strip(" \t([|·–—-"), text[end:].strip(" \t.)]|·–—-")
        at_edge = not before or not after or (has_word("degree", before) and len(before) <= _DEGREE_LENGTH)
        if at_edge and date.year is not None:
            return DatedText(Period(date, date), start, end)
    return None


def _begun(text: str) -> DatedText | None:
    """The start alone, where the first cell of a row says no more: "from 1 Oct 2025"; whether the post has begun is not said."""
    cell = text.split("\t")[0]
    begins = _FROM.match(cell)
    dates = find_dates(cell) if begins else []
    if begins is None or len(dates) != 1 or dates[0][0].year is None:
        return None
    date, start, end = dates[0]
    is_alone = start == begins.end() and not cell[end:].strip(" .:") and end < len(text.rstrip())
    return DatedText(Period(date), 0, end) if is_alone else None


def _several(text: str) -> DatedText | None:
    """Several stays, from the first to the last: "Summer 2012 and 2013"."""
    found = [(d, start, end) for d, start, end in find_dates(text) if d.year is not None]
    for (first, start, end), (last, begin, stop) in pairwise(found):
        if re.fullmatch(r"\s*(?:,|&|\+|and|und|et|y|e)\s*", text[end:begin]) and not text[stop:].strip(" \t.)]|"):
            return DatedText(Period(first, last), start, stop)
    return None


def lies_within(inner: Period, outer: Period) -> bool:
    """Whether ``inner`` has an end, and neither begins before ``outer`` nor ends after it; an unknown month speaks for it."""
    begins, ends = inner.start, inner.end
    first, last = outer.start, outer.end
    if not (begins and ends and begins.year and ends.year and first and first.year) or inner.current:
        return False
    is_after = (first.year, first.month or 0) <= (begins.year, begins.month or 12)
    if last is None or last.year is None:
        return is_after and outer.current
    return is_after and (ends.year, ends.month or 0) <= (last.year, last.month or 12)


def lone_date(line: str) -> DatedText | None:
    """The only date of a row where a sentence ends behind it: "MSc	Weaving, Port University, 2014. First class"."""
    dates = [(date, start, end) for date, start, end in find_dates(line) if date.year is not None]
    if len(dates) != 1 or line[dates[0][2] :][:2] != ". ":
        return None
    date, start, end = dates[0]
    return DatedText(Period(date, date), start, end + 1)


def is_bare_date(text: str) -> bool:
    found = period_in(text)
    return found is not None and not re.search(r"\w", text[: found.start] + text[found.end :])
