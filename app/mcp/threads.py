"""The threads in which calls are worked on: a bounded number, with a bounded queue before them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Protocol, TypeVar

from app.mcp.tool import CallRefused

T = TypeVar("T")


class TooManyCalls(CallRefused):
    """Nothing was done, as too much is under way."""


class Runner(Protocol):
    """Has work done in a thread."""

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, or raises.

        Raises:
            TooManyCalls: as many wait as may.
        """


class Threads:
    """Lets ``concurrency`` calls be worked on and ``queue`` more wait; a place is held until its thread has ended."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self._threads = ThreadPoolExecutor(concurrency, thread_name_prefix="call")
        self._places = concurrency + queue

    async def run(self, work: Callable[[], T]) -> T:
        """As ``Runner``; whoever is cancelled meanwhile leaves the thread to itself."""
        if not self._places:
            raise TooManyCalls("too many calls are under way; call again in a few seconds")
        self._places -= 1
        loop = asyncio.get_running_loop()
        future = self._threads.submit(work)

        def over(_: object) -> None:
            # A server that has stopped has no loop any more.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(self._give_back)

        future.add_done_callback(over)
        return await asyncio.wrap_future(future)

    def _give_back(self) -> None:
        self._places += 1
