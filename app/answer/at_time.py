"""Answers about what somebody was at a time: the posts and degrees that reach into the years asked for."""

from app.answer.degrees import degree_values
from app.answer.draft import Composition, Draft, marks
from app.answer.periods import by_start, is_dated, reaches
from app.answer.phrase import period_phrase
from app.answer.positions import current_job, position_items, position_sentence
from app.answer.prose import prose
from app.answer.refusal import employers, refused
from app.answer.scene import Scene
from app.question.cue import cue
from app.question.select import newest_year
from ingest.domain import Degree, Position

OF_A_TIME = {"at_time", "job_current", "job_before", "job_first", "job_list", "degree_list"}
"""Intents that a year turns into a question about that time."""


def at_time(scene: Scene) -> Composition:
    """The posts and the degrees of the years asked for; only one of the two where the question asks for that one."""
    years = scene.question.plan.filters.years or (None, None)
    positions, degrees = by_start(scene.facts(Position)), by_start(scene.facts(Degree))
    intent, text = scene.question.plan.intent, scene.question.plan.text
    asks_post = cue("a_post").search(text) is not None
    asks_studies = intent == "degree_list" or (cue("studies").search(text) is not None and not asks_post)
    if not positions and not degrees:
        told = prose(scene, outside_works=True)
        return (
            told
            if told.status != "refused"
            else refused(scene, scene.say("refuse_no_degrees" if asks_studies else "refuse_no_positions"))
        )
    newest = newest_year(scene.record.facts)
    if years[0] and newest and years[0] > newest:
        return current_job(scene)
    if asks_studies:
        return _degrees_of(scene, degrees, years)
    worked = [p for p in positions if reaches(p.period, years)]
    if intent == "job_list":
        return _positions_of(scene, positions, worked)
    studied = [d for d in degrees if reaches(d.period, years)]
    if not worked and not studied:
        return _nothing(scene, "at_time_none", positions, degrees)
    if not worked and asks_post:
        return refused(scene, scene.say("job_list_when_none", when=when(scene)), _degrees_in_full(scene, studied))
    if len(worked) + len(studied) == 1:
        return Composition((_one_post(scene, worked[0]),) if worked else _degrees_in_full(scene, studied))
    lead = Draft(scene.say("at_time", when=when(scene)), is_plain=True)
    return Composition(
        (lead, *position_items(scene, worked), *_degrees(scene, studied), *undated(scene, positions, degrees))
    )


def when(scene: Scene) -> str:
    """The years asked for, as an adverb: "in 2019", "from 2017 to 2020"."""
    first, last = scene.question.plan.filters.years or (None, None)
    if first == last:
        return scene.words("when_year", year=first)
    key = "when_years" if first and last else "when_since" if first else "when_until"
    return scene.words(key, first=first, last=last)


def _positions_of(scene: Scene, positions: list[Position], worked: list[Position]) -> Composition:
    if not worked:
        return _nothing(scene, "job_list_when_none", positions, [])
    lead = Draft(scene.say("job_list_when", count=len(worked), when=when(scene)), is_plain=True)
    return Composition((lead, *position_items(scene, worked), *undated(scene, positions, [])))


def _degrees_of(scene: Scene, degrees: list[Degree], years: tuple[int | None, int | None]) -> Composition:
    studied = [d for d in degrees if reaches(d.period, years)]
    if not degrees:
        return refused(scene, scene.say("refuse_no_degrees"))
    if not studied:
        return _nothing(scene, "degree_list_when_none", [], degrees)
    lead = Draft(scene.say("degree_list_when", count=len(studied), when=when(scene)), is_plain=True)
    return Composition((lead, *_degrees(scene, studied), *undated(scene, [], degrees)))


def _one_post(scene: Scene, position: Position) -> Draft:
    current = position.period is not None and position.period.current
    return Draft(position_sentence(scene, "job_current" if current else "job_past", position))


def _degrees_in_full(scene: Scene, studied: list[Degree]) -> tuple[Draft, ...]:
    """A sentence a degree."""
    drafts = []
    for degree in studied:
        values = degree_values(scene, degree)
        values["period"] = period_phrase(scene.language, degree.period) if degree.period else None
        drafts.append(Draft(scene.say("degree_one" if degree.title else "degree_one_bare", **values)))
    return tuple(drafts)


def _degrees(scene: Scene, studied: list[Degree]) -> list[Draft]:
    return [
        Draft(scene.say("degree_item" if d.title else "degree_item_bare", **degree_values(scene, d)), is_item=True)
        for d in studied
    ]


def undated(scene: Scene, positions: list[Position], degrees: list[Degree]) -> list[Draft]:
    """That some entries print no year, so that nobody takes the list for complete."""
    found: list[Position | Degree] = [p for p in positions if not is_dated(p.period)]
    found += [d for d in degrees if not is_dated(d.period)]
    if not found:
        return []
    return [Draft(scene.say("papers_undated", count=len(found), cites=marks(f.span for f in found)))]


def _nothing(scene: Scene, key: str, positions: list[Position], degrees: list[Degree]) -> Composition:
    near = undated(scene, positions, degrees) or (employers(scene) if positions else [])
    return refused(scene, scene.say(key, when=when(scene)), near=near)
