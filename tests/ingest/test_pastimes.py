"""A section "Interests" may tell of research or of what somebody likes at the weekend."""

import pytest

from ingest.domain import Interest, Source
from ingest.extract.lists import interests_in
from ingest.readers import markdown

CV = """# Olu Weld

## Employment

Crane engineer, Harbour Works, 2012–2020

## Education

MSc Port Acoustics, Quay University, 2012

## Publications

- Weld O. Noise of cranes by night. Sea Notes, 2015.
"""
LAST = "## Languages\n\nEnglish, Danish\n"


def topics(text: str) -> list[str]:
    return [
        fact.topic for fact in interests_in(markdown.read(text, Source("cv.md", "CV"))) if isinstance(fact, Interest)
    ]


@pytest.mark.parametrize("heading", ["Interests", "INTERESTS", "Interessen", "Centres d’intérêt", "Personal interests"])
def test_pastimes_at_the_end_of_a_cv_are_no_research(heading: str) -> None:
    assert topics(f"{CV}\n{LAST}\n## {heading}\n\nKayak, choir, fell running (Harbour marathon 2019)\n") == []


@pytest.mark.parametrize(
    ("before", "heading", "behind"),
    [
        (CV, "Research interests", LAST),
        ("# Olu Weld\n", "Interests", CV.removeprefix("# Olu Weld\n")),
        ("# Olu Weld\n", "Interests", ""),
    ],
)
def test_interests_elsewhere_or_of_research_stay(before: str, heading: str, behind: str) -> None:
    assert topics(f"{before}\n## {heading}\n\nKayak, choir\n\n{behind}") == ["Kayak", "choir"]


def test_interests_whose_words_the_titles_use_stay() -> None:
    assert topics(f"{CV}\n## Interests\n\nCrane noise, port acoustics, tides\n") == [
        "Crane noise",
        "port acoustics",
        "tides",
    ]
