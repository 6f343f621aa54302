"""The lines of a record that may show something: their words, whose entry they are, and what takes force from them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.answer.sentences import Sentences
from app.answer.units import Unit, Units, fellows
from app.language.english import in_english
from app.language.gloss import gloss, language_of
from app.match.terms import Term, Way, in_row
from app.match.words import foreign_in, has, pattern
from ingest.domain import Contact, Degree, Fact, Item, Position, Project, Publication, Record, Span
from ingest.embed import Embedder, Vectors
from ingest.identity import author_index
from ingest.index import Index
from ingest.lexical import tokens
from ingest.sentences import is_cjk

_FELLOW = 0.6
"""What a word counts whose fellow of the thesaurus is there."""
_ABOVE = 0.8
"""What a term counts that only the heading has."""
_DERIVED = 0.9
"""What a word counts whose derived form is there: "teacher" for "teaching"; in another language also a compound that ends in it."""
_TELLING = 0.6
_LEAST, _MORE = 5, 3
"""Letters of a stem that derived forms are looked for of, and how many more they may have."""
_SCOPE = 5
"""Words behind a negation that it turns round."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the record."""

    number: int
    span: Span
    text: str
    english: str
    """The same in English, where it is in another language; else empty."""
    stems: tuple[str, ...]
    """Of the text, then of its English, apart from one another."""
    above: tuple[str, ...]
    """The stems of the headings above it."""
    fact: Fact | None
    is_theirs: bool
    """False where a list of authors breaks off before it names the person, or names others only."""

    def meets(self, term: Term) -> float:
        """How far the line says ``term``: 1 in its words, less by a heading or a word used for it."""
        if any(
            self._says(way, self.stems, self.text)
            or (self.english and way.letters and way.letters.search(self.english))
            for way in term.ways
        ):
            return 1.0
        if any(way.stems and in_row(way.stems, self.above) for way in term.ways):
            return _ABOVE
        if term.sort == "topic" and len(own := tokens(term.label)) > 1 and {*own} <= {*self.stems}:
            return _ABOVE  # its words, apart
        if term.sort == "word" and any(self._has_derived(stem) for way in term.ways for stem in way.stems):
            return _DERIVED
        if term.sort == "word" and any(
            not fellows(stem).isdisjoint(self.stems) for way in term.ways for stem in way.stems
        ):
            return _FELLOW
        return 0.0

    def _has_derived(self, stem: str) -> bool:
        if len(stem) < _LEAST:
            return False
        near = any(
            0 < abs(len(own) - len(stem)) <= _MORE
            and (own.startswith(stem) or (len(own) >= _LEAST and stem.startswith(own)))
            for own in self.stems
        )
        return near or (bool(self.english) and any(own.endswith(stem) for own in self.stems))

    def is_beside(self, term: Term) -> bool:
        """Whether the line says what stands beside ``term``."""
        return any(self._says(way, self.stems, self.text) for way in term.beside)

    def _says(self, way: Way, stems: Sequence[str], text: str) -> bool:
        if way.letters is None:
            return in_row(way.stems, stems)
        return any(not _is_initial(text, m) for m in way.letters.finditer(text))

    def denies(self, found: Iterable[Term]) -> bool:
        """Whether a negation of the line turns one of the terms round."""
        for match in pattern("negation").finditer(self.text):
            reach = re.split(r"[.;:!?。；]|,\s*(?:but|aber|mais|pero)\b|\bbut\b", self.text[match.end() :], maxsplit=1)[
                0
            ]
            words = reach[:8] if is_cjk(reach) else " ".join(reach.split()[:_SCOPE])
            negated = (*tokens(words),)
            if any(
                self._says(way, negated, words)
                for term in found
                for way in term.ways
                if term.sort != "word" or term.weight >= 1
            ):
                return True
        return False

    def hedges(self, found: Sequence[Term]) -> bool:
        """Whether every mention of the terms stands beside a word that takes force from it: "basic", "expired", "planned"."""
        if isinstance(self.fact, Publication | Project) and self.is_body:
            telling = [t for t in found if t.weight >= _TELLING and self.meets(t) == 1.0]
            return bool(telling) and all(self._is_background(t) for t in telling)
        if isinstance(self.fact, Publication | Degree) or (
            isinstance(self.fact, Item) and self.fact.kind in {"teaching", "talk"}
        ):
            return False
        if not has("hedge", self.text):
            return False
        parts = re.split(r"[,;，；、。]\s+|、|，|\n|(?<=[.!?])\s+", self.text)
        mentioned = [t for t in found if t.weight >= _TELLING] or found
        speaking = [p for p in parts if any(self._says(way, (*tokens(p),), p) for t in mentioned for way in t.ways)]
        return all(has("hedge", p) or self._followed(p) for p in speaking) if speaking else True

    @property
    def is_body(self) -> bool:
        """Whether it is prose below the head of its entry."""
        return self.fact is not None and self.span != self.fact.span

    def _is_background(self, term: Term) -> bool:
        """Whether prose mentions the term only behind words that speak of others' work or of a need."""
        cue = pattern("background").search(self.text)
        if cue is None or any(
            self._says(way, (*tokens(self.text[: cue.start()]),), self.text[: cue.start()]) for way in term.ways
        ):
            return False
        after = (
            re.split(r"[,;:]\s|\bwe\b", self.text[cue.start() :], maxsplit=1)[0]
            if " we " in self.text[cue.start() :]
            else self.text[cue.start() :]
        )
        return any(self._says(way, (*tokens(after),), after) for way in term.ways)

    def _followed(self, part: str) -> bool:
        """Whether a bracket right behind ``part`` hedges it: "AWS Solutions Architect, 2019 (expired)"."""
        at = self.text.find(part) + len(part)
        after = re.match(r"\s*,?\s*(?:(?:19|20)\d\d)?\s*\(([^()]*)\)", self.text[at:])
        return after is not None and has("hedge", after[1])


def _is_initial(text: str, match: re.Match[str]) -> bool:
    """Whether a single capital is the initial of a name: "Okafor C", "C. Okafor"."""
    if len(match[0]) > 1:
        return False
    before = re.search(r"([^\W\d_][\w'’-]+)\s$", text[: match.start()])
    word = re.search(r"([^\W\d_]+)\s+$", text[: match.start()])
    if word and word[1].islower() and len(word[1]) > 1 and word[1] not in {"and", "und", "et", "y", "von", "van", "de"}:
        return False  # "a report generator in R."
    return text[match.end() : match.end() + 1] == "." or (
        before is not None and before[1][0].isupper() and before[1] not in {"Embedded", "Programming", "In"}
    )


class Shelf:
    """The lines of one opened index, in entries."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.record: Record = index.record
        english = in_english(self.record)
        self._language = next((code for code in self.record.profile.languages if code != "en"), "en")
        sentences = Sentences(self.record, english)
        self.units = Units(self.record, sentences)
        self._owner = {n: unit for unit in self.units.all for n in unit.sentences}
        self.lines = tuple(
            self._line(n, s.span, s.text, _english(s.text, english.get(s.span, ""), self._language), s.path)
            for n, s in enumerate(self.record.sentences)
            if n in self._owner
        )
        self._english_vectors: Vectors | None = None
        self.by_number = {line.number: line for line in self.lines}

    def _line(self, number: int, span: Span, text: str, english: str, path: tuple[str, ...]) -> Line:
        fact = self._owner[number].fact
        stems = (*tokens(text), *(("\x00", *tokens(english)) if english else ()))
        above = tuple(t for head in path for t in (*tokens(head), "\x00", *self._glossed(head), "\x00"))
        return Line(number, span, text, english, stems, above, fact, _is_theirs(fact, self.record))

    def _glossed(self, head: str) -> tuple[str, ...]:
        """The stems of a heading in English, where the record is in another language."""
        return (*tokens(gloss(head, self._language).text),) if self._language != "en" else ()

    def entry(self, line: Line) -> tuple[Line, ...]:
        """The lines of the entry that ``line`` belongs to, its head first."""
        return tuple(self.by_number[n] for n in self._owner[line.number].sentences)

    @cached_property
    def entries(self) -> tuple[tuple[Line, ...], ...]:
        """All entries, contacts left out."""
        return tuple(
            tuple(self.by_number[n] for n in u.sentences) for u in self.units.all if not isinstance(u.fact, Contact)
        )

    def of(self, fact: Fact) -> tuple[Line, ...]:
        """The lines of a fact's entry; empty where another fact owns them."""
        unit: Unit | None = next((u for u in self.units.all if u.fact is not None and u.fact.span == fact.span), None)
        return tuple(self.by_number[n] for n in unit.sentences) if unit else ()

    def weigh(self, stems: Iterable[str]) -> dict[str, float]:
        """How telling each stem is here, 0.7 to 1.3: a rare one tells more."""
        return {stem: min(1.3, max(0.7, self.units.weight(stem) / 3)) for stem in stems}

    def cosines(self, vector: Vectors, embedder: Embedder) -> dict[int, float]:
        """The nearness of every line, and of its English, to a unit vector, by number; higher is nearer."""
        if not len(self.index.sentence_vectors):
            return {}
        found = self.index.sentence_vectors @ vector
        nearness = {line.number: float(found[line.number]) for line in self.lines}
        foreign = [line.number for line in self.lines if line.english]
        if foreign and self._english_vectors is None:
            self._english_vectors = embedder.embed([self.by_number[n].english for n in foreign])
        if foreign and self._english_vectors is not None:
            for number, near in zip(foreign, self._english_vectors @ vector, strict=True):
                nearness[number] = max(nearness[number], float(near))
        return nearness

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that the record prints beside posts and degrees, lower-case."""
        texts = [f.place for f in self.record.facts if isinstance(f, Position) and f.place]
        return frozenset(part.strip().lower() for text in texts for part in text.split(",") if part.strip())


def _is_theirs(fact: Fact | None, record: Record) -> bool:
    if not isinstance(fact, Publication) or not fact.authors:
        return True
    return author_index(fact.authors, record.profile) is not None or (fact.authors_complete and len(fact.authors) == 1)


def _english(text: str, english: str, language: str) -> str:
    """The English of a foreign line with what ``foreign.yaml`` knows of it besides."""
    if not english:
        return ""
    told = language_of(text)
    more = (word for _, _, word in foreign_in(text, language if told == "en" else told) if word)
    return f"{english} ; {' ; '.join(dict.fromkeys(more))}"
