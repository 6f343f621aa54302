"""Fits the weights by which the verifier sets what speaks for a claim against what speaks against it: ``python -m evals.groundedness.train``.

A claim against which nothing speaks passes without being weighed, so
only the other ones are learned from. Of a claim's readings the likeliest counts, chosen anew in every round. The weights of what speaks against a
claim start from a cautious value, to which few examples pull little, and never turn positive. The threshold is the lowest at which
leave-one-person-out finds at most ``MORE`` of the unsupported sentences passing by their weight. Prints the error rates that it finds so.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import app.answer.claim.weigh as weigh
from app.answer.claim.marks import read_marks
from app.answer.support import Support
from evals.groundedness.corrupt import corrupted
from evals.groundedness.rows import LEARNED, PARTS, Row, read_records, read_rows
from ingest.domain import Record

MORE = 0.003
"""Share of the unsupported sentences that may pass by their weight, beside those that nothing speaks against."""
_CAUTION, _STRENGTH = -1.2, 2.0
"""Where the weights of what speaks against a claim start from, and how strongly they are held there."""
_ROUNDS, _STEPS = 6, 1_500
_TUNED, _BY_RULE = 0.5, 0.1
"""How much a sentence counts that the looks were tuned on, and one that was corrupted by rule; others count 1."""
_OPEN = ("is.", "long")
"""Signs that may weigh for a claim."""
_GRADED = ("missing.", "short", "far", "stray.word")
"""Signs of degree, whose weights start from nothing."""
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, the signs of its readings, and whether nothing speaks against one of them."""

    row: Row
    readings: tuple[dict[str, float], ...]
    is_clean: bool

    @property
    def weight(self) -> float:
        return _BY_RULE if self.row.kind.startswith("rule:") else _TUNED if self.row.part in PARTS else 1.0


def examples(rows: Sequence[Row], records: Mapping[str, Record]) -> list[Example]:
    """The rows that cite something real, with the signs of their readings."""
    found: list[Example] = []
    made: dict[object, Support] = {}
    for row in rows:
        key = (row.profile, row.shown, row.computed)
        if key not in made:
            made[key] = Support(row.shown, records[row.profile], None, row.computed)
        marked = read_marks(row.sentence)
        cited = tuple(n for n in marked.cited if any(s.n == n for s in row.shown))
        if cited:
            read = list(made[key].readings(marked.text, cited))
            found.append(Example(row, tuple(r.signs for r in read), any(r.is_clean for r in read)))
    return found


class Fit:
    """Logistic regression over the likeliest reading of each example."""

    def __init__(self, found: Sequence[Example]) -> None:
        self.names = sorted({name for e in found for signs in e.readings for name in signs})
        place = {name: i for i, name in enumerate(self.names)}
        self._starts: list[int] = []
        table: list[Vector] = []
        for example in found:
            self._starts.append(len(table))
            for signs in example.readings or ({},):
                line = np.zeros(len(self.names))
                for name, value in signs.items():
                    line[place[name]] = value
                table.append(line)
        self._table = np.array(table)
        self._ends = [*self._starts[1:], len(table)]
        self._truth = np.array([e.row.supported for e in found], dtype=float)
        self._weight = np.array([e.weight for e in found])
        self._prior = np.array([0.0 if n.startswith((*_OPEN, *_GRADED)) else _CAUTION for n in self.names])
        self._most = np.array([np.inf if n.startswith(_OPEN) else 0.0 for n in self.names] + [np.inf])

    def best(self, theta: Vector) -> tuple[NDArray[np.int64], Vector]:
        """The likeliest reading of each example, and its log-odds."""
        odds = self._table @ theta[:-1] + theta[-1]
        at = np.array([a + int(np.argmax(odds[a:b])) for a, b in zip(self._starts, self._ends, strict=True)])
        return at, odds[at]

    def _descend(self, theta: Vector, lines: Vector, truth: Vector, weight: Vector) -> Vector:
        """The weights with the least logistic loss, by projected gradients with momentum (Beck and Teboulle 2009)."""
        whole = np.column_stack([lines, np.ones(len(lines))])
        step = 1 / (0.25 * float(np.linalg.eigvalsh((whole.T * weight) @ whole)[-1]) + _STRENGTH)
        ahead, pace = theta, 1.0
        for _ in range(_STEPS):
            odds = whole @ ahead
            slope = whole.T @ ((1 / (1 + np.exp(-odds)) - truth) * weight)
            slope[:-1] += _STRENGTH * (ahead[:-1] - self._prior)
            moved = np.minimum(ahead - step * slope, self._most)
            faster = (1 + float(np.sqrt(1 + 4 * pace * pace))) / 2
            ahead, theta, pace = moved + (pace - 1) / faster * (moved - theta), moved, faster
        return theta

    def weights(self, used: NDArray[np.bool_]) -> Vector:
        """The weights learned from the ``used`` examples, the bias last."""
        theta = np.append(self._prior, 1.0)
        chosen, _ = self.best(theta)
        for _ in range(_ROUNDS):
            theta = self._descend(theta, self._table[chosen][used], self._truth[used], self._weight[used])
            again, _ = self.best(theta)
            if (again == chosen).all():
                break
            chosen = again
        return theta


def main(target: Path) -> None:
    """Writes the weights to ``target`` and prints what leave-one-person-out finds."""
    records = read_records()
    by_hand = list(read_rows(records, (*PARTS, *LEARNED)))
    rules = [r for i, r in enumerate(corrupted([r for r in by_hand if r.part in PARTS], records)) if i % 3 == 0]
    found = examples([*by_hand, *rules], records)
    weighed = [e for e in found if not e.is_clean]
    fit = Fit(weighed)
    people = np.array([e.row.profile for e in weighed])
    odds = np.zeros(len(weighed))
    for person in sorted(set(people)):
        _, told = fit.best(fit.weights(people != person))
        odds[people == person] = told[people == person]
    threshold = _threshold(found, weighed, odds)
    theta = fit.weights(np.ones(len(weighed), dtype=bool))
    lines = [(weigh.BIAS, theta[-1]), (weigh.THRESHOLD, threshold), *zip(fit.names, theta, strict=False)]
    target.write_text(
        "".join(f"{name}\t{value:.3f}\n" for name, value in lines if abs(value) >= 0.0005), encoding="utf-8"
    )
    _show(found, weighed, odds, threshold)


def _threshold(found: Sequence[Example], weighed: Sequence[Example], odds: Vector) -> float:
    """The lowest threshold at which few enough of the new unsupported sentences pass."""
    new = [e for e in found if e.row.part in LEARNED and not e.row.supported]
    passing = sorted(
        (o for e, o in zip(weighed, odds, strict=True) if e.row.part in LEARNED and not e.row.supported), reverse=True
    )
    allowed = int(MORE * len(new))
    return round(float(passing[allowed]) + 0.005, 3)


def _show(found: Sequence[Example], weighed: Sequence[Example], odds: Vector, threshold: float) -> None:
    passing = {id(e) for e in found if e.is_clean} | {
        id(e) for e, o in zip(weighed, odds, strict=True) if o >= threshold
    }
    for part in (*PARTS, *LEARNED):
        for supported in (False, True):
            rows = [
                e
                for e in found
                if e.row.part == part and e.row.supported == supported and not e.row.kind.startswith("rule:")
            ]
            wrong = sum((id(e) in passing) != supported for e in rows)
            name = "false strip" if supported else "false pass"
            sys.stdout.write(f"{part}: {name} {wrong} of {len(rows)} = {wrong / max(1, len(rows)):.1%}\n")


if __name__ == "__main__":
    main(Path(weigh.__file__).with_name("weights.tsv"))
