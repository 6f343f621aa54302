"""Mappings of any format as entries: what their keys mean in the section that they stand in."""

import re
from collections.abc import Iterator

from ingest.domain import BlockKind, Section
from ingest.readers.structured.cv.entry import Entry, Piece
from ingest.readers.structured.keys import (
    find,
    folded,
    is_named,
    is_technical,
    is_url,
    leaves,
    one_line,
    role_of,
    rows,
    words,
)
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import pieces, shown
from ingest.readers.structured.when import When, at, between

_LASTING = {Section.EXPERIENCE, Section.EDUCATION, Section.PROJECTS, Section.SERVICE, Section.OTHER}
_SHORT = 160
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)/[^/]+/([^/?#]+)/?"
)
_NESTED = ("positions", "roles", "jobs")


def entries_of(row: Row, section: Section, open_is_current: bool) -> Iterator[Entry]:
    """The entries that ``row`` holds: one, or one for each position that it nests below its organisation.

    ``open_is_current``: a start without an end means "until now" in entries that have a duration.
    """
    nested = rows(find(row, *_NESTED))
    if not nested:
        yield _entry(row, section, open_is_current)
        return
    outer = {k: v for k, v in row.items() if folded(k) not in _NESTED}
    own = {role_of(k) for k in nested[0]} - {None}
    for number, inner in enumerate(nested):
        kept = {k: v for k, v in outer.items() if role_of(k) not in own and (number == 0 or role_of(k) != "text")}
        yield _entry({**kept, **inner}, section, open_is_current)


def _entry(row: Row, section: Section, open_is_current: bool = False) -> Entry:
    held = _by_role(row, section)
    titles = [t for t in map(one_line, held["title"]) if t]
    subjects = [s for s in map(one_line, held["subject"]) if s]
    organisations = [o for o in map(one_line, held["organisation"]) if o]
    links = tuple(dict.fromkeys(_links(row)))
    text = list(_text(row, held, section, [*titles[1:], *organisations[1:]]))
    title = ", ".join([*titles[:1], *subjects])
    if not title and not organisations:
        # What has no name is called as its repository is, by its first short sentence, or by the last part of its address.
        is_short = text and text[0][0] is BlockKind.PARAGRAPH and len(text[0][1]) <= _SHORT
        repository = next((m[1] for m in map(_REPOSITORY.fullmatch, links) if m), "")
        title = repository or (text.pop(0)[1] if is_short else _last_part(links[0]) if links and not text else "")
    return Entry(
        title=title or None,
        organisation=organisations[0] if organisations else None,
        group=_joined(held["group"]),
        place=_joined(held["place"]),
        level=_joined(held["level"]),
        when=_when(held, open_is_current and section in _LASTING),
        text=tuple(text),
        links=links,
    )


def _joined(values: list[Value]) -> str | None:
    return ", ".join(filter(None, map(one_line, values))) or None


def _last_part(url: str) -> str:
    """``https://host/owner/name`` → ``name``."""
    return re.sub(r"[?#].*$", "", url).rstrip("/").rpartition("/")[2]


def _by_role(row: Row, section: Section) -> dict[str, list[Value]]:
    """The values of ``row`` by role; ``name`` and ``place`` are an organisation or a title by what else is there."""
    held: dict[str, list[Value]] = {
        role: [] for role in ("title", "subject", "organisation", "group", "place", "level")
    }
    held |= {role: [] for role in ("when", "start", "end", "current")}
    for key, value in row.items():
        role = role_of(key)
        if role in held and not is_technical(key, value):
            held[role].append(value)
    dated = section in {Section.EXPERIENCE, Section.EDUCATION, Section.SERVICE}
    name, place = find(row, "name"), find(row, "place")
    if name:
        is_employer = dated and (held["title"] or held["subject"]) and not held["organisation"]
        held["organisation" if is_employer else "title"].insert(0, name)
    if place:
        is_employer = dated and not held["organisation"]
        held["organisation" if is_employer else "place"].insert(0, place)
    return held


def _when(held: dict[str, list[Value]], open_is_current: bool) -> When | None:
    start, end = (", ".join(filter(None, map(one_line, held[role]))) for role in ("start", "end"))
    if start or end:
        is_current = any(v == "true" for v in held["current"])
        return between(start, "" if is_current else end, open_is_current or is_current)
    stated = ", ".join(dict.fromkeys(filter(None, map(one_line, held["when"]))))
    return at(stated) if stated else None


def _text(row: Row, held: dict[str, list[Value]], section: Section, more: list[str]) -> Iterator[Piece]:
    """What stands below the head line: prose, then what nobody foresaw behind its key, then lists."""
    yield from ((BlockKind.PARAGRAPH, text) for text in more)
    rest = [
        (k, v)
        for k, v in row.items()
        if not (role_of(k) in held or folded(k) in {"name", "place"} or is_technical(k, v))
    ]
    for key, value in rest:
        if role_of(key) == "text":
            yield from pieces_of(value)
    for key, value in rest:
        if role_of(key) is None:
            yield from labelled(words(key), value)
    for key, value in rest:
        if role_of(key) == "items":
            is_told = is_named(key, "labelled") and section not in {Section.SKILLS, Section.INTERESTS}
            yield from labelled(words(key) if is_told else "", value)


def labelled(label: str, value: Value) -> Iterator[Piece]:
    """A value behind its label: on one line where it is short, below it where it is a list of sentences."""
    if not label:
        yield from pieces_of(value)
    elif isinstance(value, str) or all(
        isinstance(v, str) for v in (value if isinstance(value, list) else value.values())
    ):
        text = one_line(value)
        yield from [(BlockKind.PARAGRAPH, f"{label}: {text}")] if text else []
    else:
        inner = list(pieces_of(value))
        yield from [(BlockKind.PARAGRAPH, f"{label}:"), *inner] if inner else []


def pieces_of(value: Value) -> Iterator[Piece]:
    """The paragraphs and items of a value; the members of a list are items."""
    if isinstance(value, str):
        yield from ((kind, text) for kind, text in pieces(value) if text and not is_url(text))
    elif isinstance(value, list):
        for member in value:
            if isinstance(member, str):
                text = shown(member)
                yield from [(BlockKind.ITEM, text)] if text else []
            else:
                yield from pieces_of(member)
    else:
        yield from _item(value)


def _item(row: Row) -> Iterator[Piece]:
    """A mapping inside an entry as one item, with what it lists below it."""
    entry = _entry(row, Section.OTHER)
    head = entry.head + (f" ({entry.when.shown})" if entry.when and entry.head else "")
    head = head or (entry.when.shown if entry.when else "")
    short = [text for kind, text in entry.text if kind is BlockKind.PARAGRAPH]
    line = ": ".join(filter(None, [head, " ".join(short)]))
    yield from [(BlockKind.ITEM, line)] if line else []
    yield from ((kind, text) for kind, text in entry.text if kind is BlockKind.ITEM)


def _links(row: Row) -> Iterator[str]:
    for key, value in row.items():
        if role_of(key) == "link" and not is_technical(key, value):
            yield from (leaf.strip() for leaf in leaves(value) if is_url(leaf))
