"""Whether a record states a degree of the level and in the field that a requirement asks for."""

import re

from app.match.ask import Ask, to_english
from app.match.domain import Judged
from app.match.shelf import Line, Shelf
from app.match.split import OR
from app.match.terms import terms
from app.match.words import degree_level, degree_levels, has, pattern
from ingest.domain import Degree, Position

_LEVEL_WORDS = re.compile(
    r"\b(?:degrees?|equivalent|higher|above|completed?|abgeschlossen\w*|hochschul\w*|universit\w*|college|advanced|graduate|"
    r"postgraduate|undergraduate|studium|abschluss|titulaire|diplôme|doctorate|doctoral|doctorat|doctor|ph\.?d|"
    r"master\w*|bachelor\w*|m\.?sc|b\.?sc|m\.?s|b\.?s|b\.?a|m\.?a|mba|b\.?tech|b\.?eng|promotion|promoviert\w*|magister|diplom|"
    r"habilitation|about to finish|finish one|hold|science degree|strong|excellent|very good|terminal|relevant)\b|博士|硕士|本科|学士|学历|学位|研究生|"
    r"毕业|专业|及以上|以上",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:expected|anticipated|planned|scheduled|prévue?s?|voraussichtlich\w*|geplant\w*|previst[oa])\b\W*(?:[^\W\d]+\W+){0,3}(?:19|20)\d\d|预计",
    re.IGNORECASE,
)
"""A date that is still to come."""
_CHAIR = re.compile(
    r"profess|lecturer|reader in|dozent|maître(?:sse)? de conf|catedrátic|profesor|教授|讲师", re.IGNORECASE
)
_FIELD = 0.75
"""The share of a field's words that a degree must have."""


def judge_degree(ask: Ask, shelf: Shelf) -> Judged:
    """The verdict on a demand for a degree; a higher one states a lower one."""
    degrees = [f for f in shelf.record.facts if isinstance(f, Degree)]
    wanted = min(degree_levels(ask.text) or degree_levels(ask.english) or [2])
    ranked = [(degree_level(f.title or ""), f) for f in degrees]
    fields = fields_of(ask)
    high, near = [], []
    for rank, fact in ranked:
        lines = shelf.of(fact) or tuple(line for line in shelf.lines if line.span == fact.span)
        in_field = not fields or any(_is_in(field, line) for field in fields for line in lines[:1])
        if not in_field and rank is not None and rank >= 4 and not _prints_field(fact):
            in_field = any(_is_in(field, line) for field in fields for line in _chairs(shelf))
        if rank is not None and rank >= wanted and in_field and _is_taken(fact, shelf.record.quote(fact.span), ask):
            high.append((rank, fact.span))
        elif (rank is not None and rank >= wanted) or (in_field and fields):
            near.append((rank or 0, fact.span))
    if high:
        best = sorted(high, key=lambda pair: abs(pair[0] - wanted))[:1]
        return Judged("stated", tuple(span for _, span in best))
    if near:
        best = sorted(near, key=lambda pair: -pair[0])[:2]
        phrase = "match_degree_field" if best[0][0] >= wanted else "match_degree_level"
        return Judged("related", tuple(span for _, span in best), phrase)
    return Judged("not stated", (), "" if degrees else "match_no_degrees")


def _prints_field(fact: Degree) -> bool:
    """Whether a doctorate says in what: "Promotion zur Dr. phil." does not."""
    bare = _LEVEL_WORDS.sub(" ", fact.title or "")
    return (
        re.search(r"\b(?:in|of|en|de|für)\b\s+\w{4,}|专业|学", bare) is not None
        or len(re.findall(r"[^\W\d_]{6,}", bare)) > 1
    )


def _chairs(shelf: Shelf) -> list[Line]:
    """The heads of posts that teach a field, which takes a doctorate in it: "Professor of Nursing"."""
    posts = [f for f in shelf.record.facts if isinstance(f, Position) and _CHAIR.search(f.role or "")]
    return [line for post in posts for line in shelf.of(post)[:1]]


def fields_of(ask: Ask) -> list[tuple[str, bool]]:
    """The fields of which any will do, with whether capitals mark names; empty where none is asked for."""
    found: list[tuple[str, bool]] = []
    for text, is_english in ((ask.text, True),) if ask.language == "en" else ((ask.text, False), ("", False)):
        bare = pattern("related_field").sub(" , ", text or ask.text)
        bare = _LEVEL_WORDS.sub(" , ", bare)
        bare = bare if text else to_english(bare, ask.language)
        for part in re.split(r"[,;/()、，（）]|\band\b(?=\s*,)", OR.sub(" , ", bare)):
            if any(t.weight >= 0.6 for t in terms(_lower(part), in_english=is_english)):
                found.append((_lower(part), is_english))
    return found


def _lower(part: str) -> str:
    """Fields in lower case, so that "Linguistics" is no name; short capitals stay."""
    return " ".join(w if w.isupper() and len(w) < 4 else w.lower() for w in part.split())


def _is_in(field: tuple[str, bool], line: Line) -> bool:
    found = [t for t in terms(field[0], in_english=False) if t.weight >= 0.3]
    total = sum(t.weight for t in found)
    return bool(total) and sum(line.meets(t) * t.weight for t in found) / total >= _FIELD


def _is_taken(fact: Degree, entry: str, ask: Ask) -> bool:
    """Whether the degree is taken, or one under way will do."""
    told = f"{fact.title} {fact.note or ''}"
    under_way = (
        (fact.period is not None and fact.period.current)
        or has("under_way", told)
        or _PLANNED.search(entry) is not None
    )
    return not under_way or has("asks_under_way", ask.text)
