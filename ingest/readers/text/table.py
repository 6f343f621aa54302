"""Tables that are set with blanks: a column of labels, the text beside it, and which lines of the text begin a row."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.dates import find_dates
from ingest.domain import BlockKind, Section
from ingest.readers.text.columns import date_column, tabbed
from ingest.readers.text.flow import Layout, fills, runs_on, seam
from ingest.readers.text.headings import names_section
from ingest.readers.text.lines import Line, Piece, columns, ends_sentence

_WIDEST = 30
"""Columns that labels take at the most."""
_MOST_WORDS = 4
_BEYOND = 1.15
"""How far a column may reach beyond the margin of the text, as a share of it."""
_CELL = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_LABELLED = re.compile(r"[^\W\d_][^:：.]{0,30}[:：](?:\s|$)")


@dataclass(frozen=True, slots=True)
class Table:
    """Where the columns of a table stand."""

    base: int
    column: int
    """Where the text beside the labels begins."""
    is_dated: bool
    """Whether the labels are dates."""
    inner: frozenset[int]
    """Where the further columns begin."""


@dataclass(slots=True)
class _Row:
    """A row: its label, or the one above that it goes on with, and its lines without it."""

    label: str
    lines: list[Line]
    is_list: bool
    """Whether nothing stood beside the label."""


def table_in(run: Sequence[Line]) -> Table | None:
    """The table that ``run`` is, lines without a blank one between them; ``None`` where any line is no part of one."""
    base = min(line.indent for line in run)
    starts = Counter(found for line in run if line.indent == base and (found := _beside(line)) is not None)
    if not starts or any("\t" in line.text for line in run):
        return None
    column = max(starts, key=lambda c: (starts[c], -c))
    labels = [_label(line, column) for line in run if line.indent == base]
    rows = [label for label in labels if label is not None]
    dated = sum(line.indent == base and date_column(line.text) is not None for line in run)
    is_told = all(_stands(run, n, base, column) for n in range(len(run)))
    if not rows or len(labels) < 2 or column - base > _WIDEST or not is_told:
        return None
    inner = Counter(at for line in run for at in _cells(line) if at > column)
    table = Table(base, column, dated > len(labels) / 2, frozenset(at for at, n in inner.items() if n > 1))
    return table if table.is_dated or _is_labelled(run, rows, table) else None


def margin_in(run: Sequence[Line], table: Table, margin: int | None) -> int | None:
    """The column at which the text of the table wraps: the margin of the whole text, or where its own fullest lines end."""
    prose = [line for line in run if not any(at > table.column for at in _cells(line))]
    own = max((line.width for line in prose), default=0)
    if margin is not None:
        return own if margin < own <= _BEYOND * margin else margin
    wraps = any(fills(a, b, own) and b.text[:1].islower() for a, b in pairwise(run) if b.indent >= table.column)
    return own if wraps else None


def rows_in(run: Sequence[Line], table: Table, layout: Layout, section: Section | None) -> Iterator[Piece]:
    """The rows of a table whose labels are no dates; a label of several rows is a heading, and every one where they name sections."""
    rows = _rows(run, table, layout)
    in_part, is_outline = False, section is not Section.SKILLS and _is_outline([row[0].label for row in rows])
    for number, row in enumerate(rows):
        texts = [_text(each, table, layout) for each in row]
        labelled = f"{row[0].label}\t{texts[0]}"
        if is_outline and not _is_section(row[0].label):
            yield Piece(BlockKind.PARAGRAPH, labelled)
        elif number == 0 and not is_outline and _is_header(run, table):
            yield Piece(BlockKind.HEADING, labelled)
        elif len(row) == 1 and not row[0].is_list and not is_outline:
            yield Piece(BlockKind.ROW, labelled, in_part)
            in_part = False
        else:
            yield Piece(BlockKind.HEADING, row[0].label, is_outline)
            yield from (Piece(BlockKind.ROW if "\t" in text else BlockKind.ITEM, text) for text in texts)
            in_part = True


def _is_outline(labels: Sequence[str]) -> bool:
    """Whether the labels are the headings of sections, in capitals: "TEACHING", "AWARDS", "REFEREES"."""
    named = sum(map(_is_section, labels))
    return named > 1 and named > len(labels) / 2


def _is_section(label: str) -> bool:
    return label.isupper() and names_section(label)


def _beside(line: Line) -> int | None:
    """The column behind the first gap of a line."""
    return next(iter(_cells(line)), None)


def _cells(line: Line) -> list[int]:
    return [at for at, _ in cells_of(line)]


def cells_of(line: Line) -> list[tuple[int, str]]:
    """The columns at which the cells behind the first begin, and the text from there on."""
    gaps = _CELL.finditer(line.text)
    return [(line.indent + columns(line.text[: gap.end()]), line.text[gap.end() :]) for gap in gaps]


def _label(line: Line, column: int) -> tuple[str, str] | None:
    """The label of a line and the text beside it; a label too long for its column has its own gap."""
    gap = _CELL.search(line.text)
    at = _offset(line, column)
    if at is not None and at > 0 and line.text[at - 1].isspace() and not line.text[at].isspace():
        label = line.text[:at].rstrip()
        if len(label) < at - 1 or " " not in label or date_column(line.text) is not None:
            return label, line.text[at:]
    if gap and line.indent + columns(line.text[: gap.end()]) > column and len(line.text[: gap.start()].split()) <= 2:
        return line.text[: gap.start()], line.text[gap.end() :]
    return None


def _offset(line: Line, column: int) -> int | None:
    """The character of a line that stands at ``column``."""
    at = line.indent
    for offset, char in enumerate(line.text):
        if at >= column:
            return offset if at == column else None
        at += columns(char)
    return None


def _stands(run: Sequence[Line], n: int, base: int, column: int) -> bool:
    """Whether line ``n`` is a row, goes on with one, or is a sub-heading over lines of the text column."""
    line = run[n]
    if line.indent != base:
        return n > 0 and line.indent >= column
    if _label(line, column) is not None:
        return True
    below = run[n + 1] if n + 1 < len(run) else None
    return below is not None and below.indent == column and _is_short(line.text)


def _is_short(text: str) -> bool:
    return len(text.split()) <= _MOST_WORDS and not re.search(r"\d", text) and not ends_sentence(text)


def _is_labelled(run: Sequence[Line], rows: Sequence[tuple[str, str]], table: Table) -> bool:
    """Whether names stand beside what is told of each: its text takes lines of its own, or there are more columns."""
    names = [label for label, _ in rows]
    if any(
        label[-1] in ":：" or not re.search(r"[^\W\d_]", label) or len(label.split()) > _MOST_WORDS for label in names
    ):
        return False
    told = any(line.indent >= table.column for line in run)
    wide = sum(len(_cells(line)) > 1 for line in run)
    return told or (wide > len(run) / 2 and len(table.inner) > 1)


def _is_header(run: Sequence[Line], table: Table) -> bool:
    """Whether the first line names the columns: it has several, and no number where the others have theirs."""
    first, others = run[0], [line for line in run[1:] if line.indent == table.base]
    numbered = sum(re.search(r"\d", line.text) is not None for line in others)
    return len(_cells(first)) > 1 and not re.search(r"\d", first.text) and numbered == len(others) > 1


def _rows(run: Sequence[Line], table: Table, layout: Layout) -> list[list[_Row]]:
    """The rows by their labels."""
    groups: list[list[_Row]] = []
    for line in run:
        if line.indent == table.base:
            label, text = _label(line, table.column) or (line.text, "")
            groups.append([_Row(label, [Line(text, table.column, line.width)] if text else [], not text)])
            continue
        last = groups[-1][-1]
        if last.lines and _begins(last, line, table, layout):
            groups[-1].append(_Row(last.label, [line], last.is_list))
        else:
            last.lines.append(line)
    return groups


def _begins(row: _Row, line: Line, table: Table, layout: Layout) -> bool:
    """Whether ``line`` begins a row under the same label: it is as whole as the one above, with columns or, in a list, a date of its own."""
    last = row.lines[-1]
    if line.indent != table.column or last.text[-1] in ",;:(&/–-" or not re.match(r"[^\W_a-z]|[\"“«„]", line.text):
        return False
    above = row.lines[0]
    if len(_cells(line)) and len(_cells(above)):
        return True
    if runs_on(last, line, layout.margin) or line.text[0].islower() or _LABELLED.match(line.text):
        return False
    is_dated = _has_year(line.text) and any(_has_year(told.text) for told in row.lines)
    return row.is_list or (is_dated and not layout.is_strict)


def _has_year(text: str) -> bool:
    return any(date.year is not None for date, _, _ in find_dates(text))


def _text(row: _Row, table: Table, layout: Layout) -> str:
    """The text of a row with a tab between its cells; a line that wraps is put together with the next."""
    texts: list[str] = []
    for n, line in enumerate(row.lines):
        text = _tabbed(line, table)
        if n and not _cells(row.lines[n - 1]) and runs_on(row.lines[n - 1], line, layout.margin):
            drop, between = seam(texts[-1], text, layout.words)
            texts[-1] = f"{texts[-1][: len(texts[-1]) - drop]}{between}{text}"
        else:
            texts.append(text)
    return "\n".join(texts)


def _tabbed(line: Line, table: Table) -> str:
    """A line with a tab in front of every cell that stands in a column, also where the cell before it left one blank."""
    if not _cells(line):
        return tabbed(line.text)
    cuts = [at for column in table.inner if (at := _offset(line, column)) and line.text[at - 1].isspace()]
    bounds = [0, *sorted(cuts), len(line.text)]
    return "\t".join(tabbed(line.text[a:b]) for a, b in pairwise(bounds) if line.text[a:b].strip())
