"""Executes a plan's filters over facts: nothing is cut, the document's order is kept."""

import re
from collections.abc import Callable, Iterable, Sequence

from app.domain import Filters
from ingest.domain import Fact, PartialDate, Profile, Publication, Record
from ingest.extract.words import fold
from ingest.identity import author_index, name_key
from ingest.lexical import STOP_WORDS
from ingest.spans import Spans

_AWARD_NOTE = re.compile(r"award|best|distinguished|outstanding|honou?r|prize|nominat", re.IGNORECASE)
_LEAST_WORDS = 2
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|review|letters|annals|magazine|zeitschrift|revue|revista)\b|^(?:nature|science|cell|plos)\b",
    re.IGNORECASE,
)


def publications(record: Record, filters: Filters) -> tuple[Publication, ...]:
    """The publications that satisfy every filter, in the order of the documents, each listed once."""
    papers = distinct(record)
    tests = _tests(record.profile, filters, papers)
    return tuple(p for p in papers if all(test(p) for test in tests))


def distinct(record: Record) -> tuple[Publication, ...]:
    """The publications of the record, each work once."""
    return tuple(fact for fact in record.facts if isinstance(fact, Publication))


def asks_own_place(filters: Filters) -> bool:
    """Whether the filters ask for the person's own place among the authors."""
    return filters.author_rank is not None or bool(filters.is_sole) or filters.authorship not in {None, "not_printed"}


def prints_own_name(record: Record) -> bool:
    """Whether any publication prints the person among its authors."""
    return any(author_index(p.authors, record.profile) is not None for p in distinct(record) if not p.beside)


def in_years(dates: Iterable[PartialDate], filters: Filters) -> bool:
    """Whether one of ``dates`` lies in the years that the filters ask for; without such a filter always."""
    if filters.years is None:
        return True
    return any(_within(date, *filters.years) for date in dates)


def newest_year(facts: Iterable[Fact]) -> int | None:
    """The latest year that the facts print."""
    years = [y for fact in facts for y in _years_of(fact)]
    return max(years, default=None)


def has_note(paper: Publication, note: str) -> bool:
    """Whether the source remarks ``note``, or one of several joined by "or", of the paper; "award" covers every honour."""
    text = "; ".join(paper.notes)
    return any(bool(_AWARD_NOTE.search(text)) if n == "award" else n in text.lower() for n in note.split(" or "))


def venue_class(paper: Publication) -> str | None:
    """``journal``, ``workshop`` or ``conference`` by the venue's name; ``None`` without one."""
    name = " ".join(filter(None, (paper.venue, paper.venue_tag)))
    if not name or paper.status == "preprint":
        return None
    if re.search(r"workshop", name, re.IGNORECASE) or "@" in name:
        return "workshop"
    return "journal" if _JOURNAL.search(name) else "conference"


def has_co_author(paper: Publication, name: str) -> bool:
    """Whether ``name`` is printed among the authors."""
    return name_key(name) in {name_key(a) for a in paper.authors}


def at_venue(paper: Publication, venue: str) -> bool:
    """Whether ``venue``, a tag or a long name, is where the paper appeared; "ACL" is not "EACL"."""
    wanted = re.escape(fold(venue))
    names = [fold(name) for name in (paper.venue_tag, paper.venue) if name]
    return any(re.search(rf"(?<![\w@]){wanted}(?!\w)", name) or abbreviates(name, fold(venue)) for name in names)


def abbreviates(one: str, other: str) -> bool:
    """Whether one of two folded names of a journal shortens the other word by word: "phys. rev. lett." (ISO 4)."""
    words = [[w for w in re.findall(r"[^\W\d_]+", name) if w not in STOP_WORDS] for name in (one, other)]
    if len(words[0]) != len(words[1]) or len(words[0]) < _LEAST_WORDS or words[0] == words[1]:
        return False
    return all(min(len(a), len(b)) > 1 and (a.startswith(b) or b.startswith(a)) for a, b in zip(*words, strict=True))


def _tests(profile: Profile, filters: Filters, papers: Sequence[Publication]) -> list[Callable[[Publication], bool]]:
    f = filters
    tests: list[Callable[[Publication], bool]] = []
    if f.years is not None:
        first, last = f.years
        tests.append(lambda p: _within(p.date, first, last))
    if f.venue is not None:
        venue = f.venue
        tests.append(lambda p: at_venue(p, venue))
    if f.status is not None:
        tests.append(lambda p: p.status == f.status)
    if f.venue_class is not None:
        tests.append(lambda p: venue_class(p) == f.venue_class)
    if f.is_sole:
        names_others = any(p.beside for p in papers)
        tests.append(lambda p: _is_sole(p, profile, names_others))
    if f.without is not None:
        left_out = f.without
        tests.append(lambda p: p.form not in left_out and p.status not in left_out)
    if f.co_author is not None:
        co_author = f.co_author
        tests.append(lambda p: has_co_author(p, co_author))
    if f.note is not None:
        note = f.note
        tests.append(lambda p: has_note(p, note))
    if f.has_code is not None:
        tests.append(lambda p: p.has_code is f.has_code)
    if f.subject is not None:
        tests.append(lambda p: p.subject == f.subject)
    if f.organisation is not None:
        tests.append(lambda p: p.affiliation == f.organisation)
    if f.form is not None:
        tests.append(lambda p: p.form == f.form)
    if f.within is not None:
        within = Spans(f.within)
        tests.append(lambda p: within.cover(p.span) or within.are_in(p.span))
    if f.refereed:
        told = any(p.refereed for p in papers)
        tests.append(lambda p: p.refereed is True if told else p.refereed is not False and p.status == "published")
    if f.undated:
        tests.append(lambda p: p.date is None or p.date.year is None)
    return tests + _author_tests(profile, f)


def _is_sole(paper: Publication, profile: Profile, names_others: bool) -> bool:
    """Whether nobody else wrote ``paper``; a list that prints the others alone, "with A. Byron", prints nobody there."""
    if not paper.authors:
        return names_others
    own = author_index(paper.authors, profile)
    return len(paper.authors) == 1 and own == 0 and paper.authors_complete and not paper.beside


def _author_tests(profile: Profile, filters: Filters) -> list[Callable[[Publication], bool]]:
    def index(paper: Publication) -> int | None:
        return author_index(paper.authors, profile)

    def named(paper: Publication, names: tuple[str, ...]) -> bool:
        own = index(paper)
        return own is not None and paper.authors[own] in names

    tests: list[Callable[[Publication], bool]] = []
    rank = filters.author_rank
    if rank == -1:
        tests.append(lambda p: p.authors_complete and len(p.authors) > 1 and index(p) == len(p.authors) - 1)
    elif rank is not None:
        tests.append(lambda p: index(p) == rank - 1)
    match filters.authorship:
        case "equal":
            tests.append(lambda p: named(p, p.equal))
        case "corresponding":
            tests.append(lambda p: named(p, p.corresponding or p.marked))
        case "marked":
            tests.append(lambda p: named(p, p.marked))
        case "not_printed":
            tests.append(lambda p: index(p) is None)
    return tests


def _within(date: PartialDate | None, first: int | None, last: int | None) -> bool:
    year = date.year if date else None
    return year is not None and (first is None or year >= first) and (last is None or year <= last)


def _years_of(fact: Fact) -> list[int]:
    dates: list[PartialDate | None] = []
    if isinstance(fact, Publication):
        dates = [fact.date]
    else:
        period = getattr(fact, "period", None)
        dates = [period.start, period.end] if period else list(getattr(fact, "dates", ()))
    return [d.year for d in dates if d is not None and d.year is not None]
