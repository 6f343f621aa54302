"""Many spans at once answer as each of them would."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.facts import Span
from ingest.spans import Spans

spans = st.builds(
    lambda document, start, length: Span(document, start, start + length),
    st.sampled_from(["cv.md", "papers.bib"]),
    st.integers(0, 12),
    st.integers(0, 6),
)


@given(st.lists(spans, max_size=8), spans)
def test_one_covers_where_any_does_and_one_is_inside_where_any_is(many: list[Span], asked: Span) -> None:
    assert Spans(many).cover(asked) is any(span.covers(asked) for span in many)
    assert Spans(many).are_in(asked) is any(asked.covers(span) for span in many)
