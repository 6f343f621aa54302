"""From settings to the model writer and everything it stands on."""

import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from app.answer.model import Connection, Model
from app.answer.support import Shown, Support
from app.model.bounded import Limits
from app.model.breaker import Breaker
from app.model.budget import Budget, Caps, Price
from app.model.cache import Cache
from app.model.call import Line
from app.model.hearing import Judge
from app.model.known import english
from app.model.planner import ModelPlanner
from app.model.prompt import Entry
from app.model.writer import ModelWriter
from app.settings import Settings
from ingest.domain import Record
from ingest.embed import Embedder

NO_KEY = "none"
"""What servers that need no key are sent."""


def open_line(settings: Settings) -> Line:
    """The way to the configured model; connects to nothing."""
    return line_to(connection_of(settings), settings)


def line_to(connection: Connection, settings: Settings) -> Line:
    """The way to the model at ``connection``, within the budget of ``settings``; connects to nothing."""
    price = Price(settings.model_price_prompt, settings.model_price_completion)
    caps = Caps(
        settings.budget_day_tokens,
        settings.budget_month_tokens,
        settings.budget_day_usd,
        settings.budget_month_usd,
    )
    budget = Budget(settings.spent_file, caps, price, lambda: datetime.now(UTC))
    return Line(Model(connection), budget, Breaker(time.monotonic), Cache())


def connection_of(settings: Settings) -> Connection:
    """Where the model is and how it is asked."""
    key = settings.model_key.get_secret_value() if settings.model_key else NO_KEY
    limits = Limits(settings.connect_s, settings.read_s, settings.answer_s)
    return Connection(
        settings.model_name, settings.model_url, key, settings.model_class, settings.model_options, limits
    )


def open_writer(settings: Settings, embedder: Embedder) -> ModelWriter:
    """The writer with the configured model; every sentence of it is judged before it is said."""

    def judge(entries: Sequence[Entry], record: Record) -> Judge:
        return Support([shown for e in entries for shown in _shown(e, record)], record, embedder)

    # Read while the model is still thinking: no visitor's first sentence waits for the word lists.
    threading.Thread(target=english, daemon=True).start()
    line = open_line(settings)
    return ModelWriter(line, ModelPlanner(line), judge, settings.evidence_tokens, settings.answer_tokens)


def _shown(entry: Entry, record: Record) -> Iterator[Shown]:
    """An entry as the judge reads it: what the program computed beside every source that it rests on."""
    if not entry.statement:
        yield Shown(entry.n, entry.spans[0], record.quote(entry.spans[0]), entry.path)
        return
    yield Shown(entry.n, entry.spans[0], entry.text, entry.path, is_computed=True, rows=entry.rows)
    for span in entry.spans:
        blocks = record.document(span.document).blocks
        path = next((b.path for b in blocks if b.span.start <= span.start < b.span.end), ())
        yield Shown(entry.n, span, record.quote(span), path)
