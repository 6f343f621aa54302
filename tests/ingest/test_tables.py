"""Plain text whose columns are aligned by blanks: rows, labels of several rows, header rows, and sub-headings over indented lines."""

from typing import TypeVar

import pytest

from ingest.domain import Degree, Document, Fact, Item, Position, Project, Publication, Source
from ingest.extract import facts_in
from ingest.readers import plain

F = TypeVar("F", bound=Fact)

POSTS = """POSTS
    04/2019 - now        Senior Hydrologist (80 %)
                         Reed Centre for River Research, Lin
                         Runs the tracer group (4 staff, 1 of them abroad)
    10/2019 - now        Visiting Lecturer (10 %), unpaid
                         Quayside School of Water Science, Port
    02/2014 - 03/2019    Hydrologist
                         Institut Sellier de l'eau, Varnes
                         Responsable du suivi des nappes de la vallée
                         et de la plaine
    05/2012 - 01/2014    Weirkeeper
                         Tarn Ford Alliance, Oxley
    2010 - 2012          Field hydrologist, Tarn Ford Alliance, Oxley
"""

DEGREES = """DEGREES
PhD  River Physics, University of Saint Ode, Lin. Started 2006/10, defended in
     May 2010, with distinction. Supervisor: Una Kestrel.
     Thesis: Measuring a river without standing in it
MSc  Hydrology, Tarn University, Oxley, 2006. GPA 3.8/4
BSc  Mathematics, Tarn University, 2004. GPA 3.6/4
"""

GRANTS = """GRANTS
    Role      Years        Funder / project                    Amount
    PI        2021-2024    Kestrel Trust, "Slow water"         GBP 1.1 million
    Co-I      2020-2023    Fonds de la Varne, sources          EUR 310,000
                           (PI: N. Brook; my share             EUR 40,000)
    Applied   Jan 2025     Kestrel Trust, follow-on (as PI)    GBP 2.0 million
    Rejected  2019         Fonds de la Varne, springs (as PI)  EUR 90,000
"""

SUPERVISION = """SUPERVISION
    PhD       Ilka Marsh            2022-     main supervisor
              Pim Oxbow             2021-     co-supervisor (main: U. Kestrel)
              Tove Lagoon           2016-2020 co-supervisor, completed
    MSc       5 completed, of which 2 co-supervised; 1 withdrew
"""

FUNDING = """FUNDING
As PI
  Saltmarsh Fellowship, NOK 2.4 million, 2023-2025 (own salary at 60% + boats)
  Oxley Seed Award, GBP 9,500, 2021-22
As co-I
  DELTA (PI U. Kestrel), NOK 12 million in total; I lead WP3 (no separate
  budget)
Pending
  Northern Starting Grant, PI, EUR 1.2 million, interview on 12 Feb 2026
"""

PAPERS = """PUBLICATIONS
(* equal contribution. 11 peer-reviewed in total between 2009 and 2024, 4 as
first or joint first author.)
In print
  Marsh IK*, Brook N*, Kestrel U. Slow water in chalk streams of the east. 2023.
  Marsh IK, Kestrel U. EDDY: a tracer model. 2019.
In preparation
  Marsh IK. Review on tracers. Invited by editor, not yet submitted.
Retracted: none. Corrected: EDDY (2021, error in a table).
"""

TALKS = """TALKS
Invited      River Guild, Lin, 2024-09-12
             Seminar, Tarn University, Dec 2023 (remote)
Selected from abstracts
             Water Days, Port, June 2022 (flash talk, 5 min)
             Guild meeting, Varnes, 3-5 May 2018
Invited, did not give
             Delta Symposium, March 2025 (illness; Marsh spoke instead)
"""


CV = "\n".join(["ILKA MARSH, PhD\n", POSTS, DEGREES, GRANTS, SUPERVISION, FUNDING, TALKS, PAPERS])


def read(text: str) -> Document:
    return plain.read(text, Source("cv.txt", "CV"))


def stated(part: str, kind: type[F], cv: str = CV) -> list[F]:
    """The facts of that type which a part of the CV states."""
    document = read(cv)
    paths = {b.span.start: b.path for b in document.blocks}
    facts = [fact for fact in facts_in(document) if isinstance(fact, kind)]
    heading = part.split("\n")[0]
    return [f for f in facts if paths[max(at for at in paths if at <= f.span.start)][0] == heading]


def path_over(words: str) -> tuple[str, ...]:
    document = read(CV)
    return next(b.path for b in document.blocks if words in document.quote(b.span))


def test_a_line_that_leaves_room_for_the_next_word_has_ended() -> None:
    found = [(p.role, p.organisation, p.place) for p in stated(POSTS, Position)]
    assert found == [
        ("Senior Hydrologist (80 %)", "Reed Centre for River Research", "Lin"),
        ("Visiting Lecturer (10 %)", "Quayside School of Water Science", "Port"),
        ("Hydrologist", "Institut Sellier de l'eau", "Varnes"),
        ("Weirkeeper", "Tarn Ford Alliance", "Oxley"),
        ("Field hydrologist", "Tarn Ford Alliance", "Oxley"),
    ]


def test_a_line_that_was_full_goes_on_in_the_next() -> None:
    assert "Responsable du suivi des nappes de la vallée et de la plaine" in read(CV).text


def test_every_label_of_a_degree_begins_one() -> None:
    found = [(d.title, d.institution, d.note) for d in stated(DEGREES, Degree)]
    assert found[1:] == [
        ("MSc, Hydrology", "Tarn University", "GPA 3.8/4"),
        ("BSc, Mathematics", "Tarn University", "GPA 3.6/4"),
    ]
    assert found[0][:2] == ("PhD, River Physics", "University of Saint Ode")
    assert "Measuring a river without standing in it" in (found[0][2] or "")
    assert [d.period.start.year for d in stated(DEGREES, Degree)[1:] if d.period and d.period.start] == [2006, 2004]


def test_a_degree_that_was_left_says_so() -> None:
    rows = "MD   Saint Ode, Lin: admitted to the track 2011, left it 2012; no MD.\n"
    last = stated(DEGREES, Degree, CV.replace(DEGREES, DEGREES + rows))[-1]
    assert (last.title, last.note) == ("MD", "left it 2012; no MD.")


def test_a_header_row_is_no_grant_and_every_row_is_one() -> None:
    assert [i.title for i in stated(GRANTS, Item)] == [
        'PI, 2021-2024, Kestrel Trust, "Slow water", GBP 1.1 million',
        "Co-I, 2020-2023, Fonds de la Varne, sources, EUR 310,000 (PI: N. Brook; my share, EUR 40,000)",
        "Applied, Jan 2025, Kestrel Trust, follow-on (as PI), GBP 2.0 million",
        "Rejected, 2019, Fonds de la Varne, springs (as PI), EUR 90,000",
    ]
    assert path_over("Slow water") == ("GRANTS", "Role Years Funder / project Amount")


def test_rows_without_a_label_stand_under_the_one_above() -> None:
    assert [i.title for i in stated(SUPERVISION, Item)] == [
        "Ilka Marsh, 2022-, main supervisor",
        "Pim Oxbow, 2021-, co-supervisor (main: U. Kestrel)",
        "Tove Lagoon, 2016-2020, co-supervisor, completed",
        "MSc, 5 completed, of which 2 co-supervised; 1 withdrew",
    ]
    assert path_over("Tove Lagoon") == ("SUPERVISION", "PhD")
    assert path_over("5 completed") == ("SUPERVISION",)


def test_a_sub_heading_over_indented_lines_is_no_grant_of_its_own() -> None:
    assert [i.title for i in stated(FUNDING, Item)] == [
        "Saltmarsh Fellowship, NOK 2.4 million, 2023-2025 (own salary at 60% + boats)",
        "Oxley Seed Award, GBP 9,500, 2021-22",
        "DELTA (PI U. Kestrel), NOK 12 million in total; I lead WP3 (no separate budget)",
        "Northern Starting Grant, PI, EUR 1.2 million, interview on 12 Feb 2026",
    ]
    assert path_over("Northern Starting Grant") == ("FUNDING", "Pending")


def test_publications_under_sub_headings_are_read_one_by_one() -> None:
    assert [p.title for p in stated(PAPERS, Publication)] == [
        "Slow water in chalk streams of the east",
        "EDDY: a tracer model",
        "Review on tracers",
    ]
    assert path_over("Review on tracers") == ("PUBLICATIONS", "In preparation")
    assert path_over("Retracted") == ("PUBLICATIONS",)


def test_a_sub_heading_qualifies_the_talks_below_it() -> None:
    assert [i.title for i in stated(TALKS, Item)] == [
        "River Guild, Lin",
        "Seminar, Tarn University, Dec 2023 (remote)",
        "Water Days, Port, June 2022 (flash talk, 5 min)",
        "Guild meeting, Varnes",
        "Delta Symposium, March 2025 (illness; Marsh spoke instead)",
    ]
    assert path_over("Delta Symposium") == ("TALKS", "Invited, did not give")


def test_the_label_of_a_row_names_a_project() -> None:
    rows = """SOFTWARE
eddy-fit    Python, fits tracer curves: 40 citations. Sole maintainer of the
            code until 2023.
weirlog     R: logs of weirs. Deprecated 2021.
"""
    assert [p.title for p in stated(rows, Project, f"{CV}\n{rows}")] == ["eddy-fit", "weirlog"]


@pytest.mark.parametrize(
    "text",
    [
        "TALKS\nWhy rivers bend\n  Water Days, Port, 2019\nHow weirs sing\n  Guild meeting, Lin, 2020\n",
        "AWARDS\nBest Paper Award\n  Water Days, 2019\n",
    ],
)
def test_a_short_line_over_one_entry_is_the_head_of_it(text: str) -> None:
    assert {len(b.path) for b in read(text).blocks} == {1}


def test_what_is_stated_is_quoted_as_printed() -> None:
    document = read(CV)
    printed = "".join(CV.split())
    assert facts_in(document)
    assert all("".join(document.quote(fact.span).split()) in printed for fact in facts_in(document))
