"""Dates as sources print them, to the precision they print (EDTF levels 0 and 1, ISO 8601-2:2019); nothing is filled in."""

import re
from dataclasses import dataclass

from ingest.domain import PartialDate, Period

_MONTH_NAMES = {
    1: "january jan januar janvier janv enero ene jänner",
    2: "february feb februar février fevrier févr fev febrero",
    3: "march mar märz maerz mrz mars marzo",
    4: "april apr avril avr abril abr",
    5: "may mai mayo",
    6: "june jun juni juin junio",
    7: "july jul juli juillet juil julio",
    8: "august aug août aout agosto ago",
    9: "september sep sept septembre septiembre",
    10: "october oct oktober okt octobre octubre",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez décembre decembre déc diciembre dic",
}
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d{2}"
_DATE = (
    rf"(?:(?P<y1>{_YEAR})\s*年\s*(?:(?P<m1>\d{{1,2}})\s*月)?"
    rf"|(?P<y2>{_YEAR})[./-](?P<m2>0?[1-9]|1[0-2])(?:[./-](?P<d2>0?[1-9]|[12]\d|3[01]))?(?!\d)"
    rf"|(?P<m3>0?[1-9]|1[0-2])[./](?P<y3>{_YEAR})"
    rf"|(?:(?P<d4>[0-3]?\d)\.?\s+)?(?P<m4>{_MONTH})\b\.?,?\s*(?:(?P<d5>[0-3]?\d)(?:st|nd|rd|th)?,\s*)?(?P<y4>{_YEAR})"
    rf"|(?P<m6>{_MONTH})\b\.?\s+(?P<d6>[0-3]?\d)(?!\d)"
    rf"|(?P<y7>{_YEAR})(?![\d%]))"
)
_PRESENT = (
    r"present|now|current|today|ongoing|to date|heute|aujourd'hui|présent|actual(?:idad|mente)?|至今|今|现在|目前"
)
_DASH = r"\s*(?:–|—|-{1,3}|−|~|～|至|to|until|bis|à|hasta)\s*"
_DATE_RE = re.compile(rf"(?<![\w.]){_DATE}", re.IGNORECASE)
_RANGE_RE = re.compile(
    rf"(?<![\w./-])(?P<start>{re.sub(r'P<[a-z0-9]+>', ':', _DATE)}|(?:{_MONTH})\b\.?)"
    rf"{_DASH}(?P<end>{re.sub(r'P<[a-z0-9]+>', ':', _DATE)}|{_PRESENT})",
    re.IGNORECASE,
)
_SINCE_RE = re.compile(
    rf"(?:since|seit|depuis|desde|自)\s*(?P<start>{re.sub(r'P<[a-z0-9]+>', ':', _DATE)})", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DatedText:
    """A period found in a text, and where (offsets into that text)."""

    period: Period
    start: int
    end: int


def parse_date(text: str) -> PartialDate | None:
    """The first date in ``text``, or ``None``: ``2022.7`` → 2022-07, ``Nov 9, 2022`` → 2022-11-09, ``Feb 3`` → XXXX-02-03."""
    match = _DATE_RE.search(text)
    return _date(match) if match else None


def find_dates(text: str) -> list[tuple[PartialDate, int, int]]:
    """Every date in ``text`` with its offsets."""
    return [(_date(m), m.start(), m.end()) for m in _DATE_RE.finditer(text)]


def find_period(text: str) -> DatedText | None:
    """The first date range in ``text``; an open one ("since 2021", "2024.11 – Present") is current."""
    match = _RANGE_RE.search(text)
    if match:
        end_text = match["end"]
        end = None if re.fullmatch(_PRESENT, end_text, re.IGNORECASE) else parse_date(end_text)
        start = parse_date(match["start"]) or _month_of(match["start"], end)
        return DatedText(Period(start, end, current=end is None), match.start(), match.end())
    match = _SINCE_RE.search(text)
    if match:
        return DatedText(Period(parse_date(match["start"]), None, current=True), match.start(), match.end())
    return None


def _month_of(name: str, end: PartialDate | None) -> PartialDate | None:
    """The start of "May – Aug 2019": the year that the range prints once."""
    month = _MONTHS.get(name.lower().rstrip("."))
    return PartialDate(end.year, month) if end and month else None


def _date(match: re.Match[str]) -> PartialDate:
    part = match.groupdict()

    def number(*names: str) -> int | None:
        for name in names:
            value = part.get(name)
            if value:
                return int(value) if value.isdigit() else _MONTHS[value.lower().rstrip(".")]
        return None

    return PartialDate(
        number("y1", "y2", "y3", "y4", "y7"), number("m1", "m2", "m3", "m4", "m6"), number("d2", "d4", "d5", "d6")
    )
