"""What a visitor sees of every way in which a model's provider can fail, and how long it takes.

    python -m evals.bench.faults [--profile SLUG] [--question TEXT] [--index DIR] [--read-s S] [--answer-s S] [--json FILE]

For each mode of ``evals.faulty`` the question is put to an assistant and, over HTTP, to ``POST /v1/ask``, each with a provider of its own. The
times are the visitor's, from asking to the whole answer; the provider is a real HTTP server on loopback.
"""

import argparse
import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import uvicorn

from app.api import create_app
from app.assistant import Assistant, finished
from app.domain import Turn
from app.library import Library
from app.settings import Settings, load_settings
from app.start import open_assistant, open_embedder, refresh_all
from evals.faulty import KEY, MODES, Faulty
from evals.scripted import MODEL, faithful, serving_with
from ingest.build import Progress

SLUG, QUESTION = "qian-liu", "Tell me about him"
_SHOWN = 72
_PATIENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one mode at one door."""

    mode: str
    door: str
    http: int | None
    """The HTTP status; ``None`` where the door has none."""
    wrote: str
    """``offline`` or the model's name."""
    status: str
    fallback: str | None
    first: str
    """The first sentence."""
    seconds: float
    requests: int
    """How often the provider was asked."""
    has_secret: bool


def measure(
    slug: str, question: str, limits: dict[str, Any], modes: Sequence[str], index: Path | None = None
) -> Iterator[Seen]:
    """One row a mode and door, as they come; the index is kept where ``index`` says."""
    with TemporaryDirectory(prefix="vivavoce-faults-") as folder:
        settings = load_settings(index=index or Path(folder), offline=True)
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        refresh_all(library, [slug], datetime.now(UTC), Progress())
        finished(Assistant(library).ask(slug, [Turn("user", question)]))
        for _warming_up in _rows(library, slug, question, limits, "whole"):
            pass
        for mode in modes:
            yield from _rows(library, slug, question, limits, mode)


def _rows(library: Library, slug: str, question: str, limits: dict[str, Any], mode: str) -> Iterator[Seen]:
    for door in (_at_the_assistant, _at_the_api):
        wire: type[Faulty] = type("Mode", (Faulty,), {"mode": mode, "held_s": 1.5 * limits["answer_s"]})
        with serving_with(wire, faithful) as provider:
            settings = load_settings(
                index=library.index,
                budget_file=library.index / ".spent-in-faults.sqlite3",
                model=MODEL,
                model_url=provider.url,
                model_key=KEY,
                budget_day_tokens=10**9,
                budget_month_tokens=10**9,
                **limits,
            )
            assistant = open_assistant(settings, library)
            http, answer, seconds = door(settings, assistant, slug, question)
            assistant.close()
        told = answer.get("model") or {}
        first = answer["sentences"][0]["text"] if answer["sentences"] else ""
        yield Seen(
            mode,
            door.__name__.rpartition("_")[2],
            http,
            answer["mode"],
            answer["status"],
            told.get("fallback"),
            first,
            round(seconds, 2),
            len(provider.requests),
            KEY in json.dumps(answer),
        )


Reply = tuple[int | None, dict[str, Any], float]
"""HTTP status where there is one, the answer object, seconds."""


def _at_the_assistant(_: Settings, assistant: Assistant, slug: str, question: str) -> Reply:
    started = time.monotonic()
    answer = finished(assistant.ask(slug, [Turn("user", question)]))
    return None, answer.to_json(), time.monotonic() - started


def _at_the_api(settings: Settings, assistant: Assistant, slug: str, question: str) -> Reply:
    with listening(settings, assistant) as url:
        started = time.monotonic()
        body = {"profile": slug, "question": question}
        response = httpx.post(f"{url}/v1/ask", json=body, timeout=_PATIENCE_S, trust_env=False)
        return response.status_code, response.json(), time.monotonic() - started


@contextmanager
def listening(settings: Settings, assistant: Assistant) -> Iterator[str]:
    """The address of the web application, on a port of its own until it is let go."""
    app = create_app(settings, assistant)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def _line(seen: Seen) -> str:
    first = seen.first if len(seen.first) <= _SHOWN else f"{seen.first[: _SHOWN - 1]}…"
    cells = (
        seen.mode,
        f"{seen.door}{f' {seen.http}' if seen.http else ''}",
        seen.wrote,
        seen.status,
        seen.fallback or "–",
        f"{seen.seconds:.1f}",
        str(seen.requests),
        first.replace("|", "¦"),
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Prints the table; exit status 1 where an answer shows the key or has no sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default=SLUG)
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--mode", action="append", choices=list(MODES), help="only this one; may be given again")
    parser.add_argument("--index", type=Path, help="where to keep the index; the next run reuses it")
    parser.add_argument("--read-s", type=float, default=Settings.model_fields["read_s"].default)
    parser.add_argument("--answer-s", type=float, default=Settings.model_fields["answer_s"].default)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    limits = {"read_s": given.read_s, "answer_s": given.answer_s}
    print("| mode | door | written by | status | why not the model | seconds | calls | first sentence |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    rows: list[Seen] = []
    for seen in measure(given.profile, given.question, limits, given.mode or list(MODES), given.index):
        rows.append(seen)
        print(_line(seen), flush=True)
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    raise SystemExit(any(row.has_secret or not row.first for row in rows))


if __name__ == "__main__":
    main()
