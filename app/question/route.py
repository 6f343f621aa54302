"""Routes a question to an intent by the nearest example questions of ``prompts/intents.yaml``."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ingest.embed import Embedder, Vectors
from ingest.lexical import tokens
from ingest.sentences import is_cjk
from prompts import load_examples, prompt_hashes

_PRONOUNS = re.compile(
    r"\b(?:she|they|the (?:researcher|author(?! (?:of|list))|candidate|applicant|person))\b", re.IGNORECASE
)
_POSSESSIVES = re.compile(r"\b(?:her|their)\b(?=\s+\w)", re.IGNORECASE)
_WORD_WEIGHT = 0.25


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
        self._terms = [frozenset(_terms(text)) for _, text in listed]
        self._cjk = np.array([is_cjk(text) for _, text in listed])
        self.texts = tuple(text for _, text in listed)
        self._vectors = embedder.embed(self.texts) if vectors is None else vectors

    @property
    def vectors(self) -> Vectors:
        """One unit row an example; hand them to the next ``Router`` to save the embedding."""
        return self._vectors

    def route(self, question: str, best: int = 3) -> tuple[Route, ...]:
        """The nearest intents to a masked question, best first: cosine and shared words; for CJK text shared characters alone."""
        text = _POSSESSIVES.sub("his", _PRONOUNS.sub("he", question)).strip(" ?!.").lower()
        asked = frozenset(_terms(text))
        shared = np.array([_overlap(asked, terms) for terms in self._terms], dtype=np.float32)
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


def kept_router(folder: Path, embedder: Embedder) -> Router:
    """The router over the examples that ship; their vectors are kept in ``folder``, where it exists, for the next start."""
    key = f"{embedder.id}-{prompt_hashes()['intents.yaml'][:16]}".replace("/", "-")
    path = folder / f".router-{key}.npy"
    vectors = np.load(path) if path.is_file() else None
    router = Router(load_examples("intents.yaml"), embedder, vectors)
    if vectors is None and folder.is_dir():
        temporary = path.with_suffix(".tmp.npy")
        np.save(temporary, router.vectors)
        temporary.replace(path)
    return router


def _terms(text: str) -> list[str]:
    """Stems, and the question words that plain search leaves out."""
    question_words = re.findall(r"\b(?:who|where|when|how|which|what|why|long|many|much)\b", text.lower())
    return [*tokens(text), *(f"?{w}" for w in question_words)]


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
