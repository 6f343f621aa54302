"""What a model said to exactly the same prompt, so that a question asked again costs nothing."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable


def key_of(*parts: str, texts: Iterable[str]) -> str:
    """One key for everything that an answer depends on."""
    return hashlib.sha256("\x1f".join([*parts, *texts]).encode()).hexdigest()


class Cache:
    """Keeps the ``size`` texts that were used last, in memory: a new index, prompt or model makes new keys."""

    def __init__(self, size: int = 500) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._texts: OrderedDict[str, str] = OrderedDict()

    def get(self, key: str) -> str | None:
        """The text under ``key``."""
        with self._lock:
            if key in self._texts:
                self._texts.move_to_end(key)
            return self._texts.get(key)

    def put(self, key: str, text: str) -> None:
        """Keeps ``text``; the one that was not used for the longest time makes room."""
        with self._lock:
            self._texts[key] = text
            self._texts.move_to_end(key)
            if len(self._texts) > self._size:
                self._texts.popitem(last=False)
