"""Answers about one publication: what it is about, who wrote it, where and when it appeared."""

import re
from collections.abc import Sequence

from app.answer.draft import Composition, Draft, mark
from app.answer.listed import details, people_text, venue_text
from app.answer.phrase import date_text, joined
from app.answer.prose import about, prose
from app.answer.refusal import unknown_paper
from app.answer.scene import Scene
from app.answer.won import won_by
from ingest.domain import Project, Publication
from ingest.identity import author_index

_URL = re.compile(r"(?:https?://|www\.|github\.com/)[^\s<>()\"']+[^\s<>()\"'.,;]")
_MAX_NAMED = 8


def papers_named(scene: Scene) -> list[Publication]:
    """The publications that the question names."""
    return [f for f in scene.question.plan.facts if isinstance(f, Publication)]


def paper_about(scene: Scene) -> Composition:
    """What the named papers say of themselves; a title alone is told as such."""
    named = papers_named(scene)
    projects = [f for f in scene.question.plan.facts if isinstance(f, Project)]
    if not named and not projects:
        return unknown_paper(scene) if scene.question.plan.unknown else prose(scene)
    drafts: list[Draft] = []
    works: list[Publication | Project] = [*named, *projects]
    several = len({_head(w.title) for w in works}) > 1
    if several:
        drafts.append(Draft(scene.say("compare_lead"), is_plain=True))
    for paper in named:
        same = [p for p in projects if _head(p.title) == _head(paper.title)]
        told_of = _told(scene, paper, same, several)
        drafts += [_one_item(told_of)] if several else told_of
        projects = [p for p in projects if p not in same]
    for project in projects:
        told_of = about(scene, project.body or project.span, project.title if several else None, 3 if several else 4)
        drafts += [_one_item(told_of)] if several else told_of
    return Composition(tuple(drafts))


def compare(scene: Scene) -> Composition:
    """The named works side by side; two names out of one work are told apart by its own sentences."""
    works = {_head(f.title) for f in scene.question.plan.facts if isinstance(f, Publication | Project)}
    return paper_about(scene) if len(works) > 1 else prose(scene, limit=4)


def more_about(scene: Scene) -> Composition:
    """The rest of an abstract, with authors and venue."""
    drafts: list[Draft] = []
    for paper in papers_named(scene)[:1]:
        if paper.abstract:
            drafts += about(scene, paper.abstract, None, 3, skip=3)
        drafts.append(_facts(scene, paper))
        if not paper.abstract:
            drafts.append(Draft(scene.say("paper_title_only_more"), is_plain=True))
    projects = [f for f in scene.question.plan.facts if isinstance(f, Project)]
    for project in projects[:1]:
        drafts += about(scene, project.body or project.span, None, 4, skip=3)
    return Composition(tuple(drafts)) if drafts else prose(scene)


def paper_authors(scene: Scene) -> Composition:
    """The printed authors, or the first, the last, the others."""
    if not papers_named(scene):
        return unknown_paper(scene)
    drafts: list[Draft] = []
    for paper in papers_named(scene):
        text = scene.question.text.lower()
        first = re.search(r"\b(?:first|lead)[- ]author|第一作者|erstautor|premier auteur", text)
        last = re.search(r"\b(?:last|senior)[- ]author|最后作者", text)
        others = re.search(r"\b(?:else|other|co-?authors?|with whom|besides)\b|合作|还有谁", text)
        own = author_index(paper.authors, scene.profile)
        values = {"title": paper.title, "cite": mark(paper.span)}
        if not paper.authors:
            drafts.append(Draft(scene.say("paper_authors_none", **values)))
        elif first:
            drafts.append(Draft(scene.say("paper_first_author", who=paper.authors[0], **values)))
        elif last:
            key = "paper_last_author" if paper.authors_complete else "paper_last_unknown"
            drafts.append(Draft(scene.say(key, who=paper.authors[-1], **values)))
        elif others and own is not None and len(paper.authors) > 1:
            rest = [a for n, a in enumerate(paper.authors) if n != own]
            drafts.append(Draft(scene.say("paper_others", people=joined(scene.language, rest), **values)))
        else:
            drafts.append(Draft(scene.say("paper_authors", people=joined(scene.language, paper.authors), **values)))
        if not paper.authors_complete and not first and not last:
            drafts.append(Draft(scene.say("paper_authors_cut"), is_plain=True))
    if re.search(r"\b(?:journal|venue|conference|where)\b", scene.question.text, re.IGNORECASE):
        drafts += paper_venue(scene).drafts
    return Composition(tuple(drafts))


def paper_venue(scene: Scene) -> Composition:
    """Where it appeared, with a word where the entry contradicts itself."""
    if not papers_named(scene):
        return unknown_paper(scene)
    drafts: list[Draft] = []
    stated = False
    for paper in papers_named(scene):
        values = {
            "title": paper.title,
            "cite": mark(paper.span),
            "date": date_text(scene.language, paper.date) if paper.date else None,
        }
        if paper.status == "preprint":
            stated = True
            drafts.append(Draft(scene.say("paper_venue_preprint", **values)))
        elif paper.venue or paper.venue_tag:
            stated = True
            venue = paper.venue or paper.venue_tag or ""
            tag = " ".join(filter(None, (paper.venue_tag if paper.venue else None, values["date"])))
            where = venue_text(scene, venue)
            drafts.append(Draft(scene.say("paper_venue", venue=venue, tag=tag, where=where, **values)))
            drafts += _contradiction(scene, paper)
        else:
            drafts.append(Draft(scene.say("paper_venue_none", **values)))
    if re.search(r"\bwith whom\b|\bwho\b", scene.question.text, re.IGNORECASE):
        for paper in papers_named(scene):
            people = joined(scene.language, paper.authors)
            drafts.append(Draft(scene.say("paper_authors", people=people, title=paper.title, cite=mark(paper.span))))
    return Composition(tuple(drafts)) if stated else Composition(tuple(drafts), "refused", "not_in_sources")


def paper_date(scene: Scene) -> Composition:
    """The date to the precision that is printed."""
    if not papers_named(scene):
        return unknown_paper(scene)
    drafts: list[Draft] = []
    for paper in papers_named(scene):
        values = {"title": paper.title, "cite": mark(paper.span), "details": details(scene, paper, with_date=False)}
        if paper.date is None:
            drafts.append(Draft(scene.say("paper_date_none", **values)))
            continue
        key = "paper_date" if paper.date.year else "paper_date_no_year"
        drafts.append(Draft(scene.say(key, date=date_text(scene.language, paper.date), **values)))
        drafts += _contradiction(scene, paper)
    return Composition(tuple(drafts))


def paper_code(scene: Scene) -> Composition:
    """The link in the abstract, else the mark, else that nothing is said."""
    if not papers_named(scene):
        return unknown_paper(scene)
    drafts: list[Draft] = []
    for paper in papers_named(scene):
        link = _link(scene, paper)
        values = {"title": paper.title, "cite": mark(paper.span)}
        if link:
            drafts.append(link)
        else:
            drafts.append(Draft(scene.say("paper_code_mark" if paper.has_code else "paper_code_none", **values)))
    return Composition(tuple(drafts))


def paper_award(scene: Scene) -> Composition:
    """What the entry remarks: oral, spotlight, awards."""
    if not papers_named(scene):
        return unknown_paper(scene)
    drafts = []
    for paper in papers_named(scene):
        if not paper.notes and (won := won_by(scene, [paper])):
            drafts += won
            continue
        notes = joined(scene.language, [scene.words("quoted", text=n) for n in paper.notes])
        where = details(scene, paper) if paper.notes else None
        key = "paper_notes" if paper.notes else "paper_notes_none"
        shown = f"{notes} ({(where or '').split(',')[0]})" if where else notes
        drafts.append(Draft(scene.say(key, title=paper.title, notes=shown, cite=mark(paper.span))))
    return Composition(tuple(drafts))


def paper_did(scene: Scene) -> Composition:
    """Whether the person is among the printed authors."""
    named = papers_named(scene)
    if not named:
        return unknown_paper(scene)
    drafts: list[Draft] = []
    unclear = False
    for paper in named:
        own = author_index(paper.authors, scene.profile)
        values = {"title": paper.title, "cite": mark(paper.span)}
        if own is not None:
            rank = rank_name(scene, own + 1)
            drafts.append(
                Draft(scene.say("paper_did_position", rank=rank, n=own + 1, total=len(paper.authors), **values))
            )
        elif not paper.authors or not paper.authors_complete:
            unclear = True
            key = "paper_did_cut" if paper.authors else "paper_authors_none"
            drafts.append(Draft(scene.say(key, people=joined(scene.language, paper.authors), **values)))
        elif len(paper.authors) == 1:
            drafts.append(Draft(scene.say("paper_did_collective", who=paper.authors[0], **values)))
        else:
            drafts.append(
                Draft(scene.say("paper_did_not", people=joined(scene.language, paper.authors[:_MAX_NAMED]), **values))
            )
    return Composition(tuple(drafts), "refused", "not_in_sources") if unclear else Composition(tuple(drafts))


def paper_position(scene: Scene) -> Composition:
    """The person's place in the author list, or a mark beside the name, as far as the source explains it."""
    named = papers_named(scene)
    if not named:
        return unknown_paper(scene)
    paper, filters = named[0], scene.question.plan.filters
    own = author_index(paper.authors, scene.profile)
    values = {"title": paper.title, "cite": mark(paper.span)}
    if own is None:
        return paper_did(scene)
    if filters.authorship == "corresponding" and paper.corresponding:
        is_theirs = paper.authors[own] in paper.corresponding
        key = "paper_corresponding_yes" if is_theirs else "paper_corresponding_no"
        return Composition((Draft(scene.say(key, who=joined(scene.language, paper.corresponding), **values)),))
    if filters.authorship in {"corresponding", "marked"}:
        marked = paper.authors[own] in paper.marked
        sign = _marks_after(scene, paper, paper.authors[own])
        text = scene.say("paper_corresponding_mark" if marked else "paper_corresponding_none", mark=sign, **values)
        return Composition((Draft(text),), "refused", "not_in_sources")
    if filters.authorship == "equal":
        key = "paper_equal_yes" if paper.authors[own] in paper.equal else "paper_equal_no"
        return Composition((Draft(scene.say(key, **values)),))
    wanted = filters.author_rank or 1
    is_it = own + 1 == wanted or (wanted == -1 and paper.authors_complete and own == len(paper.authors) - 1)
    rank = rank_name(scene, own + 1)
    key = "paper_position_yes" if is_it else "paper_position_no"
    return Composition((Draft(scene.say(key, rank=rank, n=own + 1, who=paper.authors[0], **values)),))


def rank_name(scene: Scene, n: int) -> str:
    """``first`` … ``eighth``, then ``at place 9``."""
    return scene.words(f"rank_{n}") if n <= 8 else scene.words("rank_n", n=n)


def _one_item(drafts: Sequence[Draft]) -> Draft:
    return Draft(" ".join(d.text for d in drafts), is_item=True)


def _told(scene: Scene, paper: Publication, projects: Sequence[Project], several: bool) -> list[Draft]:
    limit = 2 if several else 3
    if paper.abstract:
        return about(scene, paper.abstract, paper.title if several else None, limit)
    if projects and projects[0].body:
        return [*about(scene, projects[0].body, paper.title if several else None, limit), _facts(scene, paper)]
    values = {
        "title": paper.title,
        "cite": mark(paper.span),
        "people": people_text(scene, paper),
        "details": details(scene, paper),
    }
    return [
        Draft(scene.say("paper_title_only", **values)),
        Draft(scene.say("paper_title_only_more"), is_plain=True),
    ]


def _facts(scene: Scene, paper: Publication) -> Draft:
    return Draft(
        scene.say(
            "paper_facts", people=people_text(scene, paper) or "", details=details(scene, paper), cite=mark(paper.span)
        )
    )


def _contradiction(scene: Scene, paper: Publication) -> list[Draft]:
    """A year in the venue's own name that is not the entry's year."""
    if not paper.venue or not paper.date or not paper.venue_tag:
        return []
    years = set(re.findall(r"\b(?:19|20)\d{2}\b", paper.venue)) - {str(paper.date.year)}
    if not years:
        return []
    tag = f"{paper.venue_tag} {paper.date.year}"
    return [
        Draft(scene.say("paper_contradiction", tag=tag, other=joined(scene.language, sorted(years))), is_plain=True)
    ]


def _link(scene: Scene, paper: Publication) -> Draft | None:
    if paper.abstract is None:
        return None
    for sentence in scene.record.sentences:
        match = _URL.search(sentence.text)
        if match and paper.abstract.covers(sentence.span):
            return Draft(scene.say("paper_code_link", link=match[0], cite=mark(sentence.span)))
    return None


def _marks_after(scene: Scene, paper: Publication, name: str) -> str:
    text = scene.record.quote(paper.span)
    match = re.search(rf"{re.escape(name)}([^\w\s,.;:()]+)", text)
    return match[1] if match else "?"


def _head(title: str) -> str:
    return title.split(":")[0].lower()
