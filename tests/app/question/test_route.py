"""Which intent a question has, by the nearest examples."""

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from app.question.pack import pack
from app.question.plan import LEAST_SCORE
from app.question.route import PACKED, Router, key_of, open_router
from ingest.embed import MiniLM, Vectors
from prompts import load_examples

EXAMPLES = load_examples("intents.yaml")
SOME = [
    (intent, text)
    for intent, languages in EXAMPLES.items()
    for language, texts in languages.items()
    for text in (texts[:1] if language != "en" else texts[:: max(1, len(texts) // 3)])
]


class Unplugged:
    """An embedder that must not be needed."""

    id = "unplugged"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        raise AssertionError("these vectors were known already")


class Other:
    """Another model."""

    id = "other"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        return np.full((len(texts), 4), 0.5, np.float32)


@pytest.mark.parametrize(("intent", "text"), SOME, ids=[text for _, text in SOME])
def test_an_example_has_its_own_intent(router: Router, intent: str, text: str) -> None:
    best = router.route(text)[0]
    assert best.intent == intent
    assert best.score > 0.99


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Where is she employed these days?", "job_current"),
        ("what was the job she had before joining this company?", "job_before"),
        ("For how long did she work at this company?", "job_duration"),
        ("Who was the PhD advisor?", "degree_supervisor"),
        ("Which publications appeared in 2023?", "papers"),
        ("What's her newest publication?", "papers_latest"),
        ("Who are the people she publishes with most?", "coauthors"),
        ("Can you summarize this paper?", "paper_about"),
        ("Who are this paper's authors?", "paper_authors"),
        ("Which prizes has she received?", "awards"),
        ("What's her e-mail address?", "email"),
        ("Could you give me her telephone number?", "private"),
        ("Should I hire her?", "verdict"),
        ("How do I cook spaghetti?", "off_topic"),
        ("她现在的工作是什么？", "job_current"),
        ("她一共有多少篇论文？", "papers"),
    ],
)
def test_a_question_in_other_words_finds_the_intent(router: Router, question: str, intent: str) -> None:
    best = router.route(question)[0]
    assert best.intent == intent
    assert best.score >= LEAST_SCORE


@pytest.mark.parametrize("pair", [("Where does he work?", "Where does she work?"), ("his papers", "their papers")])
def test_pronouns_make_no_difference(router: Router, pair: tuple[str, str]) -> None:
    assert router.route(pair[0]) == router.route(pair[1])


@pytest.mark.parametrize("question", ["zxcvb qwert", "", "?", "今"])
def test_what_is_no_question_is_near_no_intent(router: Router, question: str) -> None:
    assert router.route(question)[0].score < LEAST_SCORE


def test_routes_are_different_intents_best_first(router: Router) -> None:
    routes = router.route("Which papers did she publish in 2023?", best=6)
    assert len({r.intent for r in routes}) == len(routes) == 6
    assert [r.score for r in routes] == sorted((r.score for r in routes), reverse=True)


def test_the_vectors_that_ship_are_those_of_the_examples_that_ship(router: Router, minilm: MiniLM) -> None:
    packed = np.load(str(resources.files("prompts").joinpath(PACKED)))
    assert str(packed["key"]) == key_of(minilm), "the examples have changed: run python -m app.question.pack"
    every = slice(None, None, 40)
    assert (router.vectors[every] * minilm.embed(router.texts[every])).sum(axis=1).min() > 0.99


def test_another_model_has_vectors_of_its_own(tmp_path: Path) -> None:
    assert open_router(Other()).vectors.shape[1] == 4
    pack(Other(), tmp_path / PACKED)
    packed = np.load(tmp_path / PACKED)
    assert str(packed["key"]) == key_of(Other())
    assert packed["vectors"].shape == open_router(Other()).vectors.shape


def test_vectors_that_are_handed_over_are_not_computed_again(router: Router, minilm: MiniLM) -> None:
    again = Router(EXAMPLES, Unplugged(), router.vectors)
    assert again.vectors is router.vectors
    few = Router({"greeting": {"en": ["hello"]}, "thanks": {"en": ["thank you"]}}, minilm)
    assert few.vectors.shape == (2, router.vectors.shape[1])
    assert np.allclose(np.linalg.norm(few.vectors, axis=1), 1.0, atol=1e-5)


class Noted:
    """An embedder that keeps what it is asked to embed."""

    id = MiniLM.id

    def __init__(self, inner: MiniLM) -> None:
        self.texts: list[str] = []
        self._inner = inner

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        self.texts += texts
        return self._inner.embed(texts, progress)


READINGS = [
    (["Has she worked with somebody?", "Has she worked with this paper?", "Has she worked with Zorrilla?"], 3),
    (["Zorrilla", "What did Zorrilla say to Quackenfrost about the weather?"], 2),
    (["她和某人合作过吗？", "她和这篇论文合作过吗？", "她和佐里利亚合作过吗？"], 0),
    (["Where does she work?", "Where does she work?"], 2),
    (["Where does she work?", "Zorrilla in the morning, Zorrilla at night, and Zorrilla all the long day"], 1),
]


@pytest.mark.parametrize(("readings", "most"), READINGS)
def test_of_several_readings_the_nearest_is_found_and_none_embedded_that_could_not_be(
    router: Router, minilm: MiniLM, readings: list[str], most: int
) -> None:
    embedder = Noted(minilm)
    noted = Router(EXAMPLES, embedder, router.vectors)
    every = [router.route(reading) for reading in readings]
    first = max(range(len(readings)), key=lambda i: every[i][0].score)
    assert noted.route_nearest(readings) == (first, every[first])
    assert len(embedder.texts) == most
