"""Names of one letter in questions, and where the sources have them."""

import pytest

from app.language.symbols import has_symbol, is_symbol_alone, symbols_in
from tests.app.conftest import Asking


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Does she know R?", ["R"]),
        ("Has she used C++ or C#?", ["C++", "C#"]),
        ("她会R吗？", ["R"]),
        ("Does she work on vitamin C?", ["C"]),
        ("Is she on X?", []),
        ("Who is J. Odum?", []),
        ("Did she write with Odum K?", []),
        ("Am I right? A job?", []),
        ("Does she do R&D?", []),
    ],
)
def test_they_are_found_in_a_question(question: str, found: list[str]) -> None:
    assert [symbol for _, _, symbol in symbols_in(question)] == found


@pytest.mark.parametrize(
    ("symbol", "text", "is_there"),
    [
        ("R", "Python, R, Stata", True),
        ("R", "Programming in R.", True),
        ("R", "peatr: An R Package for bogs", True),
        ("R", "熟悉R和Python", True),
        ("R", "Knight, R.T., Noor, A.", False),
        ("R", "Knight R, Noor A", False),
        ("R", "Knight R., Noor A.", False),
        ("R", "Knight, R. Theunissen, F.", False),
        ("R", "R&D manager", False),
        ("C", "C++ and Java", False),
        ("C", "Holdt, C. R., Noor, A.", False),
        ("C++", "a C++ back-end", True),
        ("C#", "C++, C#, and Java", True),
    ],
)
def test_they_stand_alone_in_a_source(symbol: str, text: str, is_there: bool) -> None:
    assert has_symbol(symbol, text) is is_there


def test_one_beside_another_name_is_not_all_that_is_asked() -> None:
    assert is_symbol_alone("R", "Does she know R?")
    assert not is_symbol_alone("R", "Does she know R or Python?")
    assert not is_symbol_alone("Python", "Does she know Python?")


@pytest.mark.parametrize("question", ["Does he know R?", "Has he worked with R?", "What has he written in R?"])
def test_what_the_sources_do_not_have_is_said_to_be_missing(ask: Asking, question: str) -> None:
    told = ask("teo-lindqvist", question)
    assert (told.status, told.answer) == ("refused", "The page does not mention R.")


def test_it_is_kept_in_a_question_of_another_language(ask: Asking) -> None:
    told = ask("teo-lindqvist", "Kann er C++?")
    assert told.status == "refused"
    assert "C++" in told.answer
