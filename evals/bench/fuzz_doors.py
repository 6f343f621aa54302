"""What a server says to requests that nobody should send: twenty thousand of them, most on raw sockets.

    python -m evals.bench.fuzz_doors [--requests 20000] [--seed 1] [--at-once 16] [--json FILE]

The server is ``vivavoce serve`` over an invented profile. For every kind the table has how many were sent, what came back, and what broke the promise:
an answer or a documented error (below ``/v1`` as the object ``{"error": {"message", "type", "code"}}``), never a 500, never a silence, within half a
minute. While the slow ones dawdle, an ordinary question must be answered. Exit status 1 where anything broke.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evals.bench.corruptions import QUESTION, SLUG, Shelf
from evals.bench.ill_formed import KINDS, Sent, Tokens
from evals.bench.serving import Server, load_average, serving

DOCUMENTED = frozenset(
    {200, 201, 202, 204, 206, 304, 307, 400, 401, 403, 404, 405, 406, 411, 413, 415, 416, 421, 422, 429, 431, 499, 503}
)
"""And nothing else; 503 and 429 come with ``Retry-After``."""
_PATIENCE_S = 30.0
_FIRST_S = 180.0
_SLOW = 24
_SHOWN = 3
_HEAD = re.compile(rb"HTTP/1\.[01] (\d{3})[^\r\n]*\r\n(.*?)\r\n\r\n(.*)", re.DOTALL)


@dataclass(slots=True)
class Tally:
    """What came of one kind."""

    sent: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    longest_s: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """All of it."""
        return {"sent": self.sent, "statuses": dict(self.statuses), "broken": self.broken, "longest_s": self.longest_s}


async def fuzz(server: Server, requests: int, seed: int, at_once: int) -> dict[str, Tally]:
    """Sends as many, each kind its share, ``at_once`` under way."""
    chance = random.Random(seed)
    tallies: dict[str, Tally] = defaultdict(Tally)
    tokens = _tokens(server)
    names = list(KINDS)
    waiting = iter([names[n % len(names)] for n in range(requests)])

    async def sender() -> None:
        for name in waiting:
            sent = KINDS[name](chance, tokens)
            await _send(server.port, sent, tallies[name])

    await asyncio.gather(*(sender() for _ in range(at_once)))
    return dict(tallies)


async def _send(port: int, sent: Sent, tally: Tally) -> None:
    tally.sent += 1
    started = time.monotonic()
    try:
        async with asyncio.timeout(_PATIENCE_S):
            raw = await _exchange(port, sent)
    except TimeoutError:
        tally.broken.append(f"no reply in {_PATIENCE_S:.0f} s to {sent.shown}")
        return
    finally:
        tally.longest_s = max(tally.longest_s, time.monotonic() - started)
    if raw is None or sent.leaves:
        tally.statuses["left"] += 1
        return
    status, why = judged(raw, sent)
    tally.statuses[status] += 1
    if why:
        tally.broken.append(f"{why}: {sent.shown} -> {raw[:200]!r}")


async def _exchange(port: int, sent: Sent) -> bytes | None:
    """All that came back; ``None`` where the server hung up while it was being sent to, which it may on nonsense."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    try:
        with suppress(OSError):
            for piece in sent.pieces:
                writer.write(piece)
                await writer.drain()
                if sent.pause_s:
                    await asyncio.sleep(sent.pause_s)
            if sent.half_closed:
                writer.write_eof()
        if sent.leaves:
            await asyncio.sleep(sent.leaves)
            return b""
        # Who is refused while still sending finds the reply where it came before the connection was reset.
        return (await reader.read()).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    except OSError:
        return None
    finally:
        writer.close()


def judged(raw: bytes, sent: Sent) -> tuple[str, str]:
    """The status, and what is wrong with the reply; empty where nothing is."""
    found = _HEAD.match(raw)
    if not raw and sent.may_be_silent:
        return "hung up", ""
    if found is None:
        return "none", "no HTTP reply"
    status, head, body = int(found[1]), found[2].lower(), found[3]
    if status not in DOCUMENTED:
        return str(status), "undocumented status"
    if status in {429, 503} and b"retry-after:" not in head:
        return str(status), "no Retry-After"
    if b"traceback" in body.lower() or b'file "/' in body.lower():
        return str(status), "a traceback"
    if status >= 400 and sent.is_api and not sent.is_malformed_http and not _is_error(body, head):
        return str(status), "not the documented error"
    return str(status), ""


def _is_error(body: bytes, head: bytes) -> bool:
    if b"transfer-encoding: chunked" in head:
        body = b"".join(re.findall(rb"[0-9a-f]+\r\n(.*?)\r\n", body, re.DOTALL))
    try:
        error = json.loads(body)["error"]
    except (ValueError, KeyError, TypeError):
        return False
    return isinstance(error, dict) and {"message", "type", "code"} <= error.keys()


async def slow_ones(server: Server) -> Tally:
    """Many who send a byte a second, and an ordinary question among them."""
    tally = Tally()
    body = json.dumps({"profile": SLUG, "question": QUESTION}).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    pieces = [head, *(body[i : i + 4] for i in range(0, len(body), 4))]
    slow = [
        asyncio.create_task(_send(server.port, Sent(pieces, "a slow question", pause_s=0.5), tally))
        for _ in range(_SLOW)
    ]
    await asyncio.sleep(2)
    for _ in range(3):
        started = time.monotonic()
        reply = await asyncio.to_thread(server.ask, SLUG, QUESTION)
        if reply.status != 200 or time.monotonic() - started > 5:
            tally.broken.append(f"an ordinary question waited {time.monotonic() - started:.1f} s for {reply.status}")
    await asyncio.gather(*slow)
    if tally.statuses != Counter({"200": _SLOW}):
        tally.broken.append(f"not all slow ones were answered: {dict(tally.statuses)}")
    return tally


def _tokens(server: Server) -> Tokens:
    """A real session token of one origin, to be bent and replayed; none where the door gives none."""
    origin = "http://127.0.0.1"
    given = server.send("POST", "/v1/session", None, headers={"origin": origin})
    return Tokens(str(given.json.get("token", "vvs1.e30.e30")), origin)


def table(tallies: dict[str, Tally]) -> Sequence[str]:
    """One line a kind."""
    lines = ["| kind | sent | came back | longest | broke |", "|---|---|---|---|---|"]
    for name, tally in tallies.items():
        came = ", ".join(f"{count} × {status}" for status, count in sorted(tally.statuses.items()))
        lines.append(
            f"| {name} | {tally.sent} | {came} | {tally.longest_s:.1f} s | {len(tally.broken)} {' ¦ '.join(tally.broken[:_SHOWN])} |"
        )
    return lines


def main() -> None:
    """Prints the table; exit status 1 where anything broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=16)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vivavoce-fuzz-") as folder:
        shelf = Shelf.prepared(Path(folder), 1, entries=20)
        with serving(shelf.profiles, shelf.index) as server:
            # The first question of a new index has the example questions embedded, which a later start finds done.
            server.ask(SLUG, QUESTION, _FIRST_S)
            tallies = asyncio.run(fuzz(server, given.requests, given.seed, given.at_once))
            tallies["slow clients"] = asyncio.run(slow_ones(server))
            before = server.use()
            is_alive = server.ask(SLUG, QUESTION).status == 200
            said = server.said()
    print("\n".join(table(tallies)))
    incidents = len(re.findall(r'"incident"|incident [0-9a-f]{8}', said))
    total = sum(tally.sent for tally in tallies.values())
    print(
        f"{total} requests; afterwards it {'answers' if is_alive else 'does NOT answer'}, {before}; incidents in its log: {incidents}; load {load_average()}"
    )
    if given.json:
        given.json.write_text(
            json.dumps({name: tally.to_json() for name, tally in tallies.items()}, indent=1) + "\n", encoding="utf-8"
        )
    sys.exit(not is_alive or incidents > 0 or any(tally.broken for tally in tallies.values()))


if __name__ == "__main__":
    main()
