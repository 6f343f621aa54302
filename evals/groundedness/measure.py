"""The error rates of the verifier: on our own labelled sentences, and on public sets that are read where they lie."""

import json
import math
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.answer.support import Shown, Support
from evals.groundedness.rows import Row
from ingest.domain import Document, Profile, Record, Span
from ingest.embed import Embedder
from ingest.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what the verifier made of it."""

    row: Row
    passed: bool
    citations: tuple[int, ...]
    reason: str | None
    milliseconds: float

    @property
    def is_right(self) -> bool:
        return self.passed == self.row.supported


def judge(rows: Iterable[Row], records: Mapping[str, Record], embedder: Embedder) -> list[Judged]:
    """Every row judged over its own evidence; rows of the same evidence share one ``Support``."""
    made: dict[tuple[str, tuple[Shown, ...], tuple[str, ...]], Support] = {}
    found: list[Judged] = []
    for row in rows:
        key = (row.profile, row.shown, row.computed)
        if key not in made:
            made[key] = Support(row.shown, records[row.profile], embedder, row.computed)
        begun = time.perf_counter()
        verdict = made[key].judge(row.sentence)
        spent = (time.perf_counter() - begun) * 1_000
        found.append(Judged(row, verdict.passed, verdict.citations, verdict.reason, spent))
    return found


def wilson(errors: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    share = errors / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def rates(judged: Sequence[Judged]) -> dict[str, Any]:
    """False passes among the unsupported and false strips among the supported, with 95 % intervals; absent where there are none."""
    found: dict[str, Any] = {}
    for name, supported in (("false_pass", False), ("false_strip", True)):
        rows = [j for j in judged if j.row.supported == supported]
        if rows:
            errors = sum(not j.is_right for j in rows)
            low, high = wilson(errors, len(rows))
            found[name] = {"errors": errors, "rows": len(rows), "share": errors / len(rows), "low": low, "high": high}
    return found


def table(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """``rates`` by part, and within each part by language and by kind of corruption."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for j in judged:
        origin = "rule" if j.row.kind.startswith("rule:") else "hand"
        groups[j.row.part].append(j)
        groups[f"{j.row.part} / {j.row.language}"].append(j)
        if not j.row.supported:
            groups[f"{j.row.part} / corrupted by {origin}"].append(j)
    return {name: rates(found) for name, found in sorted(groups.items())}


def recited(rows: Sequence[Row], records: Mapping[str, Record], embedder: Embedder) -> dict[str, Any]:
    """Of the supported sentences that cite the wrong piece while the right one was shown: how many come back with the right one."""
    right = total = 0
    for row in rows:
        cited = re.findall(r"\[(\d+)\]", row.sentence)
        others = [s.n for s in row.shown if str(s.n) not in cited]
        if not row.supported or len(cited) != 1 or not others:
            continue
        total += 1
        verdict = Support(row.shown, records[row.profile], embedder, row.computed).judge(
            row.sentence.replace(f"[{cited[0]}]", f"[{others[0]}]")
        )
        right += verdict.passed and int(cited[0]) in verdict.citations
    return {"rows": total, "right": right, "share": right / total if total else None}


def public(folder: Path, embedder: Embedder) -> dict[str, Any]:
    """Balanced accuracy, false pass and false strip on AttributionBench (dev) and SummEdits (scitldr) below ``folder``; absent sets are left out."""
    found: dict[str, Any] = {}
    for name, path, read in (
        ("attributionbench dev", folder / "attributionbench" / "dev_all_subset_balanced.jsonl", _attribution),
        ("summedits scitldr", folder / "summedits" / "summedits_scitldr.json", _summedits),
    ):
        if path.is_file():
            found[name] = _balanced(list(read(path)), embedder)
    return found


def _attribution(path: Path) -> Iterable[tuple[str, list[str], bool]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["claim"], row["references"], row["attribution_label"] == "attributable"


def _summedits(path: Path) -> Iterable[tuple[str, list[str], bool]]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        yield row["summary"], [row["doc"]], bool(row["label"])


def _balanced(rows: Sequence[tuple[str, list[str], bool]], embedder: Embedder) -> dict[str, Any]:
    """A row passes where every sentence of its claim does."""
    passes = {True: [0, 0], False: [0, 0]}
    for claim, references, supported in rows:
        support = Support(*_foreign(references), embedder)
        marks = "".join(f"[{n}]" for n in range(1, len(references) + 1))
        sentences = [s.rstrip(" .") + f" {marks}." for s in split_sentences(" ".join(claim.split())) if s.strip()]
        passes[supported][0] += all(support.judge(s).passed for s in sentences)
        passes[supported][1] += 1
    strip = 1 - passes[True][0] / passes[True][1]
    false_pass = passes[False][0] / passes[False][1]
    return {
        "rows": len(rows),
        "balanced_accuracy": 1 - (strip + false_pass) / 2,
        "false_pass": false_pass,
        "false_strip": strip,
    }


def _foreign(references: Sequence[str]) -> tuple[list[Shown], Record]:
    """Somebody else's references as a record without facts."""
    documents = tuple(Document(f"{n}.txt", "", "text/plain", text) for n, text in enumerate(references, 1))
    shown = [Shown(n, Span(d.id, 0, len(d.text)), d.text, ()) for n, d in enumerate(documents, 1)]
    return shown, Record(Profile("public", "public"), documents, (), (), (), "")
