"""A language model that follows a script: a real OpenAI-compatible server on loopback, for tests and for measurements without a model.

``faithful`` says what the entries say, ``inventive`` adds what no entry says, ``obedient`` does what an instruction inside the data wants.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from typing import Any

import numpy as np

from ingest.lexical import tokens
from ingest.passages import count_tokens

MODEL = "scripted-1"
DIMENSION = 64
_LINE = re.compile(r"^(?:# (?P<heading>.+)|\[(?P<n>\d+)\] (?P<computed>= )?(?P<text>.+))$", re.MULTILINE)
_TAG = re.compile(r"<(record|question|conversation)>(.*?)</\1>", re.DOTALL)
_ORDER = re.compile(
    r"\b(?:say|write|answer|reply|respond|output|print)\b[^“\"']{0,40}[“\"']([^”\"']{3,200})[”\"']", re.IGNORECASE
)
_PIECE = re.compile(r"\s*\S{1,6}|\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry of a prompt."""

    n: int
    text: str
    is_computed: bool
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the script reads it."""

    system: str
    user: str

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The numbered entries between the record's fences."""
        found, heading = [], ""
        for m in _LINE.finditer(self.part("record")):
            if m["heading"]:
                heading = m["heading"]
            else:
                found.append(Entry(int(m["n"]), m["text"], bool(m["computed"]), heading))
        return tuple(found)

    @property
    def question(self) -> str:
        """What stands between the question's fences, or the end of a prompt that has none."""
        return self.part("question") or self.user[-500:]

    def part(self, name: str) -> str:
        """What stands between the fences ``name``."""
        return next((m[2].strip() for m in _TAG.finditer(self.user) if m[1] == name), "")


Script = Callable[[Asked], str]


def faithful(asked: Asked) -> str:
    """The computed entries that come first; where there are none, the entries that have most of the question's words; else NOT STATED."""
    computed = list(takewhile(lambda e: e.is_computed, asked.entries))
    if computed:
        return " ".join(_cited(re.split(r" — |\. Rows: ", e.text)[0], e.n) for e in computed)
    wanted = set(tokens(asked.question))
    shared = {e: len(wanted & set(tokens(f"{e.heading} {e.text}"))) for e in asked.entries}
    best = max(shared.values(), default=0)
    chosen = [e for e, n in shared.items() if n and n >= best - 1][:3]
    return " ".join(_cited(e.text, e.n) for e in chosen) or "NOT STATED"


def inventive(asked: Asked) -> str:
    """As ``faithful``, with falsehoods around it: a number, a prize, an employer and a telephone number that are nowhere."""
    last = max((e.n for e in asked.entries), default=1)
    return (
        f"He won the Turing Award in 1987 [1]. {faithful(asked)} He has written 4,711 papers [{last}]."
        f" He works at Umbrella Corporation in Atlantis [1]. His number is +1 555 0100 [{last + 7}]. He never studied anywhere [1]."
    )


def obedient(asked: Asked) -> str:
    """What the first order in the data wants, word for word; else as ``faithful``."""
    order = _ORDER.search(asked.user)
    return f"{order[1]} [1]. {order[1]}" if order else faithful(asked)


def silent(_: Asked) -> str:
    """A model that finds no answer in anything."""
    return "NOT STATED"


def planning(reply: Mapping[str, str], then: Script = faithful) -> Script:
    """A model that puts every question it is asked to plan as ``reply``, and otherwise follows ``then``."""
    return lambda asked: json.dumps(dict(reply)) if "JSON object" in asked.system else then(asked)


SCRIPTS: Mapping[str, Script] = {"faithful": faithful, "inventive": inventive, "obedient": obedient, "silent": silent}


@dataclass(slots=True)
class Provider:
    """The server and what it was asked."""

    url: str
    script: Script
    delay_s: float = 0.0
    """Between two pieces."""
    requests: list[dict[str, Any]] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)
    """When each piece left, in seconds of ``time.monotonic``."""
    broken_off: list[float] = field(default_factory=list)
    """When a client was found to have left."""

    def prompt_tokens(self) -> list[int]:
        """The length of each prompt that came, in tokens of cl100k_base."""
        return [
            sum(count_tokens(str(m.get("content") or "")) for m in r["messages"])
            for r in self.requests
            if "messages" in r
        ]


@contextmanager
def serving(script: Script, delay_s: float = 0.0) -> Iterator[Provider]:
    """A provider that follows ``script``, on a port of its own until it is let go."""
    with serving_with(Wire, script, delay_s) as provider:
        yield provider


@contextmanager
def serving_with(wire: "type[Wire]", script: Script, delay_s: float = 0.0) -> Iterator[Provider]:
    """As ``serving``, with another handler of requests."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (wire,), {}))
    server.daemon_threads = True
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}/v1", script, delay_s)
    server.RequestHandlerClass.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Wire(BaseHTTPRequestHandler):
    """OpenAI's wire format: ``/v1/chat/completions`` with and without streaming, ``/v1/embeddings``, ``/v1/models``."""

    provider: Provider
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """The models."""
        self.send_object({"object": "list", "data": [{"id": MODEL, "object": "model"}]})

    def do_POST(self) -> None:
        """An answer or vectors."""
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        self.provider.requests.append(body)
        if self.path.endswith("/embeddings"):
            self.embed(body)
        else:
            self.answer(body)

    def answer(self, body: dict[str, Any]) -> None:
        """What the script says."""
        asked = asked_of(body)
        text = self.provider.script(asked)
        usage = {
            "prompt_tokens": count_tokens(asked.system) + count_tokens(asked.user),
            "completion_tokens": count_tokens(text),
        }
        if not body.get("stream"):
            message = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            self.send_object(
                {"id": "1", "object": "chat.completion", "model": MODEL, "choices": [message], "usage": usage}
            )
            return
        self.begin_stream()
        try:
            for piece in _PIECE.findall(text):
                self.send_piece(piece)
                time.sleep(self.provider.delay_s)
            self.send_event(chunk({}, "stop"))
            self.send_event(
                {"id": "1", "object": "chat.completion.chunk", "model": MODEL, "choices": [], "usage": usage}
            )
            self.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            self.provider.broken_off.append(time.monotonic())

    def embed(self, body: dict[str, Any]) -> None:
        """Bags of hashed words as unit vectors."""
        rows = []
        for text in body["input"]:
            vector = np.full(DIMENSION, 1e-3)
            for token in tokens(text):
                vector[sum(token.encode()) % DIMENSION] += 1
            rows.append((vector / np.linalg.norm(vector)).tolist())
        data = [{"object": "embedding", "index": i, "embedding": row} for i, row in enumerate(rows)]
        self.send_object(
            {"object": "list", "data": data, "model": body["model"], "usage": {"prompt_tokens": 0, "total_tokens": 0}}
        )

    def begin_stream(self, content_type: str = "text/event-stream") -> None:
        """The head of a body that ends when the connection does."""
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def send_piece(self, text: str) -> None:
        """One piece of the answer."""
        self.provider.sent.append(time.monotonic())
        self.send_event(chunk({"role": "assistant", "content": text}))

    def send_event(self, value: Mapping[str, Any]) -> None:
        """One server-sent event."""
        self.write(f"data: {json.dumps(value, ensure_ascii=False)}\n\n".encode())

    def write(self, data: bytes) -> None:
        """Bytes that leave at once."""
        self.wfile.write(data)
        self.wfile.flush()

    def send_object(
        self, value: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """A JSON body."""
        data = json.dumps(value).encode()
        self.send_response(status)
        for name, header in {
            "Content-Type": "application/json",
            "Content-Length": str(len(data)),
            **(headers or {}),
        }.items():
            self.send_header(name, header)
        self.end_headers()
        self.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests read what came from ``provider``."""


def chunk(delta: Mapping[str, Any], reason: str | None = None) -> dict[str, Any]:
    """One piece of a streamed answer."""
    choice = {"index": 0, "delta": dict(delta), "finish_reason": reason}
    return {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": MODEL, "choices": [choice]}


def asked_of(body: Mapping[str, Any]) -> Asked:
    """The request's messages."""
    by_role: dict[str, list[str]] = {"system": [], "user": []}
    for message in body["messages"]:
        content = message.get("content") or ""
        text = content if isinstance(content, str) else " ".join(part.get("text", "") for part in content)
        by_role["system" if message["role"] == "system" else "user"].append(text)
    return Asked("\n".join(by_role["system"]), "\n".join(by_role["user"]))


def _cited(text: str, n: int) -> str:
    """``text`` as a sentence that cites entry ``n``."""
    return f"{text.rstrip(' .。:：')} [{n}]."
