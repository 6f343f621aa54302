"""Years of experience are added up from dated posts, what a thesis was about is told where it is told, the highest degree comes alone."""

import pytest

from tests.app.conftest import Asking

MIRA, TOVE = "mira-okonjo", "tove-aalberg"


@pytest.mark.parametrize(
    "question",
    [
        "How many years of experience does she have?",
        "How much work experience does she have?",
        "她有几年工作经验？",
        "Wie viele Jahre Berufserfahrung hat sie?",
    ],
)
def test_the_years_worked_are_those_of_the_dated_posts_together(ask_tove: Asking, question: str) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "grounded"
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert all(name in quotes for name in ("Frostline Institute", "Museum of Snow", "Alpine School Davos"))


def test_the_present_post_counts_up_to_the_latest_date_that_is_printed(ask: Asking) -> None:
    # September 2018 to February 2021, and from March 2021 at least to January 2023, of which year an award is printed.
    assert "at least 4 years and 3 months in all" in ask(MIRA, "How many years of experience does she have?").answer


def test_experience_in_something_is_not_added_up(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "How many years of experience does she have in carpentry?")
    assert "in all" not in answer.answer


@pytest.mark.parametrize(
    "question",
    ["What was her thesis about?", "What did she do her dissertation on?", "What is the title of her PhD thesis?"],
)
def test_a_thesis_is_told_with_its_degree(ask_tove: Asking, question: str) -> None:
    answer = ask_tove(TOVE, question)
    assert "Dust Layers as Clocks in Polar Ice" in answer.answer
    assert "Lund" not in answer.answer


def test_a_thesis_that_nothing_tells_of_is_not_told_by_the_degree(ask: Asking) -> None:
    assert ask(MIRA, "What was her thesis about?").status == "refused"


def test_the_highest_degree_comes_alone(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "What is her highest degree?")
    assert "Ph.D. in Glaciology" in answer.answer
    assert "Lund" not in answer.answer


def test_there_is_the_post_that_the_last_answer_named(ask: Asking) -> None:
    answer = ask(MIRA, "How long has she been in her current job?", "And before that?", "Who was her supervisor there?")
    assert "Pavel Dvorak" in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [("Who are the co-authors?", "Reinforce-Ada"), ("Is the code available?", "Reinforce-Ada")],
)
def test_a_question_without_a_subject_is_asked_of_the_work_that_was_spoken_of(
    ask: Asking, question: str, says: str
) -> None:
    answer = ask("baohao-liao", "Tell me about his latest paper", question)
    assert says in answer.answer
    assert len(answer.citations) <= 2


@pytest.mark.parametrize(
    ("slug", "question"),
    [
        (TOVE, "Did she win any best paper awards?"),
        ("qian-liu", "What is his most cited paper?"),
        ("baohao-liao", "What is his most cited paper?"),
    ],
)
def test_what_no_work_is_said_to_be_is_refused(ask: Asking, ask_tove: Asking, slug: str, question: str) -> None:
    answer = (ask_tove if slug == TOVE else ask)(slug, question)
    assert answer.status == "refused"
    assert question.strip("?") not in answer.answer


def test_the_works_of_the_last_two_years_are_listed_and_not_only_counted(ask: Asking) -> None:
    answer = ask("qian-liu", "Which papers did he publish in the last two years?")
    assert "from 2023 to 2024" in answer.answer
    assert "RegMix" in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Was she ever an archivist?", "Yes: Tove Aalberg was an Archivist at Museum of Snow"),
        ("Has she been a ski instructor before?", "Yes: Tove Aalberg was a Ski Instructor"),
        ("Was she ever a postdoc?", "The CV lists no position as “postdoc”. The employers it lists are"),
        ("Has she ever worked as a consultant?", "The CV lists no position as “consultant”."),
    ],
)
def test_whether_she_was_ever_something_is_told_by_her_roles(ask_tove: Asking, question: str, says: str) -> None:
    assert ask_tove(TOVE, question).answer.startswith(says)


def test_grants_are_no_patents(ask: Asking, ask_tove: Asking) -> None:
    assert "Heated drill head" in ask_tove(TOVE, "Has she any patents?").answer
    assert "Nordic Polar Fund" not in ask_tove(TOVE, "Has she any patents?").answer
    assert ask(MIRA, "Has she any patents?").status == "refused"
