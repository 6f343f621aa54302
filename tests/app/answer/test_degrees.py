"""Answers about degrees."""

from dataclasses import replace
from typing import Any

import pytest

from app.answer.degrees import degree_supervisor, degrees, has_level, is_held, level_asked
from ingest.domain import Degree, PartialDate, Period
from tests.app.conftest import Stage, cites, told


@pytest.fixture
def bergen(mira: Stage) -> Degree:
    return degree(mira, "Bergen", "Ph.D. in Physics", 2014, 2018, supervisors=("Ingrid Solheim",), note="with honours")


@pytest.fixture
def porto(mira: Stage) -> Degree:
    return degree(mira, "Porto", "B.Sc. in Music", 2010, 2014)


def degree(mira: Stage, institution: str, title: str | None, first: int, last: int, **fields: Any) -> Degree:
    """A degree whose citation is a line of the CV."""
    span = mira.span("University of Bergen" if institution == "Bergen" else "Ph.D. in Marine Physics")
    dates = Period(PartialDate(first, 8), PartialDate(last, 6))
    return Degree(span=span, institution=institution, title=title, period=dates, **fields)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Where did she do her PhD?", "doctor"),
        ("Who supervised her doctorate?", "doctor"),
        ("她在哪里读的博士？", "doctor"),
        ("When did she get her master's degree?", "master"),
        ("Does she have an MBA?", "master"),
        ("她的本科在哪里读的", "bachelor"),
        ("Where did she take her B.Sc.?", "bachelor"),
        ("Which undergraduate degree?", "bachelor"),
        ("Which degrees does she have?", None),
        ("Where did she study?", None),
    ],
)
def test_the_level_of_a_degree_is_read_from_the_question(text: str, level: str | None) -> None:
    assert level_asked(text) == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Ph.D. in Physics", "doctor"),
        ("Doktor der Physik", "doctor"),
        ("M.Sc. in Physics", "master"),
        ("MSc Physics", "master"),
        ("Master of Arts", "master"),
        ("B.S. in Computer Science", "bachelor"),
        ("Bachelor of Music", "bachelor"),
        ("工学硕士", "master"),
    ],
)
def test_a_title_has_one_level(title: str, level: str) -> None:
    assert [name for name in ("doctor", "master", "bachelor") if has_level(title, name)] == [level]


def test_all_degrees_come_most_recent_first_each_with_its_source(mira: Stage, bergen: Degree, porto: Degree) -> None:
    lead, first, second = degrees(mira.facts(porto, bergen).scene("Which degrees does she have?")).drafts
    assert "2 degrees" in lead.text
    assert cites(first, bergen.span)
    assert "Porto" in second.text
    assert cites(second, porto.span)


def test_the_level_that_is_asked_for_comes_alone(mira: Stage, bergen: Degree, porto: Degree) -> None:
    text = told(degrees(mira.facts(bergen, porto).scene("Where did she do her bachelor?")))
    assert all(words in text for words in ("Porto", "B.Sc. in Music", "August 2010", "June 2014"))
    assert "Bergen" not in text


def test_a_level_that_is_not_listed_is_said_not_to_be_with_the_highest_that_is(
    mira: Stage, bergen: Degree, porto: Degree
) -> None:
    (draft,) = degrees(mira.facts(porto, bergen).scene("Does she have a master?")).drafts
    assert "no master" in draft.text
    assert "Ph.D. in Physics" in draft.text
    assert cites(draft, bergen.span)


def test_how_long_a_degree_took_is_told(mira: Stage, bergen: Degree) -> None:
    assert "3 years and 10 months" in told(degrees(mira.facts(bergen).scene("How long did the PhD take?")))


@pytest.mark.parametrize("text", ["Who supervised her PhD?", "Who was her advisor?"])
def test_the_supervisor_is_that_of_the_doctorate(mira: Stage, bergen: Degree, porto: Degree, text: str) -> None:
    found = degree_supervisor(mira.facts(porto, bergen).scene(text))
    assert found.status == "grounded"
    assert "Ingrid Solheim" in told(found)
    assert cites(found.drafts[0], bergen.span)


def test_a_supervisor_that_is_not_named_is_refused_and_no_other_is_named(
    mira: Stage, bergen: Degree, porto: Degree
) -> None:
    found = degree_supervisor(mira.facts(bergen, porto).scene("Who supervised her bachelor?"))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "Ingrid Solheim" not in told(found)


@pytest.mark.parametrize("composer", [degrees, degree_supervisor])
def test_a_record_without_degrees_refuses(mira: Stage, composer: Any) -> None:
    found = composer(mira.facts().scene("Where did she do her PhD?"))
    assert (found.status, found.reason) == ("refused", "not_in_sources")


def test_a_degree_without_a_title_is_told_by_its_school(mira: Stage) -> None:
    text = told(degrees(mira.facts(degree(mira, "Bergen", None, 2014, 2018)).scene("Where did she study?")))
    assert "Bergen" in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("note", "held"),
    [("with honours", True), ("not completed (4 of 8 courses)", False), ("Left after three of five modules", False),
     ("ohne Abschluss", False), ("interrompu après un an", False), ("two of three terms taken", False), (None, True)],
)  # fmt: skip
def test_a_degree_that_is_not_finished_is_not_held(mira: Stage, note: str | None, held: bool) -> None:
    assert is_held(mira.scene("Who is she?"), degree(mira, "Porto", "MBA", 2010, 2012, note=note)) is held


def test_a_degree_under_way_is_not_held(mira: Stage, bergen: Degree) -> None:
    now = replace(bergen, period=Period(PartialDate(2023), None, current=True))
    assert not is_held(mira.scene("Who is she?"), now)
