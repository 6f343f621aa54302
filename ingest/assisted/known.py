"""Whether a proposed fact says again, or otherwise, what is known already: then what the rules made stands."""

import re
from collections.abc import Callable, Iterable

from rapidfuzz import fuzz

from ingest.domain import Degree, Fact, Honour, Interest, Item, Position, Project, Publication
from ingest.extract.words import fold
from ingest.printed import printed
from ingest.same import agree, periods_agree

_NEAR_TITLE = 88
"""Similarity of two titles, 0 to 100, as in ``ingest.same``."""


def is_known(fact: Fact, made_by_rule: Iterable[Fact]) -> bool:
    """Whether one of ``made_by_rule`` stands where ``fact`` does, or tells of the same thing, be it with other dates or under another name."""
    return any(_touches(fact, other) or _is_same(fact, other) for other in made_by_rule)


def repeats(fact: Fact, proposed: Iterable[Fact]) -> bool:
    """Whether one of ``proposed``, which the model found before, tells of the same thing in the same document."""
    return any(
        (printed(fact)[:2] == printed(other)[:2] and fact.kind == other.kind)
        if other.span == fact.span
        else _is_same(fact, other)
        for other in proposed
        if other.span.document == fact.span.document
    )


def _touches(a: Fact, b: Fact) -> bool:
    is_over = a.span.document == b.span.document and a.span.start < b.span.end and b.span.start < a.span.end
    return is_over and b.kind != "contact"


def _is_same(a: Fact, b: Fact) -> bool:
    return type(a) is type(b) and type(a) in _SAME and _SAME[type(a)](a, b)


def _position(a: Position, b: Position) -> bool:
    same = _within(a.organisation, b.organisation)
    return same and (_within(a.role, b.role) or _undated(a) or _undated(b) or periods_agree(a.period, b.period))


def _degree(a: Degree, b: Degree) -> bool:
    same = _within(a.institution, b.institution) or a.institution is None or b.institution is None
    return same and (_within(a.title, b.title) or periods_agree(a.period, b.period))


def _publication(a: Publication, b: Publication) -> bool:
    first, second = _bare(a.title), _bare(b.title)
    return first == second or fuzz.token_sort_ratio(first, second) >= _NEAR_TITLE or _within(a.title, b.title, words=4)


def _titled(a: Project | Honour | Item, b: Project | Honour | Item) -> bool:
    return a.kind == b.kind and _within(a.title, b.title)


def _interest(a: Interest, b: Interest) -> bool:
    return _within(a.topic, b.topic)


_SAME: dict[type, Callable[..., bool]] = {
    Position: _position,
    Degree: _degree,
    Publication: _publication,
    Project: _titled,
    Honour: _titled,
    Item: _titled,
    Interest: _interest,
}


def _undated(entry: Position) -> bool:
    return entry.period is None or entry.period.start is None


def _within(a: str | None, b: str | None, words: int = 1) -> bool:
    """Whether one of two names is the other or a part of it of at least so many whole words."""
    if not a or not b:
        return False
    short, long = sorted((_bare(a), _bare(b)), key=len)
    return agree(a, b) or (len(short.split()) >= words and bool(short) and f" {short} " in f" {long} ")


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
