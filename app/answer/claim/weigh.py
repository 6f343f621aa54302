"""How much the signs of a claim weigh together; ``trees.tsv`` is made by ``python -m evals.groundedness.train``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

BIAS, NEAR, APART = "bias", "near", "apart"
"""The rows of the file that are no tree."""
VETOES = frozenset({"exact.turned", "about.order", "about.rate", "about.all", "about.bound", "about.raised"})
"""Signs that a time, or the order of authors or of supervisors, is turned round, a sum told as yearly, or some as all, which no other sign makes good."""
LAID = "laid.exact"
"""The sign of how much of a claim stands in one sentence in its order."""
_NEAR = 0.5
"""From which share a claim is near to that sentence: there what differs is likelier to be wrong, and more is wanted to show it."""
OPEN = ("is.", "long", "clean", "says.", "in.", "from.", "laid.", "lines", "outside")
"""How the signs begin that may speak for a claim; every other one only ever speaks against it."""


@dataclass(frozen=True, slots=True)
class Fork:
    """One question to a sign, and what is added where it is at most ``cut`` and where it is more."""

    sign: str
    cut: float
    low: float
    high: float

    def weigh(self, signs: Mapping[str, float]) -> float:
        return self.high if signs.get(self.sign, 0.0) > self.cut else self.low


@dataclass(frozen=True, slots=True)
class Tree:
    """A question that leads to one of two further ones."""

    sign: str
    cut: float
    low: Fork
    high: Fork

    def weigh(self, signs: Mapping[str, float]) -> float:
        return (self.high if signs.get(self.sign, 0.0) > self.cut else self.low).weigh(signs)


@dataclass(frozen=True, slots=True)
class Scale:
    """Boosted trees (Friedman 2001): their sum is the log-odds that a claim is borne out."""

    bias: float
    near: float
    """The least log-odds of a claim that is shown and near to a sentence of its evidence."""
    apart: float
    """The same of one in words of its own."""
    trees: tuple[Tree, ...]

    def weigh(self, signs: Mapping[str, float]) -> float:
        return self.bias + sum(tree.weigh(signs) for tree in self.trees)

    def least(self, signs: Mapping[str, float]) -> float:
        """The least log-odds with which a claim with these signs is shown."""
        return self.near if is_near(signs) else self.apart


def write(scale: Scale) -> str:
    """The text of the file: three named numbers, then a tree a line."""
    named = ((BIAS, scale.bias), (NEAR, scale.near), (APART, scale.apart))
    lines = [f"{name}\t{value:.4f}" for name, value in named]
    for tree in scale.trees:
        forks = [f"{f.sign}\t{f.cut:.4f}\t{f.low:.4f}\t{f.high:.4f}" for f in (tree.low, tree.high)]
        lines.append("\t".join([tree.sign, f"{tree.cut:.4f}", *forks]))
    return "\n".join(lines) + "\n"


def read(text: str) -> Scale:
    """The scale that ``write`` wrote."""
    (_, bias), (_, near), (_, apart), *rows = (line.split("\t") for line in text.splitlines())
    return Scale(float(bias), float(near), float(apart), tuple(_tree(row) for row in rows))


def _tree(row: list[str]) -> Tree:
    return Tree(row[0], float(row[1]), _fork(row[2:6]), _fork(row[6:10]))


def _fork(row: list[str]) -> Fork:
    return Fork(row[0], float(row[1]), float(row[2]), float(row[3]))


def is_near(signs: Mapping[str, float]) -> bool:
    """Whether a claim has most words of one sentence of its evidence, in their order."""
    return signs.get(LAID, 0.0) >= _NEAR


@cache
def scale() -> Scale:
    """The scale that answers are weighed on."""
    return read(resources.files("app.answer.claim").joinpath("trees.tsv").read_text(encoding="utf-8"))


def weighed(signs: Mapping[str, float]) -> float:
    """The log-odds that a claim with these signs is borne out."""
    return scale().weigh(signs)


def holds(signs: Mapping[str, float]) -> bool:
    """Whether a claim with these signs is likely enough to be borne out to be shown."""
    return VETOES.isdisjoint(signs) and weighed(signs) >= scale().least(signs)
