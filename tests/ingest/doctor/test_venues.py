"""Venue lines that contradict themselves or one another."""

import pytest

from ingest.doctor.finding import Finding
from ingest.doctor.venues import ordinal_in
from tests.ingest.doctor.examined import examined

TITLES = ("Looms That Reckon", "Reckoning on Looms", "Weaving by Numbers", "Shuttles in Motion", "Threads of Proof")


def cv(*venues: str) -> str:
    lines = (f"- Ada Byron, Bo Li, {title}. In *{venue}\n" for title, venue in zip(TITLES, venues, strict=False))
    return "## Publications\n\n" + "".join(lines)


def contradictions(*venues: str) -> list[Finding]:
    return [f for f in examined(cv(*venues)) if f.kind.startswith("venue-")]


def meeting(ordinal: str, year: int) -> str:
    return f"Proceedings of the {ordinal} Annual Meeting of the Loom Society* (ALS-{year})"


def test_a_year_inside_the_long_name_contradicts_that_of_the_tag() -> None:
    (found,) = contradictions("Proceedings of the 2020 Conference on Looms* (COL-2022)")
    assert (found.kind, found.severity) == ("venue-year", "warning")
    assert found.quote == "Proceedings of the 2020 Conference on Looms"
    assert "says 2020, the entry says 2022" in found.message


def test_a_year_behind_the_long_name_contradicts_that_of_the_tag() -> None:
    (found,) = contradictions("International Conference on Looms* 2019 (ICL-2021)")
    assert found.kind == "venue-year"


@pytest.mark.parametrize(
    "venue",
    [
        "Proceedings of the 2020 Conference on Looms* (COL-2020)",
        "Proceedings of the 2020 Conference on Looms* 2020 (COL-2020 Oral)",
        "International Conference on Looms* 2021 (ICL-2021)",
        "Journal of Looms 2000* (JOL-2000)",
        "arXiv preprint arXiv:1903.00123*, 2021.",
    ],
)
def test_years_that_agree_are_no_contradiction(venue: str) -> None:
    assert contradictions(venue) == []


def test_proceedings_a_year_late_are_only_a_note() -> None:
    (found,) = contradictions("Proceedings of the 2019 Conference on Looms*, 2020.")
    assert (found.kind, found.severity) == ("venue-year", "note")


def test_the_meeting_that_does_not_fit_the_others_is_the_odd_one_out() -> None:
    found = contradictions(meeting("59th", 2021), meeting("60th", 2022), meeting("59th", 2024))
    assert [f.kind for f in found] == ["venue-ordinal"]
    assert "number 59 of the series in 2024, another puts number 59 in 2021" in found[0].message
    assert len(found[0].others) == 1


def test_of_a_lone_pair_that_disagrees_both_are_named() -> None:
    found = contradictions(meeting("59th", 2021), meeting("59th", 2024))
    assert [f.severity for f in found] == ["warning", "warning"]
    assert [f.others for f in found] == [(found[1].span,), (found[0].span,)]


def test_two_numbers_for_one_year_disagree() -> None:
    assert len(contradictions(meeting("59th", 2021), meeting("Sixtieth", 2021))) == 2


@pytest.mark.parametrize(
    "meetings",
    [
        [("58th", 2020), ("59th", 2021), ("60th", 2022)],
        [("12th", 2016), ("13th", 2018), ("14th", 2020)],
        [("Thirty-Fourth", 2020), ("35th", 2021)],
        [("59th", 2021), ("59th", 2021)],
    ],
)
def test_annual_and_rarer_series_in_order_are_no_contradiction(meetings: list[tuple[str, int]]) -> None:
    assert contradictions(*(meeting(ordinal, year) for ordinal, year in meetings)) == []


def test_a_series_that_may_have_left_out_a_year_is_only_a_note() -> None:
    found = contradictions(meeting("58th", 2018), meeting("59th", 2019), meeting("60th", 2021))
    assert [f.severity for f in found] == ["note"]


def test_a_workshop_with_a_tag_of_its_conference_is_another_series() -> None:
    workshop = "Proceedings of the 2nd Workshop on Shuttles* (ALS-2021)"
    assert contradictions(meeting("59th", 2021), workshop) == []


def test_a_track_of_the_meeting_is_the_same_series() -> None:
    track = "Proceedings of the 59th Annual Meeting of the Loom Society: System Demonstrations* (ALS-2022)"
    assert len(contradictions(meeting("59th", 2021), track)) == 2


@pytest.mark.parametrize(
    ("venue", "ordinal"),
    [
        ("Proceedings of the 59th Annual Meeting", 59),
        ("Twenty-Second Conference on Looms", 22),
        ("The Thirty Fourth AAAI Conference", 34),
        ("First Conference on Looms", 1),
        ("Thirtieth Symposium", 30),
        ("Tagungsband der 12. Internationalen Webtagung", 12),
        ("Actes de la 8e Conférence sur le tissage", 8),
        ("Actas del XII Congreso de Telares", 12),
        ("XIX Convegno sui telai", 19),
        ("第18届全国纺织会议", 18),
        ("Konferenz vom 12. Mai 2020", None),
        ("Journal of Looms 14", None),
        ("Advances in Weaving", None),
        ("CVPR", None),
    ],
)
def test_the_number_of_a_meeting_is_read_in_several_languages(venue: str, ordinal: int | None) -> None:
    assert ordinal_in(venue) == ordinal
