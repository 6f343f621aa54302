"""From settings to the model writer and everything it stands on."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from app.answer.model import Connection, Model
from app.answer.support import Shown, Support
from app.model.bounded import Limits
from app.model.breaker import Breaker
from app.model.budget import Budget, Caps, Price
from app.model.cache import Cache
from app.model.call import Line
from app.model.planner import ModelPlanner
from app.model.prompt import Entry
from app.model.writer import Judge, ModelWriter
from app.settings import Settings
from ingest.domain import Record
from ingest.embed import Embedder

_NO_KEY = "none"
"""What servers that need no key are sent."""


def open_line(settings: Settings) -> Line:
    """The way to the configured model; connects to nothing."""
    price = Price(settings.model_price_prompt, settings.model_price_completion)
    caps = Caps(
        settings.budget_day_tokens,
        settings.budget_month_tokens,
        settings.budget_day_usd,
        settings.budget_month_usd,
    )
    budget = Budget(settings.spent_file, caps, price, lambda: datetime.now(UTC))
    return Line(Model(connection_of(settings)), budget, Breaker(time.monotonic), Cache())


def connection_of(settings: Settings) -> Connection:
    """Where the model is and how it is asked."""
    key = settings.model_key.get_secret_value() if settings.model_key else _NO_KEY
    limits = Limits(settings.connect_s, settings.read_s, settings.answer_s)
    return Connection(
        settings.model_name, settings.model_url, key, settings.model_class, settings.model_options, limits
    )


def open_writer(settings: Settings, embedder: Embedder) -> ModelWriter:
    """The writer with the configured model; every sentence of it is judged before it is said."""

    def judge(entries: Sequence[Entry], record: Record) -> Judge:
        return Support([Shown(e.n, e.spans[0], e.text, e.path) for e in entries], record, embedder)

    line = open_line(settings)
    return ModelWriter(line, ModelPlanner(line), judge, settings.evidence_tokens, settings.answer_tokens)
