"""Traces for OpenTelemetry: a span for each answer, with one for its retrieval and one for each call of the language model.

Names and attributes are those of the semantic conventions for generative AI, at status "development" in version 1.41. Spans hold names, numbers and
states; no question, no answer, nothing of a document. Only ``open_tracing`` imports the library, and only where an endpoint is configured.
"""

import threading
import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from app.domain import Answer
from app.errors import ConfigurationError

if TYPE_CHECKING:
    from opentelemetry.context import Context
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter
    from opentelemetry.trace import Span, Tracer

Protocol = Literal["grpc", "http/protobuf"]
_EXPORT_S = 3
"""Longest time for one export."""
_CLOSE_S = 2.0
"""How long the end of the process waits for the last of them."""
_AGENT = "vivavoce"
_OPERATION, _PROVIDER, _SOURCE = "gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.data_source.id"
_WIRE = "openai"
"""Whose wire format the model speaks, which is what the conventions ask for where more is not known."""


@dataclass(slots=True)
class AnswerSpan:
    """The span of one answer; it ends with ``finish``, once."""

    tracer: "Tracer"
    span: "Span"
    context: "Context"
    began_ns: int
    is_over: bool = False

    def finish(self, answer: Answer | None, error: str | None = None) -> None:
        """``answer`` as it was given, or else the kind of the error that kept it from being."""
        if self.is_over:
            return
        self.is_over = True
        if answer is not None:
            self._retrieval(answer)
            self.span.set_attributes(_told(answer))
        if error is not None:
            self._failed(self.span, error)
        self.span.end()

    def call(self, model: str, began_ns: int, max_tokens: int, used: tuple[int, int], failure: str | None) -> None:
        """A call of the language model that has just ended."""
        span = self.tracer.start_span(f"chat {model}", self.context, _kind("CLIENT"), start_time=began_ns)
        span.set_attributes(
            {
                _OPERATION: "chat",
                _PROVIDER: _WIRE,
                "gen_ai.request.model": model,
                "gen_ai.request.max_tokens": max_tokens,
                "gen_ai.usage.input_tokens": used[0],
                "gen_ai.usage.output_tokens": used[1],
            }
        )
        if failure is not None:
            self._failed(span, failure)
        span.end()

    def _retrieval(self, answer: Answer) -> None:
        begin = self.began_ns + _ns(answer.timings_ms.get("contextualize", 0.0))
        end = begin + _ns(answer.timings_ms.get("retrieve", 0.0))
        span = self.tracer.start_span(f"retrieval {answer.profile}", self.context, start_time=begin)
        span.set_attributes({_OPERATION: "retrieval", _SOURCE: answer.profile})
        span.end(end_time=end)

    @staticmethod
    def _failed(span: "Span", kind: str) -> None:
        from opentelemetry.trace import Status, StatusCode

        span.set_attribute("error.type", kind)
        span.set_status(Status(StatusCode.ERROR))


_ANSWER: ContextVar[AnswerSpan | None] = ContextVar("answer_span", default=None)


class Tracing:
    """Makes spans and sends them in the background."""

    def __init__(self, provider: "TracerProvider") -> None:
        self._provider = provider
        self._tracer = provider.get_tracer(_AGENT)

    def begin(self, profile: str, request: str | None) -> AnswerSpan:
        """The span of an answer, under which the calls of this context are placed."""
        from opentelemetry.trace import set_span_in_context

        began = time.time_ns()
        named = {_OPERATION: "invoke_agent", _PROVIDER: _AGENT, "gen_ai.agent.name": _AGENT, _SOURCE: profile}
        more = {"vivavoce.request_id": request} if request else {}
        span = self._tracer.start_span(f"invoke_agent {_AGENT}", start_time=began, attributes=named | more)
        told = AnswerSpan(self._tracer, span, set_span_in_context(span), began)
        _ANSWER.set(told)
        return told

    def close(self) -> None:
        """Sends what is left, for as long as that may take."""
        last = threading.Thread(target=self._provider.shutdown, daemon=True)
        last.start()
        last.join(_CLOSE_S)


def model_called(model: str, began_ns: int, max_tokens: int, used: tuple[int, int], failure: str | None) -> None:
    """A call of the language model has just ended, for the answer that is being given in this context, where it is traced."""
    answer = _ANSWER.get()
    if answer is not None:
        answer.call(model, began_ns, max_tokens, used, failure)


def open_tracing(endpoint: str, protocol: Protocol, version: str) -> Tracing:
    """Sends spans to the collector at ``endpoint``; connects to nothing yet.

    Raises:
        ConfigurationError: the package that speaks ``protocol`` is not installed.
    """
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    about = Resource.create({"service.name": _AGENT, "service.version": version})
    provider = TracerProvider(resource=about, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(_exporter(endpoint, protocol)))
    return Tracing(provider)


def _exporter(endpoint: str, protocol: Protocol) -> "SpanExporter":
    if protocol == "grpc":
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as Grpc

        return Grpc(endpoint=endpoint, timeout=_EXPORT_S)
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as Http
    except ImportError as error:
        raise ConfigurationError(
            f"setting 'otlp_protocol': {protocol!r} needs the package opentelemetry-exporter-otlp-proto-http; "
            "install vivavoce[otel], or set it to 'grpc'"
        ) from error
    return Http(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=_EXPORT_S)


def _told(answer: Answer) -> dict[str, Any]:
    told: dict[str, Any] = {
        "gen_ai.usage.input_tokens": int(answer.usage.get("prompt_tokens", 0)),
        "gen_ai.usage.output_tokens": int(answer.usage.get("completion_tokens", 0)),
        "vivavoce.answer.status": answer.status,
        "vivavoce.answer.mode": answer.mode,
        "vivavoce.answer.sentences": len(answer.sentences),
        "vivavoce.answer.citations": len(answer.citations),
    }
    if answer.reason:
        told["vivavoce.answer.reason"] = answer.reason
    if answer.model is not None:
        told["gen_ai.request.model"] = answer.model.name
        told["vivavoce.model.dropped"] = answer.model.dropped
        if answer.model.fallback:
            told["vivavoce.model.fallback"] = answer.model.fallback
    return told


def _kind(name: str) -> Any:
    from opentelemetry.trace import SpanKind

    return SpanKind[name]


def _ns(ms: float) -> int:
    return int(ms * 1_000_000)
