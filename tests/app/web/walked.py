"""Every route of the real application; `python -m tests.app.web.walked` prints them, because importing Gradio leaves things open."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.conftest import TOP


@dataclass(frozen=True, slots=True)
class Way:
    """A method and the template of a path."""

    method: str
    path: str
    is_gradios: bool


@cache
def ways() -> tuple[Way, ...]:
    """Of the application as ``vivavoce serve`` has it."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.app.web.walked"]
    done = subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True)
    return tuple(Way(**way) for way in json.loads(done.stdout.splitlines()[-1]))


def _walk(routes: Iterable[Any], prefix: str, is_gradios: bool) -> Iterator[Way]:
    for route in routes:
        path = prefix + getattr(route, "path", "")
        if (included := getattr(route, "original_router", None)) is not None:
            # FastAPI keeps what was included apart; its paths have their prefix already.
            yield from _walk(included.routes, prefix, is_gradios)
        elif (inner := getattr(getattr(route, "app", None), "routes", None)) is not None:
            yield from _walk(inner, path, is_gradios or "gradio" in type(route.app).__module__)
        elif type(route).__name__ == "WebSocketRoute" or "WebSocket" in type(route).__name__:
            yield Way("WEBSOCKET", path, is_gradios)
        else:
            for method in sorted(getattr(route, "methods", None) or {"POST"}):
                yield Way(method, path, is_gradios)


def main() -> int:
    from dataclasses import asdict
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from app.api import create_app
    from app.library import Library
    from app.settings import Settings
    from tests.app.web.scripted import SameName, Scripted

    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        library = Library(settings.profiles_folder, settings.index_folder, SameName())
        app = create_app(settings, Scripted(library, settings))
        found = [asdict(way) for way in _walk(app.routes, "", False)]
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
