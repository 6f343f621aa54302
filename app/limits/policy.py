"""Who may do what how often, out of the settings."""

from collections.abc import Iterator
from hashlib import sha256
from hmac import digest

from app.access import Caller
from app.access.acts import Act
from app.access.address import household
from app.limits.domain import DAY_S, HOUR_S, MINUTE_S, Window
from app.settings import Settings

_WHO_BYTES = 16


class Policy:
    """The limits of one installation.

    Somebody at the machine itself is not limited. A key has limits of its own and no others: its owner answers for the addresses behind it.
    Everybody else is limited by their address, whatever sessions they show, by their session, and together by the profile they ask.
    """

    def __init__(self, settings: Settings, key: bytes) -> None:
        """``key`` makes hashes of addresses that nobody else can make."""
        self._settings = settings
        self._key = key

    def windows(self, caller: Caller, act: Act, profile: str | None) -> tuple[Window, ...]:
        """What ``act`` of ``caller``, about ``profile`` where one is known, counts in; nothing: it is not limited."""
        if caller.is_here and caller.kind != "key":
            return ()
        return tuple(window for window in self._windows(caller, act, profile) if window.most)

    def _windows(self, caller: Caller, act: Act, profile: str | None) -> Iterator[Window]:
        s = self._settings
        if caller.kind == "key":
            key = self._who(act, "key", caller.id)
            yield Window("key", key, MINUTE_S, s.limit_key_minute)
            yield Window("key", key, DAY_S, s.limit_key_day)
            return
        address = self._who(act, "address", household(caller.address))
        yield Window("address", address, MINUTE_S, s.limit_address_minute)
        yield Window("address", address, DAY_S, s.limit_address_day)
        if act != "question":
            return
        if caller.kind == "session":
            session = self._who(act, "session", caller.id)
            yield Window("session", session, HOUR_S, s.limit_session_hour)
            yield Window("session", session, DAY_S, s.limit_session_day)
        if profile is not None:
            yield Window("profile", self._who(act, "profile", profile), DAY_S, s.limit_profile_day)

    def _who(self, *parts: str) -> str:
        joined = "\0".join(parts).encode("utf-8", "surrogatepass")
        return digest(self._key, joined, sha256)[:_WHO_BYTES].hex()
