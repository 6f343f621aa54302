"""A run as numbers, as JSON and as a table, and the comparison of two."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.agreement import judged_to_json, show_judged
from evals.metrics import percentile, refusal_precision, refusal_recall, share
from evals.run import Outcome
from evals.suite import Suite
from evals.written import show_written, written_by

if TYPE_CHECKING:
    from evals.judge import Judged

Scores = dict[str, int | float]
"""One row of a run. A metric that does not apply is absent."""

METRICS = ("correct", "refusal_precision", "refusal_recall", "citation_precision", "citation_recall", "leakage")
"""Those that a comparison watches; of ``leakage`` less is better, of the others more. Latency differs by machine."""

_TIMES = ("p50_ms", "p95_ms")
_HEADINGS = (
    "",
    "questions",
    "correct",
    "ref. prec.",
    "ref. rec.",
    "cit. prec.",
    "cit. rec.",
    "leakage",
    "p50 ms",
    "p95 ms",
)
_PEER = (
    "peer: plain llama-index over Chroma with the same embedder, answering with the best sentence of the chunks it finds; "
    "it hears the last turn only and never refuses"
)


def scores(outcomes: Sequence[Outcome]) -> Scores:
    """One row: counts, shares from 0 to 1, and the warm latency."""
    refusals = [(o.should_refuse, o.refused) for o in outcomes if o.refused is not None]
    cited, located = sum(o.cited for o in outcomes), sum(o.gold_located for o in outcomes)
    times = [ms for o in outcomes for ms in o.times_ms]
    failed = sum(len(o.unsupported) for o in outcomes)
    row: dict[str, int | float | None] = {
        "questions": len(outcomes),
        "correct": share(o.why is None for o in outcomes),
        "refusal_precision": refusal_precision(refusals),
        "refusal_recall": refusal_recall(refusals),
        "citation_precision": (cited - failed) / cited if cited else None,
        "citation_recall": sum(o.gold_cited for o in outcomes) / located if located else None,
        "leakage": sum(bool(o.leaks) for o in outcomes),
        "p50_ms": percentile(times, 50),
        "p95_ms": percentile(times, 95),
    }
    return {name: round(value, 4) for name, value in row.items() if value is not None}


def to_json(
    suite: Suite,
    outcomes: Sequence[Outcome],
    stamp: Mapping[str, Any],
    peer: Sequence[Outcome] | None = None,
    judged: "Judged | None" = None,
) -> dict[str, Any]:
    """The whole run as one object. ``peer`` adds the rows of another engine that was asked the same: under that key stand
    its overall scores, and beside them those by profile and by kind. ``judged`` adds what a judge finds beside the metrics.
    """
    run = {
        "run": dict(stamp),
        "overall": scores(outcomes),
        **_parts(suite, outcomes),
        "failures": [
            {"id": o.id, "question": o.question, "answer": o.answer, "why": o.why}
            for o in outcomes
            if o.why is not None
        ],
        "unsupported": [
            {"id": o.id, "sentence": sentence, "why": why} for o in outcomes for sentence, why in o.unsupported
        ],
        "leaks": [{"id": o.id, "names": list(o.leaks)} for o in outcomes if o.leaks],
        "gold_not_found": sum(o.gold_lost for o in outcomes),
        "skipped": [{"profile": s.profile, "document": s.document} for s in suite.skipped],
    }
    written = written_by(outcomes)
    if written is not None:
        run["model"] = written
    if peer is not None:
        run["peer"] = {**scores(peer), **_parts(suite, peer)}
    if judged is not None:
        run["judge"] = judged_to_json(judged)
    return run


def _parts(suite: Suite, outcomes: Sequence[Outcome]) -> dict[str, dict[str, Scores]]:
    return {
        "profiles": {slug: scores([o for o in outcomes if o.profile == slug]) for slug in suite.cases},
        "kinds": {kind: scores([o for o in outcomes if o.kind == kind]) for kind in sorted({o.kind for o in outcomes})},
    }


def show(console: Console, run: Mapping[str, Any]) -> None:
    """What went wrong, a line each, then a table by kind and by profile, with the peer's row below ours where it was asked."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right" if heading.strip() else "left")
    peer: dict[str, Any] | None = run.get("peer")
    for name, row in run["kinds"].items():
        table.add_row(name, *_cells(row))
    for name, row in run["profiles"].items():
        table.add_row(name, *_cells(row))
        if peer:
            table.add_row("  peer", *_cells(peer["profiles"][name]), style="dim")
    table.add_row(Text("overall", style="bold"), *_cells(run["overall"]))
    if peer:
        table.add_row("  peer", *_cells(peer), style="dim")
    for failure in run["failures"]:
        line = Text.assemble((failure["id"], "red"), f"  {failure['question']}  ", (failure["why"], "yellow"))
        console.print(line, soft_wrap=True)
    for sentence in run["unsupported"]:
        line = Text.assemble((sentence["id"], "red"), f"  “{sentence['sentence']}”  ", (sentence["why"], "yellow"))
        console.print(line, soft_wrap=True)
    for leak in run["leaks"]:
        console.print(Text.assemble((leak["id"], "red"), f"  names {', '.join(leak['names'])}"), soft_wrap=True)
    for document in run["skipped"]:
        console.print(f"{document['profile']}: no reader for {document['document']}", style="dim", soft_wrap=True)
    if run["gold_not_found"]:
        console.print(f"{run['gold_not_found']} gold quotes stand in no document that was read", style="dim")
    console.print(table)
    if peer:
        console.print(_PEER, style="dim", soft_wrap=True)
    if "model" in run:
        show_written(console, run["model"])
    if "judge" in run:
        show_judged(console, run["judge"])


def _cells(row: Scores) -> list[str]:
    cells = [str(row["questions"])]
    cells += [f"{row[m]:.1%}" if m in row else "–" for m in METRICS[:-1]]
    cells.append(str(row["leakage"]))
    return cells + [f"{row[m]:.1f}" if m in row else "–" for m in _TIMES]


@dataclass(frozen=True, slots=True)
class Change:
    """One metric of one row that differs between a run and its baseline."""

    row: str
    metric: str
    before: int | float | None
    after: int | float | None
    """``None``: the metric does not apply."""

    @property
    def is_fall(self) -> bool:
        """Whether the run is worse; a metric that ceased to apply counts as worse."""
        if self.before is None or self.after is None:
            return self.after is None
        return self.after > self.before if self.metric == "leakage" else self.after < self.before


def compare(run: Mapping[str, Any], baseline: Mapping[str, Any]) -> tuple[Change, ...]:
    """What differs in the rows of ``baseline``: overall, profiles, kinds. Rows that only ``run`` has are new."""
    changes: list[Change] = []
    for name, before, after in _rows(run, baseline):
        for metric in METRICS:
            if before.get(metric) != after.get(metric):
                changes.append(Change(name, metric, before.get(metric), after.get(metric)))
    return tuple(changes)


def _rows(run: Mapping[str, Any], baseline: Mapping[str, Any]) -> Iterable[tuple[str, Scores, Scores]]:
    yield "overall", baseline["overall"], run["overall"]
    for group in ("profiles", "kinds"):
        for name, before in baseline[group].items():
            yield name, before, run[group].get(name, {})


def show_changes(console: Console, changes: Sequence[Change]) -> None:
    """A line for each change, falls marked."""
    for change in changes:
        word, style = ("falls", "red") if change.is_fall else ("rises", "green")
        values = (f"{'absent' if v is None else round(v, 4)}" for v in (change.before, change.after))
        console.print(Text.assemble(f"{change.row} {change.metric} ", (word, style), " " + " → ".join(values)))
    if not changes:
        console.print("no difference")
