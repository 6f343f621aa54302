"""Dates as printed, to the precision printed; nothing filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dates import find_dates, find_period, parse_date
from ingest.domain import PartialDate

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
    ],
)
def test_a_date_keeps_its_precision(text: str, edtf: str) -> None:
    date = parse_date(text)
    assert date is not None
    assert date.edtf == edtf


@pytest.mark.parametrize("text", ["", "soon", "1234", "2.0", "20245", "version 3.11", "100%"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "start", "end", "current"),
    [
        ("2016.7 – 2017.8", "2016-07", "2017-08", False),
        ("2024.11 – Present", "2024-11", None, True),
        ("2019–2025", "2019", "2025", False),
        ("2019 - 2025", "2019", "2025", False),
        ("Jan 2014 -- Oct 2016", "2014-01", "2016-10", False),
        ("May – Aug 2019", "2019-05", "2019-08", False),
        ("Oct 2016 to now", "2016-10", None, True),
        ("since 2021", "2021", None, True),
        ("seit März 2021", "2021-03", None, True),
        ("2017年9月至2022年6月", "2017-09", "2022-06", False),
        ("2022年7月至今", "2022-07", None, True),
        ("09/2015 – 06/2019", "2015-09", "2019-06", False),
    ],
)
def test_a_period_runs_as_far_as_it_says(text: str, start: str, end: str | None, current: bool) -> None:
    found = find_period(text)
    assert found is not None
    period = found.period
    assert (period.start and period.start.edtf, period.end and period.end.edtf, period.current) == (start, end, current)


@pytest.mark.parametrize("text", ["in 2024", "from home", "", "A – B", "pages 12–15"])
def test_what_is_no_range_has_no_period(text: str) -> None:
    assert find_period(text) is None


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
        assert date.month is None or 1 <= date.month <= 12
        assert date.day is None or 1 <= date.day <= 31
    found = find_period(text)
    assert found is None or 0 <= found.start < found.end <= len(text)
