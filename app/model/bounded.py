"""An HTTP client for answers of a model: it refuses what is no such answer and ends what does not end by itself."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.model.fault import ModelFailed

if TYPE_CHECKING:
    import httpx

_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds."""

    connect_s: float = 3.0
    read_s: float = 15.0
    """Between two pieces of an answer, and before the first."""
    answer_s: float = 45.0
    """For all of it."""


def http_client(limits: Limits) -> "httpx.AsyncClient":
    """A client with these time-outs; redirects are not followed, the key goes nowhere else."""
    import httpx

    # They would write down addresses, which may hold a password, and what visitors ask.
    for name in ("httpx", "httpcore", "openai"):
        logging.getLogger(name).setLevel(logging.WARNING)
    timeout = httpx.Timeout(limits.read_s, connect=limits.connect_s)
    # Uncompressed, so that what is counted below is what comes.
    headers = {"Accept-Encoding": "identity"}

    async def in_time(request: httpx.Request) -> None:
        # The openai client sets one time-out for everything on each request, from what llama-index hands it.
        request.extensions["timeout"] = timeout.as_dict()

    return httpx.AsyncClient(
        timeout=timeout,
        headers=headers,
        follow_redirects=False,
        event_hooks={"request": [in_time], "response": [_bound]},
    )


async def _bound(response: "httpx.Response") -> None:
    """Refuses what is no answer of a model, a log-in page for instance, and ends a body that does not end by itself."""
    import httpx

    kind = response.headers.get("content-type", "").partition(";")[0].strip()
    packed = response.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}
    if packed or (response.is_success and kind not in {"text/event-stream", "application/json", ""}):
        raise ModelFailed("malformed")
    assert isinstance(response.stream, httpx.AsyncByteStream)
    response.stream = _bounded(response.stream)


def _bounded(stream: "httpx.AsyncByteStream") -> "httpx.AsyncByteStream":
    import httpx

    class Bounded(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            seen = 0
            async for chunk in stream:
                seen += len(chunk)
                if seen > _MAX_BYTES:
                    raise ModelFailed("malformed")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
