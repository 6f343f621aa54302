"""Every request has an id and a line in the log, which tell nothing of what was asked or by whom."""

import secrets

import httpx
import pytest

from tests.app.observe.conftest import MIRA, Watched
from tests.app.observe.page import asked
from tests.app.observe.running import TOKEN, Running

QUESTION = "Where does she work, and since when exactly?"
MCP_ACCEPT = {"accept": "application/json, text/event-stream"}


def ask(client: httpx.Client, question: str = QUESTION, **more: object) -> httpx.Response:
    return client.post("/v1/ask", json={"profile": MIRA, "question": question, **more})


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("GET", "/", {}, 200),
        ("GET", "/health", {}, 200),
        ("GET", "/v1/profiles", {}, 200),
        ("GET", "/there/is/nothing", {}, 404),
        ("GET", "/gradio_api/upload", {}, 404),
        ("GET", "/v1/profiles/nobody", {}, 404),
        ("POST", "/v1/ask", {"content": "{"}, 400),
        ("POST", "/v1/ask", {"json": {"profile": MIRA}}, 422),
        ("POST", "/v1/ask", {"content": "x" * 1_000_001}, 413),
        ("POST", "/v1/ask", {"json": {"profile": MIRA, "question": QUESTION, "stream": True}}, 200),
        ("GET", "/v1/profiles", {"headers": {"host": "evil.example"}}, 421),
        ("GET", "/v1/profiles", {"headers": {"origin": "https://evil.example"}}, 403),
        ("DELETE", "/mcp", {}, 405),
    ],
)
def test_every_response_has_the_id_of_its_request_and_the_log_a_line_under_it(
    watched: Watched, method: str, path: str, options: dict[str, object], status: int
) -> None:
    with watched.server.client() as client:
        made = client.request(method, path, **options)  # type: ignore[arg-type]
        theirs = secrets.token_hex(8)
        options["headers"] = {**options.get("headers", {}), "x-request-id": theirs}  # type: ignore[dict-item]
        taken = client.request(method, path, **options)  # type: ignore[arg-type]
    assert (made.status_code, taken.status_code) == (status, status)
    assert len(made.headers["x-request-id"]) == 32
    assert taken.headers["x-request-id"] == theirs
    assert taken.headers["x-content-type-options"] == "nosniff"
    for request_id in (made.headers["x-request-id"], theirs):
        line = watched.server.line(event="request", request_id=request_id)
        assert (line["method"], line["status"]) == (method, status)
        assert line["ms"] >= 0


def test_an_id_that_is_none_is_not_taken_over(watched: Watched) -> None:
    with watched.server.client() as client:
        for offered in ("short", "mara@example.org", "sk-0123456789abcdef", "a b c d e f g"):
            assert client.get("/health", headers={"x-request-id": offered}).headers["x-request-id"] != offered


def test_the_lines_of_a_question_name_its_profile_and_hash_what_was_asked_and_who_asked(watched: Watched) -> None:
    with watched.server.client() as client:
        ids = [ask(client, text).headers["x-request-id"] for text in (QUESTION, QUESTION, "Where did she study?")]
    answers = [watched.server.line(event="answer", request_id=i) for i in ids]
    requests = [watched.server.line(event="request", request_id=i) for i in ids]
    assert {a["profile"] for a in answers} == {MIRA}
    assert {a["status"] for a in answers} == {"grounded"}
    assert all(0 < a["first_ms"] <= a["ms"] for a in answers)
    hashes = [a["question"] for a in answers]
    assert hashes[0] == hashes[1] != hashes[2]
    assert all(len(h) == 16 and int(h, 16) >= 0 for h in hashes)
    assert len({r["caller"] for r in requests}) == 1
    assert "exactly" not in watched.server.log.read_text()
    assert "127.0.0.1" not in "".join(str(r) for r in requests + answers)


def test_questions_at_the_other_doors_have_a_line_too(watched: Watched) -> None:
    before = len(watched.server.lines(event="answer"))
    with watched.server.client() as client:
        assert "Harbour Institute" in asked(client, QUESTION, "session-of-a-test")
        call = {"name": "ask_profile", "arguments": {"profile": MIRA, "question": QUESTION}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        over_mcp = client.post("/mcp", json=body, headers=MCP_ACCEPT)
        assert "Harbour Institute" in over_mcp.text
        model = {"model": MIRA, "messages": [{"role": "user", "content": QUESTION}]}
        assert client.post("/v1/chat/completions", json=model).status_code == 200
    lines = watched.server.lines(event="answer")[before:]
    assert len(lines) == 3
    assert len({line["question"] for line in lines}) == 1
    assert lines[1]["request_id"] == over_mcp.headers["x-request-id"]


def test_what_is_asked_for_never_becomes_a_route(watched: Watched) -> None:
    odd = [secrets.token_hex(6) for _ in range(60)]
    with watched.server.client() as client:
        for word in odd:
            client.get(f"/{word}")
            client.get(f"/v1/{word}")
            client.get(f"/v1/profiles/{word}")
            client.get(f"/v1/profiles/{MIRA}/documents/{word}")
            client.request("GET", "/", params={"profile": word})
        client.request("BREW", "/")
        shown = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    log = watched.server.log.read_text()
    assert not [word for word in odd if word in shown or word in log]
    assert "BREW" not in shown + log
    for route in ("/v1/profiles/{slug}", "/v1/profiles/{slug}/documents/{document}", "(none)", "/"):
        assert f'route="{route}"' in shown
        assert watched.server.lines(event="request", route=route)


def test_pictures_scripts_and_probes_are_told_of_only_at_debug(failing: Running) -> None:
    with failing.client() as client:
        ids = [client.get(path).headers["x-request-id"] for path in ("/health", "/ready", "/theme.css", "/v1/profiles")]
    failing.line(event="request", request_id=ids[-1])
    assert [failing.lines(event="request", request_id=i) for i in ids[:-1]] == [[], [], []]
