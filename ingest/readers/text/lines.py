"""A line of plain text and where it stands: its indent and width in columns of a fixed-width page."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from ingest.domain import BlockKind
from ingest.sentences import is_cjk

TAB_STOP = 8
TERMINAL = ".!?:;。！？：；…"
_LINE_ENDS = re.compile("[\n\v\u0085\u2028\u2029]")
_CLOSERS = ")]»”’\"'）】」』"


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on a line, without the white space around it; a blank line has no ``text``."""

    text: str
    indent: int = 0
    """Columns before the text; a wide character takes two."""
    width: int = 0
    """Columns up to its last character."""
    is_torn: bool = False
    """Whether a page ended in the middle of what it goes on with."""


class Piece(NamedTuple):
    """What lines make of a block."""

    kind: BlockKind
    text: str
    closes: bool = False
    """Whether it stands beside the part of a list above it, not under that part's heading; a heading that closes opens a section."""


BLANK = Line("")
PAGE_END = Line("\f")
"""Stands where a page ends."""


def lines_of(text: str) -> list[Line]:
    """The lines of ``text``, with ``PAGE_END`` for every form feed."""
    lines: list[Line] = []
    for number, page in enumerate(text.split("\f")):
        lines += [PAGE_END] * (number > 0)
        lines += [_line(raw) for raw in _LINE_ENDS.split(page)]
    return lines


def _line(raw: str) -> Line:
    shown = raw.expandtabs(TAB_STOP).rstrip()
    text = raw.strip()
    return Line(text, columns(shown) - columns(shown.lstrip()), columns(shown)) if text else BLANK


def columns(text: str) -> int:
    """How many columns ``text`` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1


def first_word(text: str) -> str:
    """What a line break in front of ``text`` would have moved at the least: a word, or one Chinese or Japanese character."""
    word = re.match(r"\S+", text)
    return "" if word is None else word[0][0] if is_cjk(word[0][0]) else word[0]


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as sentences do, quotation marks and brackets behind the full stop aside."""
    return text.rstrip(_CLOSERS)[-1:] in TERMINAL if text else False
