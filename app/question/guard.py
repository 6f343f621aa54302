"""Corrects an intent whose slots are not there, or that overlooks the slots that are."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.domain import Plan
from app.question.cue import cue
from app.question.cues import LAST_YEARS
from app.question.link import Mention
from app.question.meant import asks_whether
from app.question.names import Kind
from app.question.route import Route
from ingest.domain import Degree, Fact, Position, Project, Publication

META = {"greeting", "thanks", "identity", "off_topic", "injection", "verdict", "private"}
"""Intents that no fact answers."""
NEEDS_PAPER = {
    "compare", "paper_about", "paper_authors", "paper_venue", "paper_date", "paper_code", "paper_award", "paper_did", "paper_position",
}  # fmt: skip
"""Intents that are asked of a publication or a project."""
NEEDS_PROJECT = {"project_about", "project_date", "project_role"}
_NEEDS_POST = {"job_at", "job_duration", "job_worked", "job_supervisor"}
_WHAT = re.compile(r"\s*(?:what|which|how|describe|tell)\b", re.IGNORECASE)


def guarded(plan: Plan, mentions: Sequence[Mention], routes: Sequence[Route], unknown_kind: Kind | None) -> Plan:
    """``plan`` with the intent that its slots allow; ``routes`` are the nearest, ``unknown_kind`` what an unknown name was taken for."""
    named = {type(f) for f in plan.facts}
    intent = plan.intent
    if intent in META:
        return plan
    if intent == "at_time" and (plan.unknown or plan.filters.years is None or named & {Position, Degree}):
        intent = _not_at_a_time(plan, routes, named)
    elif intent in NEEDS_PROJECT and not named and not plan.unknown and cue("of_projects").search(plan.text):
        intent = "projects"
    elif intent in NEEDS_PAPER | NEEDS_PROJECT and not named & {Publication, Project}:
        intent = _without_paper(plan, unknown_kind)
    elif intent in NEEDS_PROJECT and Project not in named:
        intent = "paper_about" if intent == "project_about" else "paper_date" if intent == "project_date" else "free"
    elif intent in NEEDS_PAPER and named == {Project}:
        intent = {"compare": "paper_about", "paper_about": "project_about", "paper_date": "project_date"}.get(
            intent, "free"
        )
    elif intent == "job_list" and plan.elsewhere and not named and asks_whether(plan.text):
        intent = "job_worked"
    elif intent == "job_worked" and Position in named and _WHAT.match(plan.text):
        intent = "job_at"
    elif intent in _NEEDS_POST and Position not in named:
        intent = _without_post(plan, named, unknown_kind)
    elif (
        intent in {"degree_phd", "degree_list", "job_supervisor"}
        and cue("supervisor").search(plan.text)
        and Position not in named
    ):
        intent = "degree_supervisor"
    elif intent in {"papers", "papers_latest", "papers_oldest"} and named & {Publication, Project}:
        better = next((r for r in routes if r.intent in NEEDS_PAPER and r.score > plan.confidence - 0.05), None)
        intent = better.intent if better else "free"
    elif intent == "papers" and plan.unknown and not plan.filters:
        by_kind = {Kind.PAPER: "topic", Kind.UNKNOWN: "topic", Kind.VENUE: "unknown_venue", Kind.PERSON: "worked_with"}
        intent = by_kind.get(unknown_kind, "unknown") if unknown_kind else "topic"
    elif (intent == "papers_by_year" and not cue("by_year").search(LAST_YEARS.sub("", plan.text))) or (
        intent == "papers_by_venue" and not cue("by_venue").search(plan.text)
    ):
        intent = "papers"
    elif intent == "worked_with" and plan.filters.co_author is None and not plan.unknown:
        intent = "coauthors"
    elif intent == "topic" and plan.filters.co_author and not plan.unknown:
        intent = "papers"
    elif intent in {"topic", "projects"} and named & {Publication, Project, Position}:
        intent = "free"
    elif intent in {"paper_about", "summary"} and plan.unknown and not named:
        intent = "unknown"
    return replace(plan, intent=intent)


def _not_at_a_time(plan: Plan, routes: Sequence[Route], named: set[type[Fact]]) -> str:
    """What a question about a time asks for that names no year, or an employer, a post or a degree as well."""
    if plan.unknown or Position in named:
        return "job_worked" if plan.unknown or asks_whether(plan.text) else "job_at"
    return "degree_list" if Degree in named else next((r.intent for r in routes if r.intent != "at_time"), "job_list")


def _without_paper(plan: Plan, unknown_kind: Kind | None) -> str:
    if plan.unknown:
        return "worked_with" if unknown_kind is Kind.PERSON else plan.intent
    if plan.filters and plan.intent != "paper_about":
        return "papers"
    return "free"


def _without_post(plan: Plan, named: set[type[Fact]], unknown_kind: Kind | None) -> str:
    if Degree in named:
        return {"job_supervisor": "degree_supervisor", "job_duration": "degree_phd"}.get(plan.intent, "degree_list")
    if plan.unknown:
        return "job_worked" if unknown_kind is not Kind.PERSON else "worked_with"
    if named & {Publication, Project}:
        return "project_role" if plan.intent == "job_at" else "free"
    if plan.filters.co_author:
        return "worked_with"
    if plan.intent == "job_worked" and plan.elsewhere:
        return "job_worked"
    return {"job_supervisor": "job_supervisor", "job_at": "job_current"}.get(plan.intent, "free")
