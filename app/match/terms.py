"""What a requirement names: names that must be met to the letter, topics that go by several names, and other telling words."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from app.match.words import data
from app.match.words import number as number_said
from ingest.lexical import tokens
from ingest.sentences import is_cjk

Stems = tuple[str, ...]
_NAME = re.compile(
    r"(?<![\w.+#-])(?:[A-Za-z][\w]*(?:[.&-][A-Za-z]?\w+)*(?:\+\+|#)|\.NET|(?:[A-Za-z]\w*\.)(?:js|io|NET)|[A-Za-z]*[a-z][A-Z]\w*(?:[-.]\w+)*|[A-Z][A-Z\d]+s?(?:[-/.][A-Z\d]+)*|[A-Z](?=\W|$)|Go|[A-Za-z]+\d+(?:\.\d+)*)(?![\w+#])"
)
"""Spelled like a name in any language: C++, .NET, Node.js, PyTorch, AWS, R, K8s. A single capital is one only where it stands alone."""
_CAPITAL = re.compile(r"(?<![\w.+#-])[A-Z][\w]+(?:[.+#-]\w+)*")
_NO_NAMES = {
    "A",
    "I",
    "PhD",
    "PhDs",
    "MSc",
    "BSc",
    "MA",
    "BA",
    "MS",
    "BS",
    "MBA",
    "OR",
    "AND",
    "US",
    "EU",
    "UK",
    "CV",
    "DR",
    "MUST",
    "NOT",
    "PhD-level",
}
_WEIGHT = {"name": 2.0, "topic": 1.5, "word": 1.0}
_LIGHT = 0.15
_SLIGHT = 0.6
"""A topic that is a word telling little: "databases"."""
_SHORT = 3
"""Letters up to which a name of capitals is met in capitals only: "AI", "R", "Go"."""
_GAP = 1


@dataclass(frozen=True, slots=True)
class Way:
    """One way to say a thing: stems in a row, or letters exactly as they are."""

    stems: Stems = ()
    letters: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a requirement names; ``ways`` are its own names and those of what it includes."""

    label: str
    sort: Literal["name", "topic", "word"]
    ways: tuple[Way, ...]
    weight: float
    beside: tuple[Way, ...] = ()
    """Names of products that stand beside it under the same broader thing: MySQL beside PostgreSQL."""


@dataclass(frozen=True, slots=True)
class _Row:
    names: tuple[str, ...]
    has: tuple[str, ...]


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_Row((row["name"], *row.get("names", ())), tuple(row.get("has") or ())) for row in data("topics.yaml"))


@cache
def _by_name() -> Mapping[str, tuple[int, ...]]:
    """Numbers of the rows that have a name; the key is the name as it is for short capitals, else its stems."""
    found: dict[str, list[int]] = {}
    for number, row in enumerate(_rows()):
        for name in row.names:
            found.setdefault(_key(name), []).append(number)
    return {k: tuple(v) for k, v in found.items()}


@cache
def _longest() -> int:
    return max(len(key.split()) for key in _by_name())


def _key(name: str) -> str:
    if _is_literal(name):
        return name
    return " ".join(tokens(name))


def _is_literal(name: str) -> bool:
    """Whether a name is met to the letter: short capitals, single letters, letters with signs."""
    return re.search(r"[+#]|^\.", name) is not None or (
        len(name) <= _SHORT + 1 and " " not in name and not name.islower()
    )


@cache
def _ways(name: str) -> tuple[Way, ...]:
    if _is_literal(name):
        return (Way(letters=literal(name)),)
    stems = tuple(tokens(name))
    return (Way(stems),) if stems else ()


@cache
def literal(name: str) -> re.Pattern[str]:
    """``name`` to the letter and by itself: "C" is not in "C++", "Go" not in "go", "PI" not in "co-PI"."""
    return re.compile(rf"(?<![\w+#.&@-]){re.escape(name)}(?![\w+#&]|-[A-Za-z]|:\s)")


@cache
def _closure(number: int, depth: int = 4) -> tuple[Way, ...]:
    """Every way to say what the row includes, itself first."""
    row = _rows()[number]
    found = {way: None for name in row.names for way in _ways(name)}
    for narrower in row.has:
        found |= dict.fromkeys(_ways(narrower))
        for other in _by_name().get(_key(narrower), ()):
            if depth and other != number:
                found |= dict.fromkeys(_closure(other, depth - 1))
    return tuple(found)


@cache
def _beside(number: int) -> tuple[Way, ...]:
    """The ways to say the names that stand under the same broader row."""
    own = {_key(name) for name in _rows()[number].names}
    return _under_same(frozenset(own))


@cache
def _under_same(own: frozenset[str]) -> tuple[Way, ...]:
    found: dict[Way, None] = {}
    for row in _rows():
        products = [narrower for narrower in row.has if narrower[:1].isupper()]
        if own & {_key(narrower) for narrower in products}:
            for name in products:
                if _key(name) not in own:
                    found |= dict.fromkeys(_ways(name))
    return tuple(found)


def terms(text: str, *, in_english: bool = True, weigh: Mapping[str, float] | None = None) -> tuple[Term, ...]:
    """The terms of ``text`` in its order; ``in_english``: whether a capital inside marks a name. ``weigh``: by stem, how telling a word is."""
    found: dict[str, Term] = {}
    rest, at = "", 0
    for start, end in _names(text, in_english):
        name = text[start:end]
        found.setdefault(name, _named(name))
        rest += text[at:start] + " \x00 "
        at = end
    rest += text[at:]
    for chunk in rest.split("\x00"):
        for term in _worded(chunk, weigh or {}):
            found.setdefault(term.label, term)
    return tuple(found.values())


def _names(text: str, in_english: bool) -> Iterator[tuple[int, int]]:
    last = 0
    found = [m.span() for m in _NAME.finditer(text) if m[0].rstrip("s") not in _NO_NAMES and m[0] not in _NO_NAMES]
    if text.isupper() and len(text.split()) > 3:
        found = []
    if in_english and not (text.istitle() and len(text.split()) > 3):
        alone = len(text.split()) == 1
        found += [
            m.span()
            for m in _CAPITAL.finditer(text)
            if m[0] not in _NO_NAMES and (alone or _is_inside(text, m.start()))
        ]
    for start, end in sorted(found, key=lambda s: (s[0], -s[1])):
        if start >= last and not is_cjk(text[start:end]):
            yield start, end
            last = end


def _is_inside(text: str, at: int) -> bool:
    """Whether something of the same clause stands before, so that a capital is a name's."""
    before = text[:at].rstrip()
    return bool(before) and before[-1] not in ".:;!?•-*"


def _named(name: str) -> Term:
    numbers = _by_name().get(_key(name)) or _by_name().get(_key(name.rstrip("s"))) or ()
    ways = dict.fromkeys(_ways(name))
    for number in numbers:
        ways |= dict.fromkeys(_closure(number))
    beside = [way for number in numbers for way in _beside(number)] or _under_same(frozenset({_key(name)}))
    return Term(name, "name", tuple(ways), _WEIGHT["name"], tuple(dict.fromkeys(beside)))


def _worded(text: str, weigh: Mapping[str, float]) -> Iterator[Term]:
    """Topics, the longest name first, and the words between them."""
    words = [(m[0], tuple(tokens(m[0]))) for m in re.finditer(r"[^\W_]+(?:[-'’.][^\W_]+)*", text)]
    words = [(word, stems) for word, stems in words if stems]
    at = 0
    while at < len(words):
        size, number = _topic_at(words, at)
        if number is not None:
            label = " ".join(word for word, _ in words[at : at + size])
            light = size == 1 and all(stem in _light() for stem in words[at][1])
            yield Term(label, "topic", _closure(number), _SLIGHT if light else _WEIGHT["topic"], _beside(number))
            at += size
            continue
        word, stems = words[at]
        if is_cjk(word) and len(word) > 1:
            # What the dictionaries could not read is asked for all the same.
            yield Term(word, "word", (Way(letters=re.compile(re.escape(word))),), _WEIGHT["word"])
        for stem in stems if not is_cjk(word) else ():
            if stem not in _frame() and number_said(word) is None and len(stem) > 1:
                weight = _LIGHT if stem in _light() else weigh.get(stem, _WEIGHT["word"])
                yield Term(stem, "word", (Way((stem,)),), weight, _under_same(frozenset({stem})))
        at += 1


def _topic_at(words: Sequence[tuple[str, Stems]], at: int) -> tuple[int, int | None]:
    for size in range(min(_longest(), len(words) - at), 0, -1):
        key = " ".join(stem for _, stems in words[at : at + size] for stem in stems)
        numbers = _by_name().get(key)
        if numbers and not (size == 1 and key in _frame()):
            return size, numbers[0]
    return 1, None


@cache
def _frame() -> frozenset[str]:
    return frozenset(stem for word in data("light.yaml")["frame"] for stem in tokens(word))


@cache
def _light() -> frozenset[str]:
    return frozenset(stem for word in data("light.yaml")["light"] for stem in tokens(word)) - _frame()


def leadership() -> Term:
    """What a line must say where somebody is asked for who led something."""
    number = _by_name()[_key("leadership")][0]
    return Term("leadership", "topic", _closure(number), 1.2)


def is_verb(word: str) -> bool:
    """Whether a word says no more than that something is done."""
    return set(tokens(word)) <= _verbs() and bool(tokens(word))


@cache
def _verbs() -> frozenset[str]:
    return frozenset(stem for word in data("light.yaml")["verbs"] for stem in tokens(word))


def is_telling(text: str) -> bool:
    """Whether ``text`` by itself names something: a name, a topic, or two telling words."""
    if is_cjk(text):
        return len(re.findall(r"[\u3400-\u9fff]", text)) >= 3 or bool(list(_names(text, False)))
    found = terms(text)
    if any(t.sort != "word" for t in found):
        return True
    return sum(t.weight > _LIGHT for t in found) >= 1 and len(found) >= 2


def in_row(stems: Stems, sequence: Sequence[str]) -> bool:
    """Whether ``stems`` stand in ``sequence`` in this order, close together."""
    if len(stems) == 1:
        return stems[0] in sequence
    first = stems[0]
    for start, stem in enumerate(sequence):
        if stem != first:
            continue
        at, left = start, list(stems[1:])
        while left and at + 1 < len(sequence):
            window = list(sequence[at + 1 : at + 2 + _GAP])
            if left[0] not in window:
                break
            at += 1 + window.index(left.pop(0))
        if not left:
            return True
    return False
