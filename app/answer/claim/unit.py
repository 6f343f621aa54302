"""What may hold a claim: one entry of a record, or a stretch of prose, with everything that is looked up in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import initials_in, name_forms
from app.answer.claim.quantities import Quantity, quantities
from app.answer.claim.when import periods_in
from app.answer.claim.words import Vocabulary, vocabulary
from ingest.dates import MONTH, find_dates, parse_date
from ingest.domain import (
    Contact,
    Degree,
    Fact,
    Honour,
    Item,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Record,
    Span,
)
from ingest.lexical import stem
from ingest.sentences import split_sentences

_YEAR_FIRST = re.compile(rf"\b((?:19|20)\d{{2}})\s+({MONTH})\b\.?\s+(\d{{1,2}})\b", re.IGNORECASE)
_IMPLIED = {
    Position: "work job role position employer join leave current former hold",
    Degree: "study degree student university education graduate obtain complete defend",
    Publication: "paper work author write publication title study present",
    Project: "project work build",
    Honour: "award receive serve hold obtain name elect appoint",
    Item: "",
}
"""What an entry says without a word for it."""
_IMPLIED_ITEM = {
    "teaching": "teach course give hold lecture serve",
    "talk": "talk give speak present lecture hold invite",
    "grant": "grant fund receive obtain project award support hold finance",
    "patent": "patent invent file hold own apply grant",
    "skill": "skill know use work experience tool",
    "language": "language speak know",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of prose or a line of an entry."""

    text: str
    vocabulary: Vocabulary
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One entry or stretch of prose under one number of the evidence."""

    n: int
    text: str
    heading: str
    """The headings above it."""
    fact: Fact | None
    lines: tuple[Line, ...]
    vocabulary: Vocabulary
    """Of text and headings."""
    quantities: tuple[Quantity, ...]
    dates: tuple[PartialDate, ...]
    periods: tuple[Period, ...]
    initials: frozenset[str]
    aliases_words: frozenset[str]
    """The folded words of other forms of the known names in it."""
    stems: frozenset[str]
    """The stems of its words, without concepts."""

    is_entry: bool
    """Whether it is a row of a record rather than prose."""
    language: str
    years: tuple[int, int] | None = None
    """The first and the last year of the entries that it stands for together."""
    joined: tuple[Period, ...] = ()
    """The periods of these entries."""
    size: int = 1
    """How many entries they are."""


def units(n: int, text: str, path: Sequence[str], span: Span, record: Record, language: str) -> Iterator[Unit]:
    """The units of one piece of evidence: its entries where it holds several, else itself."""
    inside = [f for f in record.facts if not isinstance(f, Contact) and span.covers(f.span)]
    inside = [f for f in inside if not any(g is not f and g.span.covers(f.span) for g in inside)]
    if len(inside) > 1:
        starts = sorted(inside, key=lambda f: f.span.start)
        for number, fact in enumerate(starts):
            end = starts[number + 1].span.start if number + 1 < len(starts) else span.end
            yield _unit(n, record.document(span.document).text[fact.span.start : end], path, fact, True, language)
        if starts[0].span.start > span.start:
            before = record.document(span.document).text[span.start : starts[0].span.start]
            if before.strip():
                yield _unit(n, before, path, None, False, language)
        return
    yield _unit(n, text, path, inside[0] if inside else _around(span, record), bool(inside), language)


def _around(span: Span, record: Record) -> Fact | None:
    """The fact that a span lies inside of, or whose abstract or body it is."""
    for fact in record.facts:
        if isinstance(fact, Contact):
            continue
        parts = (fact.span, getattr(fact, "abstract", None), getattr(fact, "body", None))
        if any(part is not None and part.covers(span) for part in parts):
            return fact
    return None


def plain_unit(n: int, text: str, language: str) -> Unit:
    """A statement of the program as a unit."""
    return _unit(n, text, (), None, False, language)


def made_unit(n: int, text: str, fact: Fact | None, language: str) -> Unit:
    """What is known of ``fact`` beyond its own words, as a unit."""
    return _unit(n, text, (), fact, True, language)


def _undated(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text but for the months and days of its dates."""
    dates = [(start, end) for date, start, end in find_dates(text) if date.month]
    return tuple(q for q in quantities(text) if not any(a <= q.start and q.end <= b for a, b in dates))


def _unit(n: int, text: str, path: Sequence[str], fact: Fact | None, is_entry: bool, language: str) -> Unit:
    return replace(_unnumbered(text, " \n ".join(path), fact, is_entry, language), n=n)


@lru_cache(maxsize=500)
def _unnumbered(text: str, heading: str, fact: Fact | None, is_entry: bool, language: str) -> Unit:
    whole = f"{text} \n {heading}"
    pieces = [p for part in text.split("\n") for p in split_sentences(part) if p.strip()]
    lines = tuple(Line(p, vocabulary(p, language), _undated(p)) for p in pieces)
    implied = _IMPLIED.get(type(fact), "") if fact is not None else ""
    if isinstance(fact, Item):
        implied += _IMPLIED_ITEM[fact.kind]
    if isinstance(fact, Publication):
        implied += (
            " preprint" * (fact.status == "preprint")
            + " coauthor" * (len(fact.authors) > 1)
            + " conference" * bool(fact.venue_tag)
        )
        implied += " edit volume book collection" * (re.search(r"\((?:Hrsg|Hg|eds?)\b", text) is not None)
        implied += " book" * (fact.form == "book")
        implied += " award" * ("best paper" in fold(text) or "award" in fold(text))
    period = getattr(fact, "period", None)
    periods = periods_in(text) or ([period] if isinstance(period, Period) and is_entry else [])
    forms = name_forms(whole)
    dates = [date for date, _, _ in find_dates(text)]
    dates += [d for m in _YEAR_FIRST.finditer(text) if (d := parse_date(f"{m[2]} {m[3]}, {m[1]}"))]
    if isinstance(fact, Publication) and fact.date and fold(str(fact.date.year)) in fold(text):
        dates.append(fact.date)
    found = vocabulary(f"{whole} \n {implied} \n {' '.join(forms)}", language)
    found = replace(found, words=found.words | forms)
    return Unit(
        0,
        text,
        heading,
        fact,
        lines,
        found,
        _undated(whole),
        tuple(dates),
        tuple(periods),
        frozenset(initials_in(whole)),
        frozenset(w for form in forms for w in re.findall(r"[^\W_]+", form)),
        frozenset(stem(w) for w in found.words),
        is_entry,
        language,
    )
