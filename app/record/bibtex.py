"""Publications as BibTeX: what the record states, escaped; what it does not state is left out."""

import re
from collections.abc import Sequence

from app.record.imprint import Imprint, Kind, imprint_of
from app.record.keys import keys_of
from app.record.names import family_and_given
from app.record.works import Work
from ingest.domain import Record
from ingest.identity import is_collective

_TYPES: dict[Kind, str] = {
    "article": "article",
    "proceedings": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    # BibTeX has types for a master's and a doctor's only, which a list does not tell apart.
    "thesis": "misc",
    "preprint": "misc",
    "other": "misc",
}
_VENUE_FIELDS: dict[Kind, str] = {
    "article": "journal",
    "proceedings": "booktitle",
    "chapter": "booktitle",
    "book": "publisher",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)
_CAPITALS = re.compile(r"[^\W\d_]*(?:[^\W\d_](?=[A-Z])[A-Z]|[A-Z](?=[A-Z]|\d))\w*")
"""A word with a capital behind its first letter, which a bibliography's style would turn small."""


def to_bibtex(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> str:
    """One entry a work, in UTF-8; keys are unique in ``everything``, so that a part of the list has the keys of the whole."""
    keys = keys_of(everything, record.profile)
    return "\n".join(_entry(keys[work.paper.span], work, imprint_of(record, work)) for work in works)


def escaped(text: str) -> str:
    """``text`` on one line, with what TeX would read as commands written out."""
    # Two hyphens would be set as a dash.
    return " ".join(text.split()).translate(_ESCAPES).replace("--", "-{}-")


def author_list(names: Sequence[str], complete: bool) -> str:
    """Names joined by "and"; a group's stands in braces, a cut list ends in "others"."""
    parts = [_author(name) for name in names]
    return " and ".join([*parts, *([] if complete else ["others"])])


def _entry(key: str, work: Work, imprint: Imprint) -> str:
    lines = [f"  {name} = {value}," for name, value in _fields(work, imprint)]
    return "\n".join([f"@{_TYPES[imprint.kind]}{{{key},", *lines, "}", ""])


def _fields(work: Work, imprint: Imprint) -> list[tuple[str, str]]:
    paper = work.paper
    values: list[tuple[str, str | None]] = [("title", _protected(paper.title))]
    if paper.authors and not paper.beside:
        values.append(("author", author_list(paper.authors, paper.authors_complete)))
    venue = paper.venue or paper.venue_tag
    values.append((_VENUE_FIELDS.get(imprint.kind, "howpublished"), venue and escaped(venue)))
    values.append(("year", f"{work.year:04d}" if work.year is not None else None))
    month = paper.date.month if paper.date else None
    fields = [(name, f"{{{value}}}") for name, value in values if value]
    if month is not None and month <= len(_MONTHS):
        fields.append(("month", _MONTHS[month - 1]))
    rest = {
        "volume": imprint.volume,
        "number": imprint.number,
        "pages": imprint.pages and imprint.pages.replace("-", "--"),
        "doi": imprint.doi,
        "eprint": imprint.arxiv,
        "archiveprefix": imprint.arxiv and "arXiv",
        "url": imprint.url,
        "note": escaped("; ".join(_notes(work))),
    }
    return [*fields, *((name, f"{{{value}}}") for name, value in rest.items() if value)]


def _notes(work: Work) -> list[str]:
    paper = work.paper
    notes = ["Thesis"] if paper.form == "thesis" else []
    if paper.beside and paper.authors:
        notes.append(f"With {', '.join(paper.authors)}{'' if paper.authors_complete else ' et al.'}")
    return [*notes, *paper.notes]


def _author(name: str) -> str:
    parts = family_and_given(name)
    if parts is not None:
        return ", ".join(map(_unjoined, parts))
    return f"{{{escaped(name)}}}" if is_collective((name,)) else _unjoined(name)


def _unjoined(text: str) -> str:
    """A name that holds no bare "and" or comma of its own."""
    name = escaped(text)
    return f"{{{name}}}" if re.search(r"(?i)\band\b|,", name) else name


def _protected(title: str) -> str:
    """The title with words such as "BERT" and "GraphQL" in braces."""
    words = (
        f"{{{escaped(word)}}}" if _CAPITALS.search(word) else escaped(word)
        for word in " ".join(title.split()).split(" ")
    )
    return " ".join(words)
