"""How much one visitor may ask over HTTP, at every door, and what they are told when it was too much."""

import itertools
import os
import shutil
import signal
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.app.api.asking import HOME, MIRA, TEO, refusal, serving_assistant
from tests.app.mcp.asking import connected
from tests.app.web.scripted import Served
from tests.conftest import Desk

ASK = {"profile": MIRA, "question": "hello"}
CHAT = {"model": MIRA, "messages": [{"role": "user", "content": "hello"}]}
MATCH = {"profile": MIRA, "text": "Requirements:\n- PhD in acoustics"}
SEARCH = {"profile": MIRA, "query": "whales"}
BEHIND_A_PROXY = {
    "VIVAVOCE_PROXIES": '["127.0.0.1"]',
    "VIVAVOCE_HOSTS": '["cv.example"]',
    "VIVAVOCE_API_KEYS_REQUIRED": "false",
    "VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0",
    "VIVAVOCE_LIMIT_ADDRESS_DAY": "3",
    "VIVAVOCE_LIMIT_SESSION_HOUR": "4",
    "VIVAVOCE_LIMIT_PROFILE_DAY": "40",
}
_addresses = (f"198.51.{a}.{b}" for a, b in itertools.product(range(100), range(1, 255)))


def copied(desk: Desk, to: Any) -> Desk:
    shutil.copytree(desk.profiles, to / "profiles")
    shutil.copytree(desk.index, to / "index")
    return Desk(to / "profiles", to / "index", desk.embedder)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, healthy: Desk) -> Desk:
    """Two people with indexes, and one whose file is broken."""
    desk = copied(healthy, tmp_path_factory.mktemp("limited"))
    desk.write("broken", "profile.toml", "name = \n")
    return desk


@pytest.fixture(scope="module")
def limited(desk: Desk) -> Iterator[Served]:
    """A server behind a proxy on this machine that takes three questions a day of an address: a minute may be over before they are asked."""
    with serving_assistant(desk, **BEHIND_A_PROXY) as served:
        yield served


@pytest.fixture
def http(limited: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=limited.url, timeout=60, trust_env=False) as client:
        yield client


def statuses(
    http: httpx.Client, times: int, address: str, path: str = "/v1/ask", body: Any = ASK, **more: str
) -> list[int]:
    headers = {"x-forwarded-for": address, **more}
    return [http.post(path, json=body, headers=headers).status_code for _ in range(times)]


def test_one_question_too_many_is_told_when_to_come_back(http: httpx.Client) -> None:
    address = next(_addresses)
    assert statuses(http, 3, address) == [200] * 3
    reply = http.post("/v1/ask", json=ASK, headers={"x-forwarded-for": address})
    assert refusal(reply)[:2] == (429, "limit_address")
    assert reply.json()["error"]["type"] == "rate_limited"
    assert 80_000 < int(reply.headers["retry-after"]) <= 86_400
    assert refusal(reply)[2].endswith("come back in 24 h")
    assert statuses(http, 1, next(_addresses)) == [200]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/ask", {**ASK, "stream": True}),
        ("/v1/chat/completions", CHAT),
        ("/v1/match", MATCH),
        ("/v1/match/view", MATCH),
        ("/v1/search", SEARCH),
    ],
)
def test_every_door_counts_with_the_others(http: httpx.Client, path: str, body: Any) -> None:
    address = next(_addresses)
    assert statuses(http, 2, address, path, body) == [200, 200]
    assert statuses(http, 2, address) == [200, 429]
    assert statuses(http, 1, address, path, body) == [429]


def test_reading_is_not_counted(http: httpx.Client) -> None:
    headers = {"x-forwarded-for": next(_addresses)}
    for path in (f"/v1/profiles/{MIRA}", "/v1/models", "/", "/widget/v1/vivavoce.js") * 5:
        assert http.get(path, headers=headers).status_code == 200


def test_what_is_made_up_before_the_proxys_own_word_does_not_help(http: httpx.Client) -> None:
    address = next(_addresses)
    spoofed = [f"{other}, {address}" for other in itertools.islice(_addresses, 20)]
    assert [statuses(http, 1, chain)[0] for chain in spoofed] == [200] * 3 + [429] * 17


def test_new_sessions_do_not_help_beyond_the_address(http: httpx.Client) -> None:
    address = next(_addresses)
    found = []
    for _ in range(8):
        origin = {"origin": HOME, "x-forwarded-for": address}
        token = http.post("/v1/session", headers=origin).json()["token"]
        found.append(http.post("/v1/ask", json=ASK, headers={**origin, "authorization": f"Bearer {token}"}).status_code)
    assert found == [200] * 3 + [429] * 5


def test_a_session_is_counted_wherever_it_goes(http: httpx.Client) -> None:
    token = http.post("/v1/session", headers={"origin": HOME, "x-forwarded-for": next(_addresses)}).json()["token"]
    more = {"origin": HOME, "authorization": f"Bearer {token}"}
    replies = [http.post("/v1/ask", json=ASK, headers={"x-forwarded-for": next(_addresses), **more}) for _ in range(6)]
    assert [reply.status_code for reply in replies] == [200] * 4 + [429] * 2
    assert refusal(replies[-1])[1] == "limit_session"
    assert replies[-1].headers["access-control-allow-origin"] == HOME
    assert "retry-after" in replies[-1].headers["access-control-expose-headers"]
    assert 3_000 < int(replies[-1].headers["retry-after"]) <= 3_600


def test_a_profile_is_asked_as_often_a_day_as_it_may_by_all_together(healthy: Desk, tmp_path: Any) -> None:
    few = BEHIND_A_PROXY | {"VIVAVOCE_LIMIT_PROFILE_DAY": "5"}
    with (
        serving_assistant(copied(healthy, tmp_path), **few) as served,
        httpx.Client(base_url=served.url, timeout=60) as http,
    ):
        found = [statuses(http, 1, next(_addresses))[0] for _ in range(8)]
        assert found == [200] * 5 + [429] * 3
        assert statuses(http, 1, next(_addresses), body={"profile": TEO, "question": "hello"}) == [200]


def test_feedback_is_counted_apart(http: httpx.Client) -> None:
    address = next(_addresses)
    said = {"profile": MIRA, "fingerprint": "0" * 64, "verdict": "helpful"}
    assert statuses(http, 3, address) == [200] * 3
    assert statuses(http, 5, address, "/v1/feedback", said) == [201] * 3 + [429] * 2


def test_agents_are_counted_and_told_in_words(limited: Served) -> None:
    """All of them come past the proxy without an address of their own, so they are one."""
    with connected(f"{limited.url}/mcp") as agent:
        for _ in range(5):
            agent.told("list_profiles")
        agent.told("ask_profile", profile=MIRA, question="hello")
        agent.told("search_profile", profile=MIRA, query="whales")
        agent.told("check_requirements", profile=MIRA, job_description=MATCH["text"])
        assert "too many requests from your address; come back in" in agent.refusal(
            "ask_profile", profile=MIRA, question="hello"
        )
        agent.told("list_profiles")


def test_a_restart_forgets_no_question(healthy: Desk, tmp_path: Any) -> None:
    desk, address = copied(healthy, tmp_path), next(_addresses)
    found = []
    for _ in range(3):
        with serving_assistant(desk, **BEHIND_A_PROXY) as served, httpx.Client(base_url=served.url, timeout=60) as http:
            found += statuses(http, 2, address)
            os.kill(served.process.pid, signal.SIGKILL)
    assert found == [200] * 3 + [429] * 3


def test_no_question_is_kept_with_the_counts(http: httpx.Client, desk: Desk) -> None:
    planted = "What is the zanzibar-quokka-4711 like?"
    address = next(_addresses)
    assert statuses(http, 1, address, body={"profile": MIRA, "question": planted}) == [200]
    for path in desk.index.rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert b"quokka-4711" not in held, path
            assert address.encode() not in held, path


def test_somebody_at_the_machine_is_not_limited_and_what_they_say_of_themselves_makes_no_difference(
    healthy: Desk, tmp_path: Any
) -> None:
    """Without configured proxies: a header that names another address tells of a proxy that nobody configured, and is not believed."""
    few = {"VIVAVOCE_LIMIT_ADDRESS_MINUTE": "0", "VIVAVOCE_LIMIT_ADDRESS_DAY": "10"}
    with (
        serving_assistant(copied(healthy, tmp_path), **few) as served,
        httpx.Client(base_url=served.url, timeout=60) as http,
    ):
        assert [http.post("/v1/ask", json=ASK).status_code for _ in range(25)] == [200] * 25
        spoofed = [statuses(http, 1, next(_addresses))[0] for _ in range(14)]
        assert spoofed == [200] * 10 + [429] * 4
        assert http.post("/v1/ask", json=ASK, headers={"authorization": "Bearer none"}).status_code == 200


def test_whoever_is_told_to_come_back_has_not_used_up_a_question(http: httpx.Client) -> None:
    address = next(_addresses)
    assert statuses(http, 8, address, body={"profile": "broken", "question": "hello"}) == [503] * 8
    assert statuses(http, 4, address, body={"profile": TEO, "question": "hello"}) == [200] * 3 + [429]
