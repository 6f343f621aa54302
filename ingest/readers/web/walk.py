"""Reads a tree aloud to a ``Screen``: white space as a browser sets it, tables that only lay out taken apart, columns kept."""

import re
from collections.abc import Iterator, Mapping

from ingest.readers.screen import Piece, Screen
from ingest.readers.structured.load import visible
from ingest.readers.web.dom import Node, attribute, children, elements, select, shown

_BLOCKS = "h1, h2, h3, h4, h5, h6, table, hr, article, section"
_HEADER_WORDS = 4
_MAX_COLUMNS = 20
_SET_AS = {"summary": "p", "legend": "p", "caption": "p", "dir": "ul", "menu": "ul", "center": "div", "label": "span"}
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_COLUMN = re.compile(r"[ \t\n]*\xa0(?:[ \t\n]*\xa0){2,}[ \t\n]*")
"""Three blanks or more that a page forces between two words set a column apart."""


def pieces_of(body: Node) -> Iterator[Piece]:
    """The blocks that a browser shows of ``body``; a row of column headings has level 0."""
    screen = Screen()
    rows: dict[int, bool] = {}
    stack: list[tuple[Node, str | None, bool]] = [(body, None, False)]
    while stack:
        node, closing, is_pre = stack.pop()
        if closing is not None:
            screen.handle_endtag(closing)
        elif node.is_text_node:
            screen.handle_data(_text(node.text_content or "", is_pre))
        elif node.is_element_node and node.tag:
            if node.tag == "tr":
                rows[node.mem_id] = _lays_out(node)
            tag = _tag(node, rows)
            screen.handle_starttag(tag, [])
            if tag == "tr" and _is_header(node):
                screen.head_row()
            is_pre = is_pre or tag in {"pre", "listing", "xmp", "plaintext"}
            stack.append((node, tag, is_pre))
            stack += [(child, None, is_pre) for child in reversed(list(children(node)))]
    yield from screen.html("")


def _text(text: str, is_pre: bool) -> str:
    text = visible(text)
    if is_pre:
        return text.replace("\xa0", " ")
    return _SPACE.sub(" ", _COLUMN.sub("\t\0", text).replace("\xa0", " ")).replace(" \0", "\t").replace("\0", "")


def _tag(node: Node, rows: Mapping[int, bool]) -> str:
    """How the element is set: rows and cells that lay out a page are blocks of their own."""
    tag = node.tag or ""
    row = node if tag == "tr" else node.parent if tag in {"td", "th"} else None
    if row is not None and rows.get(row.mem_id, False):
        return "div"
    return _SET_AS.get(tag, tag)


def _lays_out(row: Node) -> bool:
    """Whether the cells of a row are parts of a page rather than columns of a list."""
    cells = [e for e in elements(row) if e.tag in {"td", "th"}]
    if len(cells) > _MAX_COLUMNS:
        return False
    is_short = [0 < len(shown(cell)) <= 60 and not select(cell, "li, p + p") for cell in cells]
    for number, cell in enumerate(cells):
        beside = any(is_short[:number] + is_short[number + 1 :])
        if select(cell, _BLOCKS) or len(select(cell, "p")) > 3 or (select(cell, "li") and not beside):
            return True
    return False


def _is_header(row: Node) -> bool:
    """Whether a row names the columns below it: header cells of a word or two without a number, and a row to follow."""
    cells = [e for e in elements(row) if e.tag in {"td", "th"}]
    names = [shown(cell) for cell in cells]
    if len(names) < 2 or any(re.search(r"\d", n) or len(n.split()) > _HEADER_WORDS for n in names):
        return False
    in_head = row.parent is not None and row.parent.tag == "thead"
    is_named = all(cell.tag == "th" and attribute(cell, "scope") != "row" for cell in cells)
    return in_head or is_named
