"""A real server in a process of its own, for measurements that load it, break what it stands on, or kill it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")


class NotServing(Exception):
    """The server did not come to answer; the text is the end of what it said."""


@dataclass(frozen=True, slots=True)
class Use:
    """What a process holds and has used."""

    rss_mb: float
    descriptors: int
    threads: int
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back for one request."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def json(self) -> dict[str, Any]:
        """The body, where it is an object; else nothing."""
        with suppress(ValueError):
            found = json.loads(self.body)
            if isinstance(found, dict):
                return found
        return {}


@dataclass(slots=True)
class Server:
    """``vivavoce serve`` on loopback over folders of one's own."""

    profiles: Path
    index: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    """Besides ``PATH``; nothing of what is set where this runs."""
    before: Sequence[str] = ()
    """What stands before the command, such as ``prlimit``."""
    log_folder: Path | None = None
    """Where it writes what it says, where that is not beside the index."""
    port: int = 0
    process: "subprocess.Popen[bytes] | None" = None

    def start(self, wait_s: float = 120.0) -> float:
        """Starts it; seconds until ``/health`` answered.

        Raises:
            NotServing: it ended, or did not answer in time.
        """
        self.port = self.port or free_port()
        started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self.before, *command("serve", self.profiles, self.index), "--port", str(self.port)],
                env=environment(self.environment), cwd=self.log.parent, stdout=log, stderr=log,
            )  # fmt: skip
        while time.monotonic() - started < wait_s:
            if self.process.poll() is not None:
                break
            with suppress(OSError, http.client.HTTPException):
                if self.get("/health", 5.0).status == 200:
                    return time.monotonic() - started
            time.sleep(0.05)
        self.kill()
        raise NotServing(self.said()[-2_000:])

    @property
    def log(self) -> Path:
        """Where it writes what it says."""
        return (self.log_folder or self.index.parent) / "server.log"

    def said(self) -> str:
        """All that it has written."""
        return self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""

    @property
    def pid(self) -> int:
        """Of the process that serves."""
        if self.process is None:
            raise NotServing("it was not started")
        return self.process.pid

    def use(self) -> Use:
        """What the process holds now."""
        folder = Path(f"/proc/{self.pid}")
        pages = int((folder / "statm").read_text().split()[1])
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        return Use(
            pages * _PAGE / 1e6,
            len(list((folder / "fd").iterdir())),
            int(fields[17]),
            (int(fields[11]) + int(fields[12])) / _TICKS,
        )

    def ask(self, slug: str, question: str, timeout_s: float = 60.0) -> Reply:
        """``POST /v1/ask``; raises ``OSError`` or ``http.client.HTTPException`` where no reply comes."""
        return self.send("POST", "/v1/ask", {"profile": slug, "question": question}, timeout_s)

    def get(self, path: str, timeout_s: float = 60.0) -> Reply:
        """``GET`` of ``path``; raises as ``ask`` does."""
        return self.send("GET", path, None, timeout_s)

    def send(
        self, method: str, path: str, body: Any, timeout_s: float = 60.0, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request on a connection of its own; ``body`` goes as JSON. Raises as ``ask`` does."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            sent = None if body is None else json.dumps(body)
            kind = {"content-type": "application/json"} if sent else {}
            connection.request(method, path, sent, {**kind, **(headers or {})})
            reply = connection.getresponse()
            return Reply(reply.status, reply.read(), {k.lower(): v for k, v in reply.getheaders()})
        finally:
            connection.close()

    def stop(self, wait_s: float = 20.0) -> float:
        """Asks it to end, and kills it where it does not; seconds until it had ended."""
        started = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(wait_s)
        self.kill()
        return time.monotonic() - started

    def kill(self) -> None:
        """Ends it as a crash would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(profiles: Path, index: Path, **more: Any) -> Iterator[Server]:
    """A server that answers, until it is let go; ``more`` are fields of ``Server``."""
    server = Server(profiles, index, **more)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def command(verb: str, profiles: Path, index: Path) -> list[str]:
    """The command line of a verb over these folders."""
    return [sys.executable, "-m", "app", verb, "--profiles", str(profiles), "--index", str(index)]


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """What a process gets that is to see nothing of what is set where this runs."""
    return {"PATH": os.defpath, "PYTHONPATH": str(TOP), "HOME": str(Path.home()), **more}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def load_average() -> str:
    """How much the machine has to do, to be said beside every figure."""
    return " ".join(f"{value:.1f}" for value in os.getloadavg())
