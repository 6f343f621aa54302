"""What can be read of profiles without a question: who there is, their documents, the exact text of a span, and search."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import JSONResponse

from app.api.errors import FORESEEN, told
from app.api.origins import may_see
from app.domain import Language
from app.excerpt import DocumentNotFound, OutOfRange, described, excerpt
from app.fault import Fault
from app.find import Finder
from app.portrait import portrait
from app.settings import Settings
from app.web import Respondent
from app.web.card import card_of
from ingest.errors import IndexUnusable, OwnerError

_Offset = Annotated[int | None, Query(ge=0, le=2**31)]


class SearchBody(BaseModel):
    """What to look for in a profile's documents."""

    model_config = ConfigDict(extra="forbid", strict=True)

    profile: Annotated[str, Field(min_length=1, max_length=200)]
    query: str
    limit: Annotated[int, Field(ge=1, le=50)] = 5


def record_routes(settings: Settings, respondent: Respondent) -> APIRouter:
    """The routes, below ``/v1``."""
    router = APIRouter()
    library, finder = respondent.library, Finder(respondent.library)

    @router.get("/profiles")
    def profiles(request: Request) -> JSONResponse:
        slugs = [slug for slug in library.slugs() if may_see(request, slug)]
        return JSONResponse({"profiles": [_entry(respondent, slug) for slug in slugs]})

    @router.get("/profiles/{slug}")
    def profile(slug: str, language: Language | None = None) -> JSONResponse:
        try:
            return JSONResponse(portrait(respondent, slug, language))
        except FORESEEN as error:
            raise told(error, slug, library) from error

    @router.get("/profiles/{slug}/documents")
    def documents(slug: str) -> JSONResponse:
        try:
            record = library.open(slug).record
        except FORESEEN as error:
            raise told(error, slug, library) from error
        listed = [described(document) for document in record.documents]
        return JSONResponse({"profile": slug, "fingerprint": record.fingerprint, "documents": listed})

    @router.get("/profiles/{slug}/documents/{document:path}")
    def document(slug: str, document: str, start: _Offset = None, end: _Offset = None) -> JSONResponse:
        try:
            found = excerpt(library.open(slug).record, document, start, end)
        except DocumentNotFound as error:
            raise Fault(404, "not_found", "unknown_document", str(error)) from error
        except OutOfRange as error:
            raise Fault(416, "invalid_request", "span_out_of_range", str(error)) from error
        except FORESEEN as error:
            raise told(error, slug, library) from error
        return JSONResponse({"profile": slug, **found.to_json()})

    @router.post("/search")
    def search(body: SearchBody) -> JSONResponse:
        _check_query(body.query, settings.question_chars)
        try:
            return JSONResponse(finder.find(body.profile, body.query, body.limit).to_json())
        except FORESEEN as error:
            raise told(error, body.profile, library) from error

    return router


def _check_query(query: str, most: int) -> None:
    if not query.strip():
        raise Fault(400, "invalid_request", "query_refused", "the query is empty; write what to look for")
    if len(query) > most:
        words = f"the query has {len(query)} characters, at most {most} are read; look for less at once"
        raise Fault(413, "invalid_request", "query_too_long", words)


def _entry(respondent: Respondent, slug: str) -> dict[str, Any]:
    """A line of the list of profiles; one that cannot answer is named, and not ready."""
    library = respondent.library
    try:
        profile = library.profile(slug)
    except OwnerError:
        return {"slug": slug, "name": None, "role": None, "language": None, "ready": False}
    try:
        posts, ready = card_of(library.open(slug), "en").posts, True
    except (IndexUnusable, OwnerError):
        posts, ready = (), False
    language = profile.languages[0] if profile.languages else "en"
    role = posts[0].text if posts else None
    return {"slug": slug, "name": profile.name, "role": role, "language": language, "ready": ready}
