"""The circuit breaker leaves a failing provider alone and tries again later, with one call."""

import pytest

from app.domain import Fallback
from app.model.breaker import Breaker


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_five_failures_in_a_row_and_closes_on_success() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(4):
        breaker.failed("server")
    breaker.succeeded()
    for _ in range(4):
        breaker.failed("server")
    assert breaker.lets_through()
    breaker.failed("server")
    assert not breaker.lets_through()
    clock.now = 29.9
    assert not breaker.lets_through()
    clock.now = 30.0
    assert breaker.lets_through()
    assert not breaker.lets_through(), "one call at a time tries again"
    breaker.succeeded()
    assert breaker.lets_through()


@pytest.mark.parametrize("kind", ["auth", "quota", "unknown_model"])
def test_what_lasts_opens_it_at_once(kind: Fallback) -> None:
    breaker = Breaker(Clock())
    breaker.failed(kind)
    assert not breaker.lets_through()


def test_a_failed_second_try_opens_it_again() -> None:
    clock = Clock()
    breaker = Breaker(clock, failures=1)
    breaker.failed("timeout")
    clock.now = 31.0
    assert breaker.lets_through()
    breaker.failed("timeout")
    clock.now = 60.0
    assert not breaker.lets_through()
    clock.now = 61.0
    assert breaker.lets_through()
