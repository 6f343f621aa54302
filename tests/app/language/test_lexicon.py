"""The large word lists behind the glossaries."""

from importlib import resources

import pytest

from app.language.gloss import gloss
from app.language.glossary import LANGUAGES, glossary, split
from app.language.lexicon import lexicon

FILES = {
    code: [
        line.split("\t")
        for line in resources.files("prompts").joinpath(f"lexicon-{code}.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    for code in LANGUAGES
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_is_large_and_names_each_word_once(code: str) -> None:
    words = [word for _, *phrases in FILES[code] for word in phrases]
    assert len(words) > 3_500
    assert len(words) == len(set(words))
    assert all(phrases and all(phrases) for _, *phrases in FILES[code])
    assert len({english for english, *_ in FILES[code]}) == len(FILES[code])


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_leaves_the_words_of_the_glossary_to_it(code: str) -> None:
    written = glossary(code).written
    shared = [
        w
        for _, *words in FILES[code]
        for w in words
        if (tuple(w) if LANGUAGES[code] is None else tuple(w.split())) in written
    ]
    assert shared == []


@pytest.mark.parametrize("code", [code for code, stemmer in LANGUAGES.items() if stemmer])
def test_a_key_is_split_as_a_question_is(code: str) -> None:
    elisions = glossary(code).elisions
    words = [word for _, *phrases in FILES[code] for word in phrases]
    assert [w for w in words if " ".join(part for part, _, _ in split(w, elisions)) != w or w != w.lower()] == []


@pytest.mark.parametrize(
    ("code", "word", "english"),
    [
        ("de", "Gutachterin", "reviewer"),
        ("de", "zurueckgezogen", "withdrawn"),
        ("de", "hießen", "was called"),
        ("fr", "fiabilité", "reliability"),
        ("fr", "fiabilite", "reliability"),
        ("fr", "président", "chair"),
        ("es", "dirigieron", "supervised"),
        ("es", "estancias", "stay"),
        ("pt", "orientadora", "supervisor"),
        ("it", "relatori", "supervisor"),
        ("nl", "proefschriften", "thesis"),
        ("zh", "锂离子电池", "lithium-ion battery"),
        ("ja", "弁護士", "lawyer"),
    ],
)
def test_a_form_of_a_listed_word_has_its_english(code: str, word: str, english: str) -> None:
    assert english in gloss(word.lower(), code).text


@pytest.mark.parametrize(
    ("code", "compound", "english"),
    [
        ("de", "Wärmepumpe", "heat pump"),
        ("de", "Energiespeicher", "energy storage"),
        ("de", "Wärmepumpenentwicklung", "heat pump development"),
        ("de", "Prüfverfahren", "test methods"),
        ("nl", "warmtepompontwikkeling", "heat pump development"),
        ("de", "Lindhorst", "Lindhorst"),
        ("de", "Freiburg", "Freiburg"),
    ],
)
def test_a_compound_of_up_to_three_listed_parts_is_taken_apart_and_a_name_is_not(
    code: str, compound: str, english: str
) -> None:
    assert gloss(compound, code).text == english


@pytest.mark.parametrize(
    ("code", "question", "name"),
    [
        ("fr", "A-t-il travaillé avec Fleury et Chemin ?", "Chemin"),
        ("es", "¿Trabajó con Lucha Puerto?", "Lucha Puerto"),
        ("it", "Ha lavorato con Ponte?", "Ponte"),
        ("de", "Hat er mit Zwirna Bäcker gearbeitet?", "Zwirna Bäcker"),
        ("de", "Was schrieb Frau Brunnen?", "Brunnen"),
        ("ja", "シュレディンガーについて", "シュレディンガー"),
        ("es", "¿Qué recibió del Center for Growth?", "for Growth"),
    ],
)
def test_a_name_is_not_called_what_its_word_means(code: str, question: str, name: str) -> None:
    assert name in gloss(question, code).text


def test_the_glossary_comes_first_and_the_fewest_pieces_of_its_lexicon_after() -> None:
    known = glossary("zh")
    assert known.segment("工作经历", wide=False) == known.segment("工作经历")
    assert known.segment("热失控预警") == [("热失控", "thermal runaway"), ("预警", "early warning")]
    assert any(english is None for _, english in known.segment("热失控预警", wide=False))


def test_a_short_word_has_no_stem() -> None:
    assert lexicon("es", "spanish").nearest("for", "for") is None
    assert lexicon("es", "spanish").stems["for"] == "forum"
