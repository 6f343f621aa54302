"""Facts out of documents: what is understood of an invented CV and of the seeds, and that no value is invented."""

from collections import Counter
from pathlib import Path
from typing import TypeVar

import pytest

from ingest.build import Progress, read_record
from ingest.domain import (
    Contact,
    Degree,
    Fact,
    Honour,
    Interest,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Record,
    Source,
)
from ingest.extract import facts_in
from ingest.printed import not_dated, not_printed
from ingest.profile import list_slugs, read_profile
from ingest.readers import markdown
from tests.conftest import INVENTED, TOP
from tests.ingest.structured.pages import page

PROFILES = [(folder, slug) for folder in (INVENTED, TOP / "data" / "profiles") for slug in list_slugs(folder)]


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


@pytest.mark.parametrize("slug", RECORDS)
def test_every_value_of_a_fact_stands_in_its_span(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        assert not_printed(fact, record.document(fact.span.document)) == []


@pytest.mark.parametrize("slug", RECORDS)
def test_every_date_of_a_fact_stands_in_the_document_where_the_fact_is(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        body = getattr(fact, "body", None)
        assert not_dated(fact, record.quote(fact.span) + "\n" + (record.quote(body) if body else "")) == []


FORMATS = {
    "cv.tex": (
        r"""\documentclass{moderncv}
\begin{document}
\section{Experience}
\cventry{2019--2021}{Senior Researcher}{Harbour Institute}{Lisbon}{}{Supervisor: Pavel Dvorak}
\section{Education}
\cventry{2014--2018}{Ph.D. in Marine Physics}{University of Bergen}{}{}{}
\section{Publications}
\begin{itemize}
\item Mira Okonjo$^*$, Bo Li$^*$, Cara Diaz. \emph{Counting Whales}. Journal of Quiet Seas, 2021.
\item M. Okonjo and B. Li, ``Masking in Busy Ports,'' Proc. Ports, 2020.
\end{itemize}
\end{document}
""",
        {"position": 1, "degree": 1, "publication": 2},
    ),
    "resume.json": (
        """{"basics": {"name": "Mira Okonjo", "email": "mira@sea.example"},
"work": [{"name": "Harbour Institute", "position": "Researcher", "startDate": "2019-01", "endDate": "2021-02"}],
"education": [{"institution": "University of Bergen", "studyType": "PhD", "area": "Physics", "endDate": "2018"}],
"publications": [{"name": "Counting Whales", "publisher": "Journal of Quiet Seas", "releaseDate": "2021"}],
"awards": [{"title": "Golden Hydrophone", "date": "2020", "awarder": "Sea Society"}]}""",
        {"position": 1, "degree": 1, "publication": 1, "honour": 1},
    ),
    "papers.bib": (
        """@article{a, author = {Okonjo, Mira and Li, Bo}, title = {Counting {Whales} in the S{\\"u}d}, journal = {Quiet Seas}, year = {2021}}
@inproceedings{b, author = {Mira Okonjo and others}, title = {Masking}, booktitle = {Proc. Ports}, year = 2020, note = {Best Paper}}""",
        {"publication": 2},
    ),
    "cv.txt": (
        """MIRA OKONJO

EXPERIENCE

Senior Researcher                                   2019 - 2021
Harbour Institute, Lisbon

EDUCATION

Ph.D. in Marine Physics, University of Bergen       2014 - 2018

AWARDS

Golden Hydrophone Prize                             2020
""",
        {"position": 1, "degree": 1, "honour": 1},
    ),
    "cv.html": (
        """<html><body><h1>Mira Okonjo</h1><h2>Experience</h2><p>Senior Researcher, Harbour Institute, Lisbon, 2019&ndash;2021</p>
<h2>Publications</h2><ul><li>Mira Okonjo, Bo Li. <i>Counting&nbsp;Whales</i>. Journal of Quiet Seas, 2021.</li></ul></body></html>""",
        {"position": 1, "publication": 1},
    ),
    "shared.md": (
        """## Experience

### University of Quay

Data Fellow	2016-2018
Quay Institute of Data

Lab Manager	2010-2011
Project Investigator: Tom Weaver, Ph.D.

- Lab coordination, event planning and recruitment

## Positions

Loom Office, Harbourtown
Sep 2022 – Sep 2024 Research Scientist
Sep 2017 – Sep 2022 Research Assistant

## Anstellungen

- 03/2021 – 05/2024 Teamleiter, Webwerk GmbH, Talheim. Führung von 23 Personen an zwei Orten.
- 07/2016 – 02/2021 Entwicklungsingenieur, ebenda (bis 2018 als Norddraht AG)

## Education

Tidal University - New Quay
Master of Science, Looms - GPA: 4.0	2010
Bachelor of Science, Looms	2009
""",
        {"position": 6, "degree": 2},
    ),
    "cv.md": (
        """## Experiencia

05/2013 - 12/2014\tFEA de Neumología (interina). Hospital Comarcal de Telares, San Telar.

## 教育经历

2011.09—2016.06\t丝城大学\t纺织科学与工程\t工学博士（硕博连读），导师：线明 教授

## Publications

Byron, A., & Li, B. (2018). Masking in busy ports. Journal of Quiet Seas, 12(3), 45-67.

"The Loom Premium" (with Bo Li and Cara Diaz). Under review. March 2024.

Byron A*, Brandt M, et al. Wool signalling in looms. Journal of Tidal Biology. 2023;14(2):101-118.

Ritter, Anne / Byron, Jonas: Webstühle lesbar machen, in: Archiv und Rechner 4 (2023), S. 44–61.
""",
        {"position": 1, "degree": 1, "publication": 4},
    ),
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_value_and_date_of_a_fact_stands_in_its_span_whatever_the_format(name: str) -> None:
    text, kinds = FORMATS[name]
    document = page(name, text)
    found = facts_in(document)
    assert Counter(f.kind for f in found if f.kind in kinds) == kinds
    for fact in found:
        body = getattr(fact, "body", None)
        assert not_printed(fact, document) == []
        assert not_dated(fact, document.quote(fact.span) + "\n" + (document.quote(body) if body else "")) == []


@pytest.mark.parametrize("slug", RECORDS)
def test_every_span_lies_inside_its_document(slug: str) -> None:
    record = RECORDS[slug]
    for fact in record.facts:
        spans = [fact.span, getattr(fact, "body", None), getattr(fact, "abstract", None)]
        for span in (s for s in spans if s is not None):
            assert 0 <= span.start < span.end <= len(record.document(span.document).text)
            assert record.quote(span).strip()
