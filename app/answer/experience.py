"""How long somebody has worked, added up from the posts that print their dates, and whether ever in a role."""

from app.answer.at_time import undated
from app.answer.draft import Composition, Draft
from app.answer.periods import by_start, is_dated, months_of, newest_month, union_months
from app.answer.phrase import duration_text
from app.answer.positions import job_worked, position_items
from app.answer.prose import prose
from app.answer.refusal import employers, refused
from app.answer.scene import Scene
from ingest.domain import Position


def experience(scene: Scene) -> Composition:
    """The time that the dated posts cover together, each month counted once, and the posts; the present one ends at the latest date printed."""
    positions = by_start(scene.facts(Position))
    newest = newest_month(scene)
    dated = [p for p in positions if is_dated(p.period)]
    months = union_months([p.period for p in dated if months_of(p.period, newest) is not None], newest)
    if not positions:
        return refused(scene, scene.say("refuse_no_positions"))
    if not months:
        return refused(scene, scene.say("refuse_not_stated"), near=position_items(scene, positions))
    goes_on = any(p.period and p.period.current for p in dated)
    key = "experience_least" if goes_on else "experience"
    lead = Draft(scene.say(key, duration=duration_text(scene.language, months)), is_plain=True)
    return Composition((lead, *position_items(scene, dated), *undated(scene, positions, [])))


def as_role(scene: Scene) -> Composition:
    """The posts with the role that is asked for, or that none is listed, with the employers; a record without posts may tell it in prose."""
    if not scene.facts(Position):
        return prose(scene, outside_works=True)
    if any(isinstance(f, Position) for f in scene.question.plan.facts):
        return job_worked(scene)
    role = scene.question.plan.unknown or ""
    return refused(scene, scene.say("refuse_no_role", what=scene.words("quoted", text=role)), near=employers(scene))
