"""What a model may cost is counted before it is spent, by everybody who spends, and over restarts."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.answer.model import Message
from app.model.budget import Budget, Caps, OverBudget, Price, Spent
from app.model.fault import ModelFailed
from app.model.start import open_line
from app.settings import Settings
from evals.faulty import Faulty
from evals.scripted import MODEL, Wire, serving_with
from tests.conftest import TOP

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


def test_a_new_day_and_a_new_month_begin_at_nothing_in_money_too(tmp_path: Path) -> None:
    now = [NOON - timedelta(days=1)]
    budget = open_budget(tmp_path, now=lambda: now[0], day_usd=0.0002, month_usd=0.0003)
    budget.reserve("m", 100, 0)
    with pytest.raises(OverBudget):
        budget.reserve("m", 1, 0)
    now[0] = NOON
    budget.reserve("m", 50, 0)
    with pytest.raises(OverBudget):
        budget.reserve("m", 1, 0)
    now[0] = NOON + timedelta(days=1)
    budget.reserve("m", 100, 0)
    assert budget.spent().month_usd == pytest.approx(0.0002)


def test_a_clock_that_is_set_back_gives_no_second_month(tmp_path: Path) -> None:
    now = [NOON]
    budget = open_budget(tmp_path, now=lambda: now[0], month_tokens=100)
    budget.reserve("m", 90, 0)
    now[0] = NOON - timedelta(days=20)
    with pytest.raises(OverBudget):
        budget.reserve("m", 20, 0)


_SPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from app.model.budget import Budget, Caps, Price
budget = Budget(Path(sys.argv[1]), Caps(), Price(), lambda: datetime(2026, 3, 31, 12, tzinfo=UTC))
while True:
    call = budget.reserve("m", 60, 40)
    print("reserved", flush=True)
    budget.settle(call, 60, 10)
    print("settled", flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 7, 20])
def test_a_kill_at_any_moment_forgets_nothing_and_spoils_nothing(tmp_path: Path, lines: int) -> None:
    path = tmp_path / "spent.sqlite3"
    spender = subprocess.Popen([sys.executable, "-c", _SPENDER, str(path)], stdout=subprocess.PIPE, text=True, cwd=TOP)
    with spender:
        assert spender.stdout is not None
        said = [spender.stdout.readline().strip() for _ in range(lines)]
        spender.kill()
        said += spender.stdout.read().split()
    reserved, settled = said.count("reserved"), said.count("settled")
    spent = open_budget(tmp_path).spent().day_tokens
    least = settled * 70 + (reserved - settled) * 70
    assert least <= spent <= settled * 70 + (reserved - settled) * 100 + 100
    open_budget(tmp_path).reserve("m", 1, 1)


def test_twenty_at_once_exceed_a_cap_by_no_more_than_they_may_say(tmp_path: Path) -> None:
    """Also where the provider charges three times what was estimated."""
    concurrency, cap, most = 20, 4000, 100

    class Dear(Wire):
        def send_event(self, value: Any) -> None:
            usage = value.get("usage") if isinstance(value, dict) else None
            if usage:
                value = value | {"usage": {name: 3 * count for name, count in usage.items()}}
            super().send_event(value)

    with serving_with(Dear, lambda _: "word " * 60) as provider:
        line = open_line(
            Settings(index=tmp_path, model=MODEL, model_url=provider.url, budget_day_tokens=cap, read_s=60, answer_s=90)
        )

        def ask(number: int) -> str:
            call = line.call([Message("user", f"question {number}")], most, "fingerprint")
            try:
                return "".join(piece for piece in call if piece)
            except ModelFailed as error:
                return error.kind

        with ThreadPoolExecutor(concurrency) as pool:
            said = list(pool.map(ask, range(100)))
        line.model.close()
    assert set(said) == {"word " * 60, "budget"}
    assert line.budget.spent().day_tokens <= cap + concurrency * 3 * most
    assert said.count("budget") > 50


@pytest.mark.parametrize(
    ("mode", "least", "most"),
    [("wrong key", 0, 0), ("429", 0, 0), ("500", 0, 0), ("hang up", 0, 0), ("silence", 5, 20), ("cut", 6, 60)],
)
def test_what_failed_is_counted_where_it_may_have_been_charged(
    tmp_path: Path, mode: str, least: int, most: int
) -> None:
    with serving_with(type("Mode", (Faulty,), {"mode": mode}), lambda _: "A few words of an answer.") as provider:
        line = open_line(Settings(index=tmp_path, model=MODEL, model_url=provider.url, read_s=1, answer_s=2))
        call = line.call([Message("user", "Say something")], 30, "fingerprint")
        with pytest.raises(ModelFailed):
            list(call)
        line.model.close()
    assert least <= line.budget.spent().day_tokens <= most
    assert call.failure is not None


def test_only_exactly_the_same_call_is_taken_from_the_cache(tmp_path: Path) -> None:
    with serving_with(Faulty, lambda _: "Yes.") as provider:
        lines = [
            open_line(Settings(index=tmp_path, model=name, model_url=provider.url)) for name in (MODEL, "scripted-2")
        ]
        lines[1] = replace(lines[1], cache=lines[0].cache)
        first = (0, "Where?", "prompt", 16, "f1")
        calls = [first, first, (1, *first[1:]), (0, "When?", *first[2:]), (0, "Where?", "another", 16, "f1"),
                 (0, "Where?", "prompt", 16, "f2"), first]  # fmt: skip
        asked = []
        for number, question, prompt, tokens, fingerprint in calls:
            messages = [Message("system", prompt), Message("user", question)]
            assert "".join(p for p in lines[number].call(messages, tokens, fingerprint) if p) == "Yes."
            asked.append(len(provider.requests))
        for line in lines:
            line.model.close()
    assert asked == [1, 1, 2, 3, 4, 5, 5]
