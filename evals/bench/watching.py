"""Those who ask a server all the while that something is done to it, and what they were told."""

import http.client
import re
import threading
from dataclasses import dataclass, field
from types import TracebackType

from evals.bench.corruptions import QUESTION, SLUG
from evals.bench.serving import Reply, Server

_VERSION = re.compile(r"Version (\d+)")


@dataclass(slots=True)
class Row:
    """One fault and what was seen of it."""

    fault: str
    seen: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def see(self, what: str, is_so: bool) -> None:
        """Notes something that must be so."""
        (self.seen if is_so else self.missed).append(what)


class Watch:
    """Asks in ``askers`` threads until it is left; every answer must be of one version, none older than the one before."""

    def __init__(self, server: Server, askers: int = 1) -> None:
        self._server = server
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._seen: set[int] = set()
        self._threads = [threading.Thread(target=self._ask) for _ in range(askers)]
        self.asked = 0
        self.wrong: list[str] = []
        self.failed: list[str] = []

    @property
    def versions(self) -> int:
        """How many were seen."""
        return len(self._seen)

    def __enter__(self) -> "Watch":
        """Begins to ask."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Waits for the last answer."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _ask(self) -> None:
        last = 0
        while not self._over.is_set():
            try:
                reply = self._server.ask(SLUG, QUESTION)
            except (OSError, http.client.HTTPException) as error:
                with self._lock:
                    self.failed.append(repr(error))
                continue
            version = version_in(reply)
            with self._lock:
                self.asked += 1
                if reply.status != 200:
                    self.failed.append(f"{reply.status} {reply.body[:200]!r}")
                elif version is None or version < last:
                    self.wrong.append(f"after {last}: {reply.json.get('answer')!r}")
                else:
                    last = version
                    self._seen.add(version)


def version_in(reply: Reply) -> int | None:
    """The version of the CV that an answer tells of, in its words and in what it quotes; ``None`` where these are not one."""
    if reply.status != 200:
        return None
    told = reply.json
    places = [str(told.get("answer")), *(str(citation.get("quote")) for citation in told.get("citations", ()))]
    found = {int(number) for place in places for number in _VERSION.findall(place)}
    return found.pop() if len(found) == 1 else None
