"""The offline writer: one composer an intent; what no intent explains is answered in the source's own sentences, or refused."""

import re
from collections.abc import Callable
from dataclasses import replace

from app.answer import (
    contact,
    degrees,
    experience,
    honours,
    listings,
    paper,
    papers,
    person,
    positions,
    prose,
    refusal,
    section,
    tally,
    topic,
)
from app.answer.at_time import OF_A_TIME, at_time
from app.answer.draft import Composition, Draft, said_once, spans_in
from app.answer.nearest import entry_at_length, nearest_entry, set_against, with_its_author
from app.answer.own import OF_AN_ENTRY, with_own_lines, worked
from app.answer.scene import Scene
from app.answer.sentences import asked_for
from app.answer.thesis import OF_DEGREES, theses
from app.domain import Aggregate
from app.question.cue import cue
from app.question.meant import asks_whether
from ingest.domain import Degree, Honour, Position, Publication
from ingest.lexical import tokens

_SURE_SCORE = 0.75
_WHY = re.compile(r"\bwhy\b|为什么|为何", re.IGNORECASE)
_ROWS: dict[str, tuple[type, ...]] = {
    "degree": (Degree,),
    "job": (Position,),
    "awards": (Honour,),
    "services": (Honour,),
}

_TOLD_IN_PROSE = {
    "job_current", "job_before", "job_first", "job_list", "job_at", "job_duration", "job_supervisor", "degree_list", "degree_phd", "degree_supervisor",
    "awards", "services", "languages", "skills", "teaching", "talks", "grants", "projects", "interests", "paper_about", "honour_did",
}  # fmt: skip
"""Intents whose facts a biography may tell in running text."""

_NEVER_NEAR = {"private", "unknown", "unknown_thing", "unknown_venue", "other_person", "stranger", "worked_with"}
"""Intents whose refusal nothing that stands beside it can mend."""

_ABOUT_ONE = {
    "teaching", "talks", "grants", "projects", "skills", "awards", "services", "section", "job_current", "job_list", "job_duration", "job_at", "job_worked",
    "degree_list", "degree_phd", "free",
}  # fmt: skip
"""Intents that may overlook that two entries are set against each other."""

COMPOSERS: dict[str, Callable[[Scene], Composition]] = {
    "greeting": person.greeting,
    "thanks": person.thanks,
    "identity": person.identity,
    "summary": person.summary,
    "job_current": positions.current_job,
    "job_before": positions.earlier_job,
    "job_first": positions.first_job,
    "job_longest": positions.longest_job,
    "job_list": positions.jobs,
    "at_time": at_time,
    "job_experience": experience.experience,
    "job_at": positions.job_at,
    "job_duration": positions.job_duration,
    "job_worked": worked,
    "job_role": experience.as_role,
    "job_supervisor": positions.job_supervisor,
    "degree_list": degrees.degrees,
    "degree_phd": degrees.degrees,
    "degree_supervisor": degrees.degree_supervisor,
    "papers": papers.paper_rows,
    "papers_latest": papers.latest,
    "papers_oldest": papers.oldest,
    "papers_by_year": tally.by_year,
    "papers_by_venue": tally.by_venue,
    "coauthors": papers.coauthors,
    "worked_with": papers.worked_with,
    "paper_about": paper.paper_about,
    "compare": paper.compare,
    "paper_more": paper.more_about,
    "paper_authors": paper.paper_authors,
    "paper_venue": paper.paper_venue,
    "paper_date": paper.paper_date,
    "paper_code": paper.paper_code,
    "paper_award": paper.paper_award,
    "paper_did": paper.paper_did,
    "paper_position": paper.paper_position,
    "topic": topic.topic,
    "awards": honours.awards,
    "services": honours.services,
    "honour_did": honours.honour_did,
    "languages": listings.languages,
    "skills": listings.skills,
    "teaching": listings.teaching,
    "talks": listings.talks,
    "grants": listings.grants,
    "projects": person.projects,
    "project_about": person.project_about,
    "project_role": person.project_role,
    "project_date": person.project_date,
    "interests": person.interests,
    "email": contact.email,
    "links": contact.links,
    "name": contact.name,
    "private": contact.private,
    "verdict": refusal.verdict,
    "off_topic": refusal.off_topic,
    "injection": refusal.unsafe,
    "other_person": refusal.other_person,
    "stranger": refusal.stranger,
    "unknown": refusal.unknown_paper,
    "unknown_thing": refusal.unknown_thing,
    "unclear": refusal.unclear,
    "unknown_venue": refusal.unknown_venue,
    "section": section.section,
    "free": prose.prose,
}


def compose(scene: Scene) -> Composition:
    """The answer in drafts; a word that somebody else has another profile, where the question named them too."""
    composed = _composed(scene)
    if scene.question.plan.intent in _ABOUT_ONE and (both := set_against(scene)):
        composed = both
    if composed.is_open and not scene.question.plan.unknown and scene.question.plan.intent not in _NEVER_NEAR:
        composed = nearest_entry(scene) or composed
    composed = with_its_author(scene, entry_at_length(scene, composed))
    composed = replace(composed, drafts=said_once(composed.drafts))
    if not scene.question.plan.asks_of_others:
        return composed
    return replace(composed, drafts=(*composed.drafts, Draft(scene.say("other_too"), is_plain=True)))


def _composed(scene: Scene) -> Composition:
    """Where telling words stay unexplained, the record's sentences are tried before the intent's own answer."""
    plan = scene.question.plan
    composer = COMPOSERS["at_time" if plan.intent in OF_A_TIME and plan.filters.years else plan.intent]
    if plan.intent in OF_DEGREES and cue("thesis").search(plan.text):
        composer = theses
    if _WHY.search(plan.text) and plan.intent in OF_AN_ENTRY:
        return _reason(scene)
    if plan.intent in {"job_current", "job_list"} and plan.aggregate is Aggregate.COUNT and plan.unexplained:
        composer = COMPOSERS["job_list"]
    if plan.intent in OF_AN_ENTRY and (own := with_own_lines(scene, composed := composer(scene))) is not composed:
        return own
    if plan.intent in {"degree_phd", "degree_list"} and (names := _doubtful_names(scene)):
        told_degrees = composer(scene)
        return replace(
            told_degrees, drafts=(*told_degrees.drafts, Draft(scene.say("not_there", what=names), is_plain=True))
        )
    if not plan.unexplained or _stands_in_rows(scene):
        return _or_told(scene, composer(scene))
    if plan.intent == "papers":
        return _papers_on_topic(scene)
    told = prose.prose(scene)
    asked = set(asked_for(plan.text)) & set(plan.unexplained)
    if told.status != "refused" or plan.confidence < _SURE_SCORE or asked:
        return told
    return _or_told(scene, composer(scene))


def _reason(scene: Scene) -> Composition:
    """Why something of the career happened: only a sentence that gives a reason answers that."""
    told = prose.prose(scene, outside_works=True)
    said = " ".join(scene.record.quote(span) for draft in told.drafts for span in spans_in(draft.text))
    if told.status != "refused" and cue("because").search(said):
        return told
    return refusal.refused(scene, scene.say("refuse_not_stated"), is_open=True)


def _doubtful_names(scene: Scene) -> str | None:
    """The names in a yes-or-no question about a degree that no degree of the record has: "Did she do her doctorate in Australia?"."""
    text = scene.question.plan.text
    if not asks_whether(text):
        return None
    words = re.findall(r"(?<=\s)(?:[A-Z][\w-]+)(?:\s[A-Z][\w-]+)*", text)
    entries = {t for d in scene.facts(Degree) for t in tokens(scene.record.quote(d.span))}
    names = [w for w in words if set(tokens(w)) & set(scene.question.plan.unexplained) and not set(tokens(w)) & entries]
    return names[0] if names else None


def _or_told(scene: Scene, composed: Composition) -> Composition:
    """``composed``, or the record's own sentences where no fact answers and they do."""
    plan = scene.question.plan
    if composed.reason != "not_in_sources" or plan.unknown or plan.intent not in _TOLD_IN_PROSE:
        return composed
    told = prose.prose(scene, outside_works=True)
    return composed if told.status == "refused" else told


def _stands_in_rows(scene: Scene) -> bool:
    """Whether an entry that the intent would show has one of the unexplained words, in its text or the heading above it."""
    kinds = next((k for prefix, k in _ROWS.items() if scene.question.plan.intent.startswith(prefix)), ())
    level = degrees.level_asked(scene.question.text)
    for fact in scene.record.facts:
        if isinstance(fact, kinds) and not (
            level and isinstance(fact, Degree) and not degrees.has_level(fact.title or "", level)
        ):
            path = next(
                (
                    b.path
                    for b in scene.record.document(fact.span.document).blocks
                    if b.span.start <= fact.span.start < b.span.end
                ),
                (),
            )
            shown = {t for part in (*path, scene.record.quote(fact.span)) for t in tokens(part)}
            if shown & set(scene.question.plan.unexplained):
                return True
    return False


def _papers_on_topic(scene: Scene) -> Composition:
    """A list or count of publications with a subject besides its filters: the topic's works that pass the filters."""
    plan = scene.question.plan
    if not plan.filters and plan.aggregate is not Aggregate.COUNT:
        return topic.topic(scene)
    if any(isinstance(f, Publication) for f in plan.facts):
        return prose.prose(scene)
    wanted = topic.topic_words(scene, plan.text)
    if wanted and all(scene.sentences.knows(t) for t in wanted):
        found = topic.topic(scene)
        if found.status != "refused" and not plan.filters:
            return found
    if plan.confidence >= _SURE_SCORE or plan.filters:
        return papers.paper_rows(scene)
    return prose.prose(scene)
