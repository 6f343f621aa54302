"""Reads a question in another language as English: words and phrases that a dictionary knows by their English, the rest as it is.

Dictionary-based query translation (Ballesteros and Croft 1997; Pirkola 1998): the longest phrase first, one translation each, names untouched.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.language.glossary import LANGUAGES, NAME, NUMBER, Glossary, glossary, split
from app.language.symbols import symbols_in
from ingest.lexical import STOP_WORDS, stem
from ingest.sentences import is_cjk
from prompts import load_examples

_QUOTED = re.compile(r"[\"“„«]\s?([^\"“”„«»]{2,120}?)\s?[\"“”»]|[《「『]([^》」』]{1,120})[》」』]")
_CJK = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_KANA = re.compile(r"[\u3040-\u30ff]")
_MARKS = str.maketrans("？！，、。；：（）", "?!,,.;:()")
_JOINTS = r"\s'’\u2010\u2011-"
"""What may stand between the words of one phrase."""
_KEPT = re.compile(f"{NAME}|{NUMBER}")
_PARTICLE = re.compile(r"(?:al|d[aeiou]?|da[ls]|dell?a?|de[nrs]|dos|[ely]|el|l[ae]s?|los|te[nr]|v[ao]n|vom|zu[mr]?)'?")
"""What may stand between the capitals of a name in any of the languages."""
_TITLES = frozenset({"Dr", "Frau", "Herr", "Herrn", "Prof"})
_FIRST_NAME, _FIRST_NUMBER = ord(NAME[1]), ord(NUMBER[1])
Word = tuple[str, int, int]
"""A word and its offsets."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A question in English words, and the share of its words (CJK: characters) that the dictionary knew, 0 to 1; higher is better."""

    text: str
    share: float


def language_of(text: str) -> str:
    """The ISO 639-1 code of a question in one of ``LANGUAGES``, else "en"; in doubt, as for a name or a single English word, "en"."""
    bare = _QUOTED.sub(" ", text)
    words = re.findall(r"[^\W\d_]+", _CJK.sub(" ", bare))
    if is_cjk(bare):
        characters = sum(map(len, _CJK.findall(bare)))
        if 4 * sum(w.lower() in STOP_WORDS for w in words) >= characters:
            return "en"
        return "ja" if _KANA.search(bare) or _strange(bare, "ja") < _strange(bare, "zh") else "zh"
    if re.search("[¿¡]", bare):
        return "es"
    if (
        all(w.lower() in _example_words() or w[:1].isupper() for w in words[1:])
        and words[:1]
        and words[0].lower() in _example_words()
    ):
        return "en"
    found = {code: _evidence(words, glossary(code)) for code, stemmer in LANGUAGES.items() if stemmer}
    best = max(found, key=lambda code: found[code])
    (score, telling), ties = found[best], sum(e == found[best] for e in found.values())
    return best if score > 0 and (telling or ties == 1) else "en"


def gloss(text: str, language: str, keep: Iterable[tuple[int, int]] = ()) -> Gloss:
    """``text`` in English words; the character ranges ``keep``, quotes, numbers and unknown words stay verbatim. English stays as it is."""
    if language not in LANGUAGES:
        return Gloss(text, 1.0)
    reading = _Reading(glossary(language))
    last = 0
    for start, end, shown in _kept(text, keep):
        reading.read(text[last:start])
        reading.keep(shown)
        last = end
    reading.read(text[last:])
    return Gloss(reading.english(), reading.share)


def _strange(text: str, code: str) -> int:
    """How many CJK characters the dictionary does not know."""
    segment = glossary(code).segment
    return sum(len(p) for run in _CJK.findall(text) for p, english in segment(run, wide=False) if english is None)


def _evidence(words: Sequence[str], dictionary: Glossary) -> tuple[int, int]:
    """How much more of a question is in the dictionary's language than in English, and how many words tell so.

    The first word counts twice, names do not count; nothing is known of a text that has more unknown words than words of the language.
    """
    own = english = telling = strange = count = 0
    for at, word in enumerate(words):
        inner_capital = at > 0 and word[:1].isupper()
        if (inner_capital and not dictionary.capitals) or _in_name(words, at):
            continue
        weight = 2 if at == 0 else 1
        is_own, is_english = dictionary.knows(word), _is_english(word)
        if is_own and word.lower() not in _english_words():
            tells = word.lower() in dictionary.function and not inner_capital
            telling, count = telling + tells, count + 1
            own += weight * (2 if tells else 1)
        elif is_english and not is_own:
            english += weight * (2 if word.lower() in STOP_WORDS else 1)
        strange += not is_own and not is_english and not inner_capital
    return (own - english if count > strange and (telling or 2 * count >= len(words)) else 0), telling


def _in_name(words: Sequence[str], at: int) -> bool:
    """Whether a word is a particle between capitals: the "de la" of "Juan de la Cierva"."""
    if not _PARTICLE.fullmatch(words[at]):
        return False
    before = next((w for w in words[at::-1] if not _PARTICLE.fullmatch(w)), "A")
    after = next((w for w in words[at:] if not _PARTICLE.fullmatch(w)), "")
    return before[:1].isupper() and after[:1].isupper()


def _is_english(word: str) -> bool:
    return word.lower() in _english_words() or stem(word.lower()) in _english_stems()


@cache
def _english_words() -> frozenset[str]:
    """The English that the dictionaries and the example questions use."""
    keys = [english for code, stemmer in LANGUAGES.items() if stemmer for english in glossary(code).written.values()]
    return _example_words().union(word for key in set(keys) for word in re.findall(r"[^\W\d_]+", key.lower()))


@cache
def _example_words() -> frozenset[str]:
    """The English of the example questions, which decides most questions before a dictionary is read."""
    texts = [text for by_language in load_examples("intents.yaml").values() for text in by_language["en"]]
    return STOP_WORDS.union(word for text in texts for word in re.findall(r"[^\W\d_]+", text.lower()))


@cache
def _english_stems() -> frozenset[str]:
    return frozenset(map(stem, _english_words()))


def _kept(text: str, keep: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """The ranges to keep, and the quotes outside them with English marks, in order, none inside another."""
    ranges = [(start, end, text[start:end]) for start, end in set(keep) if start < end]
    beside = [*((m.start(), m.end(), f'"{m[1] or m[2]}"') for m in _QUOTED.finditer(text)), *symbols_in(text)]
    ranges += [one for one in beside if not any(start < one[1] and one[0] < end for start, end, _ in ranges)]
    last = 0
    for start, end, shown in sorted(ranges):
        if start >= last:
            yield start, end, shown
            last = end


class _Reading:
    """Takes the pieces of one question and gives its English."""

    def __init__(self, dictionary: Glossary) -> None:
        self._dictionary = dictionary
        self._parts: list[str] = []
        self._kept: list[str] = []
        self._known = self._unknown = 0

    @property
    def share(self) -> float:
        """See ``Gloss``; 1 where nothing was to be rendered."""
        return self._known / (self._known + self._unknown) if self._known + self._unknown else 1.0

    def keep(self, shown: str) -> None:
        """Adds a piece that stays as it is."""
        first = _FIRST_NUMBER if shown.isdigit() else _FIRST_NAME
        self._parts.append(chr(first + len(self._kept)))
        self._kept.append(shown)

    def read(self, text: str) -> None:
        """Adds a piece that is to be rendered."""
        last = 0
        for run in _CJK.finditer(text) if LANGUAGES[self._dictionary.code] is None else ():
            self._read_words(text[last : run.start()])
            self._read_characters(run[0])
            last = run.end()
        self._read_words(text[last:])

    def english(self) -> str:
        """The English words in order, with the pieces that were kept."""
        sentences = re.split(r"(\s*[.?!;]+(?:\s+|$))", " ".join(self._parts))
        text = "".join(map(self._ordered, sentences))
        text = re.sub(r"\s+([,.?!;:)])", r"\1", re.sub(r"\s+", " ", text)).strip()
        return _KEPT.sub(lambda m: self._kept[(ord(m[0]) - _FIRST_NAME) % (_FIRST_NUMBER - _FIRST_NAME)], text)

    def _ordered(self, sentence: str) -> str:
        """A sentence after the rules of its language; a rule may move what is kept, never lose or repeat it."""
        for pattern, words in self._dictionary.order:
            moved = pattern.sub(words, sentence)
            if sorted(_KEPT.findall(moved)) == sorted(_KEPT.findall(sentence)):
                sentence = moved
        return sentence

    def _read_words(self, text: str) -> None:
        words = list(split(text, self._dictionary.elisions))
        at = last = 0
        while at < len(words):
            self._mark(text[last : words[at][1]])
            size, english = self._longest(text, words, at)
            if english is None:
                size = self._strangers(text, words, at)
                self.keep(text[words[at][1] : words[at + size - 1][2]])
            else:
                self._known += size
                self._parts += [english] if english else []
            at += size
            last = words[at - 1][2]
        self._mark(text[last:])

    def _read_characters(self, run: str) -> None:
        stranger = ""
        for piece, english in [*self._dictionary.segment(run), ("", "")]:
            if english is None:
                stranger += piece
                self._unknown += len(piece)
                continue
            if stranger:
                self.keep(stranger)
            stranger = ""
            self._known += len(piece)
            self._parts += [english] if english else []

    def _mark(self, gap: str) -> None:
        """Adds the punctuation between two words."""
        marks = "".join(re.findall(r"[,.?!;:()/&+]", gap.translate(_MARKS)))
        self._parts += [marks] if marks else []

    def _longest(self, text: str, words: Sequence[Word], at: int) -> tuple[int, str | None]:
        """How many words from ``at`` are the longest known phrase, and its English."""
        together = 1
        while at + together < len(words) and together < self._dictionary.longest:
            if not self._together(text, words[at + together - 1], words[at + together]):
                break
            together += 1
        for size in range(together, 0, -1):
            english = self._dictionary.find([word for word, _, _ in words[at : at + size]])
            if english is not None and not (size == 1 and self._names(text, words, at)):
                return size, english
        return 1, None

    def _strangers(self, text: str, words: Sequence[Word], at: int) -> int:
        """How many words from ``at``, which is unknown, stay as one piece: further unknown ones, particles between capitals too."""
        end = at
        while True:
            self._count(words[end][0])
            near = self._beyond_particles(words, end, 1) if words[end][0][:1].isupper() else end + 1
            if near >= len(words) or words[end][0].isdigit() or not self._together(text, words[end], words[near]):
                return end + 1 - at
            if near > end + 1 and not words[near][0][:1].isupper():
                near = end + 1
            if self._longest(text, words, near)[1] is not None:
                return end + 1 - at
            end = near

    def _count(self, word: str) -> None:
        """Counts a word that stays: an English one as known, one with a digit not at all."""
        if word.isalpha():
            english = _is_english(word)
            self._known, self._unknown = self._known + english, self._unknown + (not english)

    def _names(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether a known capitalised word is a name: only the lexicon has it, or an unknown one stands by it, as in "Universidad de Sevilla"."""
        if not self._is_capital(text, words[at]):
            return False
        if not self._dictionary.lists(words[at][0]):
            return not self._dictionary.capitals or self._follows_name(text, words, at)
        if self._dictionary.capitals:
            return False
        for near in (self._beyond_particles(words, at, -1), self._beyond_particles(words, at, 1)):
            if 0 <= near < len(words) and self._is_capital(text, words[near]):
                first, second = sorted((words[at], words[near]), key=lambda word: word[1])
                if self._together(text, first, second) and self._dictionary.find([words[near][0]]) is None:
                    return True
        return False

    def _follows_name(self, text: str, words: Sequence[Word], at: int) -> bool:
        """Whether a word that the dictionary does not list stands after a title or an unknown capitalised word: the "Koch" of "Robert Koch"."""
        if at == 0 or not re.fullmatch(r"\.?\s+", text[words[at - 1][2] : words[at][1]]):
            return False
        before = words[at - 1][0]
        return before in _TITLES or (before[:1].isupper() and self._dictionary.find([before]) is None)

    @staticmethod
    def _beyond_particles(words: Sequence[Word], at: int, step: int) -> int:
        """The next word that is no particle of names."""
        at += step
        while 0 <= at < len(words) and _PARTICLE.fullmatch(words[at][0]):
            at += step
        return at

    @staticmethod
    def _together(text: str, first: Word, second: Word) -> bool:
        """Whether no punctuation stands between two words."""
        return not re.search(rf"[^\w{_JOINTS}]", text[first[2] : second[1]])

    def _is_capital(self, text: str, word: Word) -> bool:
        """Whether a word has a capital that does not only open a sentence."""
        before = text[: word[1]].rstrip(" \u00a0¿¡(\"'«“„")
        opens = before[-1] in ".?!:" if before else not self._parts or self._parts[-1][-1:] in ".?!:"
        return word[0][:1].isupper() and not opens
