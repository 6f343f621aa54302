"""A job description from a file is read in the bounded process, whatever it is."""

import io
from pathlib import Path

import pytest
from docx import Document

from app.match.desk import JobRefused
from app.match.domain import Finding, Importance, Protected, Report, Requirement
from app.match.extract import read_posting
from app.match.paper import to_html, to_markdown
from app.match.source import MAX_BYTES, read_job
from tests.ingest.twins import paged
from tests.ingest.twins.person import POSTS

TWINS = Path(paged.__file__).parent
TAG = "<script>alert(1)</script> [x](javascript:alert(1)) **b** | `c`"


def test_text_and_markdown_give_their_requirements() -> None:
    for name in ("job.txt", "job.md"):
        text = read_job(name, b"# Analyst\n\n## Requirements\n\n- Knowledge of Kafka\n- Fluent Danish\n")
        assert [r.text for r in read_posting(text).requirements] == ["Knowledge of Kafka", "Fluent Danish"]


def test_word_and_pdf_give_the_text_that_a_person_sees() -> None:
    for name, content in (("cv.docx", paged.docx()), ("cv.pdf", (TWINS / "article.pdf").read_bytes())):
        text = " ".join(read_job(name, content).split())
        for post in POSTS:
            assert post.organisation in text


@pytest.mark.parametrize("name", ["job.docx", "JOB.DOCX"])
def test_a_description_in_word_gives_its_requirements(name: str) -> None:
    document = Document()
    document.add_heading("Analyst", 0)
    document.add_heading("Requirements", 1)
    for item in ("Knowledge of Kafka", "Fluent Danish"):
        document.add_paragraph(item, style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    found = read_posting(read_job(name, held.getvalue()))
    assert [r.text for r in found.requirements] == ["Knowledge of Kafka", "Fluent Danish"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("job.exe", b"MZ", "no file of"),
        ("job.txt", b"", "is empty"),
        ("job.txt", b"x" * (MAX_BYTES + 1), "at most"),
        ("job.pdf", b"%PDF-1.7\nnot really", "paste its text"),
        ("job.docx", b"PK\x03\x04broken", "paste its text"),
        ("../../etc/passwd.md", b"\x00\x01\x02\x03" * 100, "paste its text"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence_without_a_path(name: str, content: bytes, words: str) -> None:
    with pytest.raises(JobRefused, match=words) as refused:
        read_job(name, content)
    assert "/tmp" not in str(refused.value)
    assert "/" not in str(refused.value).replace("profile.toml", "").replace("and/or", "")


def report(text: str) -> Report:
    finding = Finding(
        Requirement(text, 0, 1, Importance.REQUIRED), "not stated", "Not stated there.", (), f"What of “{text}”?"
    )
    protected = (Protected(text, 0, 1, "age"),)
    return Report("a", text, "en", text, text, (finding,), protected, (), "offline", "0" * 64, (text,))


def test_nothing_of_a_stranger_becomes_markup_on_paper() -> None:
    page = to_html(report(TAG))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    markdown = to_markdown(report(TAG))
    assert "<script" not in markdown.replace("\\<script", "")
    assert "](javascript:" not in markdown


def test_the_page_prints_by_itself(tmp_path: Path) -> None:
    page = to_html(report("Kafka"))
    assert page.startswith("<!doctype html>")
    assert "@media print" in page
    assert "http" not in page
