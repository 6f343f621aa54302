"""Arguments of macros that take more than a definition tells: lengths without braces, and what nobody foresaw."""

import re
from collections.abc import Sequence

from ingest.readers.tex.grammar import PARAGRAPH, source_of
from ingest.readers.tex.gullet import Gullet
from ingest.readers.tex.vocabulary import is_option

_UNIT = r"(?:true)?(?:pt|em|ex|cm|mm|in|sp|bp|px|pc|mu|fil+)"
_NUMBER = r"[-+]?\s*(?:\d+[.,]?\d*|[.,]\d+)"
_REGISTER = r"\\[a-z]*(?:width|height|skip|sep|indent|size|margin|stretch|depth)\b"
_LENGTH = re.compile(
    rf"\s*=?\s*(?:{_NUMBER}\s*(?:{_UNIT}\b|{_REGISTER})?|[-+]?\s*{_REGISTER})(?:\s*(?:plus|minus|height|width|depth)\s*{_NUMBER}\s*{_UNIT}\b)*"
    rf"|(?:\s*(?:height|width|depth)\s*(?:{_NUMBER}\s*{_UNIT}\b|{_REGISTER}))+"
)
_MOST_OF_LENGTH = 24
"""Tokens that a length may come to."""


def drop(gullet: Gullet, shape: str) -> None:
    """Drops arguments of that shape: ``*`` a star, ``[`` or ``(`` an optional one, ``{`` a group, ``=`` a length, ``t`` all up to a group."""
    for kind in shape:
        match kind:
            case "*":
                gullet.star()
            case "[":
                gullet.optional()
            case "(":
                gullet.optional(("(", ")"))
            case "=":
                _drop_length(gullet)
            case "t":
                while (token := gullet.peek()) is not None and token not in {"{", PARAGRAPH}:
                    gullet.next()
                gullet.argument()
            case _:
                gullet.argument()


def texts(gullet: Gullet) -> list[list[str]]:
    """Takes the arguments that follow a name nobody foresaw: all groups, and the optional ones that read as text."""
    if gullet.star() and gullet.peek() not in {"{", "["}:
        gullet.push(["*"])
    found: list[list[str]] = []
    while True:
        if gullet.has_group():
            found.append(gullet.argument())
        elif gullet.peek() == "[" and (option := gullet.optional()) is not None:
            found += [] if is_option(source_of(option)) else [option]
        else:
            return found


def in_columns(given: Sequence[Sequence[str]]) -> list[str]:
    """The texts side by side."""
    found: list[str] = []
    for text in given:
        found += [*(["\\hfill"] if found else []), "{", *text, "}"]
    return found


def _drop_length(gullet: Gullet) -> None:
    match = _LENGTH.match("".join(gullet.upcoming(_MOST_OF_LENGTH)))
    rest = match.end() if match else 0
    while rest > 0 and (token := gullet.next()) is not None:
        if len(token) > rest:
            gullet.push([token[rest:]])
        rest -= len(token)
