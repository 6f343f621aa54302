"""A job description from a file: text, Markdown, PDF or Word, read in the same bounded process as the sources of a profile."""

import tempfile
from collections.abc import Collection
from pathlib import Path

from app.match.desk import JobRefused
from ingest.child import Child
from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.limits import Limits

MAX_BYTES = 700_000
"""Of an uploaded file; a job description has some hundred thousand. In base64 it still fits the door."""
ENDINGS: Collection[str] = (".txt", ".md", ".pdf", ".docx")
_SECONDS = 20
_SHARED = ("email", "links", "phone", "address", "birth_date", "marital_status", "nationality", "identity")
"""Nothing of a job description is masked: it speaks of nobody, and what it wrongly asks is to be seen."""


def read_job(name: str, content: bytes) -> str:
    """The text of the file ``name`` as a person would read it.

    Raises:
        JobRefused: another format, empty, too large, encrypted, broken, or it takes too much time or memory.
    """
    ending = Path(name).suffix.lower()
    if ending not in ENDINGS:
        raise JobRefused(
            f"{_shown(name)!r} is no file of {', '.join(ENDINGS)}; save it as one of these or paste its text"
        )
    if not content:
        raise JobRefused(f"{_shown(name)!r} is empty; choose a file that holds text or paste the text")
    if len(content) > MAX_BYTES:
        raise JobRefused(
            f"{_shown(name)!r} has {len(content)} bytes, at most {MAX_BYTES} are read; paste the part that says what the applicant should bring"
        )
    with tempfile.TemporaryDirectory(prefix="vivavoce-job-") as folder:
        path = Path(folder) / f"job{ending}"
        path.write_bytes(content)
        with Child(Limits(seconds=_SECONDS), expects_pdf=ending == ".pdf") as child:
            try:
                document = child.read(Path(folder), Source(path.name, "Job description"), _SHARED).document
            except SourceUnreadable as error:
                reason = str(error).replace(str(path), _shown(name)).replace(f"{folder}/", "")
                reason = reason.rpartition(";")[0] or reason
                raise JobRefused(f"{reason}; paste its text instead") from error
    return _with_structure(document)


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in Path(name).name)[:80]


def _with_structure(document: Document) -> str:
    """The canonical text with the marks of its headings and list items, which the text alone does not show."""
    parts = []
    for block in document.blocks:
        said = document.quote(block.span)
        mark = {"heading": "## ", "item": "- "}.get(block.kind.value, "")
        folded = " ".join(said.split()) if mark else said
        parts.append(f"{mark}{folded.lstrip('-*•#· ') if mark else folded}")
    return "\n".join(p if not p.startswith("## ") else f"\n{p}" for p in parts).strip() or document.text
