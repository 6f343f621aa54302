"""The dictionaries ``prompts/glossary-*.yaml``: what words and phrases of other languages are called in English."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import Stemmer

from ingest.extract.words import fold
from prompts import load_examples

LANGUAGES = {
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "it": "italian",
    "nl": "dutch",
    "zh": None,
    "ja": None,
}
"""ISO 639-1 codes, and the Snowball stemmer of the language; ``None``: written without blanks, nothing to stem."""
NAME, NUMBER = "[\U000f0000-\U000ffffd]", "[\U00100000-\U0010fffd]"
"""What stands for a kept name or number while rules put the English words in order: one private-use character."""
_WORD = re.compile(r"([^\W_]+)(?:(['’])([^\W_]+)?)?")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_SHORTEST = 4
"""Characters of a word that is looked up by its stem, or is part of a compound; shorter ones are found in too many words."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Glossary:
    """One language's dictionary. In Chinese and Japanese the "words" of a phrase are its characters."""

    code: str
    written: dict[Phrase, str]
    """Phrases as they are written."""
    reduced: dict[Phrase, str]
    """Phrases without accents, and by the stems of their words."""
    longest: int
    """Words of the longest phrase."""
    words: frozenset[str]
    """Every word of every phrase without accents, and its stem."""
    function: frozenset[str]
    """Words that tell the language."""
    elisions: frozenset[str]
    """What is a word of its own before an apostrophe: "qu", "dell"."""
    linkers: tuple[str, ...]
    """What may join the parts of a compound; empty where there are none."""
    capitals: bool
    """Whether common nouns begin with a capital."""
    variants: dict[int, int]
    """Other forms of characters, for ``str.translate``: traditional to simplified."""
    order: tuple[tuple[re.Pattern[str], str], ...]
    """Rewriting of the English words."""

    def find(self, words: Sequence[str]) -> str | None:
        """What a phrase is called in English, "" where English leaves it out; ``None``: not in the dictionary."""
        lower = tuple(w.lower() for w in words)
        found = self.written.get(tuple(words), self.written.get(lower))
        if found is None:
            found = self.reduced.get(_folded(lower, self.code), self.reduced.get(_stems(lower, self.code)))
        return self._compound(lower[0]) if found is None and len(lower) == 1 else found

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in any phrase, whatever its ending."""
        return not self.words.isdisjoint({*_folded((word,), self.code), *_stems((word,), self.code)})

    def segment(self, run: str) -> list[tuple[str, str | None]]:
        """The pieces of a run of CJK characters and their English: fewest unknown characters first, then fewest pieces."""
        plain = run.translate(self.variants)
        best = [(0, 0, 0)]
        for end in range(1, len(plain) + 1):
            ways = [(best[-1][0] + 1, best[-1][1] + 1, end - 1)]
            for start in range(max(0, end - self.longest), end):
                if tuple(plain[start:end]) in self.written:
                    ways.append((best[start][0], best[start][1] + 1, start))
            best.append(min(ways))
        found: list[tuple[str, str | None]] = []
        end = len(plain)
        while end:
            start = best[end][2]
            found.append((run[start:end], self.written.get(tuple(plain[start:end]))))
            end = start
        return found[::-1]

    def _compound(self, word: str) -> str | None:
        """A compound of two known parts (Monz and de Rijke 2001), the longest head first."""
        for cut in range(_SHORTEST, len(word) - _SHORTEST + 1) if self.linkers else ():
            head = self._part(word[cut:])
            for linker in self.linkers if head else ():
                if word[:cut].endswith(linker) and (modifier := self._part(word[:cut].removesuffix(linker))):
                    return f"{modifier} {head}"
        return None

    def _part(self, word: str) -> str | None:
        if len(word) < _SHORTEST:
            return None
        return (
            self.written.get((word,))
            or self.reduced.get(_folded((word,), self.code))
            or self.reduced.get(_stems((word,), self.code))
        )


@cache
def glossary(code: str) -> Glossary:
    """The dictionary of one of ``LANGUAGES``."""
    data = load_examples(f"glossary-{code}.yaml")
    elisions = frozenset(data.get("elisions", ()))
    written: dict[Phrase, str] = {}
    reduced: dict[Phrase, str] = {}
    for part in ("frames", "terms"):
        for english, phrases in data[part].items():
            for text in phrases:
                phrase = tuple(text) if LANGUAGES[code] is None else tuple(w for w, _, _ in split(text, elisions))
                phrase = tuple(w if w.isupper() and len(w) > 1 else w.lower() for w in phrase)
                written.setdefault(phrase, english)
    for variant in (_folded, _umlauts, _stems) if LANGUAGES[code] else ():
        for phrase, english in written.items():
            reduced.setdefault(variant(phrase, code), english)
    variants = "".join(data.get("variants", "").split())
    return Glossary(
        code=code,
        written=written,
        reduced=reduced,
        longest=max(map(len, written)),
        words=frozenset(w for phrase in reduced for w in phrase),
        function=frozenset(data.get("function", ())),
        elisions=elisions,
        linkers=tuple(data.get("linkers", ())),
        capitals=data.get("capitals", False),
        variants=str.maketrans(variants[::2], variants[1::2]),
        order=tuple((re.compile(_expanded(pattern)), words) for pattern, words in data["order"]),
    )


def split(text: str, elisions: frozenset[str]) -> Iterator[tuple[str, int, int]]:
    """The words of ``text`` with their offsets; an elided one keeps its apostrophe: "l'", "apprentissage"."""
    for match in _WORD.finditer(text):
        if match[2] and match[1].lower() in elisions:
            yield f"{match[1]}'", match.start(), match.end(2)
            if match[3]:
                yield match[3], match.start(3), match.end()
        elif match[3]:
            yield f"{match[1]}'{match[3]}", match.start(), match.end()
        else:
            yield match[1], match.start(), match.end(1)


def _expanded(pattern: str) -> str:
    return pattern.replace("NAME", NAME).replace("NUMBER", NUMBER)


def _folded(phrase: Phrase, code: str) -> Phrase:
    """Without accents, as people write in a hurry."""
    return tuple(w if w.isascii() and w.islower() else fold(w) for w in phrase)


def _umlauts(phrase: Phrase, code: str) -> Phrase:
    """With two letters for an umlaut, as people write without the keys."""
    return tuple(w.translate(_UMLAUTS) for w in phrase)


def _stems(phrase: Phrase, code: str) -> Phrase:
    """Whatever the endings."""
    return tuple(_stem(w, code) for w in phrase)


@cache
def _stem(word: str, code: str) -> str:
    """The Snowball stem of a word, without accents; short words, and those of unspaced languages, stay."""
    algorithm = LANGUAGES[code]
    return fold(_stemmer(algorithm).stemWord(word.lower())) if algorithm and len(word) >= _SHORTEST else fold(word)


@cache
def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(algorithm)
