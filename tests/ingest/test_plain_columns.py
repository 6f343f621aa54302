"""Plain text whose headings have remarks, whose degrees have their years in a column, and whose last sections stand in a column of labels."""

import pytest

from ingest.domain import Degree, Document, Honour, Item, Position, Publication, Section, Source
from ingest.extract import facts_in
from ingest.readers import plain

RULE = "-" * 79
POSTS = f"""WILMA R. QUIST
Nurse and teacher

{RULE}
CURRENT POSTS (both of them, 0.8 FTE since 2021)
{RULE}
03/2017 - present   Senior Nurse, Dermatology                      0.4 FTE
                    Kelpie Health Board, Quayside                  (on call
                    until May 2020)
                    * looks after four wards

09/2020 - present   Practice Tutor, St Bride's Hospice  0.4 FTE

{RULE}
EARLIER POSTS
{RULE}
2012 - 2016   Staff Nurse, Port Hospital, Lin
"""
DEGREES = f"""WILMA R. QUIST

{RULE}
QUALIFICATIONS
{RULE}
PhD (part-time), University of Quay           started May 2021, PAUSED since
     Feb 2024; back in autumn. Topic: how dyes fade in the
     light of a northern window.
     Supervisors: Prof Bo Wool, Dr Ada Byron
MA Textile Practice (Merit)                   2012    University of Harbourtown
First Aid and Safety at the Loom, level three 2011
DipHE Design                                  2008    Kelpie College of Arts and Looms
BA Spanish, Univ. of Lin                      1996-97, one year only
"""
LABELS = f"""WILMA R. QUIST

{RULE}
EDUCATION
{RULE}
MA Textile Practice, University of Harbourtown, 2012

Publications
 - Quist W. The shed and the shuttle. Loom Notes 2019; 7: 88-94.

{RULE}
TEACHING        Visiting lecturer, University of Quay, since 2018: dyeing,
                six weeks each spring.
AWARDS          Weaver of the Year, Weavers' Guild, 2019.
                Threlkeld Medal 2021.
OTHER           Plays the fiddle. Keeps bees.
REFEREES        Names will be sent
"""


def read(text: str) -> Document:
    return plain.read(text, Source("cv.txt", "CV"))


def test_a_remark_behind_a_heading_in_capitals_does_not_hide_it() -> None:
    found = [f for f in facts_in(read(POSTS)) if isinstance(f, Position)]
    assert [(f.role, f.organisation, f.place) for f in found] == [
        ("Senior Nurse", "Kelpie Health Board", "Quayside"),
        ("Practice Tutor", "St Bride's Hospice", None),
        ("Staff Nurse", "Port Hospital", "Lin"),
    ]
    assert [f.period.current for f in found if f.period] == [True, True, False]


def test_degrees_with_their_years_in_a_column_are_rows() -> None:
    found = [f for f in facts_in(read(DEGREES)) if isinstance(f, Degree)]
    assert [(f.title, f.institution, f.period.start.edtf if f.period and f.period.start else "") for f in found] == [
        ("PhD (part-time)", "University of Quay", "2021-05"),
        ("MA Textile Practice (Merit)", "University of Harbourtown", "2012"),
        ("DipHE Design", "Kelpie College of Arts and Looms", "2008"),
        ("BA Spanish", "Univ. of Lin", "1996"),
    ]
    assert found[0].supervisors == ("Prof Bo Wool", "Dr Ada Byron")


@pytest.mark.parametrize("rest", ["SUSPENDED since Jan 2023", "unterbrochen seit 2023", "interrompue depuis 2023"])
def test_a_degree_does_not_begin_when_it_was_interrupted(rest: str) -> None:
    (degree,) = (
        f
        for f in facts_in(read(f"EDUCATION\n\nPhD in Looms, University of Quay, started 2020, {rest}\n"))
        if isinstance(f, Degree)
    )
    assert degree.period is not None
    assert degree.period.start is not None
    assert (degree.period.start.edtf, degree.period.end, degree.period.current) == ("2020", None, False)


def test_labels_in_capitals_that_name_sections_open_them() -> None:
    document = read(LABELS)
    facts = facts_in(document)
    assert [f.title for f in facts if isinstance(f, Publication)] == ["The shed and the shuttle"]
    assert [f.kind for f in facts if isinstance(f, Item)] == ["teaching"]
    assert [f.title for f in facts if isinstance(f, Honour)] == [
        "Weaver of the Year, Weavers' Guild",
        "Threlkeld Medal",
    ]
    last = document.blocks[-1]
    assert (document.quote(last.span), last.section, last.path) == ("Names will be sent", Section.OTHER, ("REFEREES",))
