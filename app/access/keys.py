"""Keys of programs: shown once, kept in SQLite as hashes, found again by any process.

A key is ``vvk_`` and 256 random bits. Its hash is SHA-256 without salt or stretching, which is right for this and wrong for passwords: nobody can go
through 2**256 keys however fast the hash is, two keys are never equal, and a slow hash would let anybody keep the server busy with wrong ones.
"""

import hashlib
import json
import os
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import AskError

PREFIX = "vvk_"
_SHAPE = re.compile(r"vvk_[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"\S(?:[^\x00-\x1f\x7f]{0,78}\S)?")
_PATIENCE_S = 2.0
"""How long another process may hold the file."""
_TABLE = """
CREATE TABLE IF NOT EXISTS keys (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, profiles TEXT, created TEXT NOT NULL, used TEXT, revoked TEXT
)"""
_COLUMNS = "id, name, profiles, created, used, revoked"


class KeyRefused(AskError):
    """There is no such key, or it cannot be made."""


@dataclass(frozen=True, slots=True)
class Key:
    """What is known of a key; not the key."""

    id: str
    name: str
    profiles: frozenset[str] | None
    """The only profiles that it is for; ``None``: every one."""
    created: date
    used: date | None
    """The last day on which it was used, in UTC."""
    revoked: date | None

    def to_json(self) -> dict[str, object]:
        """As ``keys list --json`` gives it."""
        return {
            "id": self.id,
            "name": self.name,
            "profiles": sorted(self.profiles) if self.profiles is not None else None,
            "created": self.created.isoformat(),
            "last_used": self.used.isoformat() if self.used else None,
            "revoked": self.revoked.isoformat() if self.revoked else None,
        }


class Keys:
    """The keys of one file; safe to use from several threads and processes."""

    def __init__(self, path: Path, today: Callable[[], date]) -> None:
        self._path = path
        self._today = today
        self._lock = threading.Lock()

    def add(self, name: str, profiles: Iterable[str] | None = None) -> tuple[Key, str]:
        """A new key, and its text, which cannot be had again.

        Raises:
            KeyRefused: the name is taken by a key that is not revoked, or is none.
        """
        if not _NAME.fullmatch(name):
            raise KeyRefused(f"{name!r} is no name for a key; give one line of at most 80 characters")
        text = PREFIX + secrets.token_urlsafe(32)
        only = frozenset(profiles) if profiles is not None else None
        key = Key(secrets.token_hex(4), name, only, self._today(), None, None)
        with self._opened() as db:
            db.execute("BEGIN IMMEDIATE")
            if db.execute("SELECT 1 FROM keys WHERE name = ? AND revoked IS NULL", (name,)).fetchone():
                raise KeyRefused(f"there is a key {name!r} already; revoke it first, or give another name")
            row = (key.id, name, _hash(text), json.dumps(sorted(only)) if only is not None else None, _day(key.created))
            db.execute("INSERT INTO keys (id, name, hash, profiles, created) VALUES (?, ?, ?, ?, ?)", row)
        return key, text

    def all(self) -> tuple[Key, ...]:
        """Every key there was, in the order in which they were made; none where the file does not exist."""
        if not self._path.exists():
            return ()
        with self._opened() as db:
            return tuple(_read(row) for row in db.execute(f"SELECT {_COLUMNS} FROM keys ORDER BY rowid"))

    def revoke(self, which: str) -> Key:
        """Ends the key with this id or name for good, from the next request on.

        Raises:
            KeyRefused: there is none, or it is revoked already.
        """
        known = [key for key in self.all() if which in {key.id, key.name} and key.revoked is None]
        if not known:
            raise KeyRefused(f"there is no key {which!r} that works; 'vivavoce keys list' names them")
        with self._opened() as db:
            db.execute("UPDATE keys SET revoked = ? WHERE id = ?", (_day(self._today()), known[0].id))
        return next(key for key in self.all() if key.id == known[0].id)

    def find(self, text: str) -> Key | None:
        """The key with this text, which is thereby used; ``None`` where there is none, or none any more.

        Raises:
            sqlite3.Error: the file cannot be read.
        """
        if not _SHAPE.fullmatch(text) or not self._path.exists():
            return None
        today = self._today()
        with self._opened() as db:
            # Found by its hash: how long that takes tells of the hash of what was sent, which tells nothing of a key.
            row = db.execute(
                f"SELECT {_COLUMNS} FROM keys WHERE hash = ? AND revoked IS NULL", (_hash(text),)
            ).fetchone()
            key = _read(row) if row else None
            if key is not None and key.used != today:
                _note_use(db, key, today)
        return key

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, for its owner alone; what is changed is kept where nothing is raised."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        if not self._path.exists():
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600))
        with self._lock, closing(sqlite3.connect(self._path, timeout=_PATIENCE_S, isolation_level=None)) as db, db:
            db.execute(_TABLE)
            yield db


def _note_use(db: sqlite3.Connection, key: Key, today: date) -> None:
    """A key works also where its use cannot be written down."""
    try:
        db.execute("UPDATE keys SET used = ? WHERE id = ?", (_day(today), key.id))
    except sqlite3.OperationalError:
        return


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _day(day: date) -> str:
    return day.isoformat()


def _read(row: tuple[str, str, str | None, str, str | None, str | None]) -> Key:
    id_, name, profiles, created, used, revoked = row
    return Key(
        id_,
        name,
        frozenset(json.loads(profiles)) if profiles is not None else None,
        date.fromisoformat(created),
        date.fromisoformat(used) if used else None,
        date.fromisoformat(revoked) if revoked else None,
    )
