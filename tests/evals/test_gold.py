"""Finding gold quotes in canonical text, and whether citations cover them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.case import Gold
from evals.gold import covered, locate, places_of
from ingest.build import Progress, read_record
from ingest.domain import Document, Profile, Source
from ingest.readers import markdown
from tests.conftest import Desk
from tests.evals.records import cite, record_of
from tests.ingest.structured.pages import page

PAGE = markdown.read(
    "# Ada\n\n2020: **Co-founded [the Lab](https://lab.example)** in Porto,\nwith *friends*.\n\nPorto again.",
    Source("a.md", "A"),
)


def quotes(document: Document, quote: str) -> list[str]:
    return [document.quote(span) for span in locate(document, quote)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("the Lab in Porto,", ["the Lab in Porto,"]),
        ("in  Porto, with friends.", ["in Porto,\nwith friends."]),
        ("2020: **Co-founded [the Lab](https://lab.example)**", ["2020: Co-founded the Lab"]),
        ("Porto", ["Porto", "Porto"]),
        ("the Lab in Lisbon", []),
        ("", []),
        ("**", []),
    ],
)
def test_a_quote_is_found_across_white_space_and_markup(quote: str, found: list[str]) -> None:
    assert quotes(PAGE, quote) == found


DATA = page(
    "resume.json",
    json.dumps({"basics": {"name": "Ada Byron"}, "work": [{"name": "Port Lab", "position": "Founder", "startDate": "2020-05-05"}],
        "skills": [{"name": "Web", "keywords": ["Node", "Ruby"]}]}),
)  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ('"position": "Founder"', ["Founder"]),
        ('"startDate": "2020-05-05"', ["2020-05-05"]),
        ('"keywords": ["Node", "Ruby"]', ["Node, Ruby"]),
        ('"position": "Cleaner"', []),
        ('"position":', []),
    ],
)
def test_a_quote_out_of_a_data_file_is_found_by_its_values(quote: str, found: list[str]) -> None:
    assert quotes(DATA, quote) == found


def test_a_quote_of_a_file_that_another_takes_in_is_found_there(tmp_path: Path) -> None:
    (tmp_path / "cv.tex").write_text("\\documentclass{article}\\begin{document}\\input{part}\\end{document}")
    (tmp_path / "part.tex").write_text("Kept the tide tables.")
    record = read_record(tmp_path, Profile("ada", "Ada", sources=(Source("cv.tex", "CV"),)), Progress())
    assert places_of(Gold(document="part.tex", quote="Kept the tide tables."), record)
    assert not places_of(Gold(document="part.md", quote="Kept the tide tables."), record)


def test_a_citation_covers_a_quote_from_half_of_it_on(ingested: Desk) -> None:
    record = record_of(ingested, "mira-okonjo")
    gold = [Gold(document="cv.md", quote="Golden Hydrophone Prize")]
    whole = cite(record, 1, "Golden Hydrophone Prize")
    assert covered(gold, [whole], record) == (1, 1, 0)
    assert covered(gold, [replace(whole, end=whole.start + 12)], record) == (1, 1, 0)
    assert covered(gold, [replace(whole, end=whole.start + 11)], record) == (0, 1, 0)
    assert covered(gold, [replace(whole, document="other.md")], record) == (0, 1, 0)
    assert covered(gold, [], record) == (0, 1, 0)


def test_a_quote_that_no_read_document_holds_is_counted_apart(ingested: Desk) -> None:
    record = record_of(ingested, "mira-okonjo")
    gold = [Gold(document="cv.pdf", quote="Golden Hydrophone Prize"), Gold(document="cv.md", quote="Silver Prize")]
    assert covered(gold, [cite(record, 1, "Golden Hydrophone Prize")], record) == (0, 0, 2)
