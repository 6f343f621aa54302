"""Which pages' browsers are answered: none by default, those a profile lists to the letter, this server's own always."""

from typing import Any

import httpx
import pytest

from app.api.origins import serialized
from tests.app.api.asking import ELSEWHERE, HOME, MIRA, TEO, refusal

FINGERPRINT = "0" * 64
JOB = "Requirements:\n- PhD in acoustics"


def requests(slug: str) -> list[tuple[str, str, Any]]:
    """A request to every kind of route about ``slug``."""
    return [
        ("GET", f"/v1/profiles/{slug}", None),
        ("GET", f"/v1/profiles/{slug}/documents", None),
        ("GET", f"/v1/profiles/{slug}/documents/cv.md", None),
        ("GET", f"/v1/profiles/{slug}/publications.bib", None),
        ("GET", f"/v1/profiles/{slug}/photo", None),
        ("GET", f"/v1/models/{slug}", None),
        ("POST", "/v1/ask", {"profile": slug, "question": "Where?"}),
        ("POST", "/v1/ask", {"profile": slug, "question": "Where?", "stream": True}),
        ("POST", "/v1/chat/completions", {"model": slug, "messages": [{"role": "user", "content": "Where?"}]}),
        ("POST", "/v1/search", {"profile": slug, "query": "work"}),
        ("POST", "/v1/match", {"profile": slug, "text": JOB}),
        ("POST", "/v1/feedback", {"profile": slug, "fingerprint": FINGERPRINT, "verdict": "helpful"}),
    ]


def send(http: httpx.Client, request: tuple[str, str, Any], origin: str | None, **headers: str) -> httpx.Response:
    method, path, body = request
    named = {"origin": origin} if origin is not None else {}
    return http.request(method, path, json=body, headers=named | headers)


def is_shut(reply: httpx.Response) -> bool:
    """Whether a page is refused and told nothing."""
    assert "access-control-allow-origin" not in reply.headers
    assert reply.headers["vary"].lower().split(", ").count("origin") == 1
    return reply.status_code == 403 and refusal(reply)[1] == "origin_not_allowed"


@pytest.mark.parametrize("request_", requests(MIRA), ids=lambda r: f"{r[0]} {r[1]}")
def test_a_listed_page_is_answered_and_named(http: httpx.Client, request_: tuple[str, str, Any]) -> None:
    reply = send(http, request_, HOME)
    assert reply.status_code in {200, 201, 404}  # there is no photo
    assert reply.headers["access-control-allow-origin"] == HOME
    assert reply.headers["vary"].lower().split(", ").count("origin") == 1
    assert "access-control-allow-credentials" not in reply.headers
    assert reply.headers["access-control-expose-headers"] == "retry-after"


@pytest.mark.parametrize("request_", requests(TEO), ids=lambda r: f"{r[0]} {r[1]}")
def test_a_page_that_one_profile_lists_is_shut_out_of_another(
    http: httpx.Client, request_: tuple[str, str, Any]
) -> None:
    assert is_shut(send(http, request_, HOME))


@pytest.mark.parametrize(
    "origin",
    [
        ELSEWHERE,
        "null",
        "*",
        "",
        "https://okonjo.example:8443",
        "http://okonjo.example",
        "https://okonjo.example.evil.example",
        "https://sub.okonjo.example",
        "https://okonjo.example/",
        "HTTPS://OKONJO.EXAMPLE",
        "https://okonjo.example@evil.example",
        "file://",
        "https://[",
    ],
)
@pytest.mark.parametrize("request_", requests(MIRA)[5:8], ids=lambda r: r[1])
def test_any_other_page_is_shut_out(http: httpx.Client, request_: tuple[str, str, Any], origin: str) -> None:
    assert is_shut(send(http, request_, origin))


@pytest.mark.parametrize("request_", requests(TEO)[6:9], ids=lambda r: r[1])
def test_what_is_no_page_and_the_servers_own_pages_are_answered(
    http: httpx.Client, assistant_url: str, request_: tuple[str, str, Any]
) -> None:
    own = [
        (None, {}),
        (assistant_url, {}),
        ("https://ask.example", {"host": "ask.example"}),
        ("https://ask.example", {"host": "127.0.0.1:8000", "sec-fetch-site": "same-origin"}),
    ]
    for origin, headers in own:
        reply = send(http, request_, origin, **headers)
        assert reply.status_code == 200
        assert "access-control-allow-origin" not in reply.headers


def test_the_lists_show_a_page_only_who_lists_it(http: httpx.Client) -> None:
    for path, key, name in (("/v1/profiles", "profiles", "slug"), ("/v1/models", "data", "id")):
        request = ("GET", path, None)
        assert [one[name] for one in send(http, request, HOME).json()[key]] == [MIRA]
        assert TEO in [one[name] for one in send(http, request, None).json()[key]]
        assert is_shut(send(http, request, ELSEWHERE))


def test_a_wrong_profile_is_told_to_a_page_that_may_ask(http: httpx.Client) -> None:
    reply = send(http, ("POST", "/v1/ask", {"profile": "mira-okonja", "question": "Where?"}), HOME)
    assert refusal(reply)[:2] == (404, "unknown_profile")
    assert reply.headers["access-control-allow-origin"] == HOME


@pytest.mark.parametrize(
    "content",
    [
        b'{"profile": "%(mira)s", "profile": "%(teo)s", "question": "Where?"}',
        b'{"profile": "%(mira)s", "model": "%(teo)s", "messages": [{"role": "user", "content": "Where?"}]}',
        b'{"model": "%(mira)s", "profile": "%(teo)s", "question": "Where?"}',
        b'\xef\xbb\xbf{"profile": "%(teo)s", "question": "Where?"}',
        b'{"pro\\u0066ile": "%(teo)s", "question": "Where?"}',
    ],
)
@pytest.mark.parametrize("path", ["/v1/ask", "/v1/chat/completions"])
def test_no_spelling_of_a_body_asks_one_profile_in_the_name_of_another(
    http: httpx.Client, path: str, content: bytes
) -> None:
    body = content % {b"mira": MIRA.encode(), b"teo": TEO.encode()}
    reply = http.post(path, content=body, headers={"origin": HOME, "content-type": "application/json"})
    assert reply.status_code in {400, 403, 422}


def test_nothing_of_a_refused_request_is_done(http: httpx.Client, desk_with_broken: Any) -> None:
    kept = desk_with_broken.index / ".feedback.sqlite3"
    before = kept.stat().st_mtime_ns if kept.exists() else 0
    request = ("POST", "/v1/feedback", {"profile": TEO, "fingerprint": FINGERPRINT, "verdict": "helpful"})
    assert is_shut(send(http, request, HOME))
    assert is_shut(send(http, request, ELSEWHERE))
    assert (kept.stat().st_mtime_ns if kept.exists() else 0) == before


def preflight(http: httpx.Client, origin: str, method: str = "POST") -> httpx.Response:
    asked = {"access-control-request-method": method, "access-control-request-headers": "content-type"}
    return http.options("/v1/ask", headers=asked | {"origin": origin})


def test_a_preflight_lets_a_listed_page_send_json_for_ten_minutes_at_most(http: httpx.Client) -> None:
    reply = preflight(http, HOME)
    assert reply.status_code == 204
    assert reply.headers["access-control-allow-origin"] == HOME
    assert reply.headers["access-control-allow-methods"] == "GET, POST"
    assert reply.headers["access-control-allow-headers"] == "content-type, authorization"
    assert 0 < int(reply.headers["access-control-max-age"]) <= 600


@pytest.mark.parametrize("origin", [ELSEWHERE, "null", "*"])
def test_a_preflight_of_any_other_page_is_refused(http: httpx.Client, origin: str) -> None:
    assert is_shut(preflight(http, origin))


@pytest.mark.parametrize(
    ("entry", "origin"),
    [
        ("https://a.example", "https://a.example"),
        (" https://A.Example/ ", "https://a.example"),
        ("https://a.example:443", "https://a.example"),
        ("http://a.example:80", "http://a.example"),
        ("http://localhost:4000", "http://localhost:4000"),
        ("http://[::1]:4000", "http://[::1]:4000"),
        ("*", None),
        ("null", None),
        ("https://*.a.example", None),
        ("https://a.example/blog", None),
        ("https://u:p@a.example", None),
        ("a.example", None),
        ("file:///tmp", None),
        ("https://a.example:99999", None),
        ("https://[", None),
        ("", None),
    ],
)
def test_an_owners_line_is_read_as_browsers_spell_it(entry: str, origin: str | None) -> None:
    assert serialized(entry) == origin
