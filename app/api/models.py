"""``GET /v1/models``: the profiles that answer, as the OpenAI wire format lists models."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from app.api.errors import FORESEEN, told
from app.api.origins import may_see
from app.library import Library
from ingest.errors import IndexUnusable, OwnerError
from ingest.index import Index


def model_routes(library: Library) -> APIRouter:
    """The routes, below ``/v1``."""
    router = APIRouter()

    @router.get("/models")
    def models(request: Request) -> JSONResponse:
        found = (_opened(library, slug) for slug in library.slugs() if may_see(request, slug))
        return JSONResponse({"object": "list", "data": [_model(index) for index in found if index is not None]})

    @router.get("/models/{slug}")
    def model(slug: str) -> JSONResponse:
        try:
            return JSONResponse(_model(library.open(slug)))
        except FORESEEN as error:
            raise told(error, slug, library) from error

    return router


def _opened(library: Library, slug: str) -> Index | None:
    """The index; none where it cannot be used, because such a model would not answer."""
    try:
        return library.open(slug)
    except (IndexUnusable, OwnerError):
        return None


def _model(index: Index) -> dict[str, Any]:
    profile = index.record.profile
    created = int(datetime.fromisoformat(index.manifest.created).timestamp())
    return {
        "id": profile.slug,
        "object": "model",
        "created": created,
        "owned_by": "vivavoce",
        "name": profile.name,
        "description": f"Answers about {profile.name} from the documents, with sources.",
    }
