"""What the front matter of a publication's page states: Hugo's and Jekyll's keys as one ``Work``, and its abstract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.domain import BlockKind
from ingest.errors import SourceUnreadable
from ingest.readers.decode import decode
from ingest.readers.screen import Piece
from ingest.readers.site.front_matter import front_matter_of
from ingest.readers.structured.keys import find, get, leaves, mapping
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import pieces as pieces_in
from ingest.readers.structured.markup import shown
from ingest.readers.structured.works.records import work_of
from ingest.readers.structured.works.work import Work

_TYPES = {
    "3": "preprint", "5": "book", "6": "chapter", "7": "thesis", "article": "preprint", "manuscript": "preprint", "preprint": "preprint",
    "preprints": "preprint", "books": "book", "book": "book", "chapter": "chapter", "thesis": "thesis",
}  # fmt: skip
"""Kinds of publication as Hugo Blox numbers and (since 2023, by CSL) names them."""
_OWNER = {"admin", "me"}
_SLUG = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_ADDRESS = ("doi", "arxiv", "eprint")


def work_on(front: Row, page: Path, folder: Path) -> Work:
    """The publication that a page is about; a name that stands for an author page of the profile's ``folder`` is written out."""
    row: Row = {
        key: front[key] for key in ("title", "authors", "author", "year", "notes", "note", "award") if key in front
    }
    row["authors"], is_whole = _authors(find(row, "authors", "author"), find(front, "authornotes"), page, folder)
    venue = shown(get(front, "publication", "venue", "journal", "booktitle", "conference", "publicationshort"))
    row["venue"] = re.sub(r"^In:?\s+", "", venue)
    row["date"] = re.sub(r"T.*$| \d{2}:\d{2}.*$", "", get(front, "date", "publishdate"))
    row["type"] = next(
        (_TYPES[leaf] for leaf in leaves(find(front, "publicationtypes", "category")) if leaf in _TYPES), ""
    )
    identifiers = mapping(find(mapping(find(front, "hugoblox")), "ids")) | front
    row |= {key: shown(get(identifiers, key)) for key in _ADDRESS}
    row = {key: value for key, value in row.items() if value}
    work = work_of(row) or Work(title=shown(get(front, "title")))
    notes = (*work.notes, *(["* equal contribution"] if any("*" in name for name in work.authors) else []))
    return replace(work, notes=notes, abstract=None, authors_complete=work.authors_complete and is_whole)


def abstract_in(front: Row, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The abstract of the front matter; where there is none and the page says nothing more, its excerpt or summary."""
    told = " ".join(" ".join(text for _, text, _ in pieces).casefold().split())
    given = get(front, "abstract") or ("" if told else get(front, "excerpt", "summary", "description"))
    if given and " ".join(shown(given).casefold().split()) not in told:
        for kind, text in pieces_in(given):
            if text:
                yield BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind, text, None


def _authors(value: Value, notes: Value, page: Path, folder: Path) -> tuple[list[Value], bool]:
    """The authors as names, marked where a note of theirs says that they contributed equally; and whether each is known by name."""
    listed = value if isinstance(value, list) else [value] if value else []
    remarks = [shown(n) if isinstance(n, str) else "" for n in (notes if isinstance(notes, list) else [notes])]
    found: list[Value] = []
    for number, author in enumerate(listed):
        name = _written_out(author, page, folder) if isinstance(author, str) and _SLUG.fullmatch(author) else author
        is_equal = number < len(remarks) and re.search("equal", remarks[number], re.IGNORECASE)
        if name:
            found.append(f"{name}*" if is_equal and isinstance(name, str) else name)
    return found, len(found) == len(listed)


def _written_out(slug: str, page: Path, folder: Path) -> str:
    """The name on the author page called ``slug``; the site's owner without such a page has none."""
    for above in page.parents:
        for path in (above / "authors" / slug / "_index.md", above / "content" / "authors" / slug / "_index.md"):
            if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                try:
                    name = shown(get(front_matter_of(decode(path))[0], "title", "name"))
                except SourceUnreadable:
                    continue
                if name:
                    return name
        if above == folder:
            break
    return "" if slug in _OWNER else slug
