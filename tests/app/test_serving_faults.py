"""A server in a process of its own goes on answering, and says how it is, while its index, its disk or itself breaks.

The whole table, with kills of ingests, disks of their own and a clock that jumps, is ``python -m evals.bench.serving_faults``.
"""

import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.bench.corruptions import CORRUPTIONS, INGEST_S, QUESTION, SLUG, Shelf, cv
from evals.bench.serving import Server, environment, serving
from evals.bench.serving_faults import corrupted, server_killed
from evals.bench.watching import version_in


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Two versions of an index that is large enough for Chroma to keep files of vectors."""
    return Shelf.prepared(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def server(shelf: Shelf) -> Iterator[Server]:
    """One server for all corruptions: what survives the last one is the process that met the first."""
    with serving(shelf.profiles, shelf.index) as running:
        # The first question of a new index has the example questions embedded.
        running.ask(SLUG, QUESTION, INGEST_S)
        yield running


@pytest.mark.parametrize("name", CORRUPTIONS)
def test_a_corrupted_generation_never_answers_and_readiness_tells_of_it(
    shelf: Shelf, server: Server, name: str
) -> None:
    number = 10 * (list(CORRUPTIONS).index(name) + 1)
    assert corrupted(shelf, server, name, CORRUPTIONS[name], number).missed == []


def test_an_ingest_without_room_says_so_and_the_old_index_answers(tmp_path: Path) -> None:
    small = Shelf.prepared(tmp_path, 1, entries=20)
    with serving(small.profiles, small.index) as running:
        (small.profiles / SLUG / "cv.md").write_text(cv(2, 20), encoding="utf-8")
        # No file may grow beyond 100 KiB: as on a full disk, and without a disk that could be filled.
        # Python would leave its own files cut off, too.
        command = ["bash", "-c", f"ulimit -f 100; PYTHONDONTWRITEBYTECODE=1 exec {shlex.join(small.ingest_command)}"]
        ended = subprocess.run(command, env=environment({}), capture_output=True, text=True, timeout=120, check=False)
        assert (ended.returncode, "room" in ended.stderr, "Traceback" in ended.stderr) == (2, True, False), ended.stderr
        assert version_in(running.ask(SLUG, QUESTION)) == 1
        assert running.get("/ready").json["status"] == "ready"
        small.ingested(2, entries=20)
        assert version_in(running.ask(SLUG, QUESTION)) == 2


def test_a_server_that_was_killed_is_back_soon_with_its_budget_and_its_feedback(tmp_path: Path) -> None:
    row = server_killed(tmp_path)
    # How soon is a bar of the bench: here other tests run beside it.
    assert [missed for missed in row.missed if "ready again" not in missed] == []
