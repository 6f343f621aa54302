"""Pages of a site's collections: a publication, a talk, a course, a project, a person, each with the fact that its front matter states."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal

from ingest.authors import Author
from ingest.citations import parse_citation
from ingest.domain import BlockKind, Document, Item, Project, Publication, Section, Source, Span
from ingest.imprint import legend_in
from ingest.readers.screen import Piece
from ingest.readers.site.author import read_author_page
from ingest.readers.site.paper import abstract_in, work_on
from ingest.readers.site.sheet import Sheet
from ingest.readers.structured.keys import get
from ingest.readers.structured.load import Row
from ingest.readers.structured.markup import shown
from ingest.readers.structured.when import at
from ingest.readers.structured.works.work import Work, citation
from ingest.sections import section_of

_COLLECTIONS: dict[str, tuple[str, ...]] = {
    "publication": ("publications", "publication", "papers", "preprints"),
    "talk": ("talks", "talk", "events", "event", "presentations"),
    "teaching": ("teaching", "courses"),
    "project": ("projects", "project", "portfolio"),
    "author": ("authors", "author"),
}
_KINDS = {folder: kind for kind, folders in _COLLECTIONS.items() for folder in folders}
_LISTS = {"_index.md", "index.qmd", "readme.md"}
"""Pages that list a collection; the one of an author is that author."""
_SHOWN_ABOVE = ("subtitle", "description", "abstract")
_H1 = re.compile(r"^#[ \t]|^=+[ \t]*$|<h1\b", re.MULTILINE | re.IGNORECASE)


def read(front: Row, pieces: Sequence[Piece], source: Source, folder: Path) -> Document | None:
    """The page of a collection as its site shows it, with the fact it states; ``None`` for any other page."""
    title = shown(get(front, "title"))
    kind = _kind(front, PurePosixPath(source.path))
    sheet = Sheet(source, title)
    match kind:
        case "publication" if title:
            return _publication(sheet, front, pieces, folder)
        case "talk" | "teaching" if title:
            return _item(sheet, kind, front, pieces)
        case "project" if title:
            return _project(sheet, front, pieces)
        case "author":
            return read_author_page(front, pieces, source)
    return None


def head(front: Row, body: str, source: Source) -> Iterator[Piece]:
    """What an ordinary page shows above its body: its title where that is no news, and what stands below it."""
    title = shown(get(front, "title"))
    told = " ".join(body.casefold().split())
    is_known = title.casefold() == source.title.casefold() and section_of(title) is None
    if title and not is_known and not _H1.search(body):
        yield BlockKind.HEADING, title, 1
    if PurePosixPath(source.path).parent.name.lstrip("_") == "news" and get(front, "date"):
        yield BlockKind.PARAGRAPH, get(front, "date")[:10], None
    for key in _SHOWN_ABOVE:
        text = shown(get(front, key))
        if text and " ".join(text.casefold().split()) not in told:
            yield BlockKind.PARAGRAPH, text, None


def _kind(front: Row, path: PurePosixPath) -> str | None:
    """What a page is about: by the collection that it names, the folders that it lies in, or keys that nothing else has."""
    named = get(front, "collection").lower()
    if named in _KINDS:
        return _KINDS[named]
    folders = [part.lstrip("_").lower() for part in path.parts[:-1]]
    found = next((_KINDS[f] for f in reversed(folders[-2:]) if f in _KINDS), None)
    if found == "author":
        return (
            found
            if get(front, "superuser").lower() != "false" and (len(folders) < 2 or folders[-1] not in _KINDS)
            else None
        )
    if path.name.lower() in _LISTS:
        return None
    if "publication_types" in front or (get(front, "citation") and get(front, "venue", "paperurl")):
        return "publication"
    return found


def _publication(sheet: Sheet, front: Row, pieces: Sequence[Piece], folder: Path) -> Document:
    work = work_on(front, Path(folder, sheet.source.path), folder)
    sheet.begin(Section.PUBLICATIONS)
    printed = shown(get(front, "citation"))
    span = (
        _printed(sheet, printed, work)
        if printed
        else sheet.add(BlockKind.PARAGRAPH, "\n".join([citation(work), *work.links]))
    )
    told = [s for kind, text, _ in abstract_in(front, pieces) if (s := sheet.add(kind, text)) is not None]
    rest = sheet.rest(pieces)
    abstract = Span(sheet.source.path, told[0].start, told[-1].end) if told else sheet.prose(rest)
    sheet.facts.append(_stated(sheet, work, printed, span, abstract))
    return sheet.document()


def _printed(sheet: Sheet, printed: str, work: Work) -> Span | None:
    """The citation that the author wrote, and the venue and the date where it does not print them."""
    date = work.date.edtf if work.date else ""
    missing = not _holds(printed, work.venue or "") or not _holds(printed, date)
    below = ", ".join(part for part in (work.venue or "", date) if part) if missing else ""
    return sheet.add(BlockKind.PARAGRAPH, "\n".join([printed, *([below] if below else [])]))


def _stated(sheet: Sheet, work: Work, printed: str, span: Span | None, abstract: Span | None) -> Publication:
    """The publication; its span begins with the heading where the citation does not print the title."""
    line = sheet.text(span) if span else ""
    is_whole = span is not None and _holds(line, work.title)
    parsed = parse_citation(printed) if printed else None
    authors = (
        tuple(map(_whole, parsed.authors))
        if parsed
        else tuple(Author(n.rstrip("*†‡"), n[len(n.rstrip("*†‡")) :]) for n in work.authors)
    )
    legend = legend_in(line)
    equal = {mark for mark, meaning in legend.items() if "equal" in meaning or "first" in meaning}
    kept = tuple(a for a in authors if _holds(line, a.name))
    return Publication(
        span=span
        if span is not None and is_whole
        else Span(sheet.source.path, sheet.start, span.end if span else sheet.end),
        title=work.title,
        authors=tuple(a.name for a in kept),
        authors_complete=parsed.complete if parsed else work.authors_complete and len(kept) == len(authors),
        equal=tuple(a.name for a in kept if equal & set(a.marks)),
        marked=tuple(a.name for a in kept if set(a.marks) - set(legend)),
        date=work.date,
        venue=work.venue,
        venue_tag=parsed.venue_tag if parsed else None,
        status=work.status,
        form=work.form,
        notes=parsed.notes if parsed else work.notes,
        abstract=abstract,
    )


def _whole(author: Author) -> Author:
    """An author without the full stop that ends the list: ``M. Okonjo.``"""
    return Author(re.sub(r"(?<=[^\W\d_]{3})\.$", "", author.name), author.marks)


def _holds(text: str, value: str) -> bool:
    return " ".join(value.split()).casefold() in " ".join(text.split()).casefold()


def _item(sheet: Sheet, kind: Literal["talk", "teaching"], front: Row, pieces: Sequence[Piece]) -> Document:
    sheet.begin(Section.TALKS if kind == "talk" else Section.TEACHING)
    day, last = get(front, "date", "datestart")[:10], get(front, "dateend")[:10]
    when = at(f"{day} – {last}" if last and last != day else day)
    shown_first = [shown(get(front, key)) for key in ("type", "event", "venue", "location")]
    line = ", ".join([*dict.fromkeys(filter(None, shown_first)), *([when.shown] if when else [])])
    span = sheet.add(BlockKind.PARAGRAPH, line)
    for _, text, _ in abstract_in(front, pieces):
        sheet.add(BlockKind.PARAGRAPH, text)
    sheet.rest(pieces)
    whole = Span(sheet.source.path, sheet.start, span.end if span else sheet.title_end)
    sheet.facts.append(Item(kind=kind, span=whole, title=sheet.title, dates=when.dates if when else ()))
    return sheet.document()


def _project(sheet: Sheet, front: Row, pieces: Sequence[Piece]) -> Document:
    sheet.begin(Section.PROJECTS)
    told = [sheet.add(BlockKind.PARAGRAPH, shown(get(front, key))) for key in ("description", "summary", "excerpt")]
    spans = [s for s in (*told, *sheet.rest(pieces)) if s is not None]
    body = Span(sheet.source.path, spans[0].start, spans[-1].end) if spans else None
    sheet.facts.append(
        Project(span=Span(sheet.source.path, sheet.start, sheet.title_end), title=sheet.title, body=body)
    )
    return sheet.document()
