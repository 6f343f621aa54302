"""One call of the model with all that stands around it: cache, circuit breaker, budget, one retry."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from app.answer.model import BEAT_S, Message, Model
from app.domain import Fallback
from app.model.breaker import Breaker
from app.model.budget import Budget, OverBudget
from app.model.cache import Cache, key_of
from app.model.fault import NOT_ITS_FAULT, ONE_RETRY, UNPAID, ModelFailed, Usage
from app.observe.metrics import called_model
from app.observe.spans import model_called
from ingest.passages import count_tokens

_RETRY_AFTER_S = 0.5
_LONGEST_RETRY_S = 2.0
"""A provider that asks for a longer pause is not waited for: a visitor is."""
_PER_MESSAGE_TOKENS = 4
"""What the wire format of a chat adds to each message."""


def tokens_of(messages: Sequence[Message]) -> int:
    """The length of a prompt in tokens of cl100k_base, the wire format included."""
    return sum(count_tokens(m.text) + _PER_MESSAGE_TOKENS for m in messages)


@dataclass(frozen=True, slots=True)
class Line:
    """The way to one model, shared by all questions."""

    model: Model
    budget: Budget
    breaker: Breaker
    cache: Cache
    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep

    def call(
        self,
        messages: Sequence[Message],
        max_tokens: int,
        fingerprint: str,
        schema: Mapping[str, Any] | None = None,
        prompt: str = "",
    ) -> "Call":
        """A call that begins when it is iterated; ``fingerprint`` tells the state of what is asked about, ``prompt`` is the hash of its files."""
        return Call(self, tuple(messages), max_tokens, fingerprint, schema, prompt)


@dataclass(slots=True)
class Call:
    """Iterate it for the pieces of the answer, ``None`` where nothing came for a moment; then see what it took.

    Iterating raises ``ModelFailed``; closing the iterator gives the call up.
    """

    line: Line
    messages: tuple[Message, ...]
    max_tokens: int
    fingerprint: str
    schema: Mapping[str, Any] | None = None
    prompt: str = ""
    failure: Fallback | None = None
    """Why there is no whole answer."""
    usage: Usage = field(default_factory=Usage)
    cost_usd: float = 0.0
    _said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What came so far."""
        return "".join(self._said)

    @property
    def gave_up(self) -> bool:
        """Whether the way to the model is shut for now, so that to ask it something else would only cost time."""
        return self.failure is not None and self.failure not in {"filtered", "length"}

    def __iter__(self) -> Generator[str | None, None, None]:
        try:
            yield from self._answered()
        except ModelFailed as error:
            self.failure = error.kind
            raise

    def _answered(self) -> Iterator[str | None]:
        line = self.line
        key = key_of(line.model.name, self.fingerprint, str(self.max_tokens), texts=(m.text for m in self.messages))
        known = line.cache.get(key)
        if known is not None:
            yield known
            return
        if not line.breaker.lets_through():
            raise ModelFailed("breaker")
        yield from self._paid()
        line.breaker.succeeded()
        line.cache.put(key, self.text)

    def _paid(self) -> Iterator[str | None]:
        """The call within the budget: estimated before, counted afterwards, however it ends."""
        line, prompt_tokens = self.line, tokens_of(self.messages)
        try:
            reservation = line.budget.reserve(line.model.name, prompt_tokens, self.max_tokens)
        except OverBudget as error:
            raise ModelFailed("budget") from error
        usage: Usage | None = None
        outcome, began_ns = "left", time.time_ns()
        try:
            usage = yield from self._tried()
            outcome = "ok"
        except ModelFailed as error:
            outcome = error.kind
            if not self._said and error.kind in UNPAID:
                usage = Usage()
            if error.kind not in NOT_ITS_FAULT:
                line.breaker.failed(error.kind)
            raise
        finally:
            self.usage = usage or Usage(prompt_tokens, count_tokens(self.text))
            self.cost_usd = line.budget.settle(reservation, self.usage.prompt_tokens, self.usage.completion_tokens)
            used = (self.usage.prompt_tokens, self.usage.completion_tokens)
            called_model(outcome, *used, self.cost_usd)
            model_called(line.model.name, began_ns, self.max_tokens, used, None if outcome == "ok" else outcome)

    def _tried(self) -> Generator[str | None, None, Usage | None]:
        """The answer, on the second try where the first may have failed by chance."""
        schema = self.schema
        try:
            return (yield from self._once(schema))
        except ModelFailed as error:
            wait_s = _RETRY_AFTER_S if error.retry_after_s is None else error.retry_after_s
            if schema is not None and error.kind in {"failed", "server"}:
                # Some providers know no schemas, and say so as an error of the request or of their own.
                schema, wait_s = None, 0.0
            elif error.kind not in ONE_RETRY:
                raise
            if self._said or wait_s > _LONGEST_RETRY_S:
                raise
        yield from self._waited(wait_s)
        return (yield from self._once(schema))

    def _once(self, schema: Mapping[str, Any] | None) -> Generator[str | None, None, Usage | None]:
        with closing(self.line.model.stream(self.messages, self.max_tokens, schema)) as stream:
            while True:
                try:
                    piece = next(stream)
                except StopIteration as end:
                    usage: Usage | None = end.value
                    return usage
                if piece is not None:
                    self._said.append(piece)
                yield piece

    def _waited(self, seconds: float) -> Iterator[None]:
        until = self.line.clock() + seconds
        while (left := until - self.line.clock()) > 0:
            self.line.pause(min(left, BEAT_S))
            yield None
