"""``POST /v1/match``: a job description held against a record, as JSON; and the same as the page shows it, for a file as well."""

import asyncio
import base64
import logging
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from app.fault import Fault, unknown_profile
from app.library import Library
from app.match.desk import LONGEST, JobRefused, MatchDesk
from app.match.domain import Report
from app.match.paper import to_html, to_markdown
from app.match.source import MAX_BYTES, read_job
from app.web.render.match import report_html
from app.web.words import InterfaceLanguage
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound, ReadersUnusable

_LOG = logging.getLogger(__name__)
_AT_ONCE, _WAITING = 2, 8
"""Matches under way at once, and how many more may wait: each takes about a second of a processor, a PDF some more."""
_RETRY_AFTER_S = "5"


class MatchBody(BaseModel):
    """A job description for a profile."""

    model_config = ConfigDict(extra="forbid")

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    text: str


class FileBody(BaseModel):
    """A file as a browser reads it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=300)]
    base64: Annotated[str, Field(max_length=MAX_BYTES * 4 // 3 + 8)]


class ViewBody(BaseModel):
    """What the page sends: a text or a file, and the language of the page's own words."""

    model_config = ConfigDict(extra="forbid")

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    text: str = ""
    file: FileBody | None = None
    language: InterfaceLanguage = "en"


class _Turnstile:
    """Lets few at once through and few more wait."""

    def __init__(self) -> None:
        self._free = asyncio.Semaphore(_AT_ONCE)
        self._places = _AT_ONCE + _WAITING

    async def run(self, work: Callable[[], Report]) -> Report:
        if not self._places:
            words = "too many job descriptions are being read; send yours again in a moment"
            raise Fault(503, "unavailable", "busy", words, {"Retry-After": _RETRY_AFTER_S})
        self._places -= 1
        try:
            async with self._free:
                return await run_in_threadpool(work)
        finally:
            self._places += 1


def match_routes(library: Library, desk: MatchDesk) -> APIRouter:
    """The routes, to be included below ``/v1``."""
    router = APIRouter()
    turnstile = _Turnstile()

    @router.post("/match")
    async def match(body: MatchBody) -> JSONResponse:
        report = await turnstile.run(lambda: _matched(library, desk, body.profile, body.text))
        return JSONResponse(report.to_json())

    @router.post("/match/view")
    async def view(body: ViewBody) -> JSONResponse:
        def work() -> Report:
            return _matched(library, desk, body.profile, body.text if body.file is None else _text_of(body.file))

        report = await turnstile.run(work)
        shown: dict[str, Any] = {
            "html": report_html(report, body.language),
            "markdown": to_markdown(report),
            "page": to_html(report),
        }
        return JSONResponse(shown)

    return router


def _text_of(file: FileBody) -> str:
    try:
        content = base64.b64decode(file.base64, validate=True)
    except ValueError as error:  # binascii.Error is one; so is what is not ASCII
        raise Fault(400, "invalid_request", "job_refused", "the file did not arrive whole; choose it again") from error
    try:
        return read_job(file.name, content)
    except JobRefused as error:
        status = 413 if len(content) > MAX_BYTES else 400
        raise Fault(status, "invalid_request", "job_refused", str(error)) from error
    except ReadersUnusable as error:
        raise Fault(503, "unavailable", "readers_unusable", str(error), {"Retry-After": "60"}) from error


def _matched(library: Library, desk: MatchDesk, slug: str, text: str) -> Report:
    try:
        return desk.match(slug, text)
    except JobRefused as error:
        status = 413 if len(text) > LONGEST else 400
        raise Fault(status, "invalid_request", "job_refused", str(error)) from error
    except ProfileNotFound as error:
        raise unknown_profile(slug, library.slugs()) from error
    except (IndexUnusable, EmbedderUnusable) as error:
        raise Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"}) from error
    except OwnerError as error:
        _LOG.error("%s", error)
        words = f"the profile {slug!r} cannot be read; its owner sees why with 'vivavoce list'"
        raise Fault(503, "unavailable", "profile_invalid", words, {"Retry-After": "60"}) from error
