"""The entry of any fact as one sentence."""

from app.answer.degrees import degree_values
from app.answer.draft import mark
from app.answer.listed import details, people_text
from app.answer.phrase import date_text
from app.answer.positions import position_sentence
from app.answer.scene import Scene
from ingest.domain import Contact, Degree, Fact, Honour, Interest, Position, Publication


def entry_text(scene: Scene, fact: Fact) -> str | None:
    """A sentence that states ``fact``, or ``None`` for a kind that its own words tell better."""
    match fact:
        case Position():
            current = fact.period is not None and fact.period.current
            return position_sentence(scene, "job_current" if current else "job_past", fact)
        case Degree() if fact.title:
            return scene.say("entry_degree", **degree_values(scene, fact))
        case Publication():
            people = people_text(scene, fact)
            return scene.say(
                "entry_paper", title=fact.title, people=people, details=details(scene, fact), cite=mark(fact.span)
            )
        case Honour():
            dates = ", ".join(date_text(scene.language, d) for d in fact.dates) or None
            return scene.say("honour_did", title=fact.title, dates=dates, cite=mark(fact.span))
        case Interest():
            return scene.say("topic_interest", topic=fact.topic, cite=mark(fact.span))
        case Contact() if fact.channel == "email":
            return scene.say("email", value=fact.value, cite=mark(fact.span))
    return None
