"""Which posts are held now, and which of them is the main one."""

import re

from app.answer.periods import by_start
from app.answer.scene import Scene
from ingest.domain import Position

_SHARE = re.compile(r"(?<![\d.,])(?:(?P<percent>[1-9]\d?|100)\s?%|(?P<part>0[.,]\d{1,2})\s*(?:FTE|WTE|VZÄ|ETP)\b)")
"""How much of a full post an entry is: "(20 %)", "0.3 FTE"."""


_BESIDE = re.compile(
    r"\b(?:nebenamtlich|nebenberuflich|nebentätig\w*|ehrenamtlich|on the side|alongside|part[- ]time|half[- ]time|teilzeit|halbtags|"
    r"à temps partiel|à mi-temps|a tiempo parcial|media jornada|a tempo parziale|a tempo parcial|honorary|unpaid|casual)\b|兼职|兼任",
    re.IGNORECASE,
)
"""A word for a post beside another, whose share is not printed."""
_PART = 0.5


def held_now(scene: Scene) -> list[Position]:
    """The positions without an end date: those with the largest printed share of a full post first, of these the most recent."""
    current = [p for p in by_start(scene.facts(Position)) if p.period and p.period.current]
    return sorted(current, key=lambda p: -_share(scene.record.quote(p.span)))


def _share(entry: str) -> float:
    """The share of a full post that an entry prints, 0 to 1; without one it is taken for the whole, or for a part where a word says so."""
    match = _SHARE.search(entry)
    if match is None:
        return _PART if _BESIDE.search(entry) else 1.0
    return min(1.0, int(match["percent"]) / 100 if match["percent"] else float(match["part"].replace(",", ".")))
