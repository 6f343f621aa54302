"""What is made of the words of a weak model: copied headings, numbers in front, the same thing twice, half of what the program knows."""

import pytest

from app.model.hearing import in_order, is_sentence
from evals.scripted import Asked
from tests.app.model.conftest import Open

NOW = "Where does she work now?"


def statement(asked: Asked) -> str:
    """The program's own sentence, as the first entry has it."""
    return next(e.text for e in asked.entries).partition(" — ")[0].rstrip(".")


def test_a_heading_copied_from_the_record_is_not_said(with_model: Open) -> None:
    answer = with_model(lambda asked: f"Positions\n{statement(asked)} [1].")("mira-okonjo", NOW)
    assert answer.answer.startswith("Mira Okonjo")
    assert answer.status == "grounded"


def test_an_entry_copied_with_its_number_in_front_becomes_a_sentence(with_model: Open) -> None:
    desk = with_model(lambda asked: f"[1] = {statement(asked)}.")
    assert desk("mira-okonjo", NOW).answer == desk.offline("mira-okonjo", NOW).answer


def test_what_was_said_is_not_said_again(with_model: Open) -> None:
    desk = with_model(lambda asked: f"{statement(asked)} [1]. " * 5)
    answer = desk("mira-okonjo", NOW)
    assert answer.answer == desk.offline("mira-okonjo", NOW).answer
    assert (answer.mode, answer.status) == ("scripted-1", "grounded")


def test_in_the_place_of_half_a_statement_stands_the_whole_of_it(with_model: Open) -> None:
    def half(asked: Asked) -> str:
        words = statement(asked).rpartition(", ")[0].rpartition(", ")[0]
        return f"{words} [1]. {words.partition(' at ')[0]} [1]."

    desk = with_model(half)
    answer = desk("mira-okonjo", NOW)
    assert answer.answer == desk.offline("mira-okonjo", NOW).answer
    assert answer.model is not None
    assert (answer.mode, answer.model.fallback) == ("offline", "incomplete")


@pytest.mark.parametrize(
    ("text", "said"),
    [("[1] = She sings.", "She sings. [1]"), ("[1][2] She sings", "She sings [1][2]"), ("= She sings [1].", "She sings [1]."),
     ("— She sings [1].", "She sings [1]."), ("[1]", ""), ("=", ""), ("She sings [1].", "She sings [1]."), ("", "")],
)  # fmt: skip
def test_a_sentence_ends_with_its_numbers(text: str, said: str) -> None:
    assert in_order(text) == said


@pytest.mark.parametrize(
    ("text", "is_last", "states"),
    [("She sings [1].", False, True), ("She sings [1]", False, False), ("She sings [1]", True, True), ("她唱歌 [1]。", False, True),
     ("What does she sing [1]?", True, False), ("她唱什么？", True, False), ("August 2024) she sang [1].", False, False),
     ("Rows: “A song” [1].", False, False), ("Here is the list:", False, True), ("EXPERIENCE", False, False), ("She said “yes.” [1]", False, True)],
)  # fmt: skip
def test_a_sentence_states_something(text: str, is_last: bool, states: bool) -> None:
    assert is_sentence(text, is_last) is states


def test_the_programs_lead_stands_right_above_its_rows(with_model: Open) -> None:
    question = "Which papers has she written?"
    desk = with_model(lambda asked: f"{statement(asked).partition('. Rows:')[0]} [1].\nRows: “A paper” [1].\n")
    answer = desk("mira-okonjo", question)
    assert answer.answer == desk.offline("mira-okonjo", question).answer
    assert "\n- " in answer.answer
    assert (answer.mode, answer.status) == ("scripted-1", "grounded")


def test_a_lead_to_nothing_is_not_said(with_model: Open) -> None:
    desk = with_model(lambda asked: f"{statement(asked)}: [1]\n")
    assert desk("mira-okonjo", NOW).answer == desk.offline("mira-okonjo", NOW).answer


def test_what_holds_and_is_beside_the_question_is_not_said(with_model: Open) -> None:
    """The last entries of a prompt are what the search found near, beside what the program answers with."""
    desk = with_model(lambda asked: f"{asked.entries[-1].text.rstrip('.')} [{asked.entries[-1].n}].")
    answer = desk("mira-okonjo", NOW)
    assert answer.answer == desk.offline("mira-okonjo", NOW).answer
    assert answer.model is not None
    assert answer.model.fallback in {"incomplete", "unsupported"}


def test_of_those_who_wrote_a_paper_nobody_is_left_out(with_model: Open) -> None:
    question = "Who wrote Counting Whales with One Hydrophone?"
    desk = with_model(lambda asked: "Mira Okonjo, Lena Abadi, Counting Whales with One Hydrophone [1].")
    answer = desk("mira-okonjo", question)
    assert answer.answer == desk.offline("mira-okonjo", question).answer
    assert "Ingrid Solheim" in answer.answer
