"""RenderCV: ``cv:`` with the person and ``sections:`` of entries, each entry told by its keys."""

from ingest.readers.structured.cv.person import add_person
from ingest.readers.structured.cv.shape import add_section
from ingest.readers.structured.keys import mapping, words
from ingest.readers.structured.load import Value
from ingest.readers.structured.page import Page


def is_rendercv(tree: Value) -> bool:
    """Whether ``tree`` is a RenderCV file."""
    cv = tree.get("cv") if isinstance(tree, dict) else None
    return isinstance(cv, dict) and isinstance(cv.get("sections"), dict)


def render(page: Page, tree: Value) -> None:
    """Appends the person and the sections in the order of the file; design, locale and settings are for the program."""
    page.open_is_current = True
    cv = mapping(mapping(tree).get("cv", ""))
    sections = mapping(cv.get("sections", ""))
    rest = add_person(page, {k: v for k, v in cv.items() if k != "sections"})
    for key, value in {**rest, **sections}.items():
        add_section(page, words(key), value)
