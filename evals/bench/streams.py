"""How soon a stream begins while many are open, and how soon an abandoned one stops its work.

    python -m evals.bench.streams [--profile SLUG] [--connections N] [--asks N] [--pause-ms MS] [--offline] [--index DIR]

The server is ``vivavoce serve`` in a process of its own with its default settings; its model is a scripted provider on loopback. Each of N
connections asks anew as soon as its answer is whole, every question another one. ``first byte``: from the request to the first byte of the body;
``first event``: to the first event of the answer, or the first words of a completion. ``leaves``: from hanging up to the provider's finding its client gone.
Bars: the 95th percentile of the first byte at most 300 ms, that of leaving at most one second, and every stream whole.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from app.library import Library
from app.settings import load_settings
from app.start import open_embedder, refresh_all
from evals.bench.streaming import endless, noticed_s
from evals.metrics import percentile
from evals.scripted import MODEL, Provider, faithful, serving
from ingest.build import Progress

SLUG = "qian-liu"
FIRST_BYTE_S, LEAVE_S = 0.3, 1.0
_TOPICS = (
    "Where does he work now?",
    "Which papers were published in {year}?",
    "Tell me about his work in {year}",
    "Did he win an award in {year}?",
    "What did he do before {year}?",
    "Which papers are about code generation since {year}?",
)
_START_S, _ROUND_S = 240.0, 120.0


@dataclass(slots=True)
class Times:
    """Seconds, one a stream."""

    first_byte: list[float] = field(default_factory=list)
    first_event: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    refused: int = 0
    broken: int = 0
    """Streams that did not come to their end."""


@contextmanager
def served(index: Path, provider: Provider | None) -> Iterator[int]:
    """The port of a server with its defaults."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    # Nothing of what is set where this runs.
    environment = {"PATH": os.defpath, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    if provider is not None:
        environment |= {
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_MODEL": MODEL,
            "VIVAVOCE_BUDGET_DAY_TOKENS": str(10**9),
            "VIVAVOCE_BUDGET_MONTH_TOKENS": str(10**9),
            "VIVAVOCE_BUDGET_FILE": str(index / ".spent-in-streams.sqlite3"),
        }
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), "--index", str(index)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            until = time.monotonic() + _START_S
            while time.monotonic() < until:
                if server.poll() is not None:
                    raise RuntimeError("the server did not start")
                try:
                    urlopen(f"http://127.0.0.1:{port}/health").close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield port
        finally:
            server.terminate()


def request(path: str, slug: str, question: str) -> bytes:
    """A request for a stream, as bytes."""
    asked = {"stream": True, "profile": slug, "question": question}
    if path.endswith("completions"):
        asked = {"stream": True, "model": slug, "messages": [{"role": "user", "content": question}]}
    body = json.dumps(asked).encode()
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def connection(port: int, path: str, slug: str, number: int, asks: int, times: Times) -> None:
    """Asks again and again on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for ask in range(asks):
        topic = _TOPICS[(number + ask) % len(_TOPICS)]
        question = f"{topic.format(year=2018 + (number + ask) % 8)}{' ' * (number % 7)}{'?' * ask}"
        started = time.monotonic()
        writer.write(request(path, slug, question))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.partition(b"\r\n")[0]:
            times.refused += 1
            break
        await _stream(reader, started, times)
    writer.close()


async def _stream(reader: asyncio.StreamReader, started: float, times: Times) -> None:
    """Reads one chunked body to its end."""
    said, seen = b"", False
    while size := int(await reader.readline(), 16):
        said += (await reader.readexactly(size + 2))[:-2]
        if size and len(said) == size:
            times.first_byte.append(time.monotonic() - started)
        if not seen and (b"event:" in said or b'"content":"' in said.replace(b'"content":""', b"")):
            seen = True
            times.first_event.append(time.monotonic() - started)
    await reader.readline()
    times.whole.append(time.monotonic() - started)
    is_whole = b'"finish_reason":"stop"' in said or b"event: finished" in said
    times.broken += not (is_whole and said.endswith(b"data: [DONE]\n\n"))


async def crowd(port: int, path: str, slug: str, connections: int, asks: int) -> Times:
    """The times of all streams of so many connections."""
    times = Times()
    async with asyncio.timeout(_ROUND_S * asks):
        await asyncio.gather(*(connection(port, path, slug, n, asks, times) for n in range(connections)))
    return times


def left_s(port: int, path: str, slug: str, provider: Provider, question: str) -> float:
    """Seconds from hanging up to the provider's finding out."""
    provider.sent.clear()
    provider.broken_off.clear()
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(request(path, slug, question))
        while not provider.sent:
            time.sleep(0.005)
    return noticed_s(provider, time.monotonic())


def show(name: str, seconds: list[float], bar: float | None) -> bool:
    """Prints a line; whether the bar is missed."""
    p50, p95 = (percentile(seconds, p) or 0.0 for p in (50, 95))
    least = f"  bar {bar * 1000:.0f} ms" if bar else ""
    print(f"{name:34} n {len(seconds):4}  p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms{least}", flush=True)
    return bar is not None and (p95 > bar or not seconds)


PATHS = {"/v1/ask": "ask", "/v1/chat/completions": "chat"}


def measure(index: Path, given: argparse.Namespace) -> bool:
    """Prints every measure; whether a bar is missed."""
    missed = False
    model = nullcontext() if given.offline else serving(faithful, given.pause_ms / 1000)
    with model as provider, served(index, provider) as port:
        asyncio.run(
            crowd(port, "/v1/ask", given.profile, 4, 4)
        )  # the first questions of a process import and open things
        for path, name in PATHS.items():
            times = asyncio.run(crowd(port, path, given.profile, given.connections, given.asks))
            missed |= show(f"{name}: first byte", times.first_byte, FIRST_BYTE_S)
            show(f"{name}: first event", times.first_event, None)
            show(f"{name}: whole", times.whole, None)
            print(f"{name}: {times.refused} refused, {times.broken} broken")
            missed |= bool(times.refused or times.broken)
    if given.offline:
        return missed
    with serving(endless, 0.05) as provider, served(index, provider) as port:
        for path, name in PATHS.items():
            gone = [left_s(port, path, given.profile, provider, "Where does he work now" + "?" * n) for n in range(21)]
            missed |= show(f"{name}: leaves", gone[1:], LEAVE_S)
    return missed


def main() -> None:
    """Prints a line a measure; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default=SLUG)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--asks", type=int, default=4, help="questions a connection")
    parser.add_argument("--pause-ms", type=float, default=5.0, help="between two pieces of the model")
    parser.add_argument("--offline", action="store_true", help="without a model")
    parser.add_argument("--index", type=Path, help="where to keep the index; the next run reuses it")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="vivavoce-streams-") as folder:
        settings = load_settings(index=given.index or Path(folder), offline=True)
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        refresh_all(library, library.slugs(), datetime.now(UTC), Progress())
        missed = measure(settings.index_folder, given)
    raise SystemExit(missed)


if __name__ == "__main__":
    main()
