"""What speaks for and against a claim, as numbers that can be weighed: which looks found something, what is missing, and how far apart its words stand."""

import math
from collections.abc import Mapping
from itertools import pairwise

from app.answer.claim.check import Finding
from app.answer.claim.lexicon import lexicon
from app.answer.claim.texture import texture
from app.answer.claim.tokens import Token, read, same
from app.answer.claim.unit import Unit
from app.answer.claim.words import CJK, Word

_FAR = 8
"""Words from which two that stand side by side in the claim are taken to be apart in the source."""
Signs = Mapping[str, float]


def signs(text: str, language: str, finding: Finding, unit: Unit, sort: str) -> dict[str, float]:
    """The signs of a claim in ``language`` held against one ``unit``, which is one of a ``sort``: a name and a number each."""
    hard = [w for w in finding.missing if not w.is_soft]
    names = [w for w in hard if _is_name(w, language)]
    plain = [w for w in hard if w not in names]
    foreign = language != unit.language
    found = {f"is.{sort}": 1.0, "is.prose": float(not unit.is_entry), "is.foreign": float(foreign)}
    found |= {code: 1.0 for code in finding.reasons if code != "content"}
    for size in (1, 2, 3):
        found[f"missing.{size}"] = float(len(plain) >= size)
        found[f"missing.foreign.{size}"] = float(foreign and len(plain) >= size)
    found["missing.name"] = min(3.0, len(names))
    grave = [w for w in plain if w.terms & lexicon().grave]
    found["missing.grave"] = min(2.0, len(grave))
    found["missing.rare"] = min(2.0, sum(not w.terms & lexicon().common for w in plain if w not in grave))
    found["missing.soft.grave"] = min(2.0, sum(bool(w.terms & lexicon().grave) for w in finding.missing if w.is_soft))
    found["missing.soft"] = min(4.0, len(finding.missing) - len(hard))
    found["missing.share"] = 1 - finding.coverage
    found["long"] = math.log1p(finding.total)
    found["short"] = float(finding.total <= 2)
    if language == unit.language == "en":
        found["far"] = _far(text, unit)
    found |= texture(text, language, unit, finding.window)
    return {name: value for name, value in found.items() if value}


def _is_name(word: Word, language: str) -> bool:
    return (word.is_capital and language != "de") or any(c.isdigit() or c.isupper() for c in word.text[1:])


def _far(text: str, unit: Unit) -> float:
    """The share of the neighbouring words of ``text`` that the unit has, but nowhere side by side."""
    lines = [read(line.text) for line in unit.lines]
    pairs = far = 0
    for one, two in pairwise(t for t in read(text) if not t.is_free):
        if one.text == two.text or CJK.search(one.text + two.text):
            continue
        spots = [_spots(one, two, line) for line in lines]
        if not any(a for a, _ in spots) or not any(b for _, b in spots):
            continue
        pairs += 1
        far += not any(abs(a - b) <= _FAR for firsts, seconds in spots for a in firsts for b in seconds)
    return far / pairs if pairs else 0.0


def _spots(one: Token, two: Token, line: tuple[Token, ...]) -> tuple[list[int], list[int]]:
    return [i for i, t in enumerate(line) if same(one, t)], [i for i, t in enumerate(line) if same(two, t)]
