"""A real server of the real assistant in a process of its own, and how its answers are read."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from tests.app.web.scripted import Served, free_port
from tests.conftest import TOP, Desk

MIRA, TEO = "mira-okonjo", "teo-lindqvist"
HOME, ELSEWHERE = "https://okonjo.example", "https://elsewhere.example"
"""A page that Mira lists, and one that nobody lists."""


@contextmanager
def serving_assistant(desk: Desk, **environment: str) -> Iterator[Served]:
    """A running ``vivavoce serve`` over ``desk``, without a model unless ``environment`` names one."""
    port = free_port()
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "VIVAVOCE"))}
    command = [sys.executable, "-m", "app", "serve", "--port", str(port), *desk.options]
    with subprocess.Popen(
        command, env=kept | {"PYTHONPATH": str(TOP)} | environment, cwd=desk.profiles, text=True, stderr=subprocess.PIPE
    ) as server:
        assert server.stderr is not None
        try:
            line = ""
            while not line.startswith("Vivavoce "):
                line = server.stderr.readline()
                assert line, "it ended before it was ready"
            yield Served(server, f"http://127.0.0.1:{port}", line)
        finally:
            server.kill()


def events(response: httpx.Response) -> list[tuple[str | None, Any]]:
    """Name and data of every event of a stream; the data of ``[DONE]`` as it is."""
    found = []
    for block in response.text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        if lines:
            fields = dict(line.split(": ", 1) for line in lines)
            data = fields["data"]
            found.append((fields.get("event"), data if data == "[DONE]" else json.loads(data)))
    return found


def refusal(response: httpx.Response) -> tuple[int, str, str]:
    """Status, code and message of an error, which has the one documented shape."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"message", "type", "code"}
    return response.status_code, body["error"]["code"], body["error"]["message"]
