"""Questions that the record can answer, to offer before the first one and after each."""

from collections import Counter

from app.answer.scene import Scene
from app.select import distinct
from ingest.domain import Degree, Honour, Interest, Position, Publication

_LIMIT = 3


def opening_questions(scene: Scene) -> tuple[str, ...]:
    """Up to five questions to begin with, one for each part of the record."""
    found = []
    if scene.profile.questions:
        return scene.profile.questions[:5]
    if scene.facts(Position):
        found.append(scene.say("ask_job"))
    papers = distinct(scene.record)
    if papers:
        year = _busiest_year(papers)
        found.append(scene.say("ask_count", year=year) if year else scene.say("ask_first"))
        found.append(scene.say("ask_about", title=short_name(_telling(papers).title)))
    if any(p.has_code for p in papers):
        found.append(scene.say("ask_code"))
    if scene.facts(Honour):
        found.append(scene.say("ask_awards"))
    elif papers:
        found.append(scene.say("ask_first"))
    if scene.facts(Interest) and len(found) < 5:
        found.append(scene.say("ask_interests"))
    return tuple(found[:5])


def next_questions(scene: Scene) -> tuple[str, ...]:
    """Up to three questions that follow on from the one just answered."""
    plan = scene.question.plan
    found: list[str] = []
    papers = distinct(scene.record)
    paper = next((f for f in (*plan.facts, *scene.question.rows) if isinstance(f, Publication)), None)
    if plan.intent.startswith("job") or plan.intent == "summary":
        found += [scene.say("ask_before")] if plan.intent == "job_current" and len(scene.facts(Position)) > 1 else []
        found += [scene.say("ask_degrees")] if scene.facts(Degree) else []
    if plan.intent.startswith("degree"):
        found += [scene.say("ask_supervisor")] if any(d.supervisors for d in scene.facts(Degree)) and plan.intent != "degree_supervisor" else []
        found += [scene.say("ask_job")] if scene.facts(Position) else []
    if paper and plan.intent.startswith("paper_"):
        name = short_name(paper.title)
        found += [scene.say("ask_authors", title=name)] if plan.intent != "paper_authors" else []
        found += [scene.say("ask_about", title=name)] if plan.intent != "paper_about" else []
    elif paper:
        found.append(scene.say("ask_about", title=short_name(paper.title)))
    if papers and plan.intent in {"papers", "topic", "papers_latest", "papers_oldest"}:
        found += [scene.say("ask_coauthors"), scene.say("ask_first")]
    for question in opening_questions(scene):
        if len(found) >= _LIMIT:
            break
        found += [question] if question not in found else []
    asked = scene.question.text.strip().lower()
    return tuple(q for q in dict.fromkeys(found) if q.lower() != asked)[:_LIMIT]


def short_name(title: str) -> str:
    """What people call a paper: the part before the colon, or the first words of the title."""
    head = title.split(":")[0]
    if head != title and len(head.split()) <= 6:
        return head
    return f"“{title}”"


def _telling(papers: tuple[Publication, ...]) -> Publication:
    return next((p for p in papers if p.abstract), papers[0])


def _busiest_year(papers: tuple[Publication, ...]) -> int | None:
    years = Counter(p.date.year for p in papers if p.date and p.date.year)
    return max(years, key=lambda year: (years[year], year)) if years else None
