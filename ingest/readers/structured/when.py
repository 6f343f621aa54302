"""Dates of structured entries: as their source gives them, as they are shown, and the period that they state."""

import re
from dataclasses import dataclass

from ingest.dates import find_dates, find_period, parse_date
from ingest.domain import PartialDate, Period

_OPEN = re.compile(r"\s*(?:–|—|-{1,3}|−|~|to|until)\s*$")
_NOW = re.compile(
    r"(?:present|now|current(?:ly)?|today|ongoing|heute|aujourd'hui|actual(?:idad|mente)?|至今|现在|目前)\.?",
    re.IGNORECASE,
)
_DASHES = re.compile(r"\s*-{2,3}\s*")
_UNKNOWN_PART = re.compile(r"\b((?:19|20)\d{2})-(?:(\d{2})-00|00-00|00)\b")


@dataclass(frozen=True, slots=True)
class When:
    """What an entry prints about its time, and the period that says."""

    shown: str
    period: Period | None

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """The dates that the period names."""
        named = (self.period.start, self.period.end) if self.period else ()
        return tuple(dict.fromkeys(d for d in named if d))


def between(start: str, end: str, open_is_current: bool) -> When | None:
    """From ``start`` to ``end``; a start without an end is current, and shown so, where ``open_is_current`` is what the format means by it."""
    first, last = cleaned(start), cleaned(end)
    if not first:
        return at(last) if last and not _NOW.fullmatch(last) else None
    if not last and not open_is_current:
        return at(first)
    if not last or _NOW.fullmatch(last):
        return When(f"{first} – Present", _period(parse_date(first), None, current=True))
    return When(f"{first} – {last}", _period(parse_date(first), parse_date(last), current=False))


def at(text: str) -> When | None:
    """A date or a range in one text: ``2014--2019``, ``2024 -``, ``May 2018 – Aug 2018 (4 months)``, ``Fall 2023``."""
    bare = cleaned(text)
    if not bare:
        return None
    if _OPEN.search(bare):
        return between(_OPEN.sub("", bare), "", open_is_current=True)
    ranged = find_period(bare)
    if ranged:
        return When(bare, ranged.period)
    found = [date for date, _, _ in find_dates(bare) if date.year is not None]
    return When(bare, Period(found[0], found[-1]) if found else None)


def cleaned(text: str) -> str:
    """A printed date without parts that say "unknown" (``2026-04-00``), and with one dash for a range."""
    text = re.sub(r"T\d{2}:\d{2}\S*", "", " ".join(text.split()))
    text = _UNKNOWN_PART.sub(lambda m: f"{m[1]}-{m[2]}" if m[2] else m[1], text)
    return _DASHES.sub(" – ", text).strip() if re.search(r"\d-{2,3}\s*\w", text) else text


def _period(start: PartialDate | None, end: PartialDate | None, current: bool) -> Period | None:
    return Period(start, end, current) if start or end else None
