"""What went wrong below a route, as the one shape of error that every route answers with."""

import json
import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from app.errors import QuestionRefused, ServerStopping
from app.fault import Fault, unknown_profile
from app.library import Library
from app.observe.incident import error_object, report
from app.web.guard import SECURITY_HEADERS
from ingest.errors import EmbedderUnusable, IndexUnusable, OwnerError, ProfileNotFound

FORESEEN = (ProfileNotFound, QuestionRefused, ServerStopping, IndexUnusable, EmbedderUnusable, OwnerError)
"""What the assistant and the library raise; ``told`` knows each."""
Foreseen = ProfileNotFound | QuestionRefused | ServerStopping | IndexUnusable | EmbedderUnusable | OwnerError
STOPPING_RETRY_S = "5"
_LOG = logging.getLogger(__name__)


def told(error: Foreseen, slug: str, library: Library, *, is_long: bool = False) -> Fault:
    """``error`` of a question to the profile ``slug``, as its asker gets it; ``is_long`` where the question is longer than it may be."""
    match error:
        case ProfileNotFound():
            return unknown_profile(slug, library.slugs())
        case QuestionRefused():
            status, code = (413, "question_too_long") if is_long else (400, "question_refused")
            return Fault(status, "invalid_request", code, str(error))
        case ServerStopping():
            return Fault(503, "unavailable", "stopping", str(error), {"Retry-After": STOPPING_RETRY_S})
        case IndexUnusable() | EmbedderUnusable():
            return Fault(503, "unavailable", "index_unusable", str(error), {"Retry-After": "60"})
        case OwnerError():
            _LOG.error("%s", error)
            words = f"the profile {slug!r} cannot be read; its owner sees why with 'vivavoce list'"
            return Fault(503, "unavailable", "profile_invalid", words, {"Retry-After": "60"})


def incident(error: Exception) -> Fault:
    """A fault that nobody foresaw: its number, which stands in the log; nothing of what it is."""
    told = error_object(report(error, "http"))
    return Fault(500, told["type"], told["code"], told["message"])


async def written_in_unicode(request: Request) -> None:
    """A dependency of every route: JSON can hold halves of characters, which no text has and nothing below can write down."""
    if await request.body():
        try:
            json.dumps(await request.json(), ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            words = "the body holds half a surrogate pair, which is no character; send Unicode text"
            raise Fault(422, "invalid_request", "invalid_body", words) from error
        except (ValueError, RecursionError) as error:
            raise _no_json() from error


def _no_json() -> Fault:
    return Fault(400, "invalid_request", "invalid_body", "the body is no JSON; send an object in UTF-8")


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
            return _no_json().response
        code = str(error.detail).lower().replace(" ", "_")
        return Fault(error.status_code, "invalid_request", code, str(error.detail).lower(), error.headers).response

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        response = incident(error).response
        # Of the outer application it is made outside of every middleware, Guard included.
        response.headers.update(SECURITY_HEADERS)
        return response
