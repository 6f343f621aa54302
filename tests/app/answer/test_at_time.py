"""What somebody was at a time: the posts and degrees that reach into it, and an honest word where none does."""

import pytest

from app.answer.at_time import at_time
from app.answer.periods import is_dated, reaches
from app.domain import Filters
from ingest.domain import PartialDate, Period, Position
from tests.app.conftest import Asking, Stage, cites, told

TOVE = "tove-aalberg"


def period(start: int | None, end: int | None = None, current: bool = False) -> Period:
    return Period(PartialDate(start) if start else None, PartialDate(end) if end else None, current)


@pytest.mark.parametrize(
    ("held", "years", "wanted"),
    [
        (period(2015, 2018), (2018, 2018), True),
        (period(2015, 2018), (2019, 2019), False),
        (period(2015, 2018), (2010, 2014), False),
        (period(2015, 2018), (2010, 2030), True),
        (period(2015, 2018), (None, 2015), True),
        (period(2015, 2018), (None, 2014), False),
        (period(2015, 2018), (2019, None), False),
        (period(2019, current=True), (2026, 2026), True),
        (period(2019, current=True), (2018, 2018), False),
        (period(2014), (2014, 2014), True),
        (period(2014), (2015, 2015), False),
        (period(None, 2012), (2012, 2012), True),
        (period(None, 2012), (2011, 2011), False),
        (period(None), (2011, 2011), False),
        (None, (None, None), False),
    ],
)
def test_a_period_reaches_into_the_years_that_it_shares(
    held: Period | None, years: tuple[int | None, int | None], wanted: bool
) -> None:
    assert reaches(held, years) is wanted


def test_a_period_that_goes_on_is_dated_and_an_empty_one_is_not() -> None:
    assert is_dated(period(None, current=True))
    assert is_dated(period(2014))
    assert not is_dated(period(None))
    assert not is_dated(None)


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("Where did she work in 2016?", ["Museum of Snow", "2015"], ["Frostline", "Uppsala"]),
        ("What did she do in 2012?", ["Alpine School Davos", "University of Uppsala"], ["Lund", "Museum"]),
        ("What did she do between 2008 and 2013?", ["Alpine School Davos", "Uppsala", "Lund"], ["Museum"]),
        ("Which jobs has she had since 2016?", ["2 positions since 2016", "Frostline", "Museum"], ["Davos", "Uppsala"]),
        ("How many positions has she held since 2014?", ["3 positions since 2014", "Davos"], ["Uppsala"]),
        ("Where did she study in 2006?", ["1 degree in 2006", "University of Lund"], ["Uppsala", "Davos"]),
        ("What was she doing before 2010?", ["up to 2009", "Lund", "Uppsala"], ["Davos"]),
        ("Where was she in summer 2016?", ["Museum of Snow"], ["Frostline"]),
        ("Wo hat sie 2016 gearbeitet?", ["Museum of Snow", "arbeitete"], ["Frostline"]),
        ("Dove lavorava nel 2016?", ["Museum of Snow"], ["Frostline"]),
        ("她2016年在哪里工作？", ["Museum of Snow", "2015年"], ["Frostline"]),
    ],
)
def test_the_posts_and_degrees_of_a_time_are_told(
    ask_tove: Asking, question: str, has: list[str], lacks: list[str]
) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "grounded"
    assert all(words in answer.answer for words in has), answer.answer
    assert not any(words in answer.answer for words in lacks), answer.answer


def test_a_time_without_a_post_is_said_and_what_was_studied_then_is_told(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "Where did she work in 2010?")
    assert answer.answer.startswith("The CV lists no position in 2010.")
    assert "University of Uppsala" in answer.answer
    assert answer.status == "refused"


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("What did she do in 1995?", "no position and no degree in 1995"),
        ("Which jobs did she have before 2000?", "no position up to 1999"),
        ("Where did she study in 2016?", "no degree or studies in 2016"),
    ],
)
def test_a_time_of_which_nothing_is_printed_is_refused(ask_tove: Asking, question: str, says: str) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "refused"
    assert says in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Was she at the Museum of Snow in 2016?", "Yes: Tove Aalberg was an Archivist"),
        ("Was she at the Museum of Snow in 2020?", "No: for Museum of Snow, the CV gives other dates:"),
        ("What did she do at the Museum of Snow in 2016?", "Tove Aalberg was an Archivist"),
        ("Was she at Lumenworks in 2016?", "The CV does not mention"),
    ],
)
def test_an_employer_and_a_year_are_looked_up_together(ask_tove: Asking, question: str, says: str) -> None:
    assert ask_tove(TOVE, question).answer.startswith(says)


def test_the_year_of_the_question_before_is_exchanged(ask_tove: Asking) -> None:
    assert "Alpine School Davos" in ask_tove(TOVE, "Where did she work in 2016?", "And in 2013?").answer


def test_a_year_after_all_that_is_printed_tells_what_goes_on(ask_tove: Asking) -> None:
    assert "Frostline Institute" in ask_tove(TOVE, "Where will she work in 2040?").answer


def test_posts_without_a_year_are_named_beside_the_list(mira: Stage) -> None:
    lab, museum, ice = (mira.span(w) for w in ("Northlight Labs", "Harbour Institute of Acoustics", "Whale song"))
    posts = [
        Position(span=lab, organisation="Northlight Labs", role="Engineer", period=period(2018, 2021)),
        Position(span=museum, organisation="Museum of Tides", role="Guide", period=period(2016, 2019)),
        Position(span=ice, organisation="Ice Yard", role="Guard"),
    ]
    scene = mira.facts(*posts).scene("Which jobs did she have?", "job_list", filters=Filters(years=(2017, None)))
    lead, *items, undated = at_time(scene).drafts
    assert "2 positions since 2017" in told(lead)
    assert len(items) == 2
    assert "1 entry prints no year" in told(undated)
    assert cites(undated, ice)
