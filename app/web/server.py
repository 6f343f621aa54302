"""Runs the web application: one worker on one socket, one line when it is ready, a stop that does not hang."""

import asyncio
import errno
import gc
import logging
import os
import signal
import socket
import sys
import threading
from collections import deque
from contextlib import suppress
from types import FrameType

import uvicorn

from app.domain import Turn
from app.errors import AskError, ConfigurationError
from app.observe.logs import set_up_logs
from app.observe.spans import open_tracing
from app.observe.stop import Stop
from app.observe.version import version
from app.settings import Settings
from app.web import Respondent
from ingest.errors import IngestError

DRAIN_S = 6.0
"""How long a stop lets answers under way come to their end, before they are told to."""
GRACE_S = 8
"""How long a stop waits for connections; an open tab would hold it for ever."""
LAST_S = 11.0
"""When a stop that has not come to its end, because a thread holds it, is ended."""
_LOOK_S = 0.05
_LOG = logging.getLogger(__name__)
_TOLD_S = 1.5
"""How long answers have to say that they end, until ``GRACE_S`` ends what has not."""


def serve(settings: Settings, assistant: Respondent) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises:
        ConfigurationError: the address cannot be listened on; nothing was started.
    """
    listener = _listen(settings.host, settings.port)
    set_up_logs(settings.log_level, settings.log_format, settings.secrets)
    stop = Stop()
    tracing = (
        open_tracing(settings.otlp_endpoint, settings.otlp_protocol, version()) if settings.otlp_endpoint else None
    )
    # Gradio takes seconds to import; a port that is taken should not.
    from app.api import create_app

    config = uvicorn.Config(
        create_app(settings, assistant, stop, tracing),
        log_config=None,
        access_log=False,
        # Which proxies are believed is said by `Settings.proxies`, not by uvicorn's own list.
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        workers=1,
    )
    server = _Server(config, _greeting(settings, len(assistant.library.slugs())), stop)
    warming = threading.Thread(target=_warm_up, args=(assistant, stop), daemon=True)
    warming.start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        return
    finally:
        listener.close()
        # An interpreter that ends while a thread is inside of a C++ library takes the process down with an abort.
        warming.join(LAST_S)
        if tracing is not None:
            tracing.close()
        _LOG.info("stopped")
        # The end of the process would look through all that was imported for what can be freed, for seconds.
        gc.freeze()


class _Server(uvicorn.Server):
    """Says where it is once it answers, and stops in good order."""

    def __init__(self, config: uvicorn.Config, line: str, stop: Stop) -> None:
        super().__init__(config)
        self._line = line
        self._stop = stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, then the line."""
        await super().startup(sockets=sockets)
        if self.started:
            sys.stderr.write(self._line)
            sys.stderr.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn's; but SIGTERM is how servers are stopped, and no failure, so that what must be closed behind this one is."""
        if sig == signal.SIGTERM and not self.should_exit:
            self.should_exit = True
        else:
            super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's, while answers come to their end, or are told to, and tabs are let go."""
        _LOG.info("stopping")
        last = threading.Timer(LAST_S, _leave)
        last.daemon = True
        last.start()
        draining = asyncio.create_task(self._drain())
        try:
            await super().shutdown(sockets)
        finally:
            draining.cancel()

    async def _drain(self) -> None:
        self._stop.announce()
        if await self._is_quiet(DRAIN_S):
            self._stop.hang_up()
            return
        self._stop.end()
        await self._is_quiet(_TOLD_S)
        self._stop.hang_up()

    async def _is_quiet(self, within_s: float) -> bool:
        """Whether, ``within_s`` at most, no answer is under way any more."""
        loop = asyncio.get_running_loop()
        until = loop.time() + within_s
        while self._stop.under_way and loop.time() < until:
            await asyncio.sleep(_LOOK_S)
        return not self._stop.under_way


def _leave() -> None:
    _LOG.warning("stopped before a thread came to its end")
    os._exit(0)


def _warm_up(assistant: Respondent, stop: Stop) -> None:
    """Opens every index and asks it something that costs nothing, so that no visitor waits for that."""
    for slug in assistant.library.slugs():
        if stop.is_announced:
            return
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
    return f"Vivavoce {version()}: {people}, {mode}, http://{host}:{settings.port}\n"
