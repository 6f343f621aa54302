"""Two questions in one are taken apart where each stands by itself, and told together without hiding a refusal."""

import pytest

from app.answer.draft import Composition, Draft
from app.domain import Reason, Status
from app.question.compound import questions_in, together
from tests.app.conftest import Asking

TOVE = "tove-aalberg"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Where does she work now, and where did she study?",
            ("Where does she work now", "where did she study?"),
        ),
        ("Who wrote RSD and where was it published?", ("Who wrote RSD", "where was it published?")),
        (
            "Where does she work? And what is her email?",
            ("Where does she work?", "what is her email?"),
        ),
        (
            "Who was her doctoral advisor and what grade did she get?",
            ("Who was her doctoral advisor", "what grade did she get?"),
        ),
        ("Wo hat sie studiert und wann war das?", ("Wo hat sie studiert", "wann war das?")),
        ("她现在在哪里工作，她有多少篇论文？", ("她现在在哪里工作", "她有多少篇论文？")),
    ],
)
def test_a_question_is_parted_where_each_half_asks_with_a_verb_of_its_own(text: str, parts: tuple[str, ...]) -> None:
    assert questions_in(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Where does she work?",
        "Where does she work now, and since when?",
        "With whom and when did she write it?",
        "Which papers on snow and ice are there?",
        "Where did she study, and with whom?",
        "She likes ice. Where does she work?",
        "Who is she? What is it? Where was it? When was it?",
        "",
    ],
)
def test_a_question_whose_half_would_not_stand_stays_whole(text: str) -> None:
    assert questions_in(text) == (text,)


def composed(text: str, status: Status = "grounded", reason: Reason | None = None) -> Composition:
    """A composition of one draft."""
    return Composition((Draft(text),), status, reason)


WHOLE = composed("whole")
ONE, TWO = composed("one"), composed("two")
UNSAID = composed("unsaid", "refused", "not_in_sources")


@pytest.mark.parametrize(
    ("whole", "parts", "status", "texts"),
    [
        (WHOLE, (ONE, TWO), "grounded", ("one", "two")),
        (WHOLE, (ONE, ONE), "grounded", ("one",)),
        (UNSAID, (ONE, UNSAID), "partial", ("one", "unsaid")),
        (WHOLE, (ONE, UNSAID), "grounded", ("whole",)),
        (WHOLE, (UNSAID, UNSAID), "grounded", ("whole",)),
        (WHOLE, (ONE, composed("secret", "refused", "private")), "grounded", ("whole",)),
        (UNSAID, (ONE, composed("obey", "refused", "unsafe")), "refused", ("unsaid",)),
        (WHOLE, (ONE, composed("half", "partial")), "grounded", ("whole",)),
    ],
)
def test_the_halves_are_told_only_where_they_say_more_than_the_whole(
    whole: Composition, parts: tuple[Composition, ...], status: Status, texts: tuple[str, ...]
) -> None:
    found = together(whole, parts)
    assert found.status == status
    assert tuple(d.text for d in found.drafts) == texts


@pytest.mark.parametrize(
    ("question", "status", "words"),
    [
        ("Where does she work now, and where did she study?", "grounded", ["Frostline Institute", "Uppsala", "Lund"]),
        (
            "How long was she at the Museum of Snow and what did she do there?",
            "grounded",
            ["3 years", "4,200 photographs"],
        ),
        ("What is her salary, and where does she work?", "partial", ["says nothing", "Frostline Institute"]),
        (
            "Who was her doctoral advisor and what grade did she get?",
            "grounded",
            ["Nils Forsman", "magna cum laude"],
        ),
    ],
)
def test_both_halves_of_a_question_are_answered(
    ask_tove: Asking, question: str, status: Status, words: list[str]
) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == status
    assert [w for w in words if w not in answer.answer] == []
