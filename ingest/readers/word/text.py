"""The text of a Word file, block by block: paragraphs, items, rows of tables, text boxes once, footnotes behind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.domain import BlockKind
from ingest.readers.screen import Piece
from ingest.readers.structured.load import visible
from ingest.readers.word.look import Face, Looks
from ingest.readers.word.package import W
from ingest.sections import section_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TRANSPARENT = {
    f"{W}{n}"
    for n in ("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "customXml", "bdo", "dir")
}
_GONE = {f"{W}{n}" for n in ("del", "moveFrom", "sdtPr", "pPr", "rPr", "instrText", "delText")}
_PLAIN = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_FILLS = ("}solidFill", "}gradFill", "}blipFill", "}pattFill")
_BULLET = re.compile(r"^\s*(?:[•▪▫◦●○■□‣⁃∙·➢➤✓\uf0b7\uf0a7\uf0d8]|[-–*](?=\s))\s*")
_MAX_DEPTH = 40
_COLUMN_WORDS = 4
_HEADING_WORDS = 8
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it is seen."""

    text: str
    level: int | None
    is_item: bool
    look: tuple[bool, bool, bool, int]
    """Bold, capitals, a line below, size; of the whole paragraph."""

    @property
    def may_head(self) -> bool:
        """Whether it is short and set like a heading."""
        plain = not re.search(r"[.;,:?!]$|\d{4}", self.text) and "\n" not in self.text and "\t" not in self.text
        return plain and not self.is_item and 0 < len(self.text.split()) <= _HEADING_WORDS and any(self.look[:3])


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: the blocks of each cell."""

    cells: tuple[tuple["Paragraph | Row", ...], ...]
    is_head: bool


Block = Paragraph | Row


class Reader:
    """Reads one document; footnotes are collected where they are referred to."""

    def __init__(self, looks: Looks, footnotes: Element | None) -> None:
        self._looks = looks
        found = footnotes.iter(f"{W}footnote") if footnotes is not None else ()
        self._notes = {note.get(f"{W}id", ""): note for note in found}
        self._referred: list[str] = []
        self.unseen = 0
        """Characters of text that nobody sees."""

    def pieces(self, document: Element) -> Iterator[Piece]:
        """The blocks of ``document``; level 0 is what is no entry: names of columns, footnotes."""
        body = document.find(f"{W}body")
        blocks = list(self._blocks(body, False, 0)) if body is not None else []
        flat = list(_flat(blocks))
        known = {p.look for p in flat if p.may_head and section_of(p.text) is not None}
        first = next((p for p in flat if p.text), None)
        for block in blocks:
            yield from _pieces(block, known, first)
        notes = [self._notes[i] for i in dict.fromkeys(self._referred) if i in self._notes]
        for note in notes:
            for paragraph in _flat(self._blocks(note, False, 0)):
                if paragraph.text:
                    yield BlockKind.PARAGRAPH, paragraph.text, 0

    def _blocks(self, parent: Element, is_on_colour: bool, depth: int) -> Iterator[Block]:
        if depth > _MAX_DEPTH:
            return
        for child in parent:
            if child.tag == f"{W}p":
                boxes: list[tuple[Element, bool]] = []
                paragraph = self._paragraph(child, is_on_colour, boxes)
                if paragraph.text:
                    yield paragraph
                for box, is_filled in boxes:
                    yield from self._blocks(box, is_filled, depth + 1)
            elif child.tag == f"{W}tbl":
                yield from self._rows(child, depth)
            elif child.tag in _TRANSPARENT or child.tag == f"{_MC}AlternateContent":
                for inner in _chosen(child):
                    yield from self._blocks(inner, is_on_colour, depth + 1)

    def _rows(self, table: Element, depth: int) -> Iterator[Row]:
        properties = table.find(f"{W}tblPr")
        for row in _own(table, f"{W}tr"):
            cells = tuple(
                tuple(self._blocks(cell, self._looks.is_shaded(properties, cell.find(f"{W}tcPr")), depth + 1))
                for cell in _own(row, f"{W}tc")
            )
            yield Row(tuple(c for c in cells if c), row.find(f"{W}trPr/{W}tblHeader") is not None)

    def _paragraph(self, paragraph: Element, is_on_colour: bool, boxes: list[tuple[Element, bool]]) -> Paragraph:
        parts: list[tuple[str, Face]] = []
        stack: list[Element] = [paragraph]
        while stack:
            node = stack.pop()
            if node.tag == f"{W}r":
                face = self._looks.face(node, paragraph, is_on_colour)
                if face.is_hidden:
                    self.unseen += sum(len(t.text or "") for t in node.iter(f"{W}t"))
                else:
                    parts += [(text, face) for text in self._run(node, boxes)]
            elif node.tag == _MATH:
                parts.append((node.text or "", Face()))
            elif node.tag == f"{_MC}AlternateContent":
                stack += reversed(list(_chosen(node)))
            elif node.tag not in _GONE:
                stack += reversed(list(node))
        text = _set("".join(text for text, _ in parts))
        faces = [face for part, face in parts if part.strip()]
        bare = _BULLET.sub("", text)
        return Paragraph(
            text=bare.strip(),
            level=self._looks.level(paragraph),
            is_item=self._looks.is_item(paragraph) or bare != text,
            look=(
                bool(faces) and all(f.bold for f in faces),
                bool(faces) and (all(f.caps for f in faces) or (text.isupper() and len(text) > 3)),
                self._looks.has_rule(paragraph),
                max((f.half_points for f in faces), default=0),
            ),
        )

    def _run(self, run: Element, boxes: list[tuple[Element, bool]]) -> Iterator[str]:
        for child in run:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag in _PLAIN:
                yield _PLAIN[child.tag]
            elif child.tag == f"{W}br":
                yield "\n"
            elif child.tag == f"{W}footnoteReference":
                self._referred.append(child.get(f"{W}id", ""))
            elif child.tag == f"{_MC}AlternateContent":
                for inner in _chosen(child):
                    boxes += _boxes(inner)
            elif child.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                boxes += _boxes(child)


def _own(parent: Element, tag: str) -> list[Element]:
    """The children of that kind, also inside content controls and marked insertions."""
    found: list[Element] = []
    for child in parent:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _TRANSPARENT:
            found += _own(child, tag)
    return found


def _chosen(node: Element) -> Iterable[Element]:
    """What a reader of today shows of alternatives: the first choice; a fallback says the same again."""
    if node.tag != f"{_MC}AlternateContent":
        return [node]
    choice = node.find(f"{_MC}Choice")
    chosen = choice if choice is not None else node.find(f"{_MC}Fallback")
    return list(chosen) if chosen is not None else []


def _boxes(shape: Element) -> list[tuple[Element, bool]]:
    """The outermost text boxes of a drawing, and whether they stand on a fill."""
    if any(
        e.get("hidden") in {"1", "true"} or "visibility:hidden" in e.get("style", "").replace(" ", "")
        for e in shape.iter()
    ):
        return []
    is_filled = any(e.tag.endswith(_FILLS) or e.get("fillcolor") for e in shape.iter())
    found: list[tuple[Element, bool]] = []
    stack = [shape]
    while stack:
        node = stack.pop()
        if node.tag == f"{W}txbxContent":
            found.append((node, is_filled))
        else:
            stack += reversed([inner for child in node for inner in _chosen(child)])
    return found


def _set(text: str) -> str:
    """``text`` with one tab where a page leaves a gap, and blanks elsewhere."""
    text = re.sub(r" *\t[ \t]*| {4,}", "\t", visible(text).replace("\xa0", " "))
    return re.sub(r" *\n *", "\n", text).strip()


def _flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in block.cells:
                yield from _flat(cell)


def _pieces(block: Block, known: set[tuple[bool, bool, bool, int]], first: Paragraph | None) -> Iterator[Piece]:
    if isinstance(block, Row):
        yield from _row(block, known, first)
    elif block.level is not None:
        yield BlockKind.HEADING, block.text.replace("\n", " "), block.level
    elif block is first and block.may_head and section_of(block.text) is None:
        yield BlockKind.HEADING, block.text, 1
    elif block.may_head and block.look in known:
        yield BlockKind.HEADING, block.text, 2
    elif block.is_item:
        yield BlockKind.ITEM, block.text, None
    else:
        yield BlockKind.ROW if "\t" in block.text else BlockKind.PARAGRAPH, block.text, None


def _row(row: Row, known: set[tuple[bool, bool, bool, int]], first: Paragraph | None) -> Iterator[Piece]:
    """A row as one block with a tab between its columns; cells that hold parts of a page are read one after the other."""
    listed = [list(_flat(cell)) for cell in row.cells]
    is_short = [len(cell) == 1 and len(cell[0].text) <= _SHORT and not cell[0].is_item for cell in listed]
    lays_out = len(row.cells) == 1 or any(
        any(isinstance(b, Row) or b.level is not None or (b.may_head and b.look in known) for b in cell)
        or (any(p.is_item for p in flat) and not any(is_short[:n] + is_short[n + 1 :]))
        or len(flat) > 6
        for n, (cell, flat) in enumerate(zip(row.cells, listed, strict=True))
    )
    if lays_out:
        for cell in row.cells:
            for block in cell:
                yield from _pieces(block, known, first)
        return
    names = ["\n".join(p.text for p in flat if not p.is_item) for flat in listed]
    text = "\t".join(n for n in names if n)
    is_head = (
        row.is_head and len(names) > 1 and not any(re.search(r"\d", n) or len(n.split()) > _COLUMN_WORDS for n in names)
    )
    yield BlockKind.ROW, text, 0 if is_head else None
    yield from ((BlockKind.ITEM, p.text, None) for flat in listed for p in flat if p.is_item)
