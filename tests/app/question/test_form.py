"""How long an answer is wished for is no part of what is asked."""

import pytest

from app.question.trim import without_form
from tests.app.conftest import Asking


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Who is Mira Okonjo? Please in three sentences.", "Who is Mira Okonjo?"),
        ("Summarise her career in a few words", "Summarise her career"),
        ("Wer ist sie? Bitte in drei Sätzen.", "Wer ist sie?"),
        ("Qui est-elle ? En deux phrases.", "Qui est-elle ?"),
        ("¿Quién es? Por favor en tres frases.", "¿Quién es?"),
        ("她是谁？请用三句话回答。", "她是谁？"),
        ("Write a summary of her career for a recruiter.", "Write a summary of her career"),
        ("Short bio for a journalist, please", "Short bio"),
        ("Fasse ihren Werdegang für eine Personalerin zusammen", "Fasse ihren Werdegang zusammen"),
        ("Présentez-la pour un recruteur", "Présentez-la"),
        ("给招聘人员介绍一下她", "介绍一下她"),
        ("Did she work for a recruiter?", "Did she work for a recruiter?"),
        ("Which words are in the title?", "Which words are in the title?"),
        ("In three sentences.", "In three sentences."),
    ],
)
def test_the_wish_is_taken_off(text: str, bare: str) -> None:
    assert without_form(text) == bare


@pytest.mark.parametrize(
    "question",
    [
        "Give me a summary for a recruiter",
        "Give me an elevator pitch",
        "Introduce her to a search committee.",
        "Introduce Mira, please.",
    ],
)
def test_who_it_is_for_changes_nothing(ask: Asking, question: str) -> None:
    assert ask("mira-okonjo", question).answer == ask("mira-okonjo", "Who is Mira Okonjo?").answer


@pytest.mark.parametrize("question", ["Stell sie kurz vor.", "Stellen Sie Mira Okonjo kurz vor, für einen Recruiter"])
def test_a_german_visitor_may_ask_for_an_introduction(ask: Asking, question: str) -> None:
    assert ask("mira-okonjo", question).answer == ask("mira-okonjo", "Wer ist Mira Okonjo?").answer


def test_it_is_answered_like_the_question_without_it(ask: Asking) -> None:
    asked = ask("mira-okonjo", "Who is Mira Okonjo? Please in three sentences.")
    assert asked.status == "grounded"
    assert asked.answer == ask("mira-okonjo", "Who is Mira Okonjo?").answer
