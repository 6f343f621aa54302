"""Under which names this server answers, so that no page can have its own name lead here (DNS rebinding) and read what it should not."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.access.address import host_in, is_loopback, read_address
from app.fault import Fault
from app.settings import Settings

_TELLS_ITSELF = ("/mcp", "/mcp/")
"""What lies there asks ``Names`` itself, and refuses in words that its clients show."""


class Names:
    """The names of this server.

    One that listens on loopback, or was told its names, answers to these, to those of this machine, and to bare addresses: a page that was
    reached under an address is a page of that address, which nobody can have lead elsewhere.
    """

    def __init__(self, settings: Settings) -> None:
        self._own = frozenset(name.lower() for name in (settings.host, *settings.hosts))
        self._is_strict = bool(settings.hosts) or is_loopback(settings.host)

    def answer_to(self, host: str | None) -> bool:
        """Whether a request for ``host`` (the header, with its port) is meant for this server."""
        name = host_in(f"//{host or ''}")
        return not self._is_strict or self.are(name) or (name is not None and read_address(name) is not None)

    def are(self, name: str | None) -> bool:
        """Whether ``name`` is one of them, or one of this machine."""
        return name in self._own or is_loopback(name)


class Hosts:
    """ASGI middleware; refuses requests that name another host, whatever they ask for."""

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers what is refused itself and hands on the rest."""
        if scope["type"] != "http" or scope["path"] in _TELLS_ITSELF:
            await self._app(scope, receive, send)
            return
        host = Headers(scope=scope).get("host")
        if self._names.answer_to(host):
            await self._app(scope, receive, send)
        else:
            await Fault(421, "invalid_request", "unknown_host", not_ours(host)).response(scope, receive, send)


def not_ours(host: str | None) -> str:
    """What is said to whoever asks for another name."""
    name = host_in(f"//{host or ''}")
    return f"this server does not go by the name {name!r}; whoever runs it can add it to VIVAVOCE_HOSTS"


def needs_a_pass(settings: Settings) -> bool:
    """Whether a question needs a key or a session: unless it is set, where others than this machine are meant to reach the server."""
    if settings.api_keys_required is not None:
        return settings.api_keys_required
    return bool(settings.hosts or settings.proxies) or not is_loopback(settings.host)
