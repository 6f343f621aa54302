"""The events of answers as they are written in threads, a bounded number at once, for whoever asked and may leave."""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from contextvars import copy_context
from functools import partial
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from app.api.errors import FORESEEN, STOPPING_RETRY_S, told
from app.domain import Event, Turn, Waiting
from app.errors import ServerStopping
from app.fault import Fault
from app.observe.metrics import refused_by_limit
from app.observe.stop import Stop
from app.settings import Settings
from app.web import Respondent

RETRY_AFTER_S = 2
KEEP_ALIVE_S = 15.0
"""The longest silence of a stream; proxies take a longer one for the end."""
_THINKING = 1
"""Questions thought about at once. Threads take turns at the interpreter: with more of them all answers begin later, and none sooner."""
_LOOK_S = 0.1
"""How often it is looked whether whoever asked is still there."""

Events = AsyncGenerator[Event | None, None]
T = TypeVar("T")


class Answers:
    """Lets ``Settings.concurrency`` answers be written and ``Settings.queue`` more wait; the next asker is told to come back.

    A place is held until nothing of the answer goes on any more, also where nobody reads it. While the server stops nothing is let in, and what is
    under way ends when it must.
    """

    def __init__(self, settings: Settings, respondent: Respondent, stop: Stop | None = None) -> None:
        self._respondent = respondent
        self._stop = stop or Stop()
        self._question_chars = settings.question_chars
        # Whoever asks an endpoint for embeddings waits for it, and need not wait for the others.
        thinking = settings.concurrency if settings.embedding_url else _THINKING
        self._thinking = ThreadPoolExecutor(thinking, thread_name_prefix="thinking")
        self._writing = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="writing")
        self._places = settings.concurrency + settings.queue

    async def to(self, request: Request, slug: str, turns: Sequence[Turn]) -> Events:
        """``None`` once the question is let in, then the events of the answer, with a ``None`` after each long silence.

        It ends after ``Finished``, or without it where whoever asked has left. Closing it gives the answer up.

        Raises:
            Fault: before the first ``None`` for what is wrong with the question or while too many are under way; later where
                the answer fails in a way that is foreseen.
        """
        work = _Work(self._take())
        try:
            await run_in_threadpool(self._respondent.check, slug, turns)
            yield None
            ask = partial(copy_context().run, self._respondent.ask, slug, turns)
            work.begin(self._thinking, self._writing, ask)
            async for event in work.events(request, self._stop):
                yield event
        except FORESEEN as error:
            is_long = bool(turns) and len(turns[-1].text) > self._question_chars
            raise told(error, slug, self._respondent.library, is_long=is_long) from error
        finally:
            work.leave()

    async def run(self, work: Callable[[], T]) -> T:
        """What ``work`` gives, which is done where answers are written and counts as one of them.

        Raises:
            Fault: too many are under way.
        """
        give_back, loop = self._take(), asyncio.get_running_loop()

        def over(_: object) -> None:
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(give_back)

        future = self._writing.submit(copy_context().run, work)
        future.add_done_callback(over)
        outcome = asyncio.wrap_future(future)
        try:
            while not outcome.done():
                await asyncio.wait({outcome}, timeout=_LOOK_S)
                if self._stop.is_due and not outcome.done():
                    raise _stopping()
            return outcome.result()
        finally:
            outcome.cancel()

    def _take(self) -> Callable[[], None]:
        """Takes a place; the result gives it back."""
        if self._stop.is_announced:
            raise _stopping()
        if not self._places:
            refused_by_limit("busy")
            words = "too many questions are under way; ask again in a moment"
            raise Fault(503, "unavailable", "busy", words, {"Retry-After": str(RETRY_AFTER_S)})
        self._places -= 1
        over = ExitStack()
        over.enter_context(self._stop.answering())
        over.callback(self._give_back)
        return over.close

    def _give_back(self) -> None:
        self._places += 1


def _stopping() -> Fault:
    return Fault(503, "unavailable", "stopping", str(ServerStopping()), {"Retry-After": STOPPING_RETRY_S})


class _Work:
    """One answer: thought about and written in threads, heard in the event loop."""

    def __init__(self, over: Callable[[], None]) -> None:
        """``over`` is called once in the event loop, when nothing of it goes on any more."""
        self._loop = asyncio.get_running_loop()
        self._over = over
        self._heard: deque[Event] = deque()
        self._news = asyncio.Event()
        self._left = threading.Event()
        self._told: Iterator[Event] = iter(())
        self._stage: Future[bool] | None = None
        self._is_over = False

    def begin(
        self, thinking: ThreadPoolExecutor, writing: ThreadPoolExecutor, ask: Callable[[], Iterator[Event]]
    ) -> None:
        """Has the question thought about, up to the first event, and the answer written, each as soon as a thread is free."""

        def thought(future: Future[bool]) -> None:
            goes_on = not future.cancelled() and future.exception() is None and future.result()
            if goes_on and not self._left.is_set():
                self._follow(writing.submit(self._write), self._end)
            else:
                self._end(future)

        self._follow(thinking.submit(self._think, ask), thought)

    async def events(self, request: Request, stop: Stop) -> Events:
        """What is said, as it is said; ``None`` after a long silence. It ends early where ``request`` is no longer waited for.

        Raises:
            ServerStopping: ``stop`` is due before the end.
        """
        silent_since = looked = self._loop.time()
        while True:
            while self._heard:
                yield self._heard.popleft()
                silent_since = self._loop.time()
            if self._is_over:
                self._raise()
                return
            if stop.is_due:
                raise ServerStopping
            self._news.clear()
            # Cheaper than ``wait_for``, which makes a task each time: everyone who waits comes by here ten times a second.
            alarm = self._loop.call_later(_LOOK_S, self._news.set)
            try:
                await self._news.wait()
            finally:
                alarm.cancel()
            now = self._loop.time()
            if now - looked >= _LOOK_S:
                looked = now
                if await request.is_disconnected():
                    return
            if now - silent_since >= KEEP_ALIVE_S:
                silent_since = now
                yield None

    def leave(self) -> None:
        """Lets the answer go: its thread notices with the next event, and the place is given back when it has."""
        self._left.set()
        if self._stage is None:
            self._over()
        else:
            self._stage.cancel()

    def _think(self, ask: Callable[[], Iterator[Event]]) -> bool:
        """Whether there is a first event, after which more may come."""
        self._told = ask()
        return self._next()

    def _write(self) -> bool:
        while self._next():
            pass
        return False

    def _next(self) -> bool:
        event = None if self._left.is_set() else next(self._told, None)
        if event is not None and not isinstance(event, Waiting):
            self._soon(partial(self._hear, event))
        return event is not None

    def _hear(self, event: Event) -> None:
        self._heard.append(event)
        self._news.set()

    def _follow(self, stage: Future[bool], done: Callable[[Future[bool]], None]) -> None:
        self._stage = stage
        stage.add_done_callback(lambda future: self._soon(partial(done, future)))

    def _end(self, _: Future[bool]) -> None:
        if isinstance(self._told, Generator):
            # No thread is in it any more. What it was waiting for is cancelled, which takes no time.
            self._told.close()
        self._is_over = True
        self._news.set()
        self._over()

    def _raise(self) -> None:
        """Raises what ended the thread, if anything did."""
        if self._stage is not None and not self._stage.cancelled():
            self._stage.result()

    def _soon(self, act: Callable[[], None]) -> None:
        # A server that has stopped has no loop any more, and nobody who listens.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)
