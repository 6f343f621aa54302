"""Works and posts that a question describes are found, and none where the description fits none or several."""

from dataclasses import replace

import pytest

from app.domain import Plan
from app.question.cues import filters_of
from app.question.link import Vocabulary
from app.question.meant import career_intent, posts_meant, work_meant
from ingest.domain import Position
from tests.app.conftest import Asking, Stage

TOVE = "tove-aalberg"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Where was the heat pump article published?", "Heat Pumps in Frozen Ground"),
        ("Who wrote the article on heat pumps?", "Heat Pumps in Frozen Ground"),
        ("Who helped with the paper about old photographs?", "Reading Old Photographs of Glaciers"),
        ("What is her patience book about?", "The Patience of Ice"),
        ("Who wrote the 2020 article with her?", "Heat Pumps in Frozen Ground"),
        ("Who wrote the heat pump article of 2017?", None),
        ("Who wrote the article on volcanoes?", None),
        ("Where was the article published?", None),
        ("Where was the heat pump paper list published?", None),
        ("Are there heat pumps?", None),
    ],
)
def test_a_work_is_meant_by_words_of_its_title_or_by_its_year(tove: Stage, text: str, title: str | None) -> None:
    record = tove.index.record
    filters = filters_of(text, Vocabulary(record).link(text), 2021)
    found = work_meant(text, filters, record)
    assert (found.title if found else None) == title


def test_a_description_that_fits_two_works_means_neither(tove: Stage) -> None:
    record = tove.index.record
    text = "Who wrote the heat pump article?"
    filters = filters_of(text, Vocabulary(record).link(text), 2021)
    work = work_meant(text, filters, record)
    assert work is not None
    again = replace(work, title="More Heat Pumps", span=tove.span("Young Glaciologist Medal"))
    assert work_meant(text, filters, replace(record, facts=(*record.facts, again))) is None


@pytest.mark.parametrize(
    ("intent", "text", "organisations"),
    [
        ("job_at", "What did she do as an archivist?", ["Museum of Snow"]),
        ("job_duration", "How long was she a ski instructor?", ["Alpine School Davos"]),
        ("job_list", "Which posts had the archivist?", []),
        ("job_at", "When did she work in Switzerland?", ["Museum of Snow", "Alpine School Davos"]),
        ("job_list", "Did she work in Bern?", ["Museum of Snow"]),
        ("job_worked", "Has she worked in Norway?", []),
        ("free", "Is it cold in Switzerland?", []),
        ("papers", "Did she work in Bern?", []),
    ],
)
def test_posts_are_meant_by_role_or_place_in_questions_about_the_career(
    tove: Stage, intent: str, text: str, organisations: list[str]
) -> None:
    found = posts_meant(Plan(intent, text), tove.index.record)
    assert [p.organisation for p in found] == organisations


def test_a_post_that_is_named_is_not_looked_for_by_its_place(tove: Stage) -> None:
    post = next(f for f in tove.index.record.facts if isinstance(f, Position))
    plan = Plan("job_at", "What did she do in Switzerland when she worked?", facts=(post,))
    assert posts_meant(replace(plan, facts=()), tove.index.record) != ()
    assert posts_meant(plan, tove.index.record) == ()


@pytest.mark.parametrize(
    ("intent", "text", "asked"),
    [
        ("job_supervisor", "Who led her as an archivist?", "job_supervisor"),
        ("free", "How long did she work in Bern?", "job_duration"),
        ("job_current", "For how long did she work in Bern?", "job_duration"),
        ("job_list", "Did she work in Bern?", "job_worked"),
        ("free", "What did she do in Bern?", "job_at"),
    ],
)
def test_what_is_asked_of_posts_that_are_meant_is_read_from_the_question(intent: str, text: str, asked: str) -> None:
    assert career_intent(Plan(intent, text)) == asked


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("When was the heat pump article published?", "2020", "Alpine Letters"),
        ("How long did she work in Bern?", "3 years", "Frostline"),
        ("Did she work in Davos?", "Yes", "Museum of Snow"),
        ("What was her time as an archivist like?", "4,200 photographs", "Frostline"),
    ],
)
def test_what_is_described_is_answered_as_if_it_were_named(
    ask_tove: Asking, question: str, has: str, lacks: str
) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "grounded"
    assert has in answer.answer
    assert lacks not in answer.answer
