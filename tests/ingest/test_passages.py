"""Passages: exact spans, within the budget, never across a section or a paper, and nothing left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Document, Passage, Publication, Source
from ingest.extract import facts_in
from ingest.passages import BUDGET_TOKENS, count_tokens, embedding_text, passages_of, sentences_of
from ingest.readers import listing, markdown, plain
from tests.conftest import INVENTED

WORDS = [
    "tide",
    "port",
    "whale",
    "hum",
    "sonar",
    "鲸",
    "calls",
    "2021",
    "Dr.",
    "e.g.",
    "ship.",
    "noise?",
    "reef!",
    "a",
    "the",
]
PROSE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
PAGES = st.lists(st.tuples(st.sampled_from(["", "# ", "## ", "- "]), PROSE), max_size=6).map(
    lambda lines: "\n\n".join(mark + text for mark, text in lines)
)


def read(text: str) -> Document:
    return markdown.read(text, Source("cv.md", "CV"))


def cut(document: Document, budget_tokens: int = BUDGET_TOKENS) -> tuple[Passage, ...]:
    return passages_of(document, facts_in(document), budget_tokens)


MIRA = read((INVENTED / "mira-okonjo" / "cv.md").read_text(encoding="utf-8"))
TEO = listing.read((INVENTED / "teo-lindqvist" / "papers.txt").read_text(encoding="utf-8"), Source("p.txt", "Papers"))


def check(document: Document, passages: tuple[Passage, ...]) -> None:
    covered: set[int] = set()
    for passage in passages:
        assert document.quote(passage.span) == passage.text
        assert passage.tokens == count_tokens(passage.text)
        here = set(range(passage.span.start, passage.span.end))
        assert not covered & here
        covered |= here
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []
    assert len({p.id for p in passages}) == len(passages)


@pytest.mark.parametrize("document", [MIRA, TEO], ids=["cv", "listing"])
@pytest.mark.parametrize("budget", [30, BUDGET_TOKENS])
def test_passages_hold_every_visible_character_exactly_once(document: Document, budget: int) -> None:
    check(document, cut(document, budget))


@settings(deadline=None, max_examples=60)
@given(PAGES, st.sampled_from([12, 40, BUDGET_TOKENS]))
def test_passages_of_any_page_hold_every_visible_character_exactly_once(text: str, budget: int) -> None:
    document = read(text)
    check(document, cut(document, budget))


@settings(deadline=None, max_examples=60)
@given(st.lists(PROSE, max_size=5).map("\n\n".join))
def test_passages_of_any_plain_text_do_too(text: str) -> None:
    document = plain.read(text, Source("cv.txt", "CV"))
    check(document, cut(document, 20))


@pytest.mark.parametrize("budget", [40, BUDGET_TOKENS])
def test_a_passage_stays_within_the_budget(budget: int) -> None:
    document = read("# Ada\n\n## Story\n\n" + "The whale sang to the harbour. " * 60)
    passages = cut(document, budget)
    assert len(passages) > 1
    assert max(p.tokens for p in passages) <= budget


def test_a_repeated_line_keeps_its_own_place() -> None:
    line = "The whale sang to the harbour, and the harbour hummed back. "
    document = read("# Ada\n\n## Story\n\n" + line * 30)
    starts = [p.span.start for p in cut(document, 40)]
    assert starts == sorted(set(starts))


def test_no_passage_crosses_a_section() -> None:
    for passage in cut(MIRA):
        sections = {b.section for b in MIRA.blocks if passage.span.covers(b.span) and b.path}
        assert len(sections) <= 1


@pytest.mark.parametrize("document", [MIRA, TEO], ids=["cv", "listing"])
def test_no_passage_holds_two_papers(document: Document) -> None:
    papers = [f for f in facts_in(document) if isinstance(f, Publication)]
    for passage in cut(document):
        starts = [p.span.start for p in papers if passage.span.start <= p.span.start < passage.span.end]
        assert len(starts) <= 1


def test_the_headings_are_embedded_but_stay_out_of_the_span() -> None:
    passage = next(p for p in cut(MIRA) if "41,000 hours" in p.text)
    assert passage.path == ("Projects", "Hydrophone Commons")
    assert embedding_text(passage) == f"Projects > Hydrophone Commons\n{passage.text}"


def test_the_same_text_under_the_same_headings_keeps_its_id() -> None:
    text = (INVENTED / "mira-okonjo" / "cv.md").read_text(encoding="utf-8")
    before = {p.id: p.text for p in cut(MIRA)}
    after = {p.id: p.text for p in cut(read(text.replace("Golden Hydrophone Prize", "Silver Hydrophone Prize")))}
    changed = {t for i, t in before.items() if i not in after}
    assert len(changed) == 1
    assert "Golden Hydrophone Prize" in changed.pop()


def test_equal_passages_have_different_ids() -> None:
    document = read("## Notes\n\n" + "\n\n".join(["Same words here."] * 3))
    ids = [p.id for p in cut(document, 4)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("document", [MIRA, TEO], ids=["cv", "listing"])
def test_sentences_are_entries_or_sentences_and_hold_all_but_headings(document: Document) -> None:
    sentences = sentences_of(document, facts_in(document))
    assert all(document.quote(s.span) == s.text and s.text.strip() for s in sentences)
    assert [s.span.start for s in sentences] == sorted(s.span.start for s in sentences)
    assert len({s.id for s in sentences}) == len(sentences)
    covered = {i for s in sentences for i in range(s.span.start, s.span.end)}
    covered |= {i for b in document.blocks if b.kind.value == "heading" for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []
