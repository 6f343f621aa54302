"""The large word lists ``prompts/lexicon-*.tsv``: the first English sense of the words that a glossary does not list."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import Stemmer

from ingest.extract.words import fold

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SHORTEST = 4
"""Characters of a word that is looked up by its stem, or is part of a compound; shorter ones are found in too many words."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's list. A key is lower-case, the words of a phrase with one blank between them."""

    written: dict[str, str]
    """As it is written."""
    reduced: dict[str, str]
    """Without accents, with two letters for an umlaut, and by the stem of a single word."""

    def find(self, phrase: str) -> str | None:
        """What a lower-case phrase is called in English, "" where English leaves it out; ``None``: not listed so."""
        return self.written.get(phrase)

    def nearest(self, folded: str, stemmed: str) -> str | None:
        """The same for a phrase without its accents, then for the stem of a single word."""
        found = self.reduced.get(folded)
        return self.reduced.get(stemmed) if found is None and " " not in stemmed else found


@cache
def lexicon(code: str, algorithm: str | None) -> Lexicon:
    """The list of the language ``code``; ``algorithm`` is its Snowball stemmer, ``None`` where nothing is stemmed."""
    written: dict[str, str] = {}
    for line in resources.files("prompts").joinpath(f"lexicon-{code}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            english, *phrases = line.split("\t")
            for phrase in phrases:
                written.setdefault(phrase, english)
    reduced: dict[str, str] = {}
    if algorithm:
        phrases = list(written)
        stems = stemmer(algorithm).stemWords(phrases)
        for keys in (_folded(phrases), [phrase.translate(_UMLAUTS) for phrase in phrases]):
            for phrase, key in zip(phrases, keys, strict=True):
                reduced.setdefault(key, written[phrase])
        for phrase, key in zip(phrases, _folded(stems), strict=True):
            if len(phrase) >= SHORTEST and " " not in phrase:
                reduced.setdefault(key, written[phrase])
    return Lexicon(written, reduced)


@cache
def stemmer(algorithm: str) -> Stemmer.Stemmer:
    """The Snowball stemmer of this name."""
    return Stemmer.Stemmer(algorithm)


def _folded(phrases: list[str]) -> list[str]:
    """All phrases without accents, in one go."""
    return fold("\n".join(phrases)).split("\n")
