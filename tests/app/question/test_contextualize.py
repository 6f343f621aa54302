"""A follow-up is made to stand by itself from what was said, and from nothing else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Plan
from app.question.contextualize import Said, Standalone, spoken_of, stand_alone
from app.question.link import Vocabulary
from app.question.plan import make_plan
from ingest.domain import Degree, Fact, Honour, Position, Project, Publication
from tests.app.conftest import Stage

SALAD = "and or it that one the second there before at in of these 2019 Northlight Labs Google yes more ? Counting Whales who"


def facts_of(stage: Stage, kind: Any) -> tuple[Fact, ...]:
    """The record's facts of one kind."""
    return tuple(f for f in stage.index.record.facts if isinstance(f, kind))


def said(stage: Stage, text: str, *rows: Fact) -> Said:
    """The state after the question ``text``, whose answer cited ``rows``."""
    return Said(text, make_plan(text, Vocabulary(stage.index.record), stage.router), rows)


def following(stage: Stage, before: Said | None, text: str) -> Standalone:
    """``text`` as it would be asked after ``before``."""
    return stand_alone(text, before, Vocabulary(stage.index.record))


@pytest.mark.parametrize("text", ["Where does she work?", "and in 2023?", "Who wrote it?", "她在哪里工作？", "yes", ""])
def test_the_first_question_is_left_as_it_is(mira: Stage, text: str) -> None:
    assert following(mira, None, text).text == text
    assert following(mira, None, text).facts == ()


@pytest.mark.parametrize(
    ("text", "points"), [("the second one?", True), ("And before that?", True), ("List her papers", False)]
)
def test_a_first_question_that_points_back_is_known_to_point_nowhere(mira: Stage, text: str, points: bool) -> None:
    assert following(mira, None, text).unresolved is points


@pytest.mark.parametrize(
    "text",
    [
        "What was her first paper?",
        "What is Mira Okonjo's first paper about?",
        "Which is the first paper that she wrote?",
        "她的第一篇论文是什么？",
    ],
)
def test_the_first_paper_of_a_person_is_not_the_first_of_a_list(mira: Stage, text: str) -> None:
    assert not following(mira, None, text).unresolved
    papers = facts_of(mira, Publication)
    assert following(mira, said(mira, "What did she publish?", *papers[1:]), text).facts == ()


@pytest.mark.parametrize(
    "text",
    [
        "And before that?",
        "What did she do before that?",
        "before this one?",
        "Where did the study leader work before that?",
        "在那之前呢？",
    ],
)
def test_before_that_is_before_the_post_that_was_told(mira: Stage, text: str) -> None:
    now, _ = facts_of(mira, Position)
    found = following(mira, said(mira, "Where does she work now?", now), text)
    assert "Harbour Institute of Acoustics" in found.text
    assert found.facts == (now,)


@pytest.mark.parametrize("text", ["And what did she study before that?", "Which degree did she take before that?"])
def test_studies_before_that_are_before_no_post(mira: Stage, text: str) -> None:
    now, _ = facts_of(mira, Position)
    found = following(mira, said(mira, "Where does she work now?", now), text)
    assert "before" not in found.text
    assert "study" in found.text or "degree" in found.text


@pytest.mark.parametrize("text", ["In which year?", "and when?", "Since when?", "Where?", "什么时候？"])
def test_when_and_where_the_things_of_a_list_were_is_in_the_list(mira: Stage, text: str) -> None:
    before = said(mira, "What awards did she win?", *facts_of(mira, Honour))
    assert following(mira, before, text).text == "What awards did she win?"
    papers = facts_of(mira, Publication)
    assert following(mira, said(mira, "What did she publish?", *papers), text).text == "What did she publish?"


@pytest.mark.parametrize(
    ("text", "wanted"), [("Where?", "Where was “{}” published?"), ("and when was that?", "When was “{}” published?")]
)
def test_when_and_where_of_one_paper_is_where_it_was_published(mira: Stage, text: str, wanted: str) -> None:
    paper = facts_of(mira, Publication)[0]
    assert isinstance(paper, Publication)
    found = following(mira, said(mira, "What is her latest paper?", paper), text)
    assert (found.text, found.facts) == (wanted.format(paper.title), (paper,))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("and the year after that?", "What did she publish in 2020?"),
        ("And the year before?", "What did she publish in 2018?"),
        ("What talks did she give the following year?", "What talks did she give in 2020?"),
        ("前一年呢？", "What did she publish in 2018?"),
    ],
)
def test_a_year_beside_the_one_that_was_asked_about_is_counted_from_it(mira: Stage, text: str, wanted: str) -> None:
    assert following(mira, said(mira, "What did she publish in 2019?"), text).text == wanted


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Who wrote the first one?", 0),
        ("Who wrote the second paper?", 1),
        ("When was the 3rd one published?", 2),
        ("When was the last one published?", 2),
        ("the second of them: who wrote it?", 1),
        ("第二篇的作者是谁？", 1),
    ],
)
def test_an_ordinal_is_the_row_in_the_order_of_the_answer(mira: Stage, text: str, place: int) -> None:
    papers = facts_of(mira, Publication)
    found = following(mira, said(mira, "List her papers", *papers), text)
    assert found.facts == (papers[place],)
    assert getattr(papers[place], "title", "-") in found.text


def test_an_ordinal_past_the_end_of_the_list_names_nothing(mira: Stage) -> None:
    papers = facts_of(mira, Publication)
    assert following(mira, said(mira, "List her papers", *papers), "Who wrote the fifth one?").facts == ()


def test_the_order_is_that_of_the_answer_and_not_of_the_record(mira: Stage) -> None:
    papers = facts_of(mira, Publication)[::-1]
    found = following(mira, said(mira, "List her papers", *papers), "Who wrote the first one?")
    assert found.facts == (papers[0],)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Who wrote it?", "Who wrote “Counting Whales with One Hydrophone”?"),
        ("When was that paper published?", "When was “Counting Whales with One Hydrophone” published?"),
        ("Who are its authors?", "Who are “Counting Whales with One Hydrophone”’s authors?"),
        ("它的作者是谁？", "“Counting Whales with One Hydrophone”的作者是谁？"),
        (
            "Who wrote Passive Sonar on a Budget, and when was it?",
            "Who wrote Passive Sonar on a Budget, and when was it?",
        ),
        ("Where does she work?", "Where does she work?"),
        ("Is it raining in Bergen?", None),
    ],
)
def test_it_is_the_work_that_was_spoken_of_unless_another_is_named(
    mira: Stage, text: str, standing: str | None
) -> None:
    paper = facts_of(mira, Publication)[0]
    found = following(mira, said(mira, "What is Counting Whales about?", paper), text)
    assert standing is None or found.text == standing


def test_it_stays_as_it_is_where_no_work_was_spoken_of(mira: Stage) -> None:
    (degree,) = facts_of(mira, Degree)
    assert (
        following(mira, said(mira, "Which degrees?", degree), "When was it published?").text == "When was it published?"
    )


@pytest.mark.parametrize(
    ("kind", "where"), [(Position, "Harbour Institute of Acoustics"), (Degree, "University of Bergen")]
)
def test_there_is_the_place_that_was_told(mira: Stage, kind: Any, where: str) -> None:
    row = facts_of(mira, kind)[0]
    found = following(mira, said(mira, "Where?", row), "Who supervised her there?")
    assert found.text == f"Who supervised her at {where}?"
    assert found.facts == (row,)


@pytest.mark.parametrize(
    ("before", "text", "standing"),
    [
        ("Which papers are from 2023?", "and in 2019?", "Which papers are from 2019?"),
        ("Which papers are from 2023?", "2022?", "Which papers are from 2022?"),
        ("Which papers did she publish at JQS?", "And at WCI?", "Which papers did she publish at WCI?"),
        ("Papers with Lena Abadi", "and with Pavel Dvorak?", "Papers with Pavel Dvorak"),
        ("How long was she at Northlight Labs?", "And at Google?", "How long was she at Google?"),
        ("What is Counting Whales about?", "And Hydrophone Commons?", "What is Hydrophone Commons about?"),
        ("How many papers does she have?", "and in 2023?", "How many papers does she have in 2023?"),
        ("How many papers does she have?", "and with Lena Abadi?", "How many papers does she have with Lena Abadi?"),
        ("Which papers are from 2023?", "Who are her co-authors in 2022?", "Who are her co-authors in 2022?"),
    ],
)
def test_a_new_name_takes_the_place_of_the_old_one_of_its_kind(
    mira: Stage, before: str, text: str, standing: str
) -> None:
    assert following(mira, said(mira, before), text).text == standing


@pytest.mark.parametrize(
    ("kind", "text", "standing"),
    [
        (Position, "And for how long?", "How long was he at Harbour Institute of Acoustics?"),
        (Position, "how long exactly?", "How long was he at Harbour Institute of Acoustics?"),
        (Position, "And since when?", "When was he at Harbour Institute of Acoustics?"),
        (Position, "with whom?", "With whom did he work at Harbour Institute of Acoustics?"),
        (Degree, "When was that?", "When was he at University of Bergen?"),
    ],
)
def test_a_bare_word_of_time_or_company_asks_it_of_the_post_or_degree_that_was_told(
    mira: Stage, kind: Any, text: str, standing: str
) -> None:
    row = facts_of(mira, kind)[0]
    found = following(mira, said(mira, "Where?", row), text)
    assert (found.text, found.facts, found.is_place) == (standing, (row,), True)


def test_a_bare_word_after_an_answer_without_post_or_degree_asks_nothing_of_one(mira: Stage) -> None:
    paper = facts_of(mira, Publication)[0]
    assert not following(mira, said(mira, "What is Counting Whales about?", paper), "And for how long?").is_place


def test_of_these_narrows_the_question_before(mira: Stage) -> None:
    found = following(mira, said(mira, "List her papers from 2023"), "How many of these are preprints?")
    assert found.text.startswith("List her papers from 2023")
    assert found.text.endswith("How many of these are preprints?")


@pytest.mark.parametrize("text", ["Which of these is the newest?", "Which of them appeared first?"])
def test_of_these_asks_of_the_works_that_were_named(mira: Stage, text: str) -> None:
    papers = facts_of(mira, Publication)[:2]
    found = following(mira, said(mira, "Which papers are about whales?", *papers), text)
    assert found.among == tuple(papers)
    assert "of the papers" in found.text


@pytest.mark.parametrize("text", ["tell me more", "More", "go on", "yes", "yes please", "and?", "What else?", "继续"])
def test_who_wants_more_wants_more_of_what_was_named(mira: Stage, text: str) -> None:
    paper = facts_of(mira, Publication)[0]
    found = following(mira, said(mira, "What is Counting Whales about?", paper), text)
    assert found.asks_more
    assert found.facts == (paper,)


@pytest.mark.parametrize("text", ["more papers?", "yes, but where does she work?", "tell me more about her PhD"])
def test_who_asks_for_something_does_not_ask_for_more(mira: Stage, text: str) -> None:
    paper = facts_of(mira, Publication)[0]
    assert not following(mira, said(mira, "What is Counting Whales about?", paper), text).asks_more


def test_the_work_spoken_of_is_one_or_none(mira: Stage) -> None:
    papers, (project,) = facts_of(mira, Publication), facts_of(mira, Project)
    assert spoken_of(None) == ()
    assert spoken_of(Said("?", Plan("papers", "?"), papers[:1])) == papers[:1]
    assert spoken_of(Said("?", Plan("papers", "?"), papers)) == ()
    assert spoken_of(Said("?", Plan("project_about", "?", facts=(project,)), papers)) == (project,)
    assert spoken_of(Said("?", Plan("awards", "?"), facts_of(mira, Honour))) == ()


@given(
    st.lists(
        st.sampled_from(SALAD.split()),
        max_size=7,
    ).map(" ".join)
    | st.text(max_size=40)
)
@settings(deadline=None, max_examples=120)
def test_nothing_is_invented_to_make_a_question_stand(mira: Stage, text: str) -> None:
    """Every word of the new question was said: in it, in the question before, or as the name of what was spoken of."""
    paper, now = facts_of(mira, Publication)[0], facts_of(mira, Position)[0]
    before = said(mira, "What is Counting Whales about?", paper, now)
    found = following(mira, before, text)
    known = f"{text} {before.text} {getattr(paper, 'title', '')} Harbour Institute of Acoustics Where did Mira Okonjo work before at in s"
    assert set(found.facts) <= {paper, now}
    pieces = {word.strip("“”’?.:, ").lower() for word in found.text.split()}
    spoken = {word.strip("“”’?.:, ").lower() for word in known.replace("’s", " ").split()}
    assert found.text == text or all(
        any(word in piece or piece in word for word in spoken) for piece in pieces if piece
    )
