"""The server as a process: what it says, where it cannot listen, and that it stops while a tab is open."""

import signal
import socket
import time

import httpx
import pytest

from app.errors import ConfigurationError
from app.library import Library
from app.settings import Settings
from app.web.server import serve
from tests.app.web.scripted import Scripted, serving
from tests.conftest import Desk


def test_when_it_answers_it_says_where_and_an_interrupt_is_no_error(ingested: Desk) -> None:
    with serving(ingested.profiles, ingested.index) as server:
        assert server.line.startswith("Vivavoce ")
        assert server.line.endswith(f": 2 profiles, offline mode (no model configured), {server.url}\n")
        assert httpx.get(f"{server.url}/health", trust_env=False).status_code == 200
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""


def test_sigterm_ends_it_while_a_tab_is_open(ingested: Desk) -> None:
    with (
        serving(ingested.profiles, ingested.index) as server,
        httpx.Client(base_url=server.url, trust_env=False) as tab,
    ):
        with tab.stream("GET", "/gradio_api/heartbeat/tab", timeout=30) as heartbeat:
            assert heartbeat.status_code == 200
            started = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(20)
        assert time.monotonic() - started < 12


def test_an_answer_under_way_is_finished_before_it_stops(ingested: Desk) -> None:
    with serving(ingested.profiles, ingested.index) as server, socket.create_connection(server.address) as connection:
        body = b'{"profile": "mira-okonjo", "question": "slowly"}'
        head = (
            b"POST /v1/ask HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        )
        connection.sendall(head % len(body) + body)
        time.sleep(0.5)
        server.process.send_signal(signal.SIGTERM)
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")
        server.process.wait(20)


def test_a_port_in_use_is_one_line_that_says_what_to_do(ingested: Desk) -> None:
    assistant = Scripted(Library(ingested.profiles, ingested.index, ingested.embedder), Settings())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"^port {port} is in use; choose another with --port$"):
            serve(Settings(port=port), assistant)
