"""What a question asks of a post or degree beyond its head is told in the entry's own lines, and nothing else is."""

import pytest

from app.answer.own import with_own_lines, worked
from app.answer.positions import job_at, job_duration
from tests.app.conftest import Asking, Stage, told

TOVE = "tove-aalberg"


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("With whom did she work at the Frostline Institute?", "with Ravi Menon and Petra Holm"),
        ("How many people does she lead at the Frostline Institute?", "team of eleven people"),
        ("What grade did she get for her doctorate?", "magna cum laude"),
        ("Did she spend a semester abroad in her master’s degree?", "Kyoto"),
    ],
)
def test_the_line_that_a_question_asks_for_is_told_with_its_entry(ask_tove: Asking, question: str, line: str) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "grounded"
    assert line in answer.answer
    assert "Kartwerk" not in answer.answer


def test_an_answer_that_leaves_nothing_open_is_the_same_object(tove: Stage) -> None:
    scene = tove.planned("How long was she at the Museum of Snow?", unexplained=())
    composed = job_duration(scene)
    assert with_own_lines(scene, composed) is composed


def test_a_word_that_no_line_of_the_named_post_has_adds_nothing(tove: Stage) -> None:
    scene = tove.planned("How long was she at the Museum of Snow?", unexplained=("crevass",))
    composed = job_duration(scene)
    assert with_own_lines(scene, composed) is composed


def test_a_line_that_is_said_already_is_not_said_again(tove: Stage) -> None:
    scene = tove.planned("What did she do with maps at the Museum of Snow?", unexplained=("map",))
    composed = job_at(scene)
    assert told(with_own_lines(scene, composed)).count("Negotiated a loan") == 1


@pytest.mark.parametrize("counted", ["employees", "visitors", "students"])
def test_a_number_of_something_else_is_no_answer_to_how_many(ask_tove: Asking, counted: str) -> None:
    answer = ask_tove(TOVE, f"How many {counted} does the Frostline Institute have?")
    assert "eleven" not in answer.answer


@pytest.mark.parametrize("name", ["Kartwerk", "Greenland"])
def test_a_name_mentioned_in_passing_is_no_place_where_the_person_worked(tove: Stage, name: str) -> None:
    composed = worked(tove.planned(f"Did she work at {name}?"))
    assert composed.status == "refused"


def test_prose_that_says_where_the_person_worked_is_told(tove: Stage) -> None:
    scene = tove.scene("Did she work beside him?", "job_worked", elsewhere="careful driller")
    assert "most careful driller" in told(worked(scene))
