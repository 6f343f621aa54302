"""The events of an answer, those that come in quick succession together: each showing of a growing answer sends all of it again."""

import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress

from app.domain import Event, Finished, Waiting

_TOGETHER_S = 0.025
"""How long an event waits for company; an answer of the program alone is whole by then."""
_APART_S = 0.08
"""The least time between two batches, but for the last."""

_Heard = Event | Exception | None
"""``None`` at the end."""


def in_batches(ask: Callable[[], Iterator[Event]]) -> Iterator[Sequence[Event]]:
    """The events of the answer that ``ask`` begins, in order, in batches of at least one; a ``Waiting`` comes without delay.

    The answer is written in a thread of its own, which gives it up when this iterator is closed. What ``ask`` raises, or its events, is raised
    here after what came before.
    """
    heard: queue.SimpleQueue[_Heard] = queue.SimpleQueue()
    left = threading.Event()
    threading.Thread(target=_write, args=(ask, heard, left), daemon=True).start()
    try:
        yield from _batches(heard)
    finally:
        left.set()


def _batches(heard: "queue.SimpleQueue[_Heard]") -> Iterator[Sequence[Event]]:
    shown_at = 0.0
    while True:
        batch = [heard.get()]
        until = max(time.monotonic() + _TOGETHER_S, shown_at + _APART_S)
        with suppress(queue.Empty):
            while not isinstance(batch[-1], Finished | Waiting | Exception | None):
                batch.append(heard.get(timeout=max(0.0, until - time.monotonic())))
        events = [e for e in batch if not isinstance(e, Exception | None)]
        if events:
            shown_at = time.monotonic()
            yield events
        if isinstance(batch[-1], Exception):
            raise batch[-1]
        if batch[-1] is None:
            return


def _write(ask: Callable[[], Iterator[Event]], heard: "queue.SimpleQueue[_Heard]", left: threading.Event) -> None:
    try:
        events = ask()
        try:
            for event in events:
                heard.put(event)
                if left.is_set():
                    return
        finally:
            if isinstance(events, Generator):
                events.close()
        heard.put(None)
    except Exception as error:
        # Told where the events are heard.
        heard.put(error)
