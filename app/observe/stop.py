"""How a server stops: nothing new is begun, what is under way may end by itself for a while and is then told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Stop:
    """Safe to use from any thread."""

    def __init__(self) -> None:
        self._announced = threading.Event()
        self._due = threading.Event()
        self._lock = threading.Lock()
        self._under_way = 0
        self._hang_ups: list[Callable[[], None]] = []

    def on_end(self, hang_up: Callable[[], None]) -> None:
        """Has ``hang_up`` called when everything else has ended, for what waits for nothing but its visitor."""
        self._hang_ups.append(hang_up)

    def hang_up(self) -> None:
        """Lets go what waits for nothing but its visitor, the open tabs; to be called in the event loop, after the answers."""
        for each in self._hang_ups:
            each()

    def announce(self) -> None:
        """From now on nothing new is begun."""
        self._announced.set()

    def end(self) -> None:
        """From now on what is under way ends where it is, and says so."""
        self._announced.set()
        self._due.set()

    @property
    def is_announced(self) -> bool:
        """Whether nothing new is begun."""
        return self._announced.is_set()

    @property
    def is_due(self) -> bool:
        """Whether what is under way must end."""
        return self._due.is_set()

    @property
    def under_way(self) -> int:
        """How many answers are being given."""
        return self._under_way

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While an answer is given."""
        with self._lock:
            self._under_way += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= 1
