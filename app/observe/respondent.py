"""The assistant as it is observed: every answer, at whichever door, leaves a line in the log, its times, and a span."""

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain import Answer, Event, Finished, Language, Spoken, Turn
from app.errors import ServerStopping
from app.library import Library
from app.observe import metrics
from app.observe.current import Request, current
from app.observe.hashing import DailyHash
from app.observe.spans import AnswerSpan, Tracing
from app.observe.stop import Stop

if TYPE_CHECKING:
    from app.web import Respondent

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Observed:
    """Asks ``inner`` and changes nothing of what it says; when the server stops, an answer ends with ``ServerStopping``."""

    inner: "Respondent"
    hashed: DailyHash
    stop: Stop
    tracing: Tracing | None = None

    @property
    def library(self) -> Library:
        """As ``inner`` has it."""
        return self.inner.library

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        """As ``inner``."""
        self.inner.check(slug, turns)

    def greeting(self, slug: str, language: Language | None = None) -> str:
        """As ``inner``."""
        return self.inner.greeting(slug, language)

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        """As ``inner``."""
        return self.inner.suggestions(slug, language)

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        """As ``inner``, whose every step is taken in the context of this call, in whichever thread."""
        return self._events(slug, turns, copy_context(), current())

    def _events(self, slug: str, turns: Sequence[Turn], context: Context, request: Request | None) -> Iterator[Event]:
        if self.stop.is_due:
            raise ServerStopping
        asked = request.started if request else time.perf_counter()
        span: AnswerSpan | None = None
        # What is no profile is somebody's text.
        if self.tracing is not None and slug in self.library.slugs():
            span = context.run(self.tracing.begin, slug, request.id if request else None)
        first: float | None = None
        told: Answer | None = None
        failure: str | None = "left"
        with self.stop.answering():
            events = context.run(self.inner.ask, slug, turns)
            try:
                while (event := context.run(next, events, None)) is not None:
                    if isinstance(event, Spoken) and first is None:
                        first = time.perf_counter() - asked
                    if isinstance(event, Finished):
                        told, failure = event.answer, None
                        context.run(self._tell, told, turns, first, time.perf_counter() - asked, span)
                    yield event
                    if self.stop.is_due and told is None:
                        raise ServerStopping
            except Exception as error:
                failure = type(error).__name__
                raise
            finally:
                if isinstance(events, Generator):
                    context.run(events.close)
                if span is not None:
                    span.finish(told, failure)

    def _tell(
        self, answer: Answer, turns: Sequence[Turn], first_s: float | None, whole_s: float, span: AnswerSpan | None
    ) -> None:
        metrics.answered(answer, first_s, whole_s)
        if span is not None:
            span.finish(answer)
        if not _LOG.isEnabledFor(logging.INFO):
            return
        told: dict[str, object] = {
            "profile": answer.profile,
            "question": self.hashed(turns[-1].text),
            "status": answer.status,
            "reason": answer.reason,
            "mode": answer.mode,
            "citations": len(answer.citations),
            "first_ms": None if first_s is None else round(first_s * 1000, 1),
            "ms": round(whole_s * 1000, 1),
        }
        if answer.model is not None:
            told |= {"model": answer.model.name, "fallback": answer.model.fallback, "dropped": answer.model.dropped}
            told |= {name: answer.usage.get(name) for name in ("prompt_tokens", "completion_tokens", "cost_usd")}
        _LOG.info("answer", extra={"told": told})
