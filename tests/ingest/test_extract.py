"""Facts out of documents: what is understood of an invented CV and of the seeds, and that no value is invented."""

import re
import unicodedata
from pathlib import Path
from typing import TypeVar

import pytest

from ingest.build import Progress, read_record
from ingest.dates import find_dates, find_period
from ingest.domain import (
    Contact,
    Degree,
    Fact,
    Honour,
    Interest,
    Item,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Record,
    Source,
)
from ingest.extract import facts_in
from ingest.profile import read_profile
from ingest.readers import markdown
from tests.conftest import INVENTED, TOP

PROFILES = [
    (INVENTED, "mira-okonjo"),
    (INVENTED, "teo-lindqvist"),
    (TOP / "data" / "profiles", "qian-liu"),
    (TOP / "data" / "profiles", "baohao-liao"),
]


def record_of(folder: Path, slug: str) -> Record:
    return read_record(folder / slug, read_profile(folder, slug), Progress())


RECORDS = {slug: record_of(folder, slug) for folder, slug in PROFILES}
MIRA = RECORDS["mira-okonjo"]


F = TypeVar("F", bound=Fact)


def of(record: Record, kind: type[F]) -> list[F]:
    return [fact for fact in record.facts if isinstance(fact, kind)]


def facts(text: str) -> tuple[Fact, ...]:
    return facts_in(markdown.read(text, Source("cv.md", "CV")))


def test_positions_of_a_cv() -> None:
    first, second = of(MIRA, Position)
    assert (first.organisation, first.role) == ("Harbour Institute of Acoustics", "Senior Researcher")
    assert (first.group, first.place) == ("Underwater Listening Group", "Lisbon")
    assert first.period == Period(PartialDate(2021, 3), None, current=True)
    assert second.supervisors == ("Pavel Dvorak",)
    assert second.period == Period(PartialDate(2018, 9), PartialDate(2021, 2))


def test_degrees_of_a_cv() -> None:
    (degree,) = of(MIRA, Degree)
    assert (degree.institution, degree.title) == ("University of Bergen", "Ph.D. in Marine Physics")
    assert degree.supervisors == ("Ingrid Solheim",)
    assert degree.period == Period(PartialDate(2014, 8), PartialDate(2018, 6))


def test_publications_of_a_cv() -> None:
    whales, harbour, sonar = of(MIRA, Publication)
    assert whales.authors == ("Mira Okonjo", "Lena Abadi", "Ingrid Solheim")
    assert whales.equal == ("Mira Okonjo", "Lena Abadi")
    assert (whales.venue_tag, whales.notes, whales.status) == ("JQS", ("Best Paper",), "published")
    assert (harbour.title, harbour.status) == ("The Harbour That Hummed: Masking in Busy Ports", "preprint")
    assert harbour.date == PartialDate(2022)
    assert (sonar.venue_tag, sonar.date) == ("WCI", PartialDate(2019))


def test_projects_awards_interests_and_contacts_of_a_cv() -> None:
    (project,) = of(MIRA, Project)
    assert (project.title, project.period) == (
        "Hydrophone Commons",
        Period(PartialDate(2020, 1), PartialDate(2020, 12)),
    )
    assert [(h.title, h.is_award, h.dates) for h in of(MIRA, Honour)] == [
        ("Golden Hydrophone Prize", True, (PartialDate(2023),)),
        ("Nordic Doctoral Fellowship", True, (PartialDate(2014),)),
    ]
    assert [i.topic for i in of(MIRA, Interest)] == ["Whale song", "Ship noise"]
    assert [(c.channel, c.value) for c in of(MIRA, Contact)] == [
        ("email", "mira.okonjo@example.org"),
        ("link", "https://mira-okonjo.example"),
    ]


@pytest.mark.parametrize(
    ("slug", "publications", "positions", "degrees"),
    [("qian-liu", 25, 4, 2), ("baohao-liao", 20, 0, 0), ("mira-okonjo", 3, 2, 1), ("teo-lindqvist", 3, 0, 0)],
)
def test_everything_is_counted_once(slug: str, publications: int, positions: int, degrees: int) -> None:
    record = RECORDS[slug]
    assert (len(of(record, Publication)), len(of(record, Position)), len(of(record, Degree))) == (
        publications,
        positions,
        degrees,
    )
    assert len({(type(f), f.span) for f in record.facts}) == len(record.facts)


@pytest.mark.parametrize(
    ("text", "role", "organisation"),
    [
        ("## Employment\n\nCurator, Museum of Tides, Oslo, 2019–2021", "Curator", "Museum of Tides"),
        ("## Employment\n\n- 2019–2021: Lecturer, University of Porto", "Lecturer", "University of Porto"),
        (
            "## Berufserfahrung\n\nWissenschaftliche Mitarbeiterin, Universität Kiel, 2019–2021",
            None,
            "Universität Kiel",
        ),
    ],
)
def test_positions_in_other_forms(text: str, role: str | None, organisation: str) -> None:
    (position,) = (f for f in facts(text) if isinstance(f, Position))
    assert position.organisation == organisation
    assert role is None or position.role == role
    assert position.period is not None
    assert (position.period.start, position.period.end) == (PartialDate(2019), PartialDate(2021))


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def printed(fact: Fact) -> list[str]:
    """The values of a fact that its source must print."""
    match fact:
        case Position():
            return [v for v in (fact.organisation, fact.role, fact.group, fact.place, *fact.supervisors) if v]
        case Degree():
            return [v for v in (fact.institution, fact.title, fact.note, *fact.supervisors) if v]
        case Publication():
            optional = (fact.venue, fact.venue_tag, fact.subject, fact.affiliation)
            return [fact.title, *fact.authors, *fact.equal, *fact.marked, *fact.notes, *(v for v in optional if v)]
        case Project() | Honour() | Item():
            return [fact.title]
        case Interest():
            return [fact.topic, *([fact.detail] if fact.detail else [])]
        case Contact():
            return [fact.value]


@pytest.mark.parametrize("slug", RECORDS)
def test_every_value_of_a_fact_stands_in_its_span(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        there = letters(record.quote(fact.span))
        for value in printed(fact):
            assert all(letters(part) in there for part in value.split(", ")), (fact.kind, value)


@pytest.mark.parametrize("slug", RECORDS)
def test_every_date_of_a_fact_stands_in_the_document_where_the_fact_is(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        body = getattr(fact, "body", None)
        text = record.quote(fact.span) + "\n" + (record.quote(body) if body else "")
        there = [d for d, _, _ in find_dates(re.sub(r"(?<=[A-Z])(?=[A-Z][a-z])", " ", text))]
        found = find_period(text)
        there += [d for d in (found.period.start, found.period.end) if d] if found else []
        for date in dates(fact):
            assert any((t.year, t.month) == (date.year, date.month) for t in there), (fact.kind, date.edtf)


def dates(fact: Fact) -> list[PartialDate]:
    match fact:
        case Position() | Degree() | Project():
            period = fact.period
            return [d for d in (period.start, period.end) if d] if period else []
        case Publication():
            return [fact.date] if fact.date else []
        case Honour():
            return list(fact.dates)
        case _:
            return []


@pytest.mark.parametrize("slug", RECORDS)
def test_every_span_lies_inside_its_document(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        spans = [fact.span, getattr(fact, "body", None), getattr(fact, "abstract", None)]
        for span in (s for s in spans if s is not None):
            assert 0 <= span.start < span.end <= len(record.document(span.document).text)
            assert record.quote(span).strip()
