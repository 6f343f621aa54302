"""Runs the web application: one worker on one socket, one line when it is ready, a stop that does not hang."""

import errno
import socket
import sys
import threading
from collections import deque
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version

import uvicorn

from app.domain import Turn
from app.errors import AskError, ConfigurationError
from app.settings import Settings
from app.web import Respondent
from ingest.errors import IngestError

GRACE_S = 8
"""How long a stop waits for answers under way; an open tab would hold it for ever."""


def serve(settings: Settings, assistant: Respondent) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises:
        ConfigurationError: the address cannot be listened on; nothing was started.
    """
    listener = _listen(settings.host, settings.port)
    # Gradio takes seconds to import; a port that is taken should not.
    from app.api import create_app

    config = uvicorn.Config(
        create_app(settings, assistant),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        workers=1,
    )
    server = _Announced(config, _greeting(settings, len(assistant.library.slugs())))
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()


class _Announced(uvicorn.Server):
    """Says where it is once it answers."""

    def __init__(self, config: uvicorn.Config, line: str) -> None:
        super().__init__(config)
        self._line = line

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, then the line."""
        await super().startup(sockets=sockets)
        if self.started:
            sys.stderr.write(self._line)
            sys.stderr.flush()


def _warm_up(assistant: Respondent) -> None:
    """Opens every index and asks it something that costs nothing, so that no visitor waits for that."""
    for slug in assistant.library.slugs():
        with suppress(AskError, IngestError):
            assistant.suggestions(slug)
            deque(assistant.ask(slug, [Turn("user", "hello")]), maxlen=0)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} is in use; choose another with --port"
        elif error.errno == errno.EACCES:
            message = f"port {port} needs more rights than this process has; choose one above 1023 with --port"
        else:
            message = f"cannot listen on {host!r}: {error.strerror or error}; choose another with --host"
        raise ConfigurationError(message) from error


def _greeting(settings: Settings, profiles: int) -> str:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    people = "1 profile" if profiles == 1 else f"{profiles} profiles"
    mode = f"model {settings.model_name}" if settings.asks_a_model else "offline mode (no model configured)"
    return f"Vivavoce {_version()}: {people}, {mode}, http://{host}:{settings.port}\n"


def _version() -> str:
    try:
        return version("vivavoce")
    except PackageNotFoundError:
        return "from source"
