"""A run with a language model, overheard: what it wrote, what of that was shown, and whether the record bears it out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.console import Console

from app.answer.draft import Composition, Draft
from app.answer.scene import Scene
from app.answer.verify import Verifier
from app.assistant import Assistant
from app.domain import Answer, Event, Finished, Spoken, Turn
from app.library import Library
from app.model.hearing import Hearing, marked, numbers_in
from app.model.known import Known
from app.model.prompt import Prompt
from app.model.start import open_writer
from app.model.writer import ModelWriter
from app.settings import Settings
from evals.run import Outcome
from evals.suite import Suite

_MARK = re.compile(r"\s*\[\d+\]")


@dataclass(slots=True)
class Heard:
    """What a model wrote for one answer, sentence by sentence."""

    came: list[str] = field(default_factory=list)
    """Everything as it came, headings and the like included."""
    written: list[str] = field(default_factory=list)
    """The sentences of it that were judged."""
    stripped: list[str] = field(default_factory=list)
    """Those of it that the verifier does not let pass."""
    shown: list[str] = field(default_factory=list)
    """Those that a visitor saw, as they were seen."""
    let_through: list[str] = field(default_factory=list)
    """Those of the shown that the verifier does not let pass."""


@dataclass
class Overhearing(Hearing):
    """Writes down what it hears; one that ``believes`` says everything, whatever the verifier finds."""

    heard: Heard = field(default_factory=Heard)
    believes: bool = False

    def hear(self, sentence: str, is_last: bool = False) -> Iterator[Spoken]:
        """Says the sentence if it holds, or if it is believed."""
        self.heard.came.append(sentence)
        stripped, shown = len(self.heard.stripped), len(self.heard.shown)
        yield from self._noted(super().hear(sentence, is_last))
        if not self.believes:
            return
        # One without a source is not made to wait for one that has some.
        waiting, self._waiting = tuple(self._waiting), []
        self.own += len(waiting)
        yield from self._noted(self.say(waiting))
        if len(self.heard.stripped) > stripped:
            self.heard.let_through += self.heard.shown[shown:]

    def _noted(self, events: Iterable[Spoken]) -> Iterator[Spoken]:
        for event in events:
            self.heard.shown.append(event.sentence.text)
            yield event

    def _completed(self, draft: Draft) -> Draft:
        return draft if self.believes else super()._completed(draft)

    def _is_beside(self, draft: Draft) -> bool:
        return not self.believes and super()._is_beside(draft)

    def _checked(self, text: str, is_item: bool) -> Draft | None:
        draft = super()._checked(text, is_item)
        self.heard.written.append(text)
        if draft is None:
            self.heard.stripped.append(text)
        if draft is not None or not self.believes:
            return draft
        entries = {e.n: e for e in self.prompt.entries}
        kept = [entries[n] for n in numbers_in(text) if n in entries]
        return Draft(marked(text, kept), is_item, is_plain=not kept)


@dataclass(frozen=True)
class OverhearingWriter(ModelWriter):
    """The model writer, its answers overheard in ``ear``."""

    ear: list[Heard] = field(default_factory=list)
    believes: bool = False

    def listen(self, scene: Scene, composition: Composition, prompt: Prompt, verifier: Verifier) -> Overhearing:
        """What hears one answer."""
        self.ear.append(Heard())
        judge = self.judge(prompt.entries, scene.record)
        known = Known(scene.record)
        return Overhearing(
            scene, composition, prompt, verifier, judge, known, heard=self.ear[-1], believes=self.believes
        )


class Overheard:
    """An assistant with the configured model, and what that wrote in all its answers.

    ``believes`` switches the verifier off, for measurements only: every sentence of the model is shown.
    """

    def __init__(self, settings: Settings, library: Library, believes: bool) -> None:
        self.believes = believes
        self._ear: list[Heard] = []
        self._heard: dict[tuple[str, ...], Heard] = {}
        w = open_writer(settings, library.embedder)
        writer = OverhearingWriter(
            w.line, w.planner, w.judge, w.evidence_tokens, w.answer_tokens, ear=self._ear, believes=believes
        )
        self._assistant = Assistant(library, settings.question_chars, settings.turns, writer)

    def close(self) -> None:
        """Lets the connection to the model go."""
        self._assistant.close()

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        """The events of the answer to the last turn, as ``Assistant.ask``."""
        self._ear.clear()
        for event in self._assistant.ask(slug, turns):
            if isinstance(event, Finished):
                self._heard[slug, *(t.text for t in turns if t.role == "user")] = _together(self._ear)
            yield event

    def to_json(self, suite: Suite, outcomes: Sequence[Outcome]) -> dict[str, Any]:
        """Its sentences in the scored answers, counted and one by one.

        ``unsupported_shown`` of the ``shown`` ones do not pass the verifier or are found unsupported by the run's own metric.
        """
        asked = {(slug, case.id): (slug, *case.asked) for slug, cases in suite.cases.items() for case in cases}
        heard = ((o, self._heard.get(asked[o.profile, o.id], Heard())) for o in outcomes)
        rows = [_row(o, o.given, h) for o, h in heard if o.given is not None and o.given.model is not None]
        counted = ("written", "stripped", "shown", "unsupported_shown")
        return {
            "is_verified": not self.believes,
            "sentences": {name: sum(len(row[name]) for row in rows) for name in counted},
            "answers": rows,
        }


def _together(parts: Iterable[Heard]) -> Heard:
    """Of an answer about several people each has a part."""
    whole = Heard()
    for part in parts:
        whole.came += part.came
        whole.written += part.written
        whole.stripped += part.stripped
        whole.shown += part.shown
        whole.let_through += part.let_through
    return whole


def _row(outcome: Outcome, answer: Answer, heard: Heard) -> dict[str, Any]:
    found = (*heard.let_through, *(text for text, _ in outcome.unsupported))
    return {
        "id": outcome.id,
        "question": outcome.question,
        "came": heard.came,
        "written": heard.written,
        "stripped": heard.stripped,
        "shown": heard.shown,
        "unsupported_shown": list({_MARK.sub("", text): text for text in found}.values()),
        "answer": answer.to_json(),
    }


def show_overheard(console: Console, overheard: Mapping[str, Any]) -> None:
    """One line below the table of a run."""
    n, verifier = overheard["sentences"], "on" if overheard["is_verified"] else "OFF"
    console.print(
        f"with the verifier {verifier}: of {n['written']} sentences that the model wrote, {n['stripped']} do not pass it and {n['shown']} were shown;"
        f" unsupported sentences shown: {n['unsupported_shown']}",
        style="dim",
        soft_wrap=True,
    )
