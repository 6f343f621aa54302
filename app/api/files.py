"""What can be fetched of a profile as a file: pictures of pages, lists of publications."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app.api.errors import FORESEEN, told
from app.fault import Fault
from app.library import Library
from app.record.query import PublicationsQuery, publications_file
from app.web.pageimage import PageNotFound, page_image


def file_routes(library: Library) -> APIRouter:
    """The routes, below ``/v1``."""
    router = APIRouter()

    @router.get("/profiles/{slug}/documents/{document:path}/pages/{page}")
    def picture(slug: str, document: str, page: int, request: Request) -> Response:
        try:
            found = page_image(library, slug, document, page)
        except PageNotFound as error:
            raise Fault(404, "not_found", "no_page_image", str(error)) from error
        except FORESEEN as error:
            raise told(error, slug, library) from error
        # Kept by the browser but asked for anew, so that what an owner withdraws is not shown from memory.
        headers = {"etag": f'"{found.digest}"', "cache-control": "private, no-cache"}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(found.content, media_type=found.media_type, headers=headers)

    @router.get("/profiles/{slug}/publications")
    def listed(slug: str, query: Annotated[PublicationsQuery, Query()]) -> Response:
        return _publications(library, slug, "json", query)

    @router.get("/profiles/{slug}/publications.{suffix}")
    def written(slug: str, suffix: str, query: Annotated[PublicationsQuery, Query()]) -> Response:
        return _publications(library, slug, suffix, query)

    return router


def _publications(library: Library, slug: str, suffix: str, query: PublicationsQuery) -> Response:
    try:
        found = publications_file(library, slug, suffix, query)
    except FORESEEN as error:
        raise told(error, slug, library) from error
    if found is None:
        words = f"no {suffix!r} of publications; there are .json, .bib, .csv, .csl.json"
        raise Fault(404, "not_found", "unknown_format", words)
    headers = {"cache-control": "private, no-cache"}
    if suffix != "json":
        headers["content-disposition"] = f'attachment; filename="{found.name}"'
    return Response(found.text, media_type=found.media_type, headers=headers)
