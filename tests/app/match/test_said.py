"""What is read off a demand or an entry before anything is compared: money, people, levels, what is waived."""

import pytest

from app.match.amount import amounts, reaches
from app.match.extract import read_posting
from app.match.words import level, people_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a grant of £1.2 million", [(1_200_000.0, "GBP")]),
        ("420.000 Euro, 2023–2027", [(420_000.0, "EUR")]),
        ("385 000 €", [(385_000.0, "EUR")]),
        ("2,1 M€", [(2_100_000.0, "EUR")]),
        ("58万元，2022", [(580_000.0, "CNY")]),
        ("CAD 35,000 per year", [(35_000.0, "cad")]),
        ("about 140 students in 2022", []),
    ],
)
def test_money_is_read_as_people_of_many_countries_write_it(text: str, expected: list[tuple[float, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("entry", "asked", "expected"),
    [
        ("Trust of the North, £1,240,000", "grants of more than £1 million", True),
        ("Trust of the North, £186,000", "grants of more than £1 million", False),
        ("Landesförderung, 100.000 Euro", "more than EUR 100,000", False),
        ("Landesförderung, 100.000 Euro", "at least EUR 100,000", True),
        ("a fund of 2 million dollars", "at least EUR 100,000", False),
    ],
)
def test_a_sum_is_reached_in_its_own_currency_only(entry: str, asked: str, expected: bool) -> None:
    assert reaches(entry, asked) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Line manager of nine engineers", [9]),
        ("five doctoral students, two postdoctoral researchers", [5, 2, 7]),
        ("disciplinary leadership of at least 20 employees", [20]),
        ("博士生六人、硕士生四人、博士后一人", [6, 4, 1, 11]),
        ("十二名员工", [12]),
        ("twelve hospitals in three regions", []),
    ],
)
def test_people_are_counted_each_time_and_together(text: str, expected: list[int]) -> None:
    assert people_in(text) == expected


@pytest.mark.parametrize(("lower", "higher"), [("A1", "A2"), ("A2", "B1"), ("B1", "B2"), ("B2", "C1"), ("C1", "C2")])
def test_the_six_levels_of_a_language_stand_in_their_order(lower: str, higher: str) -> None:
    low, high = level(f"Polish ({lower})"), level(f"Polish ({higher})")
    assert low is not None
    assert high is not None
    assert low < high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Requirements:\n- A doctorate is not required\n- Knowledge of Go", ["Knowledge of Go"]),
        ("Ihr Profil:\n- Eine Promotion ist nicht erforderlich\n- Kenntnisse in Go", ["Kenntnisse in Go"]),
        ("Requirements:\n- Nursing in the community, not on wards", ["Nursing in the community, not on wards"]),
        ("Ihr Profil:\n- Finnischkenntnisse, idealerweise auch Dänisch", ["Finnischkenntnisse", "Dänisch"]),
        ("Requirements:\n- Fluent Finnish and Danish", ["Fluent Finnish and Danish"]),
        (
            "Ihr Profil:\n- Führung von zwölf Mitarbeiterinnen und Mitarbeitern",
            ["Führung von zwölf Mitarbeiterinnen und Mitarbeitern"],
        ),
        (
            "Applicants hold a degree in botany. They have worked with herbarium sheets.",
            ["a degree in botany", "worked with herbarium sheets"],
        ),
    ],
)
def test_a_demand_is_neither_torn_apart_nor_invented(text: str, expected: list[str]) -> None:
    assert [r.text for r in read_posting(text).requirements] == expected
