"""The period of an entry: a range, or a lone date where one stands for it."""

import re
from itertools import pairwise

from ingest.dates import DatedText, find_dates, find_period
from ingest.domain import Period
from ingest.extract.words import has_word

_DEGREE_LENGTH = 12
"""A date right behind a degree's short name, as in "PhD 2015, Department of Physics", stands where one at an edge would."""


def period_in(text: str) -> DatedText | None:
    """A range in ``text``, or else a lone date at one of its ends."""
    found = find_period(text) or _several(text)
    if found:
        return found
    for date, start, end in find_dates(text):
        before, after = text[:start].strip(" \t([|·–—-"), text[end:].strip(" \t.)]|·–—-")
        at_edge = not before or not after or (has_word("degree", before) and len(before) <= _DEGREE_LENGTH)
        if at_edge and date.year is not None:
            return DatedText(Period(date, date), start, end)
    return None


def _several(text: str) -> DatedText | None:
    """Several stays, from the first to the last: "Summer 2012 and 2013"."""
    found = [(d, start, end) for d, start, end in find_dates(text) if d.year is not None]
    for (first, start, end), (last, begin, stop) in pairwise(found):
        if re.fullmatch(r"\s*(?:,|&|\+|and|und|et|y|e)\s*", text[end:begin]) and not text[stop:].strip(" \t.)]|"):
            return DatedText(Period(first, last), start, stop)
    return None


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
