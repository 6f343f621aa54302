"""Parts that gave no fact."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.doctor import examine, read_sources
from ingest.doctor.finding import Finding
from ingest.domain import Source
from tests.ingest.doctor.examined import ADA, examined, kinds, quotes

LIST = "".join(
    f"- Ada Byron, Bo Li, Looms That Reckon {n} Times. In *Journal of Looms* 20{n} (JOL-20{n})\n" for n in (21, 22, 23)
)


def in_folder(folder: Path, *sources: str) -> list[Finding]:
    profile = replace(ADA, sources=tuple(Source(path, path) for path in sources))
    return list(examine(read_sources(folder, profile)[0], folder))


def test_a_section_in_which_nothing_was_understood_is_found() -> None:
    text = "## Publications\n\nAll of them are on my page.\n\nAsk me for copies.\n\n## Research Interests\n\n- Looms\n"
    found = [f for f in examined(text) if f.kind == "empty-section"]
    assert [(f.quote, f.severity) for f in found] == [("Publications", "warning")]


def test_a_heading_with_nothing_below_it_is_a_note_unless_its_parts_follow() -> None:
    text = "## Awards\n\n## Service\n\n### Committees\n\n- Chair of the Loom Society, 2020\n"
    found = examined(text)
    assert [(f.kind, f.quote, f.severity) for f in found] == [("empty-section", "Awards", "note")]


def test_prose_needs_no_facts() -> None:
    assert examined("# Ada Byron\n\n## About\n\nI weave numbers.\n\n## Contact\n\nKnock at the door.\n") == []


def test_an_entry_that_is_no_citation_is_found_among_those_that_are() -> None:
    odd = "- Looms. In a drawer of the mill house, 2019\n"
    assert quotes(examined("## Publications\n\n" + LIST + odd), "not-a-citation") == [odd[2:-1]]


def test_a_remark_on_the_list_is_no_entry() -> None:
    assert examined("## Publications\n\nMost of these are on my shelf.\n\n" + LIST) == []


def test_a_document_with_entries_but_no_known_section_is_found() -> None:
    text = "".join(f"Something happened at the mill in {year}.\n\n" for year in range(2015, 2020))
    assert kinds(examined(text)) == ["no-section"]
    assert examined("I weave numbers.\n\nI live by the sea.\n") == []


def test_a_larger_part_below_a_heading_that_nobody_foresaw_is_a_note() -> None:
    part = "## Of Shuttles and Sealing Wax\n\n- one\n- two\n- three\n- four\n\n"
    found = examined(part + "## Publications\n\n" + LIST)
    assert [(f.kind, f.severity, f.quote) for f in found] == [
        ("unknown-heading", "note", "Of Shuttles and Sealing Wax")
    ]
    assert examined(part.replace("- four\n", "") + "## Publications\n\n" + LIST) == []


def test_files_without_a_reader_are_named_and_those_about_the_folder_are_not(tmp_path: Path) -> None:
    for name in (
        "cv.md",
        "cv.rtf",
        "old.rtf",
        "LICENSE",
        "SOURCE.txt",
        "profile.toml",
        "questions.yaml",
        "me.png",
        ".notes.rtf",
    ):
        (tmp_path / name).write_text("# Ada Byron\n\nI weave numbers.\n", encoding="utf-8")
    (found,) = in_folder(tmp_path, "cv.md")
    assert (found.kind, found.document, found.span, found.quote) == ("unread-file", "cv.rtf", None, "")
    assert "cv.rtf, old.rtf" in found.message


def test_a_readable_file_that_is_not_named_is_told_apart(tmp_path: Path) -> None:
    for name in ("cv.md", "papers.md"):
        (tmp_path / name).write_text("# Ada Byron\n\nI weave numbers.\n", encoding="utf-8")
    (found,) = in_folder(tmp_path, "cv.md")
    assert "names other documents, so papers.md is not read" in found.message


def test_a_profile_without_a_readable_document_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "cv.rtf").write_text("{\\rtf1 Ada Byron}", encoding="utf-8")
    assert [(f.kind, f.severity) for f in in_folder(tmp_path)] == [("unread-file", "note"), ("no-documents", "error")]


@pytest.mark.parametrize(("sign", "severity"), [("\u200b", "note"), ("\u202e", "warning"), ("\U000e0041", "warning")])
def test_characters_that_show_nothing_are_reported_though_the_reader_takes_them_out(
    tmp_path: Path, sign: str, severity: str
) -> None:
    (tmp_path / "cv.md").write_text(f"# Ada{sign} Byron\n\nI weave numbers.\n", encoding="utf-8")
    (found,) = in_folder(tmp_path, "cv.md")
    assert (found.kind, found.severity, found.document) == ("invisible-characters", severity, "cv.md")
    assert f"U+{ord(sign):04X} (1×)" in found.message


def test_a_byte_order_mark_and_soft_hyphens_are_usual(tmp_path: Path) -> None:
    (tmp_path / "cv.md").write_text("\ufeff# Ada Byron\n\nI weave num\u00adbers.\n", encoding="utf-8")
    assert in_folder(tmp_path, "cv.md") == []
