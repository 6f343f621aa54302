"""``POST /v1/session``: a token for the page that asks."""

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from app.access.session import Tokens
from app.fault import Fault

NO_STORE = {"cache-control": "no-store"}


def session_routes(tokens: Tokens) -> APIRouter:
    """The route, below ``/v1``; whose pages may ask is seen to by ``Origins``."""
    router = APIRouter()

    @router.post("/session")
    async def session(request: Request) -> JSONResponse:
        origin = request.headers.get("origin")
        if origin is None:
            words = "sessions are for pages, whose browsers send an Origin; a program asks with a key of 'vivavoce keys add'"
            raise Fault(403, "forbidden", "no_origin", words)
        return JSONResponse({"token": tokens.issue(origin), "expires_in": tokens.lifetime_s}, 201, NO_STORE)

    return router
