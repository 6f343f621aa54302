"""What other people's pages load: the widget's one file, and the page that shows the chat in a frame."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, JSONResponse, Response

from app.errors import ConfigurationError
from app.fault import Fault
from app.library import Library
from app.web.words import InterfaceLanguage
from app.widget.line import Line, base_address, embed_section, version, widget
from app.widget.panel import ASSETS, POLICY, asset, panel_page
from ingest.domain import Profile
from ingest.errors import OwnerError, ProfileNotFound

_SHORT = Annotated[str, Field(max_length=200)] | None
_SCRIPT = {
    # Anybody may load the file, which holds nothing of anybody; with ``integrity`` browsers ask for it under CORS.
    "access-control-allow-origin": "*",
    "cross-origin-resource-policy": "cross-origin",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


class _Chosen(BaseModel):
    """How the chat is to look; an unknown name is an error."""

    model_config = ConfigDict(extra="forbid")

    heading: _SHORT = None
    greeting: Annotated[str, Field(max_length=1_000)] | None = None
    suggestions: Annotated[str, Field(max_length=1_000)] | None = None
    language: Annotated[str, Field(pattern=r"^[A-Za-z-]{2,16}$")] | None = None
    theme: Annotated[str, Field(pattern="^(auto|light|dark)$")] | None = None
    color: _SHORT = None
    position: Annotated[str, Field(pattern="^(left|right)$")] | None = None
    label: _SHORT = None
    open: _SHORT = None


class Looks(_Chosen):
    """What the address of the frame says of the chat in it."""

    mode: Annotated[str, Field(pattern="^(page|launcher)$")] = "page"


class Chosen(_Chosen):
    """What lines are asked for: how the chat looks, and the address at which visitors reach this server."""

    base: Annotated[str, Field(max_length=300)]


def widget_routes(library: Library, origins_of: Callable[[Library, str], Iterable[str]]) -> APIRouter:
    """The routes, at the top of the server; ``origins_of`` a profile are the pages that may show it in a frame."""
    router = APIRouter()

    @router.api_route("/widget/v1/vivavoce.js", methods=["GET", "HEAD"])
    def script(request: Request, v: str | None = None) -> Response:
        kept = "max-age=31536000, immutable" if v == version() else "max-age=600"
        headers = {"etag": f'"{version()}"', "cache-control": f"public, {kept}", **_SCRIPT}
        if headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(widget(), media_type="text/javascript", headers=headers)

    @router.get("/widget/v1/{name}")
    def asset_of_panel(name: str) -> Response:
        if name not in ASSETS:
            raise Fault(404, "not_found", "not_found", "there is nothing here")
        return Response(asset(name), media_type=ASSETS[name], headers={"cache-control": "no-cache"})

    @router.get("/embed/{slug}")
    def embed(slug: str, looks: Annotated[Looks, Query()]) -> Response:
        profile = _known(library, slug)
        if isinstance(profile, Response):
            return profile
        return HTMLResponse(_page(profile, looks), headers=_headers(sorted(origins_of(library, slug))))

    @router.get("/embed/{slug}/panel")
    def panel(slug: str, language: InterfaceLanguage = "en") -> Response:
        profile = _known(library, slug)
        if isinstance(profile, Response):
            return profile
        headers = {"content-security-policy": POLICY, "cache-control": "no-cache"}
        return HTMLResponse(panel_page(profile, language), headers=headers)

    @router.get("/embed/{slug}/lines")
    def lines(slug: str, chosen: Annotated[Chosen, Query()]) -> Response:
        profile = _known(library, slug)
        if isinstance(profile, Response):
            return profile
        given = {k: v for k, v in chosen.model_dump(exclude={"base"}).items() if v is not None}
        try:
            line = Line(base_address(chosen.base), profile.slug, profile.name, given)
        except ConfigurationError as error:
            raise Fault(422, "invalid_request", "invalid_query", "base: this is no address of a server") from error
        names = ("script", "pinned", "element", "frame", "policy", "frame_policy")
        written = {name: getattr(line, name) for name in names}
        return JSONResponse(written | {"origins": embed_section(tuple(sorted(origins_of(library, slug))))})

    return router


def _known(library: Library, slug: str) -> Profile | Response:
    """The profile, or a page that says why there is none."""
    try:
        return library.profile(slug)
    except ProfileNotFound:
        return _refused(f"There is no profile “{slug}” here.", 404)
    except OwnerError:
        return _refused(f"The profile “{slug}” cannot be read just now.", 503)


def _page(profile: Profile, looks: Looks) -> str:
    """The chat alone on a page; addresses are relative, so that it works below any path."""
    given = {"profile": profile.slug} | {k: v for k, v in looks.model_dump().items() if v is not None}
    attributes = " ".join(f'{name}="{escape(value)}"' for name, value in given.items())
    name = escape(profile.name)
    link = f'<a href="../?profile={quote(profile.slug, safe="")}" target="_blank" rel="noopener">{name}</a>'
    chat = f"<vivavoce-chat {attributes}>{link}</vivavoce-chat>"
    script = f'<script async src="../widget/v1/vivavoce.js?v={version()}"></script>'
    return _html(f"{name} · Vivavoce", script, chat, looks.language or "en")


def _refused(sentence: str, status: int) -> Response:
    return HTMLResponse(_html("Vivavoce", "", f"<p>{escape(sentence)}</p>", "en"), status, _headers(()))


def _html(title: str, head: str, body: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"{head}</head><body>{body}</body></html>"
    )


def _headers(origins: Iterable[str]) -> dict[str, str]:
    """Only the pages that the profile lists may show it in a frame, and this server's own."""
    ancestors = " ".join(("'self'", *origins))
    return {"content-security-policy": f"{_POLICY}; frame-ancestors {ancestors}", "cache-control": "no-cache"}
