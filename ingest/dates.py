"""Dates as sources print them, to the precision they print (EDTF levels 0 and 1, ISO 8601-2:2019); nothing is filled in."""

import re
from dataclasses import dataclass

from ingest.domain import PartialDate, Period

_MONTH_NAMES = {
    1: "january jan januar janvier janv enero ene jänner janeiro gennaio gen januari",
    2: "february feb februar février fevrier févr fev febrero fevereiro febbraio februari",
    3: "march mar märz maerz mrz mars marzo março maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maio maggio mei",
    6: "june jun juni juin junio junho giugno",
    7: "july jul juli juillet juil julio julho luglio",
    8: "august aug août aout agosto ago augustus",
    9: "september sep sept septembre septiembre setiembre setembro settembre",
    10: "october oct oktober okt octobre octubre outubro ottobre",
    11: "november nov novembre noviembre novembro",
    12: "december dec dezember dez décembre decembre déc diciembre dic dezembro dicembre",
}
_SEASON_NAMES = {
    21: "spring frühjahr frühling printemps primavera lente",
    22: "summer sommer été verano verão zomer",
    23: "fall autumn herbst automne otoño outono autunno herfst",
    24: "winter hiver invierno inverno",
}
"""EDTF level 1: seasons are written where a month would be, as 21 to 24."""
_MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}
_SEASONS = {name: number for number, names in _SEASON_NAMES.items() for name in names.split()}
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""Every name of a month, as one alternative of a pattern."""
_SEASON = "|".join(sorted(_SEASONS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d{2}"
_OF = r"(?:\s+(?:de|del|di|of)\b)?"
_TERM = r"(?:WS|WiSe|SS|SoSe|Wintersemester|Sommersemester|academic year|ann[ée]e universitaire|curso|anno accademico|a\.\s?y\.)"
"""What makes of two years with a slash the one that a university counts: "WS 2009/10"."""
_DATE = (
    rf"(?:{_TERM}\s+(?P<y10>{_YEAR})(?:\s*[/–-]\s*(?:{_YEAR}|\d\d)(?!\d))?"
    rf"|(?P<d9>0?[1-9]|[12]\d|3[01])\.\s?(?P<m9>0?[1-9]|1[0-2])\.\s?(?P<y9>{_YEAR})"
    rf"|(?P<y1>{_YEAR})\s*年\s*(?:(?P<m1>\d{{1,2}})\s*月)?(?:\s*(?P<d1>\d{{1,2}})\s*日)?"
    rf"|(?P<y2>{_YEAR})[./-](?P<m2>0?[1-9]|1[0-2])(?:[./-](?P<d2>0?[1-9]|[12]\d|3[01]))?(?!\d)"
    rf"|(?P<m3>0?[1-9]|1[0-2])[./](?P<y3>{_YEAR})"
    rf"|(?:(?P<d4>[0-3]?\d)(?:\.|er|º)?{_OF}\s+)?(?P<m4>{MONTH})\b\.?,?{_OF}\s*(?:(?P<d5>[0-3]?\d)(?:st|nd|rd|th)?,\s*)?(?P<y4>{_YEAR})"
    rf"|(?P<s8>{_SEASON})\b,?{_OF}\s+(?P<y8>{_YEAR})"
    rf"|(?P<m6>{MONTH})\b\.?\s+(?P<d6>[0-3]?\d)(?!\d)"
    rf"|(?P<y11>{_YEAR})\s+(?P<m11>{MONTH})\b\.?(?:\s+(?P<d11>[0-3]?\d)(?![\d.]))?(?=\s*(?:[-–—~,;:)|\]\t\n]|to\b|bis\b|$))"
    rf"|(?P<y7>{_YEAR})(?![\d%]))"
)
_PRESENT = (
    r"present|presente|now|current|today|ongoing|to date|heute|jetzt|laufend|aujourd['’]hui|présent|à ce jour|en cours|actual(?:idad|mente)?|atual(?:mente)?"
    r"|oggi|in corso|heden|至今|今|现在|目前|現在"
)
_DASH = r"\s*(?:–|—|-{1,2}>|→|⟶|-{1,3}|−|~|～|〜|至|to|until|through|bis|à|au|hasta|até|a|al|tot)\s*"
_TO_DATE = r"date(?!\w|\s+of\b)"
"""What is the present only as an end: "March 2014 to date"."""
_EXPECTED = r"(?:\s*\((?:expected|anticipated|exp\.|projected|voraussichtlich|prévu|previsto|预计)\))?"
_DATE_RE = re.compile(rf"(?<![\w.]){_DATE}", re.IGNORECASE)
_ANY_DATE = re.sub(r"P<[a-z0-9]+>", ":", _DATE)
_FROM = r"(?:from|between|von|vom|zwischen|de|del|du|des|entre|desde|da|dal|dall['’]|van|tussen)"
"""What may stand before the first of two dates."""
_RANGE_RE = re.compile(
    rf"(?:(?<![\w./-]){_FROM}\s*)?(?<![\w./-])(?P<start>{_ANY_DATE}|(?:{MONTH}|{_SEASON})\b\.?|(?:{_PRESENT})\b){_EXPECTED}"
    rf"{_DASH}(?P<end>{_ANY_DATE}|(?:{_PRESENT})(?![a-zà-ÿ])|{_TO_DATE}){_EXPECTED}",
    re.IGNORECASE,
)
_SHORT_RE = re.compile(
    rf"(?<![\w./-])(?:{_TERM}\s+(?P<term>{_YEAR})\s*[/–-]\s*(?:\d\d)?(?P<then>\d\d)(?!\d)"
    rf"|(?P<start>{_YEAR})(?:\s*[–—]\s*(?P<end>\d\d)|[-/](?=1[3-9]|[2-9])(?P<last>\d\d))(?![\d./-]\d|\d))",
    re.IGNORECASE,
)
"""Two years of which the second is printed short: ``2013–16``, ``WS 2009/10``; with a hyphen or a slash only where no month can be meant."""
_MONTHS_RE = re.compile(
    rf"(?<![\w./-])(?P<year>{_YEAR})\s+(?P<start>{MONTH})\b\.?{_DASH}(?P<end>{MONTH})\b(?!\.?\s*\d)", re.IGNORECASE
)
"""Two months of the year before them: ``2023 Feb - Apr``."""
_NUMBER_RE = re.compile(
    r"\b(?:A[TU]|BR|C[AHN]|D[EK]|E[PS]|F[IR]|GB|I[LT]|JP|KR|NL|PCT|RU|SE|TW|US|WO|ZL)[\s/-]?[A-Z]{0,2}\s?"
    r"(?=(?:\d{1,4}[ ./,-])*(?:\d{3}(?!\d)|\d{5})|\d\d-\d{4}-\d{4})\d+(?:[ ./,-]\d+)*(?:\s?[A-Z]\d?\b)?"
)
"""The number of a patent, in which years are no dates: ``DE 10 2014 999 101 B4``, ``WO 2019/123456``."""
_OPEN_RE = re.compile(rf"(?<![\w./-])(?P<start>{_ANY_DATE})\s*(?:–|—|-{{1,2}})\s*(?=$|[\t\n,;:)|])", re.IGNORECASE)
"""A dash with nothing behind it: ``2020–``."""
_COLUMN_RE = re.compile(rf"\s*(?P<start>{_ANY_DATE})\s?(?:–|—|-)(?=(?:[ ]{{3,}}|\t)[^\W\d])", re.IGNORECASE)
"""The same in a column of its own before what it dates: ``2019–        Curator``."""
_SINCE_RE = re.compile(
    r"(?:\b(?:since|seit|depuis|desde|dal|dall['’]|da(?=\s+[^\d\s])|sinds|vanaf|from|as of|ab|(?:à|a)\s+(?:partir|compter|contar)\s+(?:del?|du|d[ao]))\s*"
    r"(?:\ble\s+|\bdem\s+|\bel\s+)?"
    r"|自\s*)"
    rf"(?P<start>{_ANY_DATE})(?P<open>\s*(?:on|onwards?|至今|起|以来))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatedText:
    """A period found in a text, and where (offsets into that text)."""

    period: Period
    start: int
    end: int


def month_of(word: str) -> int | None:
    """The number of the month whose name in lower case, or a common short form of it, ``word`` is, in any of the languages."""
    return _MONTHS.get(word)


def parse_date(text: str) -> PartialDate | None:
    """The first date in ``text``, or ``None``: ``2022.7`` → 2022-07, ``Nov 9, 2022`` → 2022-11-09, ``Feb 3`` → XXXX-02-03."""
    match = _DATE_RE.search(text)
    return _date(match) if match else None


def find_dates(text: str) -> list[tuple[PartialDate, int, int]]:
    """Every date in ``text`` with its offsets; the years in the number of a patent are none."""
    numbers = [m.span() for m in _NUMBER_RE.finditer(text)]
    found = _DATE_RE.finditer(text)
    return [
        (_date(m), m.start(), m.end()) for m in found if not any(a <= m.start() and m.end() <= b for a, b in numbers)
    ]


def numbers_patent(text: str) -> bool:
    """Whether a line of a list begins with the number of a patent: "EP 1 999 411, Heated drill head"."""
    return _NUMBER_RE.match(text.lstrip(" \t")) is not None


def find_period(text: str) -> DatedText | None:
    """The first date range in ``text``; an open one ("since 2021", "2024.11 – Present", "Present – 2022") is current."""
    leading = _SINCE_RE.search(text)
    if leading and _leads(text, leading):
        return DatedText(Period(parse_date(leading["start"]), None, current=True), leading.start(), leading.end())
    column = _COLUMN_RE.match(text)
    if column:
        return DatedText(Period(parse_date(column["start"]), None, current=True), column.start("start"), column.end())
    match = _RANGE_RE.search(text)
    months = _MONTHS_RE.search(text)
    if months and not (match and match.start() < months.start()):
        start, end = (parse_date(f"{months[name]} {months['year']}") for name in ("start", "end"))
        return DatedText(Period(start, end), months.start(), months.end())
    if match:
        first, last = (None if _is_present(match[name]) else match[name] for name in ("start", "end"))
        if first is None and last is not None:
            return DatedText(Period(parse_date(last), None, current=True), match.start(), match.end())
        end = parse_date(last) if last else None
        start = (parse_date(first) or _month_of(first, end)) if first else None
        if start or end:
            return DatedText(Period(start, end, current=last is None), match.start(), match.end())
    match = _SHORT_RE.search(text)
    if match:
        first = match["start"] or match["term"]
        first_year, last_year = int(first), int(first[:2] + (match["end"] or match["last"] or match["then"]))
        if last_year > first_year:
            period = Period(PartialDate(first_year), PartialDate(last_year))
            return DatedText(period, match.start(), match.end())
    match = _OPEN_RE.search(text)
    if match:
        return DatedText(Period(parse_date(match["start"]), None, current=True), match.start(), match.end())
    match = _SINCE_RE.search(text)
    if match and (match["open"] or not match[0].lower().startswith("from")):
        return DatedText(Period(parse_date(match["start"]), None, current=True), match.start(), match.end())
    return None


def _leads(text: str, since: re.Match[str]) -> bool:
    """Whether a text opens with the word for "since", which is then its own period, whatever ranges the sentences behind it name."""
    is_from = since[0].lower().startswith(("from", "ab", "as of", "da"))
    return (
        not is_from
        and not re.search(r"\w", text[: since.start()])
        and re.match(r"\s*(?:[:,;(\t]|$)", text[since.end() :]) is not None
    )


def is_reversed(period: Period) -> bool:
    """Whether the end lies before the start, as where a list prints the later date first."""
    start, end = period.start, period.end
    if not start or not end or start.year is None or end.year is None:
        return False
    first, last = start.first_month if start.month else 0, end.first_month if end.month else 12
    return (start.year, first) > (end.year, last)


def _is_present(text: str) -> bool:
    return re.fullmatch(f"{_PRESENT}|{_TO_DATE}", text, re.IGNORECASE) is not None


def _month_of(name: str, end: PartialDate | None) -> PartialDate | None:
    """The start of "May – Aug 2019": the year that the range prints once."""
    word = name.lower().rstrip(".")
    month = _MONTHS.get(word) or _SEASONS.get(word)
    return PartialDate(end.year, month) if end and month else None


def _date(match: re.Match[str]) -> PartialDate:
    part = match.groupdict()

    def number(*names: str) -> int | None:
        for name in names:
            value = part.get(name)
            if value:
                word = value.lower().rstrip(".")
                return int(value) if value.isdigit() else _MONTHS.get(word) or _SEASONS[word]
        return None

    return PartialDate(
        number("y1", "y2", "y3", "y4", "y7", "y8", "y9", "y10", "y11"),
        number("m1", "m2", "m3", "m4", "m6", "m9", "m11", "s8"),
        number("d1", "d2", "d4", "d5", "d6", "d9", "d11"),
    )
