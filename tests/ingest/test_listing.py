"""Listing pages whose marks run together: one record a paper, no character lost, none invented."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import Document, PartialDate, Publication, Source
from ingest.readers import listing
from tests.conftest import INVENTED, TOP

SOURCE = Source("papers.txt", "Papers")


def read(text: str) -> Document:
    return listing.read(text, SOURCE)


def papers(document: Document) -> list[Publication]:
    return [fact for fact in document.facts if isinstance(fact, Publication)]


TEO = read((INVENTED / "teo-lindqvist" / "papers.txt").read_text(encoding="utf-8"))
SEED = read((TOP / "data/profiles/baohao-liao/papers.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("number", "title", "authors", "complete", "date", "subject", "code", "affiliation"),
    [
        (
            0,
            "Grasping Soft Fruit without Bruising It",
            ("Teo Lindqvist", "Amara Ndiaye", "Jun Hsu"),
            False,
            PartialDate(2024, 5, 4),
            "RO",
            True,
            "Orchard Robotics",
        ),
        (
            1,
            "Seeing Ripeness in the Dark",
            ("Amara Ndiaye", "Teo Lindqvist"),
            True,
            PartialDate(2022, 11, 19),
            "CV",
            False,
            None,
        ),
        (
            2,
            "A Ladder for Legged Robots",
            ("Jun Hsu", "Wiebke Aalto"),
            False,
            PartialDate(None, 2, 3),
            "RO",
            False,
            None,
        ),
    ],
)
def test_a_record_says_what_the_page_prints(
    number: int,
    title: str,
    authors: tuple[str, ...],
    complete: bool,
    date: PartialDate,
    subject: str,
    code: bool,
    affiliation: str | None,
) -> None:
    paper = papers(TEO)[number]
    assert (paper.title, paper.authors, paper.authors_complete) == (title, authors, complete)
    assert (paper.date, paper.subject, paper.has_code, paper.affiliation) == (date, subject, code, affiliation)


def test_an_abstract_is_its_own_span() -> None:
    first = papers(TEO)[0]
    assert first.abstract is not None
    assert TEO.quote(first.abstract).startswith("Picking strawberries")
    assert TEO.quote(first.abstract).endswith("2,400 berries.")
    assert TEO.quote(first.span).endswith("Orchard Robotics")


def test_the_seed_page_has_twenty_papers_two_without_a_year_five_with_code() -> None:
    found = papers(SEED)
    assert len(found) == 20
    assert sum(p.date is not None and p.date.year is None for p in found) == 2
    assert sum(bool(p.has_code) for p in found) == 5
    assert sum("Baohao Liao" in p.authors for p in found) == 18
    assert all(p.abstract for p in found)


@pytest.mark.parametrize("document", [TEO, SEED], ids=["invented", "seed"])
def test_every_visible_character_stands_in_exactly_one_block(document: Document) -> None:
    covered: Counter[int] = Counter()
    for block in document.blocks:
        covered.update(range(block.span.start, block.span.end))
    assert {i for i, c in enumerate(document.text) if not c.isspace()} <= covered.keys()
    assert max(covered.values()) == 1


@pytest.mark.parametrize("document", [TEO, SEED], ids=["invented", "seed"])
def test_nothing_is_invented(document: Document) -> None:
    for paper in papers(document):
        entry = document.quote(paper.span)
        assert paper.title in entry
        assert all(author in entry for author in paper.authors)
        assert paper.subject is not None
        assert paper.subject in entry


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("A Model of ModelsAda McByron, Bo Li", "A Model of Models", ("Ada McByron", "Bo Li")),
        ("Learning to WaitIan O'Brien, Bo Li", "Learning to Wait", ("Ian O'Brien", "Bo Li")),
        ("Learning to WaitIan MacDonald, Bo Li", "Learning to Wait", ("Ian MacDonald", "Bo Li")),
        ("Is It Enough?Ada Byron, Bo Li et al.", "Is It Enough?", ("Ada Byron", "Bo Li")),
        ("Scaling to 10BAda Byron, Bo Li", "Scaling to 10B", ("Ada Byron", "Bo Li")),
        (
            "Attention for iPhoneZoë Müller-Lüdenscheidt, Bo Li",
            "Attention for iPhone",
            ("Zoë Müller-Lüdenscheidt", "Bo Li"),
        ),
        ("Waves in PyTorchÉmile Durand, Bo Li", "Waves in PyTorch", ("Émile Durand", "Bo Li")),
    ],
)
def test_title_and_first_author_are_told_apart(line: str, title: str, authors: tuple[str, ...]) -> None:
    text = f"CLNov 9, 2022\n{line}\nText.\nCVMay 1, 2021\nOther ThingsCara Diaz, Bo Li\nText."
    paper = papers(read(text))[0]
    assert (paper.title, paper.authors) == (title, authors)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Ada\n\nNov 9, 2022",
        "CLNov 9, 2022\nOnly oneAda Byron\nText.",
        "Intro\nCLNov 9, 2022\nA\nCLNov 9, 2021\nB",
    ],
)
def test_other_pages_are_not_taken_for_listings(text: str) -> None:
    assert not listing.is_listing(text)


@given(st.lists(st.text(max_size=40), min_size=2, max_size=4))
def test_any_page_with_heads_keeps_its_text(bodies: list[str]) -> None:
    text = "\n".join(f"CLNov {n + 1}, 2022\n{body}" for n, body in enumerate(bodies))
    document = read(text)
    assert document.text == text
    covered = {i for b in document.blocks for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(text) if i not in covered and not c.isspace()] == []


def test_a_head_with_nothing_below_it_is_no_paper() -> None:
    text = "CLMay 4, 2024Code\nOn LoomsAda Byron, Bo Li\nWe weave.\nCVNov 19, 2022"
    document = read(text)
    assert [p.title for p in papers(document)] == ["On Looms"]
    assert max(b.span.end for b in document.blocks) == len(text)
