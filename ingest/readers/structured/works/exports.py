"""Publication lists that services export as JSON or XML: OpenAlex, Semantic Scholar, DBLP, CSL, Crossref, and bare lists."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from ingest.errors import SourceUnreadable
from ingest.readers.structured.keys import find, get, is_named, leaves, named, one_line, rows
from ingest.readers.structured.load import Row, Value, visible
from ingest.readers.structured.works.records import is_work, work_of
from ingest.readers.structured.works.work import Reference, Work

_DBLP_KINDS = (
    "article",
    "inproceedings",
    "incollection",
    "book",
    "proceedings",
    "phdthesis",
    "mastersthesis",
    "data",
    "www",
)


def works_in(tree: Value) -> tuple[Work, ...] | None:
    """The publications of an export, or ``None`` where ``tree`` is no list of publications."""
    found = [_flat(row) for row in rows(_unwrapped(tree))]
    if not found or sum(map(is_work, found)) <= len(found) / 2:
        return None
    return tuple(work for row in found if (work := work_of(row)) is not None)


def references_in(tree: Value) -> tuple[Reference, ...]:
    """The publications of a CSL list that documents cite, by their ``id``."""
    found = ((row, work_of(_flat(row))) for row in rows(_unwrapped(tree)) if get(row, "id"))
    return tuple(
        Reference(get(row, "id"), get(row, "type").lower(), tuple(leaves(row.get("keyword", ""))), work)
        for row, work in found
        if work is not None
    )


def person_of(tree: Value) -> Row:
    """What an export says of the person beside the publications."""
    if not isinstance(tree, dict) or is_work(_flat(tree)):
        return {}
    listed = find(tree, *named("wrappers"))
    return {k: v for k, v in tree.items() if v is not listed and not is_named(k, "counters")}


def load_xml(text: str, path: Path) -> Value:
    """The records of a DBLP export as rows.

    Raises:
        SourceUnreadable: not XML, or with entities of its own; the message names the line.
    """
    if "<!ENTITY" in text or "<!DOCTYPE" in text:
        raise SourceUnreadable(
            f"{path}: declares entities, which are not read; export the record again as BibTeX (.bib)"
        )
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        raise SourceUnreadable(
            f"{path}, line {error.position[0]}: not valid XML: {error}; export the file again"
        ) from error
    found: list[Value] = [_xml_row(e) for kind in _DBLP_KINDS for e in root.iter(kind) if e.find("title") is not None]
    name = root.get("name") if root.tag == "dblpperson" else None
    return {"name": name, "works": found} if name else found


def _xml_row(element: ElementTree.Element) -> Row:
    row: Row = {"type": element.get("publtype") or element.tag}
    people: list[Value] = []
    for child in element:
        text = visible(" ".join("".join(child.itertext()).split()))
        if child.tag == "author":
            people.append(text)
        elif child.tag not in row and text:
            row[child.tag] = text
    return {**row, "authors": people} if people else row


def _unwrapped(tree: Value) -> Value:
    """The list inside of what wraps it."""
    for _ in range(4):
        inner = find(tree, *named("wrappers")) if isinstance(tree, dict) and not is_work(_flat(tree)) else ""
        if not isinstance(inner, list | dict):
            break
        tree = inner
    return tree


def _flat(row: Row) -> Row:
    """One record with its nested values under the keys that every export shares."""
    if isinstance(row.get("info"), dict):
        row = {**rows(row["info"])[0], "type": get(rows(row["info"])[0], "type").lower()}
    return {**row, **{k: v for k, v in _nested(row) if v}}


def _nested(row: Row) -> Iterator[tuple[str, Value]]:
    authors = row.get("authors")
    if isinstance(authors, dict):
        inner = authors.get("author", "")
        yield "authors", inner if isinstance(inner, list) else [inner]
    if row.get("is_authors_truncated") == "true":
        yield "authorships", [*rows(row.get("authorships", "")), "et al."]
    for location in rows(row.get("primary_location", "")):
        yield "venue", one_line(location.get("source", ""))
    for biblio in rows(row.get("biblio", "")):
        yield "volume", get(biblio, "volume")
        yield "number", get(biblio, "issue")
        yield "pages", "–".join(dict.fromkeys(filter(None, (get(biblio, "firstpage"), get(biblio, "lastpage")))))
    if get(row, "publicationdate").endswith("-01-01"):
        # What OpenAlex and Semantic Scholar put for a year alone.
        yield "publication_date", get(row, "publicationyear", "year") or get(row, "publicationdate")[:4]
    for ids in rows(row.get("externalIds", "")):
        yield "doi", get(ids, "doi")
        yield "arxiv", get(ids, "arxiv")
    for journal in rows(row.get("journal", "")):
        yield "journal", get(journal, "name")
        yield "volume", get(journal, "volume")
        yield "pages", get(journal, "pages")
    if isinstance(row.get("publicationTypes"), list):
        yield "type", ", ".join(leaves(row["publicationTypes"]))
    if isinstance(row.get("abstract_inverted_index"), dict):
        yield "abstract", _in_order(rows(row["abstract_inverted_index"])[0])
    for key in ("title", "container-title"):
        if isinstance(row.get(key), list):
            yield key, next(iter(leaves(row[key])), "")


def _in_order(index: Row) -> str:
    """A text out of the places of its words."""
    places = ((int(p), word) for word, found in index.items() for p in leaves(found) if p.isdigit())
    return " ".join(word for _, word in sorted(places))
