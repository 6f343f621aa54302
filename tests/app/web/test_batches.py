"""The events of an answer in batches: whole, in order, without delay at the end, and given up when nobody hears them."""

import threading
import time
from collections.abc import Iterator

import pytest

from app.domain import Event, Retrieved, Sentence, Spoken, Waiting
from app.web.page.batches import in_batches

LOOKED = Retrieved(3, 2)


def spoken(text: str) -> Spoken:
    return Spoken(Sentence(text, ()), ())


def test_what_comes_in_quick_succession_comes_together_and_in_order() -> None:
    said: list[Event] = [LOOKED, *(spoken(str(n)) for n in range(50))]
    batches = list(in_batches(lambda: iter(said)))
    assert [event for batch in batches for event in batch] == said
    assert len(batches) < 10


def test_what_comes_late_does_not_keep_back_what_came_before() -> None:
    rest = threading.Event()

    def events() -> Iterator[Event]:
        yield LOOKED
        rest.wait(10)
        yield spoken("late")

    batches = in_batches(events)
    assert next(batches) == [LOOKED]
    rest.set()
    assert next(batches) == [spoken("late")]


def test_a_sign_of_waiting_is_handed_on_at_once() -> None:
    rest = threading.Event()

    def events() -> Iterator[Event]:
        yield Waiting()
        rest.wait(10)

    batches = in_batches(events)
    assert next(batches) == [Waiting()]
    rest.set()
    assert list(batches) == []


@pytest.mark.parametrize("heard", [0, 1, 3])
def test_a_fault_is_raised_after_what_came_before_it(heard: int) -> None:
    def events() -> Iterator[Event]:
        for n in range(heard):
            yield spoken(str(n))
        raise ValueError("broken")

    seen: list[Event] = []

    def hear() -> None:
        for batch in in_batches(events):
            seen.extend(batch)

    with pytest.raises(ValueError, match="broken"):
        hear()
    assert seen == [spoken(str(n)) for n in range(heard)]


def test_a_question_that_is_refused_is_refused_here() -> None:
    def ask() -> Iterator[Event]:
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"):
        next(in_batches(ask))


def test_who_leaves_ends_the_answer() -> None:
    closed = threading.Event()

    def events() -> Iterator[Event]:
        try:
            while True:
                yield Waiting()
                time.sleep(0.01)
        finally:
            closed.set()

    batches = in_batches(events)
    next(batches)
    batches.close()  # type: ignore[attr-defined]
    assert closed.wait(10)
