"""What a language model had to do with the answers of a run: how many it wrote, why not the others, and what that took."""

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console

from evals.run import Outcome


def written_by(outcomes: Sequence[Outcome]) -> dict[str, Any] | None:
    """Counts over the last turns of all questions; ``None`` where no model was asked.

    ``asked`` of ``answers`` answers went to a model at all, ``prompt_tokens`` and ``completion_tokens`` are the medians of those.
    """
    answers = [o.given for o in outcomes if o.given is not None]
    asked = [(a, a.model) for a in answers if a.model is not None]
    if not asked:
        return None
    paid = [a.usage for a, _ in asked if a.usage["prompt_tokens"]]
    return {
        "answers": len(answers),
        "asked": len(asked),
        "written": sum(a.mode != "offline" for a, _ in asked),
        "partial": sum(a.status == "partial" for a, _ in asked),
        "dropped_sentences": sum(used.dropped for _, used in asked),
        "fallbacks": dict(Counter(used.fallback for _, used in asked if used.fallback).most_common()),
        "prompts": sorted({used.prompt for _, used in asked}),
        "prompt_tokens": statistics.median(u["prompt_tokens"] for u in paid) if paid else 0,
        "completion_tokens": statistics.median(u["completion_tokens"] for u in paid) if paid else 0,
        "cost_usd": round(sum(a.usage["cost_usd"] for a, _ in asked), 6),
    }


def show_written(console: Console, written: Mapping[str, Any]) -> None:
    """Two lines of ``written_by``."""
    why = ", ".join(f"{kind.replace('_', ' ')} ({count})" for kind, count in written["fallbacks"].items()) or "none"
    console.print(
        f"the model was asked for {written['asked']} of {written['answers']} answers and wrote {written['written']},"
        f" {written['partial']} of them in part; {written['dropped_sentences']} of its sentences were dropped; fallbacks: {why}",
        style="dim",
        soft_wrap=True,
    )
    console.print(
        f"median {written['prompt_tokens']:.0f} prompt and {written['completion_tokens']:.0f} completion tokens a question asked,"
        f" {written['cost_usd']:.4f} US dollars in all",
        style="dim",
        soft_wrap=True,
    )
