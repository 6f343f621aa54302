"""Answers that list languages, skills, courses, talks, grants and patents."""

from typing import Literal

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import date_text, joined
from app.answer.prose import prose
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import telling_words
from app.question.cue import cue
from app.question.parts import has_stem
from app.question.select import in_years
from ingest.domain import Item

_Kind = Literal["teaching", "talk", "grant", "patent", "skill", "language"]
_LIMIT = 20


def languages(scene: Scene) -> Composition:
    """The languages in one sentence."""
    found = [i for i in scene.facts(Item) if i.kind == "language"]
    if not found:
        return _otherwise(scene, "language")
    return Composition(
        (Draft(scene.say("languages", list=joined(scene.language, [f"{i.title} {mark(i.span)}" for i in found]))),)
    )


def skills(scene: Scene) -> Composition:
    """The skills, or those lines that the question's words point at."""
    return _listed(scene, "skill")


def teaching(scene: Scene) -> Composition:
    """The courses and students."""
    return _listed(scene, "teaching")


def talks(scene: Scene) -> Composition:
    """The talks."""
    return _listed(scene, "talk")


def grants(scene: Scene) -> Composition:
    """The grants, or the patents where the question asks for those."""
    return _listed(scene, "patent" if cue("patents").search(scene.question.plan.text) else "grant")


def _listed(scene: Scene, kind: _Kind) -> Composition:
    """The items of a kind: of the years asked for, and those that share the question's own words where some do."""
    found = [i for i in scene.facts(Item) if _is_of(scene, i, kind) and in_years(i.dates, scene.question.plan.filters)]
    if not found:
        return _otherwise(scene, kind)
    wanted = set(scene.question.plan.unexplained or telling_words(scene.question.plan.bare))
    shared = {
        i: sum(has_stem(t, (i.title, *_headings(scene, i)), scene.question.plan.text) for t in wanted) for i in found
    }
    shown = [i for i in found if shared[i] == max(shared.values())] if any(shared.values()) else found
    if cue("now").search(scene.question.plan.text):
        shown = [i for i in shown if cue("goes_on").search(scene.record.quote(i.span))] or shown
    lines = [
        Draft(scene.say("honour_item", title=i.title, dates=_dates(scene, i), cite=mark(i.span)), is_item=True)
        for i in shown[:_LIMIT]
    ]
    if len(shown) > _LIMIT:
        lines.append(Draft(scene.say("items_more", count=len(shown) - _LIMIT), is_plain=True))
    return Composition((Draft(scene.say(f"list_{kind}", count=len(shown)), is_plain=True), *lines))


def _is_of(scene: Scene, item: Item, kind: _Kind) -> bool:
    """Whether an item is of that kind; a patent may stand among grants, and says so."""
    if kind != "patent" or item.kind != "grant":
        return item.kind == kind
    return any(cue("patents").search(t) for t in (scene.record.quote(item.span), *_headings(scene, item)))


def _headings(scene: Scene, item: Item) -> tuple[str, ...]:
    blocks = scene.record.document(item.span.document).blocks
    return next((b.path for b in blocks if b.span.start <= item.span.start < b.span.end), ())


def _dates(scene: Scene, item: Item) -> str | None:
    """The dates that the title does not show already."""
    return ", ".join(date_text(scene.language, d) for d in item.dates if str(d.year) not in item.title) or None


def _otherwise(scene: Scene, kind: _Kind) -> Composition:
    told = prose(scene, outside_works=True)
    if told.status != "refused":
        return told
    patent = cue("patents").search(scene.question.plan.text)
    lead = scene.say("refuse_mention", what=patent[0]) if patent else scene.say(f"refuse_{kind}")
    return refused(scene, lead, is_open=not patent)
