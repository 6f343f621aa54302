"""``POST /v1/chat/completions`` as OpenAI's clients speak it; the model is a profile, and the answer is the one of ``/v1/ask``."""

import time
from contextlib import aclosing
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from app.answer.tell import joined
from app.api.answers import Answers, Events
from app.api.ask import LEFT, opened, whole
from app.api.chat_body import ChatBody
from app.api.completion import Completion
from app.api.streams import KEEP_ALIVE, EventStream, Frames, frame, to_the_end
from app.domain import Answer, Finished, Sentence, Spoken
from app.settings import Settings


def chat_routes(settings: Settings, answers: Answers) -> APIRouter:
    """The route, below ``/v1``."""
    router = APIRouter()

    @router.post("/chat/completions")
    async def chat(body: ChatBody, request: Request) -> Response:
        turns = body.conversation(settings.turns)
        completion = Completion(body.model, f"{request.base_url}v1/", int(time.time()))
        events = answers.to(request, body.model, turns)
        if body.stream:
            await opened(events)
            return EventStream(to_the_end(_frames(events, completion, body.wants_usage)))
        answer = await whole(events)
        return JSONResponse(completion.whole(answer)) if answer else Response(status_code=LEFT)

    return router


async def _frames(events: Events, completion: Completion, wants_usage: bool) -> Frames:
    """The chunks of a completion; only a whole answer gets one with a ``finish_reason``."""
    # With usage asked for, OpenAI gives every chunk the key and the last one the value.
    more: dict[str, Any] = {"usage": None} if wants_usage else {}
    yield frame(completion.chunk({"role": "assistant", "content": ""}) | more)
    said = _Said()
    async with aclosing(events):
        async for event in events:
            if event is None:
                yield KEEP_ALIVE
            elif isinstance(event, Spoken):
                delta = said.more(event.sentence)
                if delta:
                    yield frame(completion.chunk({"content": delta}) | more)
            elif isinstance(event, Finished):
                rest = said.rest(event.answer)
                if rest:
                    yield frame(completion.chunk({"content": rest}) | more)
                yield frame(completion.last(event.answer, with_usage=not wants_usage) | more)
                if wants_usage:
                    yield frame(completion.usage(event.answer))


class _Said:
    """The text of an answer as it grows: what is new of it with each sentence."""

    def __init__(self) -> None:
        self._sentences: list[Sentence] = []
        self._text = ""

    def more(self, sentence: Sentence) -> str:
        """What ``sentence`` adds, the gap before it included."""
        self._sentences.append(sentence)
        # White space at the end may still fall away when a list follows.
        return self._grown(joined(self._sentences).rstrip())

    def rest(self, answer: Answer) -> str:
        """What is still missing of the whole answer."""
        return self._grown(answer.answer)

    def _grown(self, text: str) -> str:
        new = text[len(self._text) :] if text.startswith(self._text) else ""
        self._text += new
        return new
