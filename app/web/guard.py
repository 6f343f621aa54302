"""What stands before every route: closed doors, a limit to what may be sent, headers that every response carries."""

import json

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 1_000_000
_CLOSED = (
    "/monitoring",
    "/login",
    "/logout",
    "/openapi.json",
    "/gradio_api/api",
    "/gradio_api/call",
    "/gradio_api/component_server",
    "/gradio_api/custom_component",
    "/gradio_api/deep_link",
    "/gradio_api/dev",
    "/gradio_api/file",
    "/gradio_api/login_check",
    "/gradio_api/openapi.json",
    "/gradio_api/process_recording",
    "/gradio_api/proxy=",
    "/gradio_api/run-history",
    "/gradio_api/runs",
    "/gradio_api/stream",
    "/gradio_api/token",
    "/gradio_api/undo-vibe",
    "/gradio_api/upload",
    "/gradio_api/user",
    "/gradio_api/vibe",
)
"""What Gradio offers and this page does not need: uploads, proxies, monitoring, accounts, editing, calls by name."""
_BOUNDED = ("/mcp", "/mcp/")
"""What lies there reads no more than may be sent either, and refuses in words that its clients show."""
MAX_HEADER_BYTES = 32_768
SECURITY_HEADERS = {
    "content-security-policy": "; ".join(
        (
            "default-src 'self'",
            # Gradio configures itself inline and compiles its templates.
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
            # Gradio's page names its own address as its base.
            "base-uri 'self'",
            "object-src 'none'",
        )
    ),
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-content-type-options": "nosniff",
}


class Guard:
    """ASGI middleware; outermost, so that no response escapes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what is refused itself and hands on the rest."""
        if scope["type"] == "websocket":
            # Nothing here speaks that; whoever adds it decides who may.
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        length = Headers(scope=scope).get("content-length", "")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEADER_BYTES:
            await _refuse(guarded, 431, "headers_too_large", f"send at most {MAX_HEADER_BYTES} bytes of headers")
        elif scope["path"].startswith(_CLOSED):
            await _refuse(guarded, 404, "not_found", "there is nothing here")
        elif scope["path"] in _BOUNDED:
            await self._app(scope, receive, guarded)
        elif length.isdigit() and int(length) > MAX_BODY_BYTES:
            await _refuse(guarded, 413, "too_large", f"send at most {MAX_BODY_BYTES} bytes")
        else:
            await self._app(scope, _limited(receive), guarded)


def _limited(receive: Receive) -> Receive:
    """``receive`` that ends a body which is longer than it may be and did not say so."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY_BYTES:
                return {"type": "http.disconnect"}
        return message

    return limited


async def _refuse(send: Send, status: int, code: str, words: str) -> None:
    body = json.dumps({"error": {"message": words, "type": "invalid_request", "code": code}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
