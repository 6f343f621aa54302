"""``GET /v1/openapi.json``: every route below ``/v1`` with what it takes, gives and refuses (OpenAPI 3.1)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema
from starlette.responses import JSONResponse

from app.api import shapes
from app.domain import Answer
from app.library import Library

_REFERENCES = "#/components/schemas/{model}"
_ABOUT = """Ask the record of a researcher; every sentence of an answer cites the exact characters of a document that bear it out.

Errors have one shape, `{"error": {"message", "type", "code"}}`. `429` and `503` carry `Retry-After`. A request that names an `Origin` other than this
server's own is answered only where the profile lists that origin, and gets `403 origin_not_allowed` else. Where the server can be reached from
elsewhere, questions need a pass as `Authorization: Bearer`: a program a key, a page the token of `POST /v1/session`; else they get `401`. A request for
a name that is not the server's gets `421`. Streams are server-sent events: a comment at
least every 15 seconds, `data: [DONE]` at the end, and an error object before it where the answer broke off."""
_ERRORS = {
    400: "What is asked for is not done here, or the question cannot be taken.",
    401: "A pass is needed, or the one that was sent does not work (any more).",
    403: "The page that asks is not listed by the owner of the profile, or the key is not for it.",
    404: "There is no such profile or document; the message names the near ones.",
    413: "It is too long.",
    416: "The span does not lie inside the document.",
    422: "The body or the address is not as described; the message names the key.",
    429: "Too many requests of one address, session or key, or about one profile; `Retry-After` says when to come back.",
    500: "Something went wrong here; the message has a number that stands in the server's log.",
    503: "Too much is under way, or the record cannot be read at present; `Retry-After` says when to come back.",
}


@dataclass(frozen=True, slots=True)
class Route:
    """What is said of one route."""

    summary: str
    gives: type[Any] | None
    """The JSON object; ``None`` where it gives something else."""
    errors: tuple[int, ...]
    status: int = 200
    types: tuple[str, ...] = ()
    """Media types that it may give besides."""
    examples: Mapping[str, Any] | None = None
    """Bodies to try, by name."""


_SOMEBODY = "a-profile"
"""Stands in the examples for the slug of a profile."""
_EXAMPLES = {"document": "cv.md", "page": 1, "suffix": "bib"}
_QUESTION = "Where do they work now?"
_ASKED = {"profile": _SOMEBODY, "question": _QUESTION}
_CHAT = {"model": _SOMEBODY, "messages": [{"role": "user", "content": _QUESTION}]}
_STREAM = ("text/event-stream",)
_OF_PROFILE = (403, 404, 503)
_OF_QUESTION = (400, 403, 404, 413, 422, 429, 503)
ROUTES: Mapping[tuple[str, str], Route] = {
    ("post", "/session"): Route(
        "Get the token with which a page asks; for browsers, which name their `Origin`",
        shapes.Session,
        (403,),
        status=201,
    ),
    ("post", "/ask"): Route(
        "Ask a question; with `stream` the events `retrieved`, `sentence` and `finished`",
        Answer,
        _OF_QUESTION,
        types=_STREAM,
        examples={"whole": _ASKED, "stream": {**_ASKED, "stream": True}},
    ),
    ("post", "/chat/completions"): Route(
        "Ask a question in the OpenAI wire format; the model is the slug of a profile",
        shapes.ChatCompletion,
        _OF_QUESTION,
        types=_STREAM,
        examples={"whole": _CHAT, "stream": {**_CHAT, "stream": True, "stream_options": {"include_usage": True}}},
    ),
    ("get", "/models"): Route("List the profiles that answer, as models", shapes.Models, (403,)),
    ("get", "/models/{slug}"): Route("One profile, as a model", shapes.Model, _OF_PROFILE),
    ("post", "/search"): Route(
        "Find passages and facts",
        shapes.Found,
        _OF_QUESTION,
        examples={"search": {"profile": _SOMEBODY, "query": "awards and prizes", "limit": 3}},
    ),
    ("get", "/profiles"): Route("List the profiles", shapes.Profiles, (403,)),
    ("get", "/profiles/{slug}"): Route("One profile, and what can be asked", shapes.Profile, (*_OF_PROFILE, 422)),
    ("get", "/profiles/{slug}/documents"): Route("The documents of a profile", shapes.Sources, _OF_PROFILE),
    ("get", "/profiles/{slug}/documents/{document}"): Route(
        "The text of a document, or the exact characters of a span", shapes.Excerpt, (403, 404, 416, 422, 503)
    ),
    ("get", "/profiles/{slug}/documents/{document}/pages/{page}"): Route(
        "The picture of a page", None, (403, 404, 422, 503), types=("image/png",)
    ),
    ("get", "/profiles/{slug}/publications"): Route(
        "The publications, filtered", shapes.Publications, (403, 404, 422, 503)
    ),
    ("get", "/profiles/{slug}/publications.{suffix}"): Route(
        "The publications as a file: json, bib, csv or csl.json",
        None,
        (403, 404, 422, 503),
        types=("application/json", "application/x-bibtex", "text/csv", "application/vnd.citationstyles.csl+json"),
    ),
    ("get", "/profiles/{slug}/photo"): Route(
        "The photo of the person", None, (403, 404), types=("image/png", "image/jpeg", "image/webp")
    ),
    ("post", "/match"): Route("Hold a job description against a record", shapes.MatchReport, _OF_QUESTION),
    ("post", "/match/view"): Route("The same as the page shows it, for a file as well", shapes.MatchView, _OF_QUESTION),
    ("post", "/feedback"): Route("Say what an answer was worth", shapes.Kept, _OF_QUESTION, status=201),
    ("get", "/openapi.json"): Route("This description", None, (403,), types=("application/json",)),
}


def add_openapi(api: FastAPI, library: Library) -> None:
    """Adds the route to ``api``, which describes all that ``api`` has by then; its examples are about who is there."""

    @api.get("/openapi.json")
    def openapi() -> JSONResponse:
        return JSONResponse(description(api, next(iter(library.slugs()), _SOMEBODY)))


def description(api: FastAPI, slug: str) -> dict[str, Any]:
    """The OpenAPI object of ``api``, which is mounted at ``/v1``, with ``slug`` in its examples."""
    found = get_openapi(
        title="Vivavoce",
        version=_version(),
        description=_ABOUT,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        routes=api.routes,
    )
    found["paths"] = {
        f"/v1{path.replace(':path', '')}": {
            method: _operation(operation, ROUTES[method, path.replace(":path", "")], slug)
            | {"operationId": f"{method}{re.sub('[^a-z]+', '_', path).rstrip('_')}"}
            for method, operation in methods.items()
        }
        for path, methods in found["paths"].items()
    }
    schemas = found["components"]["schemas"]
    for generated in ("HTTPValidationError", "ValidationError"):
        schemas.pop(generated, None)
    schemas.update(_schemas(ROUTES.values()))
    return found


def _operation(operation: dict[str, Any], route: Route, slug: str) -> dict[str, Any]:
    """What FastAPI found of a route, completed."""
    content: dict[str, Any] = {media_type: {} for media_type in route.types}
    if route.gives is not None:
        content["application/json"] = {"schema": {"$ref": _REFERENCES.format(model=route.gives.__name__)}}
    told = operation | {
        "summary": route.summary,
        "responses": {str(route.status): {"description": "Done.", "content": content}},
    }
    for status in (*route.errors, 401, 500):
        told["responses"][str(status)] = _refusal(status)
    body = told.get("requestBody", {}).get("content", {}).get("application/json")
    if body is not None and route.examples:
        body["examples"] = {
            name: {"value": {k: slug if v == _SOMEBODY else v for k, v in value.items()}}
            for name, value in route.examples.items()
        }
    for parameter in told.get("parameters", ()):
        if parameter["in"] == "path":
            parameter["example"] = slug if parameter["name"] == "slug" else _EXAMPLES[parameter["name"]]
    return told


def _refusal(status: int) -> dict[str, Any]:
    error = {"schema": {"$ref": _REFERENCES.format(model="Error")}}
    told: dict[str, Any] = {"description": _ERRORS[status], "content": {"application/json": error}}
    if status in {429, 503}:
        told["headers"] = {"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}
    return told


def _schemas(routes: Iterable[Route]) -> dict[str, Any]:
    """The JSON schemas of what routes give and of the error."""
    models: list[type[BaseModel]] = [shapes.Error]
    models += [route.gives for route in routes if route.gives is not None and issubclass(route.gives, BaseModel)]
    _, found = models_json_schema([(model, "validation") for model in models], ref_template=_REFERENCES)
    answer = TypeAdapter(Answer).json_schema(ref_template=_REFERENCES)
    inner = answer.pop("$defs", {})
    schemas: dict[str, Any] = found["$defs"] | inner | {"Answer": answer}
    return schemas


def _version() -> str:
    try:
        return version("vivavoce")
    except PackageNotFoundError:
        return "0"
