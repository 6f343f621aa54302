"""Marks carry spans until they are numbered."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.draft import mark, marks, numbered, spans_in, without_marks
from ingest.domain import Span

A, B, C, D, E = (Span("cv.md", n, n + 5) for n in range(0, 50, 10))
NUMBERS = {A: 1, B: 2, C: 3, D: 4, E: 5}

spans = st.builds(
    lambda document, start, length: Span(document, start, start + length),
    st.sampled_from(["cv.md", "papers/list 1.txt", "履历.md"]),
    st.integers(0, 10**6),
    st.integers(0, 500),
)


@given(st.lists(spans, max_size=6, unique=True), st.text(alphabet="ab “”[]1.", max_size=10))
def test_marks_give_their_spans_back_and_leave_the_text_alone(cited: list[Span], text: str) -> None:
    drafted = text + marks(cited)
    assert spans_in(drafted) == tuple(cited)
    assert without_marks(drafted) == text


def test_a_span_is_marked_once_however_often_it_is_given() -> None:
    assert mark(A, B, A) == mark(A, B)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"It is so {mark(A)}.", "It is so [1]."),
        (f"It is so{mark(A)}.", "It is so [1]."),
        (f"It is so {mark(A, B)}.", "It is so [1][2]."),
        (f"It is so {mark(B, A)}.", "It is so [1][2]."),
        (f"All {mark(A, B, C, D)}.", "All [1]–[4]."),
        (f"All {mark(A, B, C, D, E)}.", "All [1]–[5]."),
        (f"Three {mark(A, B, C)}.", "Three [1][2][3]."),
        (f"Some {mark(A, C, D)}.", "Some [1][3][4]."),
        (f"One {mark(A)} and another {mark(B)}.", "One [1] and another [2]."),
        (f"One ({mark(A)}).", "One ([1])."),
        (mark(A), "[1]"),
        ("None.", "None."),
    ],
)
def test_marks_become_numbers_in_brackets_and_long_runs_a_range(text: str, shown: str) -> None:
    assert numbered(text, NUMBERS) == shown


@given(st.lists(st.sampled_from([A, B, C, D, E]), min_size=1, unique=True))
def test_a_group_of_numbers_names_every_cited_span_and_no_other(cited: list[Span]) -> None:
    shown = numbered(f"So {marks(cited)}.", NUMBERS)
    found: set[int] = set()
    for first, last in re.findall(r"\[(\d+)\](?:–\[(\d+)\])?", shown):
        found |= set(range(int(first), int(last or first) + 1))
    assert found == {NUMBERS[span] for span in cited}
