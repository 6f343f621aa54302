"""Questions that name two people: set against each other where that is asked, else answered for one with a word about the other."""

import re

import pytest

from app.question.versus import people_compared, question_for_each
from ingest.domain import Profile
from tests.app.conftest import Asking

ADA = Profile("ada-byron", "Ada Byron", aliases=("A. Byron",))
BO = Profile("bo-li", "Bo Li")
MIRA, TEO = "mira-okonjo", "teo-lindqvist"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("Compare Ada Byron and Bo Li", True),
        ("Who has more papers, Ada Byron or Bo Li?", True),
        ("What is the difference between Ada Byron's and Bo Li's work?", True),
        ("Compare the two looms", False),
        ("Did Ada Byron work with Bo Li?", False),
        ("Where does Bo Li work?", False),
    ],
)
def test_people_are_compared_only_where_a_question_names_another_and_asks_for_it(text: str, compared: bool) -> None:
    assert bool(people_compared(text, ADA, [BO])) is compared


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Compare Ada Byron and Bo Li", "Tell me about him"),
        ("Compare Ada Byron's and Bo Li's work on weaving by wire", "Which papers deal with weaving by wire?"),
        ("Compare Bo Li with Ada Byron", "Tell me about him"),
        ("Who has published more in 2024, Ada Byron or Bo Li?", "How many papers in 2024 has he?"),
        ("Compare the education of Ada Byron and Bo Li", "List his the education"),
    ],
)
def test_what_is_asked_of_each_names_nobody(text: str, question: str) -> None:
    assert question_for_each(text, (ADA, BO)) == question


def test_each_is_told_from_their_own_record_and_every_citation_says_whose_it_is(ask: Asking) -> None:
    answer = ask(MIRA, "Compare Mira Okonjo and Teo Lindqvist")
    assert answer.status == "grounded"
    at = answer.answer.index("Teo Lindqvist:")
    assert answer.answer.startswith("Mira Okonjo:")
    assert "Harbour Institute" in answer.answer[:at]
    assert "Harbour Institute" not in answer.answer[at:]
    assert {c.profile for c in answer.citations} == {MIRA, TEO}
    assert [c.n for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert citation.profile is not None
        record = ask.index(citation.profile).record
        assert record.document(citation.document).text[citation.start : citation.end] == citation.quote


def test_every_number_in_a_comparison_is_a_citation_of_its_sentence(ask: Asking) -> None:
    answer = ask(MIRA, "Compare Mira Okonjo and Teo Lindqvist")
    for sentence in answer.sentences:
        for n in sentence.citations:
            assert f"[{n}]" in sentence.text or "–[" in sentence.text


def test_a_comparison_is_of_both_records_as_they_are_now(ask: Asking) -> None:
    answer = ask(MIRA, "Compare Mira Okonjo and Teo Lindqvist")
    assert answer.fingerprint not in {ask.index(slug).record.fingerprint for slug in (MIRA, TEO)}
    assert re.fullmatch(r"[0-9a-f]{64}", answer.fingerprint)


@pytest.mark.parametrize(
    "text", ["Where do Mira Okonjo and Teo Lindqvist work?", "Where do Teo Lindqvist and Mira Okonjo work?"]
)
def test_a_question_that_names_another_beside_her_is_answered_for_her_with_a_word_about_the_other(
    ask: Asking, text: str
) -> None:
    answer = ask(MIRA, text)
    assert answer.status == "grounded"
    assert "Harbour Institute" in answer.answer
    assert "has a profile of their own" in answer.answer
    assert all(c.profile is None for c in answer.citations)


def test_a_question_about_another_alone_is_still_refused(ask: Asking) -> None:
    answer = ask(MIRA, "Where does Teo Lindqvist work?")
    assert (answer.status, answer.reason) == ("refused", "out_of_scope")


def test_a_paper_with_another_is_no_question_about_both(ask: Asking) -> None:
    assert ask(MIRA, "Did she write a paper with Teo Lindqvist?").status == "refused"
