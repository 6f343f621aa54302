"""Works that are listed more than once: twice in one list, nearly twice, as preprint and paper, as project and paper, in several files."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz import fuzz

from ingest.doctor.finding import Finding, Severity, counted, finding, within
from ingest.doctor.papers import papers_in
from ingest.domain import Fact, Link, Publication, Record, Span
from ingest.extract.words import fold
from ingest.identity import same_person

_NEAR_TITLE = 92
"""Similarity of two titles, 0 to 100, from which one of them looks like a slip of the pen."""
_YEARS_APART = 2
_NUMBERS = re.compile(r"\d+|\b[ivx]+\b")


def listed_twice(record: Record) -> Iterator[Finding]:
    """What the ingest takes for one work or thing although two entries of one document print it."""
    facts = {fact.span: fact for fact in record.facts}
    for link in record.links:
        kept, other = facts.get(link.kept), facts.get(link.other)
        if kept is None or other is None:
            continue
        if link.relation == "project":
            yield _project(record, other, kept)
        elif kept.span.document == other.span.document and isinstance(kept, Publication):
            yield _repeated(record, link, kept, other)


def listed_in_several_files(record: Record) -> Iterator[Finding]:
    """One note for every document that lists works of earlier ones, and a warning for each work that two date differently."""
    order = {document.id: number for number, document in enumerate(record.documents)}
    facts = {fact.span: fact for fact in record.facts}
    shared: dict[str, dict[Span, str]] = defaultdict(dict)
    for link in record.links:
        first, second = sorted((link.kept, link.other), key=lambda span: order[span.document])
        a, b = facts.get(first), facts.get(second)
        if not isinstance(a, Publication) or not isinstance(b, Publication) or first.document == second.document:
            continue
        shared[second.document].setdefault(second, first.document)
        years = [p.date.year for p in (a, b) if p.date and p.date.year]
        if link.relation == "repeat" and len(years) == 2 and years[0] != years[1]:
            message = f"this work is of {years[1]} here and of {years[0]} in {first.document}"
            place = within(record, second, str(years[1]))
            same_venue = not a.venue or not b.venue or fuzz.ratio(fold(a.venue), fold(b.venue)) >= _NEAR_TITLE
            severity: Severity = "warning" if same_venue else "note"
            yield finding(record, place, "years-disagree", severity, message, "correct one of the two", [first])
    for works in shared.values():
        message = f"{counted(len(works), 'work')} of this document also in {', '.join(sorted(set(works.values())))}"
        place, *rest = sorted(works, key=lambda span: span.start)
        yield finding(record, place, "also-listed", "note", message, "nothing to do: each counts once", rest)


def nearly_the_same(record: Record) -> Iterator[Finding]:
    """Two entries of one document whose titles differ by a few letters, and that the ingest counts twice."""
    one_work = {link.other: link.kept for link in record.links}
    for document in record.documents:
        papers = [(p, " ".join(re.findall(r"\w+", fold(p.title)))) for p in papers_in(record, document)]
        for (a, first), (b, second) in combinations(papers, 2):
            if one_work.get(a.span, a.span) == one_work.get(b.span, b.span):
                continue
            if fuzz.ratio(first, second, score_cutoff=_NEAR_TITLE) and _agree(a, b, first, second):
                message = f"the title is that of another entry, {a.title!r}, or nearly so, and both are counted"
                advice = "if it is one work, take one entry out, or let authors and years agree"
                place = within(record, b.span, b.title)
                yield finding(record, place, "near-duplicate", "warning", message, advice, [a.span])


RULES = (listed_twice, listed_in_several_files, nearly_the_same)


def _project(record: Record, project: Fact, paper: Fact) -> Finding:
    message = "this is listed as a project and as a paper"
    advice = "nothing to do where that is meant: answers about either name both"
    return finding(record, project.span, "project-and-paper", "note", message, advice, [paper.span])


def _repeated(record: Record, link: Link, kept: Fact, other: Fact) -> Finding:
    place, rival = (other, kept) if kept.span.start < other.span.start else (kept, other)
    if link.relation == "preprint":
        message, kind = "this work is listed as a preprint and as published", "preprint-and-published"
        advice = "nothing to do where that is meant: it counts once, as published"
        return finding(record, other.span, kind, "note", message, advice, [kept.span])
    message, advice = "this work is listed twice", "take one entry out; it counts once"
    return finding(record, place.span, "duplicate", "warning", message, advice, [rival.span])


def _agree(a: Publication, b: Publication, first: str, second: str) -> bool:
    """Whether near titles can be one work's: the same numbers in them, and years close by or the same first author."""
    years = [p.date.year for p in (a, b) if p.date and p.date.year]
    near_in_time = len(years) == 2 and abs(years[0] - years[1]) <= _YEARS_APART
    same_author = bool(a.authors and b.authors) and same_person(a.authors[0], b.authors[0])
    return _NUMBERS.findall(first) == _NUMBERS.findall(second) and (near_in_time or same_author)
