"""Markdown (CommonMark 0.31 with tables) as a person would read it."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.domain import BlockKind, Document, Source
from ingest.readers.canonical import Canonical
from ingest.readers.screen import Screen
from ingest.readers.torn import join_broken_items
from ingest.sections import outline

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def read(text: str, source: Source) -> Document:
    """A Markdown document: markup, comments and front matter are gone, every visible character stays in order."""
    canonical = Canonical(source.path)
    for kind, content, level in _pieces(_parser().parse(_without_pandoc(_FRONT_MATTER.sub("", text)))):
        canonical.add(kind, content, level)
    joined = join_broken_items(canonical.text, canonical.blocks)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/markdown",
        text=canonical.text,
        blocks=outline(canonical.text, joined),
        url=source.url,
    )


def _without_pandoc(text: str) -> str:
    """``text`` without the attributes and fences of Pandoc, Quarto and MyST: ``{#id .class}``, ``::: {.card}``, ``^^^``."""
    text = re.sub(r"^[ \t]*:{3,}[ \t]*(?:\{[^}\n]*\}|[\w-]+)?[ \t]*", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"^[ \t]*(?:\^{3,}|\+{3,})[ \t]*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\!)\[([^\[\]\n]*)\]\{[.#:=\w][^}\n]*\}", r"\1", text)
    return re.sub(r"(?<=[)\w*_`\]])[ \t]*\{[.#:][^}\n]*\}(?=[ \t]*(?:$|[\s.,;)]))", "", text, flags=re.MULTILINE)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


def _pieces(tokens: Sequence[Token]) -> Iterator[tuple[BlockKind, str, int | None]]:
    """Every block as ``(kind, text, heading level)``."""
    screen = Screen()
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
            case "html_block":
                yield from screen.html(token.content)
            case "fence" if token.info.strip("{} ") == "=html":
                yield from screen.html(token.content)
            case "fence" | "code_block":
                yield BlockKind.PARAGRAPH, screen.block(token.content), None


def _paragraph(text: str, is_item: bool) -> Iterator[tuple[BlockKind, str, int | None]]:
    lines = text.split("\n")
    if is_item:
        yield BlockKind.ITEM, text, None
    elif len(lines) > 1 and all("\t" in line for line in lines):
        yield from ((BlockKind.ROW, line, None) for line in lines)
    else:
        yield BlockKind.PARAGRAPH, text, None
