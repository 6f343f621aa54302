"""What a server stands on, taken away: folders, disks, the clock, the language of its surroundings."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.corruptions import INGEST_S, QUESTION, SLUG, Shelf, cv
from evals.bench.serving import NotServing, Server, environment, serving
from evals.bench.watching import Row, Watch, version_in
from ingest.sentences import is_cjk

_SMALL = 80
"""Megabytes: enough for an index and the next one beside it, each in two copies."""
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
"""As Debian installs it."""


def odd_surroundings(folder: Path, name: str, more: dict[str, str], before: tuple[str, ...] = ()) -> Row:
    """A server that starts where something is missing."""
    row = Row(name)
    shelf = Shelf.prepared(folder, 2, entries=40)
    try:
        with serving(shelf.profiles, shelf.index, environment=more, before=before) as server:
            row.see("it answers", version_in(server.ask(SLUG, QUESTION)) == 2)
            chinese = str(server.ask(SLUG, "她的研究兴趣是什么？").json.get("answer", ""))
            row.see(f"in Chinese: {chinese[:20]}", is_cjk(chinese))
            row.see("the page", server.get("/").status == 200)
    except NotServing as error:
        last = str(error).strip().splitlines()[-1:]
        row.see(f"does not start: {last}", bool(last) and last[0].startswith("vivavoce: "))
    return row


def clock_jumps(folder: Path) -> Row:
    """The clock goes back two days, then forward a year, while visitors ask."""
    row = Row("clock jumps")
    shelf, offset = Shelf.prepared(folder, 2, entries=40), folder / "offset"
    offset.write_text("+0", encoding="ascii")
    fake = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(offset),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    with serving(shelf.profiles, shelf.index, environment=fake) as server, Watch(server) as watch:
        for jump in ("-2d", "+365d", "-1d", "+0"):
            time.sleep(1.0)
            offset.write_text(jump, encoding="ascii")
            row.see(f"{jump}: it answers", version_in(server.ask(SLUG, QUESTION)) == 2)
            row.see(f"{jump}: ready", server.get("/ready").json["status"] == "ready")
    row.see(
        f"{watch.asked} answers, {len(watch.failed)} failed {watch.failed[:2]}",
        watch.asked > 3 and not watch.failed + watch.wrong,
    )
    return row


def disk_full(folder: Path) -> Row:
    """No room for another generation, nor for anything else."""
    row = Row("full disk")
    with _disk(folder / "disk", _SMALL) as disk:
        made = Shelf.prepared(folder / "made", 2)
        shelf = Shelf(disk / "profiles", disk / "index", made.made)
        shutil.copytree(made.profiles, shelf.profiles)
        shutil.copytree(made.index, shelf.index)
        with serving(shelf.profiles, shelf.index) as server, Watch(server) as watch:
            (shelf.profiles / SLUG / "cv.md").write_text(cv(3), encoding="utf-8")
            filler = disk / "filler"
            with filler.open("wb", buffering=0) as all_of_it:
                try:
                    while all_of_it.write(b"\0" * 65536):
                        pass
                except OSError:
                    row.see("nothing is free", shutil.disk_usage(disk).free < 65536)
            done = subprocess.run(
                shelf.ingest_command, env=environment({}), capture_output=True, text=True, timeout=INGEST_S, check=False
            )
            row.see(f"ingest: {done.stderr.strip()[:110]}", done.returncode == 2 and "room" in done.stderr)
            row.see("the old version answers", version_in(server.ask(SLUG, QUESTION)) == 2)
            filler.unlink()
            row.see(f"with room again: {shelf.ingested(3):.1f} s", version_in(server.ask(SLUG, QUESTION)) == 3)
        row.see(f"{watch.asked} answers, {len(watch.failed)} failed {watch.failed[:2]}", not watch.failed + watch.wrong)
    return row


def disk_read_only(folder: Path) -> Row:
    """Neither profiles nor index can be written."""
    row = Row("read-only folder")
    with _disk(folder / "disk", _SMALL) as disk:
        shelf = Shelf.prepared(disk / "deep", 2, entries=40)
        server = Server(shelf.profiles, shelf.index, log_folder=folder)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        row.see(f"starts in {server.start():.1f} s", True)
        row.see("it answers", version_in(server.ask(SLUG, QUESTION)) == 2)
        row.see("ready", server.get("/ready").json["status"] == "ready")
        done = subprocess.run(
            [*shelf.ingest_command, "--rebuild"],
            env=environment({}),
            capture_output=True,
            text=True,
            timeout=INGEST_S,
            check=False,
        )
        row.see(f"ingest: {done.stderr.strip()[-110:]}", done.returncode == 2 and "cannot be written" in done.stderr)
        server.stop()
    return row


@contextmanager
def _disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own."""
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
