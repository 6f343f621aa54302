"""Search over one record: the passages and the facts that fit a query, each with its exact span and a score."""

from dataclasses import dataclass, fields
from typing import Any

from app.answer.sentences import Sentences, telling_words
from app.domain import Evidence
from app.language.english import in_english
from app.library import Library
from app.retrieve import search_vector
from ingest.domain import Fact, PartialDate, Period, Record, Span
from ingest.embed import Vectors
from ingest.index import Index

_NOT_SHOWN = {"kind", "span", "body", "abstract", "beside"}


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact and how well its entry fits the query, 0 to 1; higher is better."""

    fact: Fact
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, both lists best first; the scores of one are not to be compared with those of the other."""

    record: Record
    passages: tuple[Evidence, ...]
    facts: tuple[FoundFact, ...]

    def to_json(self) -> dict[str, Any]:
        """Every quote is verbatim its document's text from ``start`` to ``end``."""
        return {
            "profile": self.record.profile.slug,
            "fingerprint": self.record.fingerprint,
            "passages": [
                {"score": round(e.score, 4), "path": list(e.path), **_place(self.record, e.span)} for e in self.passages
            ],
            "facts": [
                {
                    "score": round(f.score, 4),
                    "kind": f.fact.kind,
                    "values": values_of(f.fact),
                    **_place(self.record, f.fact.span),
                }
                for f in self.facts
            ],
        }


class Finder:
    """Searches the records of a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._read: dict[tuple[str, str], Sentences] = {}

    def find(self, slug: str, query: str, limit: int) -> Found:
        """The ``limit`` best passages and the ``limit`` best facts for ``query``.

        Raises:
            ProfileNotFound, IndexUnusable: see ``Library.open``.
        """
        index = self._library.open(slug)
        vector = self._library.vector(index, query)
        passages = search_vector(index, vector, query, limit)
        return Found(index.record, passages, self._facts(index, vector, query)[:limit])

    def _facts(self, index: Index, vector: Vectors, query: str) -> tuple[FoundFact, ...]:
        """Every fact by the best of the sentences that its entry is made of; ties keep the record's order."""
        scored = self._sentences(index).score(telling_words(query), vector, index.sentence_vectors)
        by_document: dict[str, list[tuple[Span, float]]] = {}
        for each in scored:
            span = each.sentence.span
            by_document.setdefault(span.document, []).append((span, each.score))
        found = []
        for fact in index.record.facts:
            # Best first, so the first that shares a character with the entry is its best.
            near = (s for span, s in by_document.get(fact.span.document, ()) if _overlap(span, fact.span))
            score = next(near, None)
            if score is not None:
                found.append(FoundFact(fact, min(max(score, 0.0), 1.0)))
        return tuple(sorted(found, key=lambda f: -f.score))

    def _sentences(self, index: Index) -> Sentences:
        kept = self._read.get(index.key)
        if kept is None:
            kept = Sentences(index.record, in_english(index.record))
            self._read = {k: v for k, v in self._read.items() if k[0] != index.key[0]}
            self._read[index.key] = kept
        return kept


def values_of(fact: Fact) -> dict[str, Any]:
    """The values that a fact states, by name; what is not stated is left out."""
    found = {f.name: _plain(getattr(fact, f.name)) for f in fields(fact) if f.name not in _NOT_SHOWN}
    return {name: value for name, value in found.items() if value not in (None, [])}


def _plain(value: Any) -> Any:
    match value:
        case PartialDate():
            return value.edtf
        case Period():
            return {"start": _plain(value.start), "end": _plain(value.end), "current": value.current}
        case tuple():
            return [_plain(each) for each in value]
    return value


def _place(record: Record, span: Span) -> dict[str, Any]:
    return {"document": span.document, "start": span.start, "end": span.end, "quote": record.quote(span)}


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
