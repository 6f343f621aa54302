"""What the keys of a mapping mean, whoever named them: compared without case, hyphens and underscores."""

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ingest.readers.structured.load import Row, Value
from ingest.readers.structured.markup import shown

_TECHNICAL_ENDS = ("icon", "image", "color", "colour", "logo", "css", "class")
_FILE = re.compile(r"[\w./@~-]*\.(?:png|jpe?g|svg|gif|ico|webp|css|js|html?|bib|tex|pdf|ya?ml|json)", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([^)]*\)")
_URL = re.compile(r"(?:https?://|www\.)\S+")


def folded(key: str) -> str:
    """``start_date``, ``startDate`` and ``Start Date`` as one key."""
    return re.sub(r"[\W_]+", "", key.casefold())


def role_of(key: str) -> str | None:
    """What a key says of an entry, one of the roles of ``keys.yaml``; ``None`` for a key nobody foresaw."""
    return _roles().get(folded(key))


def named(group: str, kind: str | None = None) -> tuple[str, ...]:
    """The keys of one list of ``keys.yaml``, or of the list ``kind`` in it, in their order."""
    found = _data()[group]
    return tuple(found[kind] if kind else found)


def is_named(key: str, *groups: str) -> bool:
    """Whether a key stands in one of these lists of ``keys.yaml``."""
    return any(folded(key) in named(group) for group in groups)


def mapping(value: Value) -> Row:
    """``value`` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def is_technical(key: str, value: Value) -> bool:
    """Whether a value is for the program that lays a page out, not for its reader."""
    name = folded(key).rstrip("0123456789")
    if name in named("technical") or name.startswith("$") or key.startswith("$") or name.endswith(_TECHNICAL_ENDS):
        return True
    if isinstance(value, str):
        plain = value.strip()
        is_setting = plain.lower() in {"true", "false"} or _FILE.fullmatch(plain) or _COLOUR.fullmatch(plain)
        return bool(is_setting) or (is_url(plain) and role_of(key) != "link")
    if is_hidden(value):
        return True
    return bool(leaves(value)) and role_of(key) != "link" and all(map(is_url, leaves(value)))


def is_settings(value: Value) -> bool:
    """Whether a mapping is, by most of what it holds, for the program; one that holds rows is not."""
    told = [v for k, v in mapping(value).items() if not is_technical(k, v)]
    return isinstance(value, dict) and len(told) < len(value) / 2 and not any(map(rows, told))


def is_hidden(value: Value) -> bool:
    """Whether a mapping says of itself that it is not shown."""
    return (
        any(get(mapping(value), key) == "false" for key in named("switches")) or get(mapping(value), "hidden") == "true"
    )


def is_url(text: str) -> bool:
    """Whether ``text`` is nothing but a link."""
    return _URL.fullmatch(text.strip()) is not None


def leaves(value: Value) -> list[str]:
    """The texts of ``value`` in order."""
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    return [leaf for part in inner for leaf in leaves(part)]


def words(key: str) -> str:
    """A key as a heading: ``career-profile`` → ``Career Profile``, ``overallGPA`` → ``Overall GPA``; one with spaces stays."""
    spelling: dict[str, str] = _data()["spelling"]
    if folded(key) in spelling:
        return spelling[folded(key)]
    if re.search(r"\s", key.strip()):
        return shown(key)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]+", " ", key).strip()
    return " ".join(w if re.search(r"[A-Z]", w) else w[:1].upper() + w[1:] for w in spaced.split()) or key


def one_line(value: Value) -> str:
    """A value on one line: a list by commas, a mapping by its name or else by what is readable in it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, list):
        return ", ".join(t for t in map(one_line, value) if t)
    named = get(value, "name", "title", "displayname", "value", "content", "city") if not _is_place(value) else ""
    if named:
        return shown(named)
    return ", ".join(t for t in (one_line(v) for k, v in value.items() if not is_technical(k, v)) if t)


def get(row: Row, *keys: str) -> str:
    """The first non-empty text under one of ``keys`` (folded), or ``""``."""
    by_key = {folded(k): v for k, v in reversed(row.items())}
    for key in keys:
        value = by_key.get(key)
        if isinstance(value, str) and value:
            return value
    return ""


def find(row: Row, *keys: str) -> Value:
    """The first value of any kind under one of ``keys`` (folded), or ``""``."""
    by_key = {folded(k): v for k, v in reversed(row.items())}
    return next((by_key[key] for key in keys if key in by_key), "")


def rows(value: Value) -> list[Row]:
    """The mappings of a list, or the one that stands alone."""
    return (
        [v for v in value if isinstance(v, dict)]
        if isinstance(value, list)
        else [value]
        if isinstance(value, dict)
        else []
    )


def _is_place(row: Row) -> bool:
    return {"city", "country", "countrycode", "region"} & {folded(k) for k in row} != set()


@cache
def _roles() -> dict[str, str]:
    return {key: role for role, keys in _data()["roles"].items() for key in keys}


@cache
def _data() -> dict[str, Any]:
    text = resources.files("ingest.readers.structured").joinpath("keys.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
