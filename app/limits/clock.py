"""A clock that only goes forward, at the pace of time: what somebody does to the clock of the machine neither opens the gate nor locks it."""

import threading
from collections.abc import Callable


class Clock:
    """Seconds that begin as those of the epoch and then follow the monotonic clock."""

    def __init__(self, wall: Callable[[], float], monotonic: Callable[[], float]) -> None:
        self.wall = wall
        """The clock of the machine, which may be set."""
        self._monotonic = monotonic
        self._ahead = wall() - monotonic()
        self._lock = threading.Lock()

    def resume(self, last: float, wall_then: float) -> None:
        """Goes on from ``last``, which an earlier process wrote down when the clock of the machine said ``wall_then``.

        Where that clock went back meanwhile, ``last`` lies ahead; what it says to have passed since is believed, and no more.
        """
        wall = self.wall()
        if wall < last:
            self.after(last + max(0.0, wall - wall_then))

    def after(self, last: float) -> float:
        """Now, which is never before ``last``."""
        with self._lock:
            now = self._monotonic() + self._ahead
            if now < last:
                self._ahead += last - now
                now = last
            return now
