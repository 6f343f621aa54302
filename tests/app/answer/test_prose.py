"""Answers in the source's own sentences, and refusals with the nearest one."""

from dataclasses import replace

import pytest

from app.answer.draft import spans_in
from app.answer.prose import about, prose, told
from app.answer.scene import Scene
from ingest.embed import Vectors
from tests.app.conftest import Stage, quoted
from tests.app.conftest import told as text_of


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "How many hours of sound does the archive hold?",
            "The archive holds 41,000 hours of sound from twelve ports.",
        ),
        ("How many volunteers were trained?", "As its lead I wrote the annotation tool and trained forty volunteers."),
        (
            "Is there an open archive of recordings?",
            "An open archive of harbour recordings that anybody can listen to.",
        ),
    ],
)
def test_a_free_question_is_answered_with_the_sentence_that_says_it(mira: Stage, question: str, sentence: str) -> None:
    scene = mira.planned(question, intent="free")
    found = prose(scene)
    assert found.status == "grounded"
    assert sentence in quoted(scene, found)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "What share of berries does SoftClasp bruise?",
            "SoftClasp lowers the share of bruised berries from 18% to 3%",
        ),
        ("How many human climbers were used?", "We learn where to put the feet from forty human climbers."),
        ("What does ripe fruit reflect?", "Ripe fruit reflects near-infrared light in its own way."),
    ],
)
def test_abstracts_are_searched_as_well(teo: Stage, question: str, sentence: str) -> None:
    scene = teo.planned(question, intent="free")
    found = prose(scene)
    assert found.status == "grounded"
    assert any(quote.startswith(sentence) for quote in quoted(scene, found))


@pytest.mark.parametrize(
    "question",
    [
        "What is her shoe size?",
        "How many students does she supervise?",
        "Which instruments does the orchestra play?",
        "How many citations does she have?",
        "What is the budget of the whale watching company?",
        "Is she?",
    ],
)
def test_what_no_sentence_answers_is_refused(mira: Stage, question: str) -> None:
    found = prose(mira.planned(question, intent="free"))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert found.drafts[0].is_plain


def test_a_number_that_is_asked_for_must_be_the_one_that_is_told(mira: Stage) -> None:
    assert prose(mira.planned("Does the archive hold 42,000 hours of sound?", intent="free")).status == "refused"


def test_a_word_that_stands_nowhere_is_named_in_the_refusal(mira: Stage) -> None:
    assert "“orchestra”" in text_of(prose(mira.planned("Did they found an orchestra?", intent="free")))


def test_no_more_sentences_come_than_were_wanted(teo: Stage) -> None:
    for limit in (1, 2, 3):
        found = prose(teo.planned("What bruises soft ripe fruit and berries?", intent="free"), limit)
        assert sum(bool(spans_in(d.text)) for d in found.drafts) <= limit


def test_a_question_that_names_a_work_is_answered_from_that_work_alone(teo: Stage) -> None:
    scene = teo.planned("What does Seeing Ripeness in the Dark say about fruit?", intent="free")
    assert all("oft" not in quote for quote in quoted(scene, prose(scene)))


def test_what_a_work_does_is_told_in_the_order_of_the_source(teo: Stage) -> None:
    scene = teo.scene("What is it about?")
    span = teo.span(
        "Picking strawberries by machine bruises many of them. We present SoftClasp, a gripper that feels its own pressure."
    )
    drafts = about(scene, span, None, 2)
    starts = [spans_in(d.text)[0].start for d in drafts]
    assert starts == sorted(starts)
    assert len(drafts) == 2
    assert "The authors present SoftClasp" in about(scene, span, None, 1)[0].text


def test_the_result_is_chosen_where_the_result_is_asked_for(teo: Stage) -> None:
    paper = teo.span("Picking strawberries")
    span = type(paper)(paper.document, paper.start, paper.start + 212)
    (draft,) = about(teo.scene("What results does it achieve?"), span, None, 1)
    assert "18% to 3%" in draft.text


def test_a_title_stands_before_the_first_sentence_only(teo: Stage) -> None:
    span = teo.span("Legged robots climb ladders badly. We learn where to put the feet from forty human climbers.")
    first, second = about(teo.scene("?"), span, "A Ladder for Legged Robots", 2)
    assert first.text.startswith("“A Ladder for Legged Robots”: ")
    assert "“A Ladder" not in second.text


def test_the_entry_of_a_fact_is_told_as_a_sentence_and_a_fragment_as_what_the_source_has(mira: Stage) -> None:
    scene = mira.scene("?")
    sentences = {s.text: s for s in mira.index.record.sentences}
    prize = told(scene, sentences["Golden Hydrophone Prize\t2023"])
    assert "“Golden Hydrophone Prize” (2023)" in prize.text
    heading = told(scene, sentences["Hydrophone Commons\n\n2020.1 - 2020.12"])
    assert "“Hydrophone Commons 2020.1 - 2020.12”" in heading.text


@pytest.mark.parametrize("slug", ["mira", "teo"])
def test_every_sentence_of_a_record_can_be_told_with_its_own_source(request: pytest.FixtureRequest, slug: str) -> None:
    stage: Stage = request.getfixturevalue(slug)
    scene = stage.scene("?")
    for sentence in stage.index.record.sentences:
        draft = told(scene, sentence)
        (span,) = spans_in(draft.text)
        assert span == sentence.span
        assert not draft.is_plain
        assert "None" not in draft.text


class Asked(Exception):
    """Somebody wants the question's vector."""


def without_vector(scene: Scene) -> Scene:
    """``scene``, in which nobody may ask for the question's vector."""

    def refuse() -> Vectors:
        raise Asked

    return replace(scene, meaning=refuse)


def test_where_no_sentence_has_words_of_the_question_its_meaning_is_not_asked_for(mira: Stage) -> None:
    """What is refused is refused in the same words as with it; where there are such sentences, it is needed."""
    strange = mira.planned("Which quokkas juggle zeppelins?", intent="free")
    assert prose(without_vector(strange)) == prose(strange)
    assert prose(strange).status == "refused"
    with pytest.raises(Asked):
        prose(without_vector(mira.planned("How many volunteers were trained?", intent="free")))
