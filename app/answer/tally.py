"""Answers that group the publications: how many in each year, how many at each venue; every one is cited in its group."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.answer.draft import Composition, Draft, marks
from app.answer.papers import paper_rows
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.question.select import publications
from app.record.venues import venues_of
from ingest.domain import Publication

_KINDS = (
    re.compile(r"\bconf[eé]r|\bkonferenz|\bcongr|会议", re.IGNORECASE),
    re.compile(r"\bjournal|\brev[ui]|\bzeitschrift|期刊", re.IGNORECASE),
)
"""Who names both asks for either."""


def by_year(scene: Scene) -> Composition:
    """How many publications each year prints, the newest first; what has no year is counted apart. Of one year alone, which they are."""
    years = scene.question.plan.filters.years
    if years is not None and years[0] == years[1]:
        return paper_rows(scene)
    rows = publications(scene.record, scene.question.plan.filters)
    return _tally(
        scene, rows, "papers_by_year", "papers_no_year", lambda p: str(p.date.year) if p.date and p.date.year else ""
    )


def by_venue(scene: Scene) -> Composition:
    """How many publications each venue has, the most frequent first; what has no venue is counted apart. Of a named venue, which they are."""
    filters = scene.question.plan.filters
    if filters.venue is not None:
        return paper_rows(scene)
    if all(kind.search(scene.question.plan.text) for kind in _KINDS):
        filters = replace(filters, venue_class=None)
    papers = publications(scene.record, filters)
    venues = venues_of(papers)
    name_of = {p.span: venues[p.span].name if p.span in venues else "" for p in papers}
    return _tally(scene, papers, "papers_by_venue", "papers_no_venue", lambda p: name_of[p.span])


def _tally(
    scene: Scene, rows: Iterable[Publication], key: str, none: str, group: Callable[[Publication], str]
) -> Composition:
    groups: dict[str, list[Publication]] = {}
    for paper in rows:
        groups.setdefault(group(paper), []).append(paper)
    if not groups:
        return refused(scene, scene.say("refuse_no_papers"))
    named = {name: papers for name, papers in groups.items() if name}
    order = sorted(named, reverse=True) if key == "papers_by_year" else sorted(named, key=lambda n: -len(named[n]))
    lead = [Draft(scene.say(key, count=len(named)), is_plain=True)] if named else []
    lines = _lines(named, order)
    left = groups.get("", [])
    rest = [Draft(scene.say(none, count=len(left), cites=marks(p.span for p in left)))] if left else []
    return Composition((*lead, *lines, *rest))


def _lines(groups: Mapping[str, list[Publication]], order: Iterable[str]) -> list[Draft]:
    return [
        Draft(f"{name} ({len(groups[name])}) {marks(p.span for p in groups[name])}", is_item=True) for name in order
    ]
