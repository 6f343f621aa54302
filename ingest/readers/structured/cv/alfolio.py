"""The CV of the al-folio theme: a list of sections, each with a title, a type and its contents."""

from ingest.readers.structured.cv.shape import add_section
from ingest.readers.structured.keys import get, rows
from ingest.readers.structured.load import Value
from ingest.readers.structured.markup import shown
from ingest.readers.structured.page import Page


def is_alfolio(tree: Value) -> bool:
    """Whether ``tree`` is a list of sections with titles and contents."""
    return (
        isinstance(tree, list)
        and bool(tree)
        and all(isinstance(s, dict) and {"title", "contents"} <= s.keys() for s in tree)
    )


def render(page: Page, tree: Value) -> None:
    """Appends the sections in the order of the file."""
    for section in rows(tree):
        add_section(page, shown(get(section, "title")), section.get("contents", ""))
