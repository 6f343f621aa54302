"""What a writer has at hand: the question, the record, and phrases that already know the person and the source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.answer.phrase import Value, say, words
from app.answer.sentences import Sentences
from app.answer.units import Units
from app.domain import Language, Question
from app.question.link import Vocabulary
from app.question.orders import may_say_back
from ingest.domain import Fact, Profile, Publication, Record
from ingest.embed import Vectors
from ingest.index import Index
from ingest.sentences import is_cjk

_DENIES = ("refuse_", "not_there")
"""How the keys of the sentences begin that say what is not in the sources."""

F = TypeVar("F", bound=Fact)

Meaning = Callable[[], Vectors]
"""Gives a question's unit vector. That is dear, and most answers are made of facts and never ask for it."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One question over one opened index."""

    index: Index
    question: Question
    meaning: Meaning
    sentences: Sentences
    vocabulary: Vocabulary
    units: Units

    @property
    def vector(self) -> Vectors:
        """The question's unit vector."""
        return self.meaning()

    @property
    def record(self) -> Record:
        """The facts and texts to answer from."""
        return self.index.record

    @property
    def profile(self) -> Profile:
        """The person that is asked about."""
        return self.record.profile

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return self.question.language

    @property
    def source(self) -> str:
        """What to call the documents: the CV, the page, the documents."""
        return words(self.language, f"source_{self._sort}")

    def say(self, key: str, **values: Value) -> str:
        """A sentence; the names of the person and of the source, in the cases that a phrase may need, are filled in.

        A refusal names what it does not find only where a visitor asked about it, so that nobody has it say whatever they like.
        """
        what = values.get("what")
        if isinstance(what, str) and key.startswith(_DENIES) and not self._may_say_back(what):
            key = "refuse_not_stated"
        return say(self.language, key, **self._with_names(values))

    def words(self, key: str, **values: Value) -> str:
        """A part of a sentence."""
        return words(self.language, key, **self._with_names(values))

    def facts(self, kind: type[F]) -> tuple[F, ...]:
        """The record's facts of one kind, in the order of the documents."""
        return tuple(f for f in self.record.facts if isinstance(f, kind))

    def _may_say_back(self, what: str) -> bool:
        return may_say_back(what, (self.question.shown, self.question.text))

    def _with_names(self, values: dict[str, Value]) -> dict[str, Value]:
        source = self.source
        name = self._name()
        fixed: dict[str, Value] = {
            "name": name,
            "possessive": words(self.language, "possessive", name=name),
            "source": source,
            "source_cap": source[:1].upper() + source[1:],
            "in_source": words(self.language, f"in_{self._sort}"),
        }
        return fixed | values

    @property
    def _sort(self) -> str:
        documents = self.record.documents
        if len(documents) > 1:
            return "documents"
        if documents[0].facts and all(isinstance(f, Publication) for f in documents[0].facts):
            return "page"
        is_cv = documents[0].title.lower() in {"cv", "résumé", "resume", "curriculum vitae"}
        return "cv" if is_cv else "documents"

    def _name(self) -> str:
        if self.language == "zh":
            return next((n for n in self.profile.names if is_cjk(n)), self.profile.name)
        return self.profile.name
