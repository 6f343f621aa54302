"""The verb ``export``: what it writes, where to, and what it says of wrong use."""

import csv
import io
import json
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from app.cli import run
from tests.conftest import Desk


def export(capsys: pytest.CaptureFixture[str], desk: Desk, *words: str) -> str:
    """What the verb prints for the invented acoustician."""
    assert run(["export", "mira-okonjo", *words, *desk.options]) == 0
    return capsys.readouterr().out


def test_bibtex_goes_to_standard_output(capsys: pytest.CaptureFixture[str], ingested: Desk) -> None:
    found = parse_string(export(capsys, ingested))
    assert not found.failed_blocks
    assert len(found.entries) == 3


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 3),
        (("--year", "2022-"), 2),
        (("--venue", "JQS"), 1),
        (("--venue", "not_stated"), 1),
        (("--position", "last"), 1),
        (("--status", "preprint"), 1),
        (("--co-author", "Lena Abadi"), 2),
        (("--text", "HARBOUR"), 1),
        (("--year", "not_stated"), 0),
    ],
)
def test_filters_narrow_every_format(
    capsys: pytest.CaptureFixture[str], ingested: Desk, words: tuple[str, ...], count: int
) -> None:
    rows = csv.reader(io.StringIO(export(capsys, ingested, "--format", "csv", *words)))
    assert len(list(rows)) == count + 1
    assert json.loads(export(capsys, ingested, "--json", *words))["count"] == count
    assert len(json.loads(export(capsys, ingested, "--format", "csl-json", *words))) == count
    assert len(parse_string(export(capsys, ingested, *words)).entries) == count


def test_a_file_is_written_byte_for_byte_as_it_is_printed(
    capsys: pytest.CaptureFixture[str], ingested: Desk, tmp_path: Path
) -> None:
    printed = export(capsys, ingested, "--format", "csv")
    file = tmp_path / "papers.csv"
    assert run(["export", "mira-okonjo", "--format", "csv", "-o", str(file), *ingested.options]) == 0
    assert file.read_bytes() == printed.encode()
    assert "\r\n" in printed
    assert capsys.readouterr().err == f"3 of 3 publications written to {file}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mira-okonjo", "--year", "soon"), "'soon' is no year; give 2024"),
        (("mira-okonjo", "--format", "word"), "'word' is not one of"),
        (("mira-okonjo", "--position", "second"), "'second' is not one of"),
        (("nobody",), "nobody"),
    ],
)
def test_wrong_use_is_one_line_that_says_what_to_give(
    capsys: pytest.CaptureFixture[str], ingested: Desk, words: tuple[str, ...], said: str
) -> None:
    assert run(["export", *words, *ingested.options]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
