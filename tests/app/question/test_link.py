"""The names in a question, and what they are in the record."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.question.link import Vocabulary, is_foreign, masked
from app.question.names import Kind, name_tokens
from ingest.domain import Publication
from tests.app.conftest import Stage

SALAD = "Mira Okonjo Lena Abadi Northlight Labs Google Counting Whales with One Hydrophone JQS 2023 在 , ? “ ” the HIA"


def linked(stage: Stage, question: str) -> list[tuple[Kind, str]]:
    """Kind and the words of the question of every mention."""
    mentions = Vocabulary(stage.index.record, ["Teo Lindqvist"]).link(question)
    return [(m.kind, question[m.start : m.end]) for m in mentions]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What is Counting Whales with One Hydrophone about?", [(Kind.PAPER, "Counting Whales with One Hydrophone")]),
        ("What is Counting Whales about?", [(Kind.PAPER, "Counting Whales")]),
        ("what is counting whales about?", [(Kind.PAPER, "counting whales")]),
        ("Who wrote The Harbour That Hummed?", [(Kind.PAPER, "The Harbour That Hummed")]),
        ("What is Hydrophone Commons?", [(Kind.PROJECT, "Hydrophone Commons")]),
        ("How long was she at Northlight Labs?", [(Kind.ORGANISATION, "Northlight Labs")]),
        ("How long was she at Northlight?", [(Kind.ORGANISATION, "Northlight")]),
        ("What did she do at HIA?", [(Kind.ORGANISATION, "HIA")]),
        ("Did she study at the University of Bergen?", [(Kind.INSTITUTION, "University of Bergen")]),
        ("papers with Lena Abadi", [(Kind.PERSON, "Lena Abadi")]),
        ("papers with Abadi in 2022", [(Kind.PERSON, "Abadi"), (Kind.YEAR, "2022")]),
        ("What did she publish in the Journal of Quiet Seas?", [(Kind.VENUE, "Journal of Quiet Seas")]),
        ("papers at JQS", [(Kind.VENUE, "JQS")]),
        ("Does Mira Okonjo work at Google?", [(Kind.SELF, "Mira Okonjo"), (Kind.UNKNOWN, "Google")]),
        ("Who is Teo Lindqvist?", [(Kind.OTHER, "Teo Lindqvist")]),
        ("Did she write “Listening to Ice”?", [(Kind.UNKNOWN, "Listening to Ice")]),
        ("Where does she work?", []),
        ("Tell me about whales.", []),
    ],
)
def test_a_question_is_linked_to_what_the_record_names(
    mira: Stage, question: str, found: list[tuple[Kind, str]]
) -> None:
    assert linked(mira, question) == found


def test_a_small_typing_error_still_finds_the_employer(mira: Stage) -> None:
    assert linked(mira, "How long was she at Northlihgt Labs?") == [(Kind.ORGANISATION, "Northlihgt Labs")]


def test_a_mention_holds_the_fact_it_names(mira: Stage) -> None:
    (mention,) = Vocabulary(mira.index.record).link("Who wrote Counting Whales?")
    assert [f.title for f in mention.facts if isinstance(f, Publication)] == ["Counting Whales with One Hydrophone"]


def test_a_name_coined_in_an_abstract_names_its_paper(teo: Stage) -> None:
    (mention,) = Vocabulary(teo.index.record).link("What is SoftClasp?")
    assert mention.kind is Kind.PAPER
    assert mention.value == "Grasping Soft Fruit without Bruising It"


def test_a_label_of_a_listing_is_not_taken_for_an_employer(teo: Stage) -> None:
    (mention,) = Vocabulary(teo.index.record).link("Which papers are labelled Orchard Robotics?")
    assert mention.kind is Kind.LABEL


@pytest.mark.parametrize("name", ["Northlight Labs", "northlight labs", "JQS 2023", "JQS2023", "hydrophone"])
def test_what_stands_in_the_texts_is_known_whatever_its_hyphens(mira: Stage, name: str) -> None:
    assert Vocabulary(mira.index.record).knows(name)


@pytest.mark.parametrize("name", ["Northlights", "JQS 2024", "Teo Lindqvist", "phone", "SoftClasp"])
def test_what_only_resembles_the_texts_is_unknown(mira: Stage, name: str) -> None:
    assert not Vocabulary(mira.index.record).knows(name)


@pytest.mark.parametrize(
    ("question", "general"),
    [
        ("Who wrote Counting Whales?", "Who wrote this paper?"),
        ("How long was Mira at Northlight Labs?", "How long was he at this company?"),
        ("papers with Lena Abadi in 2022", "papers with this person in 2023"),
        ("What is Hydrophone Commons?", "What is this project?"),
        ("Mira Okonjo在Northlight Labs做什么？", "他在这家公司做什么？"),
    ],
)
def test_masking_puts_the_general_word_for_every_name(mira: Stage, question: str, general: str) -> None:
    assert masked(question, Vocabulary(mira.index.record).link(question)) == general


def test_an_unknown_name_is_masked_as_whatever_is_being_tried(mira: Stage) -> None:
    question = "Has she been at Google?"
    mentions = Vocabulary(mira.index.record).link(question)
    assert masked(question, mentions, Kind.ORGANISATION) == "Has she been at this company?"
    assert masked(question, mentions, Kind.PERSON) == "Has she been at this person?"


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("Wo hat sie studiert und was war die Arbeit?", True),
        ("Quels sont ses articles ?", True),
        ("¿Dónde está el laboratorio?", True),
        ("Where does she work?", False),
        ("Which papers did she publish in 2023?", False),
        ("Was she at Lumenworks in 2012?", False),
        ("War sie 2012 in der Schweiz?", True),
        ("", False),
    ],
)
def test_german_french_and_spanish_are_told_from_english(question: str, foreign: bool) -> None:
    assert is_foreign(question) is foreign


@given(
    st.lists(
        st.sampled_from(SALAD.split()),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=60)
)
@settings(deadline=None, max_examples=150)
def test_mentions_stand_in_order_inside_the_question_and_never_overlap(mira: Stage, question: str) -> None:
    end = 0
    for mention in Vocabulary(mira.index.record).link(question):
        assert end <= mention.start < mention.end <= len(question)
        end = mention.end


@given(st.text(max_size=60))
def test_the_words_of_a_name_stand_where_they_say(text: str) -> None:
    for token, start, end in name_tokens(text):
        assert token
        assert text[start:end].strip() == text[start:end] != ""
