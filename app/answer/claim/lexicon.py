"""What the YAML files beside this one say: which words stand for one another, which carry no claim, and which names have other forms."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from app.answer.claim.folding import fold
from ingest.lexical import STOP_WORDS, stem
from ingest.sentences import is_cjk

WRITTEN = ("de", "fr", "es", "pt", "it")
"""Languages other than English whose words stand apart."""
_COLUMNS = ("de", "fr", "es")
"""Those of ``vocabulary.yaml`` between the English and the Chinese."""
_ENDING = 6
"""Letters of an ending; what is longer is another part of a compound."""
_COMPOUND = 9
"""Letters of a second part that says little: "Doktorarbeit"; behind "Meer", "esbiologie" says more."""
_FIRST = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    by_stem: dict[str, frozenset[str]]
    exact: dict[str, dict[str, frozenset[str]]]
    """By language, words as they are written."""
    prefixes: dict[str, dict[str, list[tuple[str, str]]]]
    """By language, then by their first letters."""
    cjk: dict[str, frozenset[str]]
    irregular: dict[str, str]
    free: frozenset[str]
    free_of: dict[str, frozenset[str]]
    """By language; English words are free in every one."""
    free_cjk: frozenset[str]
    soft: frozenset[str]
    soft_cjk: frozenset[str]
    plain: frozenset[str]
    """What a sentence that says nothing checkable may be made of."""
    grave: frozenset[str]
    """Stems that a claim may not have of its own."""
    common: frozenset[str]
    """Stems of frequent words in which the same is told in other words."""
    names: dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]
    """By the first word of a form, or its first character where it is Chinese."""

    def concepts(self, word: str, language: str) -> frozenset[str]:
        word = word.replace("ß", "ss")
        found = set(self.by_stem.get(stem(word), ()))
        found |= self.exact.get(language, {}).get(word, frozenset())
        for size in (2, 3):
            for prefix, concept in self.prefixes.get(language, {}).get(word[:size], ()):
                if word.startswith(prefix) and len(word) - len(prefix) <= (_COMPOUND if concept[0] == "=" else _ENDING):
                    found.add(concept)
        return frozenset(found)


@cache
def lexicon() -> Lexicon:
    """What ``concepts.yaml`` holds."""
    data = _read("concepts.yaml")
    free = frozenset(map(fold, data["free"].split())) | STOP_WORDS
    by_stem: dict[str, set[str]] = {}
    exact: dict[str, dict[str, set[str]]] = {code: {} for code in _COLUMNS}
    prefixes: dict[str, dict[str, list[tuple[str, str]]]] = {code: {} for code in _COLUMNS}
    cjk: dict[str, set[str]] = {}
    for concept, listed in data["concepts"].items():
        key = f"={concept}"
        for code, column in zip(("en", "de", "fr", "zh"), listed.split("|"), strict=False):
            for word in map(fold, column.split()):
                if is_cjk(word):
                    cjk.setdefault(word, set()).add(key)
                elif code == "en":
                    if word not in free or concept == "each":
                        by_stem.setdefault(stem(word.replace("-", "")), set()).add(key)
                elif word.endswith("*"):
                    prefixes[code].setdefault(word[:-1][:3], []).append((word[:-1], key))
                else:
                    exact[code].setdefault(word, set()).add(key)
    vocabulary = _read("vocabulary.yaml")
    for line in vocabulary["words"]:
        english, *columns = line.split("|")
        stems = {stem(fold(w).replace("-", "")) for w in english.split()}
        for code, column in zip((*_COLUMNS, "zh"), columns, strict=True):
            for word in map(fold, column.split()):
                if is_cjk(word):
                    cjk.setdefault(word, set()).update(stems)
                elif word.endswith("*"):
                    prefixes[code].setdefault(word[:-1][:3], []).extend((word[:-1], s) for s in sorted(stems))
                else:
                    exact[code].setdefault(word, set()).update(stems)
    return Lexicon(
        {k: frozenset(v) for k, v in by_stem.items()},
        {code: {k: frozenset(v) for k, v in words.items()} for code, words in exact.items()},
        prefixes,
        {k: frozenset(v) for k, v in cjk.items()},
        {form: word for word, forms in data["irregular"].items() for form in forms.split()},
        free,
        {code: free | frozenset(map(fold, data[f"free_{code}"].split())) for code in WRITTEN},
        frozenset(data["free_cjk"].split()),
        frozenset(form for w in data["soft"].split() for form in (fold(w), stem(fold(w)))),
        frozenset(data["soft_cjk"].split()),
        frozenset(map(fold, data["plain"].split())),
        frozenset(vocabulary["grave"].split()),
        frozenset(vocabulary["common"].split()),
        _by_first((*data["names"], *_places(_read("places.yaml")))),
    )


def _read(name: str) -> dict[str, Any]:
    text = resources.files("app.answer.claim").joinpath(name).read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


def _places(data: dict[str, list[str]]) -> Iterator[list[str]]:
    """The groups of names of one place; a hyphen stands for a blank."""
    for line in (*data["countries"], *data["cities"]):
        yield [w.replace("-", " ") for column in line.split("|") for w in column.split()]


def _by_first(groups: Iterable[Sequence[str]]) -> dict[str, tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]:
    """The groups by the first word, folded, of each of their forms."""
    found: dict[str, list[tuple[re.Pattern[str], tuple[str, ...]]]] = {}
    for group in groups:
        for form in map(fold, group):
            pattern = re.compile(re.escape(form) if is_cjk(form) else rf"(?<!\w){re.escape(form)}(?!\w)")
            found.setdefault(_FIRST.findall(form)[0], []).append((pattern, tuple(group)))
    return {word: tuple(known) for word, known in found.items()}


@lru_cache(maxsize=20_000)
def terms_of(word: str, language: str = "en") -> frozenset[str]:
    """The stem of a folded word and its concepts."""
    base = lexicon().irregular.get(word, word)
    return lexicon().concepts(word, language) | lexicon().concepts(base, language) | {stem(word), stem(base)}


def is_free_phrase(english: str) -> bool:
    """Whether an English phrase claims nothing."""
    return all(fold(w) in lexicon().free for w in english.split())


def name_forms(text: str) -> frozenset[str]:
    """All forms, folded, of the known names in ``text``."""
    folded = fold(text)
    known = lexicon().names
    groups = {g for word in set(_FIRST.findall(folded)) for pattern, g in known.get(word, ()) if pattern.search(folded)}
    return frozenset(fold(form) for group in groups for form in group)


def initials_in(text: str) -> set[str]:
    """The initials, folded, of every run of three or more capitalised words, function words left out and kept."""
    found: set[str] = set()
    for run in re.findall(r"(?:[A-Z][\w'-]*[ \t\n-]+(?:(?:of|for|the|and|on|in|&)[ \t\n]+)*)+[A-Z][\w'-]*", text):
        capitals = [w for w in re.split(r"[\s-]+", run) if w[:1].isupper()]
        for first in range(len(capitals)):
            for last in range(first + 2, min(len(capitals), first + 7) + 1):
                found.add("".join(w[0] for w in capitals[first:last]).lower())
    return found
