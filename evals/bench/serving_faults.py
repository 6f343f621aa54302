"""What visitors see of a server under which something breaks: its index, its disk, its clock, an ingest beside it, itself.

    python -m evals.bench.serving_faults [--kills 50] [--only NAME] [--json FILE]

Every row is a real ``vivavoce serve`` that is asked over HTTP meanwhile. Rows that need a disk of their own mount one (Linux, as root) and are left out
elsewhere, as is the one of the clock without libfaketime. Exit status 1 where a row misses its bar: no wrong answer, no hang, no 5xx.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from http.client import HTTPException
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from evals.bench.corruptions import CORRUPTIONS, INGEST_S, OF_THE_POINTER, QUESTION, SLUG, Corruption, Shelf, cv
from evals.bench.ground import FAKETIME, clock_jumps, disk_full, disk_read_only, odd_surroundings
from evals.bench.kill_ingest import PRELOADED, ingest_once
from evals.bench.serving import NotServing, Server, environment, load_average, serving
from evals.bench.watching import Row, Watch, version_in
from evals.scripted import MODEL, faithful
from evals.scripted import serving as scripted
from ingest.generation import current, verify

READY_S = 15.0


def corrupted(shelf: Shelf, server: Server, name: str, spoil: Corruption, number: int) -> Row:
    """A generation that goes bad on its way: first one of its copies, then both."""
    row = Row(f"corruption: {name}")
    shelf.publish(1, number)
    row.see("before: version 1, verified", _told(server) == (1, "verified"))
    shelf.publish(2, number + 1, spoil)
    row.see("its copy answers, degraded", _told(server) == (2, "degraded"))
    shelf.publish(1, number + 2, spoil, both=True)
    # A pointer that says nothing leaves two whole copies of the newest, which is looked for again after some seconds.
    version, state = _told(server)
    fitting = {1, 2} if spoil in OF_THE_POINTER else {2}
    row.see("both copies: what was open answers, degraded", version in fitting and state == "degraded")
    row.see("the log names the generation", f"gen-{number + 1:05d}" in server.said() or spoil in OF_THE_POINTER)
    row.see("the server lives", server.process is not None and server.process.poll() is None)
    return row


def damaged_at_rest(shelf: Shelf, server: Server, number: int) -> Row:
    """The generation that is open is spoilt on disk."""
    row = Row("damaged on disk while it is open")
    shelf.publish(2, number)
    row.see("version 2 answers", _told(server) == (2, "verified"))
    generation = current(shelf.index / SLUG)
    CORRUPTIONS["flipped vectors"](generation)
    row.see("version 2 goes on answering", version_in(server.ask(SLUG, QUESTION)) == 2)
    # Its files are compared every half minute; a server that starts compares them at once.
    server.stop()
    row.see(f"restarted in {server.start():.1f} s", True)
    row.see("version 2 answers", version_in(server.ask(SLUG, QUESTION)) == 2)
    return row


def ingests_killed(folder: Path, kills: int, seed: int = 1) -> Row:
    """Ingests die with SIGKILL at random instants while others ask."""
    row = Row(f"{kills} kills of an ingest")
    shelf = Shelf.prepared(folder, 2, entries=40)
    chance, finished, latest = random.Random(seed), 0, 2
    # What an ingest imports is imported once, by the process that each is forked from, so that kills fall into the work.
    processes = get_context("forkserver")
    processes.set_forkserver_preload(PRELOADED)

    def begun() -> ForkServerProcess:
        nonlocal latest
        latest += 1
        (shelf.profiles / SLUG / "cv.md").write_text(cv(latest, 40), encoding="utf-8")
        one = processes.Process(target=ingest_once, args=(shelf.profiles, shelf.index))
        one.start()
        return one

    def whole() -> float:
        started = time.monotonic()
        begun().join(INGEST_S)
        return time.monotonic() - started

    with serving(shelf.profiles, shelf.index) as server:
        server.ask(SLUG, QUESTION, INGEST_S)
        with Watch(server, askers=2) as watch:
            whole()
            longest = max(whole(), whole())
            for _ in range(kills):
                one = begun()
                one.join(chance.uniform(0.0, 1.0) * longest)
                one.kill()
                one.join()
                finished += one.exitcode == 0
            whole()
            last = version_in(server.ask(SLUG, QUESTION))
            ready = server.get("/ready").json["status"]
    verify(current(shelf.index / SLUG))
    row.see(f"{kills - finished} died, {finished} had ended; one takes {longest:.1f} s", kills - finished > 0)
    row.see(f"{watch.asked} answers, {watch.versions} versions", watch.asked > kills)
    row.see(f"{len(watch.wrong)} wrong {watch.wrong[:2]}", not watch.wrong)
    row.see(f"{len(watch.failed)} failed {watch.failed[:2]}", not watch.failed)
    row.see("the next ingest succeeds and answers", last == latest and ready == "ready")
    left = [p.name for p in (shelf.index / SLUG).iterdir() if p.name.startswith((".building", "gen-"))]
    row.see(f"left over: {len(left) - 2}", len(left) == 2)
    return row


def two_ingests(folder: Path) -> Row:
    """A second ingest of the same profile."""
    row = Row("two ingests at once")
    shelf = Shelf.prepared(folder, 2)
    (shelf.profiles / SLUG / "cv.md").write_text(cv(3), encoding="utf-8")
    # The first embeds a thousand texts, which takes long enough to be met.
    first = subprocess.Popen(
        [*shelf.ingest_command, "--rebuild"], env=environment({}), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    note = shelf.index / SLUG / ".writer"
    while not note.exists() and first.poll() is None:
        time.sleep(0.02)
    second = subprocess.run(
        shelf.ingest_command, env=environment({}), capture_output=True, text=True, timeout=INGEST_S, check=False
    )
    row.see(f"the second: exit status {second.returncode}", second.returncode == os.EX_TEMPFAIL)
    told = f"another ingest of '{SLUG}' runs (pid {first.pid}, since "
    row.see(second.stderr.strip()[:120], told in second.stderr)
    row.see(f"the first: exit status {first.wait(INGEST_S)}", first.returncode == 0)
    return row


def server_killed(folder: Path) -> Row:
    """The server dies with SIGKILL while it answers; what was spent and what visitors said outlives it."""
    row = Row("kill -9 of the server")
    shelf = Shelf.prepared(folder, 2, entries=40)
    with scripted(faithful) as provider:
        told = {
            "OPENAI_BASE_URL": provider.url,
            "OPENAI_API_KEY": "of-nobody",
            "OPENAI_MODEL": MODEL,
            "VIVAVOCE_BUDGET_DAY_TOKENS": "40000",
        }
        with serving(shelf.profiles, shelf.index, environment=told) as server:
            answer = server.ask(SLUG, "Tell me about her").json
            said = {
                "profile": SLUG,
                "fingerprint": answer["fingerprint"],
                "verdict": "helpful",
                "words": "before the crash",
            }
            row.see("feedback is taken", server.send("POST", "/v1/feedback", said).status in {200, 201, 202, 204})
            before = server.get("/ready").json["model"]["budget_left"]
            asking = [threading.Thread(target=_ask_quietly, args=(server,)) for _ in range(8)]
            for thread in asking:
                thread.start()
            server.kill()
            for thread in asking:
                thread.join()
            seconds = server.start()
            after = server.get("/ready").json["model"]["budget_left"]
            used = f"ready again after {seconds:.1f} s, {server.use().cpu_s:.1f} s of it at work"
            row.see(used, seconds < READY_S)
            row.see(f"budget left {before} before, {after} after", after <= before < 1)
            row.see("it answers", version_in(server.ask(SLUG, QUESTION)) == 2)
    kept = b"before the crash" in (shelf.index / ".feedback.sqlite3").read_bytes()
    row.see("feedback is kept", kept)
    return row


def _told(server: Server) -> tuple[int | None, str]:
    """The version that answers, and how ``/ready`` finds the index."""
    version = version_in(server.ask(SLUG, QUESTION))
    return version, str(server.get("/ready").json["profiles"][SLUG]["index"])


def _ask_quietly(server: Server) -> None:
    with suppress(OSError, HTTPException):
        server.ask(SLUG, "Tell me about her")


def rows(kills: int, only: str | None) -> Iterator[Row]:
    """Every row as it comes; ``only`` those whose function has that in its name."""
    can_mount = os.geteuid() == 0 and shutil.which("mount") is not None
    without_tmp = (
        "unshare",
        "-m",
        "sh",
        "-c",
        'for d in /tmp /var/tmp /usr/tmp; do mount --bind $d $d && mount -o remount,ro,bind $d; done; exec "$@"',
        "sh",
    )
    one_each: dict[str, Callable[[Path], Row]] = {
        "two_ingests": two_ingests,
        "server_killed": server_killed,
        "no_home": lambda folder: odd_surroundings(folder, "no HOME", {"HOME": ""}),
        "lang_c": lambda folder: odd_surroundings(folder, "LANG=C, no UTF-8", {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    }  # fmt: skip
    if FAKETIME.exists():
        one_each["clock_jumps"] = clock_jumps
    if can_mount:
        one_each |= {"disk_full": disk_full, "disk_read_only": disk_read_only}
        one_each["no_tmp"] = lambda folder: odd_surroundings(
            folder, "no folder for temporary files can be written", {}, without_tmp
        )
    one_each["ingests_killed"] = lambda folder: ingests_killed(folder, kills)
    if only is None or only in "corrupted":
        with _home() as folder:
            shelf = Shelf.prepared(folder)
            with serving(shelf.profiles, shelf.index) as server:
                for n, (name, spoil) in enumerate(CORRUPTIONS.items()):
                    yield corrupted(shelf, server, name, spoil, 10 * (n + 1))
                yield damaged_at_rest(shelf, server, 1_000)
    for name, fault in one_each.items():
        if only is None or only in name:
            with _home() as folder:
                yield _measured(name, fault, folder)


def _measured(name: str, fault: Callable[[Path], Row], folder: Path) -> Row:
    """The row of ``fault``; a server that is silent or gone is a bar missed and not the end of the table."""
    try:
        return fault(folder)
    except (OSError, HTTPException, NotServing) as error:
        row = Row(name)
        row.see(f"{type(error).__name__}: {error}", False)
        return row


@contextmanager
def _home() -> Iterator[Path]:
    """A folder that is none of those for temporary files, some of which are taken away."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-faults-", dir=Path.home()) as folder:
        yield Path(folder)


def main() -> None:
    """Prints the table; exit status 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only", metavar="NAME", help="rows whose name has this in it, such as 'disk'")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print("| fault | seen | missed | load |\n|---|---|---|---|", flush=True)
    seen: list[Row] = []
    for row in rows(given.kills, given.only):
        seen.append(row)
        print(
            f"| {row.fault} | {'; '.join(row.seen)} | {'; '.join(row.missed) or '–'} | {load_average()} |", flush=True
        )
    if given.json:
        given.json.write_text(json.dumps([asdict(row) for row in seen], indent=1) + "\n", encoding="utf-8")
    sys.exit(any(row.missed for row in seen))


if __name__ == "__main__":
    main()
