"""Groups the lines between two blank lines into entries, items, rows and paragraphs, and puts wrapped lines together."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.citations import looks_like_citation
from ingest.domain import BlockKind, Section
from ingest.readers.text.columns import date_behind_gap, date_column, has_gap, tabbed, trailing_date
from ingest.readers.text.flow import Layout, hangs_on, runs_on, seam
from ingest.readers.text.lines import Line, Piece, ends_sentence
from ingest.readers.text.marks import Bullet
from ingest.readers.text.parts import LISTS, parts_in
from ingest.readers.text.table import cells_of, margin_in, rows_in, table_in
from ingest.sentences import is_cjk

_HEAD_LINES = 4
_MIN_ROWS = 3
"""Lines with a date in the same column that make a table."""
_SENTENCE_WORDS = 7
_SENTENCE_CHARACTERS = 15
_CENTRED = 8
_LONGEST_CITATION = 2000
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELLED = re.compile(r"[^\W\d_][^:：.]{0,30}[:：]")


@dataclass(slots=True)
class _Unit:
    """Lines that belong together; the first says what they are."""

    kind: BlockKind
    lines: list[Line]
    bullet: int = 0
    """Characters of the bullet on the first line."""


def blocks_of(
    run: Sequence[Line], bullets: Mapping[int, Bullet], layout: Layout, section: Section | None = None
) -> Iterator[Piece]:
    """The blocks of ``run``, lines without a blank one between them, of which the headings are those of its parts.

    ``bullets`` are those of its lines, by their place in it; ``section`` is what the heading above it opens.
    """
    table = table_in(run) if section and not bullets else None
    if table is not None:
        layout = replace(layout, margin=margin_in(run, table, layout.margin), is_strict=section not in LISTS)
        if not table.is_dated:
            yield from rows_in(run, table, layout, section)
            return
    parts = parts_in(run, layout.margin) if section in LISTS and table is None and not bullets else None
    if parts is not None:
        for number, part in enumerate(parts):
            if part.head:
                yield Piece(BlockKind.HEADING, part.head)
            for lines in part.records:
                for piece in _plain_blocks(lines, {}, layout, BlockKind.ITEM if part.head else None):
                    yield piece._replace(closes=number > 0 and not part.head)
        return
    yield from _plain_blocks(run, bullets, layout)


def _plain_blocks(
    run: Sequence[Line], bullets: Mapping[int, Bullet], layout: Layout, kind: BlockKind | None = None
) -> Iterator[Piece]:
    for unit in [_Unit(kind, list(run))] if kind else _units(run, bullets, layout.margin):
        for part in _entries(unit.lines, layout) if unit.kind is BlockKind.PARAGRAPH else [unit]:
            yield from _written(part, layout)


def _units(run: Sequence[Line], bullets: Mapping[int, Bullet], margin: int | None) -> Iterator[_Unit]:
    """``run`` cut where a bullet or a date at the left edge begins something new."""
    dated = _date_columns(run, bullets)
    unit: _Unit | None = None
    for place, line in enumerate(run):
        begun = _Unit(BlockKind.ITEM, [line], bullets[place].end) if place in bullets else None
        flows = unit is not None and runs_on(run[place - 1], line, margin)
        if (
            begun is None
            and place in dated
            and not (unit and line.indent > unit.lines[0].indent and _goes_on(unit, line, flows))
        ):
            begun = _Unit(BlockKind.ROW, [line])
        if begun is None and (unit is None or (not flows and _leaves(unit, line))):
            begun = _Unit(BlockKind.PARAGRAPH, [line])
        if begun is None and unit is not None:
            unit.lines.append(line)
            continue
        if unit is not None:
            yield unit
        unit = begun
    if unit is not None:
        yield unit


def _goes_on(unit: _Unit, line: Line, flows: bool) -> bool:
    """Whether the date that ``line`` begins with, below ``unit`` and deeper than it, is one of its words."""
    return flows or (unit.kind is BlockKind.ITEM and not has_gap(line.text))


def _leaves(unit: _Unit, line: Line) -> bool:
    """Whether ``line`` stands too far to the left to belong to ``unit``."""
    base = unit.lines[0].indent
    return line.indent <= base if unit.kind is BlockKind.ITEM else unit.kind is BlockKind.ROW and line.indent < base


def _date_columns(run: Sequence[Line], bullets: Mapping[int, Bullet]) -> set[int]:
    """The lines that begin with a date and go on, by their place; a date that running text may begin with counts where most lines have one."""
    found = {n: c for n, line in enumerate(run) if n not in bullets and (c := date_column(line.text)) and not c.is_bare}
    alike = [n for n, line in enumerate(run) if found and n not in bullets and line.indent == run[min(found)].indent]
    regular = len(found) > 1 and sum(n in found for n in alike) > 0.6 * len(alike)
    return {n for n, column in found.items() if column.is_firm or (regular and n in alike)}


def _entries(lines: Sequence[Line], layout: Layout) -> Iterator[_Unit]:
    """A paragraph's lines cut into entries: at every line that stands out to the left, or in step with the dates."""
    centred = _is_centred(lines)
    base = min(line.indent for line in lines)
    hanging = [not centred and line.indent > base for line in lines]
    begun = {n for n, (a, b) in enumerate(pairwise(lines), 1) if not hanging[n] and not runs_on(a, b, layout.margin)}
    firsts = [0, *sorted(begun)]
    starts = {0} | {n for n in begun if hanging[n - 1] and hanging.index(False) < n}
    starts |= {n for n in range(1, len(lines)) if hanging[0] and _begins_paragraph(lines, n, base)}
    if len(lines) > 1 and not any(hanging):
        cited = _citations(lines)
        if len(cited) > 1:
            yield from cited
            return
    bounds = sorted(starts)
    rows = set(_dated_rows(lines, base))
    for a, b in pairwise([*bounds, len(lines)]):
        starts |= rows or set(_in_step([n for n in firsts if a <= n < b], lines, any(hanging)))
    for a, b in pairwise([*sorted(starts), len(lines)]):
        yield _Unit(BlockKind.PARAGRAPH, list(lines[a:b]))


def _citations(lines: Sequence[Line]) -> list[_Unit]:
    """A list of publications that nothing but their full stops sets apart; empty where the lines are anything else."""
    ends = [n for n in range(1, len(lines)) if ends_sentence(lines[n - 1].text) and not lines[n].text[:1].islower()]
    units: list[_Unit] = []
    added, has_year = 0, False
    for a, b in pairwise([0, *ends, len(lines)]):
        unit = _Unit(BlockKind.ITEM, list(lines[a:b]))
        text = " ".join(line.text for line in unit.lines)
        is_cited = len(text) <= _LONGEST_CITATION and looks_like_citation(text)
        if is_cited or (units and _YEAR.search(text) and has_year):
            units.append(unit)
            has_year = _YEAR.search(text) is not None
        elif units and added < len(units):
            units[-1].lines += unit.lines
            has_year = has_year or _YEAR.search(text) is not None
            added += 1
        else:
            return []
    return units


def _begins_paragraph(lines: Sequence[Line], n: int, base: int) -> bool:
    """Whether the paragraphs of a text are indented on their first lines, and line ``n`` is one."""
    return (
        base < lines[n].indent == lines[0].indent and lines[n - 1].indent == base and ends_sentence(lines[n - 1].text)
    )


def _is_centred(lines: Sequence[Line]) -> bool:
    centres = [(line.indent + line.width) / 2 for line in lines]
    return len(lines) > 1 and min(line.indent for line in lines) >= _CENTRED and max(centres) - min(centres) <= 2


def _dated_rows(lines: Sequence[Line], base: int) -> Iterator[int]:
    """The lines that begin rows where most have their date in a column behind their first cell: "MSc Weaving    2014    Port College"."""
    cells = [cells_of(line) if line.indent == base else [] for line in lines]
    dated = [(n, at) for n, found in enumerate(cells) for at, text in found[:1] if date_column(text) is not None]
    column, times = Counter(at for _, at in dated).most_common(1)[0] if dated else (0, 0)
    firsts = [n for n, line in enumerate(lines) if line.indent == base and not line.text[0].islower()]
    if times >= _MIN_ROWS and times > len(firsts) / 2 and column > base:
        yield from firsts


def _in_step(firsts: Sequence[int], lines: Sequence[Line], hanging: bool) -> Iterator[int]:
    """The lines that begin entries of one date each, told by where in the first entry the date stands."""
    texts = [lines[n].text for n in firsts]
    edge = [i for i, text in enumerate(texts) if date_behind_gap(text) or ((c := date_column(text)) and c.is_bare)]
    if len(edge) < 2:
        edge = [i for i, text in enumerate(texts) if trailing_date(text) is not None]
        steps = {b - a for a, b in pairwise(edge)}
        step = min(steps, default=0)
        if len(steps) != 1 or (step < 2 and not hanging) or len(texts) != step * len(edge):
            return
    above, last = edge[0], -1
    for i in edge:
        yield firsts[max(i - above, last + 1)]
        last = i


def _written(unit: _Unit, layout: Layout) -> Iterator[Piece]:
    """The block that ``unit`` makes; the sentences that stand below the head of a dated entry are items of their own."""
    texts = _texts(unit, layout)
    if unit.kind is BlockKind.ITEM:
        yield Piece(unit.kind, "\n".join(texts))
        return
    head = next((n + 1 for n, text in enumerate(texts[:_HEAD_LINES]) if _is_dated(text)), 0)
    told = next((n for n in range(head, len(texts)) if head and _is_told(texts[n], unit.kind)), len(texts))
    is_row = told == 1 and ("\t" in texts[0] or unit.kind is BlockKind.ROW)
    yield Piece(BlockKind.ROW if is_row else BlockKind.PARAGRAPH, "\n".join(texts[:told]))
    yield from (Piece(BlockKind.ITEM, text) for text in texts[told:])


def _is_dated(text: str) -> bool:
    return date_column(text) is not None or trailing_date(text) is not None


def _is_told(text: str, kind: BlockKind) -> bool:
    """Whether a line below the head of an entry tells of it: a sentence, or under a date column something with a date of its own."""
    if _LABELLED.match(text):
        return False
    if kind is BlockKind.ROW and date_column(text) is not None:
        return True
    length = len(text) >= _SENTENCE_CHARACTERS if is_cjk(text) else len(text.split()) >= _SENTENCE_WORDS
    return length and ends_sentence(text) and trailing_date(text) is None


def _texts(unit: _Unit, layout: Layout) -> list[str]:
    """The lines of ``unit`` with what wraps put together."""
    base = unit.lines[0].indent
    texts: list[list[str]] = [[tabbed(unit.lines[0].text[unit.bullet :])]]
    for number, (line, after) in enumerate(pairwise(unit.lines)):
        text = tabbed(after.text)
        goes_on = hangs_on if after.indent > base and not layout.is_strict else runs_on
        if _ends_cell(unit.lines, number) or not goes_on(line, after, layout.margin):
            texts.append([text])
            continue
        drop, between = seam(texts[-1][-1], text, layout.words)
        texts[-1][-1] = texts[-1][-1][: len(texts[-1][-1]) - drop]
        texts[-1] += [between, text] if text else []
    return ["".join(parts) for parts in texts]


def _ends_cell(lines: Sequence[Line], number: int) -> bool:
    """Whether a line is the rest of a cell further right, and the next one stands at the left edge of the row again.

    ``Crane bursary (2020)    granted, paused`` / ``                        since 2021`` / ``Quay fund (2022)    refused``: the third is a row of its own.
    """
    line, after, base = lines[number], lines[number + 1], lines[0].indent
    rows = (above for above in lines[:number] if above.indent == base)
    return after.indent == base < line.indent and any(at == line.indent for row in rows for at, _ in cells_of(row))
