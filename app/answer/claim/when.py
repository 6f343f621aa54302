"""The dates and durations that a sentence claims, and whether the evidence's own dates make them true."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.answer.claim.quantities import quantities
from ingest.dates import find_dates, find_period
from ingest.domain import PartialDate, Period

_START = (
    r"(?:since|as of|starting(?: in)?|beginning(?: in)?|joined(?: \S+){0,6}? in|started(?: \S+){0,6}? in|began(?: \S+){0,6}? in|"
    r"from|seit|ab|von|depuis|"
    r"des|a partir de|de|desde|自从|自)\s*(?:the |early |late |mid-? ?)?$"
)
_SINCE = r"(?:since|as of|seit|depuis|desde|自从|自)\s*$"
_UNTIL = r"(?:until|till|through|up to|bis(?: zum?)?|jusqu['’](?:en|a|au)|hasta|截至)\s*$"
_RANGE_TO = r"(?:to|and|until|through|–|—|-|bis|a|à|au|et|y|e|hasta|al|到|至|und)(?: (?:el|de|d['’]))?\s*$"
_STARTS = re.compile(
    r"\b(?:join(?:ed|s)|start(?:ed|s)?|began|begun|enter(?:ed)?|moved to|hired|launched|founded|begann|trat|wechselte|rejoint|"
    r"commenc\w+|debut\w+|became|becoming|appointed|promoted|devenue?|ernannt|"
    r"entre|incorpor\w*|empez\w*|comenz\w*|ingres\w*)\b|成为|升任|加入|入职|开始",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\b(?:left|finish\w*|complet\w*|graduat\w*|end(?:ed|s)|earned|receiv\w*|obtain\w*|award\w*|defend\w*|conclud\w*|wrapped up|beendet\w*|"
    r"abgeschlossen|schloss|promovierte"
    r"|erwarb|erhielt|termin\w*|obten\w*|quitt\w*|acheve\w*|obtuvo|recibio|termino|finalizo|doctoro|dejo|defendio|defendio|soutenu\w*|soutenance|"
    r"promoviert\w*|verteidig\w*)\b|毕业|离开|获得|取得|结束",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:currently|now|at present|presently|today|still|to date|derzeit|aktuell|heute|noch|actuellement|aujourd['’]hui|toujours|actualmente|"
    r"ahora)\b|目前|现在|现任|至今|如今",
    re.I,
)
_PAST = re.compile(
    r"\b(?:formerly|previously|used to|no longer|former|ehemals?|fruher|anciennement|ancien(?:ne)?|antiguamente|anteriormente)\b|前任",
    re.I,
)
_YEAR_SPAN = re.compile(
    r"(?P<about>about|around|roughly|nearly|almost|approximately|over|more than|less than|just under|etwa|rund|fast|uber|environ|presque|pres de|"
    r"plus de|约|大约|近|将近|超过|不到)?"
    r"\s*(?P<number>\d+(?:[.,]\d+)?|[a-zäöüéè]+(?:[- ]?(?:and a half|einhalb|et demie?))?|[一二两三四五六七八九十]+)"
    r"(?P<half>\s+and a half)?[\s-]*(?P<unit>years?|months?|jahren?|jahre|monaten?|monate|ans|annees|mois|anos?|años?|meses|mes|年|个月)(?![\w月]|"
    r"\s*\d)(?P<tail>半| y medio| et demie?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateClaim:
    """A date of a claim and what it says of it: the ``start`` or ``end`` of a period, or ``at`` any time of it."""

    date: PartialDate
    side: str
    start: int
    end: int
    is_open: bool = False
    """Whether it lasts ("since 2021")."""


@lru_cache(maxsize=2_000)
def date_claims(text: str) -> tuple[DateClaim, ...]:
    """The dates that ``text`` gives, with the side of a period that its words put them at."""
    found = find_dates(text)
    claims: list[DateClaim] = []
    lower = text.lower()
    found = [(PartialDate(d.year) if _is_term(text[a:b]) else d, a, b) for d, a, b in found]
    for number, (date, start, end) in enumerate(found):
        before = lower[max(0, start - 60) : start]
        side, is_open = "at", False
        ranged = number > 0 and re.fullmatch(
            r"\W*" + _RANGE_TO.replace(r"\s*$", r"\s*(?:the )?"), lower[found[number - 1][2] : start]
        )
        follows = number + 1 < len(found) and re.fullmatch(
            r"\s*" + _RANGE_TO.replace(r"\s*$", r"\s*(?:the )?"), lower[end : found[number + 1][1]]
        )
        opened = re.match(
            r"\s*(?:[–—-]|to|bis|a|à|至|到)\s*(?:the )?(?:present|today|now|heute|aujourd|presen|actual|hoy|今|现在)",
            lower[end:],
        )
        listed = re.search(r"\b(?:in|both)\s*$", before) or re.match(
            r"\s*(?:and|und|et|y|e)\s*$", lower[end : found[number + 1][1]] if follows else "x"
        )
        if follows and not (
            listed
            and re.search(r"\b(?:and|und|et|y|e)\b", lower[end : found[number + 1][1]])
            and not re.search(r"between\s*$|zwischen\s*$|entre\s*$", before)
        ):
            side = "start"
        elif ranged and claims and claims[-1].side == "start" and not claims[-1].is_open:
            side = "end"
        elif re.search(_SINCE, before) or opened or re.search(r"^\s*(?:onwards?|起|以来|起至今)", lower[end:]):
            side, is_open = "start", True
        elif re.search(_UNTIL, before):
            side = "end"
        elif re.search(_START, before) and not re.search(r"\bfrom\s+$", before):
            side = "start"
        claims.append(DateClaim(date, side, start, end, is_open))
    return tuple(claims)


def _is_term(text: str) -> bool:
    """Whether "2004/05" is an academic year and no month."""
    match = re.fullmatch(r"((?:19|20)\d\d)/(\d\d)", text.strip())
    return match is not None and int(match[2]) == (int(match[1]) + 1) % 100


def holds(claim: DateClaim, text: str, periods: list[Period], printed: list[PartialDate], clause: str) -> bool:
    """Whether a claimed date follows from the periods of one entry or from the dates ``printed`` in it."""
    if periods:
        for period in periods:
            if _within(claim, period, clause):
                return True
        return (
            claim.side == "at"
            and not _STARTS.search(clause)
            and any(_same(claim.date, d) for d in printed if not _edge(d, periods))
        )
    if claim.is_open and not _OPEN.search(text):
        return False
    return any(_same(claim.date, date) for date in printed)


_OPEN = re.compile(
    r"\b(?:since|from|present|today|now|seit|ab|heute|depuis|aujourd|desde|actual\w*|ongoing|current\w*)\b|[–—-]\s*(?:$|\n|\))|至今|起",
    re.IGNORECASE,
)
"""What says that something which began then goes on."""


def _edge(date: PartialDate, periods: list[Period]) -> bool:
    return any(date in (p.start, p.end) for p in periods)


def _within(claim: DateClaim, period: Period, clause: str) -> bool:
    starts = period.start is not None and _same(claim.date, period.start)
    ends = period.end is not None and _same(claim.date, period.end)
    if claim.is_open:
        return starts and (period.current or period.end is None)
    if claim.side == "start":
        return starts
    if claim.side == "end":
        return ends
    if _STARTS.search(clause):
        return starts
    if _ENDS.search(clause):
        return ends or (period.end is None and not period.current and starts)
    return starts or ends or _inside(claim.date, period)


_SEASONS = {21: range(2, 7), 22: range(5, 10), 23: range(8, 13), 24: (1, 2, 3, 10, 11, 12)}
"""The months that a season may be said of; EDTF (ISO 8601-2) numbers the seasons from 21."""


def _inside(date: PartialDate, period: Period) -> bool:
    """Whether a year lies between start and end, both excluded where they are other years."""
    if date.year is None or period.start is None or period.start.year is None:
        return False
    if date.month in _SEASONS and period.start.month and (period.end is None or period.end.month):
        first = period.start.year * 12 + period.start.first_month
        final = period.end.year * 12 + (period.end.month or 12) if period.end and period.end.year else 10**6
        return any(first <= date.year * 12 + m <= final for m in _SEASONS[date.month])
    last = period.end.year if period.end and period.end.year else (9999 if period.current else period.start.year)
    return period.start.year <= date.year <= last and date.month is None


def _same(claimed: PartialDate, printed: PartialDate) -> bool:
    """Whether the printed date is the claimed one, to the precision of the claim."""
    if claimed.month in _SEASONS and printed.month is not None and printed.month not in _SEASONS:
        return claimed.year == printed.year and printed.month in _SEASONS[claimed.month]
    for part in ("year", "month", "day"):
        value = getattr(claimed, part)
        if value is not None and getattr(printed, part) != value:
            return False
    return True


def periods_in(text: str) -> list[Period]:
    """The date ranges of a text, line by line."""
    found = []
    for line in text.splitlines():
        dated = find_period(line)
        if dated:
            found.append(dated.period)
    return found


_PART = re.compile(
    r"(?:the )?(?:early|mid|late|end of|beginning of|start of|(?:first|second|other) half of|anfang|mitte|ende|debut|fin|mi)[\s-]*$",
    re.IGNORECASE,
)


def part_start(text: str, start: int) -> int:
    """Where the phrase of a date begins: with the "early" or "the end of" in front of it."""
    match = _PART.search(text[:start])
    return match.start() if match else start


def says_now(clause: str) -> bool:
    """Whether a clause says that something goes on."""
    return _NOW.search(clause) is not None


def says_past(clause: str) -> bool:
    """Whether a clause says that something is over."""
    return _PAST.search(clause) is not None


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that a claim gives, in months, and by how much it may differ."""

    months: float
    least: float
    most: float
    start: int
    end: int


@lru_cache(maxsize=2_000)
def durations(text: str) -> tuple[Duration, ...]:
    """Lengths of time in years or months."""
    found: list[Duration] = []
    for match in _YEAR_SPAN.finditer(text):
        counted = quantities(match["number"] + (" 个" if re.match(r"[一-鿿]", match["number"]) else ""))
        bare = re.sub(r"[- ]?(?:and a half|einhalb|et demie?)$", "", match["number"].lower())
        counted = counted or quantities(bare)
        value = (
            next(iter(counted[0].values))
            if counted
            else {"a": 1.0, "one": 1.0, "ein": 1.0, "einem": 1.0, "un": 1.0, "an": 1.0, "一": 1.0}.get(bare)
        )
        if value is None or value > 80 or (counted and counted[0].is_ordinal):
            continue
        half = 0.5 if match["half"] or match["tail"] or bare != match["number"].lower() else 0.0
        unit = 1.0 if re.match(r"mo|mes|个", match["unit"], re.IGNORECASE) else 12.0
        months = (value + half) * unit
        slack = 6.0 if unit == 12 else 1.0
        about = (match["about"] or "").lower()
        least, most = months - slack, months + slack
        if about in {"over", "more than", "uber", "plus de", "超过"}:
            least, most = months, months + 2 * slack
        elif about in {"nearly", "almost", "just under", "less than", "fast", "presque", "近", "将近", "不到"}:
            least, most = months - slack, months
        found.append(Duration(months, least, most, match.start(), match.end()))
    return tuple(_merged(found, text))


def _merged(found: list[Duration], text: str) -> Iterator[Duration]:
    """Years and the months that follow them as one length."""
    held: Duration | None = None
    for length in found:
        if (
            held
            and length.months < 12 <= held.months
            and re.fullmatch(r"\s*(?:,|and|und|et)?\s*", text[held.end : length.start])
        ):
            months = held.months + length.months
            held = Duration(months, months - 1, months + 1, held.start, length.end)
            continue
        if held:
            yield held
        held = length
    if held:
        yield held


def months_of(period: Period) -> tuple[float, float] | None:
    """The least and the most months that a closed period may have lasted."""
    if not period.start or not period.end or not period.start.year or not period.end.year:
        return None
    first = period.start.year * 12 + (period.start.first_month if period.start.month else 1)
    last = period.end.year * 12 + (period.end.first_month if period.end.month else 12)
    if period.start.month and period.end.month:
        return float(last - first), float(last - first + 1)
    years = (period.end.year - period.start.year) * 12
    return float(years), float(years + (0 if years else 12))


_PRESENT = re.compile(
    r"\b(?:is|works|serves|leads|heads|chairs|teaches|holds|ist|arbeitet|leitet|est|travaille|dirige)\b(?! (?:listed|named|mentioned|about|from|"
    r"titled|called))",
    re.IGNORECASE,
)


def says_present(clause: str) -> bool:
    """Whether a clause without a date is told in the present tense."""
    return _PRESENT.search(clause) is not None and not find_dates(clause)
