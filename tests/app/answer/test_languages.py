"""One answer in every language: the same sources, whole sentences, and the way each language puts things."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from app.answer.draft import spans_in
from app.answer.offline import compose
from app.answer.scene import Scene
from app.domain import Language
from tests.app.conftest import Stage, told

OTHERS = [language for language in get_args(Language) if language != "en"]
MIRA = [
    "hello",
    "who are you?",
    "Tell me about her",
    "Where does she work now?",
    "Where did she work before that?",
    "How long was she at Northlight Labs?",
    "Is she still at Northlight Labs?",
    "Has she worked at Google?",
    "List all her positions",
    "Which of her jobs was the longest?",
    "Which degrees does she have?",
    "Where did she do her PhD and how long did it take?",
    "Who was her PhD supervisor?",
    "How many papers has she published?",
    "Which papers were published in 1999?",
    "On which papers is she the first author?",
    "Who are her most frequent co-authors?",
    "Which awards has she won?",
    "What are her research interests?",
    "What is her phone number?",
    "How do I cook pasta?",
    "Should I hire her?",
]
TEO = [
    "Tell me about him",
    "How many papers are on the page, and how many are his?",
    "What is his latest paper?",
    "Which papers came with code?",
    "Where does he work?",
    "Has he worked with Yoshua Bengio?",
]


def spoken(scene: Scene, language: Language) -> Scene:
    """The same question, to be answered in ``language``."""
    return replace(scene, question=replace(scene.question, language=language))


@pytest.mark.parametrize(("person", "question"), [*(("mira", q) for q in MIRA), *(("teo", q) for q in TEO)])
def test_an_answer_says_the_same_with_the_same_sources_in_every_language(
    request: pytest.FixtureRequest, person: str, question: str
) -> None:
    stage: Stage = request.getfixturevalue(person)
    scene = stage.planned(question)
    english = compose(scene)
    cited = {span for draft in english.drafts for span in spans_in(draft.text)}
    for language in OTHERS:
        answer = compose(spoken(scene, language))
        assert (answer.status, answer.reason) == (english.status, english.reason)
        assert [(d.is_item, d.is_plain) for d in answer.drafts] == [(d.is_item, d.is_plain) for d in english.drafts]
        assert {span for draft in answer.drafts for span in spans_in(draft.text)} == cited
        assert told(answer) != told(english)
        for draft in answer.drafts:
            assert not re.search(r"[$|{}\[\]]|\bNone\b|  ", told(draft).strip())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Mira Okonjo arbeitet seit März 2021 als Senior Researcher"
            " am Harbour Institute of Acoustics (Underwater Listening Group), Lisbon.",
        ),
        (
            "fr",
            "Mira Okonjo travaille depuis mars 2021 comme Senior Researcher"
            " au Harbour Institute of Acoustics (Underwater Listening Group), Lisbon.",
        ),
        (
            "es",
            "Mira Okonjo trabaja desde marzo de 2021 como Senior Researcher"
            " en el Harbour Institute of Acoustics (Underwater Listening Group), Lisbon.",
        ),
        (
            "pt",
            "Mira Okonjo trabalha desde março de 2021 como Senior Researcher"
            " no Harbour Institute of Acoustics (Underwater Listening Group), Lisbon.",
        ),
        (
            "it",
            "Mira Okonjo lavora da marzo 2021 come Senior Researcher"
            " presso il Harbour Institute of Acoustics (Underwater Listening Group), Lisbon.",
        ),
    ],
)
def test_the_current_job_is_told_as_each_language_tells_it(mira: Stage, language: Language, text: str) -> None:
    assert told(compose(spoken(mira.planned("Where does she work now?"), language))) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "war etwa 2 Jahre und 5 Monate bei Northlight Labs, von September 2018 bis Februar 2021"),
        ("fr", "a passé environ 2 ans et 5 mois chez Northlight Labs, de septembre 2018 à février 2021"),
        ("es", "pasó aproximadamente 2 años y 5 meses en Northlight Labs, de septiembre de 2018 a febrero de 2021"),
        ("pt", "passou cerca de 2 anos e 5 meses na Northlight Labs, de setembro de 2018 a fevereiro de 2021"),
        ("it", "ha trascorso circa 2 anni e 5 mesi presso Northlight Labs, da settembre 2018 a febbraio 2021"),
    ],
)
def test_how_long_is_told_as_each_language_tells_it(mira: Stage, language: Language, text: str) -> None:
    assert text in told(compose(spoken(mira.planned("How long was she at Northlight Labs?"), language)))
