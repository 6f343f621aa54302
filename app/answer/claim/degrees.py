"""Superlatives that say the same of the same thing."""

import re

from app.answer.claim.folding import fold

_SAME_DEGREE = [
    frozenset(
        [
            "highest",
            "greatest",
            "largest",
            "biggest",
            "strongest",
            "most",
            "maximum",
            "top",
            "hochste",
            "hochsten",
            "hochster",
            "grosste",
            "grossten",
            "plus",
            "最高",
            "最大",
            "最多",
        ]
    ),
    frozenset(
        [
            "lowest",
            "smallest",
            "least",
            "minimum",
            "weakest",
            "niedrigste",
            "kleinste",
            "geringste",
            "moins",
            "最低",
            "最小",
            "最少",
        ]
    ),
    frozenset(
        [
            "best",
            "beste",
            "bester",
            "besten",
            "bestes",
            "meilleur",
            "meilleure",
            "meilleurs",
            "meilleures",
            "最佳",
            "最好",
            "最优",
        ]
    ),
    frozenset(["fastest", "quickest", "schnellste", "最快"]),
]
"""Superlatives that say the same of the same thing."""


def same_degree(phrase: str, source: str) -> bool:
    """Whether the source has a superlative that says what ``phrase`` says."""
    there = set(re.findall(r"[^\W\d_]+", fold(source)))
    words = set(phrase.split())
    return any(
        words & group and (there & group or any(w in fold(source) for w in group if not w.isascii()))
        for group in _SAME_DEGREE
    )
