"""Expansion: the tokens of a document that no macro of its own, no conditional and no inputted file stands for any more."""

from collections.abc import Iterator

from ingest.readers.tex.decide import CHOICES, PEEKS, choose, decide, is_conditional, skip
from ingest.readers.tex.define import DEFINITIONS
from ingest.readers.tex.gullet import Gullet, text_of
from ingest.readers.tex.load import LOADS
from ingest.readers.tex.macro import filled

_COMMANDS = {**DEFINITIONS, **LOADS}


def expanded(gullet: Gullet) -> Iterator[str]:
    """What is left of ``gullet`` one token at a time; the caller may take the arguments of a token out of ``gullet``.

    Raises:
        SourceUnreadable: macros or files that never end, or a file outside of the profile's folder.
    """
    while (token := gullet.next()) is not None:
        if token[0] != "\\":
            gullet.shown()
            yield token
        elif token in gullet.macros:
            macro = gullet.macros[token]
            gullet.expand(filled(macro.body, gullet.arguments(macro.parameters)))
        elif token in _COMMANDS:
            _COMMANDS[token](gullet)
        elif token in CHOICES or token in PEEKS:
            choose(gullet, token, expanded_tokens)
        elif token in {"\\begin", "\\end"}:
            name = text_of(gullet.argument())
            if not (_begin(gullet, name) if token == "\\begin" else _end(gullet, name)):
                gullet.push(["{", name or " ", "}"])
                yield token
        elif is_conditional(gullet, token):
            decide(gullet, token, expanded_tokens)
        elif token in {"\\else", "\\or", "\\fi"}:
            _close_branch(gullet, token)
        elif not _switch(gullet, token):
            yield token


def expanded_tokens(gullet: Gullet, found: list[str]) -> list[str]:
    """``found`` expanded as far as it goes."""
    with gullet.only(found):
        return list(expanded(gullet))


def _begin(gullet: Gullet, name: str) -> bool:
    environment = gullet.environments.get(name)
    if environment is None:
        return False
    arguments = gullet.arguments(environment.parameters, name)
    gullet.open_environments.append((name, arguments))
    gullet.expand(["\\begingroup", *filled(environment.body, arguments)])
    return True


def _end(gullet: Gullet, name: str) -> bool:
    if name not in gullet.environments or name not in {opened for opened, _ in gullet.open_environments}:
        return False
    arguments: list[list[str]] = []
    while gullet.open_environments:
        opened, arguments = gullet.open_environments.pop()
        if opened == name:
            break
    gullet.expand([*filled(gullet.environments[name].end, arguments), "\\endgroup"])
    return True


def _close_branch(gullet: Gullet, token: str) -> None:
    if gullet.open_conditionals == 0:
        return
    if token == "\\fi":
        gullet.open_conditionals -= 1
    else:
        skip(gullet, set())


def _switch(gullet: Gullet, token: str) -> bool:
    r"""``\showtrue`` of a switch ``\ifshow``."""
    for ending, value in (("true", True), ("false", False)):
        name = token[1:].removesuffix(ending)
        if token.endswith(ending) and name in gullet.switches:
            gullet.switches[name] = value
            return True
    return False
