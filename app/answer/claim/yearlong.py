"""Whole years: whether somebody was somewhere all of one."""

import re

from app.answer.claim.when import months_of
from ingest.domain import Period

_YEAR_LONG = re.compile(
    r"\b(?:whole|entire|full) (?:academic |school )?year\b|\bganzes jahr\b|\bannee entiere\b|\bano entero\b|整整一年",
    re.IGNORECASE,
)
_SCHOOL_YEAR = 9
"""Months of the shortest year."""
_WHOLE = re.compile(
    r"\b(?:(?:whole|entire|all) (?:of )?(?:the year |of )?|throughout |(?:das )?ganze jahr |toute l['’]annee |todo (?:el ano )?)"
    r"(?P<year>(?:19|20)\d\d)\b|(?P<nian>(?:19|20)\d\d)年?全年",
    re.IGNORECASE,
)


def says_whole(clause: str, periods: list[Period]) -> bool:
    """Whether a clause fills a year that none of the ``periods`` fills."""
    if _YEAR_LONG.search(clause) and not any((m := months_of(p)) and m[1] >= _SCHOOL_YEAR for p in periods):
        return True
    match = _WHOLE.search(clause)
    if not match:
        return False
    year = int(match["year"] or match["nian"])
    return not any(_fills(p, year) for p in periods)


def _fills(period: Period, year: int) -> bool:
    if not period.start or not period.start.year:
        return False
    last = period.end.year * 12 + (period.end.month or 12) if period.end and period.end.year else 10**6
    return period.start.year * 12 + (period.start.month or 1) <= year * 12 + 1 and (
        last >= year * 12 + 12 or period.current
    )
