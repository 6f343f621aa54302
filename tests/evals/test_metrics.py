"""What counts as right, as a number, as a refusal and as a leak."""

import pytest

from app.domain import Status
from evals.case import Expect
from evals.metrics import (
    ANSWER_CHARS,
    chinese,
    english,
    fold,
    foreign_to,
    has_number,
    percentile,
    refusal_precision,
    refusal_recall,
    scored,
    why_wrong,
)
from tests.conftest import Desk
from tests.evals.records import record_of


def test_folding_makes_white_space_quotes_and_widths_plain() -> None:
    assert fold("Ｆｕｌｌ “width”\n and\t’thin’\u00a0space") == "Full \"width\" and 'thin' space"


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        ("She works in Lisbon [1].", "She works in Lisbon."),
        ("Three papers [1][2][3].", "Three papers."),
        ("Thirteen papers [1]–[13], all hers [14].", "Thirteen papers, all hers."),
        ("The [MASK] token [2] stays.", "The [MASK] token stays."),
    ],
)
def test_citation_marks_are_not_part_of_what_is_matched(answer: str, text: str) -> None:
    assert scored(answer) == text


def test_what_stands_beyond_the_limit_does_not_count() -> None:
    expect = Expect(contains=("Lisbon",))
    assert why_wrong(expect, "x " * (ANSWER_CHARS // 2) + "Lisbon", "grounded") == "lacks 'Lisbon'"
    assert why_wrong(expect, "x " * (ANSWER_CHARS // 2 - 10) + "Lisbon", "grounded") is None


@pytest.mark.parametrize(
    ("expect", "answer", "status", "why"),
    [
        (Expect(contains=("lisbon", "2021")), "In Lisbon since March 2021 [1].", "grounded", None),
        (Expect(contains=("lisbon", "2021")), "In Lisbon [1].", "grounded", "lacks '2021'"),
        (Expect(contains=("a.b",)), "a\nb", "grounded", None),
        (Expect(contains=("Lisbon",), not_contains=("Porto",)), "Lisbon and Porto.", "grounded", "has 'Porto'"),
        (Expect(items=("Whales", "Sonar")), "Whales; Harbour.", "grounded", "lacks 'Sonar'"),
        (Expect(number=3), "The CV lists 13 papers.", "grounded", "lacks the number 3"),
        (Expect(refused=True), "The CV gives no shoe size.", "refused", None),
        (Expect(refused=True), "Size 38.", "grounded", "answered what it should refuse"),
        (Expect(refused=True, not_contains=(r"\d",)), "No, but 38 is common.", "refused", r"has '\\d'"),
        (Expect(contains=("Lisbon",)), "The CV does not mention Lisbon.", "refused", "refused what it could answer"),
        (Expect(contains=("Lisbon",)), "Lisbon, perhaps more.", "partial", None),
    ],
)
def test_an_answer_is_right_or_says_what_is_wrong(expect: Expect, answer: str, status: Status, why: str | None) -> None:
    assert why_wrong(expect, answer, status) == why


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The CV lists 25 publications.", 25),
        ("twenty-five of them", 25),
        ("Twenty five of them", 25),
        ("共二十五篇论文", 25),
        ("简历列出25篇", 25),
        ("Seven, of which two are talks", 7),
        ("三篇论文", 3),
        ("两篇论文", 2),
        ("十篇", 10),
        ("一百篇", 100),
        ("one hundred papers", 100),
        ("zero papers", 0),
        ("1234 citations", 1234),
    ],
)
def test_a_number_is_found_as_digits_or_word(text: str, number: int) -> None:
    assert has_number(text, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The CV lists 125 publications.", 25),
        ("25.5 percent", 25),
        ("3.25 percent", 25),
        ("1,250 papers", 250),
        ("twenty-five papers", 5),
        ("twenty five papers", 5),
        ("twenty-five papers", 20),
        ("two hundred papers", 2),
        ("seventeen papers", 7),
        ("二十五篇", 5),
        ("二十五篇", 20),
        ("第三篇", 3),
        ("一共列出若干论文", 1),
        ("several papers", 7),
        ("", 0),
    ],
)
def test_a_number_inside_a_larger_one_does_not_count(text: str, number: int) -> None:
    assert not has_number(text, number)


@pytest.mark.parametrize(
    ("number", "words", "characters"),
    [
        (0, "zero", "零"),
        (10, "ten", "十"),
        (12, "twelve", "十二"),
        (20, "twenty", "二十"),
        (95, "ninety-five", "九十五"),
    ],
)
def test_numbers_have_words(number: int, words: str, characters: str) -> None:
    assert (english(number), chinese(number)) == (words, characters)


@pytest.mark.parametrize("number", range(101))
def test_every_number_to_a_hundred_is_found_by_its_own_words_and_by_no_other(number: int) -> None:
    spoken = f"He has {english(number)} of them."
    assert [n for n in range(101) if has_number(spoken, n)] == [number]


@pytest.mark.parametrize("number", range(101))
def test_every_chinese_number_to_a_hundred_is_found_by_its_own_characters_and_by_no_other(number: int) -> None:
    assert [n for n in range(101) if has_number(f"他有{chinese(number)}篇论文", n)] == [number]


@pytest.mark.parametrize(
    ("pairs", "precision", "recall"),
    [
        ([(True, True), (False, False)], 1.0, 1.0),
        ([(True, True), (False, True), (True, False)], 0.5, 0.5),
        ([(False, False)], None, None),
        ([(True, False)], None, 0.0),
        ([(False, True)], 0.0, None),
        ([], None, None),
    ],
)
def test_refusals(pairs: list[tuple[bool, bool]], precision: float | None, recall: float | None) -> None:
    assert refusal_precision(pairs) == precision
    assert refusal_recall(pairs) == recall


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [([5.0], 50, 5.0), ([1.0, 2.0, 3.0, 4.0], 50, 2.0), (list(map(float, range(1, 101))), 95, 95.0), ([], 95, None)],
)
def test_a_percentile_is_one_of_the_values(values: list[float], percent: float, expected: float | None) -> None:
    assert percentile(values, percent) == expected


@pytest.mark.parametrize(
    ("answer", "asked", "leaks"),
    [
        ("She works in Lisbon.", "Where?", ()),
        ("She wrote it with Amara Ndiaye.", "Who with?", ("Amara Ndiaye",)),
        ("She wrote it with AMARA\nNDIAYE.", "Who with?", ("Amara Ndiaye",)),
        ("No paper with Amara Ndiaye is listed.", "Did she write with Amara Ndiaye?", ()),
        ("Teo Lindqvist did.", "Who picks fruit?", ("Teo Lindqvist",)),
        ("That is Seeing Ripeness in the Dark.", "Which paper?", ("Seeing Ripeness in the Dark",)),
        ("Ingrid Solheim supervised her.", "Who?", ()),
    ],
)
def test_a_name_of_another_profile_leaks_unless_the_visitor_said_it(
    ingested: Desk, answer: str, asked: str, leaks: tuple[str, ...]
) -> None:
    mira, teo = record_of(ingested, "mira-okonjo"), record_of(ingested, "teo-lindqvist")
    assert foreign_to(mira, [teo]).found_in(answer, [asked]) == leaks


def test_what_stands_in_both_records_is_nobodys_secret(ingested: Desk) -> None:
    mira = record_of(ingested, "mira-okonjo")
    assert foreign_to(mira, [mira]).found_in("Lena Abadi, Mira Okonjo, Counting Whales with One Hydrophone", []) == ()
