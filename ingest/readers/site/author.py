"""The page of a site's author (Hugo Blox): name, posts, biography, interests, degrees and links."""

from collections.abc import Sequence

from ingest.domain import BlockKind, Document, Section, Source
from ingest.readers.screen import Piece
from ingest.readers.structured.cv.entry import Entry, add_entry
from ingest.readers.structured.cv.person import add_person
from ingest.readers.structured.cv.shape import add_section
from ingest.readers.structured.keys import find, folded, get, mapping, one_line, rows
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import shown
from ingest.readers.structured.page import Page

_SECTIONS = (
    (("interests",), "Interests", Section.INTERESTS),
    (("education",), "Education", Section.EDUCATION),
    (("work", "experience"), "Experience", Section.EXPERIENCE),
    (("awards", "accomplishments"), "Awards", Section.AWARDS),
    (("skills",), "Skills", Section.SKILLS),
    (("languages",), "Languages", Section.LANGUAGES),
)
_KEYS = {"datestart": "start", "dateend": "end", "companyname": "company", "course": "degree"}
"""What Hugo Blox calls the keys of an entry, as other formats do."""


def read_author_page(front: Row, pieces: Sequence[Piece], source: Source) -> Document | None:
    """The page with the facts that its front matter states; ``None`` where it names nobody."""
    name = get(front, "title", "name") or " ".join(filter(None, (get(front, "firstname"), get(front, "lastname"))))
    if not name:
        return None
    page = Page(source, "text/markdown")
    page.open_is_current = True
    page.name(shown(name))
    _add_posts(page, front)
    _add_body(page, front, pieces)
    for keys, heading, section in _SECTIONS:
        value = find(front, *keys)
        held = find(mapping(value), "courses", "items") or value
        if held:
            add_section(page, heading, _renamed(held), section)
    add_person(page, _reach(front))
    return page.document()


def _add_posts(page: Page, front: Row) -> None:
    """The role at each organisation that the page names beside it."""
    role = shown(get(front, "role"))
    listed = find(front, "organizations", "affiliations")
    names = [n for n in map(one_line, listed if isinstance(listed, list) else [listed]) if n]
    page.section = Section.EXPERIENCE
    for organisation in names[:1] if role else []:
        add_entry(page, Entry(title=role, organisation=organisation))
    for organisation in names[1:] if role else names:
        page.add(BlockKind.PARAGRAPH, organisation)
    if role and not names:
        page.add(BlockKind.PARAGRAPH, role)
    page.close()


def _add_body(page: Page, front: Row, pieces: Sequence[Piece]) -> None:
    """The biography; the short one where the page has no other."""
    page.section = Section.SUMMARY
    if not pieces:
        page.add(BlockKind.PARAGRAPH, shown(get(front, "bio")))
    for kind, text, _ in pieces:
        if kind is BlockKind.HEADING:
            page.open(text)
        else:
            page.add(kind, text)
    page.close()


def _reach(front: Row) -> Row:
    social = find(front, "social", "profiles")
    links = [link for link in (get(r, "link", "url") for r in rows(social)) if link.startswith(("http", "mailto:"))]
    reach: Row = {"email": get(front, "email"), "social": [{"link": link} for link in links]}
    return {key: value for key, value in reach.items() if value}


def _renamed(value: Value) -> Value:
    if isinstance(value, list):
        return [_renamed(v) for v in value]
    if isinstance(value, dict):
        return {_KEYS.get(folded(k), k): _renamed(v) for k, v in value.items()}
    return value
