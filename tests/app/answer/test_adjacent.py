"""Two pieces of a source that stand side by side state together what neither states alone."""

import pytest

from app.answer.claim.adjacent import adjacent
from app.answer.support import Shown
from ingest.domain import Document, Profile, Record, Span
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


TEXT = """Tidal Schoolyards. Built with two towns.
Costs turned out 20 % higher than promised.
Quiet Ports
A survey of noise at night.
"""
RECORD = Record(Profile("ada-noor", "Ada Noor"), (Document("cv.md", "CV", "text/markdown", TEXT),), (), (), (), "")


def pieces(*texts: str) -> list[Shown]:
    starts = [TEXT.index(text) for text in texts]
    return [
        Shown(n, Span("cv.md", start, start + len(text)), text, ())
        for n, (start, text) in enumerate(zip(starts, texts, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("name", "told", "is_its"),
    [
        ("Tidal Schoolyards.", "Costs turned out 20 % higher than promised.", True),
        ("Quiet Ports", "A survey of noise at night.", True),
        ("Tidal Schoolyards.", "A survey of noise at night.", False),
        ("Built with two towns.", "Costs turned out 20 % higher than promised.", False),
    ],
)
def test_a_name_is_of_what_follows_it_up_to_the_next_name(name: str, told: str, is_its: bool) -> None:
    found = list(adjacent(pieces(name, told), RECORD))
    heads = [s for s in found if s.kind == "head"]
    assert [s.text for s in heads] == ([name.rstrip(".")] if is_its else [])
    assert all(s.group == heads[0].group for s in found if s.text == told and heads)
