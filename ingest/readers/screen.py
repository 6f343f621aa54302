"""What a browser would show of HTML, whole or inside Markdown."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from markdown_it.token import Token

from ingest.domain import BlockKind
from ingest.readers.web.style import hides_alone

Piece = tuple[BlockKind, str, int | None]
"""Kind, text, and the level of a heading, or of an item how deep it lies in lists, from 2; 0 is a row that only names the columns below it."""

_UNSEEN = {"script", "style", "template", "noscript", "head"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_PLAIN_BLOCKS = "p div section article header footer main nav aside ul ol dl table tbody thead blockquote pre figure figcaption hr form address details"
_BLOCKS = (
    dict.fromkeys(_PLAIN_BLOCKS.split(), BlockKind.PARAGRAPH)
    | dict.fromkeys(["li", "dt", "dd"], BlockKind.ITEM)
    | {"tr": BlockKind.ROW}
    | {f"h{n}": BlockKind.HEADING for n in range(1, 7)}
)
_WHOLE = {BlockKind.ITEM, BlockKind.ROW}
"""What stays one block although paragraphs stand inside it."""
_LISTS = {"ul", "ol", "dl", "table"}
_NESTS = {"ul", "ol"}
_TERM = 40
"""Longest term or date that stands beside its definition rather than above it."""
_BEGINS = re.compile(r"[^\W_]|[(\[“\"«‘]")
"""What begins a word of its own behind an inline element, unless it is a small letter: editors cut words into elements, too."""
_INLINE = {"a", "b", "strong", "i", "em", "span", "small", "code", "mark", "u", "cite", "time"}


class Screen(HTMLParser):
    """Collects what a browser would show; a hidden element stays hidden across blocks until it is closed."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        """``hidden``: the classes (``.x``) and identifiers (``#x``) that the page's own style takes out of sight."""
        super().__init__(convert_charrefs=True)
        self._hidden = hidden
        self._parts: list[str] = []
        self._unseen: list[str] = []
        self.unseen = 0
        """Characters of text that the page hides, but for scripts and the like, which are no text."""
        self._pieces: list[Piece] = []
        self._kind = BlockKind.PARAGRAPH
        self._level: int | None = None
        self._after_end = ""
        """The inline element that has just been closed, with nothing behind it."""
        self._gap = False
        self._defines = False
        self._depth = 0
        """How many lists are open."""

    def inline(self, tokens: Iterable[Token]) -> str:
        """The visible text of inline tokens; a line end of the source stays one. Elements end with the block they begin in."""
        depth = len(self._unseen)
        self._take(tokens)
        self.close()
        if len(self._unseen) > depth:
            del self._unseen[depth:]
            self.clear_cdata_mode()
        return self._shown()

    def block(self, text: str) -> str:
        """``text`` where nothing hides it."""
        self.handle_data(text)
        return self._shown()

    def html(self, html: str) -> Iterator[Piece]:
        """The visible blocks of a piece of HTML: headings, list items, table rows, and paragraphs for every other block element."""
        self.feed(html)
        self.close()
        self._end_piece()
        pieces, self._pieces = self._pieces, []
        yield from pieces

    def head_row(self) -> None:
        """Says that the row just begun names the columns below it."""
        self._level = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (self._unseen or tag in _UNSEEN or self._is_hidden(dict(attrs))) and tag not in _VOID:
            self._unseen.append(tag)
        elif self._is_line(tag):
            self._line_end()
        elif tag == "dd" and self._defines:
            self._define()
        elif tag in _BLOCKS:
            self._end_piece()
            self._kind = _BLOCKS[tag]
            self._level = int(tag[1]) if tag[0] == "h" and tag[1:].isdigit() else None
            self._depth += tag in _NESTS
            if tag == "li" and self._depth > 1:
                self._level = self._depth
            self._defines = tag == "dt"
        elif tag == "br":
            self.handle_data("\n")
        elif tag in {"td", "th"} or tag == self._after_end == "a":
            self._part()
        elif tag in _INLINE and self._after_end:
            self._gap = True
        self._after_end = ""

    def handle_endtag(self, tag: str) -> None:
        self._after_end = tag if tag in _INLINE else ""
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass
        elif self._is_line(tag):
            self._line_end()
        elif tag in _BLOCKS and not (self._defines and tag in {"dt", "dd"}):
            self._end_piece()
            self._depth = max(self._depth - (tag in _NESTS), 0)

    def _is_hidden(self, given: dict[str, str | None]) -> bool:
        classes = given.get("class") or ""
        if "hidden" in given or hides_alone(given.get("style") or "", classes):
            return True
        return not self._hidden.isdisjoint([f"#{given.get('id')}", *(f".{name}" for name in classes.split())])

    def _is_line(self, tag: str) -> bool:
        """Whether a block stands inside an item or a row and so is only a line of it."""
        return tag in _BLOCKS and self._kind in _WHOLE and _BLOCKS[tag] is BlockKind.PARAGRAPH and tag not in _LISTS

    def _line_end(self) -> None:
        """Ends a line, but not right behind a column."""
        if not (self._parts and self._parts[-1].endswith("\t")):
            self._parts.append("\n")

    def _define(self) -> None:
        """Sets a definition beside its term, or below a long one or an earlier definition."""
        term = "".join(self._parts).strip()
        if len(term) <= _TERM and "\t" not in term and "\n" not in term:
            self._part()
        else:
            self._line_end()

    def _part(self) -> None:
        """Sets apart what a page lays out side by side: cells, and inline elements with nothing between them."""
        if self._parts and not self._parts[-1][-1:].isspace() and not self._unseen:
            self._parts.append("\t")

    def _end_piece(self) -> None:
        text = re.sub(r"[ \n]*\n[ \n]*", "\n", re.sub(r"[ \r\f\v]+", " ", self._shown())).strip()
        if text:
            self._pieces.append(
                (self._kind, text.replace("\n", " ") if self._kind is BlockKind.HEADING else text, self._level)
            )
        self._kind, self._level = BlockKind.PARAGRAPH, None
        self._after_end, self._gap, self._defines = "", False, False

    def handle_data(self, data: str) -> None:
        begins_word = self._gap and _BEGINS.match(data) and not data[0].islower()
        if begins_word or (self._after_end and data[:1].isalpha() and "".join(self._parts[-1:])[-1:].isdigit()):
            self._part()
        if data:
            self._after_end, self._gap = "", False
        if not self._unseen and data:
            self._parts.append(data)
        elif _UNSEEN.isdisjoint(self._unseen):
            self.unseen += len(data.strip())

    def _take(self, tokens: Iterable[Token]) -> None:
        for token in tokens:
            match token.type:
                case "softbreak" | "hardbreak":
                    self.handle_data("\n")
                case "html_inline":
                    self.feed(token.content)
                case "image":
                    self._take(token.children or [])
                case _:
                    self.handle_data(token.content)

    def _shown(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        return text
