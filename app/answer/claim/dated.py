"""Months and periods of which languages have many forms, brought to one: "March 2021", "2016 to 2019", "2020 to now"."""

import calendar
import re

_MONTH_FIRST = re.compile(r"(?<![\w./-])(?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d)(?![\w/]|[.-]\d)")
"""A month and a year in figures: "03/2021", "3.2021"."""
_MONTH_LAST = re.compile(
    r"(?<![\w./-])(?P<year>(?:19|20)\d\d)(?:[/.-](?=0[1-9]|1[0-2])|[/.](?=[1-9](?!\d)))(?P<month>0?[1-9]|1[0-2])(?![\w/]|[.-]\d)"
)
"""The year first: "2021-03", "2021/3"."""
_TILL = r"(?:\s*(?:[-–—→])\s*|\s+(?:to|bis|until|till|through|à|a|al|hasta|até)\s+)"
_PRESENT = r"(?:present|presente|now|today|heute|jetzt|aujourd['’]hui|présent|la actualidad|actualidad|ahora|oggi|hoje|今|至今)"
_TILL_NOW = re.compile(rf"(\d){_TILL}{_PRESENT}(?!\w)", re.IGNORECASE)
"""The end of a period that goes on, behind its first year: "2020 – present"."""
_UNTIL = re.compile(
    r"(\b(?:19|20)\d\d)\s+(?:bis|until|till|through|à|al|hasta|até)\s+(?=(?:\w+\.?\s+(?:de\s+)?)?(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
"""What stands between two years: "2016 bis 2019"."""
_FROM = re.compile(
    r"\b(?:von|vom|desde|de|du|dal|da|del)\s+(?=(?:\w+\.?\s+(?:de\s+)?)?(?:19|20)\d\d\s+to\b)", re.IGNORECASE
)
"""What stands before the first of them: "von 2016 to 2019"."""


def spelled_months(text: str) -> str:
    """``text`` with its months in words."""
    return _MONTH_LAST.sub(_spelled, _MONTH_FIRST.sub(_spelled, text))


def plain_periods(text: str) -> str:
    """``text`` with "to" in its periods, "now" at the end of those that go on, and nothing before them; an English "from" stays."""
    return _FROM.sub("", _UNTIL.sub(r"\1 to ", _TILL_NOW.sub(r"\1 to now", text)))


def _spelled(match: re.Match[str]) -> str:
    return f"{calendar.month_name[int(match['month'])]} {match['year']}"
