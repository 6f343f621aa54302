"""The error rates of the verifier as one JSON object and as a table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.groundedness.corrupt import corrupted
from evals.groundedness.measure import judge, public, recited, table
from evals.groundedness.rows import ALL, PARTS, read_records, read_rows
from evals.metrics import percentile
from ingest.embed import Embedder


def run_groundedness(embedder: Embedder, benchmarks: Path | None, parts: Sequence[str] = ALL) -> dict[str, Any]:
    """Of these ``parts`` everything measured: ``parts``, ``reasons`` of strips, ``recited``, ``p50_ms``, ``p95_ms``, and ``public`` where a folder is given."""
    records = read_records(parts)
    looked_at = list(read_rows(records, tuple(p for p in parts if p in PARTS)))
    others = read_rows(records, tuple(p for p in parts if p not in PARTS))
    judged = judge([*looked_at, *corrupted(looked_at, records), *others], records, embedder)
    times = [j.milliseconds for j in judged]
    strips = Counter(j.reason for j in judged if j.row.supported and not j.passed)
    result: dict[str, Any] = {
        "parts": table(judged),
        "reasons": dict(strips.most_common()),
        "recited": recited(looked_at, records, embedder),
        "p50_ms": round(percentile(times, 50) or 0.0, 2),
        "p95_ms": round(percentile(times, 95) or 0.0, 2),
        "errors": [
            {"part": j.row.part, "kind": j.row.kind, "sentence": j.row.sentence, "reason": j.reason}
            for j in judged
            if not j.is_right
        ],
    }
    if benchmarks is not None:
        result["public"] = public(benchmarks, embedder)
    return result


def show_groundedness(console: Console, result: Mapping[str, Any]) -> None:
    """The rates as a table, shares with their 95 % intervals."""
    shown = Table("rows", "false pass", "false strip", box=None)
    for name, row in result["parts"].items():
        shown.add_row(name, _cell(row.get("false_pass")), _cell(row.get("false_strip")))
    console.print(shown)
    again = result["recited"]
    console.print(f"cited wrongly and given the right citation: {again['right']} of {again['rows']}")
    console.print(f"{result['p50_ms']} ms a sentence (median), {result['p95_ms']} ms (95 %)")
    for name, row in result.get("public", {}).items():
        console.print(
            f"{name}: balanced accuracy {row['balanced_accuracy']:.3f}, false pass {row['false_pass']:.1%}, "
            f"false strip {row['false_strip']:.1%} ({row['rows']} rows)"
        )


def _cell(rate: Mapping[str, Any] | None) -> str:
    if rate is None:
        return ""
    return f"{rate['errors']} of {rate['rows']} = {rate['share']:.1%} ({rate['low']:.1%}–{rate['high']:.1%})"
