"""Streams on the wire: what comes in which order, what a broken one looks like, and who may have one."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from evals.bench.leaving import PATIENCE_S, endless, noticed_s
from evals.scripted import MODEL, Provider
from evals.scripted import serving as serving_model
from tests.app.api.asking import MIRA, events, refusal, serving_assistant
from tests.app.web.scripted import Served, serving
from tests.conftest import Desk

ASK, CHAT = "/v1/ask", "/v1/chat/completions"


@pytest.fixture(scope="module")
def narrow(ingested: Desk) -> Iterator[Served]:
    """A server with room for one question and for one that waits; each test leaves both places free."""
    with serving(ingested.profiles, ingested.index, "--concurrency", "1", "--queue", "1") as served:
        yield served


def body(path: str, question: str) -> dict[str, Any]:
    """A request for a stream at either door."""
    if path == ASK:
        return {"profile": MIRA, "question": question, "stream": True}
    return {"model": MIRA, "messages": [{"role": "user", "content": question}], "stream": True}


def stream(client: httpx.Client, path: str, question: str) -> httpx.Response:
    return client.post(path, json=body(path, question))


def test_the_events_are_the_assistants_own_and_end_with_the_answer(script: httpx.Client) -> None:
    told = events(stream(script, ASK, "Where does she work?"))
    assert [name for name, _ in told] == ["retrieved", "sentence", "sentence", "finished", None]
    assert told[0][1] == {"facts": 12, "passages": 8, "kind": "fact", "asked": []}
    answer = told[3][1]
    assert [{k: data[k] for k in ("text", "citations", "is_item")} for _, data in told[1:3]] == answer["sentences"]
    assert [source for _, data in told[1:3] for source in data["sources"]] == answer["citations"]
    assert told[-1][1] == "[DONE]"


@pytest.mark.parametrize("path", [ASK, CHAT])
def test_nobody_keeps_or_holds_back_a_stream(script: httpx.Client, path: str) -> None:
    reply = stream(script, path, "Where does she work?")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert reply.headers["x-accel-buffering"] == "no"
    assert "content-encoding" not in reply.headers
    assert "content-length" not in reply.headers


@pytest.mark.parametrize("path", [ASK, CHAT])
@pytest.mark.parametrize(("question", "said"), [("cut", 1), ("fail", 0)])
def test_an_answer_that_breaks_off_ends_with_an_error_and_never_looks_whole(
    script: httpx.Client, path: str, question: str, said: int
) -> None:
    reply = stream(script, path, question)
    told = events(reply)
    assert told[-1][1] == "[DONE]"
    error = told[-2][1]["error"]
    assert error["code"] == "internal"
    assert "incident" in error["message"]
    assert "secret" not in reply.text
    assert '"finish_reason":"stop"' not in reply.text
    assert "finished" not in [name for name, _ in told]
    assert sum("Senior Researcher" in str(data) for _, data in told) == said


@pytest.mark.parametrize("path", [ASK, CHAT])
@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"profile": "mira-okonja", "model": "mira-okonja"}, 404, "unknown_profile"),
        ({"question": " ", "messages": [{"role": "user", "content": " "}]}, 400, "question_refused"),
        ({"question": "x" * 501, "messages": [{"role": "user", "content": "x" * 501}]}, 413, "question_too_long"),
    ],
)
def test_what_is_wrong_with_a_question_is_a_status_not_an_event(
    script: httpx.Client, path: str, change: dict[str, Any], status: int, code: str
) -> None:
    asked = body(path, "Where?")
    asked |= {key: value for key, value in change.items() if key in asked}
    assert refusal(script.post(path, json=asked))[:2] == (status, code)


@pytest.mark.parametrize("path", [ASK, CHAT])
def test_streams_have_the_places_of_other_questions_and_give_them_back(narrow: Served, path: str) -> None:
    with httpx.Client(base_url=narrow.url, timeout=20, trust_env=False) as client, ThreadPoolExecutor(5) as pool:
        replies = list(pool.map(lambda _: stream(client, path, "slowly"), range(5)))
        assert sorted(reply.status_code for reply in replies) == [200, 200, 503, 503, 503]
        busy = next(reply for reply in replies if reply.status_code == 503)
        assert refusal(busy)[1] == "busy"
        assert int(busy.headers["retry-after"]) > 0
        for _ in range(4):
            _hang_up(narrow.address, path)
        time.sleep(4)
        assert all(stream(client, path, "Where does she work?").status_code == 200 for _ in range(3))


def _hang_up(address: tuple[str, int], path: str) -> None:
    """Asks for a stream and leaves as soon as it begins."""
    with (
        httpx.Client(base_url=f"http://{address[0]}:{address[1]}", trust_env=False) as client,
        client.stream("POST", path, json=body(path, "slowly")) as reply,
    ):
        next(reply.iter_bytes())


def test_who_leaves_before_a_word_is_said_takes_no_place_for_long(narrow: Served) -> None:
    for _ in range(2):
        with socket.create_connection(narrow.address) as caller:
            caller.sendall(b"POST /v1/ask HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n")
            data = b'{"profile": "mira-okonjo", "question": "slowly", "stream": true}'
            caller.sendall(b"content-length: %d\r\n\r\n" % len(data) + data)
    time.sleep(4)
    with httpx.Client(base_url=narrow.url, timeout=20, trust_env=False) as client:
        assert stream(client, ASK, "Where does she work?").status_code == 200


def test_who_leaves_a_stream_stops_the_call_of_the_model(healthy: Desk, tmp_path: Path) -> None:
    with serving_model(endless, 0.05) as provider:
        named = {
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_MODEL": MODEL,
            "VIVAVOCE_BUDGET_FILE": str(tmp_path / "spent"),
        }
        with serving_assistant(healthy, **named) as server:
            gone = dict[str, float]()
            for path in (ASK, CHAT, ASK, CHAT):  # the first calls of a process import for seconds
                provider.sent.clear()
                provider.broken_off.clear()
                _hang_up_on(provider, server, path)
                gone[path] = noticed_s(provider, time.monotonic())
    assert max(gone.values()) < PATIENCE_S


def _hang_up_on(provider: Provider, server: Served, path: str) -> None:
    """Asks for a stream and leaves as soon as the model has begun."""
    with (
        httpx.Client(base_url=server.url, timeout=120, trust_env=False) as client,
        client.stream("POST", path, json=body(path, "Where does she work now?")) as reply,
    ):
        assert reply.status_code == 200
        until = time.monotonic() + 120
        while not provider.sent:
            assert time.monotonic() < until, "the model was not asked"
            time.sleep(0.01)
