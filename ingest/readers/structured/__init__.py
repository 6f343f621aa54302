"""Structured sources: résumé formats, person records and bibliographies, rendered as a person would read them, with the facts they state."""

from collections.abc import Callable
from pathlib import Path

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.readers.decode import decode
from ingest.readers.structured.cv import alfolio, orcid, rendercv, resume, shape
from ingest.readers.structured.load import Value, load_json, load_yaml
from ingest.readers.structured.page import Page
from ingest.readers.structured.works import bibtex, exports, ris, table
from ingest.readers.structured.works.work import add_works

_MEDIA_TYPES = {
    ".json": "application/json",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".bib": "application/x-bibtex",
    ".ris": "application/x-research-info-systems",
    ".csv": "text/csv",
    ".xml": "application/xml",
}
SUFFIXES = tuple(_MEDIA_TYPES)
"""The endings of structured sources."""

_CV_NAMES = {"cv", "resume", "vita", "vitae", "curriculum-vitae"}
_LOADERS: dict[str, Callable[[str, Path], Value]] = {".json": load_json, ".yaml": load_yaml, ".yml": load_yaml}
_TREES = (
    (resume.is_resume, resume.render),
    (rendercv.is_rendercv, rendercv.render),
    (alfolio.is_alfolio, alfolio.render),
    (orcid.is_record, orcid.render),
)


def read(folder: Path, source: Source) -> Document:
    """A structured source as a page, with the facts that its format states.

    Raises:
        SourceUnreadable: malformed, or holding nothing to read; the message names the line where there is one.
    """
    path = folder / source.path
    suffix = path.suffix.lower()
    text = decode(path)
    page = Page(source, _MEDIA_TYPES[suffix])
    if suffix in {".bib", ".ris"}:
        works = bibtex.works_in(text) if suffix == ".bib" else ris.works_in(text)
        if not works:
            raise SourceUnreadable(
                f"{path}: holds no entry with a title; export it again or take it out of profile.toml"
            )
        add_works(page, works)
    else:
        _render(page, _load(text, path))
    return page.document()


def is_source(path: Path) -> bool:
    """Whether the file at ``path`` is, by its content, a CV, a person's record or a list of publications.

    A broken file is one where its name says that it is the CV: its owner wants to hear of the break.
    """
    suffix = path.suffix.lower()
    try:
        text = decode(path)
        if suffix == ".bib":
            return bibtex.has_entries(text)
        if suffix == ".ris":
            return ris.has_records(text)
        if suffix == ".csv":
            return table.is_table(text)
        tree = _load(text, path)
    except SourceUnreadable:
        return path.stem.lower() in _CV_NAMES
    return any(fits(tree) for fits, _ in _TREES) or shape.is_cv(tree) or exports.works_in(tree) is not None


def _load(text: str, path: Path) -> Value:
    if path.suffix.lower() == ".csv":
        return table.load_csv(text, path)
    if path.suffix.lower() == ".xml":
        return exports.load_xml(text, path)
    return _LOADERS[path.suffix.lower()](text, path)


def _render(page: Page, tree: Value) -> None:
    for fits, render in _TREES:
        if fits(tree):
            render(page, tree)
            return
    works = None if shape.is_cv(tree) else exports.works_in(tree)
    if works is None:
        shape.render(page, tree)
        return
    person = exports.person_of(tree)
    if person:
        shape.render(page, person)
    add_works(page, works)
