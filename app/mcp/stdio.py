"""The server over standard input and output, for one client that started this process."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server


def serve_stdio(server: Server[Any]) -> NoReturn:
    """Answers until standard input ends, or SIGTERM or SIGINT; then the process ends.

    Nothing but the protocol is written to standard output.
    """
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _signalled)
    try:
        asyncio.run(_serve(server))
    except* BrokenPipeError:
        pass  # The client is gone, and with it whoever could be told.
    _leave()


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _signalled(number: int, frame: FrameType | None) -> None:
    _leave()


def _leave() -> NoReturn:
    """Ends at once: a thread that waits for a line cannot be ended otherwise, and one that reads documents
    would find the interpreter taken down around it. What is written on disk is kept whole against a kill.
    """
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(0)
