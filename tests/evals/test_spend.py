"""The spend cap holds over HTTP, for questions at once and past a kill; ``evals.bench.spend`` asks thousands."""

from evals.bench.spend import run
from tests.conftest import Desk


def test_no_question_costs_more_than_the_cap_and_the_rest_are_answered_offline(desk: Desk) -> None:
    outcome = run(desk.profiles, requests=48, cap_tokens=5_000, concurrency=4, restarts=1)
    assert outcome.is_kept, outcome
    assert outcome.requests == 48
    assert outcome.answered_by_model > 0
    assert outcome.answered_offline > 10
    assert outcome.billed_tokens <= 5_000 + 4 * 200
    assert outcome.billed_tokens > 2_500
