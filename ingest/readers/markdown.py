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
                cells.append(_plain(token.children or []).replace("\n", " "))
            case "inline" if heading is not None:
                yield BlockKind.HEADING, _plain(token.children or []).replace("\n", " "), heading
                heading = None
            case "inline":
                yield from _paragraph(_plain(token.children or []), item_is_new)
                item_is_new = False
            case "fence" | "code_block":
                yield BlockKind.PARAGRAPH, token.content, None
            case "html_block":
                yield BlockKind.PARAGRAPH, _visible(token.content), None


def _paragraph(text: str, is_item: bool) -> Iterator[tuple[BlockKind, str, int | None]]:
    lines = text.split("\n")
    if is_item:
        yield BlockKind.ITEM, text, None
    elif len(lines) > 1 and all("\t" in line for line in lines):
        yield from ((BlockKind.ROW, line, None) for line in lines)
    else:
        yield BlockKind.PARAGRAPH, text, None


def _plain(tokens: Iterable[Token]) -> str:
    """The visible text of inline tokens; a line end of the source stays one."""
    parts = []
    for token in tokens:
        match token.type:
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append("\n" if re.match(r"<br\b", token.content, re.IGNORECASE) else "")
            case "image":
                parts.append(_plain(token.children or []))
            case _:
                parts.append(token.content)
    return "".join(parts)


class _Text(HTMLParser):
    """Collects what a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        if self.unseen or tag in _UNSEEN or re.search(r"display:\s*none|visibility:\s*hidden", style):
            self.unseen.append(tag)
        elif tag in {"br", "p", "div", "li", "tr"}:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def _visible(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s*\n\s*", "\n", "".join(parser.parts))


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
