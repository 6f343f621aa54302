"""The model planner: puts a question that the offline planner did not understand into words that it does.

The model names no fact and counts nothing. What it gives back is read by the offline planner like any question, and is let go
where it names what nobody named.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.answer.draft import Composition
from app.answer.model import Message
from app.answer.offline import COMPOSERS, compose
from app.answer.scene import Meaning, Scene
from app.domain import Plan, Question, Waiting
from app.model.call import Call, Line
from app.model.fault import ModelFailed
from app.model.prompt import fenced
from app.question.link import Vocabulary
from app.question.names import Kind
from prompts import fill, load_examples, prompt_hash

SURE = 0.6
"""Similarity to an example from which the offline planner is taken at its word."""
_REPLY_TOKENS = 160
_NOT_TO_CHOOSE = {
    "greeting", "thanks", "identity", "off_topic", "injection", "verdict", "private", "other_person", "stranger", "unknown", "unknown_venue",
    "unknown_thing", "unclear", "paper_more", "section", "job_role",
}  # fmt: skip
_ALONE = {
    "job_current", "job_experience", "job_before", "job_first", "job_longest", "job_list", "degree_list", "degree_phd", "degree_supervisor", "papers_latest",
    "papers_oldest", "coauthors", "awards", "services", "languages", "skills", "teaching", "talks", "grants", "projects", "interests", "summary",
    "links", "email",
}  # fmt: skip
"""Intents that need no name beside them: only these are taken from the model where the offline planner still sees none."""


class Reply(BaseModel):
    """What the model gives back."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=3, max_length=500)
    intent: str


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """The scene and composition to go on with, and the call that was made for them, if any."""

    scene: Scene
    composition: Composition
    call: Call | None = None


Understand = Callable[[str], tuple[Question, Meaning]]
"""The offline planner on a question that stands by itself."""


@dataclass(frozen=True, slots=True)
class ModelPlanner:
    """Asks the model at the end of ``line`` for other words."""

    line: Line

    def wants(self, plan: Plan, composition: Composition) -> bool:
        """Whether the offline planner was not sure and its answer shows it."""
        if plan.intent == "unclear":
            return composition.status == "refused"
        unsure = plan.intent == "free" or plan.confidence < SURE
        return (
            unsure
            and plan.unknown is None
            and composition.reason == "not_in_sources"
            and plan.intent not in _NOT_TO_CHOOSE
        )

    def reconsider(
        self, asked: Sequence[str], scene: Scene, composition: Composition, understand: Understand
    ) -> Generator[Waiting, None, Reconsidered]:
        """What the question comes to in the model's words, where they are better; ``asked`` are the visitor's questions in order."""
        call = self._call(asked, scene)
        reply = yield from _reply(call)
        if reply is None or _names_more(reply.question, asked, scene.vocabulary):
            return Reconsidered(scene, composition, call)
        question, meaning = understand(reply.question)
        if question.plan.intent == "free" and reply.intent in _ALONE:
            question = replace(question, plan=replace(question.plan, intent=reply.intent))
        shown = reply.question if len(asked) > 1 else scene.question.shown
        question = replace(question, language=scene.question.language, shown=shown)
        other = replace(scene, question=question, meaning=meaning)
        answered = compose(other)
        if answered.status != "grounded" or question.plan.intent in _NOT_TO_CHOOSE:
            return Reconsidered(scene, composition, call)
        return Reconsidered(other, answered, call)

    def _call(self, asked: Sequence[str], scene: Scene) -> Call:
        files = ["plan.md"]
        system = fill("plan.md", name=scene.profile.name, intents=_intents())
        user = f"<question>{fenced(asked[-1])}</question>"
        if len(asked) > 1:
            files = ["contextualize.md", *files]
            system = f"{fill('contextualize.md')}\n\n{system}"
            user = "<conversation>\n" + "\n".join(map(fenced, asked[:-1])) + f"\n</conversation>\n{user}"
        names: tuple[str, ...] = tuple(sorted(COMPOSERS.keys() - _NOT_TO_CHOOSE))
        messages = (Message("system", system), Message("user", user))
        fingerprint = scene.record.fingerprint
        return self.line.call(messages, _REPLY_TOKENS, fingerprint, _schema(names), prompt_hash(*files))


def _reply(call: Call) -> Generator[Waiting, None, Reply | None]:
    """What the model gave back, where it came whole and has the right form."""
    text = ""
    try:
        with closing(iter(call)) as pieces:
            for piece in pieces:
                if piece is None:
                    yield Waiting()
                else:
                    text += piece
        return Reply.model_validate_json(text.strip().removeprefix("```json").strip("`\n "))
    except (ModelFailed, ValidationError):
        return None


def _names_more(question: str, asked: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether ``question`` holds a proper name or a year that no question of the visitor holds."""
    said = " ".join(asked).casefold()
    named = (m for m in vocabulary.link(question) if m.kind not in {Kind.SELF})
    return any(
        question[m.start : m.end].casefold() not in said
        for m in named
        if m.kind in {Kind.UNKNOWN, Kind.OTHER, Kind.YEAR}
    )


def _intents() -> str:
    examples = load_examples("intents.yaml")
    named = (
        (name, next(iter(by_language.values()))[0])
        for name, by_language in examples.items()
        if name not in _NOT_TO_CHOOSE
    )
    return "\n".join(f"{name}: {example}" for name, example in named)


def _schema(intents: Sequence[str]) -> dict[str, Any]:
    kind: Literal["string"] = "string"
    return {
        "type": "object",
        "properties": {"question": {"type": kind}, "intent": {"type": kind, "enum": list(intents)}},
        "required": ["question", "intent"],
        "additionalProperties": False,
    }
