"""What does not hold is dropped and counted; what holds is numbered by first appearance."""

import pytest

from app.answer.draft import Draft, mark
from app.answer.verify import Verifier, verified
from ingest.domain import Block, BlockKind, Document, Profile, Record, Section, Span

TEXT = "Awards\n\nGolden Hydrophone Prize 2023\n\nFishing\n\nShe fishes."
PRIZE, YEAR, FISHES = Span("cv.md", 8, 31), Span("cv.md", 32, 36), Span("cv.md", 47, 58)
CV = Document(
    "cv.md",
    "CV",
    "text/markdown",
    TEXT,
    blocks=(
        Block(BlockKind.HEADING, Span("cv.md", 0, 6), level=1),
        Block(BlockKind.ITEM, Span("cv.md", 8, 36), ("Honours", "Awards"), Section.AWARDS, page=3),
        Block(BlockKind.HEADING, Span("cv.md", 38, 45), level=1),
        Block(BlockKind.PARAGRAPH, FISHES),
    ),
    url="https://mira-okonjo.example/cv",
)
RECORD = Record(Profile("mira-okonjo", "Mira Okonjo"), (CV,), (), (), (), "")


def held(*drafts: Draft) -> list[str]:
    """The texts of the sentences that are left of ``drafts``."""
    return [sentence.text for sentence, _ in verified(Verifier(RECORD), drafts)]


def test_a_citation_is_verbatim_and_says_where_it_stands() -> None:
    verifier = Verifier(RECORD)
    result = verifier.check(Draft(f"She won a prize {mark(PRIZE)}."))
    assert result is not None
    sentence, (citation,) = result
    assert sentence.text == "She won a prize [1]."
    assert sentence.citations == (1,)
    assert citation.quote == "Golden Hydrophone Prize" == TEXT[citation.start : citation.end]
    assert (citation.n, citation.document, citation.title) == (1, "cv.md", "CV")
    assert (citation.section, citation.page, citation.url) == ("Honours › Awards", 3, "https://mira-okonjo.example/cv")


def test_a_citation_outside_every_section_names_none() -> None:
    verifier = Verifier(RECORD)
    verifier.check(Draft(f"She fishes {mark(FISHES)}."))
    assert verifier.citations[0].section is None


def test_numbers_go_by_first_appearance_and_are_kept() -> None:
    verifier = Verifier(RECORD)
    drafts = (Draft(f"A {mark(FISHES)}."), Draft(f"B {mark(PRIZE, FISHES)}."), Draft(f"C {mark(PRIZE)}."))
    results = list(verified(verifier, drafts))
    assert [s.text for s, _ in results] == ["A [1].", "B [1][2].", "C [2]."]
    assert [[c.n for c in fresh] for _, fresh in results] == [[1], [2], []]
    assert [c.n for c in verifier.citations] == [1, 2]


@pytest.mark.parametrize(
    "span",
    [
        Span("other.md", 0, 5),
        Span("cv.md", 40, 5000),
        Span("cv.md", 5000, 5001),
        Span("cv.md", 6, 8),
        Span("cv.md", 9, 9),
    ],
    ids=["another document", "past the end", "beyond the text", "only white space", "nothing"],
)
def test_a_sentence_whose_citation_is_not_real_is_dropped_and_counted(span: Span) -> None:
    verifier = Verifier(RECORD)
    assert verifier.check(Draft(f"She won {mark(PRIZE, span)}.")) is None
    assert verifier.dropped == 1
    assert verifier.citations == []


@pytest.mark.parametrize("span", [Span("other.md", 0, 5), Span("cv.md", 9, 9)])
def test_a_plain_sentence_may_not_cite_what_is_not_real_either(span: Span) -> None:
    assert held(Draft(f"Hello {mark(span)}.", is_plain=True)) == []


def test_a_sentence_that_needs_a_source_and_has_none_is_dropped() -> None:
    verifier = Verifier(RECORD)
    assert verifier.check(Draft("She is the best.")) is None
    assert verifier.dropped == 1


def test_a_plain_sentence_needs_no_source() -> None:
    verifier = Verifier(RECORD)
    result = verifier.check(Draft("Hello!", is_plain=True))
    assert result is not None
    assert (result[0].citations, result[1]) == ((), ())
    assert verifier.dropped == 0


@pytest.mark.parametrize("colon", [":", "："])
def test_a_lead_that_announces_a_list_falls_with_the_list(colon: str) -> None:
    lead = Draft(f"She won these{colon}", is_plain=True)
    assert held(lead, Draft("The Nobel Prize", is_item=True)) == []
    assert held(lead, Draft("The Nobel Prize", is_item=True), Draft(f"A prize {mark(PRIZE)}", is_item=True)) == [
        lead.text,
        "A prize [1]",
    ]
    assert held(lead) == [lead.text]


def test_what_is_no_announcement_stays_when_the_items_fall() -> None:
    assert held(Draft("Hello.", is_plain=True), Draft("The Nobel Prize", is_item=True)) == ["Hello."]


def test_an_item_stays_an_item() -> None:
    ((sentence, _),) = verified(Verifier(RECORD), (Draft(f"A prize {mark(YEAR)}", is_item=True),))
    assert sentence.is_item
