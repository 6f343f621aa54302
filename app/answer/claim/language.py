"""Which language a statement or a document is in, by its function words; names do not tell."""

import re
from collections.abc import Sequence
from functools import lru_cache

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import WRITTEN, lexicon
from app.language.gloss import language_of
from app.language.glossary import LANGUAGES, glossary
from ingest.lexical import STOP_WORDS
from ingest.sentences import is_cjk

_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(
    r"[“„«\"][^“”„«»\"]{3,300}[”“»\"]|\b[A-Za-z]\w{0,2}\.(?:[A-Za-z]\.)+|\b[A-Za-z][-‐‑](?=\w)|[-‐‑][A-Za-z]\b"
)
"""What is in another language than the statement around it, or in none: a title, initials, "e-mail"."""
_LATIN_END = re.compile(r"[^\u3000-\u9fff\uff00-\uffef]\s*$")
_FINITE = {
    "en": frozenset({"is", "are", "were", "has", "had", "been"}),
    "de": frozenset({"ist", "sind", "wurde", "wurden", "hat", "hatte", "war", "waren", "wird"}),
    "fr": frozenset({"est", "sont", "etait", "ont", "avait"}),
    "es": frozenset({"es", "fue", "son", "tiene"}),
    "pt": frozenset({"foi", "sao", "tem"}),
    "it": frozenset({"sono", "fu", "stato", "stata"}),
}
"""Finite verbs that are words of one language only, or nearly so."""
_INSIDE = re.compile(r"(?<=\w)(\s+(?:[a-z]{1,3}\s+){1,2})(?=[A-ZÀ-Ý])")
"""The small words inside of a name: "Universidad de la Laguna"."""
_NAME = re.compile(r"(?<=[a-z] )[A-ZÀ-Ý][\w-]+(?:\s+(?:[a-z]{1,3}\s+){1,2}[A-ZÀ-Ý][\w-]+)+")
_SHARED = frozenset(
    {"of", "in", "on", "a", "at", "as", "am", "an", "the", "for", "with", "me", "do", "has", "one", "by", "and"}
)
"""English function words that stand in names, or are words of other languages."""


@lru_cache(maxsize=2_000)
def claim_language(text: str) -> str:
    """The ISO 639-1 code of a statement: that of its finite verbs or function words, else what a question would be taken for."""
    told = _QUOTED.sub(" ", text)
    english = [w for w in _small(told) if w in STOP_WORDS]
    if is_cjk(text):
        return "en" if len(english) > 1 and _LATIN_END.search(text) else "zh"
    known = lexicon()
    bare = _NAME.sub(lambda m: _INSIDE.sub(" ", m[0]), told)
    words = _small(re.sub(r"(?i)\b([dlnsjmtc]|qu|jusqu)['’]", r"\1e ", bare))
    verbs = {code for code, listed in _FINITE.items() if not listed.isdisjoint(words)}
    if verbs == {"en"}:
        return "en"
    counts = {code: sum(w in known.free_of[code] - known.free for w in words) for code in WRITTEN}
    own = sum(w not in known.free_of["de"] - known.free and w not in _SHARED for w in english)
    best = max(
        counts, key=lambda code: (counts[code], _known(words, code) if counts[code] == max(counts.values()) else 0)
    )
    if counts[best] > own:
        return best
    return "en" if english else language_of(text)


def _small(text: str) -> list[str]:
    """The words of a text but for initials and the like: "Ph.D.", "AI", "e-mail"."""
    return [fold(m[0]) for m in _WORD.finditer(text) if not (len(m[0]) > 1 and m[0].isupper())]


def _known(words: Sequence[str], code: str) -> int:
    """How many words of a statement the dictionary of a language has: languages share their function words."""
    listed = glossary(code) if code in LANGUAGES else None
    return sum(listed is not None and len(w) > 3 and listed.find([w]) is not None for w in words)


@lru_cache(maxsize=64)
def document_language(text: str) -> str:
    """The language that a document is mostly in, by its function words; names do not tell."""
    if 4 * sum(map(is_cjk, text)) > sum(c.isalpha() for c in text):
        return "zh"
    known = lexicon()
    words = [fold(m[0]) for m in _WORD.finditer(text)]
    english = sum(w in STOP_WORDS for w in words)
    counts = {code: sum(w in known.free_of[code] - known.free for w in words) for code in WRITTEN}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > english else "en"
