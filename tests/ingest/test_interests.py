"""Research interests are topics: not the sort that a list is of, and not the guide through a page."""

import pytest

from ingest.domain import Source
from ingest.extract.lists import interests_in
from ingest.readers import markdown


def topics(text: str) -> list[str]:
    read = markdown.read(f"# Olu Weld\n\n## Research interests\n\n{text}\n", Source("cv.md", "CV"))
    return [fact.topic for fact in interests_in(read)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- Substantive: port noise, tides\n- Methods: field trials", ["port noise", "tides", "Methods"]),
        ("- Thèmes : bruit des ports, marées", ["bruit des ports", "marées"]),
        ("- Inhaltlich: Hafenlärm, Gezeiten", ["Hafenlärm", "Gezeiten"]),
        ("- 方向：港口噪声、潮汐", ["港口噪声", "潮汐"]),
        ("- Graph learning: expressivity, scaling", ["Graph learning"]),
        ("Port noise · tides · cranes at night, in winter", ["Port noise", "tides", "cranes at night", "in winter"]),
    ],
)
def test_a_label_of_the_sort_is_no_topic(text: str, told: list[str]) -> None:
    assert topics(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Articles, working papers, and replication files.",
        "Jump to Articles · Working papers · Book · Chapters · Awards",
        "Publikationen, Lehre, Kontakt",
    ],
)
def test_a_guide_through_the_page_is_none(text: str) -> None:
    assert topics(text) == []


@pytest.mark.parametrize("topic", ["teaching", "the teaching of tides in coastal schools"])
def test_topics_of_teaching_stay(topic: str) -> None:
    assert topics(f"Port noise, {topic}, tides") == ["Port noise", topic, "tides"]
