"""The sentences of a record as search sees them, and how they are told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.sentences import Sentences, asked_for, telling_words, third_person
from tests.app.conftest import Stage

SALAD = "I We we our Our us my My me led work am have was and the whales , ."


@pytest.mark.parametrize(
    ("text", "plural", "told"),
    [
        ("We present SoftClasp.", True, "The authors present SoftClasp."),
        ("Our gripper feels.", True, "Their gripper feels."),
        (
            "In this work, we show that our gripper helps us.",
            True,
            "In this work, the authors show that their gripper helps them.",
        ),
        ("However, we fail.", True, "However, the authors fail."),
        ("We present SoftClasp.", False, "“We present SoftClasp.”"),
        ("We built it and I led the team.", True, "“We built it and I led the team.”"),
        ("Weeds bruise easily.", True, "Weeds bruise easily."),
        ("Berries bruise.", False, "Berries bruise."),
        ("I led the team.", True, "Mira Okonjo led the team."),
        ("As its lead I wrote the tool.", False, "As its lead Mira Okonjo wrote the tool."),
        ("I successfully trained volunteers.", True, "Mira Okonjo successfully trained volunteers."),
        ("I am the lead.", False, "Mira Okonjo is the lead."),
        ("I was the lead and I have left.", False, "Mira Okonjo was the lead and Mira Okonjo has left."),
        ("My tool is used.", False, "Mira Okonjo’s tool is used."),
        ("I work on whales.", False, "“I work on whales.”"),
        ("They asked me.", False, "“They asked me.”"),
        ("I lead, I think, my team.", True, "“I lead, I think, my team.”"),
    ],
)
def test_what_authors_say_of_themselves_is_told_of_them_or_quoted(text: str, plural: bool, told: str) -> None:
    assert third_person(text, "Mira Okonjo", plural) == told


@given(
    st.lists(st.sampled_from(SALAD.split()), max_size=9),
    st.booleans(),
)
def test_no_first_person_is_left_outside_quotation_marks(parts: list[str], plural: bool) -> None:
    told = third_person(" ".join(parts), "Mira Okonjo", plural)
    bare = set(told.replace(",", " ").replace(".", " ").split())
    assert told.startswith("“") or not bare & {"I", "We", "we", "our", "Our", "us", "my", "My", "me"}


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("How many hours of sound does the archive hold?", ["hour"]),
        ("Which gripper does he use?", ["gripper"]),
        ("What training method did they use?", ["method"]),
        ("how much pressure is needed?", ["pressur"]),
        ("How many papers does she have?", []),
        ("Where does she work?", []),
        ("Tell me about whales.", []),
    ],
)
def test_what_is_asked_for_is_the_noun_behind_which_what_and_how_many(question: str, stems: list[str]) -> None:
    assert asked_for(question) == stems


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("Which papers does she list about whales?", ["whale"]),
        ("Tell me about ship noise, please.", ["ship", "nois"]),
        ("whales whales Whale's", ["whale"]),
        ("What is it?", []),
        ("", []),
    ],
)
def test_telling_words_are_what_is_left_without_the_words_of_every_question(question: str, stems: list[str]) -> None:
    assert telling_words(question) == stems


@pytest.fixture(scope="module")
def sentences(mira: Stage) -> Sentences:
    return Sentences(mira.index.record)


def test_a_record_knows_the_words_it_uses_in_any_form(sentences: Sentences) -> None:
    assert all(map(sentences.knows, telling_words("recordings, harbour, volunteer, hydrophones")))
    assert not any(map(sentences.knows, telling_words("gripper, strawberries")))


def test_a_rare_word_tells_more_than_a_common_one_and_an_unknown_one_most(sentences: Sentences) -> None:
    assert sentences.weight("gripper") > sentences.weight("volunt") > sentences.weight("hydrophon")


def test_the_sentence_that_shares_the_telling_words_comes_first(mira: Stage, sentences: Sentences) -> None:
    wanted = telling_words("How many volunteers were trained for the annotation tool?")
    nothing = np.zeros(mira.index.vectors.shape[1], dtype=np.float32)
    scored = sentences.score(wanted, nothing, mira.index.sentence_vectors)
    assert scored[0].sentence.text == "As its lead I wrote the annotation tool and trained forty volunteers."
    assert len(scored) == len(mira.index.record.sentences)
    assert [s.score for s in scored] == sorted((s.score for s in scored), reverse=True)
    assert all(0 <= s.coverage <= 1 + 1e-9 for s in scored)


def test_only_sentences_inside_the_given_spans_are_scored(mira: Stage, sentences: Sentences) -> None:
    span = mira.span("An open archive of harbour recordings that anybody can listen to.")
    nothing = np.zeros(mira.index.vectors.shape[1], dtype=np.float32)
    (only,) = sentences.score(["whale"], nothing, mira.index.sentence_vectors, (span,))
    assert only.sentence.span == span


def test_a_word_of_the_same_project_is_near_and_one_of_another_section_is_not(
    mira: Stage, sentences: Sentences
) -> None:
    about = {s.text: s for s in mira.index.record.sentences}
    archive = about["An open archive of harbour recordings that anybody can listen to."]
    assert sentences.near("archiv", archive)
    assert sentences.near("volunt", archive)
    assert not sentences.near("whale", archive)
    assert "volunt" not in sentences.terms_of(archive)
