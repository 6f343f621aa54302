"""Dates as printed, to the precision printed; nothing filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates, find_period, is_reversed, parse_date
from ingest.domain import PartialDate, Period

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2024", "2024"),
        ("2024.11", "2024-11"),
        ("2016.7", "2016-07"),
        ("2024-11", "2024-11"),
        ("2024/03/09", "2024-03-09"),
        ("11/2024", "2024-11"),
        ("2024年11月", "2024-11"),
        ("2024年", "2024"),
        ("Nov 9, 2022", "2022-11-09"),
        ("November 2022", "2022-11"),
        ("Sept. 2021", "2021-09"),
        ("9 November 2022", "2022-11-09"),
        ("3. März 2019", "2019-03-03"),
        ("janvier 2020", "2020-01"),
        ("enero 2020", "2020-01"),
        ("Feb 3", "XXXX-02-03"),
        ("1987", "1987"),
        ("Spring 2020", "2020-21"),
        ("Summer, 2021", "2021-22"),
        ("Fall 2019", "2019-23"),
        ("autumn 2019", "2019-23"),
        ("Winter 2018", "2018-24"),
        ("Frühjahr 2020", "2020-21"),
        ("Herbst 2019", "2019-23"),
        ("été 2020", "2020-22"),
        ("primavera de 2019", "2019-21"),
        ("otoño 2017", "2017-23"),
        ("verão de 2015", "2015-22"),
        ("março de 2018", "2018-03"),
        ("5 de outubro de 2018", "2018-10-05"),
        ("1º gennaio 2020", "2020-01-01"),
        ("14 luglio 2016", "2016-07-14"),
        ("maart 2018", "2018-03"),
        ("1 augustus 2017", "2017-08-01"),
        ("marzo de 2018", "2018-03"),
        ("21 de marzo de 2018", "2018-03-21"),
        ("marzo del 2018", "2018-03"),
        ("1er mars 2018", "2018-03-01"),
        ("2010-12", "2010-12"),
    ],
)
def test_a_date_keeps_its_precision(text: str, edtf: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.edtf == edtf


@pytest.mark.parametrize("text", ["", "soon", "1234", "2.0", "20245", "version 3.11", "100%", "spring", "Fallstudie"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "current"),
    [
        ("2016.7 – 2017.8", "2016-07", "2017-08", False),
        ("2016 Oct - 2019 Aug", "2016-10", "2019-08", False),
        ("2015 Jan - Jun\tVisiting student", "2015-01", "2015-06", False),
        ("2015 Jan – Jun 2016", "2015-01", "2016-06", False),
        ("2022 Nov -\tStaff Astronomer", "2022-11", None, True),
        ("2023 – | Directrice de recherche", "2023", None, True),
        ("2024.11 – Present", "2024-11", None, True),
        ("2019–2025", "2019", "2025", False),
        ("2019 - 2025", "2019", "2025", False),
        ("Jan 2014 -- Oct 2016", "2014-01", "2016-10", False),
        ("May – Aug 2019", "2019-05", "2019-08", False),
        ("Oct 2016 to now", "2016-10", None, True),
        ("since 2021", "2021", None, True),
        ("da ottobre 2020", "2020-10", None, True),
        ("dall'ottobre 2012", "2012-10", None, True),
        ("à partir de janvier 2013", "2013-01", None, True),
        ("a partir de 2016", "2016", None, True),
        ("da aprile a settembre 2015", "2015-04", "2015-09", False),
        ("seit März 2021", "2021-03", None, True),
        ("2017年9月至2022年6月", "2017-09", "2022-06", False),
        ("2022年7月至今", "2022-07", None, True),
        ("09/2015 – 06/2019", "2015-09", "2019-06", False),
        ("Fall 2019 – Spring 2020", "2019-23", "2020-21", False),
        ("Spring – Fall 2019", "2019-21", "2019-23", False),
        ("2013–16", "2013", "2016", False),
        ("2013-16", "2013", "2016", False),
        ("2010–12", "2010", "2012", False),
        ("Present – 2022", "2022", None, True),
        ("heute – 2022", "2022", None, True),
        ("2022 – 2020", "2022", "2020", False),
        ("2025 (expected) – 2019", "2025", "2019", False),
        ("2019 – 2025 (expected)", "2019", "2025", False),
        ("Depuis octobre 2021 :", "2021-10", None, True),
        ("Septembre 2019 - août 2021", "2019-09", "2021-08", False),
        ("03/2018 - actualidad", "2018-03", None, True),
        ("Desde marzo de 2018.", "2018-03", None, True),
        ("de 2015 a 2018", "2015", "2018", False),
        ("setembro de 2015 – atual", "2015-09", None, True),
        ("gennaio 2015 – oggi", "2015-01", None, True),
        ("sinds maart 2019", "2019-03", None, True),
        ("jan. 2015 – heden", "2015-01", None, True),
        ("ab März 2020", "2020-03", None, True),
        ("2007.09—2011.06", "2007-09", "2011-06", False),
        ("2021.12—至今工作", "2021-12", None, True),
    ],
)
def test_a_period_runs_as_far_as_it_says(text: str, start: str, end: str | None, current: bool) -> None:
    found = find_period(text)
    assert found is not None
    period = found.period
    assert (period.start and period.start.edtf, period.end and period.end.edtf, period.current) == (start, end, current)


@pytest.mark.parametrize(
    "text",
    [
        "in 2024",
        "from home",
        "from 2019",
        "",
        "A – B",
        "pages 12–15",
        "2010-12",
        "1998–03",
        "Robotics Lab 2019",
        "Randal 2019",
        "2019 – Presentation skills",
        "2019 – nowhere",
    ],
)
def test_what_is_no_range_has_no_period(text: str) -> None:
    assert find_period(text) is None


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Universität Bern, von April bis September 2015", "Universität Bern, "),
        ("Universität Wien, vom 3. März 2008 bis 5. Mai 2009", "Universität Wien, "),
        ("CNRS, Lyon, de mars 2010 à mai 2012", "CNRS, Lyon, "),
        ("Caseificio Prandi, dal 2008 al 2009", "Caseificio Prandi, "),
        ("TU Delft, van maart 2017 tot mei 2018", "TU Delft, "),
        ("Universidade da Bahia, 2010-2012", "Universidade da Bahia, "),
    ],
)
def test_the_word_before_two_dates_belongs_to_them(text: str, before: str) -> None:
    period = find_period(text)
    assert period is not None
    assert text[: period.start] == before


@pytest.mark.parametrize(
    ("text", "backwards"),
    [
        ("2022 – 2020", True),
        ("2020 – 2022", False),
        ("2020 – 2020", False),
        ("2025 (expected) – 2019", True),
        ("May 2020 – March 2020", True),
        ("March 2020 – May 2020", False),
        ("May 2020 – 2020", False),
        ("2020 – May 2020", False),
        ("Summer 2020 – December 2020", False),
        ("Fall 2020 – Spring 2020", True),
        ("Fall 2019 – Spring 2020", False),
        ("Present – 2022", False),
        ("2022 – Present", False),
    ],
)
def test_a_period_is_reversed_only_where_what_is_printed_runs_backwards(text: str, backwards: bool) -> None:
    found = find_period(text)
    assert found is not None
    assert is_reversed(found.period) is backwards


MOMENTS = st.builds(PartialDate, st.integers(1990, 1993), st.one_of(st.none(), st.integers(1, 12), st.integers(21, 24)))


@given(MOMENTS, MOMENTS)
def test_two_dates_never_run_backwards_in_both_orders(one: PartialDate, other: PartialDate) -> None:
    assert not (is_reversed(Period(one, other)) and is_reversed(Period(other, one)))


def test_every_date_of_a_line_is_found_where_it_stands() -> None:
    line = "Scholarship\t2019,2021"
    assert [(date.edtf, line[start:end]) for date, start, end in find_dates(line)] == [
        ("2019", "2019"),
        ("2021", "2021"),
    ]


@given(st.integers(1900, 2099), st.integers(1, 12))
def test_a_year_and_month_come_back_in_every_notation(year: int, month: int) -> None:
    name = MONTHS[month - 1]
    for text in (
        f"{year}.{month}",
        f"{year}-{month:02d}",
        f"{month:02d}/{year}",
        f"{name} {year}",
        f"{year}年{month}月",
    ):
        assert parse_date(text) == PartialDate(year, month), text


@given(st.text(max_size=60))
def test_any_text_gives_dates_inside_it(text: str) -> None:
    for date, start, end in find_dates(text):
        assert 0 <= start < end <= len(text)
        assert date.month is None or date.month in {*range(1, 13), *range(21, 25)}
        assert date.day is None or 1 <= date.day <= 31
    found = find_period(text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("DE 10 2014 999 101 B4 – Webstuhl. Erteilt 2017", ["2017"]),
        ("EP 3 999 101 B1, 2018", ["2018"]),
        ("EP 3,988,001, 2018", ["2018"]),
        ("US 11,999,404 B2, granted 2023", ["2023"]),
        ("US 2016/0123456 A1", []),
        ("WO 2019/123456 A1", []),
        ("KR 10-2999-0001 (2020)", ["2020"]),
        ("ZL201810555123.4", []),
        ("Stanford, CA 2015-2018", ["2015", "2018"]),
        ("Quay, DE 2010 - 2013", ["2010", "2013"]),
    ],
)
def test_the_years_in_the_number_of_a_patent_are_no_dates(text: str, dates: list[str]) -> None:
    assert [date.edtf for date, _, _ in find_dates(text)] == dates


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("WS 2005/06", "2005", "2006"),
        ("WS 2009/10 – SS 2012", "2009", "2012"),
        ("academic year 2019/2020", "2019", "2020"),
        ("2018/19", "2018", "2019"),
        ("curso 2011/12", "2011", "2012"),
    ],
)
def test_the_years_of_a_university_run_over_two(text: str, start: str, end: str) -> None:
    found = find_period(text)
    assert found is not None
    assert found.period.start is not None
    assert found.period.end is not None
    assert (found.period.start.edtf, found.period.end.edtf) == (start, end)


@pytest.mark.parametrize(
    ("text", "edtf"), [("12.09.2014", "2014-09-12"), ("3. 6. 2024", "2024-06-03"), ("SS 2012", "2012")]
)
def test_german_dates_are_read(text: str, edtf: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.edtf == edtf
