"""Publication lists as CSV, such as a Google Scholar profile exports."""

import csv
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.structured.keys import folded
from ingest.readers.structured.load import Row, Value, visible


def load_csv(text: str, path: Path) -> Value:
    """The rows of a table under the names of its first line.

    Raises:
        SourceUnreadable: not CSV; the message names the line.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        header, *lines = list(reader) or [[]]
    except csv.Error as error:
        raise SourceUnreadable(
            f"{path}, line {reader.line_num}: not valid CSV: {error}; export the table again"
        ) from error
    return [row for line in lines if (row := _row(header, line))]


def is_table(text: str) -> bool:
    """Whether the first line names titles and authors."""
    names = {folded(name) for name in text.split("\n", 1)[0].replace(";", ",").replace("\t", ",").split(",")}
    return "title" in names and bool(names & {"authors", "author"})


def _row(header: list[str], line: list[str]) -> Row:
    return {key: visible(value).strip() for key, value in zip(header, line, strict=False) if key and value.strip()}
