"""Saying honestly that something is not there, with the nearest thing that is."""

import re
from collections.abc import Iterable

from app.answer.draft import Composition, Draft, mark
from app.answer.phrase import joined
from app.answer.scene import Scene
from app.domain import Reason
from ingest.domain import Contact, Position, Publication

_PHONE = re.compile(r"phone|mobile|\bcell\b|电话|手机|telefon|téléphone|teléfono", re.IGNORECASE)
_REACH = re.compile(rf"{_PHONE.pattern}|address|reach|contact|live|地址|住", re.IGNORECASE)


def refused(
    scene: Scene, lead: str, near: Iterable[Draft] = (), reason: Reason = "not_in_sources", is_open: bool = False
) -> Composition:
    """A refusal in one sentence, then the nearest thing stated; ``is_open`` as in ``Composition``."""
    return Composition((Draft(lead, is_plain=True), *near), "refused", reason, is_open)


def employers(scene: Scene) -> list[Draft]:
    """The employers that are listed, each cited once."""
    seen: dict[str, Position] = {}
    for position in scene.facts(Position):
        if position.organisation:
            seen.setdefault(position.organisation, position)
    if not seen:
        return []
    named = joined(scene.language, [f"{name} {mark(p.span)}".strip() for name, p in list(seen.items())[:6]])
    return [Draft(scene.say("refuse_employers", list=named))]


def private(scene: Scene) -> Composition:
    """Private matters that the sources do not state; a public e-mail address is offered to those who want to reach the person."""
    text = scene.question.text
    phone = _PHONE.search(text) is not None
    email = next((c for c in scene.facts(Contact) if c.channel == "email"), None)
    near = (
        [Draft(scene.say("refuse_private_email", value=email.value, cite=mark(email.span)))]
        if email and _REACH.search(text)
        else []
    )
    return refused(scene, scene.say("refuse_no_phone" if phone else "refuse_private"), near)


def off_topic(scene: Scene) -> Composition:
    """Nothing to do with the person: say so and offer a question that can be answered."""
    return refused(scene, scene.say("refuse_scope"), _offer(scene), "out_of_scope")


def unsafe(scene: Scene) -> Composition:
    """An instruction instead of a question."""
    return refused(scene, scene.say("refuse_unsafe"), _offer(scene), "unsafe")


def verdict(scene: Scene) -> Composition:
    """A judgement about people, which is not ours to give."""
    return refused(scene, scene.say("refuse_verdict"), _offer(scene), "out_of_scope")


def other_person(scene: Scene) -> Composition:
    """A question about somebody who has a profile of their own."""
    return refused(scene, scene.say("refuse_other"), (), "out_of_scope")


def stranger(scene: Scene) -> Composition:
    """A question about somebody whom the record only names, or about a name that it does not have."""
    what = scene.question.plan.unknown or ""
    if scene.vocabulary.knows(what):
        return refused(scene, scene.say("refuse_stranger", what=what), (), "out_of_scope")
    return refused(scene, scene.say("refuse_mention", what=what))


def unknown_paper(scene: Scene) -> Composition:
    """A title that is not listed; nothing about whose it may be."""
    what = scene.question.plan.unknown or ""
    total = len(scene.facts(Publication))
    key = "refuse_paper" if total else "refuse_paper_none"
    return refused(scene, scene.say(key, what=what, total=total))


def unknown_venue(scene: Scene) -> Composition:
    """A venue that no listed publication names."""
    what = scene.question.plan.unknown or ""
    total = len(scene.facts(Publication))
    return refused(scene, scene.say("refuse_venue" if total else "refuse_no_papers", what=what, total=total))


def unknown_thing(scene: Scene) -> Composition:
    """An award, or a name of one letter, that is not in the sources."""
    return refused(scene, scene.say("refuse_mention", what=scene.question.plan.unknown))


def unclear(scene: Scene) -> Composition:
    """A question that points at something of which nothing was said: one short question back."""
    return Composition((Draft(scene.say("clarify_which"), is_plain=True),), "partial")


def unknown_person(scene: Scene) -> Composition:
    """A name that is neither co-author nor supervisor."""
    return refused(scene, scene.say("refuse_person", what=scene.question.plan.unknown or scene.words("that_person")))


def _offer(scene: Scene) -> list[Draft]:
    from app.answer.suggest import opening_questions

    questions = opening_questions(scene)
    return [Draft(scene.say("refuse_try", question=questions[-1]), is_plain=True)] if questions else []
