"""Groups the lines of a document into headings, paragraphs, list items and table rows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from ingest.domain import BlockKind
from ingest.extract.entries import period_in
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.run import joined

_GAP = 1.25
"""Times the leading, from which on the distance of two lines parts them."""
_LEADING = 1.25
"""Ems from line to line where a document does not tell."""
_OTHER = 0.08
"""Of the size of type, by which running text never changes from line to line."""
_RAGGED = 1.5
"""Ems left over at the end of a line, from which on a change of type there parts two lines."""
_INDENT = 0.6
"""Ems by which a line must stand further in to count as indented."""
_WORD = 0.2
"""Of a column's width, that a word takes at most; addresses are longer, and say nothing about the room they had."""
_UNFINISHED = re.compile(r"(?:[,&(–—]|\b(?:and|und|et|y|e|of|the|in|for|with|von|der|die|de|la|du|à))$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:;。！？][\"”’)\]]*$")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it has its place in the text."""

    kind: BlockKind
    text: str
    level: int | None
    page: int


@dataclass(slots=True)
class _Group:
    """The lines of one block."""

    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def hangs(self) -> bool:
        """Whether the lines below the first stand further in."""
        return (
            len(self.lines) > 1
            and _is_full(self.lines[0], self.lines[1])
            and all(_is_in(line, self.first.start) for line in self.lines[1:])
        )


def pieces(lines: Sequence[Line], levels: Mapping[int, int]) -> Iterator[Piece]:
    """The blocks of a document in reading order; ``levels`` tells which lines are headings."""
    leading = _leadings(lines)
    group = _Group()
    for number, line in enumerate(lines):
        if number in levels:
            yield from _emit(group)
            yield Piece(BlockKind.HEADING, line.cells[0].text, levels[number], line.page)
            group = _Group([replace(line, cells=line.cells[1:])] if len(line.cells) > 1 else [])
        elif group.lines and _belongs(group, line, leading):
            group.lines.append(line)
        else:
            yield from _emit(group)
            group = _Group([line])
    yield from _emit(group)


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """Ems from line to line within running text, by the size of type."""
    found: dict[int, list[float]] = defaultdict(list)
    for one, two in zip(lines, lines[1:], strict=False):
        step = (two.base - one.base) / max(one.size, 1.0)
        if one.column == two.column and one.page == two.page and round(one.size) == round(two.size) and 0.8 < step < 2.2:
            if _is_full(one, two) and two.bullet is None:
                found[round(one.size)].append(step)
    return {size: median(steps) for size, steps in found.items()}


def _belongs(group: _Group, line: Line, leading: Mapping[int, float]) -> bool:
    """Whether ``line`` goes on with the block of ``group``."""
    first, last = group.first, group.last
    if line.bullet is not None:
        return False
    if last.page != line.page or last.column != line.column:
        return _runs_over(group, line)
    size = max(last.size, line.size)
    step = line.base - last.base
    if step > _GAP * size * leading.get(round(min(last.size, line.size)), _LEADING) or step <= 0:
        return False
    if first.bullet is not None:
        return _is_in(line, first.bullet) or (_is_full(last, line) and not _is_new_entry(group, line))
    if group.hangs and not _is_in(line, first.start):
        return False
    if _is_in(line, last.start) and len(group.lines) > 1 and not group.hangs and _SENTENCE_END.search(last.text):
        return False
    return not _is_new_entry(group, line)


def _runs_over(group: _Group, line: Line) -> bool:
    """Whether a block goes on at the top of the next column or page."""
    last = group.last
    if last.size != line.size or len(line.cells) > 1 or _SENTENCE_END.search(last.text):
        return False
    width = line.right - line.left
    inset = line.start - line.left > _INDENT * line.size
    starts_low = line.text[0].islower() or line.text[0] in "(&"
    open_end = _UNFINISHED.search(last.text) or _HYPHEN.search(last.text)
    full = last.right - last.end < 0.15 * width and (group.first.bullet is not None) == inset
    return bool(starts_low or open_end) and (full or starts_low)


def _is_new_entry(group: _Group, line: Line) -> bool:
    """Whether ``line`` looks as the block's first line did, after lines that look otherwise or end with a date."""
    first, last = group.first, group.last
    alike = line.lead == first.lead and abs(line.start - first.start) < _INDENT * line.size
    if not alike:
        return False
    if first.lead.bold and not last.lead.bold:
        return True
    return last.lead != first.lead and len(first.cells) > 1 and len(line.cells) == len(first.cells)


def _is_dated(line: Line) -> bool:
    return any(period_in(cell.text) is not None for cell in line.cells)


def _is_in(line: Line, left: float) -> bool:
    return line.start > left + _INDENT * line.size


def _is_full(one: Line, two: Line) -> bool:
    """Whether the first word of ``two`` had no room at the end of ``one``, so that the break says nothing."""
    if len(one.cells) > 1 or len(two.cells) > 1:
        return False
    cell = two.cells[0]
    word = len(re.split(r"[\s\u3000-\u9fff]", cell.text, maxsplit=1)[0]) or 1
    width = min((cell.right - cell.left) * word / len(cell.text), _WORD * (one.right - one.left))
    return one.right - one.end < width + 0.5 * one.size


def _emit(group: _Group) -> Iterator[Piece]:
    if not group.lines:
        return
    page = group.first.page
    if group.first.bullet is not None or group.hangs:
        yield Piece(BlockKind.ITEM, _flowed(group.lines), None, page)
        return
    for entry in _entries(group.lines):
        is_row = len(entry) == 1 and len(entry[0].cells) > 1
        yield Piece(BlockKind.ROW if is_row else BlockKind.PARAGRAPH, _flowed(entry), None, entry[0].page)


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines without space between them, cut where each entry starts: at lines with a date in a column, or a label."""
    starts = [n for n, line in enumerate(lines) if len(line.cells) > 1 and _is_dated(line)]
    if not starts and len(lines) > 2 and all(len(line.cells) > 1 for line in lines):
        starts = list(range(len(lines)))
    if not starts or starts[0] > 0:
        return [list(lines)]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _flowed(lines: Sequence[Line]) -> str:
    """Running text as one line; lines that were broken on purpose stay lines."""
    text = lines[0].text
    for one, two in zip(lines, lines[1:], strict=False):
        text = _mended(text, two.text) if _flows(one, two) else f"{text}\n{two.text}"
    return text


def _flows(one: Line, two: Line) -> bool:
    """Whether the text goes on from one line to the next, and was broken only for want of room."""
    if len(one.cells) > 1 or len(two.cells) > 1:
        return False
    if _HYPHEN.search(one.text) or _UNFINISHED.search(one.text):
        return True
    tail = one.cells[-1].tail
    if abs(tail.size - two.lead.size) > _OTHER * two.lead.size:
        return False
    if tail != two.lead and not two.text[0].islower() and one.right - one.end > _RAGGED * one.size:
        return False
    return _is_full(one, two) or (two.text[0].islower() and one.lead == two.lead)


def _mended(one: str, two: str) -> str:
    """Two lines of running text as one, with a word that was broken between them whole again."""
    if _HYPHEN.search(one) and two[:1].islower():
        head = re.split(r"\s", one)[-1]
        return one + two if "-" in head[:-1] else one[:-1] + two
    if one.endswith(("-", "/", "–")) and two[:1].isalnum() and not one.endswith((" -", " –")):
        return one + two
    return joined(one, two)
