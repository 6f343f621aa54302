"""The server over standard input and output, for one client that started this process."""

import asyncio
import os
import signal
import sys
from types import FrameType
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server


def serve_stdio(server: Server[Any]) -> None:
    """Answers until standard input ends, or SIGTERM or SIGINT ends the process; nothing but the protocol is written to standard output."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _leave)
    try:
        asyncio.run(_serve(server))
    except* BrokenPipeError:
        pass  # The client is gone, and with it whoever could be told.


async def _serve(server: Server[Any]) -> None:
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends at once: a thread that waits for a line of standard input cannot be ended otherwise."""
    sys.stderr.flush()
    os._exit(0)
