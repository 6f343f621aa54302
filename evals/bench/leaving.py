"""How soon the provider's call ends once whoever asked has left, at every door.

    python -m evals.bench.leaving [--profile SLUG] [--times N] [--shells N] [--index DIR]

From the visitor's going to the provider's finding its client gone: the events of an assistant are closed, a stream of ``/v1/ask`` or
``/v1/chat/completions`` is hung up on, the tab of the page is closed as the model begins and while nothing new is said, the shell is interrupted.
The 95th percentile of each is to be at most one second. The page needs Chromium, and is left out where there is none.
"""

import argparse
import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from app.assistant import Assistant
from app.domain import Spoken, Turn, Waiting
from app.library import Library
from app.settings import load_settings
from app.start import open_embedder, refresh_all
from evals.bench.page import chromium, chromium_path
from evals.bench.serving import command, environment, serving
from evals.bench.streaming import asking
from evals.bench.streams import PATHS, modelled, request, show
from evals.scripted import Asked, Provider
from evals.scripted import serving as serving_model
from ingest.build import Progress

SLUG, QUESTION = "qian-liu", "Where does he work now?"
LEAVE_S = 1.0
PATIENCE_S = 5.0
"""From here on nobody is taken to notice; what a test holds, which is timed by this bench and not by the test."""
PAUSE_S = 0.05
"""Between two pieces of the model; its provider cannot notice sooner."""
MOMENTS_S = {"at once": 0.0, "while it repeats": 3.0}
"""When the tab is closed: so long after the first piece; the later one falls while nothing new is said."""
SHELLS: tuple[tuple[str, ...], ...] = (("ask",), ("ask", "--json"), ("chat",))
_BEGIN_S, _END_S = 240.0, 20.0
_LONG = 400


def endless(_: Asked) -> str:
    """What nobody waits for."""
    return "He works there [1]. " * _LONG


def noticed_s(provider: Provider, left: float) -> float:
    """Seconds from ``left`` to the provider's finding its client gone; as long as anybody waits where it does not."""
    while not provider.broken_off and time.monotonic() < left + PATIENCE_S:
        time.sleep(0.005)
    return provider.broken_off[0] - left if provider.broken_off else PATIENCE_S


def begun(provider: Provider) -> None:
    """Waits for the first piece of the model.

    Raises:
        TimeoutError: it was not asked.
    """
    until = time.monotonic() + _BEGIN_S
    while not provider.sent:
        if time.monotonic() > until:
            raise TimeoutError("the model was not asked")
        time.sleep(0.005)


def forget(provider: Provider) -> None:
    """Before a call: what the provider noted of those before."""
    provider.sent.clear()
    provider.broken_off.clear()


def assistant_left_s(assistant: Assistant, provider: Provider, slug: str, question: str) -> float:
    """Seconds from closing the events to the provider's finding out."""
    forget(provider)
    with closing(assistant.ask(slug, [Turn("user", question)])) as events:  # type: ignore[type-var]
        for event in events:
            if isinstance(event, Waiting | Spoken) and provider.sent:
                break
        left = time.monotonic()
    return noticed_s(provider, left)


def caller_left_s(port: int, sent: bytes, provider: Provider) -> float:
    """Seconds from hanging up on a request to the provider's finding out."""
    forget(provider)
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(sent)
        begun(provider)
        left = time.monotonic()
    return noticed_s(provider, left)


def whole(slug: str, question: str) -> bytes:
    """A request for an answer in one piece, as bytes."""
    body = json.dumps({"profile": slug, "question": question}).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def page_left_s(browser: Browser, address: str, provider: Provider, after_s: float, question: str) -> float:
    """Seconds from closing the tab, so long after the first piece, to the provider's finding out."""
    forget(provider)
    with closing(browser.new_context()) as window:
        page = window.new_page()
        page.goto(address)
        box = page.locator("#vv-question textarea")
        box.fill(question)
        box.press("Enter")
        begun(provider)
        time.sleep(after_s)
        left = time.monotonic()
        page.close()
        return noticed_s(provider, left)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """What came of an interrupt."""

    left_s: float
    """Seconds from it to the provider's finding out."""
    status: int
    """The shell's exit status."""
    said: str
    """What it wrote to standard error."""


def interrupted(
    words: Sequence[str], library: Library, folder: Path, provider: Provider, slug: str, question: str
) -> Interrupted:
    """Asks in a shell, in a process of its own that works in ``folder``, and interrupts it once the model has begun.

    Raises:
        TimeoutError: the model was not asked.
    """
    forget(provider)
    verb, *options = words
    typed = [slug] if verb == "chat" else [slug, question]
    with subprocess.Popen(
        [*command(verb, library.profiles, library.index), *typed, *options],
        env=environment(modelled(provider, folder)),
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as shell:
        assert shell.stdin is not None
        assert shell.stderr is not None
        try:
            if verb == "chat":
                shell.stdin.write(f"{question}\n")
                shell.stdin.flush()
            begun(provider)
            left = time.monotonic()
            shell.send_signal(signal.SIGINT)
            left_s = noticed_s(provider, left)
            return Interrupted(left_s, shell.wait(_END_S), shell.stderr.read())
        finally:
            shell.kill()


def measure(library: Library, folder: Path, given: argparse.Namespace) -> bool:
    """Prints every measure; whether a bar is missed."""
    slug, missed = given.profile, False

    def row(name: str, left_s: Callable[[str], float], times: int, before: int = 1) -> None:
        nonlocal missed
        # The first call of a process imports and opens things.
        gone = [left_s(QUESTION + "?" * n) for n in range(before + times)]
        missed |= show(name, gone[before:], LEAVE_S)

    with asking(library, endless, PAUSE_S) as (_, assistant, provider):
        row("assistant: leaves", partial(assistant_left_s, assistant, provider, slug), given.times)
    with (
        serving_model(endless, PAUSE_S) as provider,
        serving(library.profiles, library.index, environment=modelled(provider, folder), log_folder=folder) as server,
    ):
        row("ask, whole: leaves", lambda q: caller_left_s(server.port, whole(slug, q), provider), given.times)
        for path, name in PATHS.items():
            sent = partial(request, path, slug)
            row(f"{name}: leaves", lambda q, s=sent: caller_left_s(server.port, s(q), provider), given.times)  # type: ignore[misc]
        if chromium_path() is None:
            print("page: left out, no Chromium is installed")
        else:
            with chromium() as browser:
                address = f"http://127.0.0.1:{server.port}/?profile={slug}"
                for name, after_s in MOMENTS_S.items():
                    tab = partial(page_left_s, browser, address, provider, after_s)
                    row(f"page: leaves {name}", tab, given.times)
        for words in SHELLS:
            shell = partial(interrupted, words, library, folder, provider, slug)
            row(f"shell: leaves {' '.join(words)}", lambda q, s=shell: s(q).left_s, given.shells, before=0)  # type: ignore[misc]
    return missed


def main() -> None:
    """Prints a line a measure; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default=SLUG)
    parser.add_argument("--times", type=int, default=20, help="how often at each door")
    parser.add_argument("--shells", type=int, default=5, help="how often in the shell, which is a process each time")
    parser.add_argument("--index", type=Path, help="where to keep the index; the next run reuses it")
    given = parser.parse_args()
    # A shell that has put this bench in its background has had interrupts ignored, which what is started here would take over.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with TemporaryDirectory(prefix="vivavoce-leaving-") as folder:
        settings = load_settings(index=given.index or Path(folder) / "index", offline=True)
        profiles, index = settings.profiles_folder.resolve(), settings.index_folder.resolve()
        library = Library(profiles, index, open_embedder(settings))
        refresh_all(library, [given.profile], datetime.now(UTC), Progress())
        missed = measure(library, Path(folder), given)
    raise SystemExit(missed)


if __name__ == "__main__":
    main()
