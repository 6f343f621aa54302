"""Entries are scored as wholes: their own words, words that people use for them, headings and cognates."""

import pytest

from app.answer.sentences import Sentences
from app.answer.units import Unit, Units, fellows, hit
from ingest.domain import Degree, Passage, Position
from ingest.lexical import stem, tokens
from prompts import load_examples
from tests.app.conftest import Stage


def unit_with(stage: Stage, words: str) -> Unit:
    """The first entry in whose sentences ``words`` stand."""
    scene = stage.scene("?")
    return next(u for u in scene.units.all if words in texts(stage, u))


def texts(stage: Stage, unit: Unit) -> str:
    return "\n".join(stage.index.record.sentences[n].text for n in unit.sentences)


@pytest.mark.parametrize(
    ("word", "fellow", "are"),
    [
        ("salary", "glacier", False),
        ("employer", "company", True),
        ("company", "employer", True),
        ("advisor", "supervisor", True),
        ("dissertation", "thesis", True),
        ("dissertation", "dissertation", False),
        ("unheard", "heard", False),
    ],
)
def test_words_of_one_group_are_fellows_of_each_other_and_never_of_themselves(
    word: str, fellow: str, are: bool
) -> None:
    assert (stem(fellow) in fellows(stem(word))) is are
    assert (stem(word) in fellows(stem(fellow))) is are


@pytest.mark.parametrize(
    ("terms", "around", "value"),
    [
        (("thesi",), (), 1.0),
        (("thesi", "dissert"), ("thesi",), 1.0),
        (("dissert",), (), 0.8),
        (("dissert",), ("thesi",), 0.8),
        ((), ("thesi",), 0.5),
        ((), ("dissert",), 0.5),
        (("glacier",), ("ice",), 0.0),
    ],
)
def test_a_word_counts_more_than_its_fellow_and_both_more_than_a_heading(
    terms: tuple[str, ...], around: tuple[str, ...], value: float
) -> None:
    assert hit("thesi", terms, around) == value


def test_a_post_is_one_entry_with_the_lines_below_it(tove: Stage) -> None:
    unit = unit_with(tove, "Catalogued 4,200")
    assert isinstance(unit.fact, Position)
    assert texts(tove, unit).startswith("Archivist, Museum of Snow")
    assert "Negotiated a loan" in texts(tove, unit)
    assert "Frostline" not in texts(tove, unit)


def test_every_sentence_is_in_one_entry_at_most(tove: Stage) -> None:
    numbers = [n for u in tove.scene("?").units.all for n in u.sentences]
    assert len(numbers) == len(set(numbers)) > 15


def test_an_entry_knows_its_heading_and_its_kind_beside_its_words(tove: Stage) -> None:
    unit = unit_with(tove, "Heated drill head")
    assert stem("patents") in unit.around
    assert stem("invent") in unit.around - unit.terms
    assert set(tokens("degree university")) <= unit_with(tove, "Nils Forsman").around


def test_an_entry_in_the_language_of_the_questions_has_no_cognates(tove: Stage) -> None:
    assert {u.cognates for u in tove.scene("?").units.all} == {frozenset()}


class Foreign(Sentences):
    """Sentences that all count as written in another language."""

    def is_foreign(self, sentence: Passage) -> bool:
        """Always."""
        return True


def test_a_word_that_begins_alike_in_another_language_is_met(tove: Stage) -> None:
    record = tove.index.record
    own, foreign = Units(record, Sentences(record)), Units(record, Foreign(record))
    wanted = "photographie"
    assert (own.knows(wanted), foreign.knows(wanted)) == (False, True)
    assert not foreign.knows("volcanologie")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("loan of maps", "Negotiated a loan"),
        ("crevasses acoustic", "Acoustic localization"),
        ("dissertation dust", "Dust Layers"),
        ("careful driller", "most careful driller"),
    ],
)
def test_the_entry_that_has_the_words_comes_first(tove: Stage, question: str, words: str) -> None:
    scene = tove.planned(question)
    best = scene.units.score(tokens(question), scene.vector, scene.index.sentence_vectors)
    assert words in texts(tove, best[0].unit)
    assert best[0].coverage > 0.6
    assert [u.score for u in best] == sorted((u.score for u in best), reverse=True)


def test_a_rare_word_weighs_more_than_a_frequent_one_and_an_unheard_one_is_unknown(tove: Stage) -> None:
    units = tove.scene("?").units
    assert units.weight("kartwerk") > units.weight("glacier")
    assert units.knows("kartwerk")
    assert not units.knows("volcano")
    assert units.knows(stem("dissertation"))


def test_a_degree_is_one_entry_with_its_thesis(tove: Stage) -> None:
    unit = unit_with(tove, "Dust Layers")
    assert isinstance(unit.fact, Degree)
    assert unit.fact.institution == "University of Uppsala"


def test_every_group_of_the_thesaurus_has_two_words_in_small_letters_and_stands_once() -> None:
    groups = load_examples("thesaurus.yaml")
    assert len(groups) > 20
    assert [g for g in groups if len(g) < 2 or not all(isinstance(w, str) and w == w.lower() for w in g)] == []
    kept = [frozenset(g) for g in groups]
    assert [set(g) for g in kept if kept.count(g) > 1] == []
    assert [g for g in groups if len(set(g)) < len(g)] == []
