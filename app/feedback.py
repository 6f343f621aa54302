"""What visitors say of answers: kept in SQLite beside the indexes for the owner of a profile, without anything about who said it.

A row holds the profile, the record that answered, the verdict and what was typed for this purpose. The question is there only where the
visitor ticked it; no address, no cookie, no time of day.
"""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

Verdict = Literal["helpful", "unhelpful", "wrong_citation"]
Reason = Literal["wrong", "incomplete", "off_point", "unclear", "other"]

FILE_NAME = ".feedback.sqlite3"
MAX_WORDS = 1_000
"""Characters that may be typed."""
MAX_ROWS = 20_000
"""Rows that a file holds; then nothing more is taken until its owner has read and removed some."""
_TABLE = """
CREATE TABLE IF NOT EXISTS feedback (
  id INTEGER PRIMARY KEY, day TEXT NOT NULL, profile TEXT NOT NULL, fingerprint TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT,
  n INTEGER, document TEXT, start INTEGER, "end" INTEGER, words TEXT NOT NULL, question TEXT
)"""
_COLUMNS = 'day, profile, fingerprint, verdict, reason, n, document, start, "end", words, question'


class FeedbackFull(Exception):
    """The file holds all it may, or cannot be written."""


@dataclass(frozen=True, slots=True)
class Reported:
    """The citation that is said not to support its sentence."""

    n: int
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one visitor said of one answer."""

    profile: str
    fingerprint: str
    """Of the record that answered."""
    verdict: Verdict
    reason: Reason | None = None
    citation: Reported | None = None
    words: str = ""
    """What was typed."""
    question: str | None = None
    """Only where the visitor sent it along."""
    day: date | None = None
    """When it was kept, in UTC; set by ``FeedbackFile``."""


class FeedbackFile:
    """The rows of one file, which outlive the process; safe to use from several threads and processes."""

    def __init__(
        self, path: Path, today: Callable[[], date], max_rows: int = MAX_ROWS, keep_days: int | None = None
    ) -> None:
        """Rows are removed, and overwritten on the disk, when they are ``keep_days`` old; 0 takes none, ``None`` keeps them for ever."""
        self._path = path
        self._today = today
        self._max_rows = max_rows
        self._keep_days = keep_days
        self._lock = threading.Lock()

    @property
    def takes(self) -> bool:
        """Whether anything is kept at all."""
        return self._keep_days != 0

    def add(self, feedback: Feedback) -> None:
        """Keeps it.

        Raises:
            FeedbackFull: the file is full, or cannot be written.
        """
        cited = feedback.citation
        span = (cited.n, cited.document, cited.start, cited.end) if cited else (None, None, None, None)
        said = (feedback.profile, feedback.fingerprint, feedback.verdict, feedback.reason)
        row = (self._today().isoformat(), *said, *span, feedback.words, feedback.question)
        try:
            with self._lock, closing(self._open()) as db, db:
                db.execute("BEGIN IMMEDIATE")
                self._purge(db)
                (held,) = db.execute("SELECT COUNT(*) FROM feedback").fetchone()
                if held >= self._max_rows:
                    raise FeedbackFull(f"{self._path} holds {held} rows, which is all it may; read and empty it")
                marks = ", ".join("?" for _ in row)
                db.execute(f"INSERT INTO feedback ({_COLUMNS}) VALUES ({marks})", row)
        except sqlite3.Error as error:
            raise FeedbackFull(f"{self._path} cannot be written: {error}") from error

    def kept(self, profile: str | None = None) -> tuple[Feedback, ...]:
        """All that was said, or of one profile; the oldest first. Nothing where the file does not exist.

        Raises:
            sqlite3.Error: the file is there and cannot be read.
        """
        self.purge()
        if not self._path.exists():
            return ()
        where, values = ("WHERE profile = ?", (profile,)) if profile else ("", ())
        with self._lock, closing(self._open()) as db:
            return tuple(
                _read(row) for row in db.execute(f"SELECT {_COLUMNS} FROM feedback {where} ORDER BY id", values)
            )

    def purge(self) -> None:
        """Removes what has been kept for long enough.

        Raises:
            sqlite3.Error: the file is there and cannot be written.
        """
        if self._keep_days is not None and self._path.exists():
            with self._lock, closing(self._open()) as db, db:
                self._purge(db)

    def _purge(self, db: sqlite3.Connection) -> None:
        if self._keep_days is not None:
            last = self._today() - timedelta(days=self._keep_days)
            db.execute("DELETE FROM feedback WHERE day <= ?", (last.isoformat(),))

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        # What is deleted is overwritten.
        db.execute("PRAGMA secure_delete = ON")
        db.execute(_TABLE)
        return db


def _read(row: tuple[object, ...]) -> Feedback:
    day, profile, fingerprint, verdict, reason, n, document, start, end, words, question = row
    cited = Reported(n, document, start, end) if n is not None else None  # type: ignore[arg-type]
    return Feedback(profile, fingerprint, verdict, reason, cited, words, question, date.fromisoformat(str(day)))  # type: ignore[arg-type]
