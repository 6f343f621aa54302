"""How much the signs of a claim weigh together; ``weights.tsv`` is made by ``python -m evals.groundedness.train``."""

from collections.abc import Mapping
from functools import cache
from importlib import resources

BIAS, THRESHOLD = "bias", "threshold"
"""The rows of the file that are no sign."""


@cache
def weights() -> Mapping[str, float]:
    """The weight of each sign; those below zero speak against a claim."""
    text = resources.files("app.answer.claim").joinpath("weights.tsv").read_text(encoding="utf-8")
    return {name: float(value) for name, value in (line.split("\t") for line in text.splitlines())}


def weighed(signs: Mapping[str, float]) -> float:
    """The log-odds that a claim with these signs is borne out."""
    known = weights()
    return known[BIAS] + sum(known.get(name, 0.0) * value for name, value in signs.items())


def holds(signs: Mapping[str, float]) -> bool:
    """Whether what speaks against a claim is light enough for it to be shown."""
    return weighed(signs) >= weights()[THRESHOLD]
