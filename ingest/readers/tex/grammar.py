"""LaTeX's grammar and its tables of accents, symbols and formulas, all from pylatexenc.

A token is a string that tells its kind by how it begins: ``\\name`` a macro, ``{`` and ``}`` a group, ``#1`` a parameter, ``$`` a formula,
``PARAGRAPH`` a blank line, ``LINE`` a line end of the source, a space, a word, or one sign.
"""

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from pylatexenc import latex2text, latexwalker, macrospec

PARAGRAPH = "\n\n"
LINE = "\n"
SPACES = {" ", LINE}

_WORD = re.compile(r"[^\W_]+")
_SPACE = re.compile(r"\s+")
_PARAMETER = re.compile(r"#+[1-9]?")
_NAME = re.compile(r"[A-Za-z]+")
_NAME_AT = re.compile(r"[A-Za-z@]+")
_AFTER_NAME = re.compile(r"[ \t]*(?:\n(?![ \t]*\n)[ \t]*)?")
_ADDRESS = re.compile(r"\\(?:href|url|nolinkurl|path|hrefWithoutArrow)\s*(?=\{)")
_VERBATIM = re.compile(
    r"\\begin\s*\{(?P<name>[vV]erbatim\*?|lstlisting|minted|comment)\}(?P<text>.*?)(?:\\end\s*\{(?P=name)\}|\Z)",
    re.DOTALL,
)
_VERB = re.compile(r"\\(?:verb|lstinline)\*?(?P<mark>[^A-Za-z\s*{])(?P<text>[^\n]*?)(?P=mark)")
_LITERAL = {"\\": "\\textbackslash", "~": "\\textasciitilde", "^": "\\textasciicircum"} | {
    c: "\\" + c for c in "{}$&#_%"
}
_SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_LETTERS = re.compile("[\U0001d400-\U0001d7ff]")
"""Bold, slanted and other letters of formulas: printed so, read as the letters they are."""
_TORN = (latexwalker.LatexWalkerError, LookupError, AttributeError, ValueError)
"""What pylatexenc raises over formulas that are torn: its own errors, and those of its tables for arguments that are missing."""
_LONGEST_ADDRESS = 4000
_MOST_FORMULA = 2000
"""Characters of a formula that are typeset; a longer one is shown by its words and signs."""
_MOST_NESTED = 60
"""Groups and macros of one; more could stand inside of one another than Python may call."""


def tokens(text: str, *, at_is_letter: bool = False) -> list[str]:
    """The tokens of ``text`` without its comments; ``at_is_letter`` as inside a class or style file."""
    return list(_tokens(re.sub(r"[ \t\r\f\v]*\n", "\n", text), at_is_letter))


def _tokens(text: str, at_is_letter: bool, *, is_address: bool = False) -> Iterator[str]:
    walker = latexwalker.LatexWalker(text)
    state = walker.make_parsing_state()
    at, end = 0, len(text)
    while at < end:
        if match := _WORD.match(text, at) or _PARAMETER.match(text, at):
            yield match[0]
            at = match.end()
        elif match := _SPACE.match(text, at):
            yield PARAGRAPH if match[0].count("\n") > 1 else LINE if "\n" in match[0] else " "
            at = match.end()
        elif text[at] == "\\":
            verbatim = _VERB.match(text, at) or _VERBATIM.match(text, at)
            if verbatim:
                yield from () if verbatim.groupdict().get("name") == "comment" else _literal(verbatim["text"])
                at = verbatim.end()
            elif not is_address and (address := _ADDRESS.match(text, at)):
                close = _closing(text, address.end())
                inside = re.sub(r"(?<!\\)%", r"\\%", text[address.end() + 1 : close])
                yield from (address[0].strip(), "{", *_tokens(inside, at_is_letter, is_address=True), "}")
                at = close + 1
            else:
                name, at = _macro(text, at, at_is_letter)
                at_is_letter = name == "\\makeatletter" or (at_is_letter and name != "\\makeatother")
                yield name
        else:
            token = walker.get_token(at, environments=False, parsing_state=state)
            if token.tok != "comment":
                yield text[token.pos : token.pos + token.len]
            at = token.pos + token.len


def _macro(text: str, at: int, at_is_letter: bool) -> tuple[str, int]:
    """The macro at ``at`` and where the text goes on; the spaces behind a name belong to it."""
    name = (_NAME_AT if at_is_letter else _NAME).match(text, at + 1)
    if name is None:
        sign = text[at + 1 : at + 2]
        return ("\\ " if not sign or sign.isspace() else "\\" + sign), at + 2
    after = _AFTER_NAME.match(text, name.end())
    return "\\" + name[0], after.end() if after else name.end()


def _closing(text: str, opening: int) -> int:
    """Where the group that opens at ``opening`` closes; the end of the line where it does not close in its paragraph."""
    depth = 0
    for at in range(opening, min(len(text), opening + _LONGEST_ADDRESS)):
        if text[at] in "{}" and text[at - 1] != "\\":
            depth += 1 if text[at] == "{" else -1
            if depth == 0:
                return at
        elif text.startswith("\n\n", at):
            break
    end = text.find("\n", opening)
    return end if end >= 0 else len(text)


def _literal(text: str) -> Iterator[str]:
    for piece in re.findall(r"[^\W_]+|\n\s*\n|\n|\s|.", text):
        yield PARAGRAPH if piece.count("\n") > 1 else "\\newline" if piece == "\n" else _LITERAL.get(piece, piece)


def source_of(found: Sequence[str]) -> str:
    """``found`` as LaTeX again."""
    pieces: list[str] = []
    for number, token in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else ""
        glued = token[0] == "\\" and token[-1].isalpha() and (following[:1].isalnum() or following[:1] == "@")
        pieces.append(token + " " if glued else token)
    return "".join(pieces)


@cache
def symbol(name: str) -> str | None:
    """What the macro ``\\name`` prints by itself: ``ss`` → ``ß``; ``None`` for one that prints nothing or takes arguments."""
    spec = _symbols().get_macro_spec(name)
    shown = getattr(spec, "simplify_repl", None)
    return shown if isinstance(shown, str) and "%" not in shown and "<" not in shown else None


@cache
def is_accent(name: str) -> bool:
    """Whether ``\\name`` sets an accent on the letter behind it."""
    return name in {*"'`^\"~=.", *"uvHtcdbrkG"} and _symbols().get_macro_spec(name) is not None


@cache
def accented(name: str, letter: str) -> str:
    """``letter`` under the accent ``\\name``: ``'``, ``e`` → ``é``."""
    plain = letter.replace("ı", "\\i ").replace("ȷ", "\\j ")
    return str(_typesetter().latex_to_text(f"\\{name}{{{plain}}}")) if letter.isalpha() else letter


def formula(found: Sequence[str], before: str) -> str:
    """A formula as a line of text: ``4.4\\times`` → ``4.4×``, ``^*`` → ``*``; ``before`` is the sign printed in front of it."""
    shown = before
    plain: list[str] = []
    rest = list(found)
    while rest:
        token = rest.pop(0)
        if token not in {"^", "_"}:
            plain.append(token)
            continue
        shown += _typeset(plain)
        plain = []
        raised = _typeset(_script(rest))
        own = re.search(r"[\w)]$", shown[len(before) :]) or re.search(r"[\d)]$", shown)
        is_power = token == "^" and re.fullmatch(r"[-+−]?[\dn]+" if own else r"[-−]\d+", raised)
        shown += raised.translate(_SUPERSCRIPT) if is_power else raised
    return (shown + _typeset(plain))[len(before) :]


def _script(rest: list[str]) -> list[str]:
    """Takes what is raised or lowered off ``rest``: a group, or one sign."""
    taken: list[str] = []
    depth = 0
    while rest and rest[0] in SPACES:
        rest.pop(0)
    while rest:
        token = rest.pop(0)
        depth += (token == "{") - (token == "}")
        if depth <= 0 and token[0] not in "\\{}" and len(token) > 1:
            rest.insert(0, token[1:])
            token = token[0]
        taken.append(token)
        if depth <= 0:
            break
    return taken


def _typeset(found: Sequence[str]) -> str:
    source = source_of(found).replace("\n\n", "\n")
    bare = re.sub(r"\\[A-Za-z@]+ ?|[\\{}$^_&#%~]", "", source)
    if (
        not source
        or bare == source
        or len(source) > _MOST_FORMULA
        or source.count("{") + source.count("\\") > _MOST_NESTED
    ):
        return bare
    text = re.sub(r"(?<!\\)[$#%&]", "", source)
    try:
        shown = str(_typesetter().latex_to_text(f"${text}$"))
    except _TORN:
        return bare
    return _LETTERS.sub(lambda m: unicodedata.normalize("NFKC", m[0]), " ".join(shown.split(" ")))


@cache
def _typesetter() -> latex2text.LatexNodes2Text:
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)  # its warnings over torn formulas are no news to anybody
    return latex2text.LatexNodes2Text(math_mode="text")


@cache
def _symbols() -> macrospec.LatexContextDb:
    return latex2text.get_default_latex_context_db()
