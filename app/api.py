"""The web application: the page at ``/``, the questions' door ``POST /v1/ask``, pictures of cited pages, and ``/health``."""

import asyncio
import logging
import secrets
import threading
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from app.domain import Answer, Finished, Turn
from app.errors import QuestionRefused
from app.fault import Fault, unknown_profile
from app.feedback import FILE_NAME, FeedbackFile
from app.match.routes import match_routes
from app.match.start import open_desk
from app.record.query import PublicationsQuery, publications_file
from app.settings import Settings
from app.web import Respondent
from app.web.guard import Guard
from app.web.page import mount, script, style
from app.web.pageimage import PageNotFound, page_image
from app.web.routes import page_routes
from app.web.shell import Shell
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound

RETRY_AFTER_S = 2
_LOOK_S = 0.2
"""How often it is looked whether whoever asked is still there."""
_LEFT = 499
"""What nobody reads any more."""
_LOG = logging.getLogger(__name__)
_MAX_TURNS = 200


class TurnBody(BaseModel):
    """One message of the conversation so far."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    text: str


class AskBody(BaseModel):
    """A question to a profile: alone, or as the last of the turns that led to it."""

    model_config = ConfigDict(extra="forbid")

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    question: str | None = None
    turns: Annotated[list[TurnBody], Field(max_length=_MAX_TURNS)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "AskBody":
        if (self.question is None) == (self.turns is None):
            raise ValueError("give either question or turns")
        if self.turns is not None and (not self.turns or self.turns[-1].role != "user"):
            raise ValueError("the last turn must be the user's")
        return self

    @property
    def conversation(self) -> list[Turn]:
        """The turns, the question last."""
        if self.turns is None:
            return [Turn("user", self.question or "")]
        return [Turn(turn.role, turn.text) for turn in self.turns]


class Counter:
    """Lets ``concurrency`` questions be answered and ``queue`` more wait; the next one is told to come back."""

    def __init__(self, concurrency: int, queue: int) -> None:
        self._free = asyncio.Semaphore(concurrency)
        self._places = concurrency + queue

    async def ask(self, request: Request, respondent: Respondent, slug: str, turns: Sequence[Turn]) -> Answer | None:
        """The finished answer, written in a thread of the pool; ``None`` where whoever asked has left."""
        if not self._places:
            words = "too many questions are under way; ask again in a moment"
            raise Fault(503, "unavailable", "busy", words, {"Retry-After": str(RETRY_AFTER_S)})
        self._places -= 1
        try:
            async with self._free:
                left = threading.Event()
                answering = asyncio.ensure_future(run_in_threadpool(_finish, respondent, slug, turns, left))
                try:
                    while not (await asyncio.wait({answering}, timeout=_LOOK_S))[0]:
                        if await request.is_disconnected():
                            left.set()
                    return await answering
                finally:
                    left.set()
        finally:
            self._places += 1


def create_app(settings: Settings, respondent: Respondent) -> FastAPI:
    """The application, ready for one worker."""
    app = FastAPI(title="Vivavoce", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/v1", _questions(settings, respondent))

    @app.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "profiles": list(respondent.library.slugs())}

    # The innermost, so that it meets the page before it is compressed.
    app.add_middleware(Shell, script=script(), style=style())
    # An empty list still makes Gradio's own middleware, which reflects every origin, stand down.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Guard)
    _handle_errors(app)
    mount(app, respondent, settings)
    return app


def _questions(settings: Settings, respondent: Respondent) -> FastAPI:
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    counter = Counter(settings.concurrency, settings.queue)

    @api.post("/ask")
    async def ask(body: AskBody, request: Request) -> Response:
        turns = body.conversation
        try:
            answer = await counter.ask(request, respondent, body.profile, turns)
            return JSONResponse(answer.to_json()) if answer else Response(status_code=_LEFT)
        except ProfileNotFound as error:
            raise unknown_profile(body.profile, respondent.library.slugs()) from error
        except QuestionRefused as error:
            too_long = len(turns[-1].text) > settings.question_chars
            status, code = (413, "question_too_long") if too_long else (400, "question_refused")
            raise Fault(status, "invalid_request", code, str(error)) from error
        except (IndexUnusable, EmbedderUnusable) as error:
            raise Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"}) from error
        except OwnerError as error:
            _LOG.error("%s", error)
            words = f"the profile {body.profile!r} cannot be read; its owner sees why with 'vivavoce list'"
            raise Fault(503, "unavailable", "profile_invalid", words, {"Retry-After": "60"}) from error

    _add_files(api, respondent)
    kept = FeedbackFile(settings.index_folder / FILE_NAME, lambda: datetime.now(UTC).date())
    api.include_router(page_routes(respondent, kept, settings.question_chars))
    api.include_router(match_routes(respondent.library, open_desk(settings, respondent.library)))
    _handle_errors(api)
    return api


def _add_files(api: FastAPI, respondent: Respondent) -> None:
    """The routes of what can be fetched of a profile: pictures of pages, lists of publications."""

    @api.get("/profiles/{slug}/documents/{document:path}/pages/{page}")
    def picture(slug: str, document: str, page: int, request: Request) -> Response:
        try:
            found = page_image(respondent.library, slug, document, page)
        except ProfileNotFound as error:
            raise unknown_profile(slug, respondent.library.slugs()) from error
        except PageNotFound as error:
            raise Fault(404, "not_found", "no_page_image", str(error)) from error
        except IndexUnusable as error:
            raise Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"}) from error
        # Kept by the browser but asked for anew, so that what an owner withdraws is not shown from memory.
        headers = {"etag": f'"{found.digest}"', "cache-control": "private, no-cache"}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    @api.get("/profiles/{slug}/publications")
    @api.get("/profiles/{slug}/publications.{suffix}")
    def listed(slug: str, query: Annotated[PublicationsQuery, Query()], suffix: str = "json") -> Response:
        try:
            found = publications_file(respondent.library, slug, suffix, query)
        except ProfileNotFound as error:
            raise unknown_profile(slug, respondent.library.slugs()) from error
        except IndexUnusable as error:
            raise Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"}) from error
        if found is None:
            raise Fault(
                404,
                "not_found",
                "unknown_format",
                f"no {suffix!r} of publications; there are .json, .bib, .csv, .csl.json",
            )
        headers = {"cache-control": "private, no-cache"}
        if suffix != "json":
            headers["content-disposition"] = f'attachment; filename="{found.name}"'
        return Response(found.text, media_type=found.media_type, headers=headers)


def _finish(respondent: Respondent, slug: str, turns: Sequence[Turn], left: threading.Event) -> Answer | None:
    """The answer; none once ``left`` is set, which gives up whatever is under way."""
    events = respondent.ask(slug, turns)
    try:
        for event in events:
            if isinstance(event, Finished):
                return event.answer
            if left.is_set():
                return None
    finally:
        if isinstance(events, Generator):
            events.close()
    raise RuntimeError("the assistant ended without an answer")


def _handle_errors(app: FastAPI) -> None:
    """Makes every error of ``app`` the documented object."""

    @app.exception_handler(Fault)
    def known(_: Request, fault: Fault) -> JSONResponse:
        return fault.response

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"] if part not in {"body", "query"})
        words = str(first["msg"]).removeprefix("Value error, ")
        words = words[:1].lower() + words[1:]
        code = "invalid_query" if "query" in first["loc"] else "invalid_body"
        return Fault(422, "invalid_request", code, f"{where}: {words}" if where else words).response

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        code = str(error.detail).lower().replace(" ", "_")
        return Fault(error.status_code, "invalid_request", code, str(error.detail).lower(), error.headers).response

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        incident = secrets.token_hex(4)
        _LOG.error("incident %s: %s", incident, type(error).__name__)
        message = f"something went wrong here; report incident {incident} to whoever runs this server"
        return Fault(500, "server_error", "internal", message).response
