"""How soon a sentence of a model is said.

    python -m evals.bench.streaming [--profile SLUG] [--asks N] [--index DIR]

From the last token of the model's first sentence, as the provider sent it, to the event of that sentence. Bar: 50 ms for the 95th percentile.
"""

import argparse
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from app.assistant import Assistant
from app.domain import Spoken, Turn
from app.library import Library
from app.settings import Settings, load_settings
from app.start import open_assistant, open_embedder, refresh_all
from evals.metrics import percentile
from evals.scripted import MODEL, Asked, Provider, Script, serving
from ingest.build import Progress

SLUG, QUESTION = "qian-liu", "Where does he work now?"
SENTENCE_S = 0.05
_PAUSE_S = 0.08
"""Between two tokens; longer than a check takes, so that it is known which token was the last before a sentence."""


def first_sentence(asked: Asked) -> str:
    """A sentence that holds, and more after it."""
    first = asked.entries[0]
    return (
        f"{first.text.partition(' — ')[0].rstrip('.')} [{first.n}]. And there is more of it to come, though not much."
    )


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


def measure(library: Library, slug: str, asks: int) -> list[float]:
    """Seconds, one a question."""
    with asking(library, first_sentence, _PAUSE_S) as (_, assistant, provider):
        lags = [sentence_lag_s(assistant, provider, slug, QUESTION + "?" * number) for number in range(asks + 1)]
    return lags[1:]  # the first one imports


def main() -> None:
    """Prints the measure; exit status 1 where it is beyond its bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--profile", default=SLUG)
    parser.add_argument("--asks", type=int, default=30)
    parser.add_argument("--index", type=Path, help="where to keep the index; the next run reuses it")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="vivavoce-streaming-") as folder:
        settings = load_settings(index=given.index or Path(folder), offline=True)
        library = Library(settings.profiles_folder, settings.index_folder, open_embedder(settings))
        refresh_all(library, [given.profile], datetime.now(UTC), Progress())
        seconds = measure(library, given.profile, given.asks)
    p50, p95 = (percentile(seconds, p) or 0.0 for p in (50, 95))
    times = f"p50 {p50 * 1000:.1f} ms  p95 {p95 * 1000:.1f} ms  bar {SENTENCE_S * 1000:.0f} ms"
    print(f"first sentence  n {len(seconds)}  {times}")
    raise SystemExit(p95 > SENTENCE_S)


if __name__ == "__main__":
    main()
