"""The log: one line a record, JSON or for people, with nothing in it that a visitor typed."""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal, TextIO

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.typing import EventDict, Processor

from app.observe import incident
from app.observe.current import current
from app.observe.foreign import is_ours, templated
from app.observe.redact import Redactor

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["json", "text"]


def set_up_logs(
    level: Level, form: Format | None = None, secrets: tuple[str, ...] = (), stream: TextIO | None = None
) -> None:
    """Has everything that is logged in this process written to ``stream``, standard output where none is given.

    Without ``form`` a terminal gets lines for people and everything else JSON. ``secrets`` are left out wherever they turn up.
    """
    stream = stream or sys.stdout
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(form or ("text" if stream.isatty() else "json"), Redactor(secrets)))
    if level != "debug":
        handler.addFilter(_is_news)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    # A record that cannot be written is lost; Python would print it as it is.
    logging.raiseExceptions = False
    for name, logger in logging.root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger) and not is_ours(name):
            logger.handlers.clear()
            logger.propagate = True


def _is_news(record: logging.LogRecord) -> bool:
    """Other people's libraries are heard when something is wrong."""
    return is_ours(record.name) or record.levelno >= logging.WARNING


def _formatter(form: Format, redactor: Redactor) -> logging.Formatter:
    shared: list[Processor] = [_described, templated, incident.told_of, _requested]
    last: Processor = (
        _line if form == "json" else structlog.dev.ConsoleRenderer(colors=False, sort_keys=False, pad_event_to=0)
    )
    return _OneLine(
        foreign_pre_chain=shared,
        processors=[ProcessorFormatter.remove_processors_meta, redactor, _timed, last],
        # What other people's libraries would put into their words is not even put together.
        use_get_message=False,
        pass_foreign_args=True,
    )


class _OneLine(ProcessorFormatter):
    """One record, one line: whatever stands in it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without the characters that would begin another or move a terminal's cursor."""
        return "".join(c if c.isprintable() else _escaped(c) for c in super().format(record))


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1]


def _described(logger: Any, method: str, record: EventDict) -> EventDict:
    """Level, name, and what our own record carries besides its words."""
    origin: logging.LogRecord = record["_record"]
    more: Mapping[str, Any] = getattr(origin, "told", {})
    return {"level": origin.levelname.lower(), "logger": origin.name, **record, **more}


def _requested(logger: Any, method: str, record: EventDict) -> EventDict:
    """The request that is under way."""
    request = current()
    return record if request is None or "request_id" in record else {**record, "request_id": request.id}


def _timed(logger: Any, method: str, record: EventDict) -> EventDict:
    return {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **record}


def _line(logger: Any, method: str, record: EventDict) -> str:
    return json.dumps(record, ensure_ascii=False, default=str, separators=(",", ":"))
