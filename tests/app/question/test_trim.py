"""A title before the person's own name asks for nothing."""

import pytest

from app.question.trim import without_titles

NAMES = ("Ada Noor", "A. Noor", "Ada")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Who is Dr. Noor?", "Who is Noor?"),
        ("Qui est la Dre Noor ?", "Qui est Noor ?"),
        ("Wer ist Frau Prof. Dr. Noor?", "Wer ist Noor?"),
        ("¿Quién es la Dra. Noor?", "¿Quién es Noor?"),
        ("Chi è la professoressa Ada Noor?", "Chi è Ada Noor?"),
        ("Is M. Noor at work?", "Is Noor at work?"),
        ("Who is Dr. Brix?", "Who is Dr. Brix?"),
        ("Is Noor a professor?", "Is Noor a professor?"),
        ("Which Dr. supervised her?", "Which Dr. supervised her?"),
        ("What is the PD of the Noorland?", "What is the PD of the Noorland?"),
    ],
)
def test_titles_before_the_own_name(asked: str, read: str) -> None:
    assert without_titles(asked, NAMES) == read


def test_a_name_without_a_word_leaves_all() -> None:
    assert without_titles("Who is Dr. X?", ("X",)) == "Who is Dr. X?"
