"""Answers about degrees."""

import re

from app.answer.above import cited_with
from app.answer.draft import Composition, Draft
from app.answer.periods import by_start, months_of, newest_month
from app.answer.phrase import duration_text, joined, period_phrase, period_text, placed, with_article
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.question.cue import cue
from ingest.domain import Degree
from ingest.extract.words import fold, has_word

_DEGREE_WORDS = {
    "doctor": r"ph\.? ?d|doctor|dphil|doktor|doctorat|博士",
    "master": r"\bmaster|\bm\.? ?sc?\b|\bm\.?a\b|mphil|meng|mba|硕士|研究生",
    "bachelor": r"bachelor|\bb\.? ?sc?\b|\bb\.?a\b|btech|beng|b\.e\b|undergrad|licence|本科|学士",
}
_DOCTOR = re.compile(r"\bpromotion\b|\bhabilitation\b|\bdr\.? ?(?:phil|rer|ing|med|iur|jur|sc|habil)\b")
_SOME_OF = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) of (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve|\d+) "
    r"(?:modules|terms|courses|semesters|credits|units|papers|years)"
)
"""How much of a degree was done: "two of three terms taken"."""


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
        return degrees_told(scene, fitting)
    if cue("highest").search(scene.question.plan.text):
        for level in _DEGREE_WORDS:
            if fitting := [d for d in found if d.title and has_level(d.title, level)]:
                return degrees_told(scene, fitting)
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
    return Composition((Draft(scene.say("degree_supervisor", people=people, count=len(degree.supervisors), **values)),))


def degree_values(scene: Scene, degree: Degree) -> dict[str, str | None]:
    """The values of a degree for a phrase."""
    return {
        "title": degree.title,
        "a_title": with_article(degree.title) if degree.title and scene.language == "en" else degree.title,
        "institution": degree.institution,
        "where": placed(scene.language, "at_school", degree.institution) if degree.institution else None,
        "period": period_text(scene.language, degree.period) if degree.period else None,
        "note": degree.note,
        "cite": cited_with(scene, degree, degree.institution),
    }


def is_held(scene: Scene, degree: Degree) -> bool:
    """Whether an entry prints nothing that says that the degree is not finished."""
    if degree.period and degree.period.current:
        return False
    entry = f"{scene.record.quote(degree.span)} {degree.note or ''}"
    return not has_word("unfinished", entry) and _SOME_OF.search(fold(entry)) is None


def level_asked(text: str) -> str | None:
    """``doctor``, ``master`` or ``bachelor`` where the question names it."""
    return next((level for level, pattern in _DEGREE_WORDS.items() if re.search(pattern, fold(text))), None)


def level_name(text: str, level: str) -> str:
    """The level in the question's own word."""
    match = re.search(rf"\b\w*(?:{_DEGREE_WORDS[level]})\w*", text, re.IGNORECASE)
    return match[0] if match else level


def has_level(title: str, level: str) -> bool:
    """Whether a degree's title is of that level."""
    return re.search(_DEGREE_WORDS[level], fold(title)) is not None or level == level_of(title)


def level_of(text: str) -> str | None:
    """The level that the text of a degree shows; there "Promotion" and "Dr. phil." say what they do not in a question."""
    return "doctor" if _DOCTOR.search(fold(text)) else level_asked(text)


def degrees_told(scene: Scene, found: list[Degree]) -> Composition:
    """A sentence a degree, with its length where that is asked for."""
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
