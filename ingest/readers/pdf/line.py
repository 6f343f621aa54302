"""A printed line in its column, made of the cells that stand on one baseline."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ingest.readers.pdf.letters import shown
from ingest.readers.pdf.run import APART, OTHER_SIZE, Run, joined
from ingest.readers.pdf.sheet import Face, Glyph
from ingest.sections import heading_text, section_of

_CELL = 1.5
"""Ems between two runs from which on they are two cells of a row."""
_STOP_ROWS = 3
"""Rows that start a cell at one place make it a tab stop, whatever the gap."""
_STOP_SLACK = 1.0
_JUTS = 12.0
"""Points by which a line must reach beyond all others to be taken for an accident."""
_LEVEL = 0.25
"""Ems by which runs of one row may differ in their baseline."""
_BULLET_GAP = 3.0
_HEADING_WORDS = 4
NUMBER = re.compile(r"(?:\(?\d{1,3}[.)]|\[\d{1,3}\]|\[[A-Z]{1,3}\d{1,3}\]|\([a-z]\)|[A-Z]{1,2}\d{1,3}\.)(?=\s|$)")
"""What numbers the items of a list; a year has four digits and is none."""


@dataclass(frozen=True, slots=True)
class Line:
    """Cells from left to right; ``left`` and ``right`` are the edges of the column that the line stands in."""

    cells: tuple[Run, ...]
    left: float
    right: float
    column: int
    """Counts the columns of the document in reading order; lines of one column follow each other downwards."""
    bullet: float | None = None
    """Where a bullet or number stood that opened this line; it is no longer in the cells."""
    mark: tuple[Glyph, ...] = field(default=(), compare=False, repr=False)
    """What is printed for that bullet or number."""

    @property
    def text(self) -> str:
        """The cells with tabs between them."""
        return "\t".join(cell.text for cell in self.cells)

    @property
    def base(self) -> float:
        """Points below the top edge of the page."""
        return self.cells[0].base

    @property
    def start(self) -> float:
        """Where its text begins."""
        return self.cells[0].left

    @property
    def end(self) -> float:
        """Where its text ends."""
        return self.cells[-1].right

    @property
    def size(self) -> float:
        """Of the largest type in it."""
        return max(cell.size for cell in self.cells)

    @property
    def lead(self) -> Face:
        """How its first letter looks."""
        return self.cells[0].lead

    @property
    def page(self) -> int:
        """Counted from 1."""
        return self.cells[0].page


Row = tuple[Run, ...]


def rows(runs: Iterable[Run]) -> list[Row]:
    """The runs that share a baseline, from the top; within a row from left to right."""
    made: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: r.base):
        if made and abs(made[-1][0].base - run.base) <= _LEVEL * min(run.size, made[-1][0].size):
            made[-1].append(run)
        else:
            made.append([run])
    return [tuple(sorted(row, key=lambda r: r.left)) for row in made]


def lines(of: Sequence[Row], column: int) -> list[Line]:
    """The rows of one column as lines; runs that are no cells of their own are joined."""
    if not of:
        return []
    left, right = min(r[0].left for r in of), _edge([row[-1].right for row in of])
    stops = _stops(of)
    made = (_unmarked(Line(tuple(_cells(row, stops)), left, right, column)) for row in of)
    return [line for line in made if line is not None]


def _edge(ends: Sequence[float]) -> float:
    """Where the lines of a column end; a single line that juts out says nothing."""
    ordered = sorted(ends)
    return next((b for a, b in zip(ordered[-2::-1], ordered[:0:-1], strict=True) if b - a < _JUTS), ordered[-1])


def _stops(of: Sequence[Row]) -> list[float]:
    """Where cells of several rows start, past the first."""
    starts = [
        run.left
        for row in of
        for before, run in pairwise(row)
        if not before.is_bullet and run.left - before.right > APART * run.size
    ]
    return [s for s in starts if sum(abs(s - other) <= _STOP_SLACK for other in starts) >= _STOP_ROWS]


def _cells(row: Row, stops: list[float]) -> list[Run]:
    cells = [row[0]]
    for run in row[1:]:
        last = cells[-1]
        gap = (run.left - last.right) / max(run.size, last.size)
        at_stop = any(abs(run.left - stop) <= _STOP_SLACK for stop in stops)
        is_marked = (last.is_bullet or NUMBER.fullmatch(last.text)) and gap < _BULLET_GAP
        if is_marked or (gap < _CELL and not at_stop and not _is_apart(last, run)):
            cells[-1] = beside(last, run)
        else:
            cells.append(run)
    return cells


def _is_apart(one: Run, two: Run) -> bool:
    """Whether a heading is followed by a note in smaller type."""
    if one.size <= OTHER_SIZE * two.size or len(one.text.split()) > _HEADING_WORDS or "," in one.text:
        return False
    return section_of(heading_text(one.text)) is not None


def beside(one: Run, two: Run) -> Run:
    """Two runs of one line as one."""
    longer = one if len(one.text) >= len(two.text) else two
    return replace(
        one,
        text=joined(one.text, two.text),
        right=max(one.right, two.right),
        face=longer.face,
        lead=two.lead if one.is_bullet or NUMBER.fullmatch(one.text) else one.lead,
        tail=two.tail,
        uniform=one.uniform and two.uniform and one.face.bold == two.face.bold,
        spaced=one.spaced and two.spaced,
        led=one.led or two.led,
        glyphs=one.glyphs + two.glyphs,
    )


def _printed(run: Run, opening: str) -> tuple[Glyph, ...]:
    """The glyphs of the words that ``run`` opens with; none for a bullet that is drawn."""
    spelt = "".join(opening.split())
    glyphs = run.glyphs[: len(spelt)]
    return glyphs if "".join(shown(glyph) for glyph in glyphs) == spelt else ()


_BULLET = re.compile(r"[•◦‣▪▫●○■□◆◇⋄⋆∗➢➤▶►▸❖✓✔✦·∙⁃–—*-](?=\s|$)|[•◦▪●○■□◆◇➢▶►▸❖](?=\w)")


def _unmarked(line: Line) -> Line | None:
    """``line`` without the bullet or number that opens it; ``None`` for a lone bullet."""
    first = line.cells[0]
    match = _BULLET.match(first.text) or NUMBER.match(first.text)
    if match is None:
        return line
    rest = first.text[match.end() :].lstrip()
    mark = first.glyphs
    if rest:
        width = (first.right - first.left) * (len(first.text) - len(rest)) / len(first.text)
        mark = _printed(first, first.text[: -len(rest)])
        opened = replace(first, text=rest, left=first.left + width, glyphs=first.glyphs[len(mark) :])
        cells = (opened, *line.cells[1:])
    elif len(line.cells) > 1:
        cells = line.cells[1:]
    else:
        return None
    return replace(line, cells=cells, bullet=first.left, mark=mark)
