"""The HTTP door over real HTTP: the contract, every refusal in one shape, and what stays shut."""

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.app.web.scripted import Served, serving
from tests.conftest import Desk

CONTRACT = {
    "answer",
    "status",
    "reason",
    "sentences",
    "citations",
    "question",
    "profile",
    "mode",
    "fingerprint",
    "suggestions",
    "usage",
    "timings_ms",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("api")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    desk.write("unread", "profile.toml", 'name = "Never Ingested"\n')
    desk.write("broken", "profile.toml", "name = \n")
    with serving(desk.profiles, desk.index) as served:
        yield served


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=20, trust_env=False) as http:
        yield http


def ask(client: httpx.Client, body: Any) -> httpx.Response:
    return client.post("/v1/ask", json=body)


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message of an error, which has the one documented shape."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"message", "type", "code"}
    return response.status_code, body["error"]["code"], body["error"]["message"]


def test_a_question_gets_the_whole_answer_of_the_contract(client: httpx.Client) -> None:
    answer = ask(client, {"profile": "mira-okonjo", "question": "Where does she work?"})
    assert answer.status_code == 200
    assert set(answer.json()) == CONTRACT
    assert [c["n"] for c in answer.json()["citations"]] == [1, 2, 3]
    assert answer.json()["profile"] == "mira-okonjo"


def test_turns_carry_the_conversation(client: httpx.Client) -> None:
    turns = [{"role": "user", "text": "A"}, {"role": "assistant", "text": "B"}, {"role": "user", "text": "Remember"}]
    answer = ask(client, {"profile": "mira-okonjo", "turns": turns}).json()
    assert answer["answer"] == "Turn 3: Remember [1]"


def test_an_unknown_profile_names_the_near_ones_and_no_folder(client: httpx.Client) -> None:
    status, code, message = refusal(ask(client, {"profile": "mira-okonja", "question": "Who?"}))
    assert (status, code) == (404, "unknown_profile")
    assert message == "no profile 'mira-okonja'; did you mean: mira-okonjo"
    assert "there are: broken" in refusal(ask(client, {"profile": "../../etc", "question": "Who?"}))[2]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "profile: field required"),
        ({"profile": "mira-okonjo"}, "give either question or turns"),
        ({"profile": "mira-okonjo", "question": "a", "turns": []}, "give either question or turns"),
        ({"profile": "mira-okonjo", "turns": []}, "the last turn must be the user's"),
        ({"profile": "mira-okonjo", "turns": [{"role": "system", "text": "a"}]}, "turns.0.role"),
        ({"profile": "mira-okonjo", "turns": [{"role": "assistant", "text": "a"}]}, "the last turn must be the user's"),
        ({"profile": "mira-okonjo", "question": "a", "model": "x"}, "model: extra inputs are not permitted"),
        ({"profile": "mira-okonjo", "question": 5}, "question: input should be a valid string"),
        ([], "input should be a valid"),
    ],
)
def test_a_wrong_body_is_told_what_is_wrong_with_it(client: httpx.Client, body: Any, words: str) -> None:
    status, code, message = refusal(ask(client, body))
    assert (status, code) == (422, "invalid_body")
    assert words in message


def test_what_is_not_json_is_a_wrong_body(client: httpx.Client) -> None:
    response = client.post("/v1/ask", content=b"{", headers={"content-type": "application/json"})
    assert refusal(response)[:2] == (422, "invalid_body")


@pytest.mark.parametrize(
    ("question", "status", "code"), [(" ", 400, "question_refused"), ("x" * 501, 413, "question_too_long")]
)
def test_a_question_that_cannot_be_taken_says_why(client: httpx.Client, question: str, status: int, code: str) -> None:
    found, reason, message = refusal(ask(client, {"profile": "mira-okonjo", "question": question}))
    assert (found, reason) == (status, code)
    assert "the question is" in message


def test_a_body_beyond_all_bounds_is_not_read(client: httpx.Client) -> None:
    assert refusal(client.post("/v1/ask", content=b"x" * 1_000_001))[:2] == (413, "too_large")
    endless = client.post("/v1/ask", content=(b"x" * 100_000 for _ in range(11)))
    assert endless.status_code in {400, 413, 422}


def test_an_index_that_cannot_answer_says_how_to_mend_it(client: httpx.Client) -> None:
    response = ask(client, {"profile": "unread", "question": "Who?"})
    assert refusal(response) == (503, "index_unusable", "no index for 'unread'; run 'vivavoce ingest unread'")
    assert int(response.headers["retry-after"]) > 0


def test_a_fault_is_an_incident_number_and_nothing_else(client: httpx.Client) -> None:
    response = ask(client, {"profile": "mira-okonjo", "question": "fail"})
    assert refusal(response)[:2] == (500, "internal")
    assert "incident" in response.text
    assert "secret" not in response.text


def test_more_questions_than_there_is_room_for_are_told_when_to_come_back(ingested: Desk) -> None:
    with (
        serving(ingested.profiles, ingested.index, "--concurrency", "1", "--queue", "1") as server,
        httpx.Client(base_url=server.url, timeout=20, trust_env=False) as client,
        ThreadPoolExecutor(5) as pool,
    ):
        body = {"profile": "mira-okonjo", "question": "slowly"}
        answers = list(pool.map(lambda _: ask(client, body), range(5)))
        assert sorted(a.status_code for a in answers) == [200, 200, 503, 503, 503]
        busy = next(a for a in answers if a.status_code == 503)
        assert refusal(busy)[1] == "busy"
        assert int(busy.headers["retry-after"]) > 0
        assert ask(client, body).status_code == 200


def test_health_names_the_profiles(client: httpx.Client) -> None:
    profiles = ["broken", "mira-okonjo", "teo-lindqvist", "unread"]
    assert client.get("/health").json() == {"status": "ok", "profiles": profiles}


def test_what_is_not_there_has_the_shape_of_an_error(client: httpx.Client) -> None:
    assert refusal(client.get("/v1/nothing"))[:2] == (404, "not_found")
    assert refusal(client.get("/v1/ask"))[:2] == (405, "method_not_allowed")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/gradio_api/upload"),
        ("GET", "/gradio_api/upload_progress"),
        ("GET", "/gradio_api/proxy=https://example.org/"),
        ("GET", "/gradio_api/file=/etc/passwd"),
        ("POST", "/gradio_api/component_server"),
        ("POST", "/gradio_api/component_server/"),
        ("GET", "/gradio_api/deep_link"),
        ("GET", "/monitoring"),
        ("GET", "/monitoring/summary"),
        ("GET", "/openapi.json"),
        ("POST", "/gradio_api/vibe-edit"),
    ],
)
def test_what_the_page_does_not_need_is_shut(client: httpx.Client, method: str, path: str) -> None:
    assert refusal(client.request(method, path))[:2] == (404, "not_found")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/gradio_api/docs", "/v1/docs", "/openapi.json"])
def test_no_documentation_is_generated(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/config", "/theme.css", "/health", "/v1/nothing", "/monitoring", "/nothing"])
def test_every_response_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert "img-src 'self' data:" in headers["content-security-policy"]
    assert "server" not in headers


def test_the_page_is_sent_compressed(client: httpx.Client) -> None:
    assert client.get("/").headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/", "/config", "/health", "/v1/ask", "/gradio_api/queue/join"])
@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_no_other_origin_is_let_in(client: httpx.Client, path: str, origin: str) -> None:
    headers = {"origin": origin, "host": "vivavoce.example"}
    asked = client.options(path, headers=headers | {"access-control-request-method": "POST"})
    for response in (asked, client.get(path, headers=headers), client.post(path, headers=headers)):
        assert "access-control-allow-origin" not in response.headers
