"""How publications and the conditions they were chosen by are worded."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.answer.draft import Draft, mark
from app.answer.phrase import Value, date_text, joined, placed
from app.answer.scene import Scene
from app.domain import Filters
from ingest.domain import Publication

_LIST_LIMIT = 30
_REMARK_ROOM = 80
"""Characters of remarks shown with one work in a list, beyond its first remark."""
_MEETING = re.compile(
    r"^(?!proceedings)(?:the )?(?:\w+ ){0,4}(?:conference|workshop|symposium|meeting)\b", re.IGNORECASE
)
_COLLECTIVE_WORDS = 1


def items(scene: Scene, rows: Sequence[Publication]) -> list[Draft]:
    """One line a publication; a very long list is cut and says so."""
    lines = [
        Draft(scene.say("paper_item", title=p.title, details=details(scene, p), cite=mark(p.span)), is_item=True)
        for p in rows[:_LIST_LIMIT]
    ]
    if len(rows) > _LIST_LIMIT:
        lines.append(Draft(scene.say("papers_more", count=len(rows) - _LIST_LIMIT), is_plain=True))
    return lines


def details(scene: Scene, paper: Publication, with_date: bool = True) -> str | None:
    """Venue, date and remarks of a publication in a few words."""
    parts: list[str] = []
    date = date_text(scene.language, paper.date) if paper.date and with_date else ""
    venue = paper.venue_tag or paper.venue
    if paper.status == "preprint":
        parts.append(f"{scene.words('preprint')} {date}".strip())
    elif venue:
        parts.append(f"{venue} {date}".strip())
    elif date:
        parts.append(date)
    parts += _briefly(paper.notes)
    return ", ".join(p for p in parts if p) or None


def _briefly(notes: Sequence[str]) -> Iterator[str]:
    """The remarks as far as a line of a list has room for them."""
    room = _REMARK_ROOM
    for note in notes:
        room -= len(note)
        if room < 0 and note != notes[0]:
            return
        yield note


def people_text(scene: Scene, paper: Publication) -> str | None:
    """The authors in a few words."""
    if not paper.authors:
        return None
    shown = paper.authors[:3] if len(paper.authors) > 5 else paper.authors
    if len(shown) < len(paper.authors) or not paper.authors_complete:
        return scene.say("and_others", people=", ".join(shown))
    return joined(scene.language, shown)


def venue_text(scene: Scene, venue: str) -> str:
    """The venue with its preposition: "at" a meeting or an acronym, "in" a journal or proceedings."""
    if _MEETING.search(venue) or venue.isupper():
        return placed(scene.language, "at_venue", venue)
    return scene.words("in_venue", venue=venue)


def condition_text(scene: Scene, filters: Filters, count: int = 2) -> str | None:
    """The filters in words: "from 2024, marked as preprints"."""
    f = filters
    parts: list[str] = []

    def add(key: str, **values: Value) -> None:
        parts.append(scene.words(key, count=count, **values))

    for key in _kinds(scene, f):
        add(key, heading=f.heading)
    if f.venue:
        add("cond_venue", venue=f.venue)
    if f.years:
        first, last = f.years
        key = (
            "cond_year"
            if first == last
            else "cond_years"
            if first and last
            else "cond_since"
            if first
            else "cond_until"
        )
        add(key, year=first, first=first, last=last)
    if f.co_author:
        collective = len(f.co_author.split()) <= _COLLECTIVE_WORDS
        add("cond_signed" if collective else "cond_with", who=f.co_author)
    if f.is_sole:
        add("cond_sole")
    if f.note:
        add("cond_award" if f.note == "award" else "cond_note", note=f.note)
    if f.has_code is not None:
        add("cond_code" if f.has_code else "cond_no_code")
    if f.subject:
        add("cond_subject", subject=f.subject)
    if f.organisation:
        add("cond_label", label=f.organisation)
    if f.undated:
        add("cond_undated")
    if f.author_rank is not None:
        add("cond_rank_last" if f.author_rank == -1 else f"cond_rank_{min(f.author_rank, 4)}")
    if f.authorship:
        explained = any(p.corresponding for p in scene.facts(Publication))
        key = "marked" if f.authorship == "corresponding" and not explained else f.authorship
        add(f"cond_{key}", mark=mark_beside(scene))
    return ("，" if scene.language == "zh" else ", ").join(parts) or None


def _kinds(scene: Scene, f: Filters) -> Iterator[str]:
    """The conditions on what a publication is."""
    if f.heading:
        yield "cond_heading"
    elif f.within:
        yield "cond_among"
    if f.refereed:
        yield "cond_refereed" if any(p.refereed for p in scene.facts(Publication)) else "cond_published"
    if f.status:
        yield "cond_preprint" if f.status == "preprint" else "cond_published"
    if f.venue_class:
        yield f"cond_class_{f.venue_class}"
    if f.form:
        yield f"cond_{f.form}"


def mark_beside(scene: Scene) -> str:
    """The unexplained marks that stand beside the person's name somewhere in the sources."""
    name = re.escape(scene.profile.name)
    found: Iterable[str] = (
        m for d in scene.record.documents for m in re.findall(rf"{name}([^\w\s,.;:()*\-]+)", d.text)
    )
    return ", ".join(dict.fromkeys(found)) or "?"


def shortened(title: str) -> str:
    head = title.split(":")[0]
    return head if head != title and len(head.split()) <= 4 else title
