"""Answers about what a thesis was about or was called."""

from app.answer.degrees import degrees_told, has_level, level_asked
from app.answer.draft import Composition
from app.answer.periods import by_start
from app.answer.prose import prose
from app.answer.scene import Scene
from app.question.cue import cue
from ingest.domain import Degree

OF_DEGREES = {"degree_phd", "degree_list"}
"""Intents that are about a thesis where the question names one."""


def theses(scene: Scene) -> Composition:
    """The degrees whose entries tell of a thesis, of the level asked for; else what the record says of one elsewhere."""
    level = level_asked(scene.question.text)
    told = [d for d in by_start(scene.facts(Degree)) if cue("thesis").search(scene.record.quote(d.span))]
    fitting = [d for d in told if not level or (d.title and has_level(d.title, level))]
    return degrees_told(scene, fitting) if fitting else prose(scene)
