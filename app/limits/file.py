"""Counts in SQLite: they outlive the process, and several processes share them."""

import secrets
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path

from app.limits.clock import Clock
from app.limits.domain import DAY_S, CountsUnusable, Full, Taken, Window

_TABLES = """
CREATE TABLE IF NOT EXISTS uses (who TEXT NOT NULL, at REAL NOT NULL, receipt TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS uses_by_who ON uses (who, at);
CREATE INDEX IF NOT EXISTS uses_by_time ON uses (at);
CREATE INDEX IF NOT EXISTS uses_by_receipt ON uses (receipt);
CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), at REAL NOT NULL, wall REAL NOT NULL);
"""
_NTH_LAST = "SELECT at FROM uses WHERE who = ? AND at > ? ORDER BY at DESC LIMIT 1 OFFSET ?"
_CLOCK = "REPLACE INTO clock (one, at, wall) VALUES (1, ?, ?)"
IN_MEMORY = ":memory:"


class FileCounts:
    """One row for each use in the last day, by the hash of who it was; older ones are deleted with the next."""

    def __init__(self, path: Path | str, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._db: sqlite3.Connection | None = None
        self._has_begun = False

    def take(self, windows: Sequence[Window]) -> Taken | Full:
        """As ``Counts``."""
        with self._lock:
            try:
                return self._take(self._opened(), windows)
            except sqlite3.Error as error:
                self._drop()
                raise CountsUnusable(f"{self._path} cannot be used: {error}") from error
            except OSError as error:
                raise CountsUnusable(f"{self._path} cannot be used: {error.strerror}") from error

    def give_back(self, receipt: str) -> None:
        """As ``Counts``."""
        with self._lock:
            try:
                self._opened().execute("DELETE FROM uses WHERE receipt = ?", (receipt,))
            except (sqlite3.Error, OSError) as error:
                self._drop()
                raise CountsUnusable(f"{self._path} cannot be used: {error}") from error

    def close(self) -> None:
        """Lets the file go."""
        with self._lock:
            self._drop()

    def _take(self, db: sqlite3.Connection, windows: Sequence[Window]) -> Taken | Full:
        # From here on nobody else writes, so what is read stays true until it is written down.
        db.execute("BEGIN IMMEDIATE")
        try:
            last, wall_then = db.execute("SELECT at, wall FROM clock").fetchone() or (0.0, 0.0)
            if not self._has_begun:
                self._clock.resume(last, wall_then)
                self._has_begun = True
            now = self._clock.after(last)
            db.execute(_CLOCK, (now, self._clock.wall()))
            full = [found for window in windows if (found := _full(db, window, now))]
            receipt = secrets.token_hex(8)
            if not full:
                db.execute("DELETE FROM uses WHERE at <= ?", (now - DAY_S,))
                whose = {window.who for window in windows}
                db.executemany("INSERT INTO uses VALUES (?, ?, ?)", [(who, now, receipt) for who in whose])
            db.execute("COMMIT")
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")
        return max(full, key=lambda found: found.wait_s) if full else Taken(receipt)

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            if isinstance(self._path, Path):
                self._path.parent.mkdir(parents=True, exist_ok=True)
            # Used in many threads, by one at a time.
            db = sqlite3.connect(self._path, timeout=2, isolation_level=None, check_same_thread=False)
            # Readers and the writer do not wait for one another; after a crash of the machine the last counts may be missing, nothing else.
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.executescript(_TABLES)
            self._db = db
        return self._db

    def _drop(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = None


def _full(db: sqlite3.Connection, window: Window, now: float) -> Full | None:
    """Whether as many as may be lie in the window already, and until when."""
    row = db.execute(_NTH_LAST, (window.who, now - window.seconds, window.most - 1)).fetchone()
    return Full(window, row[0] + window.seconds - now) if row else None
