"""What went wrong below a route, as the one shape of error that every route answers with."""

import json
import logging
import secrets

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from app.errors import QuestionRefused
from app.fault import Fault, unknown_profile
from app.library import Library
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound

FORESEEN = (ProfileNotFound, QuestionRefused, IndexUnusable, EmbedderUnusable, OwnerError)
"""What the assistant and the library raise; ``told`` knows each."""
Foreseen = ProfileNotFound | QuestionRefused | IndexUnusable | EmbedderUnusable | OwnerError
_LOG = logging.getLogger(__name__)


def told(error: Foreseen, slug: str, library: Library, *, is_long: bool = False) -> Fault:
    """``error`` of a question to the profile ``slug``, as its asker gets it; ``is_long`` where the question is longer than it may be."""
    match error:
        case ProfileNotFound():
            return unknown_profile(slug, library.slugs())
        case QuestionRefused():
            status, code = (413, "question_too_long") if is_long else (400, "question_refused")
            return Fault(status, "invalid_request", code, str(error))
        case IndexUnusable() | EmbedderUnusable():
            return Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"})
        case OwnerError():
            _LOG.error("%s", error)
            words = f"the profile {slug!r} cannot be read; its owner sees why with 'vivavoce list'"
            return Fault(503, "unavailable", "profile_invalid", words, {"Retry-After": "60"})


def incident(error: Exception) -> Fault:
    """A fault that nobody foresaw: its number, which stands in the log; nothing of what it is."""
    number = secrets.token_hex(4)
    _LOG.error("incident %s: %s", number, type(error).__name__)
    message = f"something went wrong here; report incident {number} to whoever runs this server"
    return Fault(500, "server_error", "internal", message)


async def written_in_unicode(request: Request) -> None:
    """A dependency of every route: JSON can hold halves of characters, which no text has and nothing below can write down."""
    if await request.body():
        try:
            json.dumps(await request.json(), ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            words = "the body holds half a surrogate pair, which is no character; send Unicode text"
            raise Fault(422, "invalid_request", "invalid_body", words) from error


def handle_errors(app: FastAPI) -> None:
    """Makes every error of ``app`` the documented object."""

    @app.exception_handler(Fault)
    def known(_: Request, fault: Fault) -> JSONResponse:
        return fault.response

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place, *rest = first["loc"]
        where = ".".join(str(part) for part in rest)
        words = str(first["msg"]).removeprefix("Value error, ")
        words = words[:1].lower() + words[1:]
        code = "invalid_body" if place == "body" else "invalid_query"
        return Fault(422, "invalid_request", code, f"{where}: {words}" if where else words).response

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:
            # What cannot even be decoded.
            return Fault(
                400, "invalid_request", "invalid_body", "the body is no JSON; send an object in UTF-8"
            ).response
        code = str(error.detail).lower().replace(" ", "_")
        return Fault(error.status_code, "invalid_request", code, str(error.detail).lower(), error.headers).response

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        return incident(error).response
