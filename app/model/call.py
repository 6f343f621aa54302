"""One call of the model with all that stands around it: cache, circuit breaker, budget, one retry."""

import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from app.answer.model import BEAT_S, Message, Model
from app.model.breaker import Breaker
from app.model.budget import Budget, OverBudget
from app.model.cache import Cache, key_of
from app.model.fault import NOT_ITS_FAULT, ONE_RETRY, ModelFailed, Usage
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
        self, messages: Sequence[Message], max_tokens: int, fingerprint: str, schema: Mapping[str, Any] | None = None
    ) -> "Call":
        """A call that begins when it is iterated; ``fingerprint`` tells the state of what is asked about."""
        return Call(self, tuple(messages), max_tokens, fingerprint, schema)


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
    usage: Usage = field(default_factory=Usage)
    cost_usd: float = 0.0
    _said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What came so far."""
        return "".join(self._said)

    def __iter__(self) -> Generator[str | None, None, None]:
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
        try:
            usage = yield from self._tried()
        except ModelFailed as error:
            if not self._said:
                usage = Usage()
            if error.kind not in NOT_ITS_FAULT:
                line.breaker.failed(error.kind)
            raise
        finally:
            self.usage = usage or Usage(prompt_tokens, count_tokens(self.text))
            self.cost_usd = line.budget.settle(reservation, self.usage.prompt_tokens, self.usage.completion_tokens)

    def _tried(self) -> Generator[str | None, None, Usage | None]:
        """The answer, on the second try where the first may have failed by chance."""
        try:
            return (yield from self._once())
        except ModelFailed as error:
            wait_s = _RETRY_AFTER_S if error.retry_after_s is None else error.retry_after_s
            if self._said or error.kind not in ONE_RETRY or wait_s > _LONGEST_RETRY_S:
                raise
        yield from self._waited(wait_s)
        return (yield from self._once())

    def _once(self) -> Generator[str | None, None, Usage | None]:
        with closing(self.line.model.stream(self.messages, self.max_tokens, self.schema)) as stream:
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
