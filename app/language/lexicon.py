"""The large word lists ``prompts/lexicon-*.tsv``: the first English sense of the words that a glossary does not list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import Stemmer

from ingest.extract.words import fold

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SHORTEST = 4
"""Characters of a word that is looked up by its stem, or is part of a compound; shorter ones are found in too many words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's list. A key is lower-case, the words of a phrase with one blank between them."""

    written: dict[str, str]
    """As it is written."""
    folded: dict[str, str]
    """Without accents, and with two letters for an umlaut."""
    stems: dict[str, str]
    """By the stem of a single word that is not short."""

    def find(self, phrase: str) -> str | None:
        """What a lower-case phrase is called in English, "" where English leaves it out; ``None``: not listed so."""
        return self.written.get(phrase)

    def nearest(self, folded: str, stem: str) -> str | None:
        """The same for a phrase without its accents, then for the stem of a single word."""
        found = self.folded.get(folded)
        return self.stems.get(stem) if found is None and len(folded) >= SHORTEST else found


@cache
def lexicon(code: str, algorithm: str | None) -> Lexicon:
    """The list of the language ``code``; ``algorithm`` is its Snowball stemmer, ``None`` where nothing is stemmed."""
    written: dict[str, str] = {}
    for line in resources.files("prompts").joinpath(f"lexicon-{code}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, *phrases = line.split("\t")
            for phrase in phrases:
                written.setdefault(phrase, english)
    if algorithm is None:
        return Lexicon(written, {}, {})
    phrases = list(written)
    spelled = _first(
        zip((*_folded(phrases), *(p.translate(UMLAUTS) for p in phrases)), phrases * 2, strict=True), written
    )
    words = [p for p in phrases if len(p) >= SHORTEST and " " not in p]
    return Lexicon(
        written, spelled, _first(zip(_folded(stemmer(algorithm).stemWords(words)), words, strict=True), written)
    )


def _first(keys: Iterable[tuple[str, str]], written: Mapping[str, str]) -> dict[str, str]:
    """English by key; of phrases with one key the more frequent one."""
    found: dict[str, str] = {}
    for key, phrase in keys:
        found.setdefault(key, written[phrase])
    return found


@cache
def stemmer(algorithm: str) -> Stemmer.Stemmer:
    """The Snowball stemmer of this name."""
    return Stemmer.Stemmer(algorithm)


def _folded(phrases: list[str]) -> list[str]:
    """All phrases without accents, in one go."""
    return fold("\n".join(phrases)).split("\n")
