"""Who sent a request, as everything behind the door knows it."""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["key", "session", "anonymous"]
_STATE = "caller"
UNKNOWN = "unknown"
"""The address of whoever has none, on a Unix socket for instance."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; of a visitor nothing but the address is known."""

    kind: Kind
    id: str
    """Of the key, or of the session; empty where there is neither."""
    address: str
    """The visitor's, as far as the configured proxies can be believed."""
    is_here: bool = False
    """Whether it is somebody at this machine, with nothing in between."""
    profiles: frozenset[str] | None = None
    """The only profiles that the key is for; ``None``: every one."""

    def may_ask(self, slug: str) -> bool:
        """Whether ``slug`` is among the profiles that the key is for."""
        return self.profiles is None or slug in self.profiles


def caller_of(scope: Mapping[str, Any]) -> Caller:
    """Who sent the request of this ASGI scope; where nobody has looked yet, somebody at the address it came from."""
    found = scope.get("state", {}).get(_STATE)
    if isinstance(found, Caller):
        return found
    client = scope.get("client")
    return Caller("anonymous", "", client[0] if client else UNKNOWN)


def remember(scope: MutableMapping[str, Any], caller: Caller) -> None:
    """Lets ``caller_of`` find ``caller``."""
    scope.setdefault("state", {})[_STATE] = caller
