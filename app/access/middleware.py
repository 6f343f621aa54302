"""Finds out who calls, and refuses what is forged, revoked, expired, or asks without a pass where one is needed."""

import logging
import sqlite3

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.access.acts import PREFIX, act_of, profile_asked
from app.access.address import Proxies, Visitor
from app.access.caller import Caller, remember
from app.access.keys import PREFIX as KEY_PREFIX
from app.access.keys import Keys
from app.access.session import PREFIX as TOKEN_PREFIX
from app.access.session import TokenRefused, Tokens
from app.fault import Fault

_MCP = ("/mcp", "/mcp/")
_LOG = logging.getLogger(__name__)


class Access:
    """ASGI middleware; below ``/v1`` and at ``/mcp`` it reads passes, everywhere it finds out the address."""

    def __init__(self, app: ASGIApp, keys: Keys, tokens: Tokens, proxies: Proxies, needs_a_pass: bool) -> None:
        self._app = app
        self._keys = keys
        self._tokens = tokens
        self._proxies = proxies
        self._needs_a_pass = needs_a_pass

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers refusals itself and hands on the rest, with ``caller_of(scope)`` known, and the visitor's address and scheme in place."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        visitor = self._proxies.visitor(scope)
        scope["client"] = (visitor.address, 0)
        scope["scheme"] = visitor.scheme or scope["scheme"]
        try:
            caller = await self._caller(scope, visitor)
            remember(scope, caller)
            if caller.profiles is not None and scope["path"].startswith(PREFIX):
                slug, receive = await profile_asked(scope, receive)
                if slug is not None and not caller.may_ask(slug):
                    raise Fault(403, "forbidden", "profile_not_allowed", f"this key is not for the profile {slug!r}")
        except Fault as fault:
            await fault.response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _caller(self, scope: Scope, visitor: Visitor) -> Caller:
        path, method = scope["path"], scope["method"]
        nobody = Caller("anonymous", "", visitor.address, visitor.is_here)
        if not path.startswith(PREFIX) and path not in _MCP:
            return nobody
        headers = Headers(scope=scope)
        scheme, _, given = headers.get("authorization", "").strip().partition(" ")
        caller = None
        if scheme.lower() == "bearer":
            caller = await self._with_pass(given.strip(), headers.get("origin"), visitor)
        asks = path in _MCP or act_of(method, path) == "question"
        if caller is None and asks and self._needs_a_pass:
            raise _pass_needed(bool(given), "origin" in headers)
        return caller or nobody

    async def _with_pass(self, given: str, origin: str | None, visitor: Visitor) -> Caller | None:
        """Whoever holds ``given``; ``None`` where it is no pass of ours at all: clients send any word where no key is needed."""
        if given.startswith(TOKEN_PREFIX):
            try:
                session = self._tokens.session(given, origin)
            except TokenRefused as error:
                raise _unauthorized("invalid_session", str(error)) from error
            return Caller("session", session, visitor.address, visitor.is_here)
        if not given.startswith(KEY_PREFIX):
            return None
        try:
            key = await run_in_threadpool(self._keys.find, given)
        except sqlite3.Error as error:
            _LOG.error("the keys cannot be read: %s", error)
            words = "keys cannot be read at present; whoever runs this server sees why in its log"
            raise Fault(503, "unavailable", "keys_unreadable", words, {"Retry-After": "60"}) from error
        if key is None:
            words = "this key does not work here; 'vivavoce keys list' tells whoever runs this server which ones do"
            raise _unauthorized("invalid_key", words)
        return Caller("key", key.id, visitor.address, visitor.is_here, key.profiles)


def _pass_needed(has_given: bool, is_page: bool) -> Fault:
    if is_page:
        return _unauthorized(
            "session_needed", "ask POST /v1/session for a token and send it as 'Authorization: Bearer'"
        )
    if has_given:
        return _unauthorized(
            "invalid_key", "this is no key of this server; whoever runs it makes one with 'vivavoce keys add'"
        )
    words = (
        "a key is needed, as 'Authorization: Bearer KEY'; whoever runs this server makes one with 'vivavoce keys add'"
    )
    return _unauthorized("key_needed", words)


def _unauthorized(code: str, words: str) -> Fault:
    return Fault(401, "unauthorized", code, words, {"WWW-Authenticate": 'Bearer realm="vivavoce"'})
