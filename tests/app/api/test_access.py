"""Who may ask a server that others can reach: programs with a key, pages with a session of their own, and nobody who made either up."""

import itertools
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from mcp.client._transport import TransportStreams
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from tests.app.api.asking import ELSEWHERE, HOME, MIRA, TEO, refusal, serving_assistant
from tests.app.mcp.asking import connected
from tests.app.web.scripted import Served
from tests.conftest import TOP, Desk

CV = "https://cv.example"
"""The server's own name, behind a proxy on this machine."""
ASK = {"profile": MIRA, "question": "hello"}
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("/v1/ask", ASK),
    ("/v1/chat/completions", {"model": MIRA, "messages": [{"role": "user", "content": "hello"}]}),
    ("/v1/search", {"profile": MIRA, "query": "whales"}),
    ("/v1/match", {"profile": MIRA, "text": "Requirements:\n- PhD in acoustics"}),
    ("/v1/match/view", {"profile": MIRA, "text": "Requirements:\n- PhD in acoustics"}),
    ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}),
]
_addresses = (f"198.51.{a}.{b}" for a, b in itertools.product(range(100), range(1, 255)))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, healthy: Desk) -> Desk:
    folder = tmp_path_factory.mktemp("public")
    shutil.copytree(healthy.profiles, folder / "profiles")
    shutil.copytree(healthy.index, folder / "index")
    return Desk(folder / "profiles", folder / "index", healthy.embedder)


@pytest.fixture(scope="module")
def public(desk: Desk) -> Iterator[Served]:
    """A server behind a proxy on this machine, which is what makes it one for everybody."""
    with serving_assistant(desk, VIVAVOCE_HOSTS='["cv.example"]', VIVAVOCE_PROXIES='["127.0.0.1"]') as served:
        yield served


@pytest.fixture
def http(public: Served) -> Iterator[httpx.Client]:
    """The proxy, handing on what somebody at an address of their own asks."""
    headers = {
        "host": "cv.example",
        "x-forwarded-for": next(_addresses),
        "x-forwarded-proto": "https",
        "accept": "application/json, text/event-stream",
    }
    with httpx.Client(base_url=public.url, timeout=60, trust_env=False, headers=headers) as client:
        yield client


def keys(desk: Desk, *arguments: str) -> Any:
    """What ``vivavoce keys`` gives, while the server runs."""
    command = [sys.executable, "-m", "app", "keys", *arguments, "--json", "--index", str(desk.index)]
    if arguments[0] == "add":
        command += ["--profiles", str(desk.profiles)]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def key(desk: Desk, public: Served) -> str:
    """A key for every profile."""
    text: str = keys(desk, "add", "for every profile")["key"]
    return text


@pytest.fixture(scope="module")
def key_of_mira(desk: Desk, public: Served) -> str:
    text: str = keys(desk, "add", "for Mira", "--profile", MIRA)["key"]
    return text


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def session(http: httpx.Client, origin: str) -> str:
    reply = http.post("/v1/session", headers={"origin": origin})
    assert reply.status_code == 201
    token: str = reply.json()["token"]
    return token


@pytest.mark.parametrize(("path", "body"), QUESTIONS, ids=[path for path, _ in QUESTIONS])
def test_a_program_without_a_key_is_told_how_to_get_one(http: httpx.Client, path: str, body: dict[str, Any]) -> None:
    reply = http.post(path, json=body)
    assert refusal(reply)[:2] == (401, "key_needed")
    assert "vivavoce keys add" in refusal(reply)[2]
    assert reply.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path", ["/", "/health", "/v1/profiles", f"/v1/profiles/{MIRA}", "/v1/models", f"/embed/{MIRA}"]
)
def test_reading_needs_no_pass(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 200


@pytest.mark.parametrize(("path", "body"), QUESTIONS, ids=[path for path, _ in QUESTIONS])
def test_a_key_opens_every_door(http: httpx.Client, key: str, path: str, body: dict[str, Any]) -> None:
    assert http.post(path, json=body, headers=bearer(key)).status_code == 200


def test_a_key_is_refused_from_the_moment_it_is_revoked(http: httpx.Client, desk: Desk) -> None:
    text = keys(desk, "add", "short-lived")["key"]
    assert http.post("/v1/ask", json=ASK, headers=bearer(text)).status_code == 200
    assert keys(desk, "revoke", "short-lived")["last_used"] is not None
    assert refusal(http.post("/v1/ask", json=ASK, headers=bearer(text)))[:2] == (401, "invalid_key")


@pytest.mark.parametrize(
    "value",
    [
        "Bearer",
        "Bearer sk-of-another-service",
        "Bearer vvk_",
        "Bearer vvk_" + "A" * 43,
        "Bearer vvk_" + "A" * 20_000,
        "Bearer vvs1.",
        "Bearer vvs1..",
        "Bearer vvs1.e30.AAAA",
        "Bearer vvs1.!!!.???",
        "Bearer vvs1." + "A" * 20_000,
        "Basic dXNlcjpwYXNz",
        "bearer not-a-key",
        "Bearer vvk_\xff\xfe\xe9" + "A" * 40,
        "Bearer vvs1.\xff.\xfe",
        "\xff\xfe",
    ],
    ids=lambda value: value[:20],
)
def test_what_is_no_pass_of_this_server_is_refused_in_the_documented_shape(http: httpx.Client, value: str) -> None:
    reply = http.post("/v1/ask", json=ASK, headers=[(b"authorization", value.encode("latin-1"))])
    assert reply.status_code == 401
    assert refusal(reply)[1] in {"key_needed", "invalid_key", "invalid_session"}


def test_a_key_that_does_not_work_is_refused_for_reading_as_well(http: httpx.Client) -> None:
    assert http.get("/v1/profiles", headers=bearer("vvk_" + "A" * 43)).status_code == 401
    assert http.get("/v1/profiles", headers=bearer("sk-of-another-service")).status_code == 200


@pytest.mark.parametrize("origin", [HOME, CV])
def test_a_page_asks_with_the_session_that_it_is_given(http: httpx.Client, origin: str) -> None:
    refused = http.post("/v1/ask", json=ASK, headers={"origin": origin})
    assert refusal(refused)[:2] == (401, "session_needed")
    reply = http.post("/v1/ask", json=ASK, headers={"origin": origin, **bearer(session(http, origin))})
    assert reply.status_code == 200
    if origin == HOME:
        assert refused.headers["access-control-allow-origin"] == reply.headers["access-control-allow-origin"] == HOME


def test_a_session_is_of_no_use_to_another_page_or_to_a_program(http: httpx.Client) -> None:
    token = session(http, HOME)
    assert refusal(http.post("/v1/ask", json=ASK, headers={"origin": CV, **bearer(token)}))[:2] == (
        401,
        "invalid_session",
    )
    assert refusal(http.post("/v1/ask", json=ASK, headers=bearer(token)))[:2] == (401, "invalid_session")
    elsewhere = http.post("/v1/ask", json=ASK, headers={"origin": ELSEWHERE, **bearer(token)})
    assert refusal(elsewhere)[:2] == (403, "origin_not_allowed")


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "https://cv.example.evil.example", None])
def test_no_session_is_given_to_a_page_that_nobody_lists_or_to_a_program(
    http: httpx.Client, origin: str | None
) -> None:
    reply = http.post("/v1/session", headers={"origin": origin} if origin else {})
    assert refusal(reply)[:2] == (403, "origin_not_allowed" if origin else "no_origin")
    assert "access-control-allow-origin" not in reply.headers


def test_a_page_may_send_its_session_across_origins(http: httpx.Client) -> None:
    asked = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    reply = http.options("/v1/ask", headers={"origin": HOME, **asked})
    assert reply.status_code == 204
    assert {"authorization", "content-type"} <= set(reply.headers["access-control-allow-headers"].split(", "))


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/ask", {"profile": TEO, "question": "hello"}),
        ("POST", "/v1/chat/completions", {"model": TEO, "messages": [{"role": "user", "content": "hello"}]}),
        ("POST", "/v1/match", {"profile": TEO, "text": "- PhD"}),
        ("POST", "/v1/search", {"profile": TEO, "query": "robots"}),
        ("GET", f"/v1/profiles/{TEO}", None),
        ("GET", f"/v1/profiles/{TEO}/documents", None),
        ("GET", f"/v1/profiles/{TEO}/publications.bib", None),
        ("GET", f"/v1/models/{TEO}", None),
    ],
)
def test_a_key_for_one_profile_opens_no_other(
    http: httpx.Client, key_of_mira: str, method: str, path: str, body: Any
) -> None:
    assert refusal(http.request(method, path, json=body, headers=bearer(key_of_mira)))[:2] == (
        403,
        "profile_not_allowed",
    )


def test_a_key_for_one_profile_lists_no_other(http: httpx.Client, key_of_mira: str) -> None:
    found = http.get("/v1/profiles", headers=bearer(key_of_mira)).json()["profiles"]
    assert [one["slug"] for one in found] == [MIRA]
    assert [one["id"] for one in http.get("/v1/models", headers=bearer(key_of_mira)).json()["data"]] == [MIRA]


def test_an_agent_with_a_key_for_one_profile_sees_and_asks_no_other(public: Served, key_of_mira: str) -> None:
    with connected(_transport(public, key_of_mira)) as agent:
        assert [one["slug"] for one in agent.told("list_profiles")["profiles"]] == [MIRA]
        assert agent.told("ask_profile", profile=MIRA, question="hello")["profile"] == MIRA
        assert "not for the profile" in agent.refusal("ask_profile", profile=TEO, question="hello")
        assert "not for the profile" in agent.refusal("list_publications", profile=TEO)
        resources = agent.portal.call(agent.client.list_resources).resources
        assert {str(one.uri).split("/")[2] for one in resources} == {MIRA}
        with pytest.raises(Exception, match="no document"):
            agent.portal.call(agent.client.read_resource, f"vivavoce://{TEO}/documents/papers.md")


@asynccontextmanager
async def _transport(public: Served, key: str) -> AsyncIterator[TransportStreams]:
    """The way of an agent that was given a key."""
    headers = {"host": "cv.example", **bearer(key)}
    async with (
        create_mcp_http_client(headers) as client,
        streamable_http_client(f"{public.url}/mcp", http_client=client) as streams,
    ):
        yield streams


@pytest.mark.parametrize("path", ["/", "/health", "/v1/profiles", "/v1/ask", "/widget/v1/vivavoce.js", "/config"])
def test_no_other_name_leads_here(http: httpx.Client, path: str) -> None:
    """A page that had its own name lead to this machine could read all of that (DNS rebinding)."""
    reply = http.get(path, headers={"host": "evil.example"})
    assert refusal(reply)[:2] == (421, "unknown_host")
    assert "nosniff" in reply.headers["x-content-type-options"]


def test_addresses_in_answers_have_the_scheme_that_the_proxy_names(http: httpx.Client, key: str) -> None:
    body = {"model": MIRA, "messages": [{"role": "user", "content": "Where does she work?"}]}
    answer = http.post("/v1/chat/completions", json=body, headers=bearer(key)).json()
    urls = [a["url_citation"]["url"] for a in answer["choices"][0]["message"]["annotations"]]
    assert urls
    assert {url.split("/v1/")[0] for url in urls} == {CV}


@pytest.mark.parametrize(
    "head",
    [
        b"x-filler: " + b"a" * 40_000,
        b"\r\n".join(b"x-filler-%d: a" % n for n in range(3_000)),
        b"authorization: Bearer " + b"\xff" * 40_000,
    ],
    ids=["one long", "many", "a long pass"],
)
def test_headers_that_are_too_large_are_refused_in_the_documented_shape(public: Served, head: bytes) -> None:
    status, body = _raw(
        public, b"GET /v1/profiles HTTP/1.1\r\nhost: cv.example\r\nconnection: close\r\n" + head + b"\r\n\r\n"
    )
    assert status == 431
    assert json.loads(body)["error"]["code"] == "headers_too_large"


@pytest.mark.parametrize("name", [b"host", b"origin", b"authorization", b"x-forwarded-for", b"cookie", b"content-type"])
def test_bytes_that_are_no_text_in_a_header_are_no_fault_of_the_server(public: Served, name: bytes) -> None:
    host = b"" if name == b"host" else b"host: cv.example\r\n"
    body = json.dumps(ASK).encode()
    request = b"POST /v1/ask HTTP/1.1\r\nconnection: close\r\n" + host
    request += name + b": \xff\xfe\xc3\x28\r\ncontent-length: %d\r\n\r\n" % len(body)
    status, text = _raw(public, request + body)
    assert status in {400, 401, 403, 421, 422}
    assert set(json.loads(text)["error"]) == {"message", "type", "code"}


def _raw(served: Served, request: bytes) -> tuple[int, bytes]:
    """Status and body of the reply to these bytes."""
    with socket.create_connection(served.address, timeout=20) as connection:
        connection.sendall(request)
        reply = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = reply.partition(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1]), body
