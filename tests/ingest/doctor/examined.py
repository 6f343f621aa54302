"""Puts an invented CV before the doctor."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.doctor import examine
from ingest.doctor.finding import Finding
from ingest.domain import Document, Profile, Record, Source
from ingest.readers import listing, markdown, plain

ADA = Profile("ada-byron", "Ada Byron", aliases=("A. Byron",))


def examined(*texts: str, profile: Profile = ADA, kind: str = "md") -> list[Finding]:
    """What the doctor finds in documents ``1.md``, ``2.md``, … of these texts; ``kind`` names the reader."""
    read = {"md": markdown.read, "txt": plain.read, "listing": listing.read}[kind]
    documents = [read(text, Source(f"{number}.{kind}", "CV")) for number, text in enumerate(texts, 1)]
    return in_documents(documents, profile)


def in_documents(documents: Sequence[Document], profile: Profile = ADA) -> list[Finding]:
    """What the doctor finds in ``documents``; every quote is checked against its text."""
    record = Record(profile, tuple(documents), (), (), (), "")
    found = list(examine(record))
    for f in found:
        assert f.quote == (record.quote(f.span) if f.span else "")
        assert all(record.quote(other) for other in f.others)
    return found


def with_text(text: str) -> list[Finding]:
    """What the doctor finds in a plain text that no reader has changed."""
    document = plain.read("A line of text.", Source("1.txt", "CV"))
    return in_documents([replace(document, text=text)])


def quotes(found: Sequence[Finding], kind: str) -> list[str]:
    """What the findings of one kind quote, in order."""
    return [f.quote for f in found if f.kind == kind]


def kinds(found: Sequence[Finding]) -> list[str]:
    """The kinds of ``found``, in order."""
    return [f.kind for f in found]
