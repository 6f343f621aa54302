"""The order in which a claim names the authors of a paper."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit
from ingest.domain import Publication

_BYLINE = re.compile(
    r"\b(?:by|von|par|di|por|autor(?:en|es|i)?|authors?(?: are)?:?)\s+(?P<names>[^()“”\"]+?)"
    r"(?=\b(?:with|mit|avec|con|com|in|at|is|was|published|appeared)\b|[()“”\"]|\.(?:\s|$)|$)"
)


def is_reordered(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` says who wrote a paper in another order than its entry."""
    lines = [m["names"] for m in _BYLINE.finditer(fold(text))]
    papers = [u.fact for u in units if isinstance(u.fact, Publication) and len(u.fact.authors) > 1]
    return any(_is_turned(line, paper.authors) for line in lines for paper in papers)


def _is_turned(line: str, authors: Sequence[str]) -> bool:
    family = [max(re.findall(r"\w+", fold(author)) or [""], key=len) for author in authors]
    at = [match.start() for name in family if len(name) > 2 and (match := re.search(rf"\b{re.escape(name)}\b", line))]
    return any(one > two for one, two in pairwise(at))
