"""Answers about the person: greeting, overview, interests, projects."""

import re
from collections import Counter
from collections.abc import Sequence

from app.answer.degrees import degree_values, is_held
from app.answer.draft import Composition, Draft, mark, marks
from app.answer.held import held_now
from app.answer.honours import honour_line
from app.answer.listed import details
from app.answer.periods import by_start
from app.answer.phrase import joined, period_text, series
from app.answer.positions import more_jobs, position_sentence, position_values
from app.answer.prose import about, prose, told
from app.answer.refusal import refused
from app.answer.scene import Scene
from app.answer.sentences import telling_words
from app.answer.suggest import short_name
from app.question.cue import cue
from app.question.meant import asks_whether
from app.question.select import distinct
from app.record.outcome import is_won
from ingest.domain import Degree, Fact, Honour, Interest, Position, Project, Publication
from ingest.extract.words import fold
from ingest.identity import author_index

_MOST_POSTS = 5
"""Posts that a summary names."""


def greeting(scene: Scene) -> Composition:
    """Hello, what this is, and an invitation."""
    return Composition((Draft(scene.say("greeting"), is_plain=True),))


def thanks(scene: Scene) -> Composition:
    """You are welcome."""
    return Composition((Draft(scene.say("thanks"), is_plain=True),))


def identity(scene: Scene) -> Composition:
    """What the assistant is and what can be asked."""
    kinds: dict[str, type[Fact]] = {
        "topic_career": Position, "topic_education": Degree, "topic_papers": Publication,
        "topic_projects": Project, "topic_honours": Honour, "topic_interests": Interest,
    }  # fmt: skip
    topics = joined(scene.language, [scene.words(key) for key, kind in kinds.items() if scene.facts(kind)])
    return Composition((Draft(scene.say("identity", topics=topics), is_plain=True),))


def summary(scene: Scene) -> Composition:
    """A paragraph: the present, the past, the degrees, the papers, the distinctions."""
    drafts: list[Draft] = []
    current = held_now(scene)
    past = [p for p in by_start(scene.facts(Position)) if p not in current]
    if current:
        drafts += [
            Draft(position_sentence(scene, "job_current", current[0])),
            *more_jobs(scene, current[1:_MOST_POSTS]),
        ]
    elif past:
        drafts.append(Draft(position_sentence(scene, "job_past", past.pop(0))))
    shown = past[: max(1, _MOST_POSTS - max(1, len(current)))]
    earlier = [scene.words("job_item", **position_values(scene, p, False)) for p in shown if p.role]
    if earlier:
        drafts.append(Draft(scene.say("summary_before", list=series(scene.language, earlier))))
    degrees = [d for d in by_start(scene.facts(Degree)) if d.title]
    held = [d for d in degrees if is_held(scene, d)]
    if held:
        listed = [scene.words("degree_held", **degree_values(scene, d)) for d in held[:3]]
        drafts.append(Draft(scene.say("summary_degrees", list=joined(scene.language, listed))))
    if unfinished := [d for d in degrees if d not in held][:2]:
        listed = [scene.words("degree_item", **degree_values(scene, d)) for d in unfinished]
        drafts.append(Draft(scene.say("summary_unfinished", list=series(scene.language, listed))))
    drafts += _interests_told(scene)
    drafts += _papers_told(scene)
    awards = [h for h in scene.facts(Honour) if h.is_award and is_won(scene.record, h)][:3]
    if awards:
        drafts.append(
            Draft(scene.say("summary_awards", list=joined(scene.language, [honour_line(scene, h) for h in awards])))
        )
    return Composition(tuple(drafts)) if drafts else prose(scene)


def interests(scene: Scene) -> Composition:
    """The stated research interests; without any, what the papers are about stays unsaid."""
    told_interests = _interests_told(scene) or _focus_told(scene)
    if not told_interests:
        near = _papers_told(scene)
        return refused(scene, scene.say("refuse_no_interests"), near, is_open=bool(scene.question.plan.unexplained))
    return Composition(tuple(told_interests))


def _focus_told(scene: Scene) -> list[Draft]:
    """The sentences of a biography that say what the work is about."""
    works = [span for f in scene.facts(Publication) for span in (f.span, f.abstract) if span]
    found = [
        s
        for s in scene.record.sentences
        if cue("research_focus").search(s.text)
        and len(s.text.split()) + len(s.text) // 12 > 7
        and not any(span.covers(s.span) for span in works)
    ]
    return [told(scene, s) for s in found[:2]]


def projects(scene: Scene) -> Composition:
    """The projects with their dates, each once; where one of them is asked for, what the source tells of the first that it tells of."""
    listed = scene.facts(Project)
    if not listed:
        return (
            prose(scene)
            if len(telling_words(scene.question.plan.text)) > 1
            else refused(scene, scene.say("refuse_no_projects"), is_open=True)
        )
    once: dict[str, list[Project]] = {}
    for project in listed:
        once.setdefault(fold(project.title), []).append(project)
    lines = [Draft(_project(scene, same), is_item=True) for same in once.values()]
    if cue("one_of").search(scene.question.plan.text) and not asks_whether(scene.question.plan.text):
        chosen = next((n for n, same in enumerate(once.values()) if same[0].body), 0)
        told_of = list(once.values())[chosen][0]
        stop = "。" if scene.language == "zh" else "."
        return Composition((Draft(lines[chosen].text + stop), *about(scene, told_of.body or told_of.span, None, 4)))
    return Composition((Draft(scene.say("projects_list", count=len(lines)), is_plain=True), *lines))


def _project(scene: Scene, same: Sequence[Project]) -> str:
    """A project that several documents may list."""
    period = next((p.period for p in same if p.period), None)
    when = period_text(scene.language, period) if period else None
    return scene.say("project_item", title=same[0].title, period=when, cite=marks(p.span for p in same))


def project_about(scene: Scene) -> Composition:
    """What the source tells of the named project."""
    named = [f for f in scene.question.plan.facts if isinstance(f, Project)]
    if not named:
        return prose(scene)
    drafts = [d for p in named for d in about(scene, p.body or p.span, None, 4)]
    return Composition((*drafts, *(d for p in named for d in _also_paper(scene, p))))


def _also_paper(scene: Scene, project: Project) -> list[Draft]:
    """A word that the project is listed as a publication too."""
    spans = {link.kept for link in scene.record.links if link.other == project.span}
    return [
        Draft(scene.say("project_paper", title=p.title, details=details(scene, p), cite=mark(p.span)))
        for p in scene.facts(Publication)
        if p.span in spans
    ]


def project_role(scene: Scene) -> Composition:
    """The sentences in which the person speaks of their own part."""
    spans = [f.body or f.span for f in scene.question.plan.facts if isinstance(f, Project)]
    told_of = [
        s
        for s in scene.record.sentences
        if any(span.covers(s.span) for span in spans) and re.search(r"\bI\b|\b[Mm]y\b", s.text)
    ]
    return Composition(tuple(told(scene, s) for s in told_of[:2])) if told_of else prose(scene)


def project_date(scene: Scene) -> Composition:
    """When the named project ran."""
    named = [f for f in scene.question.plan.facts if isinstance(f, Project)]
    drafts = []
    for project in named:
        values = {"title": project.title, "cite": mark(project.span)}
        if project.period:
            drafts.append(
                Draft(scene.say("project_date", period=period_text(scene.language, project.period), **values))
            )
        else:
            drafts.append(Draft(scene.say("project_date_none", **values)))
    return Composition(tuple(drafts)) if drafts else prose(scene)


def _interests_told(scene: Scene) -> list[Draft]:
    found: dict[str, Interest] = {}
    for interest in scene.facts(Interest):
        found.setdefault(fold(interest.topic), interest)
    if not found:
        return []
    parts = [
        scene.say(
            "interests_detail" if i.detail and len(found) < 4 else "interests_plain",
            topic=i.topic,
            detail=_detail(i),
            cite=mark(i.span),
        )
        for i in found.values()
    ]
    return [Draft(scene.say("interests", list=joined(scene.language, parts)))]


def _detail(interest: Interest) -> str | None:
    return interest.detail[:1].lower() + interest.detail[1:].rstrip(".") if interest.detail else None


def _papers_told(scene: Scene) -> list[Draft]:
    papers = distinct(scene.record)
    if not papers:
        return []
    own_first = [p for p in papers if author_index(p.authors, scene.profile) == 0]
    noted = [p for p in papers if p.notes and author_index(p.authors, scene.profile) is not None]
    examples = (noted or own_first or list(papers))[:2]
    shown = joined(scene.language, [f"{short_name(scene, p.title)} {mark(p.span)}" for p in examples])
    drafts = [Draft(scene.say("summary_papers", count=len(papers), examples=shown, **_years_spanned(papers)))]
    subjects = Counter(p.subject for p in papers if p.subject)
    if subjects and not scene.facts(Position):
        ranked = [f"{s} ({n}) {mark(*(p.span for p in papers if p.subject == s))}" for s, n in subjects.most_common(3)]
        drafts.append(Draft(scene.say("summary_subjects", list=joined(scene.language, ranked))))
    return drafts


def _years_spanned(papers: Sequence[Publication]) -> dict[str, int | str | None]:
    """The first and last year of the publications, each with the entry that prints it."""
    dated = sorted(((p.date.year, n, p) for n, p in enumerate(papers) if p.date and p.date.year), key=lambda t: t[:2])
    if not dated or dated[0][0] == dated[-1][0]:
        return {}
    (first, _, oldest), (last, _, newest) = dated[0], dated[-1]
    return {"first": first, "first_cite": mark(oldest.span), "last": last, "last_cite": mark(newest.span)}
