"""The verb ``mcp``; what is heavy is imported when it runs."""

import sys
import threading
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from app.domain import Turn
from app.errors import AskError
from app.shell.opening import all_slugs, complain, settings_of
from app.shell.options import Data, Index, Profiles
from ingest.errors import IngestError

if TYPE_CHECKING:
    from app.assistant import Assistant
    from app.settings import Settings


def mcp(data: Data = None, profiles: Profiles = None, index: Index = None) -> None:
    """Answer an agent over standard input and output (MCP); its client starts this command, see the README."""
    from app.find import Finder
    from app.match.start import open_desk
    from app.mcp.server import make_server
    from app.mcp.stdio import serve_stdio
    from app.mcp.threads import Threads
    from app.mcp.tools import Tools
    from app.observe.logs import set_up_logs
    from app.start import open_assistant, open_library

    settings = settings_of(data, profiles, index)
    # Standard output is the protocol's.
    set_up_logs(settings.log_level, settings.log_format, settings.secrets, sys.stderr)
    library = open_library(settings)
    count = len(all_slugs(library))
    assistant, ready = open_assistant(settings, library), threading.Event()
    threading.Thread(target=_bring_up_to_date, args=(settings, assistant, ready), daemon=True).start()
    tools = Tools(assistant, open_desk(settings, library), Finder(library), ready)
    if sys.stdin.isatty():
        complain("waiting for an MCP client on standard input; end with Ctrl-C", 0)
    complain(f"MCP, {count} profile{'' if count == 1 else 's'}, {_mode(settings)}", 0)
    serve_stdio(make_server(tools, Threads(settings.concurrency, settings.queue)))


def _mode(settings: "Settings") -> str:
    return f"model {settings.model_name}" if settings.asks_a_model else "offline mode (no model configured)"


def _bring_up_to_date(settings: "Settings", assistant: "Assistant", ready: threading.Event) -> None:
    """Reads what is new in the documents while the client is already answered; the first call waits for it."""
    from app.shell.terminal import tell_refusals
    from app.start import open_helper, refresh_all
    from ingest.progress import Progress

    library = assistant.library
    try:
        with open_helper(settings) as helper:
            done = refresh_all(library, library.slugs(), datetime.now(UTC), Progress(), helper=helper)
        for report in done.reports:
            tell_refusals(report)
        for _, error in done.failures:
            complain(str(error), 0)
        for report in done.reports[:1]:
            # What every question needs is worked out with the first, which costs nothing.
            with suppress(AskError, IngestError):
                deque(assistant.ask(report.profile, [Turn("user", "hello")]), maxlen=0)
    finally:
        ready.set()
