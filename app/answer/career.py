"""Answers about positions and degrees."""

import re
from collections.abc import Iterable, Sequence
from typing import TypeVar

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import duration_text, joined, period_phrase, period_text, with_article
from app.answer.refusal import employers, refused
from app.answer.scene import Scene
from ingest.domain import Degree, PartialDate, Period, Position
from ingest.extract.words import fold

_DEGREE_WORDS = {
    "doctor": r"ph\.? ?d|doctor|dphil|doktor|doctorat|博士",
    "master": r"\bmaster|\bm\.? ?sc?\b|\bm\.?a\b|mphil|meng|mba|硕士|研究生",
    "bachelor": r"bachelor|\bb\.? ?sc?\b|\bb\.?a\b|btech|beng|b\.e\b|undergrad|licence|本科|学士",
}
Dated = TypeVar("Dated", Position, Degree)
_INTERN = re.compile(r"\bintern|实习|stagiaire|praktik", re.IGNORECASE)


def position_values(scene: Scene, position: Position, in_sentence: bool = True) -> dict[str, str | None]:
    """The values of a position for a phrase; ``where`` is group, organisation and place in one."""
    english = scene.language == "en"
    role = with_article(position.role) if position.role and in_sentence and english else position.role
    organisation, group = position.organisation, position.group
    if group and organisation and fold(organisation) in fold(group):
        organisation, group = (f"the {group}" if english else group), None
    the_group = group if group is None or group.lower().startswith("the ") else f"the {group}"
    where = None
    if organisation and english:
        key = "in_group" if group else "at_org"
        where = scene.words(key, group=the_group, organisation=organisation, place=position.place)
    period = position.period
    shown = (period_phrase if in_sentence else period_text)(scene.language, period) if period else None
    return {
        "role": role,
        "organisation": organisation,
        "group": f"in {the_group}" if the_group and english else group,
        "place": position.place,
        "where": where,
        "period": shown,
        "cite": mark(position.span),
    }


def position_sentence(scene: Scene, key: str, position: Position) -> str:
    """The phrase ``key`` for a position, or its variant for one without a role."""
    values = position_values(scene, position)
    return scene.say(key if position.role else f"{key}_bare", **values)


def current_job(scene: Scene) -> Composition:
    """The positions without an end date, the most recent first."""
    positions = by_start(scene.facts(Position))
    current = [p for p in positions if p.period and p.period.current]
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"), near=employers(scene))
    if not current:
        last = max(positions, key=lambda p: end_months(p.period, None) or 0)
        return Composition((Draft(position_sentence(scene, "job_past", last)),))
    drafts = [Draft(position_sentence(scene, "job_current", current[0]))]
    if len(current) > 1:
        rest = joined(
            scene.language, [scene.words("job_item", **position_values(scene, p, False)) for p in current[1:] if p.role]
        )
        drafts += [Draft(scene.say("job_more", list=rest))] if rest else []
    return Composition(tuple(drafts))


def earlier_job(scene: Scene) -> Composition:
    """What came before the named position, or before the current one."""
    positions = by_start(scene.facts(Position))
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"))
    named = [f for f in scene.question.plan.facts if isinstance(f, Position)]
    anchor = named[-1] if named else positions[0]
    start = start_months(anchor.period) if anchor.period else None
    before = [p for p in positions if p != anchor and start is not None and (start_months(p.period) or start) < start]
    before = [p for p in before if p.organisation != anchor.organisation or p.group != anchor.group]
    what = anchor.organisation or anchor.role or ""
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
    return _listed(scene, "job_list", positions)


def job_at(scene: Scene) -> Composition:
    """Role, group and time at the named organisation; "still?" is answered first."""
    found = by_start([f for f in scene.question.plan.facts if isinstance(f, Position)])
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
        if found[0].period and found[0].period.current:
            drafts = [Draft(scene.say("job_duration_current", **values))]
        elif months is None:
            drafts = [Draft(scene.say("job_duration_unknown", **values))]
        else:
            drafts = [Draft(scene.say("job_duration_one", duration=duration_text(scene.language, months), **values))]
    else:
        total = union_months([p.period for p in found], newest)
        if total is None:
            return _listed(scene, "job_list", found)
        lead = scene.say(
            "job_duration_many", organisation=found[0].organisation, duration=duration_text(scene.language, total)
        )
        drafts = [Draft(lead, is_plain=True), *_items(scene, found)]
    return Composition((*drafts, *_overlap(scene, found)))


def job_worked(scene: Scene) -> Composition:
    """Whether the person worked at the named organisation."""
    found = by_start([f for f in scene.question.plan.facts if isinstance(f, Position)])
    if not found:
        return refused(
            scene, scene.say("refuse_mention", what=scene.question.plan.unknown or "that"), near=employers(scene)
        )
    drafts = [Draft(scene.say("job_worked", **position_values(scene, p))) for p in found if p.role][:1]
    drafts += _items(scene, found[1:]) if len(found) > 1 else []
    return Composition((*(drafts or _items(scene, found)), *_overlap(scene, found)))


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


def degrees(scene: Scene) -> Composition:
    """The degrees, or the one that the question asks for; a level that is not there is said so."""
    found = by_start(scene.facts(Degree))
    if not found:
        return refused(scene, scene.say("refuse_no_degrees"))
    level = level_asked(scene.question.text)
    if level:
        fitting = [d for d in found if d.title and has_level(d.title, level)]
        if not fitting:
            values = degree_values(scene, found[0])
            return Composition(
                (Draft(scene.say("degree_none", degree=level_name(scene.question.text, level), **values)),)
            )
        return _degrees_told(scene, fitting)
    items = [
        Draft(scene.say("degree_item" if d.title else "degree_item_bare", **degree_values(scene, d)), is_item=True)
        for d in found
    ]
    return Composition((Draft(scene.say("degree_list", count=len(found)), is_plain=True), *items))


def degree_supervisor(scene: Scene) -> Composition:
    """Who supervised a degree: the doctorate, unless the question names another."""
    found = by_start(scene.facts(Degree))
    if not found:
        return refused(scene, scene.say("refuse_no_degrees"))
    level = level_asked(scene.question.text) or "doctor"
    fitting = [d for d in found if d.title and has_level(d.title, level)] or found[:1]
    degree = next((d for d in fitting if d.supervisors), fitting[0])
    values = degree_values(scene, degree)
    values["degree"] = degree.title
    if not degree.supervisors:
        return Composition((Draft(scene.say("degree_supervisor_none", **values)),), "refused", "not_in_sources")
    people = joined(scene.language, degree.supervisors)
    return Composition((Draft(scene.say("degree_supervisor", people=people, **values)),))


def degree_values(scene: Scene, degree: Degree) -> dict[str, str | None]:
    """The values of a degree for a phrase."""
    return {
        "title": degree.title,
        "a_title": with_article(degree.title) if degree.title else None,
        "institution": degree.institution,
        "period": period_text(scene.language, degree.period) if degree.period else None,
        "note": degree.note,
        "cite": mark(degree.span),
    }


def by_start(facts: Iterable[Dated]) -> list[Dated]:
    """The most recent first; those without a date keep their place at the end."""
    return sorted(facts, key=lambda f: -(start_months(f.period) or -1))


def start_months(period: Period | None) -> int | None:
    """The start in months since year 0; an unknown month counts as January."""
    return _months(period.start) if period and period.start else None


def end_months(period: Period | None, newest: int | None) -> int | None:
    """The end in months since year 0; "present" is ``newest``."""
    if period is None:
        return None
    if period.current:
        return newest
    return _months(period.end) if period.end else None


def months_of(period: Period | None, newest: int | None) -> int | None:
    """The length in months, or ``None`` where an end is unknown or lies before the start."""
    start, end = start_months(period), end_months(period, newest)
    return (
        end - start
        if start is not None and end is not None and end >= start and (end > start or newest is None)
        else None
    )


def union_months(periods: Sequence[Period | None], newest: int | None) -> int | None:
    """The months that the periods cover together, each counted once."""
    spans = [(start_months(p), end_months(p, newest)) for p in periods]
    known = sorted((a, b) for a, b in spans if a is not None and b is not None and b >= a)
    if len(known) < len(spans):
        return None
    total, reach = 0, 0
    for start, end in known:
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return total


def newest_month(scene: Scene) -> int | None:
    """The latest month that the record's positions and degrees print: what "present" means at the least."""
    periods = [p.period for p in scene.facts(Position)] + [d.period for d in scene.facts(Degree)]
    months = [m for period in periods for m in (start_months(period), end_months(period, None))]
    return max((m for m in months if m is not None), default=None)


def level_asked(text: str) -> str | None:
    """``doctor``, ``master`` or ``bachelor`` where the question names it."""
    return next((level for level, pattern in _DEGREE_WORDS.items() if re.search(pattern, fold(text))), None)


def level_name(text: str, level: str) -> str:
    """The level in the question's own word."""
    match = re.search(rf"\b\w*(?:{_DEGREE_WORDS[level]})\w*", text, re.IGNORECASE)
    return match[0] if match else level


def has_level(title: str, level: str) -> bool:
    """Whether a degree's title is of that level."""
    return re.search(_DEGREE_WORDS[level], fold(title)) is not None


def _degrees_told(scene: Scene, found: list[Degree]) -> Composition:
    drafts = []
    for degree in found:
        values = degree_values(scene, degree)
        values["period"] = period_phrase(scene.language, degree.period) if degree.period else None
        drafts.append(Draft(scene.say("degree_one" if degree.title else "degree_one_bare", **values)))
        months = months_of(degree.period, newest_month(scene))
        if months and re.search(
            r"how (?:long|many years)|多久|几年|wie lange|combien de temps", scene.question.text, re.IGNORECASE
        ):
            drafts.append(
                Draft(scene.say("degree_duration", duration=duration_text(scene.language, months)), is_plain=True)
            )
    return Composition(tuple(drafts))


def _listed(scene: Scene, key: str, positions: Sequence[Position]) -> Composition:
    lead = Draft(scene.say(key, count=len(positions)), is_plain=True)
    return Composition((lead, *_items(scene, positions)))


def _items(scene: Scene, positions: Iterable[Position]) -> list[Draft]:
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


def _months(date: PartialDate) -> int | None:
    return date.year * 12 + (date.month or 1) - 1 if date.year is not None else None
