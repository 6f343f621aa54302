"""JSON Resume (schema 1.0.0, and the keys of the drafts before it)."""

from ingest.domain import BlockKind, Section
from ingest.readers.structured.cv.entry import Entry, add_entry
from ingest.readers.structured.cv.person import add_person
from ingest.readers.structured.cv.shape import add_section
from ingest.readers.structured.keys import find, get, mapping, rows, words
from ingest.readers.structured.load import Value
from ingest.readers.structured.markup import pieces, shown
from ingest.readers.structured.page import Page

_SECTIONS: dict[str, tuple[str, Section]] = {
    "work": ("Experience", Section.EXPERIENCE),
    "volunteer": ("Volunteering", Section.SERVICE),
    "education": ("Education", Section.EDUCATION),
    "projects": ("Projects", Section.PROJECTS),
    "publications": ("Publications", Section.PUBLICATIONS),
    "awards": ("Awards", Section.AWARDS),
    "certificates": ("Certificates", Section.AWARDS),
    "skills": ("Skills", Section.SKILLS),
    "languages": ("Languages", Section.LANGUAGES),
    "interests": ("Interests", Section.INTERESTS),
}


def is_resume(tree: Value) -> bool:
    """Whether ``tree`` is a JSON Resume: ``basics``, or its schema, and one of its lists."""
    if not isinstance(tree, dict):
        return False
    named = isinstance(tree.get("basics"), dict) or "resume-schema" in get(tree, "schema")
    return named and (any(isinstance(tree.get(key), list) for key in _SECTIONS) or bool(find(tree, "basics")))


def render(page: Page, tree: Value) -> None:
    """Appends the person, the sections of the schema in its order, and what else is there."""
    page.open_is_current = True
    resume = mapping(tree)
    rest = add_person(page, mapping(resume.get("basics", "")))
    for key, value in rest.items():
        add_section(page, words(key), value, Section.SUMMARY if key == "summary" else None)
    for key, (heading, section) in _SECTIONS.items():
        if key in resume:
            add_section(page, heading, resume[key], section)
    _add_references(page, resume.get("references", ""))
    for key, value in resume.items():
        if key not in {*_SECTIONS, "basics", "references", "meta", "$schema"}:
            add_section(page, words(key), value)


def _add_references(page: Page, references: Value) -> None:
    """What others say, with their names behind it."""
    page.open("References", Section.OTHER)
    for row in rows(references):
        name = shown(get(row, "name"))
        said = [(kind, text) for kind, text in pieces(get(row, "reference")) if text]
        if said and name:
            said[-1] = (BlockKind.PARAGRAPH, f"{said[-1][1]} — {name}")
        add_entry(page, Entry(text=tuple(said)) if said else Entry(title=name))
