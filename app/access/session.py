"""Session tokens for pages: signed, bound to the origin of the page and to a time, and kept nowhere.

A token is ``vvs1.`` and two base64url parts: a JSON object and its HMAC-SHA256 (RFC 2104). Whoever holds it can ask from the same origin until it
expires. It is no secret of anybody's, so a page may hold it: what it gives is a number to count by, which its holder cannot make up.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from app.access.secret import Secret

PREFIX = "vvs1."
_LONGEST = 1_000


class TokenRefused(Exception):
    """Forged, expired, or of another origin; the text says which, for whoever wrote the page."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes tokens and reads them."""

    secret: Secret
    lifetime_s: int
    now: Callable[[], float]
    """Seconds of the epoch."""

    def issue(self, origin: str) -> str:
        """A new token for pages of ``origin``."""
        held = {"o": origin, "x": int(self.now()) + self.lifetime_s, "n": secrets.token_urlsafe(12)}
        payload = _encoded(json.dumps(held, separators=(",", ":")).encode())
        return f"{PREFIX}{payload}.{_encoded(self._signature(payload))}"

    def session(self, token: str, origin: str | None) -> str:
        """The session that ``token`` stands for, sent by a page of ``origin``.

        Raises:
            TokenRefused: it stands for none.
        """
        payload, _, signature = token.removeprefix(PREFIX).partition(".")
        expected = _encoded(self._signature(payload)).encode()
        # Nothing of it is read before this; the time it takes does not tell how much of it is right.
        is_ours = hmac.compare_digest(expected, signature.encode("utf-8", "replace"))
        if len(token) > _LONGEST or not token.startswith(PREFIX) or not is_ours:
            raise TokenRefused("this session token was not made by this server; ask POST /v1/session for one")
        held = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        if held["x"] <= self.now():
            raise TokenRefused("this session has ended; ask POST /v1/session for another")
        if held["x"] > self.now() + self.lifetime_s:
            # Of a clock that went ahead, or of a longer time that was set before.
            raise TokenRefused("this session lasts longer than sessions do here; ask POST /v1/session for another")
        if held["o"] != origin:
            raise TokenRefused("this session is another page's; ask POST /v1/session for one of your own")
        return str(held["n"])

    def _signature(self, payload: str) -> bytes:
        return hmac.digest(self.secret.key("session"), payload.encode("utf-8", "replace"), hashlib.sha256)


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
