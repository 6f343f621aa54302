"""Answers that count, list or order publications; every counted row is cited."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from app.answer.draft import Composition, Draft, mark, marks
from app.answer.listed import condition_text, details, items, mark_beside, shortened
from app.answer.phrase import date_text, joined, placed
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.won import won_by
from app.domain import Aggregate, Filters
from app.question.cues import filters_of
from app.question.select import asks_own_place, distinct, prints_own_name, publications
from ingest.domain import Publication, Span
from ingest.identity import author_index, is_collective, name_key

_AND_HOW_MANY = re.compile(r",?\s+and how many\b|，?其中", re.IGNORECASE)


def paper_rows(scene: Scene) -> Composition:
    """Counts or lists what the plan's filters select, and says what the source does not show."""
    plan = scene.question.plan
    parts = _AND_HOW_MANY.split(plan.text)
    if len(parts) > 1 and plan.filters and not plan.years_compared:
        return _counted_twice(scene, parts[0])
    rows = publications(scene.record, plan.filters)
    total = len(distinct(scene.record))
    condition = condition_text(scene, plan.filters, len(rows) or 2)
    if not total:
        return refused(scene, scene.say("refuse_no_papers"))
    if plan.years_compared:
        return _compared(scene, plan.filters, plan.years_compared)
    if (
        not rows
        and plan.filters.note == "award"
        and (won := won_by(scene, publications(scene.record, replace(plan.filters, note=None))))
    ):
        return Composition(tuple(won))
    if not rows and asks_own_place(plan.filters) and not prints_own_name(scene.record):
        return refused(scene, scene.say("papers_no_authors", count=total))
    if not rows:
        cut = _cut_rows(scene, plan.filters)
        near = [Draft(scene.say("papers_cut", count=len(cut), cites=marks(p.span for p in cut)))] if cut else []
        return refused(
            scene,
            scene.say("papers_count_none", condition=condition, total=total),
            near,
            is_open=scene.question.plan.filters.note is not None,
        )
    if plan.aggregate is Aggregate.COUNT:
        drafts = _counted(scene, rows, condition)
    else:
        lead = scene.say("papers_list", count=len(rows), condition=condition)
        drafts = [Draft(lead, is_plain=True), *items(scene, rows)]
    return Composition((*drafts, *_remarks(scene, rows, plan.filters)))


def _counted_twice(scene: Scene, first: str) -> Composition:
    """ "How many papers in 2024, and how many of them preprints?": the first number, then the narrower one."""
    plan = scene.question.plan
    wide = filters_of(first, scene.vocabulary.link(first), None)
    drafts: list[Draft] = []
    for filters in dict.fromkeys((wide, plan.filters)):
        rows = publications(scene.record, filters)
        condition = condition_text(scene, filters, len(rows) or 2)
        if rows:
            drafts.append(
                Draft(
                    scene.say("papers_count", count=len(rows), condition=condition, cites=marks(p.span for p in rows))
                )
            )
        else:
            drafts.append(
                Draft(
                    scene.say("papers_count_none", condition=condition, total=len(distinct(scene.record))),
                    is_plain=True,
                )
            )
    rows = publications(scene.record, plan.filters)
    return Composition((*drafts, *(d for d in _remarks(scene, rows, plan.filters) if rows)))


def latest(scene: Scene) -> Composition:
    """The newest dated entry, and what has no year."""
    return _extreme(scene, "latest")


def oldest(scene: Scene) -> Composition:
    """The oldest dated entry, and what has no year."""
    return _extreme(scene, "oldest")


def coauthors(scene: Scene) -> Composition:
    """Who shares most papers, with every paper cited."""
    papers = distinct(scene.record)
    if not papers:
        return refused(scene, scene.say("refuse_no_papers"))
    shared: dict[str, list[Publication]] = defaultdict(list)
    names: dict[str, str] = {}
    for paper in papers:
        own = author_index(paper.authors, scene.profile)
        if own is None:
            continue
        for number, author in enumerate(paper.authors):
            if number != own:
                names.setdefault(name_key(author), author)
                shared[name_key(author)].append(paper)
    ranked = sorted(shared.items(), key=lambda pair: -len(pair[1]))
    if not ranked:
        return refused(scene, scene.say("refuse_not_stated"))
    shown = ranked[: max(5, sum(len(p) == len(ranked[0][1]) for _, p in ranked))][:8]
    parts = [
        scene.words("coauthors_item", who=names[key], count=len(found), cites=marks(p.span for p in found))
        for key, found in shown
    ]
    drafts = [Draft(scene.say("coauthors", list=joined(scene.language, parts)))]
    cut = [p for p in papers if not p.authors_complete]
    if cut:
        drafts.append(Draft(scene.say("coauthors_cut", count=len(cut)), is_plain=True))
    return Composition(tuple(drafts))


def worked_with(scene: Scene) -> Composition:
    """Whether a named person shares papers, or supervised."""
    name = scene.question.plan.filters.co_author
    if name is None:
        from app.answer.refusal import unknown_person

        return unknown_person(scene)
    rows = publications(scene.record, Filters(co_author=name))
    drafts: list[Draft] = []
    if rows:
        drafts = [Draft(scene.say("worked_with", who=name, count=len(rows)), is_plain=True), *items(scene, rows)]
    for fact in scene.record.facts:
        supervisors = getattr(fact, "supervisors", ())
        if name in supervisors:
            where = getattr(fact, "organisation", None) or getattr(fact, "institution", None) or ""
            at = placed(scene.language, "at_org", where, place=None) if where else None
            drafts.append(Draft(scene.say("worked_under", who=name, organisation=where, at=at, cite=mark(fact.span))))
    return Composition(tuple(drafts)) if drafts else refused(scene, scene.say("refuse_person", what=name))


def _counted(scene: Scene, rows: Sequence[Publication], condition: str | None) -> list[Draft]:
    """The number with every row cited; a short selection is listed."""
    if condition and len(rows) <= 15:
        lead = scene.say("papers_list", count=len(rows), condition=condition)
        drafts = [Draft(lead, is_plain=True), *items(scene, rows)]
    else:
        drafts = [
            Draft(scene.say("papers_count", count=len(rows), condition=condition, cites=marks(p.span for p in rows)))
        ]
    return drafts


def _remarks(scene: Scene, rows: Sequence[Publication], filters: Filters) -> list[Draft]:
    """What a reader should know about the selection: preprints in it, names not printed, years missing, marks unexplained."""
    drafts: list[Draft] = []
    everything = len(rows) == len(distinct(scene.record))
    preprints = [p for p in rows if p.status == "preprint"]
    if preprints and len(preprints) < len(rows) and filters.status is None and (everything or filters.years):
        drafts.append(Draft(scene.say("papers_of_which", count=len(preprints), cites=marks(p.span for p in preprints))))
    if everything:
        drafts += _names_printed(scene, rows)
    elif filters.author_rank is not None or (filters.co_author and not rows):
        drafts += _authorship_remarks(scene, filters)
    explained = any(p.corresponding for p in distinct(scene.record))
    if filters.authorship == "marked" or (filters.authorship == "corresponding" and not explained):
        drafts.append(Draft(scene.say("papers_mark", mark=mark_beside(scene)), is_plain=True))
    undated = [p for p in distinct(scene.record) if p.date is None or p.date.year is None]
    if undated and filters.years:
        drafts.append(Draft(scene.say("papers_undated", count=len(undated), cites=marks(p.span for p in undated))))
    again = _listed_again(scene, rows)
    if again:
        drafts.append(
            Draft(scene.say("papers_twice", count=len({k for k, _ in again}), cites=marks(o for _, o in again)))
        )
    return drafts


def _listed_again(scene: Scene, rows: Sequence[Publication]) -> list[tuple[Span, Span]]:
    """The entries of ``rows`` and of the same works elsewhere on the same list: a preprint of a published paper, a repetition."""
    return [
        (link.kept, link.other)
        for paper in rows
        for link in scene.record.linked(paper)
        if link.relation == "preprint" or (link.relation == "repeat" and link.other.document == paper.span.document)
    ]


def _names_printed(scene: Scene, rows: Sequence[Publication]) -> list[Draft]:
    """How many print the name, how many first, and why the others do not."""
    places = {p: author_index(p.authors, scene.profile) for p in rows if p.authors and not p.beside}
    missing = [p for p, place in places.items() if place is None]
    if not missing:
        return []
    named = [p for p, place in places.items() if place is not None]
    first = sum(place == 0 for place in places.values())
    drafts = [
        Draft(
            scene.say(
                "papers_named", named=len(named), total=len(rows), first=first, cites=marks(p.span for p in named)
            )
        )
    ]
    cut = [p for p in missing if not p.authors_complete]
    whole = [p for p in missing if p.authors_complete]
    signed = [p for p in whole if is_collective(p.authors)]
    collective = Counter(p.authors[0] for p in signed)
    if signed:
        who = joined(scene.language, list(collective))
        cites = marks(p.span for p in signed)
        drafts.append(Draft(scene.say("papers_collective", count=len(signed), total=len(rows), who=who, cites=cites)))
    others = [p for p in whole if p not in signed]
    if others:
        drafts.append(Draft(scene.say("papers_not_named", count=len(others), cites=marks(p.span for p in others))))
    if cut:
        drafts.append(Draft(scene.say("papers_cut", count=len(cut), cites=marks(p.span for p in cut))))
    return drafts


def _authorship_remarks(scene: Scene, filters: Filters) -> list[Draft]:
    drafts: list[Draft] = []
    if filters.author_rank == 1:
        equal = [
            p
            for p in publications(scene.record, Filters(authorship="equal", years=filters.years, venue=filters.venue))
            if author_index(p.authors, scene.profile) != 0
        ]
        if equal:
            named = joined(
                scene.language, [f"{scene.words('quoted', text=shortened(p.title))} {mark(p.span)}" for p in equal]
            )
            drafts.append(Draft(scene.say("papers_equal_more", count=len(equal), list=named)))
    cut = _cut_rows(scene, filters)
    if cut:
        drafts.append(Draft(scene.say("papers_cut", count=len(cut), cites=marks(p.span for p in cut))))
    return drafts


def _cut_rows(scene: Scene, filters: Filters) -> list[Publication]:
    """Entries whose cut author list could still hide the person, where authorship was asked."""
    if filters.author_rank in {None, 1}:
        return []
    return [
        p for p in distinct(scene.record) if not p.authors_complete and author_index(p.authors, scene.profile) is None
    ]


def _compared(scene: Scene, filters: Filters, years: tuple[int, int]) -> Composition:
    from dataclasses import replace

    counted = [(y, publications(scene.record, replace(filters, years=(y, y)))) for y in years]
    (more, rows), (less, fewer) = sorted(counted, key=lambda pair: -len(pair[1]))
    key = "papers_compare" if len(rows) != len(fewer) else "papers_compare_equal"
    text = scene.say(
        key, year=more, count=len(rows), cites=marks(p.span for p in rows),
        other_year=less, other_count=len(fewer), other_cites=marks(p.span for p in fewer),
    )  # fmt: skip
    return Composition((Draft(text),))


def _extreme(scene: Scene, key: str) -> Composition:
    from dataclasses import replace

    pool = publications(scene.record, replace(scene.question.plan.filters, undated=None))
    dated = [p for p in pool if p.date and p.date.year]
    if not dated:
        return refused(scene, scene.say("refuse_no_papers"))

    def when(paper: Publication) -> tuple[int, int, int]:
        date = paper.date
        return (date.year or 0, date.first_month if date.month else 0, date.day or 0) if date else (0, 0, 0)

    best = max(dated, key=when) if key == "latest" else min(dated, key=when)
    tied = [p for p in dated if when(p) == when(best)]
    undated = [p for p in pool if p not in dated]
    drafts: list[Draft]
    if len(tied) > 1:
        year = best.date.year if best.date else None
        lead = scene.say("papers_list", count=len(tied), condition=scene.words("cond_year", year=year))
        drafts = [Draft(lead, is_plain=True), *items(scene, tied)]
    else:
        date = date_text(scene.language, best.date) if best.date else None
        drafts = [
            Draft(
                scene.say(
                    key,
                    title=best.title,
                    date=date,
                    details=details(scene, best, with_date=False),
                    cite=mark(best.span),
                )
            )
        ]
    if undated:
        drafts.append(Draft(scene.say("papers_undated", count=len(undated), cites=marks(p.span for p in undated))))
    return Composition(tuple(drafts))
