"""The language model: llama-index's LLM interface over the openai client. Both are known only here.

Calls run in one event loop of their own, because only there a call that waits for its next token can be given up at once.
"""

import asyncio
import logging
import math
import queue
import threading
import time
from collections.abc import Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from importlib import import_module
from typing import Any

from app.domain import Fallback
from app.errors import ConfigurationError
from app.model.bounded import Limits, http_client
from app.model.fault import ModelFailed, Usage
from app.model.reading import Reading

BEAT_S = 0.25
"""How often a call that is waited for gives a sign, so that whoever left is noticed."""
_CHARS_PER_TOKEN = 12
"""More than any language needs: the length at which a model that ignores its limit is stopped."""
_CLOSE_S = 5.0
_GRACE_S = 1.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to the model."""

    role: str
    """``system`` or ``user``."""
    text: str


@dataclass(frozen=True, slots=True)
class Connection:
    """Where the model is and how it is asked; ``key`` and ``options`` may be secret and are not shown."""

    name: str
    url: str | None
    key: str
    kind: str | None
    """Dotted name of another llama-index LLM class; ``None``: any OpenAI-compatible endpoint."""
    options: Mapping[str, Any]
    limits: Limits

    def __repr__(self) -> str:
        return f"Connection(name={self.name!r})"


class Model:
    """One language model; opening it connects to nothing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.name = connection.name

    def __repr__(self) -> str:
        return f"Model({self.name!r})"

    def stream(
        self, messages: Sequence[Message], max_tokens: int, schema: Mapping[str, Any] | None = None
    ) -> Generator[str | None, None, Usage | None]:
        """The pieces of the answer as they come, and ``None`` every ``BEAT_S`` seconds, also while pieces come of which nothing is said.

        Returns what the provider says was used, if it says so. Closing the generator gives the call up. ``schema`` is the JSON Schema
        that the answer must have, where the provider can see to that.

        Raises:
            ModelFailed: no answer, or one that did not come to its end.
        """
        pieces: queue.SimpleQueue[str | Future[Usage | None]] = queue.SimpleQueue()
        call = asyncio.run_coroutine_threadsafe(self._read(messages, max_tokens, schema, pieces), self._loop)
        call.add_done_callback(pieces.put)
        ends: float | None = None
        beat = time.monotonic()
        try:
            while True:
                if time.monotonic() - beat >= BEAT_S:
                    yield None
                    beat = time.monotonic()
                try:
                    piece = pieces.get(timeout=BEAT_S)
                except queue.Empty:
                    # A class that holds the loop up keeps its own time-outs from being heard.
                    if ends is not None and time.monotonic() > ends:
                        raise ModelFailed("timeout") from None
                    continue
                if isinstance(piece, str):
                    ends = ends or time.monotonic() + self._connection.limits.answer_s + _GRACE_S
                    if piece:
                        yield piece
                    continue
                error = ModelFailed("cut") if piece.cancelled() else piece.exception()
                if error is None:
                    return piece.result()
                raise error if isinstance(error, ModelFailed) else _failure(error) from error
        finally:
            call.cancel()

    async def _read(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        schema: Mapping[str, Any] | None,
        pieces: "queue.SimpleQueue[str | Future[Usage | None]]",
    ) -> Usage | None:
        reading = Reading(strict=self._connection.kind is None, max_chars=max_tokens * _CHARS_PER_TOKEN)
        llm = self._llm  # whose import takes seconds that are not the provider's
        pieces.put("")
        async with asyncio.timeout(self._connection.limits.answer_s):
            async for response in await self._asked(llm, messages, max_tokens, schema):
                text = reading.take(response.delta, response.raw)
                if text:
                    pieces.put(text)
        return reading.finish()

    def _asked(self, llm: Any, messages: Sequence[Message], max_tokens: int, schema: Mapping[str, Any] | None) -> Any:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole

        told = [ChatMessage(role=MessageRole(m.role), content=m.text) for m in messages]
        # The class that is configured by name gets its limits with its other options.
        own: dict[str, Any] = {"max_tokens": max_tokens} if self._connection.kind is None else {}
        if own and schema is not None:
            strict = {"name": "reply", "strict": True, "schema": dict(schema)}
            own["response_format"] = {"type": "json_schema", "json_schema": strict}
        return llm.astream_chat(told, **own)

    def warm_up(self) -> None:
        """Imports what a first call would wait for."""
        asyncio.run_coroutine_threadsafe(self._opened(), self._loop)

    async def _opened(self) -> Any:
        return self._llm

    @cached_property
    def _loop(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=_run, args=(loop,), name="model", daemon=True)
        self._thread.start()
        return loop

    @cached_property
    def _http(self) -> Any:
        return http_client(self._connection.limits)

    @cached_property
    def _llm(self) -> Any:
        c = self._connection
        if c.kind is not None:
            return _named_class(c.kind)(**c.options)
        import openai.resources.chat.completions  # noqa: F401  # else the client does while the first question waits
        from llama_index.llms.openai_like import OpenAILike

        defaults: dict[str, Any] = {
            "temperature": 0.0,
            "is_chat_model": True,
            "context_window": 8192,
            "additional_kwargs": {"stream_options": {"include_usage": True}},
        }
        return OpenAILike(
            model=c.name,
            api_base=c.url,
            api_key=c.key,
            max_retries=0,
            timeout=c.limits.read_s,
            **{"async_http_client": self._http, **defaults, **c.options},
        )

    def require(self) -> None:
        """Sees whether the LLM class that is configured is there.

        Raises:
            ConfigurationError: it is not.
        """
        if self._connection.kind is not None:
            _named_class(self._connection.kind)

    def close(self) -> None:
        """Gives up the calls under way and lets the connections go."""
        if "_loop" in self.__dict__:
            asyncio.run_coroutine_threadsafe(self._let_go(), self._loop).result(_CLOSE_S)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(_CLOSE_S)

    async def _let_go(self) -> None:
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self._loop.shutdown_asyncgens()
        if "_http" in self.__dict__:
            await self._http.aclose()


def _run(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.close()


def _named_class(dotted: str) -> Any:
    module, _, name = dotted.rpartition(".")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise ConfigurationError(
            f"setting 'model_class': {dotted!r} cannot be imported; install its package or mend the name"
        ) from error


_BY_STATUS: Mapping[int, Fallback] = {
    401: "auth",
    403: "auth",
    404: "unknown_model",
    408: "timeout",
    429: "rate_limited",
}


def _failure(error: BaseException) -> ModelFailed:
    """What an exception of the client, or of whatever class is configured, comes to; its text may hold secrets and is dropped."""
    import httpx
    import openai

    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) is not None and cause not in chain:
        chain.append(cause)
    for each in chain:
        if isinstance(each, ModelFailed):
            return each
    _LOG.info("the model's call failed: %s", " from ".join(type(e).__name__ for e in chain))
    if isinstance(error, openai.APIStatusError):
        return _refusal(error)
    for each in chain:
        if isinstance(each, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
            return ModelFailed("timeout")
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return ModelFailed("connect")
    if isinstance(error, httpx.TransportError):
        return ModelFailed("cut")
    if isinstance(error, openai.APIError):
        return ModelFailed("server")
    if isinstance(error, ValueError | TypeError | LookupError | AttributeError):
        return ModelFailed("malformed")
    return ModelFailed("failed")


def _refusal(error: Any) -> ModelFailed:
    """What an HTTP status and the error's code come to."""
    code = str(error.code or error.type or "")
    if code in {"insufficient_quota", "billing_hard_limit_reached"} or error.status_code == 402:
        return ModelFailed("quota")
    if code == "model_not_found":
        return ModelFailed("unknown_model")
    if code == "content_filter":
        return ModelFailed("filtered")
    kind = _BY_STATUS.get(error.status_code, "server" if error.status_code >= 500 else "failed")
    return ModelFailed(kind, _asked_to_wait(error.response.headers.get("retry-after", "")))


def _asked_to_wait(header: str) -> float | None:
    """The seconds of a ``Retry-After`` (RFC 9110, section 10.2.3), which may also be a date."""
    wait: float | None = None
    with suppress(ValueError):
        wait = (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds()
    with suppress(ValueError):
        wait = float(header)
    return max(0.0, wait) if wait is not None and math.isfinite(wait) else None
