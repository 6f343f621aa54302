"""Whether a claim only quotes what a source prints."""

import re
from collections.abc import Sequence

from app.answer.claim import marks
from app.answer.claim.exact import PERSON, PERSONS, exact
from app.answer.claim.folding import fold, plain
from app.answer.claim.implied import PROSE, Statement
from app.answer.claim.wording import IT, JOINS, LEAD_IN, LEADS, limits
from app.answer.claim.words import CJK

_QUOTE = re.compile(r"^[“„«\"「]\s?([^“”„«»\"「」]+?)\s?[”“»\"」]\s*[.。]?$")
_BETWEEN = re.compile(r"(?<=[”“»\"」])\s*(?:[,;、]|,?\s*(?:and|und|sowie|et|y|e|和))\s*(?=[“„«\"「])")
_OF = re.compile(
    r"^(?:For|Of|On|About|Under|Für|Zu[rm]?|Über|Unter|Pour|Sur|Sous|Sobre|Para|Bajo|Per|Sotto|Su)\s+(?P<what>.+?),?\s+"
    r"(?P<says>(?:the|his|her|their|der|das|die|le|la|el|il|o|a)\s+(?:CV|record|page|profile|Lebenslauf|Profil|profil)\b.+"
    r"|steht im Lebenslauf\b.+|nennt das Profil\b.+)$"
)
"""A quotation with what it is about in front: "For the MBA, the CV says “…”"."""
_CALLED = re.compile(
    r"^(?P<thing>[^“„«\"]{3,80}?)\s+(?:is|was|heißt|hieß|lautet|ist|war|est|était|es|era|fue|è|é|foi)\s+"
    r"(?:(?:titled|called|entitled|betitelt|intitulée?|titulad[ao]|intitolat[ao])\s+)?[“„«\"]\s?(?P<name>[^“”„«»\"]+?)\s?[”“»\"]\s*[.。]?$"
)
"""A name in quotation marks, and what it is the name of: "The thesis was “…”"."""
_INVERTED = re.compile(r"^(steht|nennt) (im Lebenslauf|das Profil)\b")
_SENTENCE = re.compile(r"[;；。!?]|\.\s")
_LEAST = 3
"""Words of a quotation without a number."""


def is_quoted(text: str, statements: Sequence[Statement], own: frozenset[str]) -> bool:
    """Whether ``text`` is nothing but quotations of what ``statements`` print, and of no part of it that what is beside it limits."""
    about = _OF.match(text)
    if about:
        what = [t.norm for t in exact(about["what"], own) if t.word not in LEADS | JOINS]
        named = [s for s in statements if set(what) <= {t.norm for t in exact(s.text, own, is_source=True)}]
        groups = {s.group for s in named if s.group and s.kind == "head"}
        statements = [*named, *(s for s in statements if s.group in groups)]
        says = about["says"]
        text = _INVERTED.sub(r"\2 \1", says)
        text = text[0].upper() + text[1:]
    if called := _CALLED.match(text):
        return any(_is_called(called["thing"], called["name"], s, own) for s in statements)
    bare = LEAD_IN.sub("", IT.sub("The CV", text))
    if bare == text:
        return False
    quotes = [_QUOTE.match(part) for part in _BETWEEN.split(bare)]
    return all(quote is not None and _is_in(quote[1], statements) for quote in quotes)


def _is_called(thing: str, name: str, statement: Statement, own: frozenset[str]) -> bool:
    """Whether a statement prints a name, with the words for the thing that has it before and no other label or name between."""
    printed = " ".join(fold(statement.text).split())
    at = printed.find(" ".join(fold(name).split()).rstrip(" .,"))
    if at < 0 or limits(statement.text):
        return False
    before = exact(printed[:at], own, is_source=True)
    things = {t.norm for t in exact(thing, own) if t.word not in LEADS}
    last = next((t for t in reversed(before) if t.norm in things), None)
    if last is None or not things <= {t.norm for t in before} | {PERSON, PERSONS}:
        return False
    return re.search(r"\w|[.;].*[.;]", printed[:at].rsplit(last.word, 1)[-1]) is None


def misquotes(text: str, statements: Sequence[Statement]) -> bool:
    """Whether a quotation in ``text`` leaves something out."""
    printed = [plain(s.text) for s in statements]
    return any(not any(plain(quote) in text for text in printed) for quote in marks.quotes(text))


def _is_in(quote: str, statements: Sequence[Statement]) -> bool:
    """Whether a quotation stands in a statement, with nothing beside it that limits it."""
    said = " ".join(fold(quote).split()).rstrip(" .")
    least = _LEAST - any(c.isdigit() for c in said)
    if len(said.split()) < least and len(CJK.sub("", said)) >= len(said) - 3:
        return False
    whole = re.compile(rf"(?<![\w‐‑-]){re.escape(said)}(?![\w‐‑-])" if not CJK.search(said) else re.escape(said))
    for statement in statements:
        printed = " ".join(fold(statement.text).split())
        for match in whole.finditer(printed):
            before = printed[: match.start()]
            beside = _SENTENCE.split(before)[-1] if statement.kind in PROSE else before
            if not limits(f"{beside} {printed[match.end() :]}"):
                return True
    return False
