"""A record in whole entries: the head of a post, degree, course or paragraph with the lines that tell of it, scored as one against a question."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from app.answer.sentences import Sentences, is_passed_over
from ingest.domain import Contact, Degree, Fact, Honour, Interest, Item, Position, Project, Publication, Record, Span
from ingest.embed import Vectors
from ingest.lexical import tokens
from prompts import load_examples

_NEAR, _AROUND = 0.8, 0.5
"""What a word counts whose fellow of the thesaurus is there, and one that only the headings or the kind of entry say."""
COGNATE = 6
"""As many letters at the beginning make two words of different languages one."""
_KIND_WORDS = {
    Position: "job work position employer",
    Degree: "degree study education university",
    Publication: "paper publication article",
    Project: "project",
    Contact: "contact reach",
    Interest: "interest research",
}
_ITEM_WORDS = {
    "teaching": "course teach student class",
    "talk": "talk lecture presentation",
    "grant": "grant funding money",
    "patent": "patent invention",
    "skill": "skill",
    "language": "language speak",
}


def fellows(stem: str) -> frozenset[str]:
    """The stems that people use for ``stem``, after ``prompts/thesaurus.yaml``."""
    return _thesaurus().get(stem, frozenset())


@cache
def _thesaurus() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for group in load_examples("thesaurus.yaml"):
        stems = {stem for word in group for stem in tokens(word)}
        for stem in tokens(group[0]):
            found[stem] |= stems - {stem}
        for stem in stems - set(tokens(group[0])):
            found[stem] |= stems - {stem}
    return {stem: frozenset(others) for stem, others in found.items()}


@dataclass(frozen=True, slots=True)
class Unit:
    """An entry or a paragraph: its fact, where it is one, and the numbers of its sentences, the head first."""

    fact: Fact | None
    sentences: tuple[int, ...]
    terms: frozenset[str]
    around: frozenset[str]
    """The stems of the headings above it and of what kind of entry it is."""
    cognates: frozenset[str] = frozenset()
    """The beginnings of its words where it is in another language than the questions: "prototypage" meets "prototyping"."""


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit, the share of the telling words in it, the best cosine of its sentences, and both together; higher is better."""

    unit: Unit
    coverage: float
    cosine: float
    score: float


class Units:
    """The units of one record."""

    def __init__(self, record: Record, sentences: Sentences) -> None:
        self._record = record
        self._sentences = sentences
        self.all = tuple(_units(record, sentences))
        self._cognates = frozenset(c for u in self.all for c in u.cognates)
        self._frequency = Counter(t for u in self.all for t in u.terms)

    def knows(self, stem: str) -> bool:
        """Whether any unit has ``stem`` or a word that people use for it."""
        known = stem in self._frequency or stem[:COGNATE] in self._cognates
        return known or any(f in self._frequency for f in fellows(stem))

    def weight(self, stem: str) -> float:
        """The inverse frequency of a stem among the units."""
        return math.log(1 + (len(self.all) + 1) / (self._frequency[stem] + 0.5))

    def score(self, wanted: Sequence[str], vector: Vectors, vectors: Vectors) -> list[ScoredUnit]:
        """Every unit against the stems and the unit vector of a question, the best first."""
        cosines = vectors @ vector if len(vectors) else np.zeros(0, dtype=np.float32)
        weights = {t: self.weight(t) for t in wanted}
        total = sum(weights.values())
        found = []
        for unit in self.all:
            shared = sum(weights[t] * _met(t, unit) for t in wanted)
            coverage = shared / total if total else 0.0
            cosine = float(max((cosines[n] for n in unit.sentences), default=0.0))
            found.append(ScoredUnit(unit, coverage, cosine, 0.5 * coverage + 0.5 * cosine))
        return sorted(found, key=lambda s: -s.score)


def _met(stem: str, unit: Unit) -> float:
    return max(hit(stem, unit.terms, unit.around), _NEAR * (stem[:COGNATE] in unit.cognates))


def hit(stem: str, terms: Iterable[str], around: Iterable[str] = ()) -> float:
    """How far ``terms`` answer to ``stem``: 1 where it is among them, less for a word used for it or one of the headings."""
    if stem in terms:
        return 1.0
    others = fellows(stem)
    if not others.isdisjoint(terms):
        return _NEAR
    if stem in around or not others.isdisjoint(around):
        return _AROUND
    return 0.0


def _units(record: Record, sentences: Sentences) -> Iterable[Unit]:
    groups: dict[object, list[int]] = defaultdict(list)
    facts: dict[object, Fact | None] = {}
    owners = _Owners(record)
    for number, sentence in enumerate(record.sentences):
        if is_passed_over(sentence.text):
            continue
        key, fact = owners.of(sentence.span)
        groups[key].append(number)
        facts[key] = fact
    for key, numbers in groups.items():
        own = facts[key]
        members = sorted(numbers, key=lambda n: (own is None or record.sentences[n].span != own.span, n))
        terms = frozenset(t for n in members for t in sentences.terms_of(record.sentences[n]))
        path = [t for n in members[:1] for head in record.sentences[n].path for t in tokens(head)]
        around = frozenset([*path, *tokens(_kind_words(own))])
        foreign = any(sentences.is_foreign(record.sentences[n]) for n in members)
        cognates = frozenset(t[:COGNATE] for t in terms if len(t) >= COGNATE) if foreign else frozenset()
        yield Unit(own, tuple(members), terms, around, cognates)


def _kind_words(fact: Fact | None) -> str:
    if isinstance(fact, Item):
        return _ITEM_WORDS[fact.kind]
    if isinstance(fact, Honour):
        return "award prize honour" if fact.is_award else "service"
    return _KIND_WORDS.get(type(fact), "")


class _Owners:
    """Which entry a span belongs to."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in record.facts:
            self._facts[fact.span.document].append(fact)
        for facts in self._facts.values():
            facts.sort(key=lambda f: (f.span.start, -f.span.end))
        self._blocks = {d.id: d.blocks for d in record.documents}

    def of(self, span: Span) -> tuple[object, Fact | None]:
        """A key that all spans of one entry share, and the entry's fact."""
        facts = self._facts[span.document]
        for fact in facts:
            bodies = (getattr(fact, "body", None), getattr(fact, "abstract", None))
            if fact.span.covers(span) or any(b is not None and b.covers(span) for b in bodies):
                return fact.span, fact
        block = next((b for b in self._blocks[span.document] if b.span.start <= span.start < b.span.end), None)
        before = [f for f in facts if f.span.end <= span.start]
        if before and isinstance(before[-1], Position | Degree | Project) and block is not None:
            last = before[-1]
            above = next((b for b in self._blocks[span.document] if b.span.start <= last.span.start < b.span.end), None)
            if above is not None and block.path[: len(above.path)] == above.path:
                return last.span, last
        return (block.span if block else span), None
