"""How soon a sentence of a model is said, and how soon the model is left alone when its visitor leaves.

    python -m evals.bench.streaming [--profile SLUG] [--asks N] [--index DIR]

``first sentence``: from the last token of the model's first sentence, as the provider sent it, to the event of that sentence. ``leaves``:
from the visitor's going, at the assistant and at ``POST /v1/ask``, to the provider's finding its client gone. Bars: 50 ms and one second.
"""

import argparse
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.assistant import Assistant
from app.domain import Spoken, Turn, Waiting
from app.library import Library
from app.settings import Settings, load_settings
from app.start import open_assistant, open_embedder, refresh_all
from evals.bench.faults import listening
from evals.metrics import percentile
from evals.scripted import MODEL, Asked, Provider, Script, serving
from ingest.build import Progress

SLUG, QUESTION = "qian-liu", "Where does he work now?"
SENTENCE_S, LEAVE_S = 0.05, 1.0
_PAUSE_S = 0.08
"""Between two tokens; longer than a check takes, so that it is known which token was the last before a sentence."""
_LONG = 400
PATIENCE_S = 5.0
"""From here on nobody is taken to notice; what a test holds, which is timed by this bench and not by the test."""


def first_sentence(asked: Asked) -> str:
    """A sentence that holds, and more after it."""
    first = asked.entries[0]
    return (
        f"{first.text.partition(' — ')[0].rstrip('.')} [{first.n}]. And there is more of it to come, though not much."
    )


def endless(_: Asked) -> str:
    """What nobody waits for."""
    return "He works there [1]. " * _LONG


@contextmanager
def asking(library: Library, script: Script, pause_s: float) -> Iterator[tuple[Settings, Assistant, Provider]]:
    """An assistant whose model follows ``script``."""
    with serving(script, pause_s) as provider:
        settings = load_settings(
            index=library.index,
            budget_file=library.index / ".spent-in-streaming.sqlite3",
            model=MODEL,
            model_url=provider.url,
            budget_day_tokens=10**9,
            budget_month_tokens=10**9,
        )
        assistant = open_assistant(settings, library)
        try:
            yield settings, assistant, provider
        finally:
            assistant.close()


def sentence_lag_s(assistant: Assistant, provider: Provider, slug: str, question: str) -> float:
    """Seconds from the last token of the first sentence to its event."""
    with closing(assistant.ask(slug, [Turn("user", question)])) as events:  # type: ignore[type-var]
        for event in events:
            if isinstance(event, Spoken):
                heard = time.monotonic()
                return heard - max(sent for sent in provider.sent if sent <= heard)
    raise AssertionError("nothing was said")


def assistant_left_s(_: Settings, assistant: Assistant, provider: Provider, slug: str, question: str) -> float:
    """Seconds from closing the events to the provider's finding out."""
    with closing(assistant.ask(slug, [Turn("user", question)])) as events:  # type: ignore[type-var]
        for event in events:
            if isinstance(event, Waiting | Spoken) and provider.sent:
                break
        left = time.monotonic()
    return noticed_s(provider, left)


def api_left_s(settings: Settings, assistant: Assistant, provider: Provider, slug: str, question: str) -> float:
    """Seconds from hanging up on ``POST /v1/ask`` to the provider's finding out."""
    with listening(settings, assistant) as url:
        host, _, port = url.removeprefix("http://").partition(":")
        body = json.dumps({"profile": slug, "question": question}).encode()
        head = f"POST /v1/ask HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(head.encode() + body)
            while not provider.sent:
                time.sleep(0.01)
        return noticed_s(provider, time.monotonic())


def noticed_s(provider: Provider, left: float) -> float:
    """Seconds from ``left`` to the provider's finding its client gone; as long as anybody waits where it does not."""
    while not provider.broken_off and time.monotonic() < left + PATIENCE_S:
        time.sleep(0.005)
    return provider.broken_off[0] - left if provider.broken_off else PATIENCE_S


Leaving = Callable[..., float]


def measure(library: Library, slug: str, asks: int) -> dict[str, list[float]]:
    """Seconds by what was measured."""
    found: dict[str, list[float]] = {"first sentence": []}
    with asking(library, first_sentence, _PAUSE_S) as (_, assistant, provider):
        for number in range(asks + 1):
            lag = sentence_lag_s(assistant, provider, slug, QUESTION + "?" * number)
            found["first sentence"] += [lag] if number else []  # the first one imports
    leaving: dict[str, Leaving] = {"leaves the assistant": assistant_left_s, "leaves /v1/ask": api_left_s}
    for name, leave in leaving.items():
        found[name] = []
        for _number in range(asks // 2 + 1):
            with asking(library, endless, _PAUSE_S) as (settings, assistant, provider):
                found[name].append(leave(settings, assistant, provider, slug, QUESTION))
    return found


def main() -> None:
    """Prints a line a measure; exit status 1 where a 95th percentile is beyond its bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default=SLUG)
    parser.add_argument("--asks", type=int, default=30)
    parser.add_argument("--index", type=Path, help="where to keep the index; the next run reuses it")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="vivavoce-streaming-") as folder:
        settings = load_settings(index=given.index or Path(folder), offline=True)
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        refresh_all(library, [given.profile], datetime.now(UTC), Progress())
        found = measure(library, given.profile, given.asks)
    is_late = False
    for name, seconds in found.items():
        bar = SENTENCE_S if name == "first sentence" else LEAVE_S
        p50, p95 = (percentile(seconds, p) or 0.0 for p in (50, 95))
        is_late |= p95 > bar
        print(
            f"{name:22} n {len(seconds):3}  p50 {p50 * 1000:7.1f} ms  p95 {p95 * 1000:7.1f} ms  bar {bar * 1000:.0f} ms"
        )
    raise SystemExit(is_late)


if __name__ == "__main__":
    main()
