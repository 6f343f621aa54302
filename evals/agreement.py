"""How far a judge and the metrics agree, as numbers and as lines."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from evals.judge import Judged

_SHOWN = 10
"""Disagreements that are printed; the run has all."""


def agreement(pairs: Sequence[tuple[bool, bool]]) -> dict[str, int | float]:
    """Of ``(judge, metric)``: how many, the share in which both say the same, and Cohen's kappa where chance leaves room for one.

    Cohen 1960, "A coefficient of agreement for nominal scales".
    """
    total = len(pairs)
    if not total:
        return {"pairs": 0}
    same = sum(a == b for a, b in pairs) / total
    first, second = sum(a for a, _ in pairs) / total, sum(b for _, b in pairs) / total
    chance = first * second + (1 - first) * (1 - second)
    row: dict[str, int | float] = {
        "pairs": total,
        "judge": round(first, 4),
        "metric": round(second, 4),
        "agree": round(same, 4),
    }
    return row | ({"kappa": round((same - chance) / (1 - chance), 4)} if chance < 1 else {})


def judged_to_json(judged: "Judged") -> dict[str, Any]:
    """The judge's part of a run; ``judge`` and ``metric`` are the shares that each takes as right."""
    sentences = [(v, s) for v in judged.verdicts for s in v.sentences]
    return {
        "model": judged.model,
        "url": judged.url,
        "prompt": judged.prompt,
        "usage": dict(judged.usage),
        "answers": agreement([(v.is_correct, v.was_correct) for v in judged.verdicts]),
        "sentences": agreement([(by_judge, by_metric) for _, (_, by_judge, by_metric) in sentences]),
        "disagreements": [
            {"id": v.id, "question": v.question, "judge": v.is_correct, "metric": v.was_correct, "why": v.why}
            for v in judged.verdicts
            if v.is_correct != v.was_correct
        ]
        + [
            {"id": v.id, "sentence": text, "judge": by_judge, "metric": by_metric, "why": v.why}
            for v, (text, by_judge, by_metric) in sentences
            if by_judge != by_metric
        ],
        "failed": dict(Counter(kind or "no verdict" for _, kind in judged.failures)),
    }


def show_judged(console: Console, judged: Mapping[str, Any]) -> None:
    """Where the judge and the metrics differ, a line each, then how far they agree."""
    for found in judged["disagreements"][:_SHOWN]:
        about = found.get("sentence") or found["question"]
        words = f"judge: {_word(found['judge'])}, metric: {_word(found['metric'])}"
        line = Text.assemble((found["id"], "yellow"), f"  {about}  ", (f"{words}; {found['why']}", "dim"))
        console.print(line, soft_wrap=True)
    more = len(judged["disagreements"]) - _SHOWN
    if more > 0:
        console.print(f"and {more} more in the run's JSON", style="dim")
    console.print(f"judge {judged['model']} (prompt {judged['prompt']}); it decides nothing", style="dim")
    for name, metric in (("answers", "string metric"), ("sentences", "span metric")):
        console.print(f"  {_summary(name, metric, judged[name])}", style="dim", soft_wrap=True)
    if judged["failed"]:
        console.print(f"  no verdict on {_counted(judged['failed'])}", style="dim", soft_wrap=True)


def _summary(name: str, metric: str, row: Mapping[str, int | float]) -> str:
    if not row["pairs"]:
        return f"{name}: none judged"
    kappa = f", kappa {row['kappa']:.2f}" if "kappa" in row else ""
    return (
        f"{name}: {row['pairs']}, right by the judge {row['judge']:.1%}, by the {metric} {row['metric']:.1%},"
        f" the same verdict {row['agree']:.1%}{kappa}"
    )


def _counted(failed: Mapping[str, int]) -> str:
    return ", ".join(f"{count} ({kind.replace('_', ' ')})" for kind, count in failed.items())


def _word(is_right: bool) -> str:
    return "right" if is_right else "wrong"
