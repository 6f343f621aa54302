"""Venue lines that contradict themselves or one another: a year inside the long name, an ordinal that belongs to another year."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from ingest.dates import find_dates
from ingest.doctor.finding import Finding, finding, within
from ingest.doctor.papers import papers_in
from ingest.domain import Publication, Record
from ingest.extract.words import fold
from ingest.imprint import YEAR

_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = (
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_WORDS = {
    **{word: number for number, word in enumerate([*_UNITS, *_TEENS], 1)},
    **{f"{ten[:-1]}ieth": 10 * n for n, ten in enumerate(_TENS, 2)},
    **{f"{ten} {unit}": 10 * n + u for n, ten in enumerate(_TENS, 2) for u, unit in enumerate(_UNITS, 1)},
}
_ORDINALS = re.compile(
    r"(?<![\w.])(?P<number>\d{1,3})(?:(?:st|nd|rd|th|e|ème|ᵉ)\b|[.ºª°](?=\s+[^\W\d_a-z]))"
    rf"|\b(?P<word>(?i:{'|'.join(sorted(_WORDS, key=len, reverse=True)).replace(' ', '[- ]')}))\b"
    r"|第\s*(?P<zh>\d{1,3})\s*届"
    r"|(?:^|\b(?:[Tt]he|[Dd]el?|do|des|du|della?|[Dd]er|dem)\s)(?P<roman>[IVXL]{2,7})(?=\s+[^\W\d_a-z])"
)
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_SHORT_YEAR = re.compile(r"(?<!\w)[’'‘](\d{2})\b|(?<=[A-Z])[’'](\d{2})\b")
_WORD = re.compile(r"[^\W\d_]{4}|[A-Z]{2}|[\u3040-\u9fff]{2}")
_EMPTY_WORDS = {"proceedings", "proc", "of", "the", "in", "on", "for", "and", "annual", "a", "an"}
_CADENCES = (1, 2, 3, 4)
"""Years between two meetings of one series."""


@dataclass(frozen=True, slots=True)
class _Meeting:
    """An entry that numbers its meeting."""

    paper: Publication
    ordinal: int
    year: int

    @property
    def offset(self) -> int:
        """The same for all meetings of an annual series."""
        return self.year - self.ordinal


def contradicting_years(record: Record) -> Iterator[Finding]:
    """Venues whose name or the words behind it hold another year than the entry."""
    for document in record.documents:
        for paper in papers_in(record, document):
            year = paper.date.year if paper.date else None
            if year is None or not paper.venue or not _WORD.search(paper.venue):
                continue
            others = _years_of(paper.venue) or _years_behind(record, paper)
            if not others or year in others:
                continue
            near = min(abs(year - other) for other in others) == 1 and paper.venue_tag is None
            stated = " and ".join(map(str, sorted(others)))
            yield finding(
                record,
                within(record, paper.span, paper.venue),
                "venue-year",
                "note" if near else "warning",
                f"the venue's name says {stated}, the entry says {year}",
                "proceedings may come out a year late; if not, correct one of the two"
                if near
                else "correct one of the two",
            )


def contradicting_ordinals(record: Record) -> Iterator[Finding]:
    """Meetings of one series whose numbers and years do not go together: the odd ones out, or both where nobody can tell which."""
    for document in record.documents:
        series: dict[frozenset[str], list[_Meeting]] = defaultdict(list)
        for paper in papers_in(record, document):
            year = paper.date.year if paper.date else None
            ordinal = ordinal_in(paper.venue or "")
            if year is not None and ordinal is not None and (name := _series(paper.venue or "")):
                series[name].append(_Meeting(paper, ordinal, year))
        for meetings in series.values():
            odd = _odd_ones(meetings)
            for meeting in odd:
                rivals = [m for m in meetings if m not in odd] or [m for m in odd if m.offset != meeting.offset]
                yield _contradiction(record, meeting, rivals, _may_have_skipped(meetings))


def ordinal_in(venue: str) -> int | None:
    """Which meeting of its series a venue's name says it was: ``59th Annual Meeting`` → 59, ``Thirty-Fourth`` → 34."""
    dates = [(start, end) for _, start, end in find_dates(venue)]
    for match in _ORDINALS.finditer(venue):
        if any(start <= match.start() < end for start, end in dates):
            continue
        if match["roman"]:
            return _roman(match["roman"])
        if match["word"]:
            return _WORDS[match["word"].lower().replace("-", " ")]
        return int(match["number"] or match["zh"])
    return None


RULES = (contradicting_years, contradicting_ordinals)


def _years_of(text: str) -> set[int]:
    short = {int(a or b) for a, b in _SHORT_YEAR.findall(text)}
    return {int(y) for y in re.findall(rf"(?<![\w.:/-]){YEAR}(?![\w-]|\.\d)", text)} | {
        1900 + y if y > 50 else 2000 + y for y in short
    }


def _years_behind(record: Record, paper: Publication) -> set[int]:
    """The year right behind the venue's name, which its reader takes off; the venue stands behind the title."""
    _, title, flat = " ".join(record.quote(paper.span).split()).rpartition(paper.title)
    if not title or paper.venue is None or paper.venue.count("(") != paper.venue.count(")"):
        return set()
    match = re.search(rf"{re.escape(paper.venue)}[\s,.]*\(?({YEAR})\b(?![-–]\d)", flat)
    return {int(match[1])} if match else set()


def _series(venue: str) -> frozenset[str]:
    """The words that all meetings of a series have in their name."""
    name = re.split(r":|\sand the (?=\d|\w+th\b)|\(", venue)[0]
    bare = re.sub(rf"\b{YEAR}\b|[’']\d{{2}}\b", " ", _ORDINALS.sub(" ", name))
    return frozenset(re.findall(r"\w+", fold(bare))) - _EMPTY_WORDS


def _odd_ones(meetings: list[_Meeting]) -> list[_Meeting]:
    """Those that do not go with the rest; all of them where two readings stand against each other."""
    points = {(m.ordinal, m.year) for m in meetings}
    for cadence in _CADENCES:
        if all(b[1] - a[1] == cadence * (b[0] - a[0]) for a, b in combinations(points, 2)):
            return []
    weight: dict[int, int] = defaultdict(int)
    for ordinal, year in points:
        weight[year - ordinal] += 1
    most = max(weight.values())
    usual = {offset for offset, count in weight.items() if count == most}
    return [m for m in meetings if len(usual) > 1 or m.offset not in usual]


def _may_have_skipped(meetings: list[_Meeting]) -> bool:
    """Whether the series may only have left out years: later meetings have higher numbers, and not too many of them."""
    points = sorted({(m.year, m.ordinal) for m in meetings})
    return all(0 < b[1] - a[1] <= b[0] - a[0] for a, b in combinations(points, 2))


def _contradiction(record: Record, meeting: _Meeting, rivals: list[_Meeting], may_have_skipped: bool) -> Finding:
    rival = min(rivals, key=lambda m: (m.ordinal != meeting.ordinal, abs(m.ordinal - meeting.ordinal)))
    says = f"this entry puts number {meeting.ordinal} of the series in {meeting.year}"
    against = f"another puts number {rival.ordinal} in {rival.year}"
    return finding(
        record,
        within(record, meeting.paper.span, meeting.paper.venue),
        "venue-ordinal",
        "note" if may_have_skipped else "warning",
        f"{says}, {against}",
        "correct the number or the year" + ("; if the series left out a year, all is well" if may_have_skipped else ""),
        [
            within(record, m.paper.span, m.paper.venue)
            for m in rivals
            if (m.ordinal, m.year) == (rival.ordinal, rival.year)
        ],
    )


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
