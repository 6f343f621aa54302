"""Answers in threads: order, silence, places, and how they end when nobody listens any more."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import aclosing
from typing import Any

import pytest
from fastapi import Request

from app.api import answers as module
from app.api.answers import Answers, Events
from app.domain import Event, Language, Retrieved, Turn, Waiting
from app.errors import QuestionRefused
from app.fault import Fault
from app.library import Library
from app.settings import Settings
from ingest.errors import IndexMissing
from tests.conftest import Desk

ASKED = [Turn("user", "Where does she work?")]


class Slow:
    """Says how many facts it looks at until it is closed, and keeps count of what goes on."""

    def __init__(self, library: Library, pause_s: float = 0.02, least: int = 10_000) -> None:
        self.library = library
        self.pause_s = pause_s
        self.events = least
        self.under_way = 0
        self.most = 0
        self.closed = 0
        self.error: Exception | None = None
        self.refusal: Exception | None = None

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        if self.refusal:
            raise self.refusal

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            for number in range(self.events):
                time.sleep(self.pause_s)
                yield Waiting() if number % 2 else Retrieved(number, 0)
            if self.error:
                raise self.error
        finally:
            self.under_way -= 1
            self.closed += 1

    def greeting(self, slug: str, language: Language | None = None) -> str:
        return ""

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        return ()


@pytest.fixture
def slow(ingested: Desk) -> Slow:
    return Slow(Library(ingested.profiles, ingested.index, ingested.embedder))


def request(*, is_gone: bool = False) -> Request:
    async def receive() -> dict[str, Any]:
        if not is_gone:
            await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    return Request({"type": "http"}, receive)


def answers_of(slow: Slow, concurrency: int = 1, queue: int = 1) -> Answers:
    return Answers(Settings(concurrency=concurrency, queue=queue), slow)


async def until(is_so: Callable[[], bool], seconds: float = 1.0) -> None:
    """Waits; at most a second, which is what an abandoned answer may take."""
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.01)


async def places(answers: Answers) -> int:
    """How many questions are let in before one is told to come back."""
    held: list[Events] = []
    while answers._places:
        held.append(answers.to(request(), "x", ASKED))
        await anext(held[-1])
    with pytest.raises(Fault, match="too many questions are under way"):
        await anext(answers.to(request(), "x", ASKED))
    for events in held:
        await events.aclose()
    return len(held)


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(work())


def test_events_come_in_order_and_waiting_is_not_told(slow: Slow) -> None:
    async def work() -> None:
        slow.events, slow.pause_s = 9, 0.0
        told = [event async for event in answers_of(slow).to(request(), "x", ASKED)]
        assert told == [None, *(Retrieved(number, 0) for number in (0, 2, 4, 6, 8))]

    run(work)


def test_a_silence_is_broken_by_nothing(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.KEEP_ALIVE_S == 15
    monkeypatch.setattr(module, "KEEP_ALIVE_S", 0.3)

    async def work() -> None:
        slow.pause_s = 1.5
        async with aclosing(answers_of(slow).to(request(), "x", ASKED)) as events:
            assert [await anext(events) for _ in range(4)] == [None, None, None, None]
            while await anext(events) is None:
                pass
            assert slow.under_way == 1

    run(work)


def test_who_closes_the_events_stops_the_work_within_a_second(slow: Slow) -> None:
    async def work() -> None:
        answers = answers_of(slow)
        events = answers.to(request(), "x", ASKED)
        for _ in range(3):
            await anext(events)
        await events.aclose()
        await until(lambda: slow.closed == 1)
        await until(lambda: answers._places == 2)

    run(work)


def test_who_has_left_stops_the_work_within_a_second(slow: Slow) -> None:
    async def work() -> None:
        answers = answers_of(slow)
        began = time.monotonic()
        told = [event async for event in answers.to(request(is_gone=True), "x", ASKED)]
        assert time.monotonic() - began < 1
        assert told[0] is None
        await until(lambda: slow.closed == 1 and answers._places == 2)

    run(work)


def test_who_leaves_while_the_answer_waits_for_a_thread_takes_none(slow: Slow) -> None:
    async def work() -> None:
        answers = answers_of(slow)
        first, second = (answers.to(request(), "x", ASKED) for _ in range(2))
        for _ in range(2):
            await anext(first)
            await anext(second)
        waiting = asyncio.ensure_future(anext(second))
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await first.aclose()
        await until(lambda: slow.closed == 2 and answers._places == 2)
        assert await places(answers) == 2

    run(work)


def test_no_more_are_written_at_once_than_may(slow: Slow) -> None:
    async def work() -> None:
        answers = answers_of(slow, concurrency=2, queue=6)
        slow.events, slow.pause_s = 6, 0.01

        async def one() -> int:
            return len([e async for e in answers.to(request(), "x", ASKED)])

        assert await asyncio.gather(*(one() for _ in range(8))) == [4] * 8
        assert answers._places == 8

    run(work)


def test_a_question_too_many_is_told_to_come_back(slow: Slow) -> None:
    async def work() -> None:
        assert await places(answers_of(slow, concurrency=2, queue=3)) == 5

    run(work)


@pytest.mark.parametrize(
    ("error", "code"),
    [(QuestionRefused("the question is empty"), "question_refused"), (IndexMissing("no index"), "index_unusable")],
)
def test_what_is_wrong_is_told_before_anything_is_promised_and_takes_no_place(
    slow: Slow, error: Exception, code: str
) -> None:
    async def work() -> None:
        slow.refusal = error
        answers = answers_of(slow)
        for _ in range(5):
            with pytest.raises(Fault) as refused:
                await anext(answers.to(request(), "x", ASKED))
            assert refused.value.code == code
        slow.refusal = None
        assert await places(answers) == 2

    run(work)


@pytest.mark.parametrize("error", [RuntimeError("unforeseen"), IndexMissing("no index")])
def test_what_fails_on_the_way_is_raised_after_what_was_said_and_gives_its_place_back(
    slow: Slow, error: Exception
) -> None:
    async def work() -> None:
        slow.error, slow.events, slow.pause_s = error, 3, 0.0
        answers = answers_of(slow)
        events = answers.to(request(), "x", ASKED)
        assert [await anext(events) for _ in range(3)] == [None, Retrieved(0, 0), Retrieved(2, 0)]
        with pytest.raises(Fault if isinstance(error, IndexMissing) else RuntimeError):
            await anext(events)
        await until(lambda: answers._places == 2)

    run(work)
