"""One assistant over the invented people and the two seeds, and scenes for the writer made from any facts."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from app.answer.draft import Composition, Draft, mark, spans_in, without_marks
from app.answer.scene import Scene
from app.answer.sentences import Sentences
from app.answer.units import Units
from app.assistant import Assistant, finished
from app.domain import Answer, Event, Language, Plan, Question, Turn
from app.library import Library
from app.question.link import Vocabulary
from app.question.plan import make_plan
from app.question.route import Router, open_router
from app.question.select import publications
from ingest.domain import Fact, Span
from ingest.embed import MiniLM
from ingest.index import Index
from tests.conftest import TOP, Desk

INVENTED = ("mira-okonjo", "teo-lindqvist")
SEEDS = ("qian-liu", "baohao-liao")


@dataclass(frozen=True, slots=True)
class Asking:
    """Puts questions to an assistant, each conversation in one call."""

    assistant: Assistant

    def __call__(self, slug: str, *questions: str) -> Answer:
        """The answer to the last of ``questions``; the others were asked before it."""
        return finished(self.events(slug, *questions))

    def events(self, slug: str, *questions: str) -> Iterator[Event]:
        """The events of the answer to the last of ``questions``."""
        turns: list[Turn] = []
        for question in questions:
            turns += [Turn("user", question), Turn("assistant", "An answer that nobody reads again.")]
        return self.assistant.ask(slug, turns[:-1])

    def index(self, slug: str) -> Index:
        """The opened index of one profile."""
        return self.assistant.library.open(slug)


@dataclass(frozen=True, slots=True)
class Stage:
    """Makes scenes over one record, whose facts a test may replace."""

    index: Index
    router: Router
    embedder: MiniLM

    def facts(self, *facts: Fact) -> "Stage":
        """The same texts with these facts instead of the record's own."""
        return replace(self, index=replace(self.index, record=replace(self.index.record, facts=facts)))

    def scene(self, text: str, intent: str = "free", language: Language = "en", **slots: Any) -> Scene:
        """A question with a plan made by hand; its rows are what the plan's filters select."""
        plan = Plan(intent, text, text, **slots)
        return self._scene(plan, language, np.zeros(self.index.vectors.shape[1], dtype=np.float32))

    def planned(self, text: str, **changes: Any) -> Scene:
        """A question with the plan that the planner makes of it, in part replaced."""
        plan = replace(make_plan(text, Vocabulary(self.index.record), self.router), **changes)
        return self._scene(plan, "en", self.embedder.embed([text])[0])

    def span(self, words: str) -> Span:
        """Where ``words`` first stand in the record's texts."""
        for document in self.index.record.documents:
            at = document.text.find(words)
            if at >= 0:
                return Span(document.id, at, at + len(words))
        raise ValueError(f"{words!r} stands nowhere in the record")

    def _scene(self, plan: Plan, language: Language, vector: Any) -> Scene:
        record = self.index.record
        rows: tuple[Fact, ...] = publications(record, plan.filters) if plan.intent == "papers" else plan.facts
        question = Question(plan.text, language, plan, rows)
        sentences = Sentences(record)
        return Scene(self.index, question, lambda: vector, sentences, Vocabulary(record), Units(record, sentences))


def told(composition: Composition | Draft | Sequence[Draft]) -> str:
    """The text of drafts as it reads without citations."""
    if isinstance(composition, Composition):
        composition = composition.drafts
    drafts = [composition] if isinstance(composition, Draft) else composition
    return " ".join(without_marks(d.text).replace(" .", ".").replace(" ;", ";").replace("  ", " ") for d in drafts)


def quoted(scene: Scene, composition: Composition) -> list[str]:
    """The quotes that the drafts cite, in order, each once."""
    spans = dict.fromkeys(span for draft in composition.drafts for span in spans_in(draft.text))
    return [scene.record.quote(span) for span in spans]


def cites(draft: Draft, span: Span) -> bool:
    """Whether ``draft`` cites ``span``."""
    return mark(span) in draft.text


@pytest.fixture(scope="session")
def ask(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Asking:
    """One assistant over all four people, ingested once for the whole of ``tests/app``."""
    folder = tmp_path_factory.mktemp("everyone")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    for slug in SEEDS:
        shutil.copytree(TOP / "data" / "profiles" / slug, desk.profiles / slug)
        desk.ingest(slug)
    return Asking(Assistant(Library(desk.profiles, desk.index, desk.embedder)))


@pytest.fixture(scope="session")
def router(minilm: MiniLM) -> Router:
    """The router over the example questions that ship."""
    return open_router(minilm)


@pytest.fixture(scope="session")
def ask_tove(tmp_path_factory: pytest.TempPathFactory, minilm: MiniLM) -> Asking:
    """An assistant over the invented glaciologist alone: posts with places and lines, degrees, patents, grants, references."""
    folder = tmp_path_factory.mktemp("tove")
    desk = Desk(folder / "profiles", folder / "index", minilm)
    desk.write("tove-aalberg", "cv.md", (TOP / "tests" / "app" / "tove-aalberg.md").read_bytes())
    desk.write("tove-aalberg", "profile.toml", 'name = "Tove Aalberg"\n[[documents]]\npath = "cv.md"\ntitle = "CV"\n')
    desk.ingest("tove-aalberg")
    return Asking(Assistant(Library(desk.profiles, desk.index, desk.embedder)))


@pytest.fixture(scope="session")
def tove(ask_tove: Asking, router: Router, minilm: MiniLM) -> Stage:
    """Scenes over the invented glaciologist's CV."""
    return Stage(ask_tove.index("tove-aalberg"), router, minilm)


@pytest.fixture(scope="session")
def mira(ask: Asking, router: Router, minilm: MiniLM) -> Stage:
    """Scenes over the invented acoustician's CV."""
    return Stage(ask.index("mira-okonjo"), router, minilm)


@pytest.fixture(scope="session")
def teo(ask: Asking, router: Router, minilm: MiniLM) -> Stage:
    """Scenes over the invented roboticist's listing."""
    return Stage(ask.index("teo-lindqvist"), router, minilm)
