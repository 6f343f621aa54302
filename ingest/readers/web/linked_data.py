"""What a page states in JSON-LD (schema.org, JSON-LD 1.1) about its person and their papers, as lines of a CV."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ingest.dates import parse_date
from ingest.errors import SourceUnreadable
from ingest.readers.structured.load import Row, Value, load_json
from ingest.readers.structured.markup import shown
from ingest.readers.structured.works.work import Work, citation

Part = tuple[str, list[str]]
"""A heading and the lines below it."""

_PERSON = {"Person"}
_WORKS = {
    "ScholarlyArticle",
    "Article",
    "Book",
    "Chapter",
    "Thesis",
    "Report",
    "PublicationIssue",
    "MedicalScholarlyArticle",
}
_MAX_WORKS = 500


def parts_in(scripts: Iterable[str], path: Path) -> list[Part]:
    """The parts that the JSON-LD ``scripts`` of one page come to; what is malformed or of several people is left out."""
    nodes = [node for script in scripts for node in _nodes(_tree(script, path))]
    person = _person(nodes)
    found = [
        ("Experience", list(_posts(person))),
        ("Education", list(_degrees(person))),
        ("Awards", _names(person, "award", "awards")),
        ("Languages", [n for n in _names(person, "knowsLanguage") if len(n) > 3]),
        ("Research interests", _names(person, "knowsAbout")),
        ("Publications", list(_citations(nodes))),
        ("Contact", [*(n.removeprefix("mailto:") for n in _names(person, "email")), *_links(person)]),
    ]
    return [(heading, list(dict.fromkeys(filter(None, lines)))) for heading, lines in found if any(lines)]


def person_in(scripts: Iterable[str], path: Path) -> str:
    """The name of the one person that the JSON-LD ``scripts`` of a page are about; empty where they are about none or several."""
    return _name(_person([node for script in scripts for node in _nodes(_tree(script, path))]))


def _person(nodes: Sequence[Row]) -> Row:
    people = [node for node in nodes if _types(node) & _PERSON]
    return people[0] if len({_name(p) for p in people}) == 1 else {}


def _tree(script: str, path: Path) -> Value:
    try:
        return load_json(script, path)
    except SourceUnreadable:
        return {}


def _nodes(value: Value) -> Iterator[Row]:
    """What a script is about: its top-level nodes, those of its graph, and the main entity of a page."""
    if isinstance(value, list):
        for member in value:
            yield from _nodes(member)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "about"):
            if key in value and not isinstance(value[key], str):
                yield from _nodes(value[key])


def _types(node: Row) -> set[str]:
    value = node.get("@type", "")
    return {v.rpartition("/")[2] for v in ([value] if isinstance(value, str) else value) if isinstance(v, str)}


def _name(value: Value) -> str:
    """The name of a thing, whether it is printed alone or described."""
    if isinstance(value, str):
        return "" if re.match(r"https?://", value) else shown(value)
    if isinstance(value, dict):
        inner = value.get("name") or value.get("@value") or value.get("legalName") or ""
        return _name(inner) if isinstance(inner, str | dict) else next((n for n in map(_name, inner) if n), "")
    return ""


def _names(row: Row, *keys: str) -> list[str]:
    values = [row[key] for key in keys if key in row]
    return [n for v in values for n in map(_name, v if isinstance(v, list) else [v]) if n]


def _posts(person: Row) -> Iterator[str]:
    titles = _names(person, "jobTitle")
    employers = _names(person, "worksFor") or _names(person, "affiliation")
    if len(titles) == 1 and employers:
        yield ", ".join([titles[0], employers[0]])
        yield from employers[1:]
    elif len(titles) == len(employers):
        yield from (f"{t}, {e}" for t, e in zip(titles, employers, strict=True))
    else:
        yield from [*titles, *employers]


def _degrees(person: Row) -> Iterator[str]:
    yield from _names(person, "hasCredential")
    yield from _names(person, "alumniOf")


def _links(person: Row) -> Iterator[str]:
    for key in ("url", "sameAs"):
        value = person.get(key, "")
        for link in [value] if isinstance(value, str) else value:
            if isinstance(link, str) and re.fullmatch(r"https?://\S+", link):
                yield link


def _citations(nodes: Iterable[Row]) -> Iterator[str]:
    listed = [node for node in nodes if _types(node) & _WORKS]
    for node in listed[:_MAX_WORKS]:
        title = next(iter(_names(node, "headline", "name")), "")
        authors = _names(node, "author", "creator")
        date = node.get("datePublished", "")
        if title and authors:
            when = parse_date(date[:10]) if isinstance(date, str) else None
            venue = next(iter(_names(node, "isPartOf", "publication", "publisher")), None)
            yield citation(Work(title=title, authors=tuple(authors), venue=venue, date=when))
