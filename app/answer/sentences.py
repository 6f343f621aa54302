"""The sentences of a record as search sees them: their words, how telling each word is, and how well a sentence answers."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from app.question.cue import cue, word_stems
from app.question.orders import is_no_evidence
from ingest.domain import Passage, Record, Span
from ingest.embed import Vectors
from ingest.lexical import tokens

_COSINE_WEIGHT = 0.5
_FOREIGN_TRUST = 0.6
"""How much nearness in meaning a shared word stands for where the embedding model cannot read the sentence's language."""
_CONTEXT_WEIGHT = 0.5
"""What a word counts that stands in the same abstract but not in the sentence."""


class Covered(NamedTuple):
    """A sentence by its place in the record, and the share of the question's telling words in it; higher is better."""

    number: int
    sentence: Passage
    coverage: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence, the share of the question's telling words in it, its cosine to the question, and both together; higher is better."""

    sentence: Passage
    coverage: float
    cosine: float
    score: float


class Sentences:
    """Every sentence of one record with its stems."""

    def __init__(self, record: Record, english: Mapping[Span, str] = MappingProxyType({})) -> None:
        """``english`` holds the words of the sentences that are in another language."""
        self._sentences = record.sentences
        self._english = english
        self._passed_over = [is_passed_over(s.text) for s in record.sentences]
        self._foreign = [s.span in english for s in record.sentences]
        self._terms = [
            frozenset(
                [*tokens(s.text), *tokens(english.get(s.span, "")), *(t for head in s.path[-1:] for t in tokens(head))]
            )
            for s in record.sentences
        ]
        around: dict[tuple[str, ...], set[str]] = {}
        for sentence, terms in zip(record.sentences, self._terms, strict=True):
            around.setdefault((sentence.span.document, *sentence.path), set()).update(terms)
        empty: set[str] = set()
        self._context = [
            around[(s.span.document, *s.path)] if len(s.path) > 1 or _is_work(record, s) else empty
            for s in record.sentences
        ]
        self._around = {s.span: around for s, around in zip(record.sentences, self._context, strict=True)}
        self._by_span = {s.span: terms for s, terms in zip(record.sentences, self._terms, strict=True)}
        self._frequency = Counter(term for terms in self._terms for term in terms)

    def is_foreign(self, sentence: Passage) -> bool:
        """Whether a sentence is in another language than English."""
        return sentence.span in self._english

    def knows(self, term: str) -> bool:
        """Whether any sentence has the stem ``term``."""
        return term in self._frequency

    def terms_of(self, sentence: Passage) -> frozenset[str]:
        """The stems of one sentence and of the heading above it."""
        return self._by_span[sentence.span]

    def near(self, term: str, sentence: Passage) -> bool:
        """Whether a sentence, or the abstract it stands in, has the stem ``term``."""
        return term in self._by_span[sentence.span] or term in self._around[sentence.span]

    def weight(self, term: str) -> float:
        """How telling a stem is: its inverse sentence frequency; one that never occurs weighs most."""
        return math.log(1 + (len(self._sentences) + 1) / (self._frequency[term] + 0.5))

    def score(
        self, wanted: list[str], vector: Vectors, vectors: Vectors, within: tuple[Span, ...] = ()
    ) -> list[Scored]:
        """The sentences, inside of ``within`` where given, best first."""
        return self.ranked(self.covered(wanted, within), vector, vectors)

    def covered(self, wanted: list[str], within: tuple[Span, ...] = ()) -> list[Covered]:
        """The sentences, inside of ``within`` where given, in their order; what can be said of them without a vector."""
        weights = [(t, self.weight(t)) for t in wanted]
        total = sum(weight for _, weight in weights)
        found = []
        for number, sentence in enumerate(self._sentences):
            if self._passed_over[number]:
                continue
            if within and not any(span.covers(sentence.span) for span in within):
                continue
            terms, context = self._terms[number], self._context[number]
            shared = sum(weight * (1.0 if t in terms else _CONTEXT_WEIGHT * (t in context)) for t, weight in weights)
            found.append(Covered(number, sentence, shared / total if total else 0.0))
        return found

    def ranked(self, covered: Iterable[Covered], vector: Vectors, vectors: Vectors) -> list[Scored]:
        """``covered`` best first."""
        cosines = vectors @ vector if len(vectors) else np.zeros(0, dtype=np.float32)
        found = []
        for number, sentence, coverage in covered:
            cosine = float(cosines[number])
            if self._foreign[number]:
                cosine = max(cosine, _FOREIGN_TRUST * coverage)
            found.append(Scored(sentence, coverage, cosine, _COSINE_WEIGHT * cosine + (1 - _COSINE_WEIGHT) * coverage))
        return sorted(found, key=lambda s: -s.score)


def _is_work(record: Record, sentence: Passage) -> bool:
    """Whether the heading above a sentence is one publication's or project's own."""
    return any(getattr(f, "title", None) in sentence.path for f in record.facts)


def is_label(text: str) -> bool:
    """Whether ``text`` is what a link or button says: "Download paper here"."""
    return len(text.split()) <= 5 and cue("link_label").match(text.strip()) is not None


def is_passed_over(text: str) -> bool:
    """Whether no answer is made of a sentence: it is a label, or it is meant for a machine."""
    return is_label(text) or is_no_evidence(text)


def telling_words(question: str) -> list[str]:
    """The stems of a question that an answer should share: without question words and the words for papers, lists and saying."""
    return [t for t in dict.fromkeys(tokens(question)) if t not in word_stems("scaffold")]


def asked_for(question: str) -> list[str]:
    """The stems of what is asked for by "which …", "what …", "how many …": an answer should speak of them."""
    match = re.search(
        r"\b(?:which|what|how many|how much)\s+((?:[\w-]+\s+){0,3}?[\w-]+)\s+(?:is|are|was|were|does|do|did|has|have|can|could|will|would"
        r"|you|he|she|they|at|in|on|of|from|to)\b",
        question, re.IGNORECASE,
    )  # fmt: skip
    return [t for t in tokens(match[1]) if t not in word_stems("scaffold")][-1:] if match else []


def third_person(text: str, name: str, plural: bool) -> str:
    """A first-person sentence told of its authors: "We introduce X" → "The authors introduce X"; "I led" → "<name> led".

    A sentence whose verb would have to change with it ("I work") is given in quotation marks instead.
    """
    if not re.search(r"\b(?:[Ww]e|[Oo]urs?|us|I|[Mm]y|me)\b", text):
        return text
    if re.search(r"\bI\b|\b[Mm]y\b|\bme\b", text):
        changed = re.sub(r"\bI am\b", f"{name} is", text)
        changed = re.sub(r"\bI have\b", f"{name} has", changed)
        changed = re.sub(r"\bI was\b", f"{name} was", changed)
        changed = re.sub(
            r"\bI (?=(?:\w+ly )?(?:\w+ed|led|made|built|wrote|ran|taught|held|won|gave|took|began|grew|did|went|became)\b)",
            f"{name} ",
            changed,
        )
        if re.search(r"\bI\b|\bme\b|\b(?:[Ww]e|[Oo]ur|us)\b", changed):
            return f"“{text}”"
        return _capital(re.sub(r"\b[Mm]y\b", f"{name}’s", changed))
    if not plural:
        return f"“{text}”"
    changed = re.sub(r"\b([Ww])e\b", "the authors", text)
    changed = re.sub(r"\bour\b", "their", changed)
    changed = re.sub(r"\bOur\b", "Their", changed)
    changed = re.sub(r"\bus\b", "them", changed)
    return _capital(changed)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
