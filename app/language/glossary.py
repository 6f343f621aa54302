"""The dictionaries ``prompts/glossary-*.yaml``: what words and phrases of other languages are called in English.

What they do not list, the lexicon of the language may; they are read first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from app.language.lexicon import SHORTEST, UMLAUTS, Lexicon, lexicon, stemmer
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
_LONGEST = 6
"""Characters of the longest CJK word that is looked up in a lexicon."""
_FEWEST = 4
"""Characters of the parts of a compound, each at least."""
_INFLECTED = 6
"""Characters of a part of a compound that may have another ending than the listed word; parts of names look like stems of shorter ones."""

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

    @property
    def lexicon(self) -> Lexicon:
        """The large list behind this dictionary, read when it is first needed."""
        return lexicon(self.code, LANGUAGES[self.code])

    def find(self, words: Sequence[str]) -> str | None:
        """What a phrase is called in English, "" where English leaves it out; ``None``: neither listed nor a compound of what is."""
        lower = tuple(w.lower() for w in words)
        found = self._listed(words, lower)
        return _compound(lower[0], self.code) if found is None and len(lower) == 1 else found

    def lists(self, word: str) -> bool:
        """Whether the dictionary itself has ``word``, whatever its ending: not only its lexicon."""
        lower = (word.lower(),)
        return lower in self.written or not self.reduced.keys().isdisjoint(
            {_folded(lower, self.code), _stems(lower, self.code)}
        )

    def part(self, word: str, *, ending: bool = True) -> str | None:
        """What a lower-case part of a compound is called in English, whatever its ``ending`` if it has one; "" and short words tell nothing."""
        if len(word) < _FEWEST:
            return None
        if ending and len(word) >= _INFLECTED:
            return self._listed((word,), (word,)) or None
        return self.written.get((word,)) or self.lexicon.find(word)

    def _listed(self, words: Sequence[str], lower: Phrase) -> str | None:
        """A phrase as it is written, then whatever its accents and endings; the dictionary before its lexicon each time."""
        found = self.written.get(tuple(words), self.written.get(lower))
        if found is None:
            found = self.lexicon.find(" ".join(lower))
        if found is None:
            folded, stems = _folded(lower, self.code), _stems(lower, self.code)
            found = self.reduced.get(folded, self.reduced.get(stems))
            if found is None:
                found = self.lexicon.nearest(" ".join(folded), " ".join(stems))
        return found

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in any phrase, whatever its ending."""
        return not self.words.isdisjoint({*_folded((word,), self.code), *_stems((word,), self.code)})

    def segment(self, run: str, *, wide: bool = True) -> list[tuple[str, str | None]]:
        """The pieces of a run of CJK characters and their English: fewest unknown characters, fewest pieces, fewest from the lexicon.

        Not ``wide``: without the lexicon.
        """
        plain = run.translate(self.variants)
        more = self.lexicon.written if wide else {}
        best = [(0, 0, 0, 0)]
        for end in range(1, len(plain) + 1):
            ways = [(best[-1][0] + 1, best[-1][1] + 1, best[-1][2], end - 1)]
            for start in range(max(0, end - max(self.longest, _LONGEST)), end):
                own = tuple(plain[start:end]) in self.written
                if own or (plain[start:end] in more and not _inside_katakana(plain, start, end)):
                    ways.append((best[start][0], best[start][1] + 1, best[start][2] + (not own), start))
            best.append(min(ways))
        found: list[tuple[str, str | None]] = []
        end = len(plain)
        while end:
            start = best[end][3]
            piece = plain[start:end]
            found.append((run[start:end], self.written.get(tuple(piece), more.get(piece))))
            end = start
        return found[::-1]


def _inside_katakana(run: str, start: int, end: int) -> bool:
    """Whether a piece is only a part of a word in katakana, as of a foreign name."""
    cuts = (run[max(0, at - 1) : at + 1] for at in (start, end))
    return any(re.fullmatch(r"[\u30a1-\u30fc]{2}", cut) for cut in cuts)


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
    return tuple(w.translate(UMLAUTS) for w in phrase)


def _stems(phrase: Phrase, code: str) -> Phrase:
    """Whatever the endings."""
    return tuple(_stem(w, code) for w in phrase)


@lru_cache(maxsize=20_000)
def _stem(word: str, code: str) -> str:
    """The Snowball stem of a word, without accents; short words, and those of unspaced languages, stay."""
    algorithm = LANGUAGES[code]
    return fold(stemmer(algorithm).stemWord(word.lower())) if algorithm and len(word) >= SHORTEST else fold(word)


@lru_cache(maxsize=20_000)
def _compound(word: str, code: str) -> str | None:
    """A compound of known parts (Monz and de Rijke 2001), the longest head first; what comes before it may be one of two parts."""
    dictionary = glossary(code)
    for cut in range(_FEWEST, len(word) - _FEWEST + 1) if dictionary.linkers else ():
        head = dictionary.part(word[cut:])
        modifier = _modifier(word[:cut], code) if head else None
        if modifier:
            return f"{modifier} {head}"
    return None


def _modifier(word: str, code: str) -> str | None:
    """The first part of a compound: with a linker, without the "e" or "en" that it ends in alone, or a compound itself."""
    dictionary = glossary(code)
    bare = [word.removesuffix(linker) for linker in dictionary.linkers if word.endswith(linker)]
    for part in (*bare, *(word + ending for ending in ("e", "en"))):
        if found := dictionary.part(part, ending=False):
            return found
    return next((found for part in bare if len(part) >= 2 * _FEWEST and (found := _compound(part, code))), None)
