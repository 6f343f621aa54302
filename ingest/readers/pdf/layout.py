"""Puts the runs of a page into reading order: columns one after the other, rows of a table left to right."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from ingest.readers.pdf.aside import beside_headings
from ingest.readers.pdf.line import Line, Row, lines, rows
from ingest.readers.pdf.run import Run
from ingest.sections import heading_text, section_of

_STEP = 3.0
"""Points between two places where a gutter is looked for."""
_GUTTER = 4.0
"""Half the width of the narrowest gutter, in points."""
_MIN_LINES = 4
_MIN_PROSE = 8
"""Lines of running text that make a column where they stand level with those beside them."""
_ALIGNED = 2.0
"""Points by which two baselines may differ to count as one."""
_LONG = 28
"""Characters of a line of running text in a narrow column."""
_DATE = re.compile(r"\b(?:19|20)\d{2}\b")


@dataclass(frozen=True, slots=True)
class _Split:
    """Two columns between the rows ``first`` and ``last`` (exclusive)."""

    first: int
    last: int
    left: tuple[Run, ...]
    right: tuple[Run, ...]


def reading_order(runs: Sequence[Run], column: int = 0) -> list[Line]:
    """The lines of one page as they are read; ``column`` is the number of the first column."""
    of = rows(runs)
    split = _split(of)
    if split is None:
        return lines(beside_headings(of), column)
    sides = (split.left, split.right) if not _leads(split.right, split.left) else (split.right, split.left)
    ordered: list[Line] = []
    for part in (_flat(of[: split.first]), *sides, _flat(of[split.last :])):
        ordered += reading_order(part, ordered[-1].column + 1 if ordered else column)
    return ordered


def _flat(of: Sequence[Row]) -> tuple[Run, ...]:
    return tuple(run for row in of for run in row)


def _leads(one: Sequence[Run], two: Sequence[Run]) -> bool:
    """Whether ``one`` holds the largest type, at its top: the name stands over the column that is read first."""
    largest = max(run.size for run in (*one, *two))
    return one[0].size == largest and all(run.size < largest for run in two)


def _split(of: Sequence[Row]) -> _Split | None:
    """The tallest pair of columns on the page."""
    if len(of) < _MIN_LINES:
        return None
    found = sorted(_gutters(of), key=lambda s: -min(len(s.left), len(s.right)) * (s.last - s.first))
    tried: set[tuple[int, int, int, int]] = set()
    for split in found:
        shape = (split.first, split.last, len(split.left), len(split.right))
        if shape not in tried and _is_columns(split.left, split.right):
            return split
        tried.add(shape)
    return None


def _gutters(of: Sequence[Row]) -> Iterator[_Split]:
    """Every white strip with enough lines on both sides."""
    left, right = min(r[0].left for r in of), max(run.right for row in of for run in row)
    for step in range(1, int((right - left) / _STEP)):
        x = left + step * _STEP
        first = 0
        for number in range(len(of) + 1):
            if number < len(of) and not any(r.left < x + _GUTTER and r.right > x - _GUTTER for r in of[number]):
                continue
            yield from _between(of, first, number, x)
            first = number + 1


def _between(of: Sequence[Row], first: int, last: int, x: float) -> Iterator[_Split]:
    """The split at ``x``, without the last rows that have something on one side only."""
    while last > first and not _both(of[last - 1], x) and not _reaches(of[first:last], x):
        last -= 1
    if last - first < _MIN_LINES:
        return
    one = tuple(run for row in of[first:last] for run in row if run.right < x)
    two = tuple(run for row in of[first:last] for run in row if run.left > x)
    if min(len(rows(one)), len(rows(two))) >= _MIN_LINES:
        yield _Split(first, last, one, two)


def _both(row: Row, x: float) -> bool:
    return row[0].right < x < row[-1].left


def _reaches(of: Sequence[Row], x: float) -> bool:
    """Whether the last rows still belong to a column: they go on at the places where its lines start."""
    last = of[-1][0]
    return any(
        abs(run.left - last.left) < _ALIGNED for row in of[:-1] for run in row if (run.left > x) == (last.left > x)
    )


def _is_columns(one: Sequence[Run], two: Sequence[Run]) -> bool:
    """Whether two neighbours are read one after the other, and not row by row as a table is."""
    headed = [any(_is_heading(run, side) for run in side) for side in (one, two)]
    few, many = sorted((one, two), key=len)
    aligned = sum(any(abs(a.base - b.base) <= _ALIGNED for b in many) for a in few) / len(few)
    if all(headed):
        return True
    if aligned < 0.6:
        return True
    if _dated(few) >= 0.5 or (few is two and _is_flush_right(two)):
        return False
    long = [median(sum(len(run.text) for run in row) for row in rows(side)) >= _LONG for side in (one, two)]
    return len(few) >= _MIN_PROSE and all(long) and len(few) / len(many) >= 0.4


def _is_heading(run: Run, side: Sequence[Run]) -> bool:
    """Whether a run names a section and is set to be seen."""
    if len(run.text.split()) > 4 or not _names_section(run.text):
        return False
    larger = run.size > 1.1 * median(other.size for other in side)
    return larger or run.lead.bold or run.spaced or run.text == run.text.upper()


@lru_cache(maxsize=4096)
def _names_section(text: str) -> bool:
    return section_of(heading_text(text)) is not None


def _dated(side: Sequence[Run]) -> float:
    return sum(len(run.text) <= 30 and bool(_DATE.search(run.text)) for run in side) / len(side)


def _is_flush_right(side: Sequence[Run]) -> bool:
    """Whether the lines end at one edge and start at many."""
    edge = max(run.right for run in side)
    ends = sum(edge - run.right <= _ALIGNED for run in side)
    starts = {round(run.left / _ALIGNED) for run in side}
    return ends >= 0.8 * len(side) and len(starts) > len(side) / 3
