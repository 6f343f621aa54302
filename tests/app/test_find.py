"""Search over one record, excerpts of its documents, and how it is told who somebody is; every span exact."""

import pytest

from app.excerpt import DocumentNotFound, OutOfRange, excerpt
from app.find import Finder, values_of
from app.portrait import counts, portrait
from ingest.domain import Position, Publication
from tests.app.conftest import Asking

MIRA = "mira-okonjo"


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ("whale calls in harbours", "publication", "Whale"),
        ("researcher in the underwater listening group", "position", "Senior Researcher"),
        ("doctorate at a university in Norway", "degree", "Bergen"),
    ],
)
def test_the_best_fact_says_what_was_looked_for(ask: Asking, query: str, kind: str, words: str) -> None:
    found = Finder(ask.assistant.library).find(MIRA, query, 5)
    assert kind in [f.fact.kind for f in found.facts[:3]]
    assert any(words in found.record.quote(f.fact.span) for f in found.facts[:3])


def test_no_more_is_found_than_asked_for_and_both_lists_come_best_first(ask: Asking) -> None:
    found = Finder(ask.assistant.library).find("qian-liu", "language models", 4)
    for scores in ([e.score for e in found.passages], [f.score for f in found.facts]):
        assert len(scores) == 4
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_the_values_of_a_fact_leave_out_what_is_not_stated(ask: Asking) -> None:
    facts = ask.index(MIRA).record.facts
    position = next(values_of(f) for f in facts if isinstance(f, Position))
    assert position["period"] == {"start": "2021-03", "end": None, "current": True}
    assert "supervisors" not in position
    paper = next(values_of(f) for f in facts if isinstance(f, Publication))
    assert paper["date"] == "2023"
    assert paper["authors"]
    assert not {"span", "kind", "abstract"} & set(paper)


def test_an_excerpt_is_the_text_between_two_places(ask: Asking) -> None:
    record = ask.index(MIRA).record
    document = record.documents[0]
    fact = next(f for f in record.facts if isinstance(f, Position))
    found = excerpt(record, document.id, fact.span.start, fact.span.end)
    assert found.text == record.quote(fact.span)
    assert found.section == "Experience"
    assert found.page is None
    assert excerpt(record, document.id).text == document.text


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (0, 10**9), (10**9, None)])
def test_an_excerpt_that_is_none_says_how_long_the_document_is(ask: Asking, start: int, end: int | None) -> None:
    record = ask.index(MIRA).record
    with pytest.raises(OutOfRange, match=str(len(record.documents[0].text))):
        excerpt(record, "cv.md", start, end)


def test_a_document_that_is_not_there_names_the_near_ones(ask: Asking) -> None:
    with pytest.raises(DocumentNotFound, match=r"did you mean: cv\.md"):
        excerpt(ask.index(MIRA).record, "cv.mdx")


def test_a_portrait_counts_what_the_record_states(ask: Asking) -> None:
    record = ask.index(MIRA).record
    told = portrait(ask.assistant, MIRA)
    assert told["counts"] == counts(record)
    assert sum(counts(record).values()) == len(record.facts)
    assert told["counts"]["publications"] == sum(isinstance(f, Publication) for f in record.facts)
    assert told["suggestions"] == list(ask.assistant.suggestions(MIRA))
    assert told["read"] == "2026-01-05"
