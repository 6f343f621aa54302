"""The person's part in something is not told as more than it is."""

import pytest

from app.answer.claim.raised import raises
from app.answer.claim.unit import Unit, made_unit
from ingest.domain import Degree, Fact, PartialDate, Period, Profile, Publication, Span

ADA = Profile("ada-noor", "Ada Noor")
AT = Span("cv.md", 0, 9)
THEIRS = Publication(span=AT, title="Tides", authors=("Odum K", "Noor A"))
HERS = Publication(span=AT, title="Bogs", authors=("Noor A", "Odum K"))
EQUAL = Publication(span=AT, title="Fens", authors=("Odum K", "Noor A"), equal=("Odum K", "Noor A"))
BEGUN = Degree(span=AT, title="PhD, Peat", institution="Lowmere", period=Period(PartialDate(2020, 10), None, True))
TAKEN = Degree(span=AT, title="PhD, Peat", institution="Lowmere", period=Period(PartialDate(2016), PartialDate(2020)))


def unit(fact: Fact | None, text: str) -> Unit:
    return made_unit(1, text, fact, "en")


@pytest.mark.parametrize(
    ("fact", "claim", "is_raised"),
    [
        (THEIRS, "She is the first author of “Tides”.", True),
        (THEIRS, "Sie ist Erstautorin von „Tides“.", True),
        (THEIRS, "Elle est la première autrice de « Tides ».", True),
        (THEIRS, "She is a co-author of “Tides”.", False),
        (THEIRS, "“Tides” is a preprint with Kofi Odum as first author.", False),
        (THEIRS, "The first author of “Tides” is Kofi Odum.", False),
        (THEIRS, "She is the first author of “Tides”, with Kofi Odum.", True),
        (HERS, "She is the first author of “Bogs”.", False),
        (EQUAL, "She is a joint first author of “Fens”.", False),
        (BEGUN, "She holds a PhD, Peat from Lowmere.", True),
        (BEGUN, "She has been a PhD student at Lowmere since 2020.", False),
        (BEGUN, "Sie hat einen PhD, Peat.", True),
        (BEGUN, "In 2024 Ada Noor earned her doctoral degree, a PhD on Peat.", True),
        (BEGUN, "Her PhD has two supervisors.", False),
        (BEGUN, "She has two supervisors for her PhD, Peat.", False),
        (TAKEN, "She holds a PhD, Peat from Lowmere.", False),
    ],
)
def test_of_papers_and_degrees(fact: Fact, claim: str, is_raised: bool) -> None:
    assert raises(claim, [unit(fact, "Peat, Lowmere")], ADA) is is_raised


@pytest.mark.parametrize(
    ("claim", "is_raised"),
    [
        ("In River Maps she is the PI (2022).", True),
        ("En River Maps es la IP.", True),
        ("In River Maps she is co-PI, the PI is Kofi Odum.", False),
        ("In Peat Maps she is the PI (2021).", False),
    ],
)
def test_of_grants(claim: str, is_raised: bool) -> None:
    entries = [unit(None, "River Maps, PI: Kofi Odum, Co-PI, 2022"), unit(None, "Peat Maps, PI, 2021")]
    assert raises(claim, entries, ADA) is is_raised
