"""Hybrid search: exact spans, best first, ties in the document's order."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.retrieve import fuse, search, search_vector
from ingest.embed import MiniLM
from tests.app.conftest import Stage

scores = st.lists(st.floats(-5, 50, width=32), min_size=3, max_size=3).map(lambda v: np.array(v, dtype=np.float32))


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("researcher in the underwater listening group", "Harbour Institute of Acoustics"),
        ("doctorate at a university in Norway", "University of Bergen"),
        ("recordings of harbours that everybody may hear", "An open archive of harbour recordings"),
        ("Golden Hydrophone Prize", "Golden Hydrophone Prize"),
    ],
)
def test_the_best_passage_says_what_was_asked(mira: Stage, minilm: MiniLM, query: str, words: str) -> None:
    best = search(mira.index, minilm, query, 1)[0]
    assert words in mira.index.record.quote(best.span)


def test_evidence_is_a_passage_of_the_record_and_comes_best_first(mira: Stage, minilm: MiniLM) -> None:
    found = search(mira.index, minilm, "whales in noisy harbours", 5)
    assert len(found) == 5
    assert [e.score for e in found] == sorted((e.score for e in found), reverse=True)
    assert all(0 <= e.score <= 1 for e in found)
    passages = {p.span: p for p in mira.index.record.passages}
    assert all(passages[e.span].text == mira.index.record.quote(e.span) for e in found)
    assert all(passages[e.span].path == e.path for e in found)


def test_never_more_is_found_than_there_is(mira: Stage, minilm: MiniLM) -> None:
    found = search(mira.index, minilm, "whales", 1000)
    assert len(found) == len({e.span for e in found}) == len(mira.index.record.passages)


def test_the_same_query_finds_the_same_every_time(mira: Stage, minilm: MiniLM) -> None:
    assert search(mira.index, minilm, "ship noise", 8) == search(mira.index, minilm, "ship noise", 8)


def test_where_nothing_tells_passages_apart_they_keep_the_order_of_the_document(mira: Stage) -> None:
    nothing = np.zeros(mira.index.vectors.shape[1], dtype=np.float32)
    found = search_vector(mira.index, nothing, "", 4)
    assert [e.span for e in found] == [p.span for p in mira.index.record.passages[:4]]


def test_a_record_without_passages_has_no_evidence(mira: Stage, minilm: MiniLM) -> None:
    bare = replace(mira.index, record=replace(mira.index.record, passages=()))
    assert search(bare, minilm, "whales", 3) == ()


@given(scores, scores)
def test_fused_scores_lie_between_nothing_and_one(dense: np.ndarray, lexical: np.ndarray) -> None:
    fused = fuse(dense, lexical)
    assert float(fused.min()) >= 0
    assert float(fused.max()) <= 1 + 1e-6


@given(scores)
def test_what_is_best_in_both_lists_is_best_in_the_fused_one(dense: np.ndarray) -> None:
    assert fuse(dense, dense * 2)[int(dense.argmax())] == fuse(dense, dense * 2).max()


def test_each_list_counts_half_whatever_its_scale() -> None:
    dense, lexical = np.array([0.9, 0.8, 0.7], dtype=np.float32), np.array([0, 0, 40], dtype=np.float32)
    assert fuse(dense, lexical).tolist() == pytest.approx([0.5, 0.25, 0.5], abs=1e-6)
