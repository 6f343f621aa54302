"""Precision and recall of "stated" over labelled job descriptions, with 95 % intervals; pure functions over reports and labels."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.match.domain import Finding, Report
from evals.groundedness.measure import wilson
from evals.match.rows import Job, Label, plain

PRECISION, RECALL = 0.95, 0.85
"""The bars."""
_OVER = 0.5
_RANK = {"not stated": 0, "related": 1, "stated": 2}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One label and what the report says where it stands; the weakest, where the report split it further."""

    label: Label
    got: str
    """A verdict, or ``missed`` where no requirement was found there."""
    wrong_evidence: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one job description."""

    job: Job
    outcomes: tuple[Outcome, ...]
    right: int
    """Findings that say "stated" where the label does, with a gold quote in their evidence."""
    wrong: tuple[str, ...]
    """Requirements of the other findings that say "stated"."""
    surplus: int
    """Requirements found where no label stands."""


def compare(job: Job, report: Report) -> Result:
    """A report against the labels of its job description."""
    outcomes, seen = [], set()
    right, wrong = 0, []
    for label in job.labels:
        over = [n for n, f in enumerate(report.findings) if _overlap(label, f)]
        seen |= set(over)
        got = min((report.findings[n].verdict for n in over), key=lambda v: _RANK[v], default="missed")
        unfounded = False
        for n in over:
            finding = report.findings[n]
            if finding.verdict != "stated":
                continue
            founded = _is_founded(label, finding, report)
            right, unfounded = right + founded, unfounded or not founded
            wrong += [] if founded else [finding.requirement.text]
        outcomes.append(Outcome(label, got, unfounded))
    surplus = [f for n, f in enumerate(report.findings) if n not in seen]
    wrong += [f.requirement.text for f in surplus if f.verdict == "stated"]
    return Result(job, tuple(outcomes), right, tuple(wrong), len(surplus))


def _overlap(label: Label, finding: Finding) -> bool:
    """Whether one lies in the other by half."""
    asked = finding.requirement
    shared = min(label.end, asked.end) - max(label.start, asked.start)
    return shared >= _OVER * min(label.end - label.start, asked.end - asked.start) and shared > 0


def _is_founded(label: Label, finding: Finding, report: Report) -> bool:
    quotes = [plain(c.quote) for c in report.citations if c.n in finding.citations]
    return label.verdict == "stated" and any(plain(g) in q or q in plain(g) for g in label.gold for q in quotes)


def table(results: Sequence[Result]) -> dict[str, dict[str, Any]]:
    """Precision and recall by part, and over all parts."""
    groups: Mapping[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.job.part].append(result)
        groups["all"].append(result)
    return {name: _row(group) for name, group in groups.items()}


def _row(results: Sequence[Result]) -> dict[str, Any]:
    right, wrong = sum(r.right for r in results), sum(len(r.wrong) for r in results)
    stated = [o for r in results for o in r.outcomes if o.label.verdict == "stated"]
    found = sum(o.got == "stated" for o in stated)
    labels = [o for r in results for o in r.outcomes]
    return {
        "jobs": len(results),
        "labels": len(labels),
        "precision": _share(right, right + wrong),
        "recall": _share(found, len(stated)),
        "missed_requirements": sum(o.got == "missed" for o in labels),
        "surplus_requirements": sum(r.surplus for r in results),
        "confusion": {
            f"{want} → {got}": n for (want, got), n in sorted(Counter((o.label.verdict, o.got) for o in labels).items())
        },
    }


def _share(hits: int, total: int) -> dict[str, Any]:
    low, high = wilson(hits, total)
    return {
        "hits": hits,
        "of": total,
        "share": round(hits / total, 4) if total else None,
        "low": round(low, 4),
        "high": round(high, 4),
    }
