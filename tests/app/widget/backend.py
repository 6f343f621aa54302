"""A server of the widget that follows a script, and the homepages that show it, each an origin of its own on this machine."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp

from app.library import Library
from app.widget.routes import widget_routes
from tests.app.web.scripted import TAGS, SameName, free_port
from tests.conftest import TOP

HOSTS = TOP / "evals" / "bench" / "hosts"
STRICT = "default-src 'none'; script-src {api}{own}; connect-src {api}; require-trusted-types-for 'script'{style}"
"""The policy that the widget promises to work under; a page that has a sheet or a script of its own adds only that."""
WAIT_S = 2
FINGERPRINT = "0123456789abcdef" * 4
QUOTE = "2021-09 – present\nSenior Researcher, room acoustics group"


@dataclass(slots=True)
class Backend:
    """What runs, and what it has heard."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    rated: list[dict[str, Any]] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    """Method and path of every request."""
    left: threading.Event = field(default_factory=threading.Event)
    """Set when somebody left while an answer was on its way."""
    refused: int = 0
    """How many more questions are refused with a 429."""
    is_down: bool = False
    """Whether the API answers nobody."""
    go_on: threading.Event = field(default_factory=threading.Event)
    """Lets an answer that waits go on."""


def cited(n: int, title: str = "CV", url: str | None = None, quote: str = QUOTE) -> dict[str, Any]:
    """A citation as the API sends it."""
    span = {
        "document": "cv.md",
        "title": title,
        "section": "Experience",
        "page": 2,
        "start": 10,
        "end": 10 + len(quote),
    }
    return {"n": n, **span, "quote": quote, "url": url, "profile": None, "boxes": []}


def script(question: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Sentences and citations for ``question``."""
    if "tags" in question:
        return [{"text": f"It says {TAGS} and [1] here [9]", "citations": [1]}], [
            cited(1, TAGS, "javascript:alert(1)", TAGS)
        ]
    if "list" in question:
        lead = {"text": "The record shows 3 of these, newest first:", "citations": []}
        items = [
            {"text": f"Work number {n}, in a journal with a rather long name [{n}].", "citations": [n], "is_item": True}
            for n in (1, 2, 3)
        ]
        return [lead, *items], [cited(n, url=f"https://example.org/{n}") for n in (1, 2, 3)]
    if "odd" in question:
        return [{"text": "一句。", "citations": []}, {"text": "Another \u2028 one [1].", "citations": [1]}], [
            cited(1, quote="a\u2028b")
        ]
    if "rtl" in question:
        return [{"text": "تعمل ميرا في مجموعة الصوتيات منذ سنة 2021 [1].", "citations": [1]}], [cited(1)]
    said = [
        {
            "text": "She has been a Senior Researcher in the room acoustics group since September 2021 [1].",
            "citations": [1],
        },
        {"text": "Before that she was a postdoctoral fellow for two years [2].", "citations": [2]},
    ]
    return said, [cited(1, url="https://example.org/cv"), cited(2, "Papers")]


def answer(question: str) -> dict[str, Any]:
    """The whole answer object."""
    sentences, citations = script(question)
    return {
        "answer": " ".join(s["text"] for s in sentences),
        "status": "grounded",
        "reason": None,
        "sentences": [{"is_item": False, **s} for s in sentences],
        "citations": citations,
        "question": question,
        "profile": "mira-okonjo",
        "mode": "offline",
        "fingerprint": FINGERPRINT,
        "suggestions": ["And before that?", "Please list everything"],
        "usage": {"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": 0},
        "timings_ms": {"contextualize": 0, "retrieve": 0, "answer": 0, "verify": 0},
    }


class _Cut(Exception):
    """Ends a connection in the middle."""


def _busy(backend: Backend) -> Response:
    backend.refused -= 1
    error = {"message": "no", "type": "unavailable", "code": "busy"}
    return JSONResponse({"error": error}, 429, {"retry-after": str(WAIT_S)})


async def _stream(backend: Backend, question: str) -> AsyncIterator[bytes]:
    done = answer(question)
    yield b": keep-alive\n\n"
    yield _frame("retrieved", {"facts": 3, "passages": 2, "kind": "fact", "asked": []})
    if "slowly" in question:
        try:
            while not backend.go_on.is_set():
                await asyncio.sleep(0.02)
        except asyncio.CancelledError:
            backend.left.set()
            raise
    new = {c["n"]: c for c in done["citations"]}
    for i, sentence in enumerate(done["sentences"]):
        if i and "cut" in question:
            return
        if i and "fault" in question:
            yield _frame("error", {"error": {"message": "no", "type": "server_error", "code": "internal"}})
            return
        frame = _frame("sentence", {**sentence, "sources": [new.pop(n) for n in sentence["citations"] if n in new]})
        # In two pieces, so that whoever reads must put them together.
        yield frame[:40]
        await asyncio.sleep(0)
        yield frame[40:]
    yield _frame("finished", done)
    yield b"data: [DONE]\n\n"


def _frame(event: str, data: object) -> bytes:
    return f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def application(backend: Backend, library: Library) -> FastAPI:
    """The widget's own routes, and a script in place of what answers."""
    app = FastAPI()
    app.include_router(widget_routes(library, lambda known, slug: known.profile(slug).origins))

    @app.middleware("http")
    async def seen(request: Request, go: Any) -> Response:
        backend.seen.append(f"{request.method} {request.url.path}")
        origin = request.headers.get("origin", "")
        open_to_all = request.url.path.startswith(("/widget", "/embed"))
        if open_to_all:
            response: Response = await go(request)
            return response
        if "evil" in origin or backend.is_down:
            return JSONResponse(
                {"error": {"message": "no", "type": "invalid_request", "code": "origin_not_allowed"}}, 403
            )
        response = Response() if request.method == "OPTIONS" else await go(request)
        allowed = {
            "access-control-allow-origin": origin,
            "vary": "Origin",
            "access-control-expose-headers": "retry-after",
        }
        response.headers.update(allowed | {"access-control-allow-headers": "content-type"})
        return response

    @app.get("/v1/profiles/{slug}")
    def profile(slug: str, language: str = "en") -> Response:
        if backend.refused:
            return _busy(backend)
        if slug not in library.slugs():
            return JSONResponse({"error": {"message": "no", "type": "not_found", "code": "unknown_profile"}}, 404)
        questions = [
            "Where does she work?",
            "Please list everything",
            "Which papers are about the acoustics of buildings?",
        ]
        asked = ["她在哪里工作？"] if language == "zh" else questions
        name = library.profile(slug).name
        known = {"slug": slug, "name": name, "greeting": f"Hello. Ask me about {name}’s work.", "suggestions": asked}
        return JSONResponse(known | {"read": "2026-01-05"})

    @app.post("/v1/ask")
    async def ask(body: dict[str, Any]) -> Response:
        backend.asked.append(body)
        question = str(body["turns"][-1]["text"])
        if backend.refused:
            return _busy(backend)
        if "too long" in question:
            return JSONResponse(
                {"error": {"message": "no", "type": "invalid_request", "code": "question_too_long"}}, 413
            )
        return StreamingResponse(_stream(backend, question), media_type="text/event-stream")

    @app.post("/v1/feedback")
    async def feedback(body: dict[str, Any]) -> Response:
        backend.rated.append(body)
        return JSONResponse({"kept": True}, 201)

    @app.get("/")
    def page() -> Response:
        return HTMLResponse("<title>The page</title>")

    return app


@dataclass(slots=True)
class Homepages:
    """Look-alikes of homepages under the strict policy."""

    url: str
    api: str
    widget: str = ""
    """What is pasted in at the end of the body."""
    inline: str = ""
    own_style: str = ""
    """A sheet of the page's own, in its head."""
    frames: bool = False
    """Whether the page lets frames of the server in."""

    def answer(self, path: str) -> Response:
        """What is at ``path``: ``NAME.html``, and its sheet and script."""
        file = HOSTS / path.lstrip("/")
        if not file.is_file():
            return Response(status_code=404)
        text = file.read_text(encoding="utf-8")
        if file.suffix != ".html":
            return Response(text, media_type="text/css" if file.suffix == ".css" else "text/javascript")
        text = text.replace("<!-- widget:end -->", self.widget).replace("<!-- widget:inline -->", self.inline)
        text = text.replace("<!-- widget:head -->", self.own_style)
        is_plain = file.stem == "plain" and not self.own_style
        own, style = ("", "") if is_plain else (" 'self'", "; style-src 'self'")
        policy = STRICT.format(api=self.api, own=own, style=style)
        if self.frames:
            policy += f"; frame-src {self.api}"
        return HTMLResponse(text, headers={"content-security-policy": policy})


def homepages(pages: Homepages) -> ASGIApp:
    """The server of ``pages``."""
    app = FastAPI()

    @app.get("/{path:path}")
    def page(path: str) -> Response:
        return pages.answer(path)

    return app


@contextmanager
def running(app: ASGIApp, port: int) -> Iterator[None]:
    """``app`` on a loopback port, in a thread that ends with the block."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="critical", timeout_graceful_shutdown=1, lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def serving_widget(profiles: Path, index: Path) -> Iterator[Backend]:
    """The scripted server."""
    port = free_port()
    backend = Backend(f"http://127.0.0.1:{port}")
    with running(application(backend, Library(profiles, index, SameName())), port):
        yield backend


@contextmanager
def serving_homepages(api: str) -> Iterator[Homepages]:
    """The homepages, on another origin than ``api``."""
    port = free_port()
    pages = Homepages(f"http://127.0.0.1:{port}", api)
    with running(homepages(pages), port):
        yield pages
