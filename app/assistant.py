"""``ask(profile, turns) → events``: contextualize, plan, gather, write, verify; the server keeps no conversation."""

import re
import threading
import time
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING, get_args

import numpy as np

from app.answer.draft import Composition
from app.answer.offline import compose
from app.answer.scene import Meaning, Scene
from app.answer.sentences import Sentences
from app.answer.suggest import next_questions, opening_questions
from app.answer.tell import Told, cited_facts, joined, spoken, with_word
from app.answer.units import Units
from app.answer.verify import Verifier
from app.domain import Answer, Event, Evidence, Finished, Language, Plan, Question, Retrieved, Spoken, Turn, Waiting
from app.errors import QuestionRefused
from app.language.english import in_english
from app.language.gloss import gloss, language_of
from app.library import Library
from app.question.compound import questions_in, together
from app.question.contextualize import Said, spoken_of, stand_alone
from app.question.link import Vocabulary, masked
from app.question.looked import looked_at
from app.question.names import Kind
from app.question.plan import among_works, make_plan
from app.question.route import Router, open_router
from app.question.select import publications
from app.question.trim import without_form, without_titles
from app.question.versus import people_compared, question_for_each, side_by_side, whole
from ingest.domain import Profile
from ingest.embed import MiniLM
from ingest.index import Index
from ingest.sentences import is_cjk

if TYPE_CHECKING:
    from app.model.call import Call, Line
    from app.model.writer import ModelWriter

_CONTRACTED = re.compile(r"\b(what|who|where|when|how)['’]?s\b", re.IGNORECASE)
_SURE_AS_IT_IS = 0.6
"""The similarity to an example in its own language from which a Chinese question is not read in English."""
_LEAST_KNOWN = 0.5
"""The share of a question's words that must have an English one for the question to be read in English."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is worked out once for an opened index."""

    vocabulary: Vocabulary
    sentences: Sentences
    units: Units


class Assistant:
    """Answers questions over the profiles of a library."""

    def __init__(
        self, library: Library, question_chars: int = 500, turns: int = 12, writer: "ModelWriter | None" = None
    ) -> None:
        """``writer`` puts what the record says into a language model's words; without it the answers are the program's."""
        self.library = library
        self._writer = writer
        self._question_chars = question_chars
        self._turns = turns
        self._router: Router | None = None
        self._routing = threading.Lock()
        self._readings: dict[tuple[str, str], _Reading] = {}

    @property
    def line(self) -> "Line | None":
        """The way to the language model, where there is one."""
        return self._writer.line if self._writer is not None else None

    def close(self) -> None:
        """Lets the connection to the language model go, where there is one."""
        if self._writer is not None:
            self._writer.line.model.close()

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        """Raises what ``ask`` raises before its first event."""
        self._questions(turns)
        self.library.open(slug)

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        """The events of the answer to the last turn: ``Retrieved``, a ``Spoken`` for each sentence, ``Finished``.

        Raises, before the first event:
            QuestionRefused: no question, or one that is empty or too long.
            ProfileNotFound, IndexUnusable: see ``Library.open``.
        """
        asked = self._questions(turns)
        people = people_compared(asked[-1], self.library.profile(slug), self.library.others(slug))
        if people:
            yield from self._compare(people, asked[-1])
            return
        started = time.perf_counter()
        index = self.library.open(slug)
        reading = self._reading(index)
        said: Said | None = None
        for text in asked[:-1]:
            said = self._said(index, reading, text, said)
        scene = self._scene_of(index, reading, asked[-1], said)
        times = [started, time.perf_counter()]
        evidence = self._writer.evidence(scene) if self._writer is not None else ()
        yield looked_at(scene.question, len(evidence))
        times.append(time.perf_counter())
        composition = self._composed(scene, asked[-1], said)
        planned: Call | None = None
        if self._writer is not None and self._writer.planner.wants(scene.question.plan, composition):
            understand = partial(self._understood, index, reading, said=None)
            found = yield from self._writer.planner.reconsider(asked, scene, composition, understand)
            scene, composition, planned = found.scene, found.composition, found.call
        times.append(time.perf_counter())
        verifier = Verifier(index.record)
        told = yield from self._told(scene, composition, evidence, verifier, planned)
        times.append(time.perf_counter())
        yield Finished(_answer(scene, composition, verifier, told, times))

    def _told(
        self,
        scene: Scene,
        composition: Composition,
        evidence: Sequence[Evidence],
        verifier: Verifier,
        planned: "Call | None",
    ) -> Generator[Event, None, Told]:
        writer = None if planned and planned.gave_up else self._writer
        if writer is not None and writer.wants(scene, composition):
            told = yield from writer.write(scene, composition, evidence, verifier)
        else:
            sentences = yield from spoken(verifier, composition.drafts)
            status = "partial" if verifier.dropped and composition.status == "grounded" else composition.status
            told = Told(sentences, status, composition.reason)
        return (yield from with_word(told.with_call(planned), scene, verifier))

    def _compare(self, people: Sequence[Profile], text: str) -> Iterator[Event]:
        """The events of an answer about several people, each told from their own record."""
        question = question_for_each(text, people)
        answers: list[Answer] = []
        for person in people:
            for event in self.ask(person.slug, [Turn("user", question)]):
                if isinstance(event, Finished):
                    answers.append(event.answer)
                elif isinstance(event, Waiting):
                    yield event
        yield Retrieved(0, 0)
        told = side_by_side(people, answers)
        for sentence, fresh in told:
            yield Spoken(sentence, fresh)
        yield Finished(whole(text, answers, told))

    def greeting(self, slug: str, language: Language | None = None) -> str:
        """The first words to a visitor: the owner's, or our own in ``language``, without one in the first of the profile's."""
        scene = self._scene(slug, "hello", "greeting", language)
        return scene.profile.greeting or scene.say("greeting")

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        """Questions to begin with, each of which the record answers; the owner's, or our own in ``language`` as in ``greeting``."""
        return opening_questions(self._scene(slug, "hello", "greeting", language))

    def _questions(self, turns: Sequence[Turn]) -> list[str]:
        asked = [t.text for t in turns[-self._turns :] if t.role == "user"]
        if not turns or turns[-1].role != "user" or not asked[-1].strip():
            raise QuestionRefused("the question is empty; ask, for instance, 'Where does he work now?'")
        if len(asked[-1]) > self._question_chars:
            raise QuestionRefused(
                f"the question has {len(asked[-1])} characters, at most {self._question_chars} are read; ask it more shortly"
            )
        return [text[: self._question_chars] for text in asked if text.strip()]

    def _said(self, index: Index, reading: _Reading, text: str, said: Said | None) -> Said:
        """The state after an earlier turn: its answer is worked out again, because the server keeps none."""
        scene = self._scene_of(index, reading, text, said)
        return self._said_in(scene, self._composed(scene, text, said))

    def _said_in(self, scene: Scene, composition: Composition) -> Said:
        return Said(scene.question.text, scene.question.plan, cited_facts(scene.record, composition))

    def _scene_of(self, index: Index, reading: _Reading, text: str, said: Said | None) -> Scene:
        question, meaning = self._understood(index, reading, text, said)
        return Scene(index, question, meaning, reading.sentences, reading.vocabulary, reading.units)

    def _composed(self, scene: Scene, text: str, said: Said | None) -> Composition:
        """The answer to ``text``; where it joins several questions, the later ones are follow-ups of the first."""
        whole = compose(scene)
        parts = questions_in(text)
        composed: list[Composition] = []
        for part in parts if len(parts) > 1 else ():
            part_scene = self._scene_of(scene.index, self._reading(scene.index), part, said)
            composed.append(compose(part_scene))
            said = self._said_in(part_scene, composed[-1])
        return together(whole, composed) if composed else whole

    def _understood(self, index: Index, reading: _Reading, text: str, said: Said | None) -> tuple[Question, Meaning]:
        asked = _CONTRACTED.sub(r"\1 is", text)
        text = without_titles(without_form(asked), index.record.profile.names)
        language = language_of(text)
        read = self._in_english(text, language, reading.vocabulary)
        standalone = stand_alone(read, said, reading.vocabulary)
        spoken_before, own_words = standalone.facts or spoken_of(said), None if text == read else text
        plan = make_plan(standalone.text, reading.vocabulary, self._routed(), spoken_before, own_words)
        if standalone.asks_more and standalone.facts:
            plan = Plan("paper_more", standalone.text, facts=standalone.facts)
        elif standalone.unresolved and not plan.facts:
            plan = Plan("unclear", standalone.text)
        elif standalone.facts and (not plan.facts or plan.intent == "job_before" or standalone.is_place):
            plan = replace(plan, facts=standalone.facts)
        if standalone.among:
            plan = among_works(plan, standalone.among)
        rows = publications(index.record, plan.filters) if plan.intent == "papers" else plan.facts
        shown = asked if standalone.text == read else standalone.text
        question = Question(standalone.text, _spoken(language), plan, rows, shown)
        return question, cache(partial(self.library.vector, index, plan.text))

    def _in_english(self, text: str, language: str, vocabulary: Vocabulary) -> str:
        """``text`` in English words as far as the dictionary goes; names stay, and so does a question that is understood as it is."""
        if language == "en":
            return text
        mentions = vocabulary.link(text)
        if is_cjk(text) and self._routed().route(masked(text, mentions), 1)[0].score >= _SURE_AS_IT_IS:
            return text
        names = [(m.start, m.end) for m in mentions if m.kind not in {Kind.UNKNOWN, Kind.YEAR}]
        read = gloss(text, language, names)
        return read.text if read.share >= _LEAST_KNOWN else text

    def _routed(self) -> Router:
        """The router, made once."""
        with self._routing:
            if self._router is None:
                held = self.library.embedder
                # What is near enough to an example was measured with the installed model, whichever one makes the indexes.
                self._router = open_router(held if isinstance(held, MiniLM) else MiniLM.installed())
            return self._router

    def _reading(self, index: Index) -> _Reading:
        reading = self._readings.get(index.key)
        if reading is None:
            others = [name for other in self.library.others(index.record.profile.slug) for name in other.names]
            english = in_english(index.record)
            sentences = Sentences(index.record, english)
            reading = _Reading(Vocabulary(index.record, others, english), sentences, Units(index.record, sentences))
            self._readings = {k: v for k, v in self._readings.items() if k[0] != index.key[0]}
            self._readings[index.key] = reading
        return reading

    def _scene(self, slug: str, text: str, intent: str, language: Language | None = None) -> Scene:
        index = self.library.open(slug)
        language = language or ("zh" if index.record.profile.languages[:1] == ("zh",) else "en")
        question = Question(text, language, Plan(intent, text), ())
        reading = self._reading(index)
        nothing = np.zeros(index.vectors.shape[1], dtype=np.float32)
        return Scene(index, question, lambda: nothing, reading.sentences, reading.vocabulary, reading.units)


def _answer(scene: Scene, composition: Composition, verifier: Verifier, told: Told, times: list[float]) -> Answer:
    """The answer object; ``times`` are the instants between the stages, in seconds."""
    if told.model:
        # A model's sentences are checked one by one while it writes.
        times[-2] = times[-1] - told.verify_s
    cited = cited_facts(scene.record, composition)
    stages = ("contextualize", "retrieve", "answer", "verify")
    return Answer(
        answer=joined(told.sentences),
        status=told.status,
        reason=told.reason,
        sentences=tuple(told.sentences),
        citations=tuple(verifier.citations),
        question=scene.question.shown,
        profile=scene.profile.slug,
        mode=told.mode,
        fingerprint=scene.record.fingerprint,
        suggestions=next_questions(replace(scene, question=replace(scene.question, rows=cited))),
        usage=told.usage,
        timings_ms={name: _ms(b - a) for name, a, b in zip(stages, times, times[1:], strict=False)},
        model=told.model,
    )


def _spoken(language: str) -> Language:
    """The language to answer in: the question's where there are phrases for it."""
    return language if language in get_args(Language) else "en"  # type: ignore[return-value]


def finished(events: Iterable[Event]) -> Answer:
    """The answer that closes ``events``."""
    for event in events:
        if isinstance(event, Finished):
            return event.answer
    raise AssertionError("the events of an answer end with Finished")


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
