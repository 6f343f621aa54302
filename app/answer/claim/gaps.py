"""Times between two entries: "three months later", "the following year"."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit
from app.answer.claim.when import durations
from ingest.domain import PartialDate

_LATER = re.compile(r"\s*(?:later|after that|afterwards|spater|danach|plus tard|apres)\b|\s*[之以]?后")
_NEXT = re.compile(
    r"\b(?:the (?:following|next) (?P<unit>year|month)|im (?:folgenden|nachsten) (?P<einheit>jahr|monat)|l['’]annee suivante)\b|(?P<nian>次年|翌年)"
)


def settled_gaps(text: str, units: Sequence[Unit]) -> str | None:
    """``text`` without the times between entries that the dates of ``units`` bear out; ``None`` where they bear out none of them."""
    kept = text
    for length in durations(text):
        behind = _LATER.match(fold(text[length.end :]))
        if not behind:
            continue
        if not _holds(length.least, length.most, units):
            return None
        end = length.end + behind.end()
        kept = kept[: length.start] + " " * (end - length.start) + kept[end:]
    for match in _NEXT.finditer(fold(text)):
        by_month = (match["unit"] or match["einheit"]) in {"month", "monat"}
        least, most = (1.0, 1.0) if by_month else (6.0, 18.0)
        if not _holds(least - 0.5, most + 0.5, units):
            return None
        kept = kept[: match.start()] + " " * (match.end() - match.start()) + kept[match.end() :]
    return kept


def _holds(least: float, most: float, units: Sequence[Unit]) -> bool:
    """Whether two of the units lie so many months apart."""
    for one, two in permutations([list(_dates(u)) for u in units], 2):
        for a in one:
            for b in two:
                if a.month and b.month:
                    months = _months(b) - _months(a)
                    if months > 0 and least - 0.5 <= months <= most + 0.5:
                        return True
                    continue
                years = (b.year or 0) - (a.year or 0)
                if years > 0 and least <= 12 * years <= most:
                    return True
    return False


def _dates(unit: Unit) -> Iterator[PartialDate]:
    yield from (d for d in unit.dates if d.year)
    for period in unit.periods:
        yield from (d for d in (period.start, period.end) if d and d.year)


def _months(date: PartialDate) -> float:
    return float((date.year or 0) * 12 + date.first_month)
