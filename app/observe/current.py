"""The request that is under way, as the code that answers it sees it, in whichever thread."""

import re
import uuid
from contextvars import ContextVar
from dataclasses import dataclass

from app.observe.redact import redacted

_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")


@dataclass(slots=True)
class Request:
    """One request from its first byte to its last."""

    id: str
    started: float
    """``time.perf_counter()``."""


_CURRENT: ContextVar[Request | None] = ContextVar("request", default=None)


def begin(request: Request) -> None:
    """Makes ``request`` the one under way in this context, and in those that are copied from it."""
    _CURRENT.set(request)


def current() -> Request | None:
    """The request under way; ``None`` outside one."""
    return _CURRENT.get()


def request_id(offered: str | None) -> str:
    """The id that the caller ``offered``, where it is one and tells nothing else; a new one otherwise."""
    if offered and _WELL_FORMED.fullmatch(offered) and redacted(offered) == offered:
        return offered
    return uuid.uuid4().hex
