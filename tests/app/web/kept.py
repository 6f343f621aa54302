"""What Gradio keeps of visitors; `python -m tests.app.web.kept` prints it, because importing Gradio leaves things open."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from tests.app.observe.page import asked, begin
from tests.conftest import TOP, Desk

UNREAD = 3
"""How many answers that nobody fetches are kept here."""
_PATIENCE_S = 20.0

Act = Literal["asks", "leaves", "waits"]
"""Gets an answer; does not fetch the one that is written; is written an answer that does not come to its end."""


@dataclass(frozen=True, slots=True)
class Kept:
    """After one visitor has done one thing."""

    mailboxes: Sequence[str]
    """Of which sessions."""
    pending: Sequence[str]
    """Of which sessions something is known to be under way or not fetched."""
    running: int
    counted: int
    """Events that Gradio's own monitoring has to sum up."""
    is_summed_up: bool
    heard: str
    """What the visitor was told."""


def kept_after(desk: Desk, acts: Sequence[tuple[Act, str]]) -> Sequence[Kept]:
    """What is kept after each of ``acts``, of the session beside it, in the page of a process that nobody visited before."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.app.web.kept"]
    given = [str(desk.profiles), str(desk.index), json.dumps(acts)]
    done = subprocess.run([*command, *given], cwd=TOP, capture_output=True, text=True, check=True, timeout=300)
    return [Kept(**kept) for kept in json.loads(done.stdout.splitlines()[-1])]


def _do(act: Act, session: str, client: Any, queue: Any) -> Kept:
    heard = asked(client, "Where does she work?", session) if act == "asks" else ""
    if act != "asks":
        begin(client, "never ends" if act == "waits" else "Where does she work?", session)
    until = time.monotonic() + _PATIENCE_S
    while act != "waits" and session in {event.session_hash for event in queue.event_ids_to_events.values()}:
        assert time.monotonic() < until, "Gradio does not let go of what has ended"
        time.sleep(0.01)
    summary = queue.cached_event_analytics_summary
    return Kept(
        list(queue.pending_messages_per_session), list(queue.pending_event_ids_session), len(queue.event_ids_to_events),
        len(queue.event_analytics), bool(summary["functions"]), heard,
    )  # fmt: skip


def main(profiles: Path, index: Path, acts: Sequence[tuple[Act, str]]) -> None:
    import gradio as gr
    from starlette.testclient import TestClient

    from app.api import create_app
    from app.library import Library
    from app.settings import Settings
    from app.web.page import mailboxes
    from tests.app.web.scripted import SameName, Scripted

    settings = Settings(profiles=profiles, index=index, limit_address_minute=0, limit_address_day=0)
    mailboxes.UNREAD = UNREAD
    app = create_app(settings, Scripted(Library(profiles, index, SameName()), settings))
    mounted = (getattr(route, "app", None) for route in app.routes)
    queue = next(page for page in mounted if isinstance(page, gr.routes.App)).get_blocks()._queue
    with TestClient(app, base_url="http://localhost", client=("127.0.0.1", 50_000)) as client:
        found = [asdict(_do(act, session, client, queue)) for act, session in acts]
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
        # Not by the end of the application, which would wait for the answer that does not come to its own.
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]))
