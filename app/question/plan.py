"""Makes a plan of a standalone question: intent by the nearest examples, slots by the names that the record knows."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from app.answer.sentences import telling_words
from app.answer.units import fellows
from app.domain import Plan
from app.language.symbols import is_symbol_alone, symbols_in
from app.question.cue import cue, word_stems
from app.question.cues import aggregate_of, compares_years, filters_of, is_note, left_out
from app.question.guard import META, NEEDS_PAPER, NEEDS_PROJECT, guarded
from app.question.link import Mention, Vocabulary, is_foreign, masked
from app.question.meant import career_intent, posts_as, posts_meant, role_asked, work_meant
from app.question.names import Kind
from app.question.orders import asks_about, without_orders
from app.question.others import (
    asks_of_another,
    asks_of_stranger,
    is_about_another,
    stranger_asked_of,
    without,
    without_others,
)
from app.question.parts import entries_asked_for, outermost, part_asked_for
from app.question.relative import with_years
from app.question.route import Route, Router
from app.question.select import newest_year
from ingest.domain import Fact, Publication, Section
from ingest.extract.words import has_word
from ingest.lexical import tokens
from ingest.sentences import is_cjk
from prompts import load_examples

LEAST_SCORE = 0.46
"""Below this similarity to the nearest example a question is free text."""
_HOW = re.compile(
    r"\bhow (?!many|much|long|often|do|did|does|is|are|was|were|can|could|has|have|to)([a-z]+)\b", re.IGNORECASE
)
_BESIDE_CONTENT = {"paper_authors", "paper_venue", "paper_date", "paper_code", "paper_award", "paper_position"}
_PLAIN = {"at_time", "job_experience", "job_current", "job_before", "job_first", "job_longest", "job_list", "degree_list", "degree_phd", "degree_supervisor",
          "email", "links", "name", "interests", "summary", "coauthors", "awards", "services", "job_at", "job_duration", "job_supervisor", "papers_latest",
          "papers_oldest", "papers_by_year", "papers_by_venue"}  # fmt: skip

_LISTS = {"papers", "topic", "free", "unknown", "unknown_venue", "skills", "teaching", "talks", "grants", "services", "awards", "projects", "honour_did",
          "languages", "unknown_thing", "paper_about", "job_list", "degree_supervisor"}  # fmt: skip
"""Intents that a heading of the document can answer better."""
_OWN = {"at_time", "job_experience", "job_role",
        "job_current", "job_before", "job_first", "job_longest", "job_list", "job_at", "job_duration", "job_worked", "degree_list", "degree_phd",
        "summary", "interests", "email", "links", "awards", "languages", "skills", "teaching", "talks", "grants", "services", "name", "honour_did"}  # fmt: skip
"""Intents whose subject is a person: asked of somebody else they have no answer here."""
_OF_SOMEBODY = {
    "awards",
    "services",
    "teaching",
    "talks",
    "grants",
    "skills",
    "languages",
    "degree_list",
    "papers",
    "interests",
    "summary",
}
_SAYS_WHO = META | NEEDS_PAPER | {"topic", "worked_with", "other_person", "unknown", "unknown_venue", "unknown_thing"}
"""Intents whose answers already say that they know no such name."""
_TRIED = (Kind.PAPER, Kind.ORGANISATION, Kind.PERSON, Kind.INSTITUTION, Kind.VENUE)
"""What an unknown name is tried as."""
_CHECKED = (_PLAIN | NEEDS_PAPER | NEEDS_PROJECT | {"papers"}) - {"compare"}


def make_plan(
    question: str, vocabulary: Vocabulary, router: Router, context: tuple[Fact, ...] = (), spoken: str | None = None
) -> Plan:
    """What to look up for ``question``, which stands by itself; a work that it needs and does not name is the one of ``context``.

    ``spoken`` is the question in its own words where ``question`` is its reading in English.
    """
    own_names = vocabulary.record.profile.names
    whole = without_orders(question, own_names)
    if whole is None:
        return Plan("injection", question)
    bare = cue("aside").sub("", whole)
    dated = with_years(bare, vocabulary.record)
    text = bare if dated is None else dated
    mentions = tuple(m for m in vocabulary.link(text) if not (m.kind is Kind.UNKNOWN and is_note(m.value)))
    unknown = next((m.value for m in mentions if m.kind is Kind.UNKNOWN), None)
    if unknown and (has_word("award", unknown) or is_symbol_alone(unknown, text)):
        return Plan("unknown_thing", text, unknown=unknown)
    beside = without_others(text, mentions)
    if beside is not None:
        return replace(make_plan(beside, vocabulary, router, context, spoken), asks_of_others=True)
    if any(m.kind is Kind.OTHER for m in mentions):
        return Plan("other_person", text)
    routes, unknown_kind = _routes(text, mentions, router)
    plan = _planned(text, " ".join(m[0] for m in cue("aside").finditer(whole)), mentions, routes[0], vocabulary)
    if plan.intent in NEEDS_PAPER | NEEDS_PROJECT and not plan.facts and not plan.unknown and context:
        plan = replace(plan, facts=context)
    if context and not plan.facts and not cue("pronoun").search(text) and (intent := _of_that_work(plan)):
        plan = replace(plan, intent=intent, facts=context)
    if plan.intent in NEEDS_PAPER | {"papers", "free"} and not plan.facts and not plan.unknown:
        work = work_meant(text, plan.filters, vocabulary.record)
        plan = replace(plan, facts=(work,), intent=_of_work(plan, routes)) if work else plan
    plan = _of_symbol(guarded(_judged(plan, own_names), mentions, routes, unknown_kind))
    if posts := posts_meant(plan, vocabulary.record):
        plan = replace(plan, facts=posts, intent=career_intent(plan), unknown=None)
    elif (role := role_asked(plan.bare)) and not plan.facts and plan.intent not in META:
        plan = replace(plan, facts=posts_as(role, vocabulary.record), intent="job_role", unknown=role)
    if dated is None and plan.intent not in META:
        plan = replace(plan, intent="degree_phd")  # What is known of those studies, or that none are listed.
    plan = _with_part(plan, vocabulary)
    if plan.intent in _OF_SOMEBODY and plan.unknown and asks_of_stranger(text, plan.unknown):
        plan = replace(plan, intent="worked_with")
    stranger = None if plan.intent in _SAYS_WHO else stranger_asked_of(text, spoken or text, mentions, vocabulary.knows)
    if (plan.intent in _OWN and is_about_another(text, mentions)) or (
        plan.intent == "free" and asks_of_another(text, mentions)
    ):
        stranger = next(m.value for m in mentions if m.kind is Kind.PERSON)
    if stranger:
        plan = replace(plan, intent="stranger", unknown=stranger, facts=())
    return replace(plan, unexplained=tuple(_unexplained(plan, mentions)))


def _of_symbol(plan: Plan) -> Plan:
    """Whom or where somebody worked with is no question about "R"."""
    is_about = plan.intent in {"worked_with", "job_worked", "job_experience"} and not plan.facts and not plan.unknown
    return replace(plan, intent="topic") if is_about and symbols_in(plan.text) else plan


def among_works(plan: Plan, works: Sequence[Publication]) -> Plan:
    """``plan`` for a question that is asked of ``works`` alone."""
    if plan.intent not in {"papers", "papers_latest", "papers_oldest"} or plan.facts or plan.filters.within:
        return plan
    return replace(plan, filters=replace(plan.filters, within=tuple(w.span for w in works)))


def _of_that_work(plan: Plan) -> str | None:
    """What ``plan`` asks of the work that was spoken of, where it names neither a person nor works: "who are the co-authors?"."""
    if plan.intent == "coauthors":
        return "paper_authors"
    if plan.filters.has_code is not None and not cue("works").search(plan.text):
        return "paper_code"
    return None


def _of_work(plan: Plan, routes: Sequence[Route]) -> str:
    """The intent for a question that turned out to be about one work: the nearest one that is, or free text about it."""
    if plan.intent in NEEDS_PAPER:
        return plan.intent
    near = next((r for r in routes if r.intent in NEEDS_PAPER and r.score > plan.confidence - 0.1), None)
    return near.intent if near else "free"


def _with_part(plan: Plan, vocabulary: Vocabulary) -> Plan:
    """``plan`` for the part of a document whose heading the question names; a part of a list of publications is one more filter."""
    extreme = plan.intent in {"papers_latest", "papers_oldest"} and not cue("works").search(plan.text)
    if not (plan.intent in _LISTS or extreme) or plan.facts or not cue("lists").search(plan.text):
        return plan
    part = part_asked_for(plan.text, vocabulary.parts)
    if part is None or (extreme and part.section is Section.PUBLICATIONS):
        return plan
    if part.section is Section.PUBLICATIONS:
        filters = replace(
            plan.filters,
            within=part.entries,
            heading=part.name,
            form=None,
            status=None,
            venue_class=None,
            refereed=None,
        )
        return replace(plan, intent="papers", filters=filters, unknown=None)
    entries = entries_asked_for(plan.bare, part, vocabulary.record)
    if extreme or cue("most_recent").search(plan.text):
        entries = outermost(entries or part.entries, vocabulary.record, newest=plan.intent != "papers_oldest")
    return replace(plan, intent="section", part=part, entries=entries) if entries else plan


def _routes(text: str, mentions: Sequence[Mention], router: Router) -> tuple[Sequence[Route], Kind | None]:
    """The nearest intents; an unknown name is tried as a paper, an employer, a person and a school, and the nearest wins."""
    if not any(m.kind is Kind.UNKNOWN for m in mentions):
        return router.route(masked(text, mentions)), None
    readings = [*(masked(text, mentions, kind) for kind in _TRIED), text]
    nearest, routes = router.route_nearest(readings)
    return routes, (*_TRIED, Kind.UNKNOWN)[nearest]


def _planned(text: str, aside: str, mentions: Sequence[Mention], route: Route, vocabulary: Vocabulary) -> Plan:
    filters = replace(filters_of(text, mentions, newest_year(vocabulary.record.facts)), without=left_out(aside))
    years = [int(m.value) for m in mentions if m.kind is Kind.YEAR]
    return Plan(
        intent=route.intent if route.score >= LEAST_SCORE else "free",
        text=text,
        bare=without(text, [m for m in mentions if m.facts or m.kind is Kind.SELF]),
        aggregate=aggregate_of(text),
        filters=filters,
        facts=tuple(dict.fromkeys(f for m in mentions for f in m.facts)),
        years_compared=(years[0], years[1]) if compares_years(text, mentions) else None,
        unknown=next((m.value for m in mentions if m.kind is Kind.UNKNOWN), None),
        elsewhere=vocabulary.elsewhere(text, mentions),
        confidence=route.score,
    )


def _judged(plan: Plan, own_names: Sequence[str]) -> Plan:
    """``plan`` for a question that ranks people, or that only sounds like an order."""
    if cue("ranks_people").search(plan.text) and plan.intent not in META:
        return replace(plan, intent="verdict")
    if plan.intent == "injection" and asks_about(plan.text, own_names):
        return replace(plan, intent="free")
    return plan


def _unexplained(plan: Plan, mentions: Sequence[Mention]) -> list[str]:
    """The telling stems that no example of the intent has and no name or filter covers."""
    if plan.intent not in _CHECKED or is_foreign(plan.text) or is_cjk(plan.text):
        return []
    bare = without(plan.text, mentions)
    known = _example_words(plan.intent) | _title_words(plan)
    measured = {t for m in _HOW.finditer(plan.text) for t in tokens(m[1])}
    light = word_stems("light") - word_stems("weighty") - measured
    return [
        t for t in telling_words(bare) if t not in known | light and not t.isdigit() and fellows(t).isdisjoint(known)
    ]


def _title_words(plan: Plan) -> set[str]:
    """The stems of the title that the question may describe its work with, where it asks for something beside the work's content."""
    if plan.intent not in _BESIDE_CONTENT:
        return set()
    return {t for f in plan.facts if isinstance(f, Publication) for t in tokens(f.title)}


@cache
def _example_words(intent: str) -> frozenset[str]:
    extra = word_stems("time") | (word_stems("filters") if intent.startswith("papers") else frozenset())
    examples = load_examples("intents.yaml").get(intent, {})
    return frozenset(t for texts in examples.values() for text in texts for t in tokens(text)) | extra
