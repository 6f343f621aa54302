"""Questions that the record can answer, to offer before the first one and after each."""

from collections import Counter

from app.answer.scene import Scene
from app.question.select import distinct
from ingest.domain import Degree, Honour, Interest, Position, Project, Publication
from ingest.identity import author_index

_LIMIT = 3
_OPENING = 5
_Offer = tuple[str, str]
"""The intent that a question has, and the question."""


def opening_questions(scene: Scene) -> tuple[str, ...]:
    """Up to five questions to begin with, one for each part of the record; the owner's own where there are any."""
    if scene.profile.questions:
        return scene.profile.questions[:_OPENING]
    return tuple(text for _, text in _opening(scene)[:_OPENING])


def next_questions(scene: Scene) -> tuple[str, ...]:
    """Up to three questions that follow on from the one just answered; never that one again."""
    plan = scene.question.plan
    done = {plan.intent}
    done |= {"papers_code"} if plan.filters.has_code is not None else set()
    done |= {"papers_first"} if plan.filters.author_rank is not None else set()
    offers = [offer for offer in (*_following(scene), *_opening(scene)) if offer[0] not in done]
    asked = scene.question.text.strip().lower()
    return tuple(dict.fromkeys(text for _, text in offers if text.lower() != asked))[:_LIMIT]


def short_name(scene: Scene, title: str) -> str:
    """What people call a work: the part before the colon, or the title in quotation marks."""
    head = title.split(":")[0]
    return head if head != title and len(head.split()) <= 6 else scene.words("quoted", text=title)


def _following(scene: Scene) -> list[_Offer]:
    plan = scene.question.plan
    named = [f for f in (*plan.facts, *scene.question.rows) if isinstance(f, Publication | Project)]
    found: list[_Offer] = []
    if plan.intent == "job_current" and len(scene.facts(Position)) > 1:
        found.append(("job_before", scene.say("ask_before")))
    if plan.intent.startswith("job") and scene.facts(Degree):
        found.append(("degree_list", scene.say("ask_degrees")))
    if plan.intent.startswith("degree") and any(d.supervisors for d in scene.facts(Degree)):
        found.append(("degree_supervisor", scene.say("ask_supervisor")))
    telling = next((f for f in named if _has_text(f)), None)
    if telling:
        found.append(("paper_about", scene.say("ask_about", title=short_name(scene, telling.title))))
    paper = next((f for f in named if isinstance(f, Publication)), None)
    if paper and plan.intent.startswith("paper_"):
        found.append(("paper_authors", scene.say("ask_authors", title=short_name(scene, paper.title))))
    if paper and not plan.intent.startswith("paper_"):
        found.append(("coauthors", scene.say("ask_coauthors")))
    return found


def _opening(scene: Scene) -> list[_Offer]:
    found: list[_Offer] = []
    papers = distinct(scene.record)
    if scene.facts(Position):
        found.append(("job_current", scene.say("ask_job")))
    year = _busiest_year(papers)
    if year:
        found.append(("papers", scene.say("ask_count", year=year)))
    works: tuple[Publication | Project, ...] = (*scene.facts(Project), *papers)
    telling = [w for w in works if _has_text(w)]
    if telling:
        found.append(("paper_about", scene.say("ask_about", title=short_name(scene, telling[0].title))))
    if scene.facts(Honour):
        found.append(("awards", scene.say("ask_awards")))
    if any(p.has_code for p in papers):
        found.append(("papers_code", scene.say("ask_code")))
    if any(author_index(p.authors, scene.profile) == 0 for p in papers):
        found.append(("papers_first", scene.say("ask_first")))
    if scene.facts(Interest):
        found.append(("interests", scene.say("ask_interests")))
    if scene.facts(Degree):
        found.append(("degree_list", scene.say("ask_degrees")))
    return found


def _has_text(work: Publication | Project) -> bool:
    return (work.abstract if isinstance(work, Publication) else work.body) is not None


def _busiest_year(papers: tuple[Publication, ...]) -> int | None:
    years = Counter(p.date.year for p in papers if p.date and p.date.year)
    return max(years, key=lambda year: (years[year], year)) if years else None
