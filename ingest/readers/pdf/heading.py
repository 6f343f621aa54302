"""Finds the headings of a document by how they look, compared with its running text and with headings that are known."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.extract.periods import period_in
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.run import OTHER_SIZE
from ingest.readers.pdf.sheet import Box, Colour
from ingest.sections import heading_text, section_of

_MAX_LENGTH = 80
_MAX_WORDS = 10
_KNOWN_WORDS = 5
_LARGER = 1.12
"""Times the size of running text, from which on type is large."""
_RULE_ABOVE = 1.5
_RULE_BELOW = 0.9
"""Ems from the baseline within which a rule belongs to a line."""
_LONE = 0.6
"""Of the lines in a style, that must look like headings to make it one for headings."""
_KNOWN = 0.4
"""Of the lines in an ordinary style, that must be known headings to make it one for all."""
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s*[-–—]\s*(?:(?:19|20)\d{2})?)?")
_ADDRESS = re.compile(r"@|https?:|www\.|\d{5,}")
_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    bold: bool
    italic: bool
    capitals: bool
    spaced: bool
    ruled: bool
    font: str
    colour: Colour | None


def heading_levels(lines: Sequence[Line], strokes: Sequence[Sequence[Box]]) -> dict[int, int]:
    """The level of every line that is a heading, by its index: 1 for the title, 2 for sections, 3 and more below.

    ``strokes`` are the rule lines of each page, the first page's first.
    """
    styles = [_style(line, strokes[line.page - 1]) for line in lines]
    text_size = _text_size(lines)
    able = [_may_be(line) for line in lines]
    known = [ok and _is_known(line) for ok, line in zip(able, lines, strict=True)]
    heads = _heading_styles(styles, able, known, text_size)
    title = _title(lines, able, known)
    first = next((n for n, is_known in enumerate(known) if is_known), None)
    found = [
        n
        for n, style in enumerate(styles)
        if able[n] and n != title and (style in heads or (known[n] and _stands_out(style, text_size)))
        if first is None or n >= first
    ]
    levels = _levels([styles[n] for n in found], {styles[n] for n in found if known[n]})
    chosen = {n: levels[styles[n]] for n in found}
    return chosen if title is None else {title: 1, **chosen}


def _style(line: Line, strokes: Sequence[Box]) -> _Style:
    face, text = line.lead, line.cells[0].text
    return _Style(
        size=round(max(face.size, line.cells[0].size), 0),
        bold=face.bold,
        italic=face.italic,
        capitals=text == text.upper() and text != text.lower(),
        spaced=line.cells[0].spaced,
        ruled=_is_ruled(line, strokes),
        font=face.font,
        colour=face.colour,
    )


def _is_ruled(line: Line, strokes: Sequence[Box]) -> bool:
    """Whether a rule that is longer than the text runs over, under or beside it."""
    em = line.size
    return (len(line.cells) == 1 and line.cells[0].led) or any(
        line.base - _RULE_ABOVE * em < s.top < line.base + _RULE_BELOW * em
        and s.width > 0.3 * (line.right - line.left)
        and s.right > line.start
        and s.left < line.right
        for s in strokes
    )


def _text_size(lines: Sequence[Line]) -> float:
    """The size of most characters."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for cell in line.cells:
            sizes[cell.size] += len(cell.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _may_be(line: Line) -> bool:
    """Whether the words of a line can be a heading's."""
    text = line.cells[0].text
    if _YEAR.fullmatch(text):
        return line.bullet is None and len(line.cells) == 1
    return (
        _is_alone(line)
        and line.bullet is None
        and len(text) <= _MAX_LENGTH
        and len(text.split()) <= _MAX_WORDS
        and re.search(r"[^\W\d_]{2}|[\u3400-\u9fff]", text) is not None
        and not text.endswith((".", ",", ";", "-"))
        and not text[0].islower()
        and not _ADDRESS.search(text)
    )


def _is_alone(line: Line) -> bool:
    """Whether one cell is the whole line, or the others are a note in small print."""
    first, *others = line.cells
    return all(first.size > OTHER_SIZE * other.size and not period_in(other.text) for other in others)


def _is_known(line: Line) -> bool:
    name = heading_text(line.cells[0].text)
    return len(name.split()) <= _KNOWN_WORDS and section_of(name) is not None


def _stands_out(style: _Style, text_size: float) -> bool:
    return style.bold or style.capitals or style.spaced or style.ruled or style.size > text_size * _LARGER


def _heading_styles(
    styles: Sequence[_Style], able: Sequence[bool], known: Sequence[bool], text_size: float
) -> set[_Style]:
    """The styles in which every line that may be a heading is one."""
    members: dict[_Style, list[int]] = defaultdict(list)
    for number, style in enumerate(styles):
        members[style].append(number)
    heads = set()
    for style, numbers in members.items():
        lone = sum(able[n] for n in numbers) / len(numbers)
        told = sum(known[n] for n in numbers) / len(numbers)
        large = style.size > text_size * _LARGER or style.ruled
        if (large and lone >= _LONE) or (told >= _KNOWN and _stands_out(style, text_size)):
            heads.add(style)
    return heads


def _title(lines: Sequence[Line], able: Sequence[bool], known: Sequence[bool]) -> int | None:
    """The line in the largest type of the document, near its top."""
    top = [n for n in range(min(_TITLE_LINES, len(lines))) if able[n] and not known[n]]
    if not top:
        return None
    best = max(top, key=lambda n: lines[n].size)
    others = [line.size for n, line in enumerate(lines) if n != best]
    return best if not others or lines[best].size > max(others) else None


def _levels(styles: Sequence[_Style], known: set[_Style]) -> dict[_Style, int]:
    """A level for every style: the ones that known section names are set in first, then by prominence."""
    distinct = set(styles)
    tops = [s for s in distinct if s in known]
    counts = Counter(styles)
    largest = max((_rank(s) for s in tops), default=None)
    ranks = sorted({_rank(s) for s in distinct}, reverse=True)
    if largest is None:
        return {s: 2 + ranks.index(_rank(s)) for s in counts}
    below = [rank for rank in ranks if rank < largest]
    return {s: 2 if _rank(s) >= largest else 3 + below.index(_rank(s)) for s in distinct}


def _rank(style: _Style) -> tuple[float, bool, bool, bool]:
    return style.size, style.ruled, style.capitals or style.spaced, style.bold
