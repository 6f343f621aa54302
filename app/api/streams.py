"""Server-sent events: the frames of a stream, and the response that sends them for as long as somebody reads."""

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.api.errors import incident
from app.fault import Fault

KEEP_ALIVE = b": keep-alive\n\n"
DONE = b"data: [DONE]\n\n"
HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
"""Nobody keeps a stream, and nginx hands it on as it comes."""

Frames = AsyncGenerator[bytes, None]


def frame(data: Mapping[str, Any], event: str | None = None) -> bytes:
    """One event; JSON has no line breaks of its own, so its data is one line."""
    named = f"event: {event}\n" if event else ""
    return f"{named}data: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()


def failure(fault: Fault) -> Mapping[str, Any]:
    """The error object, as the body of a refused request has it."""
    return {"error": fault.told}


async def to_the_end(frames: Frames, error_event: str | None = None) -> Frames:
    """``frames``, then an error object where they fail, then ``[DONE]``: a stream that broke is told from one that is whole."""
    try:
        async with aclosing(frames):
            async for piece in frames:
                yield piece
    except Fault as fault:
        yield frame(failure(fault), error_event)
    except Exception as error:
        yield frame(failure(incident(error)), error_event)
    yield DONE


class EventStream(Response):
    """Sends ``frames`` as they come, and closes them however it ends."""

    media_type = "text/event-stream"

    def __init__(self, frames: Frames) -> None:
        super().__init__(headers=HEADERS)
        # The length of a stream is not known.
        del self.headers["content-length"]
        self._frames = frames

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        async with aclosing(self._frames) as frames:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            async for piece in frames:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
