"""Kills an ingest with SIGKILL at random instants while a reader asks all the while; nothing it answers may be wrong.

    python -m evals.bench.kill_ingest [--kills 30] [--seed 1]

Every ingest finds another version of an invented CV. The reader opens the index anew for every query and checks that what it
reads is exactly one version, whole: documents, facts, passages, and the passage that a dense query finds.
"""

import argparse
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from multiprocessing import get_context, set_start_method
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import numpy as np

from ingest.build import Progress, ingest, read_record
from ingest.domain import Profile, Record
from ingest.embed import MiniLM
from ingest.errors import IngestError
from ingest.generation import current, spare_of, verify
from ingest.index import open_index
from ingest.profile import read_profile

SLUG = "ines-varga"
PRELOADED = [
    "ingest.build",
    "chromadb",
    "llama_index.core.node_parser",
    "llama_index.vector_stores.chroma",
    "onnxruntime",
]
"""Imported once by the process that each ingest is forked from, so that kills fall into the work and not into imports."""

_TOPICS = ["tides", "reefs", "harbours", "whales", "sonar", "buoys", "currents", "plankton", "storms", "lighthouses"]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of all kills."""

    kills: int
    finished: int
    """Ingests that ended before they were killed."""
    seconds: float
    """The longest undisturbed ingest; kills fall between its begin and its end."""
    generations: int
    """Generations that the reader saw published."""
    queries: int
    wrong: int
    errors: tuple[str, ...]
    left_over: int
    """Folders after the last whole ingest that are neither its generation nor that one's second copy."""


def cv(version: int) -> str:
    """A CV that differs from every other version in each of its paragraphs."""
    entries = (
        f"- Ines Varga, Tom Adler, Study {n} of {topic} in the year {version}. In Journal of Water (JW-20{10 + n})"
        for n, topic in enumerate(_TOPICS)
    )
    return (
        f"# Ines Varga\n\n## Research Interests\n\n- Version {version}: what the sea says.\n\n## Publications\n\n"
        + "\n".join(entries)
        + "\n"
    )


def write_profile(profiles: Path) -> None:
    """The invented profile, in version 0."""
    (profiles / SLUG).mkdir(parents=True)
    (profiles / SLUG / "profile.toml").write_text('name = "Ines Varga"\n')
    (profiles / SLUG / "cv.md").write_text(cv(0))


def kill_at_random(folder: Path, kills: int, seed: int) -> Result:
    """Runs ``kills`` ingests to their violent end, a reader beside them."""
    profiles, index, stop = folder / "profiles", folder / "index", folder / "stop"
    write_profile(profiles)
    processes = get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)
    answers, question = processes.Pipe(duplex=False)
    _seconds_of_one(processes, profiles, index, 0)
    longest = max(_seconds_of_one(processes, profiles, index, version) for version in (1, 0))
    reader = processes.Process(target=_read, args=(profiles, index, stop, question))
    reader.start()
    question.close()
    chance = random.Random(seed)
    killed = finished = 0
    while killed < kills:
        (profiles / SLUG / "cv.md").write_text(cv(killed + finished + 2))
        child = processes.Process(target=ingest_once, args=(profiles, index))
        child.start()
        child.join(chance.uniform(0.0, 1.0) * longest)
        child.kill()
        child.join()
        killed += child.exitcode != 0
        finished += child.exitcode == 0
    _seconds_of_one(processes, profiles, index, version=1)
    whole = current(index / SLUG)
    for copy in (whole, spare_of(whole)):
        verify(copy)
    stop.touch()
    generations, queries, wrong, errors = answers.recv()
    reader.join()
    left = len({*(index / SLUG).glob(".building-*"), *(index / SLUG).glob("gen-*")} - {whole, spare_of(whole)})
    return Result(killed, finished, longest, generations, queries, wrong, tuple(errors), left)


def _read(profiles: Path, index: Path, stop: Path, answers: Connection) -> None:
    """Asks until ``stop`` exists, and once more: opens the index anew each time and checks that it is one version, whole."""
    embedder = MiniLM.installed(1)
    vector = embedder.embed(["a study of lighthouses"])[0]
    profile = read_profile(profiles, SLUG)
    expected: dict[str, Record] = {}
    generations: set[str] = set()
    errors: Counter[str] = Counter()
    queries = wrong = 0
    is_last = False
    while not is_last:
        is_last = stop.exists()
        queries += 1
        try:
            opened = open_index(index / SLUG, embedder.id)
        except (IngestError, OSError) as error:
            errors[f"{type(error).__name__}: {error}"] += 1
            continue
        generations.add(opened.generation.name)
        nearest = opened.record.passages[int(np.argmax(opened.dense(vector)))].text
        text = opened.record.documents[0].text
        if text not in expected:
            expected[text] = _record_of(text, profile)
        wrong += opened.record != expected[text] or "lighthouses" not in nearest
    answers.send((len(generations), queries, wrong, list(errors)))


def _record_of(text: str, profile: Profile) -> Record:
    """What a whole index must hold whose document reads ``text``: the version that the text names, read afresh."""
    version = re.search(r"Version (\d+)", text)
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "cv.md").write_text(cv(int(version[1]) if version else 0))
        return read_record(Path(scratch), profile, Progress())


def ingest_once(profiles: Path, index: Path) -> None:
    """One ingest, in a process that a fork server made."""
    set_start_method(
        "fork", force=True
    )  # or else the lock of a progress bar counts as leaked when this process is killed
    ingest(profiles, index, SLUG, MiniLM.installed(1), datetime.now(UTC), Progress())


def _seconds_of_one(processes: ForkServerContext, profiles: Path, index: Path, version: int) -> float:
    """How long one undisturbed ingest takes."""
    (profiles / SLUG / "cv.md").write_text(cv(version))
    started = time.perf_counter()
    child = processes.Process(target=ingest_once, args=(profiles, index))
    child.start()
    child.join()
    if child.exitcode != 0:
        raise RuntimeError(f"an undisturbed ingest ended with {child.exitcode}; see above")
    return time.perf_counter() - started


def main(arguments: list[str]) -> int:
    """Exit code 0 where nothing wrong was answered and no error seen."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="vivavoce-kill-") as folder:
        result = kill_at_random(Path(folder), options.kills, options.seed)
    sys.stdout.write(json.dumps(asdict(result), indent=2) + "\n")
    return 1 if result.wrong or result.errors or result.left_over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
