"""How fast sources are read: pages of PDF a second beside PDFium's own text alone, and an ingest of an unchanged profile beside its first.

    python -m evals.bench.reading [--pages 20] [--rounds 3]

Absolute times are of a noisy machine; quote the ratios.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

from evals.bench.fuzz_seeds import pdf
from ingest.build import Progress, ingest
from ingest.child import Child
from ingest.domain import Source
from ingest.embed import MiniLM
from ingest.readers import read as read_here

_SLUG = "ada-byron"
_CV_PAGES = 4
_LINES = 45
"""On a page, as many as a dense CV has."""


def main() -> None:
    """Measures and prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "profiles" / _SLUG
        home.mkdir(parents=True)
        (home / "profile.toml").write_text('name = "Ada Byron"\n')
        path = home / "cv.pdf"
        path.write_bytes(pdf([_page(number) for number in range(options.pages)], packed=True))
        figures = _pdf(home, options.pages, options.rounds)
        path.write_bytes(pdf([_page(number) for number in range(_CV_PAGES)], packed=True))
        figures |= _ingests(Path(folder), options.rounds)
    print(json.dumps(figures, indent=2))


def _page(number: int) -> list[str]:
    """The lines of one page of a CV."""
    head = ["Publications" if number else "Ada Byron", f"Part {number}"]
    entries = (
        f"A. Byron, B. Li. Study {number * _LINES + n} of looms and tides. In Journal of Looms {n}, {1990 + n % 30}."
        for n in range(_LINES - len(head))
    )
    return [*head, *entries]


def _pdf(home: Path, pages: int, rounds: int) -> dict[str, float]:
    """Pages a second: PDFium's text alone, what our reader makes of it, and that with private data and facts in the process for it."""
    path, source = home / "cv.pdf", Source("cv.pdf", "CV")
    with Child() as child:

        def read() -> None:
            child.read(home, source, ("email", "links"))

        read()  # starts it
        turns = [
            (_timed(lambda: _raw_text(path)), _timed(lambda: read_here(home, source)), _timed(read))
            for _ in range(rounds)
        ]
        raw, text, whole = (statistics.median(times) for times in zip(*turns, strict=True))
        first = _timed(lambda: _read_in_new_process(home))
    return {
        "pdf_pages_per_s_pdfium_text": round(pages / raw, 1),
        "pdf_pages_per_s_read": round(pages / text, 1),
        "pdf_pages_per_s_read_with_facts": round(pages / whole, 1),
        "pdf_read_to_pdfium_time_ratio": round(text / raw, 1),
        "process_start_s": round(first - whole, 2),
    }


def _raw_text(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        total = 0
        for page in document:
            with closing(page), closing(page.get_textpage()) as text:
                total += len(text.get_text_range())
        return total


def _read_in_new_process(home: Path) -> None:
    with Child() as child:
        child.read(home, Source("cv.pdf", "CV"), ("email", "links"))


def _ingests(folder: Path, rounds: int) -> dict[str, float]:
    """The first ingest of the profile beside those that find it unchanged: the work alone, and the whole command."""
    embedder, now = MiniLM.installed(), datetime.now(UTC)

    def once() -> None:
        ingest(folder / "profiles", folder / "index", _SLUG, embedder, now, Progress())

    first = _timed(once)
    again = statistics.median(_timed(once) for _ in range(rounds))
    command = [
        sys.executable,
        "-m",
        "app",
        "ingest",
        "--profiles",
        str(folder / "profiles"),
        "--index",
        str(folder / "other"),
    ]
    command_first, command_again = (
        _timed(lambda: subprocess.run(command, check=True, capture_output=True)) for _ in range(2)
    )
    return {
        "ingest_first_s": round(first, 2),
        "ingest_unchanged_s": round(again, 3),
        "ingest_unchanged_to_first_ratio": round(again / first, 4),
        "command_unchanged_to_first_ratio": round(command_again / command_first, 3),
    }


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
