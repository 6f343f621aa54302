"""Names of one letter, "R", "C++", "C#": the letter is an initial wherever it stands in a person's name."""

import re
from functools import lru_cache

from ingest.sentences import LETTER

_SYMBOL = re.compile(rf"(?<![\d_.'’&@/-])(?<!{LETTER})(?:[A-Z](?:\+\+|#)|[B-HJ-WYZ])(?![\d_'’&@+#/-]|\.\s*\w|{LETTER})")
"""Not "I" and "A", which are words, nor "X", which is where people post."""
_AFTER_NAME = re.compile(rf"[A-Z]{LETTER}+ $")
_BESIDE = re.compile(r"\b(?:and|or|und|oder|et|ou|y|o|e)\b|[,/、和或与]", re.IGNORECASE)


def symbols_in(question: str) -> tuple[tuple[int, int, str], ...]:
    """The names of one letter that ``question`` has, each with its start and its end before it."""
    found = (m for m in _SYMBOL.finditer(question) if not _AFTER_NAME.search(question, 0, m.start()))
    return tuple((*m.span(), m[0]) for m in found)


def is_symbol_alone(name: str, question: str) -> bool:
    """Whether ``name`` is one of one letter and ``question`` names nothing beside it: not in "R or Python"."""
    return name in {symbol for _, _, symbol in symbols_in(question)} and _BESIDE.search(question) is None


@lru_cache(maxsize=4_000)
def has_symbol(symbol: str, text: str) -> bool:
    """Whether ``text`` has ``symbol`` by itself: "Python, R, Stata" and not "Knight, R. T.", "Knight R, Noor A" or "C" where it has "C++"."""
    return any(not _is_initial(text, m) for m in _alone(symbol).finditer(text))


@lru_cache(maxsize=64)
def _alone(symbol: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d_.'’&@-])(?<!{LETTER}){re.escape(symbol)}(?![\d_'’&@+#-]|\.\s?(?:{LETTER}\b|[,;&\w-])|{LETTER})"
    )


def _is_initial(text: str, match: re.Match[str]) -> bool:
    """Whether a letter follows a family name as initials do: "Knight R, Noor A", "Knight, R. Theunissen"."""
    before, behind = text[: match.start()][-30:], text[match.end() :][:5]
    if _AFTER_NAME.search(before) and re.match(r"\s*(?:[,;)&]|and\b|$)", behind):
        return True
    return behind.startswith(". ") and re.search(r",\s$", before) is not None
