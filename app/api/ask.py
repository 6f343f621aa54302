"""``POST /v1/ask``: a question, or the turns that led to it, for the answer object, at once or sentence by sentence."""

from contextlib import aclosing
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict
from starlette.responses import JSONResponse, Response

from app.api.answers import Answers, Events
from app.api.streams import KEEP_ALIVE, EventStream, Frames, frame, to_the_end
from app.domain import Answer, Event, Finished, Retrieved, Spoken, Turn

LEFT = 499
"""What nobody reads any more."""
_MAX_TURNS = 200
_EITHER: JsonDict = {
    "oneOf": [
        {"required": ["question"], "properties": {"question": {"type": "string"}, "turns": {"type": "null"}}},
        {
            "required": ["turns"],
            "properties": {"turns": {"type": "array", "minItems": 1}, "question": {"type": "null"}},
        },
    ]
}
"""What JSON Schema can say of ``_one_of_them``."""


class TurnBody(BaseModel):
    """One message of the conversation so far."""

    model_config = ConfigDict(extra="forbid", strict=True)

    role: Literal["user", "assistant"]
    text: str


class AskBody(BaseModel):
    """A question to a profile: alone, or as the last of the turns that led to it."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra=_EITHER)

    profile: Annotated[str, Field(min_length=1, max_length=200, description="The slug of a profile.")]
    question: str | None = None
    turns: Annotated[list[TurnBody], Field(max_length=_MAX_TURNS)] | None = None
    """The conversation, the question last."""
    stream: bool = False
    """Whether the answer comes sentence by sentence, as server-sent events."""

    @model_validator(mode="after")
    def _one_of_them(self) -> "AskBody":
        if (self.question is None) == (self.turns is None):
            raise ValueError("give either question or turns")
        if self.turns is not None and (not self.turns or self.turns[-1].role != "user"):
            raise ValueError("the last turn must be the user's")
        return self

    @property
    def conversation(self) -> list[Turn]:
        """The turns, the question last."""
        if self.turns is None:
            return [Turn("user", self.question or "")]
        return [Turn(turn.role, turn.text) for turn in self.turns]


def ask_routes(answers: Answers) -> APIRouter:
    """The route, below ``/v1``."""
    router = APIRouter()

    @router.post("/ask")
    async def ask(body: AskBody, request: Request) -> Response:
        events = answers.to(request, body.profile, body.conversation)
        if body.stream:
            await opened(events)
            return EventStream(to_the_end(_frames(events), "error"))
        answer = await whole(events)
        return JSONResponse(answer.to_json()) if answer else Response(status_code=LEFT)

    return router


async def opened(events: Events) -> None:
    """Waits until the question is let in; raises ``Fault`` where it is not, while that can still be an HTTP status."""
    await anext(events)


async def whole(events: Events) -> Answer | None:
    """The finished answer; ``None`` where whoever asked has left."""
    async with aclosing(events):
        async for event in events:
            if isinstance(event, Finished):
                return event.answer
    return None


async def _frames(events: Events) -> Frames:
    """The events of an answer on the wire, after a comment, which shows that the question is let in."""
    yield KEEP_ALIVE
    async with aclosing(events):
        async for event in events:
            yield KEEP_ALIVE if event is None else frame(*_wire(event))


def _wire(event: Event) -> tuple[dict[str, Any], str]:
    """The data and the name of an event."""
    match event:
        case Retrieved():
            return {
                "facts": event.facts,
                "passages": event.passages,
                "kind": event.kind,
                "asked": list(event.asked),
            }, "retrieved"
        case Spoken():
            return {**event.sentence.to_json(), "sources": [c.to_json() for c in event.citations]}, "sentence"
        case Finished():
            return event.answer.to_json(), "finished"
    raise AssertionError(f"{type(event).__name__} is not sent")
