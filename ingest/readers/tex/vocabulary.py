"""What is known of LaTeX's macros and environments by name: ``macros.yaml``, and what the look of a name or an argument tells."""

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import yaml

from ingest.readers.tex.grammar import LINE
from ingest.readers.tex.sheet import SOFT

_MOST_LAYOUT = 200
"""Characters of a setting; what is longer is text."""
_OPTION = re.compile(r"\s*[a-z@*-]+(?:\s*,\s*[a-z@*-]+)*\s*")
SIGNS = {
    **{
        "~": " ",
        "``": "“",
        "''": "”",
        "`": "‘",
        "'": "’",
        "--": "–",
        "---": "—",
        "?`": "¿",
        "!`": "¡",
        "<<": "«",
        ">>": "»",
    },
    LINE: SOFT,
}
"""What TeX's ligatures and active signs print."""
GERMAN = frozenset({"german", "ngerman", "austrian", "naustrian", "swissgerman", "nswissgerman"})
"""Options under which a straight quotation mark makes an umlaut of the letter behind it."""
UMLAUTS = dict(zip("aouAOUs", "äöüÄÖÜß", strict=True)) | {
    **{"`": "„", "'": "“", "=": "-", "~": "-", "-": "", '"': "", "<": "«", ">": "»"}
}
_ICON = re.compile(r"\\(?:fa|ai)(?:[A-Z]\w*)?|\\\w+(?:[sS]ymbol|[iI]con)")
_LENGTH = r"[-+]?\s*(?:\d*[.,]?\d+)?\s*(?:\\\w+|(?:true)?(?:pt|em|ex|cm|mm|in|sp|bp|px|pc|mu|fil+))\s*"
_LAYOUT = re.compile(
    rf"\s*(?:(?:{_LENGTH}(?:plus|minus|[-+*/])?\s*)+|[\w\s/*-]+=.*|[-+]?0?\.\d+|#[0-9A-Fa-f]{{6}}|[*!]?)\s*", re.DOTALL
)
_SETTING = re.compile(
    r"\s*(?:[-+]?\d*[.,]?\d+|[lcrtbhpHsxX|!@*]{1,4}|(?:flush)?(?:left|right|top|center|bottom)|\w*color\w*)\s*"
)


@cache
def names(kind: str) -> frozenset[str]:
    """The macros (with their backslash) or environments listed as ``kind``."""
    listed = _data()[kind]
    is_macro = kind in {"paragraph", "rule", "column", "line", "kept", "conditionals"}
    return frozenset("\\" + name if is_macro else name for name in listed)


@cache
def shape(kind: str, name: str) -> str | None:
    """The shape of the arguments of ``name`` as the list ``kind`` says it; ``None`` where it is not listed."""
    return _shapes(kind).get(name)


def shaped(kind: str) -> Iterable[str]:
    """Every name that the list ``kind`` gives the shape of."""
    return _shapes(kind)


@cache
def symbols() -> dict[str, str]:
    """What macros print that are signs of their own."""
    return {"\\" + name: shown for name, shown in _data()["symbols"].items()}


@cache
def titles() -> dict[str, int]:
    """The sectioning macros and the level of their headings."""
    return {"\\" + name: level for name, level in _data()["titles"].items()}


def is_icon(token: str) -> bool:
    """Whether the macro prints a picture."""
    return _ICON.fullmatch(token) is not None


def is_layout(argument: str) -> bool:
    """Whether an argument of an unknown macro is a length or a setting rather than text."""
    return len(argument) < _MOST_LAYOUT and _LAYOUT.fullmatch(argument) is not None


def is_option(argument: str) -> bool:
    """Whether an optional argument of an unknown macro is no text: a setting, or bare words in small letters."""
    return is_setting(argument) or (len(argument) < _MOST_LAYOUT and _OPTION.fullmatch(argument) is not None)


def is_setting(argument: str) -> bool:
    """Whether an argument of an unknown environment is no text: a length, a number, columns."""
    return is_layout(argument) or _SETTING.fullmatch(argument) is not None


@cache
def _shapes(kind: str) -> dict[str, str]:
    prefix = "\\" if kind in {"silent", "bibliography", "cites"} else ""
    return {prefix + str(name): arguments for arguments, listed in _data()[kind].items() for name in listed}


@cache
def _data() -> dict[str, Any]:
    text = resources.files("ingest.readers.tex").joinpath("macros.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    return data
