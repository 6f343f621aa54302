"""Answers about positions."""

import re
from collections.abc import Iterable, Mapping, Sequence

from app.answer.above import cited_with
from app.answer.degrees import degree_values
from app.answer.draft import Composition, Draft, mark
from app.answer.held import held_now
from app.answer.periods import (
    by_start,
    end_months,
    is_dated,
    months_of,
    newest_month,
    reaches,
    start_months,
    union_months,
)
from app.answer.phrase import duration_text, joined, period_phrase, period_text, placed, with_article
from app.answer.refusal import employers, refused
from app.answer.scene import Scene
from app.question.cue import cue, word_stems
from ingest.domain import Degree, Period, Position
from ingest.extract.words import fold
from ingest.lexical import tokens

_INTERN = re.compile(r"\bintern|实习|stagiaire|praktik", re.IGNORECASE)


def position_values(scene: Scene, position: Position, in_sentence: bool = True) -> dict[str, str | None]:
    """The values of a position for a phrase; ``at`` is the organisation with its preposition, ``where`` adds group and place."""
    english = scene.language == "en"
    role = with_article(position.role) if position.role and in_sentence and english else position.role
    organisation, group, place = position.organisation, position.group, position.place
    if group and english and not group.lower().startswith("the "):
        group = f"the {group}"
    if group and organisation and fold(organisation) in fold(group):
        organisation, group = group, None
    at = where = None
    if organisation:
        at = placed(scene.language, "at_org", organisation, place=None)
        where = placed(scene.language, "at_org", organisation, place=place)
        if group:
            where = scene.words("in_group", at=at, group=group, organisation=organisation, place=place)
    period = position.period
    shown = (period_phrase if in_sentence else period_text)(scene.language, period) if period and period.start else None
    return {
        "role": role,
        "organisation": organisation,
        "group": scene.words("of_group", group=group) if group else None,
        "unit": scene.words(
            "unit_of", organisation=organisation, group=scene.words("of_group", group=group) if group else None
        )
        if organisation
        else None,
        "place": place,
        "at": at,
        "where": where,
        "period": shown,
        "cite": cited_with(scene, position, position.organisation, position.group, position.place),
    }


def position_sentence(scene: Scene, key: str, position: Position) -> str:
    """The phrase ``key`` for a position, or its variant for one without a role."""
    values = position_values(scene, position)
    return scene.say(key if position.role else f"{key}_bare", **values)


def more_jobs(scene: Scene, positions: Sequence[Position]) -> list[Draft]:
    """What else is held now."""
    rest = [scene.words("job_item", **position_values(scene, p, False)) for p in positions if p.role]
    return [Draft(scene.say("job_more", list=joined(scene.language, rest)))] if rest else []


def current_job(scene: Scene) -> Composition:
    """The positions without an end date, the main one first."""
    positions = scene.facts(Position)
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"), near=employers(scene))
    if current := held_now(scene):
        return Composition((Draft(position_sentence(scene, "job_current", current[0])), *more_jobs(scene, current[1:])))
    last = max(positions, key=lambda p: end_months(p.period, None) or 0)
    return Composition((Draft(position_sentence(scene, "job_past", last)),))


def earlier_job(scene: Scene) -> Composition:
    """What came before the named position, or before the current one."""
    positions = by_start(scene.facts(Position))
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"))
    named = [f for f in scene.question.plan.facts if isinstance(f, Position)]
    anchor = named[-1] if named else positions[0]
    start = start_months(anchor.period) if anchor.period else None
    before = [p for p in positions if p != anchor and start is not None and (start_months(p.period) or start) < start]
    is_same = cue("same_employer").search(scene.question.plan.text) is not None
    if is_same:
        before = [p for p in before if p.organisation == anchor.organisation]
    else:
        before = [p for p in before if p.organisation != anchor.organisation or p.group != anchor.group]
    ended = [p for p in before if p.period and not p.period.current]
    if ended and anchor.period and anchor.period.current:
        before = sorted(ended, key=lambda p: -(end_months(p.period, None) or 0))
    what = (anchor.role if is_same else None) or anchor.organisation or anchor.role or ""
    if not before:
        return Composition((Draft(scene.say("job_before_none", what=what, cite=mark(anchor.span))),))
    values = position_values(scene, before[0])
    return Composition((Draft(scene.say("job_before_named", after=what, **values)),))


def first_job(scene: Scene) -> Composition:
    """The position with the earliest start."""
    dated = [p for p in by_start(scene.facts(Position)) if start_months(p.period) is not None]
    if not dated:
        return refused(scene, scene.say("refuse_no_positions"))
    return Composition((Draft(scene.say("job_first", **position_values(scene, dated[-1]))),))


def longest_job(scene: Scene) -> Composition:
    """The longest of the positions, or of those that the question names, and the next one for comparison."""
    named = [f for f in scene.question.plan.facts if isinstance(f, Position)]
    pool = named if len(named) > 1 else list(scene.facts(Position))
    if len(named) < 2 and _INTERN.search(scene.question.text):
        pool = [p for p in pool if p.role and _INTERN.search(p.role)]
    lengths = [(months_of(p.period, newest_month(scene)), p) for p in pool]
    ranked = sorted(((n, p) for n, p in lengths if n is not None), key=lambda pair: -pair[0])
    if not ranked:
        return refused(scene, scene.say("refuse_no_positions"))
    drafts = []
    keys = ("job_longer", "job_shorter") if len(pool) == 2 else ("job_longest", "job_longest_next")
    for key, (months, position) in zip(keys, ranked, strict=False):
        values = position_values(scene, position)
        drafts.append(Draft(scene.say(key, duration=duration_text(scene.language, months), **values)))
    return Composition(tuple(drafts))


def jobs(scene: Scene) -> Composition:
    """All positions, the most recent first; only internships where the question asks for them."""
    positions = by_start(scene.facts(Position))
    interns = [p for p in positions if p.role and _INTERN.search(p.role)]
    if _INTERN.search(scene.question.text):
        if not interns:
            return refused(scene, scene.say("refuse_not_stated"), near=employers(scene))
        return _listed(scene, "job_list_internships", interns)
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"))
    wanted = [t for t in scene.question.plan.unexplained if t not in word_stems("light")]
    having = [p for p in positions if wanted and all(t in tokens(scene.record.quote(p.span)) for t in wanted)]
    if having:
        return _listed(scene, "job_list_having", having)
    return _listed(scene, "job_list", positions)


def job_at(scene: Scene) -> Composition:
    """Role, group and time at the named organisation; "still?" is answered first."""
    named = by_start([f for f in scene.question.plan.facts if isinstance(f, Position)])
    found = _of_the_years(scene, named) or named
    if not found:
        return current_job(scene)
    still = re.search(r"\bstill\b|还在|noch\b|encore\b", scene.question.text, re.IGNORECASE)
    drafts = []
    for number, position in enumerate(found):
        current = position.period is not None and position.period.current
        key = "job_current" if current else "job_past"
        if still and number == 0:
            key = "job_still_yes" if current else "job_still_no"
        drafts.append(
            Draft(
                position_sentence(scene, key, position)
                if not still or number
                else scene.say(key, **position_values(scene, position))
            )
        )
    if still and not (found[0].period and found[0].period.current):
        drafts += current_job(scene).drafts
    drafts += _body(scene, found)
    return Composition(tuple(drafts))


def job_duration(scene: Scene) -> Composition:
    """How long at the named organisation: separate stays are summed, overlapping months counted once."""
    found = by_start([f for f in scene.question.plan.facts if isinstance(f, Position)])
    if not found:
        return current_job(scene)
    newest = newest_month(scene)
    values = position_values(scene, found[0])
    if len(found) == 1:
        months = months_of(found[0].period, newest)
        if found[0].period and found[0].period.current and found[0].period.start is None:
            drafts = [Draft(position_sentence(scene, "job_current", found[0]))]
        elif found[0].period and found[0].period.current:
            drafts = [Draft(scene.say("job_duration_current", **values))]
        elif months is None:
            drafts = [Draft(scene.say("job_duration_unknown", **values))]
        else:
            drafts = [Draft(scene.say("job_duration_one", duration=duration_text(scene.language, months), **values))]
    else:
        total = union_months([p.period for p in found], newest)
        if total is None:
            return _listed(scene, "job_list", found)
        drafts = [Draft(_time_in_all(scene, found, total, values), is_plain=True), *position_items(scene, found)]
    return Composition((*drafts, *_overlap(scene, found)))


def _time_in_all(scene: Scene, found: Sequence[Position], months: int, values: Mapping[str, str | None]) -> str:
    """How long several posts at one employer lasted: since when, where the last goes on and there is no gap before it.

    From "to February" to "since March" is no gap.
    """
    duration, periods = duration_text(scene.language, months), [p.period for p in found if p.period and p.period.start]
    if not any(period.current for period in periods):
        return scene.say("job_duration_many", duration=duration, **values)
    first = min(periods, key=lambda period: start_months(period) or 0)
    begun, newest = start_months(first), newest_month(scene)
    if begun is None or newest is None or months + len(found) <= newest - begun:
        return scene.say("job_duration_least", duration=duration, **values)
    since = period_phrase(scene.language, Period(first.start, None, current=True))
    return scene.say("job_duration_now", **{**values, "period": since})


def job_worked(scene: Scene) -> Composition:
    """Whether the person worked at the named organisation."""
    named = by_start([f for f in scene.question.plan.facts if isinstance(f, Position)])
    found = _of_the_years(scene, named)
    if named and not found:
        values = position_values(scene, named[0])
        return Composition(
            (Draft(scene.say("job_other_dates", **values), is_plain=True), *position_items(scene, named))
        )
    if not found:
        what = scene.question.plan.unknown or scene.question.plan.elsewhere or scene.words("that")
        key = "refuse_no_post" if scene.vocabulary.knows(what) else "refuse_mention"
        return refused(scene, scene.say(key, what=what), near=employers(scene))
    told = next((p for p in found if p.role), None)
    drafts = []
    if told:
        is_open = told.period is not None and told.period.current
        drafts.append(Draft(scene.say("job_works" if is_open else "job_worked", **position_values(scene, told))))
    drafts += position_items(scene, found[1:]) if len(found) > 1 else []
    return Composition((*(drafts or position_items(scene, found)), *_overlap(scene, found)))


def job_supervisor(scene: Scene) -> Composition:
    """Who supervised the named positions, or all that name a supervisor."""
    named = [f for f in scene.question.plan.facts if isinstance(f, Position)]
    pool = by_start(named or [p for p in scene.facts(Position) if p.supervisors])
    with_names = [p for p in pool if p.supervisors]
    if not pool:
        return refused(scene, scene.say("refuse_not_stated"), near=employers(scene))
    if not with_names:
        values = position_values(scene, pool[0])
        return Composition((Draft(scene.say("job_supervisor_none", **values)),), "refused", "not_in_sources")
    drafts = []
    for position in with_names:
        values = position_values(scene, position)
        drafts.append(Draft(scene.say("job_supervisor", people=joined(scene.language, position.supervisors), **values)))
    return Composition(tuple(drafts))


def _of_the_years(scene: Scene, positions: Sequence[Position]) -> list[Position]:
    """Those of ``positions`` that reach into the years asked for or print no date; all of them where no years are asked for."""
    years = scene.question.plan.filters.years
    return [p for p in positions if years is None or reaches(p.period, years) or not is_dated(p.period)]


def _listed(scene: Scene, key: str, positions: Sequence[Position]) -> Composition:
    lead = Draft(scene.say(key, count=len(positions)), is_plain=True)
    return Composition((lead, *position_items(scene, positions)))


def position_items(scene: Scene, positions: Iterable[Position]) -> list[Draft]:
    """One line a position."""
    return [
        Draft(scene.say("job_item" if p.role else "job_item_bare", **position_values(scene, p, False)), is_item=True)
        for p in positions
    ]


def _overlap(scene: Scene, positions: Sequence[Position]) -> list[Draft]:
    """A degree under way during a position, which a sum of years would count twice."""
    for position in positions:
        a, b = start_months(position.period), end_months(position.period, newest_month(scene))
        for degree in scene.facts(Degree):
            c, d = start_months(degree.period), end_months(degree.period, newest_month(scene))
            if None not in (a, b, c, d) and max(a or 0, c or 0) + 6 < min(b or 0, d or 0) and degree.title:
                values = degree_values(scene, degree)
                return [Draft(scene.say("job_overlap", degree=degree.title, **values))]
    return []


def _body(scene: Scene, positions: Iterable[Position]) -> list[Draft]:
    """The first lines of what the source tells of a position, as it tells it."""
    drafts = []
    for position in positions:
        if position.body:
            document = scene.record.document(position.body.document)
            blocks = [b for b in document.blocks if position.body.covers(b.span)]
            drafts += [Draft(f"{document.quote(b.span)} {mark(b.span)}", is_item=True) for b in blocks[:4]]
    return drafts
