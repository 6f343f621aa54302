"""``/health``, ``/ready`` and ``/metrics``: for whoever runs the server and what watches over it."""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import SecretStr
from starlette.responses import JSONResponse, Response

from app.fault import Fault
from app.observe import metrics
from app.observe.ready import Readiness, Ready

_RETRY_AFTER_S = "5"
_FRESH = {"cache-control": "no-store"}


def operator_routes(readiness: Readiness, token: SecretStr | None, now: Callable[[], datetime]) -> APIRouter:
    """The routes, at the top; without a ``token`` there are no metrics."""
    router = APIRouter()

    @router.get("/health")
    def health() -> dict[str, Any]:
        return {"status": "ok", "profiles": list(readiness.library.slugs())}

    @router.get("/ready")
    def ready() -> JSONResponse:
        found = readiness.look()
        headers = _FRESH if found.answers else _FRESH | {"Retry-After": _RETRY_AFTER_S}
        return JSONResponse(found.to_json(), 200 if found.answers else 503, headers)

    @router.get("/metrics")
    def exposition(request: Request) -> Response:
        if token is None:
            raise Fault(404, "not_found", "not_found", "there is nothing here")
        if not _is(token, request.headers.get("authorization", "")):
            challenge = {"WWW-Authenticate": "Bearer"}
            raise Fault(401, "unauthorized", "unauthorized", "send the token of the metrics as a bearer", challenge)
        _measure(readiness.look(), now())
        return Response(metrics.exposition(), headers=_FRESH, media_type=metrics.CONTENT_TYPE)

    return router


def _is(token: SecretStr, header: str) -> bool:
    kind, _, offered = header.partition(" ")
    wanted = token.get_secret_value().encode()
    return kind.lower() == "bearer" and hmac.compare_digest(offered.strip().encode(), wanted)


def _measure(found: Ready, now: datetime) -> None:
    """Takes over what is not counted but looked at."""
    metrics.version_is(found.version)
    for slug, state in found.profiles.items():
        metrics.index_is(slug, state.state, (now - state.made).total_seconds() if state.made else None)
    if found.model is not None:
        metrics.breaker_is(found.model.breaker)
        if found.model.budget_left is not None:
            metrics.budget_left(found.model.budget_left)
