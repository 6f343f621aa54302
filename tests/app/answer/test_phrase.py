"""The phrase engine: values, optional parts, plurals, lists, dates and durations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.phrase import (
    date_text,
    duration_text,
    joined,
    period_phrase,
    period_text,
    say,
    with_article,
    words,
)
from app.domain import Language
from ingest.domain import PartialDate, Period

NOVEMBER = PartialDate(2024, 11)
JULY = PartialDate(2022, 7)


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        (
            "email",
            {"source": "the CV", "value": "a@b.org", "cite": "[1]"},
            "The e-mail address in the CV is a@b.org [1].",
        ),
        ("job_item", {"role": "Engineer", "cite": "[1]"}, "Engineer [1]"),
        ("job_item", {"role": "Engineer", "where": "at Ports", "cite": "[1]"}, "Engineer at Ports [1]"),
        (
            "job_item",
            {"role": "Engineer", "where": "at Ports", "period": "2020", "cite": "[1]"},
            "Engineer at Ports (2020) [1]",
        ),
        ("job_item", {"role": "Engineer", "where": "", "period": None, "cite": "[1]"}, "Engineer [1]"),
        ("job_list", {"source_cap": "The CV", "count": 1}, "The CV lists 1 position:"),
        ("job_list", {"source_cap": "The CV", "count": 2}, "The CV lists 2 positions:"),
        ("job_list", {"source_cap": "The CV", "count": 0}, "The CV lists 0 positions:"),
        ("since", {"date": "2020"}, "Since 2020"),
    ],
)
def test_a_phrase_takes_values_leaves_out_what_is_missing_and_counts(
    key: str, values: dict[str, str | int | None], text: str
) -> None:
    assert say("en", key, **values) == text


def test_a_value_that_a_phrase_needs_and_does_not_get_is_an_error() -> None:
    with pytest.raises(KeyError, match="value"):
        say("en", "email", source="the CV", cite="")


def test_a_phrase_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_phrase"):
        say("en", "no_such_phrase")


@pytest.mark.parametrize(
    "value", ["$name", "[optional]", "{count|one|many}", "$cite [$x] {a|b|c}", "50 $", "\\1 \\g<0>"]
)
def test_what_a_value_holds_is_never_read_as_a_template(value: str) -> None:
    assert say("en", "paper_item", title=value, details=value, cite="[1]", count=1) == f"“{value}” ({value}) [1]"


@given(st.text(max_size=40))
def test_any_value_comes_through_unchanged(value: str) -> None:
    assert say("en", "paper_item", title=value, details=None, cite="") == f"“{value}” "


def test_chinese_has_its_own_phrases_and_falls_back_to_english() -> None:
    assert say("zh", "refuse_no_phone", source="简历", source_cap="简历") == "简历没有给出电话号码。"
    assert say("zh", "at_org", organisation="Ports", place=None) == say(
        "en", "at_org", organisation="Ports", place=None
    )


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        ("since", {"date": "2020"}, "since 2020"),
        ("source_cv", {}, "the CV"),
        ("rank_2", {}, "second"),
        ("at_org", {"organisation": "Ports"}, "at Ports"),
    ],
)
def test_a_part_of_a_sentence_begins_small(key: str, values: dict[str, str], text: str) -> None:
    assert words("en", key, **values) == text


@pytest.mark.parametrize(
    ("language", "items", "text"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "b"], "a and b"),
        ("en", ["a", "b", "c"], "a, b and c"),
        ("zh", ["甲"], "甲"),
        ("zh", ["甲", "乙", "丙"], "甲、乙和丙"),
    ],
)
def test_lists_are_joined_as_people_say_them(language: Language, items: list[str], text: str) -> None:
    assert joined(language, items) == text


@pytest.mark.parametrize(
    ("date", "english", "chinese"),
    [
        (PartialDate(2024), "2024", "2024年"),
        (NOVEMBER, "November 2024", "2024年11月"),
        (PartialDate(2022, 11, 9), "November 9, 2022", "2022年11月9日"),
        (PartialDate(None, 2, 3), "February 3", "2月3日"),
        (PartialDate(None, 4), "April", "4月"),
    ],
)
def test_a_date_is_told_to_its_own_precision(date: PartialDate, english: str, chinese: str) -> None:
    assert date_text("en", date) == english
    assert date_text("zh", date) == chinese


@pytest.mark.parametrize(
    ("period", "short", "phrase", "chinese"),
    [
        (Period(NOVEMBER, current=True), "since November 2024", "since November 2024", "自2024年11月起"),
        (
            Period(JULY, NOVEMBER),
            "July 2022 – November 2024",
            "from July 2022 to November 2024",
            "2022年7月 – 2024年11月",
        ),
        (Period(PartialDate(2017), PartialDate(2017)), "2017", "in 2017", "2017年"),
        (Period(None, JULY), "until July 2022", "until July 2022", "至2022年7月"),
        (Period(None, current=True), "to the present", "to the present", "至今"),
    ],
)
def test_a_period_reads_alone_and_inside_a_sentence(period: Period, short: str, phrase: str, chinese: str) -> None:
    assert period_text("en", period) == short
    assert period_phrase("en", period) == phrase
    assert period_text("zh", period) == chinese


@pytest.mark.parametrize(
    ("months", "english", "chinese"),
    [
        (0, "0 months", "0个月"),
        (1, "1 month", "1个月"),
        (11, "11 months", "11个月"),
        (12, "1 year", "1年"),
        (13, "1 year and 1 month", "1年零1个月"),
        (29, "2 years and 5 months", "2年零5个月"),
        (65, "5 years and 5 months", "5年零5个月"),
        (36, "3 years", "3年"),
    ],
)
def test_a_duration_is_told_in_years_and_months(months: int, english: str, chinese: str) -> None:
    assert duration_text("en", months) == english
    assert duration_text("zh", months) == chinese


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("Researcher", "a Researcher"),
        ("Engineer", "an Engineer"),
        ("Assistant Professor", "an Assistant Professor"),
        ("Ph.D. in Physics", "a Ph.D. in Physics"),
        ("M.Sc. in Physics", "an M.Sc. in Physics"),
        ("MSc in Physics", "an MSc in Physics"),
        ("B.S. in Physics", "a B.S. in Physics"),
        ("Undergraduate Assistant", "an Undergraduate Assistant"),
        ("University Lecturer", "a University Lecturer"),
        ("Head of Group", "a Head of Group"),
        ("AI Researcher", "an AI Researcher"),
        ("NLP Engineer", "an NLP Engineer"),
        ("Intern", "an Intern"),
        ("the Director", "the Director"),
        ("An Aide", "An Aide"),
    ],
)
def test_a_noun_gets_the_article_that_is_spoken(noun: str, text: str) -> None:
    assert with_article(noun) == text
