"""Joins lines of running text: which breaks were made for want of room, and how a broken word is mended."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ingest.dates import find_period
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.run import Run, joined

_OTHER = 0.08
"""Of the size of type, by which running text never changes from line to line."""
_RAGGED = 1.5
"""Ems left over at the end of a line, from which on a change of type there parts two lines."""
_NARROW = 20
"""Ems of a column in which short lines fill it by chance, so that only their wording tells."""
_WORD = 0.2
"""Of a column's width, that a word takes at most; addresses are longer, and say nothing about the room they had."""
UNFINISHED = re.compile(r"(?:[,&(–—]|\b(?:and|und|et|y|e|of|the|in|for|with|von|der|die|de|la|du|à))$", re.IGNORECASE)
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")
HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


def flowed(lines: Sequence[Line]) -> str:
    """Running text as one line; lines that were broken on purpose stay lines."""
    text = lines[0].text
    for one, two in pairwise(lines):
        text = mended(text, two.text) if flows(one, two) else f"{text}\n{two.text}"
    return text


def flows(one: Line, two: Line) -> bool:
    """Whether the text goes on from one line to the next, and was broken only for want of room."""
    if len(one.cells) > 1 or len(two.cells) > 1:
        return False
    if HYPHEN.search(one.text) or UNFINISHED.search(one.text):
        return True
    tail = one.cells[-1].tail
    if abs(tail.size - two.lead.size) > _OTHER * two.lead.size:
        return False
    if tail != two.lead and not two.text[0].islower() and one.right - one.end > _RAGGED * one.size:
        return False
    if is_date_led(two):
        return False
    goes_on = two.text[0].islower() and one.lead == two.lead
    if one.right - one.left < _NARROW * one.size and (two.text[0].isupper() or _ADDRESS.match(two.text)):
        return False
    return is_full(one, two) or goes_on


def mended(one: str, two: str) -> str:
    """Two lines of running text as one, with a word that was broken between them whole again."""
    if HYPHEN.search(one) and two[:1].islower():
        head = re.split(r"\s", one)[-1]
        return one + two if "-" in head[:-1] else one[:-1] + two
    if one.endswith(("-", "/", "–")) and two[:1].isalnum() and not one.endswith((" -", " –")):
        return one + two
    return joined(one, two)


def is_full(one: Line, two: Line) -> bool:
    """Whether the first word of ``two`` had no room at the end of ``one``, so that the break says nothing."""
    if len(one.cells) > 1 or len(two.cells) > 1:
        return False
    return has_no_room(two.cells[0], one.right - one.end, one.right - one.left)


def has_no_room(cell: Run, room: float, measure: float) -> bool:
    """Whether the first word of ``cell`` is too long for the ``room`` that was left in a column of that ``measure``."""
    word = len(re.split(r"[\s\u3000-\u9fff]", cell.text, maxsplit=1)[0]) or 1
    width = min((cell.right - cell.left) * word / len(cell.text), _WORD * measure)
    return room < width + 0.5 * cell.size


def is_date_led(line: Line) -> bool:
    """Whether a line starts with a period, as an entry does and running text does not."""
    found = find_period(line.text)
    return found is not None and found.start == 0
