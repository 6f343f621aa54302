"""Publications by year and by venue: every one counted once, cited in its group, and what has none said apart."""

import pytest

from app.answer.tally import by_venue, by_year
from app.domain import Filters
from ingest.domain import PartialDate, Publication
from tests.app.conftest import Asking, Stage, told


def paper(stage: Stage, n: int, year: int | None, venue: str | None) -> Publication:
    date = PartialDate(year) if year else None
    return Publication(
        span=stage.span(("Okonjo", "Lisbon", "Acoustics", "Mira")[n]), title=f"T{n}", date=date, venue_tag=venue
    )


@pytest.fixture
def some(mira: Stage) -> Stage:
    rows = ((2021, "SoundConf"), (2024, "SoundConf"), (2024, None), (None, "J. Sound"))
    return mira.facts(*(paper(mira, n, *row) for n, row in enumerate(rows)))


def test_years_stand_newest_first_and_what_has_none_is_counted_apart(some: Stage) -> None:
    assert (
        " ".join(told(by_year(some.scene("By year?"))).split())
        == "Publications by year: 2024 (2) 2021 (1) 1 prints no year."
    )


def test_venues_stand_most_frequent_first(some: Stage) -> None:
    assert " ".join(told(by_venue(some.scene("Which venues?"))).split()) == (
        "2 venues are named: SoundConf (2) J. Sound (1) 1 names no venue."
    )


def test_of_one_year_or_venue_it_is_said_which_they_are(some: Stage) -> None:
    of_year = by_year(some.scene("By year?", filters=Filters(years=(2024, 2024))))
    assert "2 publications from 2024" in " ".join(told(of_year).split())
    at_venue = by_venue(some.scene("Which venues?", filters=Filters(venue="SoundConf")))
    assert "2 publications" in told(at_venue)


def test_who_names_journals_and_conferences_asks_for_either(some: Stage) -> None:
    scene = some.scene("Which conferences and journals?", filters=Filters(venue_class="journal"))
    assert "SoundConf (2)" in told(by_venue(scene))


def test_without_publications_there_is_nothing_to_group(mira: Stage) -> None:
    assert by_year(mira.facts().scene("By year?")).status == "refused"


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("How many publications are there in each year?", "Publications by year:"),
        ("At which venues did they appear?", "8 venues are named:"),
        ("每年发表了多少篇论文？", "按年份："),
        ("论文发表在哪些会议和期刊？", "共有8处发表："),
    ],
)
def test_the_questions_behind_the_numbers_of_the_page_are_understood(ask: Asking, question: str, begins: str) -> None:
    answer = ask("qian-liu", question)
    assert answer.answer.startswith(begins)
    assert answer.status == "grounded"
    assert len(answer.citations) == 25 or "venues" in question or "会议" in question
