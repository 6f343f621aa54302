"""Two pieces of a source that stand side by side state together what neither states alone."""

from app.answer.claim.adjacent import adjacent
from app.answer.support import Shown
from tests.app.conftest import Asking


def test_neighbours_are_told_together_and_what_is_apart_is_not(ask: Asking) -> None:
    record = ask.index("teo-lindqvist").record
    first, second = next(
        (a, b)
        for a, b in zip(record.sentences, record.sentences[1:], strict=False)
        if a.span.document == b.span.document
        and not record.document(a.span.document).text[a.span.end : b.span.start].strip(" ")
    )
    beside = [Shown(1, first.span, first.text, ()), Shown(2, second.span, second.text, ())]
    assert next(s.text for s in adjacent(beside, record)) == f"{first.text} {second.text}"
    assert not list(adjacent(beside[:1], record))
    far = record.sentences[-1]
    assert not list(adjacent([beside[0], Shown(2, far.span, far.text, ())], record))
