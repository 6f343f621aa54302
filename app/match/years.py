"""Whether a record states enough years of experience: said in so many words, or computed from the periods of its posts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer.periods import end_months, start_months, union_months
from app.answer.phrase import date_text, duration_text
from app.domain import Language
from app.match.ask import Ask, to_english
from app.match.domain import Judged
from app.match.shelf import Line, Shelf
from app.match.terms import Term, terms
from app.match.topic import alternatives, judge_topic
from app.match.words import degree_level, has, pattern, years_in
from ingest.domain import Degree, Honour, Item, PartialDate, Period, Position, Project, Publication
from ingest.embed import Embedder

_CITED = 8
_HALF, _SURE = 0.5, 0.8
_ROLE = re.compile(r"\b(?:as an?|als|en tant que?|comme|como)\s+([^,;.()]{3,60})", re.IGNORECASE)
_RANK = re.compile(r"\b(?:senior|junior|lead|similar|role|position|professional|full-time)\b", re.IGNORECASE)
_FRAME = re.compile(
    r"\b(?:experience|erfahrung|berufserfahrung|expérience|experiencia|professional\w*|industry|industrial|research|postdoc\w*|"
    r"post-doc\w*|academic|scientific|work\w*|relevant|full-time|berufs\w*|forschungs\w*|wissenschaftlich\w*|professionnelle|recherche|"
    r"industrie|post-?ph\.?d|hands-on|after|the|your|my|phd|ph\.d\.?|doctorate|of|in|as|an?|at least)\b|工作经验|经验|工业界|研究|以上|至少",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"lehr|lectur|profes+or|teach|dozent|instructor|ma[iî]tre(?:sse)? de conf|docente|ayudante doctor|professeur|enseignant|讲师|教授|教师",
    re.IGNORECASE,
)
_PRACTICE = re.compile(
    r"experience|erfahrung|expérience|experiencia|经验|\b(?:years|yrs) (?:in|of|as)\b|\bjahre (?:in|im|als)\b|"
    r"\bans (?:en|de|dans|comme)\b|\baños (?:en|de|como)\b",
    re.IGNORECASE,
)
_ROW_YEARS = re.compile(r"\b(?:years|yrs|jahre|ans|années|años)\b|年", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Counted:
    months: int
    posts: tuple[Position, ...]


def judge_years(ask: Ask, shelf: Shelf, embedder: Embedder, language: Language) -> Judged:
    """The verdict on a demand for years, with how they were counted."""
    asked = years_in(ask.text)
    assert asked is not None
    years, start, end = asked
    rest = to_english(
        _FRAME.sub(" ", pattern("teaching").sub(" ", ask.text[:start] + " " + ask.text[end:])), ask.language
    )
    topics = [[t for t in terms(part, weigh=shelf.weigh(())) if t.weight >= 0.6] for part in alternatives(rest)]
    topics = [found for found in topics if found]
    role = _ROLE.search(ask.text)
    titles = list(terms(_RANK.sub(" ", to_english(role[1], ask.language)), in_english=False)) if role else []
    said = _said(ask, shelf, years, topics) if not titles else None
    if said is not None:
        return said
    newest = newest_printed(shelf)
    posts = [f for f in shelf.record.facts if isinstance(f, Position)]
    firm = [p for p in posts if not has("role_intern", p.role or "") and _fits(ask, p, shelf)]
    if titles:  # years in a role are counted by the titles of the posts
        firm, topics = (
            [p for p in firm if all(any(line.meets(t) >= _SURE for line in shelf.of(p)[:1]) for t in titles)],
            [],
        )
    about = [p for p in firm if not topics or any(_is_about(p, found, shelf) for found in topics)]
    counted = _counted(about, newest)
    # A last month is printed where the post ended in it: "10/2012 – 09/2015" is three years.
    if counted.months + 1 >= 12 * years:
        return _told("stated", counted, newest, language)
    if topics and not about:  # the record may speak of it elsewhere than in its posts
        shown = judge_topic(ask, shelf, embedder)
        return (
            Judged("related", shown.spans, "match_years_topic")
            if shown.rank
            else Judged("not stated", (), "match_no_years" if posts else "match_no_posts")
        )
    wider = _counted(
        [
            p
            for p in posts
            if p in about
            or (has("role_intern", p.role or "") and (not topics or any(_is_about(p, t, shelf) for t in topics)))
        ],
        newest,
    )
    told = wider if wider.months > counted.months else counted
    if not told.posts:
        return Judged("not stated", (), "match_no_years" if posts else "match_no_posts")
    return _told("related", told, newest, language)


def newest_printed(shelf: Shelf) -> int | None:
    """The latest month that the record prints of anything begun or done: "present" is that at the least."""
    found = []
    for fact in shelf.record.facts:
        if isinstance(fact, Position | Degree | Project):
            period = fact.period
            found += [start_months(period), end_months(period, None)]
        elif isinstance(fact, Publication) and fact.date:
            found.append(start_months(Period(fact.date)))
        elif isinstance(fact, Honour | Item):
            found += [start_months(Period(d)) for d in fact.dates[:1]]
    return max((m for m in found if m is not None), default=None)


def _counted(posts: Sequence[Position], newest: int | None) -> _Counted:
    dated = [p for p in posts if _has_length(p, newest)]
    months = union_months([p.period for p in dated], newest) or 0
    return _Counted(months, tuple(dated))


def _has_length(post: Position, newest: int | None) -> bool:
    start, end = start_months(post.period), end_months(post.period, newest)
    return start is not None and end is not None and end >= start


def _fits(ask: Ask, post: Position, shelf: Shelf) -> bool:
    """Whether a post is of the kind that is asked for: in research, after the doctorate, outside universities."""
    where = " ".join(filter(None, (post.organisation, post.group)))
    if has("teaching", ask.text) and _HELD.search(post.role or "") is None:
        return False
    if has("years_kind_industry", ask.text) and has("academic", where):
        return False
    if has("years_kind_research", ask.text) and not (has("role_research", post.role or "") or has("academic", where)):
        return False
    if has("years_kind_postdoc", ask.text):
        done = [
            end_months(f.period, None)
            for f in shelf.record.facts
            if isinstance(f, Degree) and degree_level(f.title or "") == 4
        ]
        begun = start_months(post.period)
        return bool(done) and done[0] is not None and begun is not None and begun >= done[0]
    return True


def _is_about(post: Position, found: Sequence[Term], shelf: Shelf) -> bool:
    """Whether a post's own lines have most of what the years are asked in; its head alone for a role."""
    lines = shelf.of(post) or tuple(line for line in shelf.lines if line.fact == post)
    total = sum(t.weight for t in found)
    share = (
        sum(max((line.meets(t) for line in lines if not line.denies(found)), default=0.0) * t.weight for t in found)
        / total
    )
    return share >= _HALF and all(any(line.meets(t) >= 0.8 for line in lines) for t in found if t.sort == "name")


def _said(ask: Ask, shelf: Shelf, years: int, topics: Sequence[Sequence[Term]]) -> Judged | None:
    """A line that names as many years of it, or a row of a table whose column counts years."""
    kinds = [k for k in ("teaching", "years_kind_research", "years_kind_industry") if not topics and has(k, ask.text)]
    for line in shelf.lines:
        if not all(has(kind, line.text) for kind in kinds):
            continue
        about = not topics or any(_share(line, found) >= _HALF for found in topics)
        if not about or line.denies([t for found in topics for t in found]):
            continue
        named = years_in(line.text)
        if named and named[0] >= years and _PRACTICE.search(line.text):
            return Judged("stated", (line.span,))
        cell = re.search(r"\t(\d{1,2})\+?\s*$", line.text)
        if topics and cell and int(cell[1]) >= years and _has_years_column(shelf, line):
            return Judged("stated", (line.span,))
    return None


def _share(line: Line, found: Sequence[Term]) -> float:
    if any(line.meets(t) < 0.8 for t in found if t.sort == "name"):
        return 0.0
    return sum(t.weight for t in found if line.meets(t) >= _SURE) / sum(t.weight for t in found)


def _has_years_column(shelf: Shelf, line: Line) -> bool:
    """Whether the table's first row heads the last column as years."""
    before = [
        other
        for other in shelf.lines
        if other.number < line.number and other.above == line.above and "\t" in other.text
    ]
    return bool(before) and _ROW_YEARS.search(before[0].text.rsplit("\t", 1)[-1]) is not None


def _told(verdict: str, counted: _Counted, newest: int | None, language: Language) -> Judged:
    open_end = any(p.period is not None and p.period.current for p in counted.posts)
    until = date_text(language, PartialDate(newest // 12, newest % 12 + 1)) if newest is not None else ""
    phrase = "match_years_open" if open_end else "match_years"
    values = (("duration", duration_text(language, counted.months)), ("until", until))
    spans = tuple(p.span for p in counted.posts)[:_CITED]
    return Judged("stated" if verdict == "stated" else "related", spans, phrase, values)
