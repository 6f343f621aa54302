"""The word lists of ``words.yaml``: what tells a role from an organisation, an award from a service."""

import re
import unicodedata
from functools import cache
from importlib import resources

import yaml


def has_word(kind: str, text: str) -> bool:
    """Whether ``text`` has a word of that ``kind``."""
    return _pattern(kind).search(fold(text)) is not None


def words_of(kind: str, text: str) -> list[str]:
    """The words of that ``kind`` in ``text``, as printed; none where folding changes its length."""
    folded = fold(text)
    return [text[m.start() : m.end()] for m in _pattern(kind).finditer(folded)] if len(folded) == len(text) else []


def fold(text: str) -> str:
    """Lower case without accents, of the same length wherever one letter folds to one."""
    lower = text.lower()
    return lower if lower.isascii() else "".join(_plain(c) for c in lower)


def pattern_of(kind: str) -> str:
    """The words of ``kind`` as one regular expression over folded text."""
    words = sorted((fold(str(w)) for w in _data()[kind]), key=len, reverse=True)
    return "|".join(_expression(word) for word in words)


def _expression(word: str) -> str:
    body = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s.]*")
    return body if re.search(r"[\u3400-\u9fff]", word) else rf"\b{body}\b"


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile(pattern_of(kind))


@cache
def _data() -> dict[str, list[str]]:
    text = resources.files("ingest.extract").joinpath("words.yaml").read_text(encoding="utf-8")
    data: dict[str, list[str]] = yaml.safe_load(text)
    return data


def _plain(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)
    return base[0] if len(base) > 1 and all(unicodedata.combining(c) for c in base[1:]) else char
