"""What stands before every route: Gradio's doors are open or shut because somebody decided it, and no response lacks its headers."""

import re
import socket
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.errors import handle_errors
from app.web.guard import SECURITY_HEADERS, Guard
from tests.app.api.asking import refusal
from tests.app.web.scripted import Served
from tests.app.web.walked import Way, ways

OPEN = {
    "/",
    "/assets/{path:path}",
    "/config",
    "/favicon.ico",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/heartbeat/{session_hash}",
    "/gradio_api/info",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/queue/status",
    "/gradio_api/reset",
    "/gradio_api/run/{api_name}",
    "/gradio_api/startup-events",
    "/gradio_api/theme.css",
    "/manifest.json",
    "/pwa_icon",
    "/pwa_icon/{size}",
    "/robots.txt",
    "/static/{path:path}",
    "/svelte/{path:path}",
    "/theme.css",
}
"""The page itself, its files, and its conversation with the server."""
SHUT = {
    "/gradio_api/api/{api_name}",
    "/gradio_api/call/v2/{api_name}",
    "/gradio_api/call/v2/{api_name}/{event_id}",
    "/gradio_api/call/{api_name}",
    "/gradio_api/call/{api_name}/{event_id}",
    "/gradio_api/component_server",
    "/gradio_api/custom_component/{id}/{environment}/{type}/{file_name}",
    "/gradio_api/deep_link",
    "/gradio_api/dev/reload",
    "/gradio_api/file/{path:path}",
    "/gradio_api/file={path_or_url:path}",
    "/gradio_api/login_check",
    "/gradio_api/openapi.json",
    "/gradio_api/process_recording",
    "/gradio_api/proxy={url_path:path}",
    "/gradio_api/runs",
    "/gradio_api/stream/{event_id}",
    "/gradio_api/stream/{event_id}/close",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}",
    "/gradio_api/token",
    "/gradio_api/undo-vibe-edit",
    "/gradio_api/upload",
    "/gradio_api/upload_progress",
    "/gradio_api/user",
    "/gradio_api/vibe-code",
    "/gradio_api/vibe-edit",
    "/gradio_api/vibe-starter-queries",
    "/login",
    "/logout",
    "/monitoring",
    "/monitoring/summary",
    "/monitoring/{key}",
}
"""Uploads, proxies, files by their path, accounts, monitoring, editing, calls of functions by their name."""
EVIL = "https://evil.example"
ANYBODYS = "/widget/v1/vivavoce.js"
"""The one file that every page may load."""


@pytest.fixture(scope="module")
def http(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=30, trust_env=False) as client:
        yield client


def filled(way: Way) -> str:
    """A path that the template fits; the scripted server has this profile."""
    path = way.path.replace("{slug}", "mira-okonjo").replace("{page}", "1").replace("{name}", "panel.css")
    return re.sub(r"\{[^}]+\}", "x", path)


def test_somebody_decided_about_every_route_of_gradio() -> None:
    """A new release that brings another one fails here until it stands in one of the two tables."""
    found = {way.path.rstrip("/") or "/" for way in ways() if way.is_gradios}
    assert found - OPEN - SHUT == set(), "new: open it or shut it in app/web/guard.py, and say so here"
    assert (OPEN | SHUT) - found == set(), "gone: take it out of the tables, and out of app/web/guard.py"


def test_what_is_shut_is_not_there(http: httpx.Client) -> None:
    shut = [way for way in ways() if way.is_gradios and (way.path.rstrip("/") or "/") in SHUT]
    assert len(shut) > 40
    for way in shut:
        reply = http.request(way.method, filled(way))
        assert reply.status_code == 404, way
        assert way.method == "HEAD" or refusal(reply)[1] == "not_found", way


def test_there_is_no_door_for_web_sockets(server: Served) -> None:
    assert [way for way in ways() if way.method == "WEBSOCKET"] == []
    with socket.create_connection(server.address, timeout=20) as connection:
        upgrade = (
            "GET /gradio_api/queue/join HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
        )
        key = "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        connection.sendall((upgrade + key).encode())
        assert b" 101 " not in connection.recv(200)


@pytest.mark.parametrize("origin", [None, EVIL, "null"])
def test_every_route_carries_the_headers_and_lets_no_strange_page_in(http: httpx.Client, origin: str | None) -> None:
    seen = 0
    for way in ways():
        headers = {"origin": origin} if origin else {}
        with http.stream(way.method, filled(way), headers=headers) as reply:
            seen += 1
            assert reply.status_code < 500, way
            assert reply.headers["x-content-type-options"] == "nosniff", way
            assert reply.headers["referrer-policy"] == "strict-origin-when-cross-origin", way
            policy = reply.headers["content-security-policy"]
            assert "frame-ancestors 'self'" in policy, way
            assert EVIL not in policy, way
            assert reply.headers.get("access-control-allow-origin") == ("*" if way.path == ANYBODYS else None), way
            assert "access-control-allow-credentials" not in reply.headers, way
    assert seen > 100


@pytest.mark.parametrize("origin", [EVIL, "null"])
def test_no_route_passes_the_preflight_of_a_strange_page(http: httpx.Client, origin: str) -> None:
    asked = {
        "origin": origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    for path in sorted({filled(way) for way in ways()}):
        reply = http.options(path, headers=asked)
        assert reply.status_code >= 400, path
        assert "access-control-allow-origin" not in reply.headers, path


def test_a_fault_that_nobody_foresaw_carries_the_headers_as_well() -> None:
    app = FastAPI()
    app.add_middleware(Guard)
    handle_errors(app)

    @app.get("/fails")
    def fails() -> None:
        raise RuntimeError("the secret of the server")

    reply = TestClient(app, raise_server_exceptions=False).get("/fails")
    assert reply.status_code == 500
    assert "secret" not in reply.text
    assert {name: reply.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
