"""Finding gold quotes in canonical text, and whether citations cover them."""

from dataclasses import replace

import pytest

from evals.case import Gold
from evals.gold import covered, locate
from ingest.domain import Document, Source
from ingest.readers import markdown
from tests.conftest import Desk
from tests.evals.records import cite, record_of

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
