"""A time told by somebody's studies becomes the years that the record prints of them, or none."""

import pytest

from app.question.relative import with_years
from tests.app.conftest import Asking, Stage

TOVE = "tove-aalberg"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What did she do before her PhD?", "What did she do before 2008?"),
        ("What did she do before starting her Ph.D.?", "What did she do before 2008?"),
        ("Which papers did she write during her doctorate?", "Which papers did she write between 2008 and 2012?"),
        ("How many papers after her PhD?", "How many papers after 2012?"),
        ("Where did she work after completing her master's degree?", "Where did she work after 2008?"),
        ("Who supervised her during her PhD thesis?", "Who supervised her during her PhD thesis?"),
        ("Who supervised her during her PhD?", "Who supervised her during her PhD?"),
        ("Where did she do her PhD?", "Where did she do her PhD?"),
        ("What did she do after her bachelor?", None),
    ],
)
def test_before_during_and_after_a_degree_are_years(tove: Stage, text: str, wanted: str | None) -> None:
    assert with_years(text, tove.index.record) == wanted


def test_what_is_asked_of_such_a_time_is_answered_from_its_years(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "What did she do after her PhD?").answer
    assert "Frostline Institute" in answer
    assert "University of Lund" not in answer


def test_of_studies_that_are_not_listed_it_is_said_that_they_are_not(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "How many papers did she publish before her bachelor?").answer
    assert answer.startswith("The CV lists no bachelor;")
