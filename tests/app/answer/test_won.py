"""An award that names one of the works belongs to it."""

from dataclasses import replace

import pytest

from app.answer.won import won_by
from ingest.domain import Publication
from tests.app.conftest import Asking, Stage, cites, told

TOVE = "tove-aalberg"


def work(stage: Stage, title: str) -> Publication:
    """The publication of that title."""
    return next(f for f in stage.index.record.facts if isinstance(f, Publication) and f.title == title)


def test_an_award_whose_entry_names_a_work_is_told_with_its_year(tove: Stage) -> None:
    (draft,) = won_by(tove.scene("?"), [work(tove, "The Patience of Ice")])
    assert "Golden Piton" in told(draft)
    assert "2022" in told(draft)
    assert cites(draft, tove.span("Golden Piton for the book The Patience of Ice, 2022"))


@pytest.mark.parametrize(
    ("title", "awards"),
    [
        ("The Patience of Ice: Forty Winters", 1),
        ("THE PATIENCE OF ICE. A Memoir", 1),
        ("The Patience of Ice Sheets", 0),
        ("Heat Pumps in Frozen Ground", 0),
        ("Medal", 0),
    ],
)
def test_a_work_is_named_by_its_title_up_to_the_first_colon_or_stop(tove: Stage, title: str, awards: int) -> None:
    named = replace(work(tove, "The Patience of Ice"), title=title)
    assert len(won_by(tove.scene("?"), [named])) == awards


@pytest.mark.parametrize(
    ("question", "has"),
    [
        ("Did The Patience of Ice win an award?", True),
        ("Which papers won an award?", True),
        ("Which award did Heat Pumps in Frozen Ground win?", False),
    ],
)
def test_a_question_for_the_awards_of_a_work_finds_those_that_name_it(
    ask_tove: Asking, question: str, has: bool
) -> None:
    answer = ask_tove(TOVE, question).answer
    assert ("Golden Piton" in answer) is has
    assert "Medal" not in answer
