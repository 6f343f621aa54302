"""Whether thousands of questions over HTTP, many at once and past kills of the server, ever cost more than the cap.

    python -m evals.bench.spend [--requests 10000] [--cap-tokens 1000000] [--concurrency 16] [--restarts 3]

Against a model on loopback that answers at once and counts what it is asked and says: what it has given out is the bill. The cap may be exceeded by no
more than an answer of full length for each question under way. Exit status 1 where it is, or where a question got no answer.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from evals import scripted
from evals.bench.serving import environment
from evals.scripted import Wire, asked_of, serving_with
from ingest.passages import count_tokens

TOP = Path(__file__).resolve().parents[2]
ANSWER_TOKENS = 200
QUESTIONS = ("Where do they work now?", "What did they publish?", "Which awards do they hold?", "Where did they study?")
_FIRST_PORT, _PORTS = 20_000, 12_000
_START_S = 180


@dataclass(slots=True)
class Bill:
    """What the model has given out."""

    tokens: int = 0
    calls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it all."""

    requests: int
    answered_by_model: int
    answered_offline: int
    broken_by_kills: int
    restarts: int
    cap_tokens: int
    allowance_tokens: int
    """What the cap may be exceeded by: concurrency times the longest answer."""
    billed_tokens: int
    written_down_tokens: int
    model_calls: int
    seconds: float
    others: dict[str, int]
    """Answers of any other kind, by status; there should be none."""

    @property
    def is_kept(self) -> bool:
        """Whether the cap held and every question that was not killed was answered."""
        return self.billed_tokens <= self.cap_tokens + self.allowance_tokens and not self.others


def run(profiles: Path, requests: int, cap_tokens: int, concurrency: int, restarts: int) -> Outcome:
    """Asks ``requests`` questions, ``concurrency`` at once, killing the server ``restarts`` times on the way."""
    bill, seen = Bill(), Counter[str]()
    wire = type("Billed", (_Billed,), {"bill": bill})
    began = time.monotonic()
    with TemporaryDirectory() as folder, serving_with(wire, scripted.faithful) as provider:
        index = Path(folder) / "index"
        settings = _settings(provider.url, cap_tokens)
        for share in _shares(requests, restarts + 1):
            with _server(profiles, index, concurrency, settings) as (process, url):
                seen += asyncio.run(_ask_all(process, url, share, concurrency, kill=bool(restarts)))
        with closing(sqlite3.connect(index / ".spent.sqlite3")) as db:
            (written,) = db.execute("SELECT COALESCE(SUM(tokens), 0) FROM calls").fetchone()
    known = {"model", "offline", "killed"}
    return Outcome(
        requests=seen.total(),
        answered_by_model=seen["model"],
        answered_offline=seen["offline"],
        broken_by_kills=seen["killed"],
        restarts=restarts,
        cap_tokens=cap_tokens,
        allowance_tokens=concurrency * ANSWER_TOKENS,
        billed_tokens=bill.tokens,
        written_down_tokens=written,
        model_calls=bill.calls,
        seconds=round(time.monotonic() - began, 1),
        others={kind: n for kind, n in seen.items() if kind not in known},
    )


class _Billed(Wire):
    """A provider that charges for the whole answer as soon as it is asked for one, also where nobody reads it."""

    bill: Bill

    def answer(self, body: dict[str, Any]) -> None:
        """As ``Wire``, after the bill."""
        asked = asked_of(body)
        text = self.provider.script(asked)
        completion = min(count_tokens(text), int(body.get("max_tokens") or ANSWER_TOKENS))
        with self.bill.lock:
            self.bill.tokens += count_tokens(asked.system) + count_tokens(asked.user) + completion
            self.bill.calls += 1
        super().answer(body)


def _shares(requests: int, parts: int) -> Iterator[int]:
    for n in range(parts):
        yield requests // parts + (1 if n < requests % parts else 0)


def _settings(url: str, cap_tokens: int) -> dict[str, str]:
    return {
        "OPENAI_BASE_URL": url,
        "OPENAI_MODEL": scripted.MODEL,
        "VIVAVOCE_ANSWER_TOKENS": str(ANSWER_TOKENS),
        "VIVAVOCE_BUDGET_DAY_TOKENS": str(cap_tokens),
        "VIVAVOCE_BUDGET_MONTH_TOKENS": str(cap_tokens),
    }


@contextmanager
def _server(
    profiles: Path, index: Path, concurrency: int, more: dict[str, str]
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A running ``vivavoce serve`` that answers; killed at the end."""
    port = _free_port()
    command = [sys.executable, "-W", "ignore", "-m", "app", "serve", "--port", str(port)]
    command += ["--profiles", str(profiles), "--index", str(index)]
    settings = more | {"VIVAVOCE_CONCURRENCY": str(concurrency), "VIVAVOCE_QUEUE": str(4 * concurrency)}
    with subprocess.Popen(
        command, env=environment(settings), cwd=TOP, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            until = time.monotonic() + _START_S
            while not _is_up(url):
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the server did not start")
                time.sleep(0.2)
            yield process, url
        finally:
            process.kill()


def _free_port() -> int:
    """A port below those that the system hands out, so that no other server takes it before ours does."""
    for n in range(_PORTS):
        port = _FIRST_PORT + (7 * os.getpid() + n) % _PORTS
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError("no port is free; stop other servers")


def _is_up(url: str) -> bool:
    try:
        return httpx.get(f"{url}/health", trust_env=False, timeout=5).is_success
    except httpx.HTTPError:
        return False


async def _ask_all(
    process: subprocess.Popen[bytes], url: str, share: int, concurrency: int, kill: bool
) -> Counter[str]:
    """Asks ``share`` questions; with ``kill`` the server is killed while the last of them are under way."""
    seen, left = Counter[str](), iter(range(share))
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as http:
        slugs = [one["slug"] for one in (await http.get("/v1/profiles")).json()["profiles"]]

        async def asks() -> None:
            for n in left:
                # Each of its own, so that no answer is remembered.
                question = f"{QUESTIONS[n % len(QUESTIONS)]} ({process.pid}-{n})"
                seen[await _kind(http, {"profile": slugs[n % len(slugs)], "question": question})] += 1
                if kill and share - n == concurrency:
                    os.kill(process.pid, signal.SIGKILL)

        await asyncio.gather(*(asks() for _ in range(concurrency)))
    return seen


async def _kind(http: httpx.AsyncClient, body: dict[str, str]) -> str:
    """Who wrote the answer, or the status where there is none."""
    try:
        reply = await http.post("/v1/ask", json=body)
    except httpx.HTTPError:
        return "killed"
    if reply.status_code != 200:
        return str(reply.status_code)
    return "offline" if reply.json()["mode"] == "offline" else "model"


def main() -> int:
    """Runs it and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profiles", type=Path, default=TOP / "data" / "profiles")
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--cap-tokens", type=int, default=1_000_000)
    parser.add_argument("--concurrency", type=int, default=16)
    parser.add_argument("--restarts", type=int, default=3)
    options = parser.parse_args()
    outcome = run(options.profiles, options.requests, options.cap_tokens, options.concurrency, options.restarts)
    print(json.dumps(asdict(outcome), indent=2))
    return 0 if outcome.is_kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
