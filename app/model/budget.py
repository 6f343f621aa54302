"""What a language model may cost in a day and in a month, and what it has cost: kept in SQLite, so that a restart forgets nothing."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_MICRO = 1_000_000
_DUST = 1e-9
"""What sums of dollars may be off by."""
_TABLE = """
CREATE TABLE IF NOT EXISTS calls (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, model TEXT NOT NULL, tokens INTEGER NOT NULL, micro_usd INTEGER NOT NULL, settled INTEGER NOT NULL
)"""
_INDEX = "CREATE INDEX IF NOT EXISTS calls_by_day ON calls (day)"
_SPENT = "SELECT COALESCE(SUM(tokens), 0), COALESCE(SUM(micro_usd), 0) FROM calls WHERE day >= ? AND day <= ?"


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    prompt: float = 0.0
    completion: float = 0.0

    def of(self, prompt_tokens: int, completion_tokens: int) -> float:
        """The cost of one call in US dollars."""
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / _MICRO


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that may be spent; ``None`` sets no bound."""

    day_tokens: int | None = None
    month_tokens: int | None = None
    day_usd: float | None = None
    month_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent, calls that are under way at their estimate."""

    day_tokens: int
    month_tokens: int
    day_usd: float
    month_usd: float


class OverBudget(Exception):
    """The next call could exceed a cap, or what was spent cannot be read or written."""


class Budget:
    """Reserves the estimate of every call before it is made and puts the real usage in its place afterwards.

    A reservation is one SQLite transaction, so calls at the same time, also of other processes, cannot together exceed a cap. One that is
    never settled, because the process died, stays at its estimate. Days and months are those of UTC.
    """

    def __init__(self, path: Path, caps: Caps, price: Price, now: Callable[[], datetime]) -> None:
        self._path = path
        self._caps = caps
        self._price = price
        self._now = now
        self._lock = threading.Lock()

    def reserve(self, model: str, prompt_tokens: int, completion_tokens: int) -> int:
        """The number under which to ``settle`` the call.

        Raises:
            OverBudget: it must not be made.
        """
        cost = self._micro(prompt_tokens, completion_tokens)
        tokens = prompt_tokens + completion_tokens
        try:
            with self._lock, closing(self._open()) as db, db:
                db.execute("BEGIN IMMEDIATE")
                spent = self._spent(db)
                if self._exceeds(spent, tokens, cost):
                    raise OverBudget
                row = db.execute(
                    "INSERT INTO calls (day, model, tokens, micro_usd, settled) VALUES (?, ?, ?, ?, 0)",
                    (self._today(), model, tokens, cost),
                )
                return int(row.lastrowid or 0)
        except sqlite3.Error as error:
            raise OverBudget from error

    def settle(self, reservation: int, prompt_tokens: int, completion_tokens: int) -> float:
        """Replaces the estimate by what was used; its cost in US dollars. Where it cannot be written, the estimate stays."""
        cost = self._micro(prompt_tokens, completion_tokens)
        try:
            with self._lock, closing(self._open()) as db, db:
                db.execute(
                    "UPDATE calls SET tokens = ?, micro_usd = ?, settled = 1 WHERE id = ?",
                    (prompt_tokens + completion_tokens, cost, reservation),
                )
        except sqlite3.Error:
            return cost / _MICRO
        return cost / _MICRO

    def spent(self) -> Spent:
        """What today and this month have cost so far.

        Raises:
            OverBudget: it cannot be read.
        """
        try:
            with self._lock, closing(self._open()) as db:
                return self._spent(db)
        except sqlite3.Error as error:
            raise OverBudget from error

    def left(self) -> float | None:
        """What is left of the tightest cap, from 1 to 0; ``None`` without caps.

        Raises:
            OverBudget: it cannot be read.
        """
        spent, caps = self.spent(), self._caps
        pairs: tuple[tuple[float | None, float], ...] = (
            (caps.day_tokens, spent.day_tokens),
            (caps.month_tokens, spent.month_tokens),
            (caps.day_usd, spent.day_usd),
            (caps.month_usd, spent.month_usd),
        )
        left = [max(0.0, 1 - used / cap) if cap else 0.0 for cap, used in pairs if cap is not None]
        return min(left) if left else None

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        db.execute(_TABLE)
        db.execute(_INDEX)
        return db

    def _spent(self, db: sqlite3.Connection) -> Spent:
        today = self._today()
        day = db.execute(_SPENT, (today, today)).fetchone()
        month = db.execute(_SPENT, (f"{today[:7]}-01", f"{today[:7]}-31")).fetchone()
        return Spent(day[0], month[0], day[1] / _MICRO, month[1] / _MICRO)

    def _exceeds(self, spent: Spent, tokens: int, micro_usd: int) -> bool:
        usd = micro_usd / _MICRO
        wanted = (
            (self._caps.day_tokens, spent.day_tokens + tokens),
            (self._caps.month_tokens, spent.month_tokens + tokens),
            (self._caps.day_usd, spent.day_usd + usd),
            (self._caps.month_usd, spent.month_usd + usd),
        )
        return any(cap is not None and total > cap + _DUST for cap, total in wanted)

    def _micro(self, prompt_tokens: int, completion_tokens: int) -> int:
        return round(self._price.of(prompt_tokens, completion_tokens) * _MICRO)

    def _today(self) -> str:
        return self._now().strftime("%Y-%m-%d")
