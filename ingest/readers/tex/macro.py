"""Macros that a document defines: what they take and what they expand into."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_HEADING = re.compile(
    r"\\\w*?(?P<sub>(?:sub)*)(?:sect(?:ion)?|sec|heading|rubric)(?:title|head|name|header|heading)?", re.IGNORECASE
)
_SECTIONS = {"\\section", "\\subsection", "\\subsubsection", "\\chapter", "\\part"}
NO_VALUE = "\\viva@novalue"
"""Stands for an optional argument that was not given."""
TRUE, FALSE = "\\viva@true", "\\viva@false"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument of a macro: a group, an optional one in brackets, a star, or all up to some tokens."""

    kind: Literal["group", "optional", "star", "until", "literal", "maybe", "body"]
    default: tuple[str, ...] = ()
    """What an optional argument is when it is not given."""
    delimiter: tuple[str, ...] = ()
    """The brackets of an optional argument, or the tokens that end or make up the others."""


@dataclass(frozen=True, slots=True)
class Macro:
    """What a name stands for, and at an environment's end ``end``."""

    parameters: tuple[Parameter, ...] = ()
    body: tuple[str, ...] = ()
    end: tuple[str, ...] = ()


def filled(body: Sequence[str], arguments: Sequence[Sequence[str]]) -> list[str]:
    """``body`` with its parameters ``#1`` … replaced; ``##1`` becomes the ``#1`` of a macro defined inside."""
    found: list[str] = []
    for token in body:
        if token[0] != "#" or token == "#":
            found.append(token)
        elif token[1] == "#":
            found.append(token[len(token.rstrip("123456789")) // 2 :])
        elif int(token[1:]) <= len(arguments):
            found += arguments[int(token[1:]) - 1]
    return found


def counted(count: int, default: Sequence[str] | None) -> tuple[Parameter, ...]:
    r"""The parameters of ``\newcommand``: ``count`` groups, the first optional where it has a ``default``."""
    groups = (Parameter("group"),) * max(0, min(count, 9))
    return groups if default is None else (Parameter("optional", tuple(default), ("[", "]")), *groups[1:])


def of_definition(pattern: Sequence[str]) -> tuple[Parameter, ...]:
    r"""The parameters of ``\def``: ``#1#2;`` is a group, and all up to a semicolon."""
    found: list[Parameter] = []
    literal: list[str] = []
    held = False
    for token in [*pattern, "#"]:
        if token[0] != "#":
            literal.append(token)
            continue
        if held:
            found.append(Parameter("until", delimiter=tuple(literal)) if literal else Parameter("group"))
        elif literal:
            found.append(Parameter("literal", delimiter=tuple(literal)))
        literal, held = [], True
    return tuple(found)


def of_document_command(specification: Sequence[str]) -> tuple[Parameter, ...]:
    r"""The parameters of ``\NewDocumentCommand``: ``s m o O{default} d() +b``."""
    found: list[Parameter] = []
    rest = [t for token in specification for t in (token if token.isalpha() else [token]) if not t.isspace()]
    while rest:
        kind = rest.pop(0)
        if kind == "m" or kind == "v":
            found.append(Parameter("group"))
        elif kind in {"o", "O", "d", "D"}:
            brackets = (rest.pop(0), rest.pop(0)) if kind in "dD" and len(rest) > 1 else ("[", "]")
            default = _group(rest) if kind in "OD" else [NO_VALUE]
            found.append(Parameter("optional", tuple(default), brackets))
        elif kind in {"s", "t"}:
            found.append(Parameter("star", delimiter=(rest.pop(0) if kind == "t" and rest else "*",)))
        elif kind == "g":
            found.append(Parameter("maybe", (NO_VALUE,)))
        elif kind == "b":
            found.append(Parameter("body"))
    return tuple(found)


def as_heading(name: str, macro: Macro) -> Macro:
    """A macro whose one argument its name calls a heading, as one: its definition only says how a heading looks."""
    match = _HEADING.fullmatch(name)
    if (
        match is None
        or [p.kind for p in macro.parameters] != ["group"]
        or "#1" not in macro.body
        or _SECTIONS & set(macro.body)
    ):
        return macro
    level = 2 + match["sub"].lower().count("sub")
    return Macro(macro.parameters, ("\\viva@heading", "{", str(level), "}", "{", "#1", "}"))


def _group(rest: list[str]) -> list[str]:
    """Takes a group off ``rest``."""
    depth = 0
    for number, token in enumerate(rest):
        depth += (token == "{") - (token == "}")
        if depth == 0:
            taken = rest[1:number] if token == "}" else rest[: number + 1]
            del rest[: number + 1]
            return taken
    return []
