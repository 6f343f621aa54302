"""Facts that more than one entry states: one is kept, the others are linked to it, so that each counts once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Literal, TypeVar

from rapidfuzz import fuzz

from ingest.domain import Contact, Degree, Fact, Honour, Interest, Item, Link, Period, Position, Project, Publication
from ingest.extract.words import fold
from ingest.identity import name_key

_NEAR_TITLE = 88
"""Similarity of two titles, 0 to 100, from which equal authors make them one work; measured on preprints and their published versions."""
_YEARS_APART = 4
_MIN_TITLE_WORDS = 3
_NUMBER = re.compile(r"\d+|\b[ivx]+\b|[一二三四五六七八九十]+")

F = TypeVar("F", bound=Fact)


def linked(facts: Iterable[Fact]) -> tuple[tuple[Fact, ...], tuple[Link, ...]]:
    """The facts with repetitions left out, and a link from each kept fact to what repeats it; a project and its paper are both kept.

    Contradicting entries (other dates, another employer) are never taken for one.
    """
    everything = tuple(facts)
    kept: dict[Fact, Fact] = {}
    links: list[Link] = []
    papers = [f for f in everything if isinstance(f, Publication)]
    for group in _groups(papers, _same_work):
        best = max(group, key=_richness)
        told = best.abstract or next((p.abstract for p in group if p.abstract), None)
        kept[best] = replace(best, abstract=told)
        links += [Link(best.span, p.span, _relation(best, p)) for p in group if p is not best]
    for kind, same in _RULES:
        entries = [f for f in everything if isinstance(f, kind)]
        for others in _groups(entries, same):
            first = max(others, key=_filled)
            kept[first] = first
            links += [Link(first.span, f.span, "repeat") for f in others if f is not first and f.span != first.span]
    for project in (f for f in everything if isinstance(f, Project)):
        kept[project] = project
        paper = next((p for p in papers if _is_paper_of(project, p) and p in kept), None)
        if paper:
            links.append(Link(paper.span, project.span, "project"))
    return tuple(kept[f] for f in dict.fromkeys(everything) if f in kept), tuple(links)


@cache
def short_title(title: str) -> str | None:
    """The name that a title puts before its colon, folded: ``Sailor: Open Language Models …`` → ``sailor``."""
    head, colon, _ = title.partition(":")
    return fold(head).strip(" \"“”'") if colon and len(head.split()) <= 2 else None


def _same_work(a: Publication, b: Publication) -> bool:
    """Whether two entries list one work: equal titles, or near ones by the same authors within a few years."""
    first, second = _bare(a.title), _bare(b.title)
    years = [p.date.year for p in (a, b) if p.date and p.date.year]
    if len(years) == 2 and abs(years[0] - years[1]) > _YEARS_APART:
        return False
    if {a.form, b.form} & {"thesis", "book", "chapter"} and a.form != b.form:
        return False
    short = short_title(a.title)
    renamed = short is not None and short == short_title(b.title) and a.status != b.status
    if (
        first != second
        and not renamed
        and 200 * min(len(first), len(second)) < _NEAR_TITLE * (len(first) + len(second))
    ):
        return (
            False  # Lengths this far apart cannot be near; told first, because long lists are compared entry by entry.
        )
    authors_agree = _shared_authors(a, b)
    if first == second:
        return authors_agree is not False and (len(first.split()) >= _MIN_TITLE_WORDS or authors_agree is True)
    if authors_agree is not True or _numbers(first) != _numbers(second):
        return False
    near = fuzz.token_sort_ratio(first, second) >= _NEAR_TITLE
    return renamed or (near and (a.status != b.status or a.span.document != b.span.document))


def _shared_authors(a: Publication, b: Publication) -> bool | None:
    """Whether the author lists agree as far as they are printed; ``None`` where one is missing."""
    first, second = _surnames(a.authors), _surnames(b.authors)
    if not first or not second:
        return None
    return len(first & second) >= 0.6 * min(len(first), len(second))


@cache
def _surnames(authors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in authors for word in name_key(name).split()[-1:])


@cache
def _numbers(title: str) -> tuple[str, ...]:
    return tuple(sorted(_NUMBER.findall(title)))


def _relation(kept: Publication, other: Publication) -> Literal["repeat", "preprint"]:
    return "preprint" if other.status == "preprint" and kept.status != "preprint" else "repeat"


def _richness(paper: Publication) -> tuple[bool, bool, bool, int]:
    return (
        paper.status != "preprint",
        paper.venue is not None or paper.venue_tag is not None,
        paper.date is not None,
        len(paper.authors),
    )


def _filled(fact: Fact) -> int:
    return sum(getattr(fact, name) not in (None, ()) for name in fact.__slots__)


def _same_position(a: Position, b: Position) -> bool:
    return (
        a.span.document != b.span.document
        and agree(a.organisation, b.organisation)
        and (agree(a.role, b.role) or a.role is None or b.role is None)
        and periods_agree(a.period, b.period)
    )


def _same_degree(a: Degree, b: Degree) -> bool:
    return (
        a.span.document != b.span.document
        and agree(a.institution, b.institution)
        and agree(a.title, b.title)
        and periods_agree(a.period, b.period)
    )


def _same_line(a: Honour | Item, b: Honour | Item) -> bool:
    dates = not a.dates or not b.dates or bool(set(a.dates) & set(b.dates))
    return a.span.document != b.span.document and a.kind == b.kind and dates and agree(a.title, b.title)


def _same_interest(a: Interest, b: Interest) -> bool:
    return _bare(a.topic) == _bare(b.topic)


def _same_contact(a: Contact, b: Contact) -> bool:
    return a.channel == b.channel and a.value.lower().rstrip("/") == b.value.lower().rstrip("/")


def agree(a: str | None, b: str | None) -> bool:
    """Whether two printed names can be one: equal, or the shorter a part of the longer that a comma, a dash or brackets set off."""
    if not a or not b:
        return False
    first, second = _bare(a), _bare(b)
    short, long = sorted((first, second), key=len)
    pieces = {_bare(piece) for name in (a, b) for piece in re.split(r"[,;:()/|]|\s[–—-]\s", name)}
    initials = "".join(w[0] for w in long.split())
    return bool(short) and (
        first == second or (short in pieces and short in long) or (len(short) > 2 and short == initials)
    )


def periods_agree(a: Period | None, b: Period | None) -> bool:
    """Whether no part that both print differs."""
    if a is None or b is None:
        return True
    ends = (not a.end or not b.end or a.end.year == b.end.year) and (a.current == b.current or not (a.end or b.end))
    return (not a.start or not b.start or a.start.year == b.start.year) and ends


def _is_paper_of(project: Project, paper: Publication) -> bool:
    name = _bare(project.title)
    return name == _bare(paper.title) or (short_title(paper.title) == fold(project.title).strip() and name != "")


@cache
def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


_RULES: tuple[tuple[type, Callable[..., bool]], ...] = (
    (Position, _same_position),
    (Degree, _same_degree),
    (Honour, _same_line),
    (Item, _same_line),
    (Interest, _same_interest),
    (Contact, _same_contact),
)


def _groups(facts: Sequence[F], same: Callable[[F, F], bool]) -> list[list[F]]:
    """``facts`` in groups of one thing each: every two facts of a group agree, so that none stands between two that contradict."""
    groups: list[list[F]] = []
    for fact in facts:
        found = next((g for g in groups if all(same(f, fact) for f in g)), None)
        if found is None:
            groups.append([fact])
        else:
            found.append(fact)
    return groups
