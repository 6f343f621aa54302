"""``/mcp`` over HTTP: who is let in, what is too long, and that the page and the rest of the server stay as they were."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.datastructures import Headers

from app.mcp.mount import refused
from app.settings import Settings
from app.web.guard import MAX_BODY_BYTES
from tests.app.mcp.asking import connected
from tests.app.web.scripted import Served

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream"}


@pytest.fixture
def http(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False, headers=ACCEPT) as client:
        yield client


def message_of(response: httpx.Response) -> str:
    """The words of an error in the shape that MCP clients read."""
    error: dict[str, Any] = response.json()
    assert error["jsonrpc"] == "2.0"
    assert error["id"] is None
    assert isinstance(error["error"]["code"], int)
    return str(error["error"]["message"])


def test_a_request_of_a_program_is_answered(http: httpx.Client) -> None:
    for path in ("/mcp", "/mcp/"):
        answer = http.post(path, json=LIST)
        assert answer.status_code == 200
        assert "ask_profile" in answer.text


@pytest.mark.parametrize(
    ("headers", "status", "words"),
    [
        ({"host": "evil.example"}, 421, "this server does not go by the name 'evil.example'"),
        ({"host": "127.0.0.1.evil.example"}, 421, "does not go by"),
        ({"host": "["}, 421, "does not go by"),
        ({"origin": "https://evil.example"}, 403, "pages of 'https://evil.example' may not call this address"),
        ({"origin": "http://localhost.evil.example"}, 403, "may not call"),
        ({"origin": "null"}, 403, "may not call"),
        ({"origin": "file://localhost"}, 403, "may not call"),
    ],
)
def test_pages_and_strange_names_are_refused(
    http: httpx.Client, headers: dict[str, str], status: int, words: str
) -> None:
    answer = http.post("/mcp", json=LIST, headers=headers)
    assert answer.status_code == status
    assert words in message_of(answer)
    assert "access-control-allow-origin" not in answer.headers


def test_no_page_of_another_origin_passes_the_preflight(http: httpx.Client) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    for origin in ("https://evil.example", "http://localhost:3000"):
        answer = http.options("/mcp", headers={"origin": origin, **asked})
        assert answer.status_code >= 400
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("settings", "headers", "status"),
    [
        ({}, {"host": "127.0.0.1:7860"}, None),
        ({}, {"host": "localhost"}, None),
        ({}, {"host": "[::1]:7860", "origin": "http://[::1]:7860"}, None),
        ({}, {"host": "localhost:7860", "origin": "http://127.0.0.1:6274"}, None),
        ({}, {}, 421),
        ({}, {"host": "cv.example"}, 421),
        ({"hosts": ("cv.example",)}, {"host": "cv.example", "origin": "https://cv.example"}, None),
        ({"hosts": ("cv.example",)}, {"host": "other.example"}, 421),
        ({"host": "0.0.0.0"}, {"host": "cv.example"}, None),
        ({"host": "0.0.0.0"}, {"host": "cv.example", "origin": "https://cv.example"}, 403),
        ({"host": "0.0.0.0", "hosts": ("cv.example",)}, {"host": "other.example"}, 421),
        ({"host": "192.168.1.5"}, {"host": "192.168.1.5:7860", "origin": "http://192.168.1.5:7860"}, None),
    ],
)
def test_who_is_let_in_depends_on_where_the_server_listens(
    settings: dict[str, Any], headers: dict[str, str], status: int | None
) -> None:
    refusal = refused("POST", Headers(headers), Settings(**settings))
    assert (refusal.status if refusal else None) == status


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_there_is_nothing_to_get_or_to_delete(http: httpx.Client, method: str) -> None:
    answer = http.request(method, "/mcp")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert "MCP" in message_of(answer)


@pytest.mark.parametrize("chunked", [False, True], ids=["declared", "in chunks"])
def test_what_is_too_long_is_refused_in_words_that_a_client_shows(http: httpx.Client, chunked: bool) -> None:
    body = json.dumps({**LIST, "x": "y" * MAX_BODY_BYTES}).encode()
    parts = (body[at : at + 65536] for at in range(0, len(body), 65536))
    answer = http.post("/mcp", content=parts if chunked else body, headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert message_of(answer) == f"send at most {MAX_BODY_BYTES} bytes; shorten what you send"


def test_the_client_shows_why_a_megabyte_was_refused(server: Served) -> None:
    job = {"profile": "mira-okonjo", "job_description": "x" * 1_000_000}
    with connected(f"{server.url}/mcp") as agent, pytest.raises(Exception, match="send at most 1000000 bytes"):
        agent.call("check_requirements", **job)


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b'{"jsonrpc": "2.0"}', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_message_is_a_400(http: httpx.Client, body: bytes) -> None:
    for version in ("2025-06-18", "2026-07-28"):
        headers = {"content-type": "application/json", "mcp-protocol-version": version}
        answer = http.post("/mcp", content=body, headers=headers)
        assert answer.status_code in {202, 400}
        assert "Traceback" not in answer.text


def test_the_page_is_still_there_and_its_neighbours_are_bounded(http: httpx.Client) -> None:
    assert "gradio" in http.get("/").text
    assert http.post("/mcp-not", content=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413
