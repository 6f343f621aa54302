"""Names for questions and callers that say that two are the same, for a day, and nothing else."""

import hmac
import secrets
import threading
from collections.abc import Callable
from datetime import date


class DailyHash:
    """An HMAC-SHA256 under a key that is drawn anew every day and stands nowhere but in memory.

    So nobody, whoever runs the server included, can try guesses against yesterday's log.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._lock = threading.Lock()
        self._day: date | None = None
        self._key = b""

    def __call__(self, text: str) -> str:
        """16 hexadecimal digits."""
        with self._lock:
            today = self._today()
            if today != self._day:
                self._day, self._key = today, secrets.token_bytes(32)
            key = self._key
        return hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256").hex()[:16]
