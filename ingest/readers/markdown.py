"""Markdown (CommonMark 0.31 with tables, definition lists and footnotes, and its dialects) as a person would read it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from ingest.domain import BlockKind, Document, Remark, Section, Source, Span
from ingest.errors import SourceUnreadable
from ingest.readers.aside import set_aside
from ingest.readers.bibliography import Quoted, placed, printed
from ingest.readers.canonical import Canonical
from ingest.readers.decode import decode
from ingest.readers.dialects import as_commonmark
from ingest.readers.run_in import with_run_in_headings
from ingest.readers.screen import Piece, Screen
from ingest.readers.site import collection
from ingest.readers.site.cited import Cited, whole_bibliographies
from ingest.readers.site.front_matter import front_matter_of, is_published
from ingest.readers.torn import join_broken_items
from ingest.readers.web.hidden import INVISIBLE
from ingest.readers.web.style import hiding_names
from ingest.sections import outline

SUFFIXES = (".md", ".markdown", ".qmd", ".myst")
"""The endings of Markdown and its dialects."""

_STYLES = re.compile(r"<style\b[^<>]{0,200}>([^<]+)", re.IGNORECASE)
_TERM = 40
"""Longest term or date that stands beside its definition rather than above it."""
_COLUMN_WORDS = 4


def read_file(folder: Path, source: Source) -> Document:
    """A page of a site out of the profile's ``folder``, with what its front matter states; else as ``read``.

    Raises:
        SourceUnreadable: the file cannot be opened or is not UTF-8 text.
    """
    text = decode(folder / source.path)
    front, body = front_matter_of(text)
    page = collection.read(front, tuple(pieces_of(body)), source, folder) if front else None
    return page or read(text, source, Cited(front, folder / source.path, folder))


def is_source(path: Path) -> bool:
    """Whether the file at ``path`` is one that its site shows, no draft."""
    try:
        return is_published(front_matter_of(decode(path))[0])
    except SourceUnreadable:
        return True


def parts_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The bibliographies in the profile's ``folder`` that the page at ``path`` lists whole, so that they are no sources by themselves."""
    try:
        return whole_bibliographies(front_matter_of(decode(path))[0], path, folder)
    except SourceUnreadable:
        return ()


def read(text: str, source: Source, cited: Cited | None = None) -> Document:
    """A Markdown document: markup and comments are gone, every visible character stays in order, the title of its front matter heads it.

    With ``cited``, its citations and its list of references show what the bibliography holds.
    """
    front, body = front_matter_of(text)
    canonical = Canonical(source.path)
    aside: dict[Span, Section] = {}
    quoted: list[Quoted] = []
    pieces = [*collection.head(front, body, source), *pieces_of(cited.shown(body) if cited else body)]
    for kind, content, level in [*pieces, *(cited.rest() if cited else ())]:
        start = len(canonical.blocks)
        quoted += printed(canonical, kind, content, level or None, cited.marks if cited else {})
        if level == 0 and len(canonical.blocks) > start:
            aside[canonical.blocks[start].span] = Section.OTHER
    joined = join_broken_items(canonical.text, canonical.blocks)
    blocks, facts = placed(set_aside(outline(canonical.text, joined), aside), quoted)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/markdown",
        text=canonical.text,
        blocks=blocks,
        facts=facts,
        url=source.url,
    )


def unseen_in(path: Path) -> tuple[Remark, ...]:
    """What the HTML inside of a Markdown file hides by its style."""
    body = front_matter_of(decode(path))[1]
    if "<" not in body:
        return ()
    screen = Screen(_hidden_names(body))
    for _ in _pieces(_parser().parse(as_commonmark(body)), screen):
        pass
    return (Remark("hidden", INVISIBLE, screen.unseen),) if screen.unseen else ()


def pieces_of(body: str) -> Iterator[Piece]:
    """Every block of Markdown without front matter; level 0 is what is no entry: names of columns, footnotes."""
    tokens = with_run_in_headings(_parser().parse(as_commonmark(body)))
    yield from _pieces(tokens, Screen(_hidden_names(body)))


def _hidden_names(body: str) -> frozenset[str]:
    """The classes and identifiers that the page's own style takes out of sight."""
    return frozenset(name for sheet in _STYLES.findall(body) for name in hiding_names(sheet))


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True}).enable("table")
    return md.use(deflist_plugin).use(footnote_plugin).use(tasklists_plugin)


def _pieces(tokens: Sequence[Token], screen: Screen) -> Iterator[Piece]:
    """Every block as ``(kind, text, heading level)``."""
    item_is_new = False
    heading: int | None = None
    cells: list[str] | None = None
    defined: list[str] | None = None
    in_head = in_note = False
    depth = 0
    for token in tokens:
        if defined and token.type in {"dt_open", "dl_close", "bullet_list_open", "ordered_list_open", "table_open"}:
            yield BlockKind.ITEM, _definition(defined), None
            defined = None
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                depth += 1
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                item_is_new = True
            case "heading_open":
                heading = int(token.tag[1:])
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "footnote_block_open":
                in_note = True
            case "dt_open":
                defined = []
            case "tr_open":
                cells = []
            case "tr_close":
                yield BlockKind.ROW, "\t".join(cells or []), 0 if in_head and _names_columns(cells or []) else None
                cells = None
            case "inline" if cells is not None:
                cells.append(screen.inline(token.children or []).replace("\n", " "))
            case "inline" if heading is not None:
                yield BlockKind.HEADING, screen.inline(token.children or []).replace("\n", " "), heading
                heading = None
            case "inline" if defined is not None:
                defined.append(screen.inline(token.children or []).strip())
            case "inline":
                for kind, text, level in _paragraph(screen.inline(token.children or []), item_is_new):
                    deep = depth if depth > 1 and kind is BlockKind.ITEM else level
                    yield kind, text, 0 if in_note else deep
                item_is_new = False
            case "html_block":
                yield from screen.html(token.content)
            case "fence" if token.info.strip("{} ") == "=html":
                yield from screen.html(token.content)
            case "fence" | "code_block":
                yield BlockKind.PARAGRAPH, screen.block(token.content), None


def _paragraph(text: str, is_item: bool) -> Iterator[Piece]:
    lines = text.split("\n")
    if is_item:
        yield BlockKind.ITEM, text, None
    elif len(lines) > 1 and all("\t" in line for line in lines):
        yield from ((BlockKind.ROW, line, None) for line in lines)
    else:
        yield BlockKind.PARAGRAPH, text, None


def _definition(parts: Sequence[str]) -> str:
    """A term and what is said of it: beside a short term or a date, below a long one."""
    term, *told = parts
    return (term + ("\t" if len(term) <= _TERM else "\n") + "\n".join(told)) if told else term


def _names_columns(cells: Sequence[str]) -> bool:
    """Whether the head of a table says what its columns hold: two words or more, short ones, no number."""
    named = [cell for cell in cells if cell.strip()]
    return len(named) > 1 and not any(re.search(r"\d", cell) or len(cell.split()) > _COLUMN_WORDS for cell in named)
