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
        ("Which words are in the title?", "Which words are in the title?"),
        ("In three sentences.", "In three sentences."),
    ],
)
def test_the_wish_is_taken_off(text: str, bare: str) -> None:
    assert without_form(text) == bare


def test_it_is_answered_like_the_question_without_it(ask: Asking) -> None:
    asked = ask("mira-okonjo", "Who is Mira Okonjo? Please in three sentences.")
    assert asked.status == "grounded"
    assert asked.answer == ask("mira-okonjo", "Who is Mira Okonjo?").answer
