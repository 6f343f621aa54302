"""Shared words of a question and the examples are counted for all examples at once, and are what they are one by one."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.question.route import Router, terms
from tests.ingest.embedders import Other

EXAMPLES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "work": {"en": ["where does he work now", "who employs him", "the"], "zh": ["他在哪里工作"]},
    "papers": {"en": ["which papers did he write", "how many papers has he"]},
}


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(["work", "paper", "write", "now", "?where", "?how", "?many", "mani", "unheard"])))
def test_the_share_is_dices_coefficient_of_every_example(asked: frozenset[str]) -> None:
    router = Router(EXAMPLES, Other())
    expected = [
        2 * len(asked & own) / (len(asked) + len(own)) if asked and own else 0.0 for own in map(terms, router.texts)
    ]
    assert router.shared(asked).tolist() == pytest.approx(expected)
