"""What nobody foresaw gets a number for the visitor and a line with the stack for the log; the visitor is told nothing else."""

import json
import re

import httpx

from tests.app.observe.conftest import MIRA
from tests.app.observe.page import asked
from tests.app.observe.running import Running

SECRET = "the secret of the server"
"""In the words of every exception of the script."""
_NUMBER = re.compile(r"incident ([0-9a-f]{8})")


def found(said: str, server: Running, door: str) -> dict[str, object]:
    """The log's line under the number in ``said``; neither it nor what was said has the words of the exception."""
    numbers = set(_NUMBER.findall(said))
    assert len(numbers) == 1, said
    line = server.line(incident=numbers.pop())
    assert (line["door"], line["error"], line["level"]) == (door, "RuntimeError", "error")
    assert line["stack"][0] == "RuntimeError"
    assert any("scripted.py" in place for place in line["stack"])
    assert SECRET not in server.log.read_text() + server.errors.read_text() + said
    assert "Traceback" not in said
    assert "scripted" not in said
    return line


def ask(client: httpx.Client, question: str, **more: object) -> httpx.Response:
    return client.post("/v1/ask", json={"profile": MIRA, "question": question, **more})


def test_over_http_it_is_a_500_with_the_number(failing: Running) -> None:
    with failing.client() as client:
        answer = ask(client, "fail")
    assert answer.status_code == 500
    assert answer.json()["error"].keys() == {"message", "type", "code"}
    assert answer.headers["x-content-type-options"] == "nosniff"
    line = found(answer.text, failing, "http")
    assert line["request_id"] == answer.headers["x-request-id"]


def test_one_failure_is_one_line_however_many_layers_it_passes(failing: Running) -> None:
    with failing.client() as client:
        request_id = ask(client, "fail").headers["x-request-id"]
    failing.line(event="request", request_id=request_id)
    assert len(failing.lines(level="error", request_id=request_id)) == 1


def test_a_stream_that_breaks_says_so_and_ends_as_streams_do(failing: Running) -> None:
    with failing.client() as client:
        answer = ask(client, "cut", stream=True)
    assert answer.status_code == 200
    assert answer.text.endswith("data: [DONE]\n\n")
    error = json.loads(answer.text.split("event: error\ndata: ")[1].splitlines()[0])
    assert error["error"]["code"] == "internal"
    found(answer.text, failing, "http")


def test_at_the_page_it_is_a_sentence_with_the_number(failing: Running) -> None:
    with failing.client() as client:
        found(asked(client, "please fail", "a-session-that-fails"), failing, "page")


def test_an_agent_is_told_the_number(failing: Running) -> None:
    call = {"name": "ask_profile", "arguments": {"profile": MIRA, "question": "fail"}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    with failing.client(accept="application/json, text/event-stream") as client:
        answer = client.post("/mcp", json=body)
    found(answer.text, failing, "mcp")
