"""The outermost middleware: gives every request an id, every response the id, the log a line, and what nobody foresaw a number."""

import json
import logging
import time
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.observe import incident, metrics
from app.observe.current import Request, begin, request_id
from app.observe.hashing import DailyHash

HEADER = "x-request-id"
ELSEWHERE = "(none)"
"""The route of what no route answers to."""
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_TOLD = ("/v1", "/embed", "/mcp")
"""What is told of at INFO also where it only reads and all is well; pictures, scripts and probes are not."""
_LEFT = 499
_LOG = logging.getLogger(__name__)


class Observe:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, hashed: DailyHash) -> None:
        self._app = app
        self._hashed = hashed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands everything on; nothing that is raised below gets out."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(request_id(Headers(scope=scope).get(HEADER)), time.perf_counter())
        begin(request)
        sent = _Sent(send, request.id)
        root = scope.get("root_path", "")
        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            number = incident.report(error, "http")
            if not sent.status:
                await _apologise(sent, number)
        finally:
            sent.close()
            self._tell(scope, route_of(scope, root), sent.status or _LEFT, request)

    def _tell(self, scope: Scope, route: str, status: int, request: Request) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        metrics.answered_request(method, route, status)
        quiet = method in {"GET", "HEAD"} and status < 400 and route != "/" and not route.startswith(_TOLD)
        level = logging.DEBUG if quiet else logging.INFO
        if not _LOG.isEnabledFor(level):
            return
        told: dict[str, Any] = {"method": method, "route": route, "status": status, "ms": _ms(request.started)}
        _LOG.log(level, "request", extra={"told": told | {"caller": self._hashed(caller(scope))}})


class _Sent:
    """What is sent of a response, with the id of the request in its head."""

    def __init__(self, send: Send, request: str) -> None:
        self._send = send
        self._request = request
        self._is_stream = False
        self.status = 0
        """0 until it has begun."""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[HEADER] = self._request
            if headers.get("content-type", "").startswith("text/event-stream"):
                self._is_stream = True
                metrics.stream_opened()
        await self._send(message)

    def close(self) -> None:
        """Nothing more is sent."""
        if self._is_stream:
            metrics.stream_closed()


def route_of(scope: Scope, root: str) -> str:
    """The template of the route that answered, ``/v1/profiles/{slug}``; never a part of what was asked for."""
    route = scope.get("route")
    path = getattr(route, "path_format", None) or getattr(route, "path", None)
    if not isinstance(path, str):
        return ELSEWHERE
    mounted = str(scope.get("root_path", "")).removeprefix(root) if getattr(route, "methods", None) else ""
    return f"{mounted}{path}" or "/"


def caller(scope: Scope) -> str:
    """Who asks, to be hashed: what ``app.access`` found out, or else the address."""
    known = scope.get("state", {}).get("caller")
    if known is not None:
        return f"{known.kind}:{known.id}"
    client = scope.get("client")
    return f"address:{client[0]}" if client else "unknown"


async def _apologise(send: Send, number: str) -> None:
    body = json.dumps({"error": incident.error_object(number)}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 500, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _ms(since: float) -> float:
    return round((time.perf_counter() - since) * 1000, 1)
