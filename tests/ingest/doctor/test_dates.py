"""Dates of positions, degrees and projects."""

import pytest

from ingest.doctor.finding import Finding
from tests.ingest.doctor.examined import examined, kinds, quotes


def cv(*entries: tuple[str, str, str], education: str = "") -> str:
    posts = "".join(f"**{place}**, Lisbon {period}\n\n{role}\n\n" for place, role, period in entries)
    return f"# Ada Byron\n\n## Experience\n\n{posts}{education}"


def career(*entries: tuple[str, str, str]) -> list[Finding]:
    return examined(cv(*entries))


LAB = ("Loom Institute", "Researcher")
MILL = ("Thread University", "Lecturer")


def test_a_career_in_order_gives_no_finding() -> None:
    degree = "## Education\n\n**Thread University** 2012.9 – 2016.6\n\nPh.D. in Weaving\n"
    assert examined(cv((*LAB, "2019.3 – Present"), (*MILL, "2016.9 – 2019.2"), education=degree)) == []


def test_a_position_without_dates_is_found() -> None:
    text = "## Experience\n\n### Loom Institute\n\nResearcher\n\n### Thread University\n\nLecturer, 2016.9 – 2019.2\n"
    assert quotes(examined(text), "missing-dates") == ["Loom Institute\n\nResearcher"]


@pytest.mark.parametrize("period", ["2021.6 – 2019.3", "2019.9 – 2019.3"])
def test_a_range_that_ends_before_it_begins_is_an_error(period: str) -> None:
    found = [f for f in career((*LAB, period)) if f.kind == "reversed-dates"]
    assert [f.severity for f in found] == ["error"]


def test_a_month_above_twelve_is_an_error_and_a_year_of_study_is_not() -> None:
    assert quotes(career((*LAB, "2018.13 – 2019.5")), "impossible-date") == ["2018.13"]
    assert "impossible-date" not in kinds(career((*LAB, "2018/19 – 2019/20")))


def test_a_day_that_no_month_has_is_an_error() -> None:
    text = cv((*LAB, "2019.3 – Present")) + "## Talks\n\n- Looms and numbers, 31 June 2020\n- Threads, 30 June 2020\n"
    assert quotes(examined(text), "impossible-date") == ["31 June 2020"]


def test_one_position_with_other_dates_in_another_document_is_found() -> None:
    one, other = cv((*LAB, "2016.3 – 2019.2")), cv((*LAB, "2017.3 – 2019.2"))
    found = examined(one, other)
    assert [(f.kind, f.document) for f in found] == [("dates-disagree", "2.md")]
    assert "begins at another time than in 1.md" in found[0].message


@pytest.mark.parametrize("period", ["2016 – 2019", "2016.3 – 2019.2"])
def test_dates_that_only_differ_in_precision_agree(period: str) -> None:
    assert "dates-disagree" not in kinds(examined(cv((*LAB, "2016.3 – 2019.2")), cv((*LAB, period))))


def test_a_position_that_goes_on_in_one_document_and_ended_in_another_is_found() -> None:
    found = examined(cv((*LAB, "2016.3 – 2019.2")), cv((*LAB, "2016.3 – Present")))
    assert "dates-disagree" in kinds(found)


def test_present_in_a_document_that_fell_silent_years_ago_is_found() -> None:
    old, new = cv((*LAB, "2016.3 – Present")), cv((*MILL, "2019.3 – 2023.5"))
    found = [f for f in examined(old, new) if f.kind == "stale-present"]
    assert [f.document for f in found] == ["1.md"]
    assert "newest date is 2016; others go up to 2023" in found[0].message


def test_present_in_the_newest_document_is_no_finding() -> None:
    assert "stale-present" not in kinds(examined(cv((*LAB, "2023.3 – Present")), cv((*MILL, "2016.3 – 2019.5"))))


def test_two_present_positions_are_a_note() -> None:
    found = [f for f in career((*LAB, "2019.3 – Present"), (*MILL, "2021.1 – Present")) if f.kind == "several-current"]
    assert [(f.severity, len(f.others)) for f in found] == [("note", 1)]


def test_positions_at_two_places_that_overlap_are_a_note() -> None:
    found = career((*LAB, "2018.3 – 2021.5"), (*MILL, "2016.9 – 2019.2"))
    assert [(f.kind, f.severity, len(f.others)) for f in found] == [("overlap", "note", 1)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((*LAB, "2018.3 – 2021.5"), (*MILL, "2016.9 – 2018.4")),
        ((*LAB, "2018 – 2021"), (*MILL, "2016 – 2018")),
        ((*LAB, "2018.3 – 2021.5"), ("Loom Institute", "Engineer", "2018.3 – 2020.1")),
        ((*LAB, "2018.3 – 2021.5"), ("Thread University", "Visiting Lecturer", "2019.3 – 2020.1")),
    ],
)
def test_a_hand_over_the_same_place_and_a_visit_are_no_overlap(
    first: tuple[str, str, str], second: tuple[str, str, str]
) -> None:
    assert "overlap" not in kinds(career(first, second))


def test_more_than_a_year_without_an_entry_is_a_note() -> None:
    found = career((*LAB, "2021.3 – Present"), (*MILL, "2016.9 – 2019.2"))
    assert [(f.kind, f.severity) for f in found] == [("gap", "note")]
    assert "24 months" in found[0].message


def test_years_alone_make_no_gap_that_is_not_certain() -> None:
    assert "gap" not in kinds(career((*LAB, "2020 – Present"), (*MILL, "2016 – 2018")))


def test_the_years_before_a_degree_that_prints_only_its_end_are_no_gap() -> None:
    degrees = (
        "## Education\n\n**Thread University** 2019\n\nPh.D. in Weaving\n\n**Loom College** 2012\n\nB.S. in Weaving\n"
    )
    assert examined(f"# Ada Byron\n\n{degrees}") == []
