"""The entry that a question is about is told where it is near enough, and what the record never speaks of is refused."""

import pytest

from app.answer.draft import Composition, Draft, mark
from app.answer.nearest import counts, entry_at_length, nearest_entry, set_against, with_its_author
from ingest.lexical import stem
from tests.app.conftest import Asking, Stage, told

TOVE = "tove-aalberg"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Were maps on loan?", "Negotiated a loan of maps"),
        ("Who drills ice cores in Greenland?", "drill ice cores in Greenland"),
        ("How many photographs were catalogued?", "4,200 photographs"),
        ("Which polar fund pays for clocks?", "Nordic Polar Fund"),
    ],
)
def test_the_entry_that_has_all_telling_words_is_told(tove: Stage, question: str, words: str) -> None:
    composed = nearest_entry(tove.planned(question, facts=()))
    assert composed is not None
    assert words in told(composed)


@pytest.mark.parametrize(
    "question",
    [
        "Which volcanoes did she drill?",
        "How many maps were catalogued?",
        "Why did she catalogue photographs?",
        "What is the title of her thesis in Lund?",
        "Who is she?",
    ],
)
def test_what_the_record_does_not_say_has_no_nearest_entry(tove: Stage, question: str) -> None:
    assert nearest_entry(tove.planned(question)) is None


@pytest.mark.parametrize(
    ("question", "intent", "told_by"),
    [
        ("Did she give a presentation on frozen ground?", "talks", None),
        ("Which polar fund pays for clocks?", "free", "Nordic Polar Fund"),
        ("Was there a grant for ice cores in Greenland?", "grants", "Frostline"),
    ],
)
def test_an_entry_of_another_kind_is_not_told_for_what_is_asked(
    tove: Stage, question: str, intent: str, told_by: str | None
) -> None:
    composed = nearest_entry(tove.planned(question, intent=intent))
    assert (composed is None) if told_by is None else (composed is not None and told_by in told(composed))


@pytest.mark.parametrize(
    ("slug", "question"),
    [
        ("qian-liu", "Has he taught any courses?"),
        ("qian-liu", "Has he supervised students?"),
        ("qian-liu", "Which programming languages does he know?"),
        ("baohao-liao", "What is his teaching experience?"),
        ("baohao-liao", "What are his hobbies?"),
    ],
)
def test_a_scholarship_is_no_teaching_and_a_paper_no_skill(ask: Asking, slug: str, question: str) -> None:
    answer = ask(slug, question)
    assert answer.status == "refused", answer.answer
    assert not answer.citations


@pytest.mark.parametrize(
    ("head", "shown", "there"),
    [
        ("station", "41 stations on the coast", True),
        ("station", "stations: 41", True),
        ("station", "41 ships and boats of the coast guard near stations", False),
        ("station", "stations on the coast", False),
        ("station", "41 ships", False),
    ],
)
def test_a_count_stands_beside_what_is_counted(head: str, shown: str, there: bool) -> None:
    assert counts(stem(head), shown) is there


@pytest.mark.parametrize(
    "question",
    [
        "The drill patent or the localization one, which came first?",
        "Which came first, the drill patent or the localization patent?",
        "Between the drill patent and the localization patent, which came first?",
    ],
)
def test_two_entries_set_against_each_other_are_both_told(tove: Stage, question: str) -> None:
    composed = set_against(tove.planned(question))
    assert composed is not None
    assert "granted 2021" in told(composed)
    assert "filed 2016" in told(composed)


@pytest.mark.parametrize(
    "question",
    [
        "Does she hold the drill patent or the localization one?",
        "Which came first, the drill patent or the volcano patent?",
        "Which came first, the heated drill or the deep cores?",
        "Which came first?",
    ],
)
def test_nothing_is_set_against_what_is_not_there_or_against_itself(tove: Stage, question: str) -> None:
    assert set_against(tove.planned(question)) is None


def test_of_two_posts_the_longer_is_told(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "Was she longer at the Museum of Snow or at the Alpine School Davos?").answer
    assert "Museum of Snow" in answer
    assert "Greta" not in answer


def test_a_post_that_a_question_asks_what_it_is_comes_with_its_lines(tove: Stage) -> None:
    post = next(
        f
        for f in tove.index.record.facts
        if f.span == tove.span("Archivist, Museum of Snow, Bern, Switzerland, 2015 – 2018")
    )
    head = Composition((Draft(f"An archivist {mark(post.span)}."),))
    at_length = told(entry_at_length(tove.planned("Tell me about the Museum of Snow"), head))
    assert "4,200 photographs" in at_length
    assert "Kartwerk" in at_length
    assert entry_at_length(tove.planned("When was she at the Museum of Snow?"), head) is head


@pytest.mark.parametrize(
    ("question", "words", "name"),
    [
        ("Who said that she is careful?", "careful driller", "Ravi Menon"),
        ("Who praised her for photographs?", "missing photograph", "Greta Zurbriggen"),
    ],
)
def test_who_said_something_is_the_name_below_it(tove: Stage, question: str, words: str, name: str) -> None:
    said = Composition((Draft(f"So it is {mark(tove.span(words))}."),))
    assert name in told(with_its_author(tove.planned(question), said))
    assert with_its_author(tove.planned("Is she careful?"), said) is said


def test_what_nobody_signed_has_no_author(tove: Stage) -> None:
    said = Composition((Draft(f"So it is {mark(tove.span('Negotiated a loan'))}."),))
    assert with_its_author(tove.planned("Who said that?"), said) is said


def test_what_another_said_keeps_its_own_words(ask_tove: Asking) -> None:
    answer = ask_tove(TOVE, "Who said that she is a careful driller?").answer
    assert "“Tove is the most careful driller I have ever worked beside.”" in answer
    assert "““" not in answer


@pytest.mark.parametrize(
    "question",
    [
        "What is her salary?",
        "What is her h-index?",
        "What is the title of her master's thesis?",
        "Why did she leave the Museum of Snow?",
        "Did she work at Kartwerk?",
        "How many maps did she catalogue?",
        "What is her phone number?",
        "How many volcanoes did she climb?",
    ],
)
def test_what_the_record_never_states_stays_refused(ask_tove: Asking, question: str) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "refused"
    assert answer.reason in {"not_in_sources", "private"}


@pytest.mark.parametrize(
    ("question", "has", "lacks"),
    [
        ("Which patent was granted in 2021?", "Heated drill head", "crevasses"),
        ("How much money did she get for Clocks in Ice?", "250,000 euros", "48,000"),
        ("When did she get the rope access certificate?", "2020", "Wilderness"),
        ("Which is her most recent certificate?", "Rope Access", "Wilderness"),
        ("With whom did she design the cold archive?", "Ravi Menon and Petra Holm", "Kartwerk"),
        ("What is the title of her PhD thesis?", "Dust Layers as Clocks in Polar Ice", "Kyoto"),
        ("Where does she live?", "Malmö", "Greenland"),
    ],
)
def test_what_an_entry_states_is_answered_from_it_alone(ask_tove: Asking, question: str, has: str, lacks: str) -> None:
    answer = ask_tove(TOVE, question)
    assert answer.status == "grounded"
    assert has in answer.answer
    assert lacks not in answer.answer


@pytest.mark.parametrize(
    ("first", "then", "has"),
    [
        ("Where does she work now?", "And for how long?", "since 2019"),
        ("What did she do at the Museum of Snow?", "And when?", "from 2015 to 2018"),
    ],
)
def test_a_bare_follow_up_is_answered_of_the_post_before(ask_tove: Asking, first: str, then: str, has: str) -> None:
    assert has in ask_tove(TOVE, first, then).answer
