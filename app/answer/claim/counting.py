"""What counting the evidence gives: the numbers that a sentence may say without any source that prints them."""

import re
from collections.abc import Sequence

from app.answer.claim.quantities import quantities
from app.answer.claim.tokens import read
from app.answer.claim.unit import Unit

_TIMES = re.compile(r"\b(?:twice|thrice|zweimal|deux fois)\b|[两三]次(?!在)")
_OCCASIONS = re.compile(
    r"\b(?:times|occasions|years|terms|editions|semesters|summers|springs|autumns|winters|twice|thrice|mal|\w*mal|jahre\w*|semester\w*|fois|annees|"
    r"années|ans|veces|años|cursos|ediciones)\b|次|年|届",
    re.IGNORECASE,
)
_LIST = re.compile(r"[:：(]\s*([^:：()]+?)(?:\)|[.。]?$)")
_COMMA = re.compile(r"\s*[,，、;]\s*(?:and\s+|und\s+|et\s+)?|\s+(?:and|und|et)\s+|和")


def counts(text: str, cited: Sequence[int], found: Sequence[Unit]) -> frozenset[float]:
    """The numbers that counting gives: of the citations, of the cited entries of a kind, of the names in a list, of the years."""
    entries = [u for u in found if u.n]
    counted = {float(len(set(cited)))} if len(cited) > 1 and not _TIMES.search(text) else set()
    for quantity in quantities(text):
        things = [t for t in read(re.split(r"[,.;:(]", text[quantity.end :])[0]) if not t.is_free][:2]
        for thing in things:
            number = sum(not u.vocabulary.terms.isdisjoint(thing.terms) for u in entries)
            if number > 1 and (number == len(entries) or len(entries) > len(set(cited))):
                counted.add(float(number))
    if len(years := re.findall(r"\b(?:19|20)\d{2}\b", text)) > 1 and _OCCASIONS.search(text):
        counted.add(float(len(set(years))))
    listed = _LIST.search(text)
    if listed:
        counted.add(float(len([w for w in _COMMA.split(listed[1]) if w.strip()])))
    return frozenset(counted)
