"""Who a CV is of: the name, what stands below it, and how to reach the person."""

import re
from typing import Literal

from ingest.domain import BlockKind, Contact, Section, Span
from ingest.readers.structured.keys import (
    find,
    folded,
    get,
    is_named,
    is_technical,
    is_url,
    leaves,
    named,
    one_line,
    role_of,
    rows,
    words,
)
from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import shown
from ingest.readers.structured.page import Page, part

Channel = Literal["email", "link", "phone"] | None
Line = tuple[str, str, Channel]
"""What is shown, the value in it, and the channel it is."""

_HEAD = ("name", "label", "parts")
HEAD_KEYS = (*_HEAD, "sites", "reach", "networks")
"""The lists of keys that belong to the head of a page."""
_SHORT = 80
"""Longest value that is a line of the head, whatever its key."""


def add_person(page: Page, row: Row) -> Row:
    """Appends name, label and contact lines out of ``row``, states the contacts, and returns what is left of it."""
    name = _name(row)
    page.name(name)
    label = next((shown(t) for t in (get(row, key) for key in named("label")) if t), "")
    page.add(BlockKind.PARAGRAPH, label if label != name else "")
    lines = [line for key, value in row.items() for line in _lines(key, value)]
    if lines:
        page.open("Contact", Section.CONTACT)
        for text, value, channel in lines:
            _add_contact(page, text, value, channel)
        page.close()
    return {k: v for k, v in row.items() if not _is_taken(k, v)}


def _is_taken(key: str, value: Value) -> bool:
    """Whether a value belongs to the head of a page; a list of entries under such a key does not."""
    if isinstance(value, str):
        return is_named(key, *HEAD_KEYS) or is_technical(key, value) or bool(_lines(key, value))
    return is_named(key, "networks", "reach") or folded(key) == "name" or is_technical(key, value)


def _name(row: Row) -> str:
    value = find(row, *named("name"))
    if isinstance(value, dict):
        return " ".join(map(shown, (leaf for leaf in leaves(value))))
    given = " ".join(filter(None, (get(row, "firstname", "givenname", "first"), get(row, "middle"))))
    family = get(row, "lastname", "familyname", "surname", "last")
    return shown(value) if isinstance(value, str) and value else " ".join(filter(None, (shown(given), shown(family))))


def _lines(key: str, value: Value) -> list[Line]:
    if is_named(key, "networks"):
        if isinstance(value, str):
            return [_line(words(key), value)] if not is_technical(key, value) or is_url(value) else []
        inner = rows(value)
        if isinstance(value, list) or get(value, "network", "username"):
            told = [_profile(r) for r in inner] + [_line("", v) for v in value if isinstance(v, str)]
            return [line for line in told if line]
        return [line for k, v in value.items() for line in (_lines(k, v) if is_named(k, *HEAD_KEYS) else _other(k, v))]
    if is_named(key, "sites") and isinstance(value, str):
        return [_line(words(key), value)]
    if is_named(key, "reach"):
        return [_line(words(key), leaf) for leaf in ([one_line(value)] if isinstance(value, dict) else leaves(value))]
    if (
        isinstance(value, str)
        and len(value) <= _SHORT
        and role_of(key) != "text"
        and not is_technical(key, value)
        and not is_named(key, *_HEAD)
    ):
        return [_line(words(key), value)]
    return []


def _other(key: str, value: Value) -> list[Line]:
    """A network or a kind of address that nobody foresaw."""
    if is_named(key, "name") or (is_technical(key, value) and not (isinstance(value, str) and is_url(value))):
        return []
    text = one_line(value)
    return [_line(words(key), text)] if text else []


def _profile(row: Row) -> Line | None:
    """``{network, username, url}``, or a link under a name."""
    network = shown(get(row, "network", "name", "title", "label", "site"))
    value = get(row, "url", "link", "href") or get(row, "username", "user", "handle", "value")
    return _line(network, value) if value else None


def _line(label: str, value: str) -> Line:
    bare = re.sub(r"^(?:mailto|tel):", "", shown(value) if not is_url(value) else value.strip())
    channel: Channel = None
    if re.fullmatch(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", bare):
        channel = "email"
    elif is_url(bare) or re.fullmatch(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", bare):
        channel = "link"
    elif folded(label) in {"phone", "telephone", "tel", "mobile"}:
        channel = "phone"
    return f"{label}: {bare}" if label else bare, bare, channel


def _add_contact(page: Page, text: str, value: str, channel: Channel) -> None:
    span: Span | None = page.add(BlockKind.ITEM, text)
    if span is not None and channel is not None and value:
        page.state(Contact(span=part(span, text, value), channel=channel, value=value))
