"""Markdown (CommonMark 0.31 with tables) as a person would read it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.domain import Block, BlockKind, Document, Source, Span
from ingest.readers.canonical import Canonical
from ingest.sections import outline

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENDS_SENTENCE = re.compile(r"[.!?:;)\]\"”。！？]\s*$")
_UNSEEN = {"script", "style", "template", "noscript", "head"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:opacity|font-size)\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE
)


def read(text: str, source: Source) -> Document:
    """A Markdown document: markup, comments and front matter are gone, every visible character stays in order."""
    canonical = Canonical(source.path)
    for kind, content, level in _pieces(_parser().parse(_FRONT_MATTER.sub("", text))):
        canonical.add(kind, content, level)
    joined = _join_broken_items(canonical.text, canonical.blocks)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/markdown",
        text=canonical.text,
        blocks=outline(canonical.text, joined),
        url=source.url,
    )


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[BlockKind, str, int | None]]:
    """Every block as ``(kind, text, heading level)``."""
    screen = _Screen()
    item_is_new = False
    heading: int | None = None
    cells: list[str] | None = None
    for token in tokens:
        match token.type:
            case "list_item_open":
                item_is_new = True
            case "heading_open":
                heading = int(token.tag[1:])
            case "tr_open":
                cells = []
            case "tr_close":
                yield BlockKind.ROW, "\t".join(cells or []), None
                cells = None
            case "inline" if cells is not None:
                cells.append(screen.inline(token.children or []).replace("\n", " "))
            case "inline" if heading is not None:
                yield BlockKind.HEADING, screen.inline(token.children or []).replace("\n", " "), heading
                heading = None
            case "inline":
                yield from _paragraph(screen.inline(token.children or []), item_is_new)
                item_is_new = False
            case "fence" | "code_block":
                yield BlockKind.PARAGRAPH, screen.block(token.content), None
            case "html_block":
                yield BlockKind.PARAGRAPH, screen.html(token.content), None


def _paragraph(text: str, is_item: bool) -> Iterator[tuple[BlockKind, str, int | None]]:
    lines = text.split("\n")
    if is_item:
        yield BlockKind.ITEM, text, None
    elif len(lines) > 1 and all("\t" in line for line in lines):
        yield from ((BlockKind.ROW, line, None) for line in lines)
    else:
        yield BlockKind.PARAGRAPH, text, None


class _Screen(HTMLParser):
    """Collects what a browser would show; a hidden element stays hidden across blocks until it is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._unseen: list[str] = []

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

    def html(self, html: str) -> str:
        """The visible text of a block of HTML."""
        self.feed(html)
        self.close()
        return re.sub(r"\s*\n\s*", "\n", self._shown())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        hides = tag in _UNSEEN or "hidden" in dict(attrs) or _HIDING.search(style) is not None
        if (self._unseen or hides) and tag not in _VOID:
            self._unseen.append(tag)
        elif tag in {"br", "p", "div", "li", "tr"}:
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            while self._unseen.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(data)

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


def _join_broken_items(text: str, blocks: list[Block]) -> list[Block]:
    """Joins an item with the paragraph that a page or column break tore from it.

    Torn is the last item of a list when it does not end like a sentence, most of its neighbours do, and the paragraph behind it does.
    """
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and block.kind is BlockKind.PARAGRAPH and _is_torn(text, joined, block):
            span = Span(last.span.document, last.span.start, block.span.end)
            joined[-1] = Block(last.kind, span, level=last.level)
        else:
            joined.append(block)
    return joined


def _is_torn(text: str, before: list[Block], block: Block) -> bool:
    def ends(b: Block) -> bool:
        return bool(_ENDS_SENTENCE.search(text[b.span.start : b.span.end]))

    if before[-1].kind is not BlockKind.ITEM or ends(before[-1]) or not ends(block):
        return False
    items = []
    for other in reversed(before[:-1]):
        if other.kind is not BlockKind.ITEM:
            break
        items.append(other)
    return len(items) >= 2 and sum(map(ends, items)) > len(items) / 2
