"""Values dealt out to the things that they belong to: two numbers and two things keep their order, or both turn it round."""

import re
from collections.abc import Sequence
from itertools import combinations

from app.answer.claim.figures import undated
from app.answer.claim.language import claim_language
from app.answer.claim.unit import Line
from app.answer.claim.words import claim_words, vocabulary

_SPLIT = re.compile(
    r"[,;:、，；]|\s(?:and|but|whereas|while|versus|vs\.?|und|sowie|aber|während|et|mais|tandis que|alors que|y|e|pero|mientras que)\s|而|但|和|以及"
)


def dealt_wrongly(text: str, line: Line, language: str) -> bool:
    """Whether two parts of ``text``, each with a number and a word that the line has once, join them crosswise."""
    parts = _parts(text, line, language)
    if _bared(text, line):
        return True
    for one, two in combinations(parts, 2):
        if one[0] == two[0] or not one[1] or not two[1]:
            continue
        forward = one[0] < two[0]
        if forward and max(two[1]) < min(one[1]):
            return True
        if not forward and max(one[1]) < min(two[1]):
            return True
    return False


_WITHOUT = re.compile(r"\b(?:without|ohne|sans|sin)\b|没有|未加|无", re.IGNORECASE)


def _bared(text: str, line: Line) -> bool:
    """Whether a number that the line gives for "with" is given for "without", or the other way round."""
    if not _WITHOUT.search(text) or not _WITHOUT.search(line.text):
        return False
    for start, end in _spans(text):
        values = [q for q in undated(text[start:end]) if not q.is_ordinal]
        if len(values) != 1:
            continue
        there = [
            line.text[a:b] for a, b in _spans(line.text) if any(q.agrees(values[0]) for q in undated(line.text[a:b]))
        ]
        if there and all(bool(_WITHOUT.search(t)) != bool(_WITHOUT.search(text[start:end])) for t in there):
            return True
    return False


def _spans(text: str) -> list[tuple[int, int]]:
    ends = [*(m.start() for m in _SPLIT.finditer(text)), len(text)]
    return list(zip([0, *ends], ends, strict=False))


def _parts(text: str, line: Line, language: str) -> list[tuple[int, list[int]]]:
    """For each part of the claim with one number that the line has once: where that stands, and where its words stand that the line has once."""
    found: list[tuple[int, list[int]]] = []
    spots = _spots(line, language)
    start = 0
    for end in [*(m.start() for m in _SPLIT.finditer(text)), len(text)]:
        part, start = text[start:end], end
        values = [q for q in undated(part) if not q.is_ordinal]
        if len(values) != 1:
            continue
        there = [q for q in line.quantities if q.agrees(values[0]) and q.is_percent == values[0].is_percent]
        if len(there) == 1:
            found.append((there[0].start, _places(part, spots)))
    return [(at, [p for p in places if not any(p in other for a, other in found if a != at)]) for at, places in found]


Spots = Sequence[tuple[int, frozenset[str]]]


def _spots(line: Line, language: str) -> Spots:
    """The words of content of a line with what they may stand for, and where."""
    return [
        (w.start, w.terms)
        for w in claim_words(line.text, language, vocabulary(""))
        if not w.is_free and not w.text.isdigit()
    ]


def _places(part: str, spots: Spots) -> list[int]:
    """Where the words of a part stand that the line has exactly once."""
    found = []
    for word in claim_words(part, claim_language(part), vocabulary("")):
        if word.is_free or word.text.isdigit():
            continue
        at = [start for start, terms in spots if terms & word.terms]
        if len(at) == 1:
            found.append(at[0])
    return found
