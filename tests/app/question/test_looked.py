"""What is told of a question before its answer: how many facts of which kind, and what they were chosen by."""

import pytest

from app.domain import Filters, Plan, Question, Retrieved
from app.question.looked import looked_at
from ingest.domain import Degree, Fact, Publication, Span

PAPER = Publication(span=Span("cv.md", 0, 1), title="T")
DEGREE = Degree(span=Span("cv.md", 1, 2), institution="U", title="PhD")


@pytest.mark.parametrize(
    ("filters", "rows", "told"),
    [
        (Filters(years=(2024, 2024)), (PAPER, PAPER), Retrieved(2, 8, "publication", ("2024",))),
        (Filters(years=(2020, None), venue="ICLR"), (PAPER,), Retrieved(1, 8, "publication", ("2020–", "ICLR"))),
        (Filters(years=(None, 2019)), (), Retrieved(0, 8, "fact", ("–2019",))),
        (Filters(is_sole=True), (PAPER, DEGREE), Retrieved(2, 8, "fact", ())),
    ],
)
def test_it_is_told_in_the_visitors_words(filters: Filters, rows: tuple[Fact, ...], told: Retrieved) -> None:
    assert looked_at(Question("?", "en", Plan("papers", "?", filters=filters), rows), 8) == told
