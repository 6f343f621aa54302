"""Grows the trees by which the verifier weighs what speaks for a claim against what speaks against it: ``python -m evals.groundedness.train``.

Of a claim's readings the likeliest counts: at first one that nothing speaks against, later the one that the trees find likeliest.
What only repeats its evidence (``app/answer/claim/retold.py``) passes without being weighed, and is left out. The thresholds are the lowest at which
leave-one-person-out lets few enough of the unsupported pass: ``MORE_NEAR`` of what models wrote near to its evidence, ``MORE_APART`` of all that is in
words of its own. Prints what that strips.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import app.answer.claim.weigh as weigh
from app.answer.claim.marks import read_marks
from app.answer.claim.weigh import OPEN, Scale
from app.answer.support import Support
from evals.groundedness.boost import Grower, Vector
from evals.groundedness.rows import LEARNED, PARTS, SPOKEN, Row, read_records, read_rows
from ingest.domain import Record

MORE_NEAR, MORE_APART = 0.01, 0.02
"""Shares of the unsupported sentences of people left out that may pass by weight; most of those that only repeat others never come to be weighed."""
SHARES = (0.01, 0.02, 0.05, 0.10)
"""False passes at which the false strips are shown."""
_TUNED, _TOLD = 0.4, 2.0
"""How much a sentence counts that the looks were made with, and one that a model wrote to our prompts; others count 1."""
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the signs of its readings."""

    row: Row
    readings: tuple[dict[str, float], ...]

    @property
    def is_near(self) -> bool:
        return weigh.is_near(self.readings[0])

    @property
    def weight(self) -> float:
        return _TUNED if self.row.part in PARTS else _TOLD if self.row.part in SPOKEN else 1.0


def examples(rows: Sequence[Row], records: Mapping[str, Record]) -> list[Example]:
    """The rows that cite something real and do not only repeat it, with the signs of their readings."""
    found: list[Example] = []
    made: dict[object, Support] = {}
    for row in rows:
        key = (row.profile, row.shown, row.computed)
        if key not in made:
            made[key] = Support(row.shown, records[row.profile], None, row.computed)
        marked = read_marks(row.sentence)
        cited = tuple(n for n in marked.cited if any(s.n == n for s in row.shown))
        is_weighed = cited and not made[key].repeats(marked.text, cited)
        told = tuple(r.signs for r in made[key].readings(marked.text, cited)) if is_weighed else ()
        if told:
            found.append(Example(row, told))
    return found


class Fit:
    """Trees over the likeliest reading of each example."""

    def __init__(self, found: Sequence[Example]) -> None:
        self.names = sorted({name for e in found for signs in e.readings for name in signs})
        self._place = {name: i for i, name in enumerate(self.names)}
        lines = [signs for e in found for signs in e.readings]
        self._table = np.zeros((len(lines), len(self.names)))
        for i, signs in enumerate(lines):
            for name, value in signs.items():
                self._table[i, self._place[name]] = value
        sizes = np.array([len(e.readings) for e in found])
        self._starts = np.concatenate([[0], np.cumsum(sizes)])
        self._truth = np.array([e.row.supported for e in found], dtype=float)
        self._weight = np.array([e.weight for e in found])
        against = np.array([not n.startswith(OPEN) for n in self.names])
        clean = self._table[:, self._place["clean"]]
        self._first = 100 * clean - (self._table[:, against] > 0).sum(axis=1)

    def odds(self, scale: Scale) -> Vector:
        """The log-odds of every reading."""
        found = np.full(len(self._table), scale.bias)
        for tree in scale.trees:
            low, high = (
                np.where(self._table[:, self._place[f.sign]] > f.cut, f.high, f.low) for f in (tree.low, tree.high)
            )
            found += np.where(self._table[:, self._place[tree.sign]] > tree.cut, high, low)
        return found

    def _likeliest(self, odds: Vector) -> NDArray[np.int64]:
        spans = zip(self._starts[:-1], self._starts[1:], strict=True)
        return np.array([a + int(np.argmax(odds[a:b])) for a, b in spans])

    def best(self, scale: Scale) -> Vector:
        """The log-odds of the likeliest reading of each example."""
        odds = self.odds(scale)
        return odds[self._likeliest(odds)]

    def grow(self, used: NDArray[np.bool_]) -> Scale:
        """The trees learned from the ``used`` examples."""
        chosen = self._likeliest(self._first)
        for _ in range(_ROUNDS):
            scale = Grower(self._table[chosen], self.names).grow(self._truth, self._weight, used)
            chosen = self._likeliest(self.odds(scale))
        return scale


def main(target: Path) -> None:
    """Writes the trees to ``target`` and prints what leave-one-person-out finds."""
    records = read_records((*PARTS, *LEARNED))
    found = examples(list(read_rows(records, (*PARTS, *LEARNED))), records)
    fit = Fit(found)
    people = np.array([e.row.profile for e in found])
    odds = np.zeros(len(found))
    for person in sorted(set(people)):
        odds[people == person] = fit.best(fit.grow(people != person))[people == person]
    grown = fit.grow(np.ones(len(found), dtype=bool))
    scale = replace(grown, near=_threshold(found, odds, near=True), apart=_threshold(found, odds, near=False))
    target.write_text(weigh.write(scale), encoding="utf-8")
    _show(found, odds, scale)


def _at(wrong: Sequence[float], share: float) -> float:
    """The least log-odds of which at most a ``share`` of the ``wrong`` has more."""
    return sorted(wrong, reverse=True)[int(share * len(wrong))] if wrong else 0.0


def _threshold(found: Sequence[Example], odds: Vector, *, near: bool) -> float:
    """The lowest threshold at which few enough of the unsupported sentences pass that are near to their evidence, or in words of their own."""
    parts, share = (SPOKEN, MORE_NEAR) if near else (LEARNED, MORE_APART)
    told = zip(found, odds, strict=True)
    wrong = [float(o) for e, o in told if e.row.part in parts and not e.row.supported and e.is_near == near]
    return round(_at(wrong, share) + 0.0005, 4)


def _show(found: Sequence[Example], odds: Vector, scale: Scale) -> None:
    told = [(e.row, float(o) - (scale.near if e.is_near else scale.apart)) for e, o in zip(found, odds, strict=True)]
    groups = {part: [t for t in told if t[0].part == part] for part in (*PARTS, *LEARNED)}
    new = [t for t in told if t[0].part in LEARNED]
    groups |= {f"learned {code}": [t for t in new if t[0].language == code] for code in ("en", "de", "fr", "es", "zh")}
    groups["learned"] = new
    for name, rows in groups.items():
        right, wrong = ([o for r, o in rows if r.supported == s] for s in (True, False))
        passed, stripped = sum(o >= 0 for o in wrong), sum(o < 0 for o in right)
        curve = ", ".join(f"{s:.0%}: {sum(o <= _at(wrong, s) for o in right) / max(1, len(right)):.1%}" for s in SHARES)
        sys.stdout.write(
            f"{name}: false pass {passed} of {len(wrong)}, false strip {stripped} of {len(right)}; strip by pass {curve}\n"
        )


if __name__ == "__main__":
    main(Path(weigh.__file__).with_name("trees.tsv"))
