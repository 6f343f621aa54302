"""What is counted, by functions that are named after what happened; ``exposition`` is it all as Prometheus reads it.

Labels are names of routes, profiles and states, which are few. What a visitor sends never becomes one.
"""

import math

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from app.domain import Answer

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
REGISTRY = CollectorRegistry()
# When a counter was made is told by when the process was.
disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 20.0, 45.0)
_BREAKER = ("closed", "half_open", "open")
_STATES = ("verified", "degraded", "unusable")

_requests = Counter("vivavoce_requests", "Requests answered.", ("method", "route", "status"), registry=REGISTRY)
_answers = Counter("vivavoce_answers", "Answers given.", ("profile", "status", "mode"), registry=REGISTRY)
_first = Histogram(
    "vivavoce_first_sentence_seconds",
    "From the question to the first sentence of its answer.",
    ("mode",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
_whole = Histogram(
    "vivavoce_answer_seconds",
    "From the question to the end of its answer.",
    ("mode",),
    buckets=_SECONDS,
    registry=REGISTRY,
)
_refused = Counter("vivavoce_refused", "Requests refused by a limit.", ("limit",), registry=REGISTRY)
_incidents = Counter("vivavoce_incidents", "Failures that nobody foresaw.", ("door",), registry=REGISTRY)
_calls = Counter("vivavoce_model_calls", "Calls of the language model.", ("outcome",), registry=REGISTRY)
_tokens = Counter("vivavoce_model_tokens", "Tokens of the language model.", ("kind",), registry=REGISTRY)
_cost = Counter("vivavoce_model_cost_usd", "What the language model cost, in US dollars.", registry=REGISTRY)
_streams = Gauge("vivavoce_open_streams", "Streams that are being sent.", registry=REGISTRY)
_breaker = Gauge("vivavoce_breaker", "1 for the state that the way to the model is in.", ("state",), registry=REGISTRY)
_budget = Gauge("vivavoce_budget_left_ratio", "What is left of the tightest budget, 0 to 1.", registry=REGISTRY)
_index = Gauge("vivavoce_index", "1 for the state of a profile's index.", ("profile", "state"), registry=REGISTRY)
_age = Gauge("vivavoce_index_age_seconds", "Since the index that answers was made.", ("profile",), registry=REGISTRY)
_about = Gauge("vivavoce_info", "The version.", ("version",), registry=REGISTRY)
_budget.set(math.nan)
ProcessCollector(registry=REGISTRY)


def answered_request(method: str, route: str, status: int) -> None:
    """A request was answered; ``route`` is its template."""
    _requests.labels(method, route, str(status)).inc()


def stream_opened() -> None:
    """A stream began to be sent."""
    _streams.inc()


def stream_closed() -> None:
    """A stream ended, however."""
    _streams.dec()


def answered(answer: Answer, first_s: float | None, whole_s: float) -> None:
    """An answer came to its end; the times are counted from the question."""
    _answers.labels(answer.profile, answer.status, answer.mode).inc()
    if first_s is not None:
        _first.labels(answer.mode).observe(first_s)
    _whole.labels(answer.mode).observe(whole_s)


def refused_by_limit(limit: str) -> None:
    """A request was turned away; ``limit`` names what was exhausted: ``address``, ``session``, ``key``, ``profile``, or ``busy``."""
    _refused.labels(limit).inc()


def failed(door: str) -> None:
    """Something failed in a way that nobody foresaw."""
    _incidents.labels(door).inc()


def called_model(outcome: str, prompt_tokens: int, completion_tokens: int, cost_usd: float) -> None:
    """The language model was called; ``outcome`` is ``ok``, ``left`` or how it failed."""
    _calls.labels(outcome).inc()
    _tokens.labels("prompt").inc(prompt_tokens)
    _tokens.labels("completion").inc(completion_tokens)
    _cost.inc(cost_usd)


def breaker_is(state: str) -> None:
    """The way to the model is ``closed``, which is well, ``open`` or ``half_open``."""
    for each in _BREAKER:
        _breaker.labels(each).set(each == state)


def budget_left(ratio: float) -> None:
    """So much is left of the tightest budget."""
    _budget.set(ratio)


def index_is(profile: str, state: str, age_s: float | None) -> None:
    """The index of ``profile`` is ``verified``, ``degraded`` or ``unusable``."""
    for each in _STATES:
        _index.labels(profile, each).set(each == state)
    if age_s is not None:
        _age.labels(profile).set(age_s)


def version_is(version: str) -> None:
    """This version runs."""
    _about.labels(version).set(1)


def exposition() -> bytes:
    """All of it, in the text format."""
    return generate_latest(REGISTRY)
