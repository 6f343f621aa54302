"""Who may ask how often, and what happens where it cannot be counted."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.access import Caller
from app.limits.clock import Clock
from app.limits.file import IN_MEMORY, FileCounts
from app.limits.gate import Gate, LimitReached, spoken
from app.limits.policy import Policy
from app.settings import Settings

HERE = Caller("anonymous", "", "127.0.0.1", is_here=True)
P = "mira-okonjo"


class Passing:
    """A clock that stands until it is moved."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Passing:
    return Passing()


def gate(time: Passing, path: Path | str = IN_MEMORY, **settings: object) -> Gate:
    policy = Policy(Settings(**settings), b"k" * 32)  # type: ignore[arg-type]
    clock = Clock(time, time)
    return Gate(policy, [FileCounts(path, clock), FileCounts(IN_MEMORY, clock)])


def visitor(address: str, session: str = "") -> Caller:
    return Caller("session" if session else "anonymous", session, address)


def asked(gate: Gate, caller: Caller, times: int, profile: str = P) -> int:
    """How many of ``times`` questions are let through."""
    done = 0
    for _ in range(times):
        try:
            gate.admit(caller, "question", profile)
            done += 1
        except LimitReached:
            pass
    return done


def test_an_address_asks_ten_times_a_minute_and_a_hundred_times_a_day(time: Passing) -> None:
    door = gate(time)
    assert asked(door, visitor("198.51.100.1"), 15) == 10
    assert asked(door, visitor("198.51.100.2"), 5) == 5
    total = 10
    for _ in range(20):
        time.now += 61
        total += asked(door, visitor("198.51.100.1"), 15)
    assert total == 100
    with pytest.raises(LimitReached) as caught:
        door.admit(visitor("198.51.100.1"), "question", P)
    assert caught.value.kind == "address"
    assert 86_400 - 21 * 61 <= caught.value.wait_s <= 86_400
    time.now += caught.value.wait_s
    assert asked(door, visitor("198.51.100.1"), 1) == 1


def test_a_session_asks_twenty_times_an_hour_and_sixty_times_a_day(time: Passing) -> None:
    door = gate(time)
    hours = []
    for _ in range(5):
        hours.append(sum(asked(door, visitor(f"198.51.100.{n}", "s"), 5) for n in range(10)))
        time.now += 3_601
    assert hours == [20, 20, 20, 0, 0]


def test_new_sessions_do_not_help_beyond_the_address(time: Passing) -> None:
    door = gate(time)
    assert sum(asked(door, visitor("198.51.100.1", f"session {n}"), 1) for n in range(100)) == 10


def test_new_addresses_of_one_network_of_ipv6_do_not_help(time: Passing) -> None:
    door = gate(time)
    assert sum(asked(door, visitor(f"2001:db8::{n:x}"), 1) for n in range(1, 100)) == 10


def test_all_visitors_together_ask_a_profile_a_thousand_times_a_day(time: Passing) -> None:
    door = gate(time)
    assert sum(asked(door, visitor(f"198.51.{n}.1"), 10) for n in range(120)) == 1_000
    assert asked(door, visitor("203.0.113.1"), 1, "teo-lindqvist") == 1
    assert asked(door, Caller("key", "k", "203.0.113.1"), 1) == 1


def test_a_key_has_limits_of_its_own_wherever_it_is_used(time: Passing) -> None:
    door = gate(time)
    assert sum(asked(door, Caller("key", "a", f"198.51.100.{n}"), 10) for n in range(10)) == 60
    assert asked(door, Caller("key", "b", "198.51.100.1"), 10) == 10
    assert asked(door, Caller("key", "a", "127.0.0.1", is_here=True), 1) == 0


def test_somebody_at_the_machine_itself_is_not_limited(time: Passing) -> None:
    assert asked(gate(time), HERE, 5_000) == 5_000


def test_feedback_counts_apart_from_questions(time: Passing) -> None:
    door = gate(time)
    assert asked(door, visitor("198.51.100.1"), 10) == 10
    for _ in range(10):
        door.admit(visitor("198.51.100.1"), "feedback", P)
    with pytest.raises(LimitReached):
        door.admit(visitor("198.51.100.1"), "feedback", P)


def test_every_limit_can_be_changed_or_lifted(time: Passing) -> None:
    door = gate(time, limit_address_minute=2)
    assert asked(door, visitor("198.51.100.1"), 5) == 2
    door = gate(time, limit_address_minute=0, limit_address_day=0, limit_profile_day=3)
    assert asked(door, visitor("198.51.100.1"), 5) == 3
    door = gate(time, limit_address_minute=0, limit_address_day=0, limit_profile_day=0)
    assert asked(door, visitor("198.51.100.1"), 500) == 500


def test_what_came_to_nothing_is_given_back(time: Passing) -> None:
    door = gate(time)
    for _ in range(50):
        door.admit(visitor("198.51.100.1"), "question", P)()
    assert asked(door, visitor("198.51.100.1"), 15) == 10


def test_a_file_that_cannot_be_written_neither_opens_the_gate_nor_shuts_it(
    time: Passing, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "index").write_text("no folder")
    door = gate(time, tmp_path / "index" / "counts")
    with caplog.at_level(logging.ERROR):
        assert asked(door, visitor("198.51.100.1"), 15) == 10
        time.now += 61
        assert asked(door, visitor("198.51.100.1"), 15) == 10
    assert len(caplog.records) == 1


def test_the_file_holds_nothing_of_who_asked_or_what(time: Passing, tmp_path: Path) -> None:
    file = tmp_path / "counts"
    door = gate(time, file)
    door.admit(visitor("198.51.100.7", "session-of-somebody"), "question", P)
    with closing(sqlite3.connect(file)) as db:
        rows = db.execute("SELECT who FROM uses").fetchall()
    assert len(rows) == 3
    kept = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for planted in (b"198.51.100.7", b"session-of-somebody", P.encode()):
        assert planted not in kept


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 s"), (99, "99 s"), (100, "2 min"), (5_940, "99 min"), (5_941, "2 h"), (86_400, "24 h")],
)
def test_a_time_to_wait_is_told_in_units_that_people_use(seconds: int, words: str) -> None:
    assert spoken(seconds) == words
