"""Routes a question to an intent by the nearest example questions of ``prompts/intents.yaml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import numpy.typing as npt

from ingest.embed import Embedder, Vectors
from ingest.lexical import tokens
from ingest.sentences import is_cjk
from prompts import load_examples, prompt_hash

_PRONOUNS = re.compile(
    r"\b(?:she|they|the (?:researcher|author(?! (?:of|list))|candidate|applicant|person))\b", re.IGNORECASE
)
_POSSESSIVES = re.compile(r"\b(?:her|their)\b(?=\s+\w)", re.IGNORECASE)
_WORD_WEIGHT = 0.25
_ROUNDING = 1e-3
"""By how much a product of two unit vectors may come out above 1: those that ship are of half precision."""
EXAMPLES, PACKED = "intents.yaml", "router.npz"
"""The examples in ``prompts``, and their vectors, which ``python -m app.question.pack`` writes."""


@dataclass(frozen=True, slots=True)
class Route:
    """An intent and how near its nearest example is, 0 to 1; higher is better."""

    intent: str
    score: float


class Router:
    """Example questions and their vectors."""

    def __init__(
        self, examples: Mapping[str, Mapping[str, Sequence[str]]], embedder: Embedder, vectors: Vectors | None = None
    ) -> None:
        self._embedder = embedder
        listed = [
            (name, text) for name, by_language in examples.items() for texts in by_language.values() for text in texts
        ]
        self._intents = [name for name, _ in listed]
        termed = [terms(text) for _, text in listed]
        self._sizes = np.array([len(of_one) for of_one in termed])
        having: dict[str, list[int]] = {}
        for row, of_one in enumerate(termed):
            for term in of_one:
                having.setdefault(term, []).append(row)
        self._having = {term: np.array(rows) for term, rows in having.items()}
        self._cjk = np.array([is_cjk(text) for _, text in listed])
        self.texts = tuple(text for _, text in listed)
        self._vectors = embedder.embed(self.texts) if vectors is None else vectors

    @property
    def vectors(self) -> Vectors:
        """One unit row an example; hand them to the next ``Router`` to save the embedding."""
        return self._vectors

    def route(self, question: str, best: int = 3) -> tuple[Route, ...]:
        """The nearest intents to a masked question, best first: cosine and shared words; for CJK text shared characters alone."""
        text = _folded(question)
        return self._nearest(text, self.shared(terms(text)), best)

    def route_nearest(self, readings: Sequence[str], best: int = 3) -> tuple[int, tuple[Route, ...]]:
        """Which of several readings of a question is nearest to an example, of equals the first, and the nearest intents to it.

        A reading whose words are too few among any example's to be the nearest, even if it meant the very same, is not embedded.
        """
        texts = [_folded(reading) for reading in readings]
        shared = [self.shared(terms(text)) for text in texts]
        reach = [self._reach(*pair) for pair in zip(texts, shared, strict=True)]
        found: dict[int, tuple[Route, ...]] = {}
        nearest = 0.0
        for i in sorted(range(len(texts)), key=lambda i: -reach[i]):
            if not found or reach[i] >= nearest:
                found[i] = self._nearest(texts[i], shared[i], best)
                nearest = max(nearest, found[i][0].score)
        first = max(sorted(found), key=lambda i: found[i][0].score)
        return first, found[first]

    def _reach(self, text: str, shared: npt.NDArray[np.float32]) -> float:
        """The best score that ``text`` can come to."""
        of_same_script = self._cjk if is_cjk(text) else ~self._cjk
        most = float(shared.max(initial=0.0, where=of_same_script))
        return most if is_cjk(text) else 1 - _WORD_WEIGHT + _WORD_WEIGHT * most + _ROUNDING

    def _nearest(self, text: str, shared: npt.NDArray[np.float32], best: int) -> tuple[Route, ...]:
        if is_cjk(text):
            scores = np.where(self._cjk, shared, 0.0)
        else:
            dense = self._vectors @ self._embedder.embed([text])[0]
            scores = np.where(self._cjk, 0.0, (1 - _WORD_WEIGHT) * dense + _WORD_WEIGHT * shared)
        found: dict[str, float] = {}
        for i in np.argsort(-scores, kind="stable"):
            found.setdefault(self._intents[i], float(scores[i]))
            if len(found) == best:
                break
        return tuple(Route(name, score) for name, score in found.items())

    def shared(self, asked: frozenset[str]) -> npt.NDArray[np.float32]:
        """For each example how much of its terms and of those ``asked`` both have (Dice), 0..1."""
        both = np.zeros(len(self._sizes), dtype=np.int64)
        for term in asked & self._having.keys():
            both[self._having[term]] += 1
        dice: npt.NDArray[np.float32] = (2 * both / np.maximum(len(asked) + self._sizes, 1)).astype(np.float32)
        return dice


def _folded(question: str) -> str:
    """``question`` as it is compared: small letters, one pronoun for all, no mark at its end."""
    return _POSSESSIVES.sub("his", _PRONOUNS.sub("he", question)).strip(" ?!.").lower()


def open_router(embedder: Embedder) -> Router:
    """The router over the examples that ship, with the vectors that ship beside them.

    Where those are of other examples or of another model they are made anew, which takes seconds.
    """
    with resources.files("prompts").joinpath(PACKED).open("rb") as file:
        packed = np.load(file)
        is_theirs = str(packed["key"]) == key_of(embedder)
        vectors = packed["vectors"].astype(np.float32) if is_theirs else None
    return Router(load_examples(EXAMPLES), embedder, vectors)


def key_of(embedder: Embedder) -> str:
    """What the vectors of the examples depend on: the model and the examples."""
    return f"{embedder.id} {prompt_hash(EXAMPLES)}"


def terms(text: str) -> frozenset[str]:
    """Stems, and the question words that plain search leaves out."""
    question_words = re.findall(r"\b(?:who|where|when|how|which|what|why|long|many|much)\b", text.lower())
    return frozenset([*tokens(text), *(f"?{w}" for w in question_words)])
