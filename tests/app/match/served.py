"""A server that really matches: the scripted one of the page's tests embeds nothing."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.app.web.scripted import Served, free_port
from tests.conftest import TOP


@contextmanager
def serving_matches(profiles: Path, index: Path) -> Iterator[Served]:
    """``vivavoce serve`` in a process of its own, killed at the end."""
    port = free_port()
    folders = ["--profiles", str(profiles), "--index", str(index)]
    command = [sys.executable, "-W", "ignore", "-m", "app", "serve", *folders, "--port", str(port)]
    with subprocess.Popen(command, cwd=TOP, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        try:
            line = next((said for said in process.stdout if said.startswith("Vivavoce ")), "")
            assert line
            yield Served(process, f"http://127.0.0.1:{port}", line)
        finally:
            process.kill()
