"""The server over streamable HTTP at ``/mcp`` of the web application: without sessions, for programs and not for web pages."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from fastapi import FastAPI
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.types import INVALID_REQUEST
from sse_starlette.sse import AppStatus
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from app.access.address import host_in
from app.access.hosts import Names, not_ours
from app.find import Finder
from app.limits.gate import Gate
from app.match.desk import MatchDesk
from app.mcp.server import make_server
from app.mcp.threads import Runner
from app.mcp.tools import Tools
from app.observe.stop import Stop
from app.settings import Settings
from app.web import Respondent
from app.web.guard import MAX_BODY_BYTES

PATH = "/mcp"


def mount_mcp(
    app: FastAPI,
    respondent: Respondent,
    desk: MatchDesk,
    settings: Settings,
    runner: Runner,
    gate: Gate | None = None,
    stop: Stop | None = None,
) -> None:
    """Puts the door at ``/mcp`` of ``app``, open as long as ``app`` runs; before the page, which takes every other address."""
    server = make_server(Tools(respondent, desk, Finder(respondent.library)), runner, gate)
    door = Door(server, settings, stop or Stop())
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with outer(running) as state, door.open():
            yield state or {}

    app.router.lifespan_context = lifespan
    app.router.routes += [Route(path, door) for path in (PATH, f"{PATH}/")]


def end_with(stop: Stop) -> None:
    """Lets the streams of the door come to their end when the server stops; by itself the SDK cuts them at once, whatever is under way."""
    AppStatus.disable_automatic_graceful_drain()  # type: ignore[no-untyped-call]

    def leave() -> None:
        AppStatus.should_exit = True

    stop.on_end(leave)


class Door:
    """ASGI application: looks who knocks, then lets the SDK answer."""

    def __init__(self, server: Server[Any], settings: Settings, stop: Stop) -> None:
        self._server = server
        self._settings = settings
        self._stop = stop
        self._manager: StreamableHTTPSessionManager | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """While it is open, it answers."""
        # Not as one JSON document each: where a client leaves a stream, the work for it is given up.
        self._manager = StreamableHTTPSessionManager(self._server, stateless=True)
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on what ``refused`` lets through and what is not too long."""
        refusal = refused(scope["method"], Headers(scope=scope), self._settings)
        body = None if refusal else await _body(receive)
        if body is None:
            await (refusal or _TOO_LONG).response(scope, receive, send)
            return
        assert self._manager is not None, "the application answers before it has started"
        # To its last byte: streams are cut when nothing is under way any more, and a call whose work has ended is not yet told of it.
        with self._stop.answering():
            await self._manager.handle_request(scope, _again(body, receive), send)


class Refusal(NamedTuple):
    """Why a request does not reach the SDK, as its clients show it."""

    status: int
    message: str

    @property
    def response(self) -> JSONResponse:
        """An error of JSON-RPC without the number of a request, which nobody has read."""
        error = {"code": INVALID_REQUEST, "message": self.message}
        headers = {"allow": "POST"} if self.status == 405 else None
        return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, self.status, headers)


_TOO_LONG = Refusal(413, f"send at most {MAX_BODY_BYTES} bytes; shorten what you send")


def refused(method: str, headers: Headers, settings: Settings) -> Refusal | None:
    """Why a request with these headers is not answered; ``None``: it is.

    A page that had its own name lead to this machine (DNS rebinding) would be answered otherwise. Its browser sends an ``Origin``, which no
    other client does: only those of this machine and of this server's own address are answered. A server that listens on loopback, or knows its
    names, answers to these alone.
    """
    names, host, origin = Names(settings), headers.get("host"), headers.get("origin")
    if not names.answer_to(host):
        return Refusal(421, not_ours(host))
    if origin is not None:
        asking = host_in(origin) if origin.startswith(("http://", "https://")) else None
        if not names.are(asking):
            return Refusal(403, f"pages of {origin!r} may not call this address; it is for MCP clients, not for pages")
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > MAX_BODY_BYTES:
        return _TOO_LONG
    # Without sessions there is nothing to be streamed to whoever asks nothing, and nothing to be deleted.
    return None if method == "POST" else Refusal(405, "this is the address of an MCP server; its clients send POST")


async def _body(receive: Receive) -> bytes | None:
    """The whole body; ``None`` where it is too long, or where whoever sends it left."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """``receive`` as it was before ``body`` was read."""
    read: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return read.pop() if read else await receive()

    return again
