"""Answers from the lines under one heading, whatever it is called."""

from app.answer.draft import Composition, Draft, mark
from app.answer.prose import prose
from app.answer.scene import Scene

_LIMIT = 25


def section(scene: Scene) -> Composition:
    """The entries of the part that the question names, counted and listed as the source prints them."""
    part, entries = scene.question.plan.part, scene.question.plan.entries
    if part is None or not entries:
        return prose(scene)
    key = "section_list" if len(entries) == len(part.entries) else "section_some"
    lead = scene.say(key, heading=part.name, count=len(entries), total=len(part.entries))
    shown = [" ".join(scene.record.quote(span).split()).rstrip(" .;,") for span in entries[:_LIMIT]]
    lines = [Draft(f"{text} {mark(span)}", is_item=True) for text, span in zip(shown, entries, strict=False)]
    if len(entries) > _LIMIT:
        lines.append(Draft(scene.say("items_more", count=len(entries) - _LIMIT), is_plain=True))
    return Composition((Draft(lead, is_plain=True), *lines))
