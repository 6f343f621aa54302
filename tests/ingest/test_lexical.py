"""BM25 over stems and CJK pairs."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.lexical import Lexical, tokens

TEXTS = ["whales sing in the harbour", "ships hum at night", "刘乾研究代码生成", "the harbour hums"]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("The harbours were humming", ["harbour", "hum"]),
        ("Café RÉSUMÉ", ["cafe", "resum"]),
        ("the whale's song", ["whale", "song"]),
        ("代码生成", ["代", "码", "生", "成", "代码", "码生", "生成"]),
        ("Python开发", ["python", "开", "发", "开发"]),
        ("用Python写whales", ["用", "python", "写", "whale"]),
        ("B.S. in Physics", ["bs", "physic"]),
        ("Ph.D. and M.Sc.", ["phd", "msc"]),
        ("GPT-4 in 2024", ["gpt", "4", "2024"]),
        ("the of and", []),
        ("", []),
    ],
)
def test_terms_are_folded_stems(text: str, terms: list[str]) -> None:
    assert tokens(text) == terms


@given(st.text(max_size=60))
def test_any_text_has_terms_without_spaces(text: str) -> None:
    assert not any(term.isspace() or not term for term in tokens(text))


@pytest.mark.parametrize(("query", "best"), [("whale song", 0), ("humming ships", 1), ("代码", 2), ("harbour hum", 3)])
def test_the_best_text_has_the_highest_score(query: str, best: int) -> None:
    assert int(np.argmax(Lexical.build(TEXTS).scores(query))) == best


@pytest.mark.parametrize("query", ["", "the of", "unheard"])
def test_a_query_without_known_terms_scores_nothing(query: str) -> None:
    assert Lexical.build(TEXTS).scores(query).tolist() == [0.0] * len(TEXTS)


def test_an_index_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    built = Lexical.build(TEXTS)
    built.save(tmp_path / "bm25")
    loaded = Lexical.load(tmp_path / "bm25", len(TEXTS))
    assert loaded.scores("harbour whales").tolist() == built.scores("harbour whales").tolist()


@pytest.mark.parametrize("texts", [[], ["the of and"], ["", ""]])
def test_texts_without_terms_make_an_index_that_finds_nothing(tmp_path: Path, texts: list[str]) -> None:
    Lexical.build(texts).save(tmp_path / "bm25")
    assert Lexical.load(tmp_path / "bm25", len(texts)).scores("whales").tolist() == [0.0] * len(texts)
