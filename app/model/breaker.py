"""Stops asking a provider that keeps failing, and tries again after a while (the circuit breaker of Nygard, *Release It!*)."""

import threading
from collections.abc import Callable
from typing import Literal

from app.domain import Fallback
from app.model.fault import LASTING


class Breaker:
    """Opens after ``failures`` in a row, or at once on a failure that lasts; after ``pause_s`` one call at a time may try again."""

    def __init__(self, clock: Callable[[], float], failures: int = 5, pause_s: float = 30.0) -> None:
        self._clock = clock
        self._failures = failures
        self._pause_s = pause_s
        self._lock = threading.Lock()
        self._in_a_row = 0
        self._open_until: float | None = None

    def lets_through(self) -> bool:
        """Whether a call may be made now."""
        with self._lock:
            if self._open_until is None:
                return True
            if self._clock() < self._open_until:
                return False
            # Half open: whoever comes next while this call is under way is turned away.
            self._open_until = self._clock() + self._pause_s
            return True

    @property
    def state(self) -> Literal["closed", "open", "half_open"]:
        """``closed``: calls are made; ``open``: none is; ``half_open``: one may try."""
        with self._lock:
            if self._open_until is None:
                return "closed"
            return "open" if self._clock() < self._open_until else "half_open"

    def succeeded(self) -> None:
        """Closes it."""
        with self._lock:
            self._in_a_row, self._open_until = 0, None

    def failed(self, kind: Fallback) -> None:
        """Counts a failure."""
        with self._lock:
            self._in_a_row += 1
            if self._in_a_row >= self._failures or kind in LASTING:
                self._open_until = self._clock() + self._pause_s
