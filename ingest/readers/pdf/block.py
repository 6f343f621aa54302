"""Groups the lines of a document into headings, paragraphs, list items and table rows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from ingest.domain import BlockKind
from ingest.extract.periods import period_in
from ingest.readers.pdf.flow import HYPHEN, UNFINISHED, flowed, has_no_room, is_date_led, is_full, mended
from ingest.readers.pdf.line import Line

_GAP = 1.25
"""Times the leading, from which on the distance of two lines parts them."""
_LEADING = 1.25
"""Ems from line to line where a document does not tell."""
_MIN_LEADING, _MAX_LEADING = 0.8, 2.2
_INDENT = 0.6
"""Ems by which a line must stand further in to count as indented."""
_SENTENCE_END = re.compile(r"[.!?:;。！？][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One block before it has its place in the text."""

    kind: BlockKind
    text: str
    level: int | None
    lines: tuple[Line, ...]
    """What is printed for it."""

    @property
    def page(self) -> int:
        """Where it begins."""
        return self.lines[0].page


@dataclass(slots=True)
class _Group:
    """The lines of one block."""

    lines: list[Line]
    level: int | None = None
    """Of a heading."""

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
            and is_full(self.lines[0], self.lines[1])
            and all(_is_in(line, self.first.start) for line in self.lines[1:])
        )


def pieces(lines: Sequence[Line], levels: Mapping[int, int]) -> Iterator[Piece]:
    """The blocks of a document in reading order; ``levels`` tells which lines are headings."""
    groups = _groups(lines, levels)
    for number, group in enumerate(groups):
        if group.level is not None:
            heading = replace(group.first, cells=group.first.cells[:1])
            yield Piece(BlockKind.HEADING, heading.text, group.level, (heading,))
        elif group.first.bullet is not None or group.hangs or _is_short_item(groups, number):
            yield Piece(BlockKind.ITEM, flowed(group.lines), None, tuple(group.lines))
        else:
            for entry in _entries(group.lines):
                is_row = len(entry) == 1 and len(entry[0].cells) > 1
                yield Piece(BlockKind.ROW if is_row else BlockKind.PARAGRAPH, flowed(entry), None, tuple(entry))


def _groups(lines: Sequence[Line], levels: Mapping[int, int]) -> list[_Group]:
    """The lines of each block."""
    leading = _leadings(lines)
    groups: list[_Group] = []
    for number, line in enumerate(lines):
        group = groups[-1] if groups and groups[-1].level is None else None
        if number in levels:
            groups.append(_Group([line], levels[number]))
            if len(line.cells) > 1:
                groups.append(_Group([replace(line, cells=line.cells[1:])]))
        elif group is not None and _belongs(group, line, leading):
            wrapped = _rewrapped(group.last, line)
            group.lines[-1:] = [group.last, line] if wrapped is None else [wrapped]
        else:
            groups.append(_Group([line]))
    return groups


def _is_short_item(groups: Sequence[_Group], number: int) -> bool:
    """Whether a single line stands among items that hang, and starts where they start."""
    group = groups[number]
    beside = [*groups[max(number - 1, 0) : number], *groups[number + 1 : number + 2]]
    return (
        len(group.lines) == 1
        and len(group.first.cells) == 1
        and any(
            other.level is None
            and other.hangs
            and other.first.column == group.first.column
            and other.first.lead.size == group.first.lead.size
            and abs(other.first.start - group.first.start) < _INDENT * group.first.size
            for other in beside
        )
    )


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """Ems from line to line within running text, by the size of type."""
    found: dict[int, list[float]] = defaultdict(list)
    for one, two in pairwise(lines):
        step = (two.base - one.base) / max(one.size, 1.0)
        alike = (one.column, one.page, round(one.size)) == (two.column, two.page, round(two.size))
        if alike and _MIN_LEADING < step < _MAX_LEADING and two.bullet is None and is_full(one, two):
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
        return _is_in(line, first.bullet) or (is_full(last, line) and not _is_new_entry(group, line))
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
    open_end = UNFINISHED.search(last.text) or HYPHEN.search(last.text)
    full = last.right - last.end < 0.15 * width and (group.first.bullet is not None) == inset
    return bool(starts_low or open_end) and (full or starts_low)


def _is_new_entry(group: _Group, line: Line) -> bool:
    """Whether ``line`` looks as the block's first line did, after lines that look otherwise or end with a date."""
    first, last = group.first, group.last
    if is_date_led(line) and is_date_led(first):
        return True
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


def _rewrapped(one: Line, two: Line) -> Line | None:
    """``one`` with ``two`` taken into the cell that went on below itself; ``None`` where two lines are two."""
    if len(one.cells) < 2 or len(two.cells) > 1:
        return None
    at = next((n for n, cell in enumerate(one.cells) if abs(cell.left - two.start) < _INDENT * cell.size), None)
    if at is None:
        return None
    cell = one.cells[at]
    right = one.cells[at + 1].left - cell.size if at + 1 < len(one.cells) else one.right
    goes_on = two.text[0].islower() and cell.tail == two.lead
    no_room = has_no_room(two.cells[0], right - cell.right, right - cell.left)
    if cell.face.size != two.cells[0].face.size or not (goes_on or no_room):
        return None
    joint = replace(cell, text=mended(cell.text, two.text), glyphs=cell.glyphs + two.cells[0].glyphs)
    cells = (*one.cells[:at], joint, *one.cells[at + 1 :])
    return replace(one, cells=tuple(replace(c, base=two.base) for c in cells))


def _entries(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines without space between them, cut where each entry starts: at lines with a date in a column, or a label."""
    starts = [n for n, line in enumerate(lines) if len(line.cells) > 1 and _is_dated(line)]
    if not starts and len(lines) > 2 and all(len(line.cells) > 1 for line in lines):
        starts = list(range(len(lines)))
    if not starts or starts[0] > 0:
        return [list(lines)]
    return [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
