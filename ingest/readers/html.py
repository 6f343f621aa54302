"""A saved web page as a person would see it: without markup, hidden text and the furniture of its site, with its lists and tables."""

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from ingest.domain import BlockKind, Document, Remark, Section, Source, Span
from ingest.errors import SourceUnreadable
from ingest.readers.aside import set_aside
from ingest.readers.canonical import Canonical
from ingest.readers.structured.load import visible
from ingest.readers.web.dom import Tree, attribute, parse, select
from ingest.readers.web.encoding import decode_page
from ingest.readers.web.furniture import remove_furniture
from ingest.readers.web.hidden import remove_hidden
from ingest.readers.web.linked_data import Part, parts_in
from ingest.readers.web.style import applies
from ingest.readers.web.walk import pieces_of
from ingest.sections import outline

SUFFIXES = (".html", ".htm", ".xhtml")
"""The endings of saved pages."""

_MAX_SHEETS = 10
_MAX_SHEET = 1024 * 1024
_MAX_SCRIPT = 1024 * 1024
_TEMPLATE = re.compile(r"\A\s*---\s*\n|\{%-?\s*\w+|\{\{-?\s*[.$\w]+|<\?php")
_FOOT_LENGTH = 120
_FOOT = re.compile(
    r"(?:this page |page |site )?(?:was )?(?:last )?(?:modified|updated|changed|revised)\b|copyright\b|©|\(c\) ?\d{4}"
    r"|all rights reserved|powered by|built with",
    re.IGNORECASE,
)
"""How a line begins that tells of the page, not of the person."""
_EMAIL = re.compile(r"mailto:\s*([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)


def read(folder: Path, source: Source) -> Document:
    """The document that one page of a site shows, and behind it what the page states in JSON-LD or in its links but does not show.

    Style sheets that the page links are read where they lie inside the profile's ``folder``; nothing is fetched.

    Raises:
        SourceUnreadable: not text, or nested beyond what people read.
    """
    path = folder / source.path
    tree = parse(decode_page(path), path)
    scripts = [s.text(deep=True)[:_MAX_SCRIPT] for s in select(tree, 'script[type="application/ld+json"]')]
    hidden = remove_hidden(tree, _sheets(tree, folder, path), path)
    emails = _emails(tree)
    contact = remove_furniture(tree)
    canonical = Canonical(source.path)
    aside: dict[Span, Section] = {}
    for kind, content, level in pieces_of(tree.body) if tree.body is not None else ():
        span = canonical.add(kind, content, level or None)
        is_foot = kind is BlockKind.PARAGRAPH and len(content) < _FOOT_LENGTH and _FOOT.match(content)
        if span is not None and (level == 0 or is_foot):
            aside[span] = Section.OTHER
    for line in map(visible, contact):
        span = canonical.add(BlockKind.PARAGRAPH, line)
        if span is not None:
            aside[span] = Section.CONTACT
    _add_unshown(canonical, [*parts_in(scripts, path), ("Contact", emails)])
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/html",
        text=canonical.text,
        blocks=tuple(set_aside(outline(canonical.text, canonical.blocks), aside)),
        url=source.url,
        remarks=tuple(Remark("hidden", how, count) for how, count in hidden.items()),
    )


def is_source(path: Path) -> bool:
    """Whether the file at ``path`` is a page, and not a template that a site is made with."""
    try:
        text = decode_page(path)
    except SourceUnreadable:
        return False
    return not _TEMPLATE.search(text)


def _sheets(tree: Tree, folder: Path, path: Path) -> Iterable[str]:
    """The style sheets of a page in order: its own, and the linked ones that lie beside it."""
    found = select(tree, "style, link[rel~=stylesheet]")
    for node in found[: 10 * _MAX_SHEETS]:
        if not applies(attribute(node, "media") or "all"):
            continue
        if node.tag == "style":
            yield node.text(deep=True)[:_MAX_SHEET]
            continue
        linked = _beside(folder, path, attribute(node, "href"))
        if linked is not None:
            yield linked.read_bytes()[:_MAX_SHEET].decode("utf-8", errors="replace")


def _beside(folder: Path, path: Path, address: str) -> Path | None:
    """The file of the profile that a page's relative ``address`` names."""
    bare = unquote(address.split("?")[0].split("#")[0])
    if not bare.endswith(".css") or re.match(r"[a-z]+:|//", bare, re.IGNORECASE) or "\0" in bare or len(bare) > 300:
        return None
    linked = (folder / bare.lstrip("/") if bare.startswith("/") else path.parent / bare).resolve()
    return linked if linked.is_relative_to(folder.resolve()) and linked.is_file() else None


def _emails(tree: Tree) -> list[str]:
    """The addresses that the page's links write to."""
    found = (_EMAIL.match(unquote(attribute(link, "href"))) for link in select(tree, 'a[href^="mailto:" i]')[:20])
    return list(dict.fromkeys(match[1] for match in found if match))


def _add_unshown(canonical: Canonical, parts: Iterable[Part]) -> None:
    """Appends the lines of ``parts`` that the text so far does not show, each part under its heading."""
    for heading, lines in parts:
        shown = " ".join(canonical.text.casefold().split())
        unshown = [line for line in map(visible, lines) if not all(p in shown for p in _values(line))]
        if unshown:
            canonical.add(BlockKind.HEADING, heading, 2)
        for line in unshown:
            canonical.add(BlockKind.ITEM, line)


def _values(line: str) -> list[str]:
    """What a line says, value by value, as it is compared."""
    return [" ".join(value.casefold().split()) for value in re.split(r",\s+", line.removesuffix("/"))]
