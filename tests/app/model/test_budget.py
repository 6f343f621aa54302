"""What a model may cost is counted before it is spent, by everybody who spends, and over restarts."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.model.budget import Budget, Caps, OverBudget, Price, Spent

NOON = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
PRICE = Price(prompt=2.0, completion=10.0)


def open_budget(path: Path, now: Callable[[], datetime] = lambda: NOON, **caps: Any) -> Budget:
    return Budget(path / "spent.sqlite3", Caps(**caps), PRICE, now)


def test_a_call_is_counted_at_its_estimate_until_it_is_settled(tmp_path: Path) -> None:
    budget = open_budget(tmp_path)
    call = budget.reserve("m", 1000, 500)
    assert budget.spent() == Spent(1500, 1500, 0.007, 0.007)
    assert budget.settle(call, 900, 100) == pytest.approx(0.0028)
    assert budget.spent() == Spent(1000, 1000, 0.0028, 0.0028)


@pytest.mark.parametrize(
    ("caps", "calls"),
    [
        ({"day_tokens": 299}, 2),
        ({"month_tokens": 300}, 3),
        ({"day_usd": 0.0015}, 2),
        ({"month_usd": 0.0006}, 1),
        ({"day_tokens": 0}, 0),
        ({}, 9),
    ],
)
def test_the_call_that_could_exceed_a_cap_is_not_made(tmp_path: Path, caps: dict[str, Any], calls: int) -> None:
    budget = open_budget(tmp_path, **caps)
    made = 0
    for _ in range(9):
        try:
            budget.reserve("m", 50, 50)
        except OverBudget:
            break
        made += 1
    assert made == calls


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    open_budget(tmp_path, day_tokens=100).reserve("m", 60, 0)
    with pytest.raises(OverBudget):
        open_budget(tmp_path, day_tokens=100).reserve("m", 60, 0)


def test_a_new_day_begins_at_nothing_and_a_new_month_too(tmp_path: Path) -> None:
    now = [NOON - timedelta(days=1)]
    budget = open_budget(tmp_path, now=lambda: now[0], day_tokens=100, month_tokens=150)
    budget.reserve("m", 100, 0)
    now[0] = NOON
    budget.reserve("m", 50, 0)
    with pytest.raises(OverBudget):
        budget.reserve("m", 1, 0)
    now[0] = NOON + timedelta(days=1)
    budget.reserve("m", 100, 0)
    assert budget.spent().month_tokens == 100


def test_many_at_once_never_exceed_the_cap(tmp_path: Path) -> None:
    budgets = [open_budget(tmp_path, day_tokens=1000) for _ in range(4)]

    def call(number: int) -> bool:
        budget = budgets[number % 4]
        try:
            budget.settle(budget.reserve("m", 30, 20), 30, 20)
        except OverBudget:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        made = sum(pool.map(call, range(60)))
    assert made == 20
    assert budgets[0].spent().day_tokens == 1000


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_spoiled_file_means_no_call(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "spent.sqlite3").write_bytes(content)
    with pytest.raises(OverBudget):
        open_budget(tmp_path).reserve("m", 1, 1)


def test_a_folder_that_is_not_there_means_no_call(tmp_path: Path) -> None:
    with pytest.raises(OverBudget):
        open_budget(tmp_path / "gone").reserve("m", 1, 1)


def test_the_file_holds_no_questions(tmp_path: Path) -> None:
    open_budget(tmp_path).reserve("m", 1, 1)
    with sqlite3.connect(tmp_path / "spent.sqlite3") as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(calls)")]
    db.close()
    assert columns == ["id", "day", "model", "tokens", "micro_usd", "settled"]
