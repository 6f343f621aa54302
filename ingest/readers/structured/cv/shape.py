"""CVs in YAML or JSON that follow no known format: maps and lists become headings, entries and items."""

from ingest.domain import BlockKind, Section
from ingest.readers.structured.cv.entry import ITEM_KINDS, Entry, add_entry, add_line
from ingest.readers.structured.cv.person import HEAD_KEYS, add_person
from ingest.readers.structured.cv.rows import entries_of, pieces_of
from ingest.readers.structured.keys import (
    find,
    folded,
    get,
    is_hidden,
    is_named,
    is_settings,
    is_technical,
    leaves,
    named,
    one_line,
    role_of,
    rows,
    words,
)
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import pieces, shown
from ingest.readers.structured.page import Page
from ingest.readers.structured.works.records import is_work, work_of
from ingest.readers.structured.works.work import add_work
from ingest.sections import section_of

_STRONG = {
    Section.EXPERIENCE,
    Section.EDUCATION,
    Section.PUBLICATIONS,
    Section.PROJECTS,
    Section.AWARDS,
    Section.SERVICE,
    Section.TEACHING,
    Section.TALKS,
    Section.GRANTS,
    Section.SKILLS,
}


_SHORT = 200
"""Longest text that is a line of a list and not a paragraph."""


def is_cv(tree: Value) -> bool:
    """Whether a mapping has the sections of a CV: what somebody did or learned, and one thing more."""
    if not isinstance(tree, dict):
        return False
    filled = {section_of(words(k)) for k, v in tree.items() if not isinstance(v, str) and rows(v)}
    return bool(filled & {Section.EXPERIENCE, Section.EDUCATION}) and len(filled & _STRONG) > 1


def render(page: Page, tree: Value) -> None:
    """Appends everything readable of ``tree``; where the file says which parts are shown and under what headings, those."""
    if not isinstance(tree, dict):
        add_value(page, tree)
        return
    layout = _layout(tree)
    people = [v for k, v in tree.items() if is_named(k, "person") and isinstance(v, dict)]
    own = {k: v for k, v in tree.items() if not any(v is p for p in people) and not _is_layout(v, tree)}
    if layout:
        own = {k: v for k, v in own.items() if k in layout or is_named(k, *HEAD_KEYS)}
    rest = add_person(page, {k: v for part in [*people, own] for k, v in part.items()})
    for key, value in rest.items():
        if not is_settings(value):
            add_section(page, layout.get(key, words(key)), value)


def add_section(page: Page, heading: str, value: Value, section: Section | None = None) -> None:
    """Appends ``value`` under ``heading``; a mapping's own title goes before the given one."""
    own = get(value, "title", "heading") if isinstance(value, dict) and _is_titled(value) else ""
    found = section or section_of(own) or section_of(heading) or _section_by_rows(rows(value))
    page.open(shown(own) or heading, found)
    if own and isinstance(value, dict):
        value = {k: v for k, v in value.items() if folded(k) not in {"title", "heading"}}
    add_value(page, value)


def add_value(page: Page, value: Value) -> None:
    """Appends what stands in the open section."""
    if isinstance(value, str):
        for kind, text in pieces(value):
            if text:
                add_line(page, text, kind)
    elif isinstance(value, list):
        add_members(page, value)
    elif any(not isinstance(v, str) for v in value.values()):
        _add_parts(page, value)
    elif page.section in {Section.OTHER, Section.SUMMARY, Section.CONTACT} or not _is_entry(value):
        _add_map(page, value)
    else:
        add_row(page, value)


def add_members(page: Page, members: list[Value]) -> None:
    """Appends the members of a list: an entry a mapping, a line a text."""
    for member in members:
        if isinstance(member, dict):
            add_row(page, member)
        elif isinstance(member, list):
            add_line(page, one_line(member))
        else:
            _add_text(page, member)


def add_row(page: Page, row: Row) -> None:
    """Appends one mapping: a publication, or the entries that it holds; nothing of one that is hidden."""
    if is_hidden(row):
        return
    inner = next(iter(row.values()), "")
    if len(row) == 1 and isinstance(inner, dict):
        add_row(page, inner)
        return
    if len(row) == 1 and isinstance(inner, str) and role_of(next(iter(row))) in {"items", "text"}:
        _add_text(page, inner)
        return
    label, value = get(row, "name", "label", "key"), find(row, "value")
    if label and value:
        add_labelled(page, shown(label), value)
        return
    is_listed = page.section is Section.PUBLICATIONS and not rows(find(row, *named("containers")))
    work = work_of(row) if is_work(row) or is_listed else None
    if work is not None:
        add_work(page, work)
        return
    for entry in entries_of(row, page.section, page.open_is_current):
        if _is_only_lines(entry, row):
            _add_lines(page, entry)
        else:
            add_entry(page, entry)


def _add_text(page: Page, text: str) -> None:
    told = [(kind, piece) for kind, piece in pieces(text) if piece]
    is_item = len(told) == 1 and len(told[0][1]) <= _SHORT
    for number, (kind, piece) in enumerate(told):
        add_line(page, piece, BlockKind.ITEM if is_item else kind, apart=number == 0 and page.is_in_entry)


def _is_only_lines(entry: Entry, row: Row) -> bool:
    """``{year: 2021, items: [...]}``: a date over a list of things of which each is an entry of its own."""
    return not entry.head and bool(entry.when) and any(role_of(k) == "items" for k in row)


def _add_lines(page: Page, entry: Entry) -> None:
    for number, (_, text) in enumerate(entry.text):
        when = f" ({entry.when.shown})" if entry.when else ""
        add_line(page, f"{text}{when}", apart=number == 0 and page.is_in_entry)


def _add_parts(page: Page, value: Row) -> None:
    """A mapping of lists: first what stands in the section itself, then each list under a heading of its own."""
    parts: list[tuple[str, Value]] = []
    for key, inner in value.items():
        if is_technical(key, inner):
            continue
        if isinstance(inner, str):
            for kind, text in pieces(inner):
                if text:
                    add_line(page, text if role_of(key) == "text" else f"{words(key)}: {text}", kind)
        elif is_named(key, "containers"):
            add_value(page, inner)
        elif isinstance(inner, dict) and _is_entry(inner):
            is_named_inside = find(inner, "name", "title") or any(role_of(k) == "organisation" for k in inner)
            add_row(page, inner if is_named_inside else {"name": words(key), **inner})
        else:
            parts.append((words(key), inner))
    outer = page.section
    for heading, inner in parts:
        if outer is Section.OTHER and section_of(heading) is not None:
            add_section(page, heading, inner)
        else:
            page.sub(heading)
            add_value(page, inner)


def _add_map(page: Page, value: Row) -> None:
    """``{name: value}`` as lines ``Name: value``; a line that is a section by its name becomes one."""
    for key, text in value.items():
        if is_technical(key, text):
            continue
        if role_of(key) == "text":
            add_value(page, text)
        else:
            add_labelled(page, words(key), text)


def add_labelled(page: Page, label: str, value: Value) -> None:
    """A line ``label: value``; languages, skills and interests make a section of their own."""
    found = section_of(label)
    if page.section is Section.OTHER and found in {*ITEM_KINDS, Section.INTERESTS} and len(label.split()) < 3:
        before = page.heading
        page.open(label, found)
        for kind, text in pieces_of(value):
            add_line(page, text, kind)
        page.open(before)
        return
    text = one_line(value)
    if text:
        add_line(page, f"{label}: {text}")


def _section_by_rows(members: list[Row]) -> Section | None:
    """What a list is by the keys of its first member: a school with a subject or degree, an employer with a role, or publications."""
    keys = {folded(k) for k in members[0]} if members else set[str]()
    if keys & {"institution", "university", "school"} and keys & {"degree", "area", "studytype", "major"}:
        return Section.EDUCATION
    if keys & {"company", "employer"} and keys & {"position", "role", "jobtitle", "title"}:
        return Section.EXPERIENCE
    return Section.PUBLICATIONS if members and is_work(members[0]) else None


def _is_entry(row: Row) -> bool:
    roles = {role_of(k) for k in row}
    return len(roles & {"title", "organisation", "when", "start", "subject"}) > 1 or (
        "name" in {folded(k) for k in row} and len(roles - {None}) > 0
    )


def _is_titled(row: Row) -> bool:
    """Whether a mapping is a section with a title of its own, and not an entry."""
    return bool(get(row, "title", "heading")) and not (_is_entry(row) and not any(rows(v) for v in row.values()))


def _is_layout(value: Value, tree: Row) -> bool:
    """Whether a list only names the file's own parts, as an order of sections does."""
    names = [leaves(v)[0] for v in value] if isinstance(value, list) else []
    return bool(names) and sum(n in tree for n in names) > len(names) / 2


def _layout(tree: Row) -> dict[str, str]:
    """The headings that the file gives to its own parts: lists of ``[key, heading]``."""
    orders = [v for v in tree.values() if _is_layout(v, tree) and isinstance(v, list)]
    pairs = [leaves(pair) for order in orders for pair in order if isinstance(pair, list)]
    return {p[0]: shown(p[1]) if p[1].isupper() is False else words(p[0]) for p in pairs if len(p) == 2}
