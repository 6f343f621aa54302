"""What a page holds so far: its blocks, and the lines and columns of the block that is being set."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.dates import find_dates, find_period
from ingest.domain import BlockKind

Piece = tuple[BlockKind, str, int | None]
"""Kind, text, and the level of a heading."""
SOFT = "\v"
"""A line end of the source: a space, and nothing between signs of scripts that set none."""

_CJK = r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
_HEAD_ROWS = 4
"""Rows of a small table that lays out the head of one entry."""


def settled(parts: Sequence[str]) -> str:
    """``parts`` as a page shows them: one space between words, a tab between columns, no empty lines."""
    text = re.sub(rf"(?<={_CJK}){SOFT}+(?={_CJK})", "", "".join(parts))
    text = re.sub(r"[ \u00a0\v]+", " ", text)
    text = re.sub(r" *\t[ \t]*", "\t", text)
    return re.sub(r"[ \t]*\n[ \t\n]*", "\n", text).strip()


@dataclass(slots=True)
class Sheet:
    """The blocks set so far and the text of the next one."""

    pieces: list[Piece] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    kind: BlockKind = BlockKind.PARAGRAPH

    def say(self, text: str) -> None:
        """Adds ``text`` to the block that is being set."""
        if text:
            self.parts.append(text)

    def end(self, kind: BlockKind | None = None) -> None:
        """Ends the block that is being set, as one of ``kind`` where it turned out to be another."""
        text = settled(self.parts)
        self.parts.clear()
        if text:
            self.pieces.append((kind or self.kind, text, None))

    def head(self, text: str, level: int) -> None:
        """Adds a heading."""
        self.end()
        text = " ".join(text.split())
        if text:
            self.pieces.append((BlockKind.HEADING, text, level))

    @property
    def last_sign(self) -> str:
        """The last sign of the block that is being set."""
        return self.parts[-1][-1:] if self.parts else ""

    @property
    def begins_line(self) -> bool:
        """Whether a line has just been ended."""
        return "".join(self.parts[-8:]).rstrip(f" \t{SOFT}").endswith("\n")

    @property
    def text(self) -> str:
        """All of it as lines."""
        self.end()
        return "\n".join(text for _, text, _ in self.pieces)


@dataclass(slots=True)
class Table:
    """Rows of cells; a cell holds blocks of its own."""

    rows: list[list[list[Piece]]] = field(default_factory=lambda: [[]])

    def end_cell(self, cell: Sheet) -> None:
        """Adds ``cell`` to the row."""
        cell.end()
        self.rows[-1].append(cell.pieces)

    def end_row(self) -> None:
        """Begins another row."""
        self.rows.append([])

    def into(self, sheet: Sheet) -> None:
        """Sets the table on ``sheet``: the head of an entry as lines of its block, other tables as a block a row."""
        rows = [row for row in self.rows if any(row)]
        if any(kind is BlockKind.HEADING for row in rows for cell in row for kind, _, _ in cell):
            sheet.end()
            for row in rows:
                for cell in row:
                    sheet.pieces += cell
            return
        groups = _grouped(rows)
        if _is_one_entry(groups):
            _inline(sheet, [line for text, _ in groups for line in text.split("\n")])
            for _, below in groups:
                if below:
                    sheet.end(BlockKind.PARAGRAPH)
                    sheet.pieces += below
            return
        sheet.end()
        for text, below in groups:
            sheet.pieces.append((BlockKind.PARAGRAPH if "\n" in text or below else BlockKind.ROW, text, None))
            sheet.pieces += below


@dataclass(slots=True)
class Frame:
    """A group or an environment that is open."""

    name: str
    hidden: bool = False
    pale: bool = False
    """Set in a colour that is not seen on paper."""
    dark: bool = False
    """Set on a ground of its own, on which any colour may be seen."""
    table: Table | None = None
    is_box: bool = False
    is_list: bool = False


def set_box(box: Sheet, sheet: Sheet) -> None:
    """Sets a box with its text beside what stands on ``sheet``: a single line in that line, more as blocks of their own."""
    box.end()
    if len(box.pieces) == 1 and box.pieces[0][0] is BlockKind.PARAGRAPH and "\n" not in box.pieces[0][1]:
        sheet.say(f"\t{box.pieces[0][1]}\t")
    elif box.pieces:
        sheet.end()
        sheet.pieces += box.pieces


def _inline(sheet: Sheet, lines: list[str]) -> None:
    several = len(lines) > 1
    if several and settled(sheet.parts):
        sheet.say("\n")
    sheet.say("\n".join(lines))
    if several:
        sheet.say("\n")


def _grouped(rows: list[list[list[Piece]]]) -> list[tuple[str, list[Piece]]]:
    """The rows as text and the blocks below it; a row with an empty first cell goes on with the one before."""
    groups: list[tuple[str, list[Piece]]] = []
    for row in rows:
        heads: list[str] = []
        below: list[Piece] = []
        for cell in row:
            cut = next((i for i, (kind, _, _) in enumerate(cell) if kind is not BlockKind.PARAGRAPH), len(cell))
            heads.append("\n".join(text for _, text, _ in cell[:cut]))
            below += cell[cut:]
        several = any("\n" in head for head in heads[:-1])
        text = ("\n" if several else "\t").join(head for head in heads if head)
        if groups and row and not row[0] and len(row) > 1 and not groups[-1][1]:
            before, _ = groups[-1]
            groups[-1] = (f"{before}\n{text}".strip("\n"), below)
        else:
            groups.append((text, below))
    return groups


def _is_one_entry(groups: list[tuple[str, list[Piece]]]) -> bool:
    dated = sum(bool(find_period(text) or find_dates(text)) for text, _ in groups)
    return len(groups) <= 1 or (dated == 1 and len(groups) <= _HEAD_ROWS) or (dated == 0 and len(groups) == 2)
