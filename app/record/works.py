"""The publications of a record as rows: each with its year, venue, the person's place among the authors, and its span."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.domain import Filters
from app.question.select import at_venue, publications
from app.record.names import family_and_given, surname
from app.record.terms import NOT_STATED, Position, Status
from app.record.venues import Venue, venues_of
from ingest.domain import Profile, Publication, Record
from ingest.extract.words import fold
from ingest.identity import author_index


@dataclass(frozen=True, slots=True)
class Work:
    """One publication of the list."""

    paper: Publication
    venue: Venue | None
    rank: int | None
    """The person's place among the printed authors, from 1; ``None`` where the name is not among them."""
    alike: int | None = None
    """The 0-based place of the person, or of a name that is too like theirs to be called a co-author's."""

    @property
    def year(self) -> int | None:
        """The year as printed."""
        return self.paper.date.year if self.paper.date else None

    @property
    def status(self) -> Status:
        """Whether it is published, as far as the source says."""
        return self.paper.status or "not_stated"

    @property
    def positions(self) -> tuple[Position, ...]:
        """What can be said of the person's place; a list that ends in "et al." has no last author."""
        if self.rank is None:
            return ("not_stated",)
        count, complete = len(self.paper.authors), self.paper.authors_complete and not self.paper.beside
        if self.rank == 1:
            return ("first", "sole") if count == 1 and complete else ("first",)
        return ("last",) if self.rank == count and complete else ("middle",)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the listed publications must satisfy; ``None`` and an empty text ask nothing."""

    years: tuple[int | None, int | None] | None = None
    """First and last, both inclusive; ``None`` on a side leaves it open, on both sides asks for those whose year is not stated."""
    venue: str | None = None
    """A venue's name; ``not_stated`` asks for those without."""
    position: Position | None = None
    status: Status | None = None
    co_author: str | None = None
    text: str = ""
    """Words that must all stand in the entry, as beginnings or parts of its words; accents and capitals are not told apart."""


def works_of(record: Record) -> tuple[Work, ...]:
    """Every publication once, newest first; the order of the documents among equals, those without a year last."""
    papers = publications(record, Filters())
    venues = venues_of(papers)
    works = [_work(p, venues.get(p.span), record.profile) for p in papers]
    return tuple(sorted(works, key=lambda w: -(w.year or 0)))


def selected(record: Record, works: Iterable[Work], selection: Selection) -> tuple[Work, ...]:
    """The works that ``selection`` asks for, in their order; by the rules that questions are answered with."""
    s = selection
    first, last = s.years or (None, None)
    undated = s.years is not None and first is None and last is None
    filters = Filters(
        years=None if undated else s.years,
        undated=True if undated else None,
        co_author=s.co_author,
    )
    kept = {paper.span for paper in publications(record, filters)}
    words = fold(s.text).split()
    listed = tuple(works)
    is_venue = _venue_test(listed, s.venue)
    return tuple(
        w
        for w in listed
        if w.paper.span in kept
        and is_venue(w)
        and (s.position is None or s.position in w.positions)
        and (s.status is None or s.status == w.status)
        and (not words or all(word in searched(record, w) for word in words))
    )


def searched(record: Record, work: Work) -> str:
    """The text of the entry in which words are looked for, folded."""
    return " ".join(fold(record.quote(work.paper.span)).split())


def years_in(text: str) -> tuple[int | None, int | None]:
    """``2024``, ``2019-2024``, ``2019-``, ``-2019`` or ``not_stated`` as the years of a selection.

    Raises:
        ValueError: it is none of these.
    """
    if text == NOT_STATED:
        return None, None
    match = re.fullmatch(r"(?P<first>\d{4})?(?P<dash>-)?(?P<last>\d{4})?", text)
    if (
        match is None
        or not (match["first"] or match["last"])
        or (match["first"] and match["last"] and not match["dash"])
    ):
        raise ValueError(f"{text!r} is no year; give 2024, 2019-2024, 2019-, -2019 or {NOT_STATED}")
    first, last = (int(year) if year else None for year in (match["first"], match["last"]))
    return first, last if match["dash"] else first


def _venue_test(works: tuple[Work, ...], venue: str | None) -> Callable[[Work], bool]:
    """Exactly a venue of the list where one goes by that name; otherwise every venue with the name in it, as in a question."""
    if venue is None:
        return lambda work: True
    if venue == NOT_STATED:
        return lambda work: work.venue is None
    wanted = " ".join(fold(venue).split())
    if any(w.venue is not None and wanted in w.venue.names for w in works):
        return lambda work: work.venue is not None and wanted in work.venue.names
    return lambda work: at_venue(work.paper, venue)


def _work(paper: Publication, venue: Venue | None, profile: Profile) -> Work:
    if paper.beside:
        return Work(paper, venue, None)
    own = author_index(paper.authors, profile)
    return Work(paper, venue, None if own is None else own + 1, _alike(paper, profile) if own is None else own)


def _alike(paper: Publication, profile: Profile) -> int | None:
    """The first name with the person's surname and first letter: "Byron, A.R." for Alan Byron, which may be his."""
    wanted = {_surname_and_letter(name) for name in profile.names} - {None}
    return next((n for n, author in enumerate(paper.authors) if _surname_and_letter(author) in wanted), None)


def _surname_and_letter(name: str) -> tuple[str, str] | None:
    parts = family_and_given(name)
    if parts is None:
        family, given = surname(name), name
    else:
        family, given = parts
    return (fold(family), fold(given)[0]) if given.strip() and given != family else None
