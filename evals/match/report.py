"""Runs the desk over the labelled job descriptions; the result as one JSON object and as a table."""

import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from app.errors import ConfigurationError
from app.library import Library
from app.match.desk import MatchDesk
from evals.groundedness.rows import HOMES
from evals.match.measure import PRECISION, RECALL, Result, compare, table
from evals.match.rows import missing_gold, read_jobs
from ingest.build import Progress, ingest
from ingest.embed import Embedder


def run_match(embedder: Embedder, homes: tuple[Path, ...] = HOMES) -> dict[str, Any]:
    """Everything measured: ``parts``, ``errors``, and whether the bars are met.

    Raises:
        ConfigurationError: a profile or a gold quote is missing, as where this is no checkout.
    """
    jobs = tuple(read_jobs())
    with tempfile.TemporaryDirectory(prefix="vivavoce-match-") as folder:
        library = Library(Path(folder) / "profiles", Path(folder) / "index", embedder)
        for slug in sorted({job.profile for job in jobs}):
            home = next((h / slug for h in homes if (h / slug).is_dir()), None)
            if home is None:
                raise ConfigurationError(f"no profile {slug}; run this in a checkout of the project")
            shutil.copytree(home, library.profiles / slug)
            ingest(library.profiles, library.index, slug, embedder, datetime.now(UTC), Progress())
        records = {slug: library.open(slug).record for slug in library.slugs()}
        if absent := missing_gold(jobs, records):
            raise ConfigurationError(f"gold quote {absent[0]!r} stands in no document; mend the labels")
        desk = MatchDesk(library)
        results = [compare(job, desk.match(job.profile, job.text)) for job in jobs]
    parts = table(results)
    reached = parts["all"]["precision"]["share"] >= PRECISION and parts["all"]["recall"]["share"] >= RECALL
    return {
        "parts": parts,
        "bars": {"precision": PRECISION, "recall": RECALL, "reached": reached},
        "errors": _errors(results),
    }


def _errors(results: list[Result]) -> list[dict[str, str]]:
    found = []
    for r in results:
        where = {"part": r.job.part, "job": r.job.name, "profile": r.job.profile}
        found += [
            where | {"requirement": text, "why": "stated, and should not be, or by other evidence"} for text in r.wrong
        ]
        found += [
            where | {"requirement": o.label.text, "why": f"{o.got}, and should be stated"}
            for o in r.outcomes
            if o.label.verdict == "stated" and o.got != "stated"
        ]
    return found


def show_match(console: Console, result: Mapping[str, Any]) -> None:
    """The shares as a table with their 95 % intervals, then every error."""
    shown = Table("part", "jobs", "labels", "precision of stated", "recall of stated", "not found", "surplus", box=None)
    for name, row in result["parts"].items():
        numbers = [str(row[key]) for key in ("missed_requirements", "surplus_requirements")]
        shown.add_row(
            name, str(row["jobs"]), str(row["labels"]), _cell(row["precision"]), _cell(row["recall"]), *numbers
        )
    console.print(shown)
    for error in result["errors"]:
        console.print(
            f"{error['part']} {error['job']} {error['profile']}: {error['requirement']!r}: {error['why']}",
            soft_wrap=True,
        )


def _cell(share: Mapping[str, Any]) -> str:
    value = "" if share["share"] is None else f" = {share['share']:.1%}"
    return f"{share['hits']} of {share['of']}{value} ({share['low']:.1%}–{share['high']:.1%})"
