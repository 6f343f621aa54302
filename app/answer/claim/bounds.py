"""What a source says of what a number counts: that it is a bound ("the upper limit is 3.9 × 10⁻⁸"), or what is in it ("training included")."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.quantities import quantities
from app.answer.claim.unit import Unit
from ingest.sentences import split_sentences

_BOUND = re.compile(
    r"\b(?:(?:upper|lower|exclusion|detection) (?:limits?|bounds?)|(?:worst|best)[- ]case|(?:ober|unter)(?:e[rn]? )?(?:grenze|schranke)n?"
    r"|(?:limite|borne) (?:superieure|inferieure)|(?:limite|cota) (?:superior|inferior)|limite (?:superiore|inferiore))\b|[上下](?:限|界)"
)
"""What is not the value itself and lies above or below it."""
# How a claim ends with what its number counts, and any such word in an entry.
_COUNTED = re.compile(r", [^,.;:\d]{3,40} (?:included|excluded)$|, (?:inclusive|exclusive) of [^,;:]+$")
_COUNTS = re.compile(r"\b(?:inclu|exclu)[ds]")


def drops_bound(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` tells as the value of something a number that its source gives as a bound of it, and nowhere without one."""
    if _BOUND.search(fold(text)):
        return False
    said = [q for q in quantities(text) if not q.bound]
    lines = [s for unit in units for line in unit.text.split("\n") for s in split_sentences(line)]
    for quantity in said:
        found = [s for s in lines if any(q.agrees(quantity) for q in quantities(s))]
        if found and all(_BOUND.search(fold(s)) for s in found):
            return True
    return False


def counts_in(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` ends with what its number counts or leaves out, of which no entry tells."""
    return _COUNTED.search(fold(text).rstrip(" .")) is not None and not any(_COUNTS.search(fold(u.text)) for u in units)
