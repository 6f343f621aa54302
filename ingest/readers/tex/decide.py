"""Conditionals: which branch of a document is printed. What cannot be told is taken as not so, like a new switch of TeX."""

import re
from collections.abc import Callable

from ingest.readers.tex.grammar import source_of
from ingest.readers.tex.gullet import Gullet, text_of
from ingest.readers.tex.macro import NO_VALUE, TRUE, Macro
from ingest.readers.tex.vocabulary import names

Expand = Callable[[Gullet, list[str]], list[str]]
"""Expands tokens as far as they go."""

_ENGINES = {
    "pdf": True,
    "PDFTeX": True,
    "pdftex": True,
    "xetex": False,
    "luatex": False,
    "XeTeX": False,
    "LuaTeX": False,
    "xetexorluatex": False,
}
_COMPARING = {"\\ifnum", "\\ifdim"}
_BOUNDED = re.compile(r"(?P<left>-?\s*[\d.]+)\s*(?:pt|em|cm|mm|in|ex)?\s*(?P<sign>[<>=])\s*(?P<right>-?\s*[\d.]+)")


def is_conditional(gullet: Gullet, token: str) -> bool:
    r"""Whether ``token`` opens a conditional that a ``\fi`` closes."""
    name = token.removeprefix("\\if")
    return token.startswith("\\if") and (token in names("conditionals") or name in gullet.switches or name in _ENGINES)


def decide(gullet: Gullet, token: str, expand: Expand) -> None:
    """Reads the test of the conditional ``token`` and leaves its branch to be read."""
    gullet.open_conditionals += 1
    if token == "\\ifcase":
        number = text_of(_number(gullet, expand))
        for _ in range(min(int(number), 50) if number.isdigit() else 0):
            if skip(gullet, {"\\or", "\\else"}) != "\\or":
                break
    elif not _holds(gullet, token, expand):
        skip(gullet, {"\\else"})


def skip(gullet: Gullet, stops: set[str]) -> str | None:
    r"""Drops all up to one of ``stops`` or the ``\fi`` that closes this conditional; says at which it stopped."""
    depth = 0
    while (token := gullet.next()) is not None:
        if is_conditional(gullet, token):
            depth += 1
        elif token == "\\fi":
            if depth == 0:
                gullet.open_conditionals -= 1
                return token
            depth -= 1
        elif depth == 0 and token in stops:
            return token
    return None


def _holds(gullet: Gullet, token: str, expand: Expand) -> bool:
    name = token.removeprefix("\\if")
    if name in gullet.switches:
        return gullet.switches[name]
    if token in {"\\ifx", "\\if", "\\ifcat"}:
        left, right = gullet.next(), gullet.next()
        return _meaning(gullet, left) == _meaning(gullet, right)
    if token == "\\ifdefined":
        return gullet.next() in gullet.macros
    if token == "\\ifcsname":
        return "\\" + text_of(gullet.until(["\\endcsname"])) in gullet.macros
    if token in _COMPARING:
        return _compare(_number(gullet, expand))
    if token == "\\ifodd":
        number = text_of(_number(gullet, expand))
        return number.isdigit() and int(number) % 2 == 1
    return token == "\\iftrue" or _ENGINES.get(name, False)


def _meaning(gullet: Gullet, token: str | None) -> Macro | str | None:
    if token is None or token[0] != "\\":
        return token
    undefined = "@" in token or token in {"\\undefined", "\\relax"} or token[1:].isalpha()
    return gullet.macros.get(token, "\\undefined" if undefined else token)


def _number(gullet: Gullet, expand: Expand) -> list[str]:
    r"""Takes the tokens of a number or a comparison: up to a space, a line end, a ``\relax`` or a word behind the last digit."""
    taken: list[str] = []
    while (token := gullet.peek()) is not None:
        shown = source_of(taken)
        complete = re.search(r"[<>=]\s*-?[\d.]+(?:pt|em|cm|mm|in|ex)?$", shown)
        if token == "\\relax" or (complete and not re.fullmatch(r"[\d.]+|pt|em|cm|mm|in|ex", token)) or len(taken) > 60:
            break
        if token.isspace() and re.fullmatch(r"\d+", shown):
            break
        gullet.next()
        taken += expand(gullet, [token]) if token in gullet.macros and not gullet.macros[token].parameters else [token]
    return taken


def _compare(taken: list[str]) -> bool:
    match = _BOUNDED.match(source_of(taken).strip())
    if match is None:
        return False
    left, right = (_float(match[side]) for side in ("left", "right"))
    return {"<": left < right, ">": left > right, "=": left == right}[match["sign"]]


def _float(text: str) -> float:
    digits = re.match(r"-?\d*\.?\d*", text.replace(" ", ""))
    return float(digits[0]) if digits and re.search(r"\d", digits[0]) else 0.0


def _test(gullet: Gullet, found: list[str], expand: Expand) -> bool:
    r"""A test of ``\ifthenelse``: ``\equal{a}{b}``, ``\boolean{x}``, a comparison, with ``\not``, ``\and`` and ``\or``."""
    with gullet.only(found):
        value, negated, joined = False, False, "\\or"
        while (token := gullet.next()) is not None:
            if token in {"\\not", "\\NOT"}:
                negated = not negated
                continue
            if token in {"\\and", "\\AND", "\\or", "\\OR"}:
                joined = token.lower()
                continue
            if token.isspace():
                continue
            part = _part(gullet, token, expand) is not negated
            value = (value and part) if joined == "\\and" else (value or part)
            negated = False
    return value


def _part(gullet: Gullet, token: str, expand: Expand) -> bool:
    match token:
        case "\\equal":
            return _shown(gullet, expand) == _shown(gullet, expand)
        case "\\isempty":
            return not _shown(gullet, expand)
        case "\\boolean":
            return gullet.switches.get(text_of(gullet.argument()), False)
        case "\\isundefined":
            return (gullet.next() or "") not in gullet.macros
        case "\\lengthtest" | "\\(":
            return _compare(expand(gullet, gullet.argument()))
    gullet.push([token])
    rest: list[str] = []
    while (following := gullet.peek()) is not None and following not in {"\\and", "\\AND", "\\or", "\\OR"}:
        rest.append(following)
        gullet.next()
    return _compare(expand(gullet, rest))


def _shown(gullet: Gullet, expand: Expand) -> str:
    return source_of(expand(gullet, gullet.argument())).strip()


def _is_blank(gullet: Gullet, expand: Expand) -> bool:
    return not _shown(gullet, expand)


def _is_defined(gullet: Gullet, expand: Expand) -> bool:
    return "".join(gullet.argument()) in gullet.macros


def _is_named(gullet: Gullet, expand: Expand) -> bool:
    return "\\" + text_of(gullet.argument()) in gullet.macros


def _is_on(gullet: Gullet, expand: Expand) -> bool:
    return gullet.switches.get(text_of(gullet.argument()), False)


def _are_equal(gullet: Gullet, expand: Expand) -> bool:
    return _shown(gullet, expand) == _shown(gullet, expand)


def _contains(gullet: Gullet, expand: Expand) -> bool:
    text = _shown(gullet, expand)
    return _shown(gullet, expand) in text


def _is_missing(gullet: Gullet, expand: Expand) -> bool:
    return gullet.argument() == [NO_VALUE]


def _is_true(gullet: Gullet, expand: Expand) -> bool:
    return gullet.argument() == [TRUE]


def _is_test(gullet: Gullet, expand: Expand) -> bool:
    return _test(gullet, gullet.argument(), expand)


def _no(gullet: Gullet, expand: Expand) -> bool:
    gullet.argument()
    return False


_Test = Callable[[Gullet, Expand], bool]
CHOICES: dict[str, tuple[_Test, bool, bool]] = {
    **dict.fromkeys(["\\ifthenelse"], (_is_test, True, True)),
    **dict.fromkeys(
        ["\\ifstrempty", "\\ifblank", "\\@ifmtarg", "\\ifdefempty", "\\ifdefvoid", "\\ifempty", "\\IfBlankTF"],
        (_is_blank, True, True),
    ),
    **dict.fromkeys(["\\@ifnotmtarg", "\\notblank"], (_is_blank, False, True)),
    **dict.fromkeys(
        ["\\ifstrequal", "\\ifdefstring", "\\IfEq", "\\IfStrEq", "\\ifdefstrequal"], (_are_equal, True, True)
    ),
    "\\IfSubStr": (_contains, True, True),
    "\\ifdef": (_is_defined, True, True),
    "\\ifundef": (_is_defined, False, True),
    **dict.fromkeys(["\\ifcsdef"], (_is_named, True, True)),
    **dict.fromkeys(["\\ifcsundef", "\\@ifundefined"], (_is_named, False, True)),
    **dict.fromkeys(["\\ifbool", "\\iftoggle"], (_is_on, True, True)),
    **dict.fromkeys(["\\notbool", "\\nottoggle"], (_is_on, False, True)),
    "\\IfNoValueTF": (_is_missing, True, True),
    "\\IfValueTF": (_is_missing, False, True),
    "\\IfNoValueT": (_is_missing, True, False),
    "\\IfValueT": (_is_missing, False, False),
    "\\IfNoValueF": (_is_missing, False, False),
    "\\IfValueF": (_is_missing, True, False),
    "\\IfBooleanTF": (_is_true, True, True),
    "\\IfBooleanT": (_is_true, True, False),
    "\\IfBooleanF": (_is_true, False, False),
    "\\IfFileExists": (_no, True, True),
}
"""Tests whose branches are arguments: the test, the answer that takes the first branch, and whether there is a second one."""

PEEKS = frozenset(["\\@ifnextchar", "\\kernel@ifnextchar", "\\ifnextchar", "\\@ifstar"])
"""Tests of the token behind both of their branches."""


def choose(gullet: Gullet, token: str, expand: Expand) -> None:
    """Reads the test ``token`` and both of its branches, and leaves the one that holds."""
    if token in PEEKS:
        sign = ["*"] if token == "\\@ifstar" else gullet.argument()
        first, other = gullet.argument(), gullet.argument()
        found = [gullet.peek()] == sign
        if found and token == "\\@ifstar":
            gullet.next()
        gullet.push(first if found else other)
        return
    test, wanted, has_other = CHOICES[token]
    holds = test(gullet, expand) is wanted
    first = gullet.argument()
    other = gullet.argument() if has_other else []
    gullet.push(first if holds else other)
