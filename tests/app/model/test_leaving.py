"""Whoever leaves stops the provider's call, at every door; how soon is for `evals.bench.streaming` and `.streams` to say."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.settings import Settings
from evals.bench.streaming import PATIENCE_S, endless, noticed_s
from evals.scripted import MODEL, Provider, serving
from tests.app.web.chromium import chromium
from tests.conftest import TOP, Desk

NOW = "Where does she work now?"
SLUG = "mira-okonjo"


@contextmanager
def waited_for(provider: Provider) -> Iterator[None]:
    """What is done once the provider has begun to answer."""
    until = time.monotonic() + 240
    while not provider.sent:
        assert time.monotonic() < until, "the model was not asked"
        time.sleep(0.02)
    yield


@contextmanager
def served(desk: Desk, folder: Path) -> Iterator[tuple[str, Provider]]:
    """A real server whose model never comes to an end, asked once before: the first call of a process imports for seconds."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with serving(endless, 0.05) as provider:
        words = ["serve", "--port", str(port), *desk.options]
        server = subprocess.Popen(
            [sys.executable, "-m", "app", *words],
            env=environment(provider),
            cwd=folder,
            stderr=subprocess.PIPE,
            text=True,
        )
        with server:
            until = time.monotonic() + 240
            while time.monotonic() < until:
                with suppress(OSError):
                    hung_up(port, provider)
                    break
                time.sleep(0.2)
            noticed_s(provider, time.monotonic())
            provider.sent.clear()
            provider.broken_off.clear()
            try:
                yield f"http://127.0.0.1:{port}", provider
            finally:
                server.terminate()


def environment(provider: Provider) -> dict[str, str]:
    """This process's, with the provider as the only model."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "VIVAVOCE"))}
    return kept | {"OPENAI_BASE_URL": provider.url, "OPENAI_MODEL": MODEL, "PYTHONPATH": str(TOP)}


def hung_up(port: int, provider: Provider) -> None:
    """Asks, and hangs up as soon as the model has begun."""
    body = json.dumps({"profile": SLUG, "question": NOW}).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + body)
        with waited_for(provider):
            pass


def test_at_the_api(indexed: Desk, tmp_path: Path) -> None:
    with served(indexed, tmp_path) as (url, provider):
        hung_up(int(url.rpartition(":")[2]), provider)
        assert noticed_s(provider, time.monotonic()) < PATIENCE_S


@pytest.mark.parametrize("words", [["ask", SLUG, NOW], ["ask", SLUG, NOW, "--json"], ["chat", SLUG]])
def test_in_the_shell_by_an_interrupt(indexed: Desk, words: list[str], tmp_path: Path) -> None:
    with serving(endless, 0.05) as provider:
        shell = subprocess.Popen(
            [sys.executable, "-m", "app", *words, *indexed.options],
            env=environment(provider),
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        with shell:
            assert shell.stdin is not None
            assert shell.stderr is not None
            if words[0] == "chat":
                shell.stdin.write(f"{NOW}\n")
                shell.stdin.flush()
            with waited_for(provider):
                shell.send_signal(signal.SIGINT)
            assert noticed_s(provider, time.monotonic()) < PATIENCE_S
            assert shell.wait(20) == (0 if words[0] == "chat" else 130)
            assert "Traceback" not in shell.stderr.read()


@pytest.mark.browser
@pytest.mark.parametrize("after_s", [0, 3], ids=["at the first token", "while nothing new is said"])
def test_at_the_page_by_closing_the_tab(indexed: Desk, tmp_path: Path, after_s: int) -> None:
    with served(indexed, tmp_path) as (url, provider), chromium() as browser:
        page = browser.new_page()
        page.goto(f"{url}/?profile={SLUG}")
        box = page.locator("#vv-question textarea")
        box.fill(NOW)
        box.press("Enter")
        with waited_for(provider):
            time.sleep(after_s)
            page.close()
        assert noticed_s(provider, time.monotonic()) < PATIENCE_S


def test_settings_have_the_time_outs_that_are_promised() -> None:
    settings = Settings()
    assert (settings.connect_s, settings.read_s) == (3.0, 15.0)
