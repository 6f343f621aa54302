"""JSON, CSL-JSON and comma-separated values of a list of publications."""

import csv
import io
import json
from typing import Any

import pytest

from app.library import Library
from app.record.csl import to_csl
from app.record.export import FORMATS
from app.record.rows import to_csv, to_json
from app.record.works import works_of
from ingest.domain import PartialDate, Record, Span
from tests.app.record.conftest import PEOPLE, Listing


def csv_text(record: Record) -> str:
    works = works_of(record)
    return to_csv(record, works, works)


def lines(record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(record), newline="")))


def items(record: Record) -> list[dict[str, Any]]:
    works = works_of(record)
    return to_csl(record, works, works)


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_row_leads_to_its_exact_span(library: Library, slug: str) -> None:
    record = library.open(slug).record
    works = works_of(record)
    listed = to_json(record, works, works)
    assert listed["count"] == listed["total"] == len(works)
    for work, row, line in zip(works, listed["publications"], lines(record), strict=True):
        span = Span(line["document"], int(line["start"]), int(line["end"]))
        assert span == work.paper.span
        assert row["source"]["quote"] == record.quote(span)
        assert row["key"] == line["key"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("slug", PEOPLE)
def test_every_format_can_be_written_of_everybody(library: Library, slug: str, name: str) -> None:
    record = library.open(slug).record
    works = works_of(record)
    text = FORMATS[name].write(record, works, works)  # type: ignore[index]
    assert text == FORMATS[name].write(record, works, works)  # type: ignore[index]
    if name.endswith("json"):
        json.loads(text)


@pytest.mark.parametrize("title", ["=1+1", "+SUM(A1)", "-2", "@cmd", "＝1", "＠x", "\t=1", " =1"])
def test_no_cell_is_a_formula(listing: Listing, title: str) -> None:
    (line,) = lines(listing({"title": title, "authors": (title,), "venue": title, "notes": (title,)}))
    for name in ("title", "authors", "venue", "notes"):
        assert line[name] == f"'{title.strip()}"


def test_a_cell_with_quotes_commas_and_lines_is_one_cell(listing: Listing) -> None:
    record = listing({"title": 'Of "tides",\nand; seas'})
    (line,) = lines(record)
    assert line["title"] == 'Of "tides", and; seas'
    assert csv_text(record).count("\r\n") == 2


def test_what_is_not_stated_is_empty(listing: Listing) -> None:
    (line,) = lines(listing({"authors": ("Kim Ro",)}))
    empty = {"author_position", "author_rank", "year", "date", "venue", "venue_tag", "status", "form", "notes"}
    assert {name for name, value in line.items() if value == ""} == empty
    (row,) = to_json(record := listing({}), works_of(record), works_of(record))["publications"]
    assert {name for name, value in row.items() if value is None} == {
        "year", "date", "venue", "venue_tag", "venue_group", "status", "form", "refereed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        (None, None),
        (PartialDate(None, 4, 2), None),
        (PartialDate(2024), {"date-parts": [[2024]]}),
        (PartialDate(2024, 11, 9), {"date-parts": [[2024, 11, 9]]}),
        (PartialDate(2024, 23), {"date-parts": [[2024]], "season": 3}),
    ],
)
def test_a_date_of_csl_is_as_exact_as_the_source(
    listing: Listing, date: PartialDate | None, issued: dict[str, object] | None
) -> None:
    (item,) = items(listing({"date": date}))
    assert item.get("issued") == issued


def test_a_name_of_csl_has_parts_only_where_its_spelling_tells_them_apart(listing: Listing) -> None:
    (item,) = items(listing({"authors": ("Ada Byron", "Ro, Kim", "Dahl T"), "authors_complete": False}))
    assert item["author"] == [
        {"literal": "Ada Byron"}, {"family": "Ro", "given": "Kim"}, {"family": "Dahl", "given": "T"},
    ]  # fmt: skip
    assert item["custom"]["authors_complete"] is False


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"form": "book"}, "book"),
        ({"form": "chapter"}, "chapter"),
        ({"form": "thesis"}, "thesis"),
        ({"status": "preprint"}, "article"),
        ({"venue": "Journal of Tides"}, "article-journal"),
        ({"venue": "Tidal Workshop"}, "paper-conference"),
        ({"venue": "Tides"}, "document"),
    ],
)
def test_a_kind_of_csl_is_told_only_by_what_is_printed(listing: Listing, entry: dict[str, object], kind: str) -> None:
    assert items(listing(entry))[0]["type"] == kind
