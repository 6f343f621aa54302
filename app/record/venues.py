"""Which printed venues are one: "ACL" and "Proceedings of the 61st Annual Meeting … (ACL)", a journal and its abbreviation."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.question.select import abbreviates
from ingest.domain import Publication, Span
from ingest.extract.words import fold

_YEARLY = re.compile(
    r"\b(?:19|20)\d\d\b|#\s?\d+\b|(?<!\w)['’]\d\d\b|\b\d{1,3}(?:st|nd|rd|th)\b|第\s*[\d一二三四五六七八九十百]+\s*届"
    r"|\b(?:proceedings of(?: the)?|proc\.?(?: of)?(?: the)?|in)\b:?",
)
"""What changes from year to year in the name of one series, and what is only said of its volume; over folded text."""
_LEAST = 2
"""Characters that must be left of a name without these for names to be compared without them."""


@dataclass(frozen=True, slots=True)
class Venue:
    """A journal, a conference, a press: one place where works appeared."""

    name: str
    """As it is shown: the short name that is printed most, else the long one."""
    names: frozenset[str]
    """All that the record prints for it, folded."""


def venues_of(papers: Iterable[Publication]) -> Mapping[Span, Venue]:
    """The venue of each paper that prints one, by the paper's span.

    Names are one venue's where a paper prints both, where they differ in a year or an ordinal only, or where one abbreviates the other word by word.
    """
    named = [p for p in papers if p.venue or p.venue_tag]
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for paper in named:
        first, *others = _keys(paper)
        for other in others:
            parent[root(other)] = root(first)
        root(first)
    keys = sorted(parent)
    for number, one in enumerate(keys):
        for other in keys[number + 1 :]:
            if abbreviates(one, other):
                parent[root(other)] = root(one)
    groups: dict[str, list[Publication]] = {}
    for paper in named:
        groups.setdefault(root(_keys(paper)[0]), []).append(paper)
    venues = {key: _venue(group) for key, group in groups.items()}
    return {p.span: venues[root(_keys(p)[0])] for p in named}


def _keys(paper: Publication) -> list[str]:
    return list(dict.fromkeys(_series(name) for name in (paper.venue_tag, paper.venue) if name))


def _series(name: str) -> str:
    """The name of the series, folded: without the year and number of a volume."""
    folded = " ".join(fold(name).split())
    bare = " ".join(re.sub(r"[\s,.:;()]+", " ", _YEARLY.sub(" ", folded)).split())
    return bare if len(bare) >= _LEAST else folded


def _venue(papers: list[Publication]) -> Venue:
    tags = Counter(p.venue_tag for p in papers if p.venue_tag)
    longs = Counter(p.venue for p in papers if p.venue)
    shown = min((tags or longs).items(), key=lambda item: (-item[1], len(item[0]), item[0]))[0]
    return Venue(shown, frozenset(" ".join(fold(name).split()) for name in (*tags, *longs)))
