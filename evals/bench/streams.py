"""How soon a stream begins while many are open.

    python -m evals.bench.streams [--profile SLUG] [--connections N] [--asks N] [--pause-ms MS] [--offline] [--index DIR]

The server is ``vivavoce serve`` in a process of its own with its default settings; its model is a scripted provider on loopback. Each of N
connections asks anew as soon as its answer is whole, every question another one. ``first byte``: from the request to the first byte of the body;
``first event``: to the first event of the answer, or the first words of a completion.
Bars: the 95th percentile of the first byte at most 300 ms, and every stream whole.
"""

import argparse
import asyncio
import json
import time
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.library import Library
from app.settings import load_settings
from app.start import open_embedder, refresh_all
from evals.bench.serving import serving
from evals.metrics import percentile
from evals.scripted import MODEL, Provider, faithful
from evals.scripted import serving as serving_model
from ingest.build import Progress

SLUG = "qian-liu"
FIRST_BYTE_S = 0.3
_TOPICS = (
    "Where does he work now?",
    "Which papers were published in {year}?",
    "Tell me about his work in {year}",
    "Did he win an award in {year}?",
    "What did he do before {year}?",
    "Which papers are about code generation since {year}?",
)
_ROUND_S = 120.0


@dataclass(slots=True)
class Times:
    """Seconds, one a stream."""

    first_byte: list[float] = field(default_factory=list)
    first_event: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    refused: int = 0
    broken: int = 0
    """Streams that did not come to their end."""


def modelled(provider: Provider, folder: Path) -> dict[str, str]:
    """What makes ``provider`` the model of a process, which may spend on it what it likes and notes that in ``folder``."""
    return {
        "OPENAI_BASE_URL": provider.url,
        "OPENAI_MODEL": MODEL,
        "VIVAVOCE_BUDGET_DAY_TOKENS": str(10**9),
        "VIVAVOCE_BUDGET_MONTH_TOKENS": str(10**9),
        "VIVAVOCE_BUDGET_FILE": str(folder / "spent.sqlite3"),
    }


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


def show(name: str, seconds: list[float], bar: float | None) -> bool:
    """Prints a line; whether the bar is missed."""
    p50, p95 = (percentile(seconds, p) or 0.0 for p in (50, 95))
    least = f"  bar {bar * 1000:.0f} ms" if bar else ""
    print(f"{name:34} n {len(seconds):4}  p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms{least}", flush=True)
    return bar is not None and (p95 > bar or not seconds)


PATHS = {"/v1/ask": "ask", "/v1/chat/completions": "chat"}


def measure(library: Library, folder: Path, given: argparse.Namespace) -> bool:
    """Prints every measure; whether a bar is missed."""
    missed = False
    model = nullcontext() if given.offline else serving_model(faithful, given.pause_ms / 1000)
    with model as provider:
        environment = modelled(provider, folder) if provider else {}
        with serving(library.profiles, library.index, environment=environment, log_folder=folder) as server:
            # The first questions of a process import and open things.
            asyncio.run(crowd(server.port, "/v1/ask", given.profile, 4, 4))
            for path, name in PATHS.items():
                times = asyncio.run(crowd(server.port, path, given.profile, given.connections, given.asks))
                missed |= show(f"{name}: first byte", times.first_byte, FIRST_BYTE_S)
                show(f"{name}: first event", times.first_event, None)
                show(f"{name}: whole", times.whole, None)
                print(f"{name}: {times.refused} refused, {times.broken} broken")
                missed |= bool(times.refused or times.broken)
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
        settings = load_settings(index=given.index or Path(folder) / "index", offline=True)
        profiles, index = settings.profiles_folder.resolve(), settings.index_folder.resolve()
        library = Library(profiles, index, open_embedder(settings))
        refresh_all(library, library.slugs(), datetime.now(UTC), Progress())
        missed = measure(library, Path(folder), given)
    raise SystemExit(missed)


if __name__ == "__main__":
    main()
