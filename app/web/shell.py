"""The HTML that Gradio serves around the page, with our sheet and script in it from the start and nobody else's preview pictures."""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREIGN = re.compile(rb'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_HEAD, _END = b"<head>", b"</head>"


class Shell:
    """ASGI middleware over the page's address.

    Gradio would bring our head in with JavaScript, after it has decided on a language and drawn the page without a style.
    """

    def __init__(self, app: ASGIApp, *, script: str, style: str) -> None:
        self._app = app
        self._first = f"<head><script>{script}</script>".encode()
        self._last = f"<style>{style}</style></head>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on; the page's own HTML is completed on its way."""
        if scope["type"] != "http" or scope["path"] != "/":
            await self._app(scope, receive, send)
            return
        started: Message | None = None
        body = b""

        async def completed(message: Message) -> None:
            nonlocal started, body
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html"):
                    started = message
                    return
            elif started is not None and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if message.get("more_body"):
                    return
                page = self.complete(body) if scope["method"] == "GET" else body
                if page:
                    MutableHeaders(raw=started["headers"])["content-length"] = str(len(page))
                await send(started)
                message = {"type": "http.response.body", "body": page}
            await send(message)

        await self._app(scope, receive, completed)

    def complete(self, page: bytes) -> bytes:
        """``page`` with our script first and our sheet last in its head, without the previews that are not ours."""
        page = _FOREIGN.sub(b"", page)
        return page.replace(_HEAD, self._first, 1).replace(_END, self._last, 1)
