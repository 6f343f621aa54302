"""Boosted trees with two questions each, in which what speaks against a claim never speaks for it (Friedman 2001; monotone as in XGBoost)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.answer.claim.weigh import OPEN, Fork, Scale, Tree

Vector = NDArray[np.float64]
_ROUNDS, _RATE, _SMOOTH = 160, 0.1, 3.0
_CUTS = 12
"""Places at which a sign may be asked for, at most."""
_LEAST = 1.5
"""Weight (of the second derivative) that each side of a question must hold."""


@dataclass(frozen=True, slots=True)
class Question:
    column: int
    cut: float


class Grower:
    """Grows trees on a table of signs, one row an example."""

    def __init__(self, table: Vector, names: Sequence[str]) -> None:
        self._names = names
        self._questions = [Question(j, cut) for j in range(table.shape[1]) for cut in _cuts(table[:, j])]
        self._above = np.array([table[:, q.column] > q.cut for q in self._questions], dtype=np.float32)
        self._adverse = np.array([not names[q.column].startswith(OPEN) for q in self._questions])

    def grow(self, truth: Vector, weight: Vector, used: NDArray[np.bool_]) -> Scale:
        """The trees learned from the ``used`` rows; their thresholds are 0."""
        weight = np.where(used, weight, 0.0)
        share = float(np.average(truth, weights=weight))
        bias = float(np.log(share / (1 - share)))
        odds = np.full(len(truth), bias)
        trees = []
        for _ in range(_ROUNDS):
            likely = 1 / (1 + np.exp(-odds))
            slope, bend = (truth - likely) * weight, likely * (1 - likely) * weight
            tree, gain = self._tree(slope, bend)
            if tree is None:
                break
            trees.append(tree)
            odds = odds + gain
        return Scale(bias, 0.0, 0.0, tuple(trees))

    def _best(self, slope: Vector, bend: Vector) -> tuple[int, float, float] | None:
        """The question that parts the rows best, and what the rows below and above it should gain."""
        g, h = float(slope.sum()), float(bend.sum())
        above_g = (self._above @ slope.astype(np.float32)).astype(float)
        above_h = (self._above @ bend.astype(np.float32)).astype(float)
        low, high = (g - above_g) / (h - above_h + _SMOOTH), above_g / (above_h + _SMOOTH)
        gain = (g - above_g) * low + above_g * high
        gain[(above_h < _LEAST) | (h - above_h < _LEAST) | (self._adverse & (high > low))] = -np.inf
        at = int(np.argmax(gain))
        if gain[at] <= g * g / (h + _SMOOTH) + 0.2:
            return None
        return at, float(low[at]), float(high[at])

    def _tree(self, slope: Vector, bend: Vector) -> tuple[Tree | None, Vector]:
        root = self._best(slope, bend)
        if root is None:
            return None, np.zeros(len(slope))
        at, low, high = root
        middle = (low + high) / 2 if self._adverse[at] else None
        side = self._above[at] > 0
        under, gain_under = self._fork(slope, bend, ~side, low, middle, least=True)
        over, gain_over = self._fork(slope, bend, side, high, middle, least=False)
        question = self._questions[at]
        tree = Tree(self._names[question.column], question.cut, under, over)
        return tree, np.where(side, gain_over, gain_under)

    def _fork(
        self, slope: Vector, bend: Vector, mask: NDArray[np.bool_], value: float, middle: float | None, *, least: bool
    ) -> tuple[Fork, Vector]:
        found = self._best(np.where(mask, slope, 0.0), np.where(mask, bend, 0.0))
        low = high = value
        sign, cut, side = self._names[0], np.inf, np.zeros(len(slope), dtype=bool)
        if found is not None:
            at, low, high = found
            question = self._questions[at]
            sign, cut, side = self._names[question.column], question.cut, self._above[at] > 0
        if middle is not None:
            low, high = (max(low, middle), max(high, middle)) if least else (min(low, middle), min(high, middle))
        low, high = _RATE * low, _RATE * high
        return Fork(sign, float(cut), low, high), np.where(side, high, low)


def _cuts(column: Vector) -> list[float]:
    values = np.unique(column)
    if len(values) > _CUTS:
        values = np.unique(np.quantile(column[column != 0], np.linspace(0, 1, _CUTS)[:-1]))
        values = np.unique(np.append(values, 0.0))
    return [float(v) for v in values[:-1]] if len(values) > 1 else []
