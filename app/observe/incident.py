"""A failure that nobody foresaw: a number for whoever met it, and under that number one line in the log with where it happened."""

import logging
import secrets
import sqlite3
import traceback
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from app.errors import ConfigurationError
from app.observe import metrics
from ingest.errors import IngestError

_LOG = logging.getLogger(__name__)
_TELLING = (OSError, sqlite3.Error, ImportError, MemoryError, RecursionError, IngestError, ConfigurationError)
"""What speaks of this machine and its files. The words of every other exception may hold what a visitor sent."""
_MOST_FRAMES = 40
_NUMBERED = "incident "


def report(error: BaseException, where: str) -> str:
    """The number of ``error``, which is written to the log when it is first reported, however many doors it passes.

    ``where`` names the door. The line has the kinds of the exception and its causes and the places in the code, and the words only of
    what speaks of this machine.
    """
    for note in getattr(error, "__notes__", ()):
        if note.startswith(_NUMBERED):
            return str(note).removeprefix(_NUMBERED)
    number = secrets.token_hex(4)
    error.add_note(f"{_NUMBERED}{number}")
    told = {"incident": number, "door": where, "error": type(error).__name__, "stack": stack(error)}
    _LOG.error("incident %s", number, extra={"told": told})
    metrics.failed(where)
    return number


def error_object(number: str) -> dict[str, str]:
    """What whoever met it is told."""
    message = f"something went wrong here; report incident {number} to whoever runs this server"
    return {"message": message, "type": "server_error", "code": "internal"}


def stack(error: BaseException) -> list[str]:
    """Each exception of the chain, the outermost first, followed by the places that it passed, the innermost last."""
    return [line for each in _chain(error) for line in (_named(each), *_places(each))]


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    each: BaseException | None = error
    while each is not None and id(each) not in seen:
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            yield from each.exceptions
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _named(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}: {error}" if isinstance(error, _TELLING) and str(error) else name


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-_MOST_FRAMES:]]


def told_of(logger: Any, method: str, record: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """A processor of structlog's: an exception that a record carries as ``stack`` tells it, never with its words."""
    carried = record.pop("exc_info", None)
    record.pop("stack_info", None)
    error = carried[1] if isinstance(carried, tuple) else carried
    return {**record, "stack": stack(error)} if isinstance(error, BaseException) else record
