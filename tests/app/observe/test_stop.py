"""SIGTERM to a real server: who waits for an answer is told that there will be none, and it is over in less than 12 seconds."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from evals.scripted import Asked, faithful, serving
from tests.app.observe.conftest import MIRA
from tests.app.observe.page import begin, heard
from tests.app.observe.running import SCRIPTED, Running, running
from tests.conftest import Desk

LONGEST_S = 12.0
MANY = 20


class Listener(threading.Thread):
    """Asks for a stream and keeps every byte of it, until the connection ends."""

    def __init__(self, url: str, body: dict[str, object], path: str = "/v1/ask") -> None:
        super().__init__(daemon=True)
        address = url.removeprefix("http://").split(":")
        self._connection = socket.create_connection((address[0], int(address[1])), timeout=30)
        self._head = (
            f"POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-type: application/json\r\n"
        )
        self._body = json.dumps(body).encode()
        self.raw = b""
        self.begun = threading.Event()
        self.start()

    def run(self) -> None:
        """Until the end."""
        with self._connection as connection:
            connection.sendall(f"{self._head}content-length: {len(self._body)}\r\n\r\n".encode() + self._body)
            while piece := connection.recv(65536):
                self.raw += piece
                self.begun.set()

    @property
    def text(self) -> str:
        """The body, its chunks joined; raises where the last of them is missing."""
        head, _, rest = self.raw.partition(b"\r\n\r\n")
        assert b"transfer-encoding: chunked" in head.lower()
        body = b""
        while True:
            size, _, rest = rest.partition(b"\r\n")
            length = int(size, 16)
            if not length:
                return body.decode()
            body, rest = body + rest[:length], rest[length + 2 :]


def slow(asked: Asked) -> str:
    """An answer that takes for ever at half a second a piece."""
    return f"{faithful(asked)} " * 50


@pytest.fixture
def with_slow_model(folder: Path, observed_desk: Desk) -> Iterator[Running]:
    """A server whose model takes its time."""
    with serving(slow, delay_s=0.5) as provider:
        settings = {"OPENAI_BASE_URL": provider.url, "VIVAVOCE_CONCURRENCY": "32", "VIVAVOCE_ANSWER_S": "120"}
        unlimited = {"VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0", "VIVAVOCE_LIMIT_ADDRESS_DAY": "0"}
        with running(observed_desk, folder, **settings, **unlimited) as server:
            with server.client() as client:
                # Answered without the model, once everything has been read that a first question waits for.
                assert client.post("/v1/ask", json={"profile": MIRA, "question": "hello"}).status_code == 200
            yield server


@contextmanager
def open_tab(server: Running) -> Iterator[None]:
    """While a browser has the page open."""
    with server.client() as client, client.stream("GET", "/gradio_api/heartbeat/a-tab") as heartbeat:
        beats = heartbeat.iter_raw()
        assert next(beats)
        yield


def stopped(server: Running) -> float:
    """How long the server took to end, in seconds; it ended well."""
    began = time.monotonic()
    server.process.terminate()
    assert server.process.wait(30) == 0, server.errors.read_text()
    return time.monotonic() - began


def test_every_one_of_twenty_open_streams_ends_with_an_event_that_says_so(with_slow_model: Running) -> None:
    body: dict[str, object] = {"profile": MIRA, "question": "Where does she work?", "stream": True}
    listeners = [Listener(with_slow_model.url, body) for _ in range(MANY)]
    for listener in listeners:
        assert listener.begun.wait(60)
    with open_tab(with_slow_model):
        assert stopped(with_slow_model) < LONGEST_S
    for listener in listeners:
        listener.join(5)
        *_, error, done, rest = listener.text.split("\n\n")
        assert (done, rest) == ("data: [DONE]", "")
        event, data = error.split("\n")
        assert event == "event: error"
        told = json.loads(data.removeprefix("data: "))["error"]
        assert (told["type"], told["code"]) == ("unavailable", "stopping")
        assert "stopping" in told["message"]


def test_the_other_doors_are_told_too(with_slow_model: Running) -> None:
    chat: dict[str, object] = {
        "model": MIRA,
        "messages": [{"role": "user", "content": "Where does she work?"}],
        "stream": True,
    }
    openai = Listener(with_slow_model.url, chat, "/v1/chat/completions")
    assert openai.begun.wait(60)
    said: dict[str, str] = {}

    def page() -> None:
        with with_slow_model.client() as client:
            begin(client, "Where does she work?", "a-session-that-stops")
            said["page"] = json.dumps(list(heard(client, "a-session-that-stops")), ensure_ascii=False)

    def whole() -> None:
        with with_slow_model.client() as client:
            answer = client.post("/v1/ask", json={"profile": MIRA, "question": "What did she study?"})
            said["whole"] = f"{answer.status_code} {answer.headers['retry-after']} {answer.text}"

    def agent() -> None:
        call = {"name": "ask_profile", "arguments": {"profile": MIRA, "question": "What did she study?"}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        with with_slow_model.client(accept="application/json, text/event-stream") as client:
            said["agent"] = client.post("/mcp", json=body).text

    threads = [threading.Thread(target=ask, daemon=True) for ask in (page, whole, agent)]
    for thread in threads:
        thread.start()
    time.sleep(3)
    assert stopped(with_slow_model) < LONGEST_S
    for thread in threads:
        thread.join(5)
    openai.join(5)
    assert '"code":"stopping"' in openai.text
    assert openai.text.endswith("data: [DONE]\n\n")
    assert said["whole"].startswith("503 5 ")
    assert '"code":"stopping"' in said["whole"]
    assert "this server is stopping; ask again in a moment" in said["agent"]
    assert "busy or cannot be reached just now" in said["page"]


def test_an_answer_that_is_soon_at_its_end_is_let_come_to_it(folder: Path, ingested: Desk) -> None:
    with running(ingested, folder, SCRIPTED) as server:
        listener = Listener(server.url, {"profile": MIRA, "question": "slowly", "stream": True})
        assert listener.begun.wait(60)
        stopped(server)
        listener.join(5)
        assert "event: finished" in listener.text
        assert "stopping" not in listener.text


def test_a_tab_that_only_is_open_does_not_hold_it(folder: Path, ingested: Desk) -> None:
    with running(ingested, folder, SCRIPTED) as server, open_tab(server):
        assert stopped(server) < LONGEST_S / 3


def test_a_thread_that_never_ends_does_not_hold_it_either(folder: Path, ingested: Desk) -> None:
    with running(ingested, folder, SCRIPTED) as server:
        listener = Listener(server.url, {"profile": MIRA, "question": "never ends", "stream": True})
        assert listener.begun.wait(60)
        began = time.monotonic()
        server.process.terminate()
        server.process.wait(30)
        assert time.monotonic() - began < LONGEST_S
        listener.join(5)
        assert '"code":"stopping"' in listener.text
