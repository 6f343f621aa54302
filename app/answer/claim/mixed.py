"""Two things told in the same line, each with its own words, whose words a claim deals out crosswise."""

import re
from collections.abc import Sequence

from app.answer.claim.language import claim_language
from app.answer.claim.unit import Line
from app.answer.claim.words import Vocabulary, claim_words, vocabulary

_PARTS = re.compile(
    r"[,;:()、,;]|\s(?:and|with|but|whereas|while|und|sowie|aber|wahrend|während|et|mais|tandis que|y|e|pero|mientras)\s|而|但|和|以及"
)
_WHOLE = re.compile(r"[,;:、,;]\s*")
"""What parts a line whose brackets say more of what stands before them."""


def mixed(text: str, line: Line, language: str) -> bool:
    """Whether two parts of ``text`` each join words that in ``line`` belong to two parts, one of the one with one of the other."""
    return _crosswise(text, _PARTS.split(line.text), language) or (
        "(" in line.text and _crosswise(text, _WHOLE.split(line.text), language)
    )


def _crosswise(text: str, parts: Sequence[str], language: str) -> bool:
    there = [vocabulary(part, language) for part in parts if part.strip()]
    if not 2 <= len(there) <= 12:
        return False
    dealt = [_dealt(part, there) for part in _PARTS.split(text) if part.strip()]
    for i, one in enumerate(dealt):
        for two in dealt[i + 1 :]:
            both = [s for s in range(len(there)) if one[s] and two[s]]
            if len(both) > 1 and not _alike(one, two, both):
                return True
    return False


def _dealt(part: str, there: Sequence[Vocabulary]) -> list[frozenset[str]]:
    """The words of a part of the claim that only one part of the line has, by that part."""
    found: list[set[str]] = [set() for _ in there]
    language = claim_language(part)
    for word in claim_words(part, language, vocabulary("")):
        if word.is_free or word.is_soft:
            continue
        having = [i for i, known in enumerate(there) if known.covers(word)]
        if len(having) == 1:
            found[having[0]].add(word.text.lower())
    return [frozenset(f) for f in found]


def _alike(one: Sequence[frozenset[str]], two: Sequence[frozenset[str]], both: Sequence[int]) -> bool:
    """Whether the two parts of a claim merely repeat the same words."""
    return any(one[s] & two[s] for s in both)
