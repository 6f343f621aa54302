"""Uses are counted in windows that slide, across restarts and processes, by a clock that only goes forward."""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.limits.clock import Clock
from app.limits.domain import DAY_S, MINUTE_S, Counts, CountsUnusable, Full, Taken, Window
from app.limits.file import IN_MEMORY, FileCounts
from app.limits.shared import open_shared
from tests.app.web.scripted import free_port

NOON = 1_800_000_000.0
A = Window("address", "a", MINUTE_S, 3)


@dataclass(slots=True)
class Machine:
    """The two clocks of a machine."""

    wall: float = NOON
    monotonic: float = 500.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.monotonic += seconds

    @property
    def clock(self) -> Clock:
        """The clock of a process that starts now."""
        return Clock(lambda: self.wall, lambda: self.monotonic)


@pytest.fixture
def machine() -> Machine:
    return Machine()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "index" / ".asked.sqlite3"


def took(counts: Counts, *windows: Window) -> float:
    """0 where it was let through, otherwise how long to wait."""
    found = counts.take(windows)
    return found.wait_s if isinstance(found, Full) else 0


def test_as_many_as_may_and_then_none_until_the_first_is_over(machine: Machine) -> None:
    counts = FileCounts(IN_MEMORY, machine.clock)
    waits = []
    for _ in range(4):
        waits.append(took(counts, A))
        machine.passes(10)
    assert waits == [0, 0, 0, pytest.approx(30)]
    machine.passes(19.9)
    assert took(counts, A) == pytest.approx(0.1, abs=0.01)
    machine.passes(0.2)
    assert took(counts, A) == 0
    assert took(counts, A) == pytest.approx(9.9, abs=0.01)


def test_what_is_refused_is_not_counted(machine: Machine) -> None:
    counts = FileCounts(IN_MEMORY, machine.clock)
    for _ in range(3):
        took(counts, A)
    other = Window("profile", "p", DAY_S, 3)
    for _ in range(50):
        assert took(counts, A, other) > 0
    assert [took(counts, other) for _ in range(4)][:3] == [0, 0, 0]


def test_the_longest_wait_is_told(machine: Machine) -> None:
    counts = FileCounts(IN_MEMORY, machine.clock)
    day = Window("session", "s", DAY_S, 3)
    for _ in range(3):
        took(counts, A, day)
    found = counts.take([A, day])
    assert isinstance(found, Full)
    assert found.window == day
    assert found.wait_s == pytest.approx(DAY_S)


def test_what_was_given_back_is_not_counted(machine: Machine) -> None:
    counts = FileCounts(IN_MEMORY, machine.clock)
    for _ in range(10):
        taken = counts.take([A])
        assert isinstance(taken, Taken)
        counts.give_back(taken.receipt)
    assert took(counts, A) == 0


def test_a_restart_forgets_nothing(machine: Machine, file: Path) -> None:
    for _ in range(3):
        counts = FileCounts(file, machine.clock)
        assert took(counts, A) == 0
        counts.close()
        machine.passes(1)
        machine.monotonic = 3.0  # the machine was started anew
    assert took(FileCounts(file, machine.clock), A) == pytest.approx(57)


@pytest.mark.parametrize("jump", [-400 * DAY_S, -DAY_S, -3_600, 3_600, DAY_S, 400 * DAY_S])
def test_a_clock_that_jumps_under_a_running_server_changes_nothing(machine: Machine, jump: float) -> None:
    counts = FileCounts(IN_MEMORY, machine.clock)
    for _ in range(3):
        took(counts, A)
    machine.wall += jump
    assert took(counts, A) == pytest.approx(MINUTE_S)
    machine.wall -= jump
    assert took(counts, A) == pytest.approx(MINUTE_S)
    machine.passes(MINUTE_S + 1)
    assert took(counts, A) == 0


@pytest.mark.parametrize("back", [60, 3_600, 400 * DAY_S])
def test_a_clock_that_went_back_before_a_restart_neither_opens_nor_locks(
    machine: Machine, file: Path, back: float
) -> None:
    counts = FileCounts(file, machine.clock)
    for _ in range(3):
        took(counts, A)
    counts.close()
    machine.wall -= back
    counts = FileCounts(file, machine.clock)
    assert took(counts, A) == pytest.approx(MINUTE_S)
    machine.passes(MINUTE_S + 1)
    assert took(counts, A) == 0


def test_a_clock_that_went_ahead_and_back_opens_once_and_locks_nobody(machine: Machine, file: Path) -> None:
    """A restart after a jump ahead cannot be told from one after so long a time; going back again gains nothing."""
    let_through = 0
    for jump in (0, 400 * DAY_S, -400 * DAY_S, 400 * DAY_S, -400 * DAY_S):
        machine.wall += jump
        counts = FileCounts(file, machine.clock)
        let_through += sum(took(counts, A) == 0 for _ in range(5))
        counts.close()
    assert let_through == 6
    machine.passes(MINUTE_S + 1)
    assert took(FileCounts(file, machine.clock), A) == 0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 90), st.floats(-(10**6), 10**6)), max_size=60), st.integers(1, 5))
def test_whatever_the_clock_does_no_window_ever_holds_more_than_it_may(
    steps: list[tuple[float, float]], most: int
) -> None:
    machine = Machine()
    counts = FileCounts(IN_MEMORY, machine.clock)
    window = Window("address", "a", MINUTE_S, most)
    at: list[float] = []
    for passed, jump in steps:
        machine.passes(passed)
        machine.wall += jump
        if took(counts, window) == 0:
            at.append(machine.monotonic)
    for n, last in enumerate(at):
        assert sum(last - MINUTE_S < other <= last for other in at[: n + 1]) <= most


def test_time_passes_as_ever_for_a_server_that_keeps_restarting_after_its_clock_went_back(
    machine: Machine, file: Path
) -> None:
    machine.wall += 400 * DAY_S
    took(FileCounts(file, machine.clock), A)
    machine.wall -= 400 * DAY_S
    let_through = 0
    for _ in range(60):
        machine.passes(60)
        counts = FileCounts(file, machine.clock)
        let_through += sum(took(counts, Window("address", "b", 3_600, 20)) == 0 for _ in range(2))
        counts.close()
    machine.passes(1)
    assert let_through == 20
    assert took(FileCounts(file, machine.clock), Window("address", "b", 3_600, 20)) == pytest.approx(59)


def test_threads_together_get_no_more_than_one_alone(file: Path, machine: Machine) -> None:
    counts = FileCounts(file, machine.clock)
    window = Window("address", "a", DAY_S, 20)
    with ThreadPoolExecutor(16) as pool:
        assert sum(wait == 0 for wait in pool.map(lambda _: took(counts, window), range(100))) == 20


def _many(path: Path) -> int:
    counts = FileCounts(path, Clock(time.time, time.monotonic))
    return sum(took(counts, Window("address", "a", DAY_S, 20)) == 0 for _ in range(20))


def test_processes_together_get_no_more_than_one_alone(file: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert sum(pool.map(_many, [file] * 4)) == 20


def test_uses_of_more_than_a_day_ago_are_deleted(file: Path, machine: Machine) -> None:
    counts = FileCounts(file, machine.clock)
    for _ in range(5):
        took(counts, Window("address", "a", DAY_S, 100))
    machine.passes(DAY_S + 1)
    took(counts, A)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT COUNT(*) FROM uses").fetchone() == (1,)


def test_what_cannot_be_used_says_so(tmp_path: Path, machine: Machine) -> None:
    (tmp_path / "index").write_text("no folder")
    with pytest.raises(CountsUnusable):
        took(FileCounts(tmp_path / "index" / "x.sqlite3", machine.clock), A)
    (tmp_path / "spoilt").write_bytes(b"not a database" * 1000)
    with pytest.raises(CountsUnusable):
        took(FileCounts(tmp_path / "spoilt", machine.clock), A)


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real server; machines without one do not run what needs it."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if program is None:
        pytest.skip("no redis-server on this machine")
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path_factory.mktemp("redis"))]
    with subprocess.Popen([program, *options], stdout=subprocess.DEVNULL) as process:
        try:
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def shared(redis_url: str) -> Counts:
    counts = open_shared(redis_url)
    for _ in range(100):
        try:
            counts.take([Window("address", "ready", 1, 10**6)])
            return counts
        except CountsUnusable:
            time.sleep(0.05)
    raise AssertionError("the server did not start")


def test_several_servers_count_together_in_redis(shared: Counts, redis_url: str) -> None:
    servers = [shared, open_shared(redis_url), open_shared(redis_url)]
    window = Window("address", "together", DAY_S, 20)
    with ThreadPoolExecutor(12) as pool:
        waits = list(pool.map(lambda n: took(servers[n % 3], window), range(60)))
    assert sum(wait == 0 for wait in waits) == 20
    assert all(DAY_S - 60 < wait <= DAY_S for wait in waits if wait)


def test_in_redis_windows_slide_and_what_was_given_back_is_not_counted(shared: Counts) -> None:
    second, day = Window("address", "slides", 1, 2), Window("profile", "slides too", DAY_S, 100)
    taken = shared.take([second, day])
    assert isinstance(taken, Taken)
    assert took(shared, second, day) == 0
    assert 0 < took(shared, second, day) <= 1
    shared.give_back(taken.receipt)
    assert took(shared, second, day) == 0
    time.sleep(1.1)
    assert took(shared, second, day) == 0


def test_a_redis_server_that_is_gone_says_so_without_its_password() -> None:
    counts = open_shared(f"redis://:planted-password@127.0.0.1:{free_port()}/0")
    with pytest.raises(CountsUnusable) as caught:
        took(counts, A)
    assert "planted" not in str(caught.value)
