"""Which other pages' browsers are answered: by default none; for each profile those that its owner lists, to the letter.

A browser names the origin of the page that asks (Fetch standard, section 3.2); what sends no ``Origin`` is no page. The origin of this server's
own pages is its own. Everything below ``/v1`` passes here, so that a route cannot forget it.
"""

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access import caller_of
from app.access.acts import PREFIX, profile_asked
from app.fault import Fault
from app.library import Library
from ingest.errors import OwnerError

MAX_AGE_S = 600
_DEFAULT_PORTS = {"http": 80, "https": 443}
_METHODS = "GET, POST"
_STATE = "origin_profiles"


class Origins:
    """ASGI middleware; adds the headers that a listed page needs, and refuses every other before the route is reached."""

    def __init__(self, app: ASGIApp, library: Library) -> None:
        self._app = app
        self._library = library

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers preflights and refusals itself and hands on the rest."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        varied = _adding(send, {})
        if origin is None or is_own(origin, headers):
            await self._app(scope, receive, varied)
            return
        listing = await run_in_threadpool(listing_profiles, self._library, origin)
        if not listing:
            await _refused(origin)(scope, receive, varied)
            return
        allowed = {"access-control-allow-origin": origin, "access-control-expose-headers": "retry-after"}
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight(allowed)(scope, receive, varied)
            return
        slug, receive = await profile_asked(scope, receive)
        if slug is not None and slug not in listing and slug in self._library.slugs():
            await _refused(origin)(scope, receive, varied)
            return
        scope.setdefault("state", {})[_STATE] = listing
        await self._app(scope, receive, _adding(send, allowed))


def may_see(request: Request, slug: str) -> bool:
    """Whether a list may name ``slug`` to whoever asks: to another page only where the profile lists it, to a key only where it is for it."""
    listing: frozenset[str] | None = request.scope.get("state", {}).get(_STATE)
    return (listing is None or slug in listing) and caller_of(request.scope).may_ask(slug)


def listing_profiles(library: Library, origin: str) -> frozenset[str]:
    """The profiles whose owners list ``origin``; a profile that cannot be read lists none."""
    return frozenset(slug for slug in library.slugs() if origin in origins_of(library, slug))


def origins_of(library: Library, slug: str) -> frozenset[str]:
    """The origins that the owner of ``slug`` lists, as browsers spell them; what is no origin, ``*`` or ``null``, is left out."""
    try:
        listed = library.profile(slug).origins
    except OwnerError:
        return frozenset()
    return frozenset(spelt for entry in listed if (spelt := serialized(entry)) is not None)


def serialized(entry: str) -> str | None:
    """An origin as browsers spell it (HTML standard, serialization of an origin); ``None`` for what is none."""
    try:
        parts = urlsplit(entry.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    is_bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or parts.username or parts.password)
    if parts.scheme not in _DEFAULT_PORTS or not host or not is_bare or "*" in host:
        return None
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}" + ("" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}")


def is_own(origin: str, headers: Headers) -> bool:
    """Whether ``origin`` is that of this server: the browser says so, or the host is the one that was asked.

    The scheme is not compared, because a proxy in front may have ended the encryption.
    """
    if headers.get("sec-fetch-site") == "same-origin":
        return True
    try:
        ours, theirs = urlsplit(f"//{headers.get('host', '')}"), urlsplit(origin)
        default = _DEFAULT_PORTS.get(theirs.scheme)
        return bool(ours.hostname) and (ours.hostname, ours.port or default) == (
            theirs.hostname,
            theirs.port or default,
        )
    except ValueError:
        return False


def _refused(origin: str) -> Response:
    words = (
        f"pages of {origin!r} may not ask here; the owner of a profile lists them in profile.toml under [embed] origins"
    )
    return Fault(403, "forbidden", "origin_not_allowed", words).response


def _preflight(allowed: dict[str, str]) -> Response:
    headers = {
        **allowed,
        "access-control-allow-methods": _METHODS,
        "access-control-allow-headers": "content-type, authorization",
        "access-control-max-age": str(MAX_AGE_S),
    }
    return Response(status_code=204, headers=headers)


def _adding(send: Send, more: dict[str, str]) -> Send:
    """``send`` with these headers in every response, and with ``Vary``, so that no cache gives one page another's."""

    async def adding(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if "origin" not in headers.get("vary", "").lower():
                headers.add_vary_header("Origin")
            headers.update(more)
        await send(message)

    return adding
