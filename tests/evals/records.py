"""Answers and records for the tests of the metrics."""

from app.domain import Answer, Citation, Sentence, Status
from ingest.domain import Record
from ingest.index import open_index
from tests.conftest import Desk


def record_of(desk: Desk, slug: str) -> Record:
    """The record of an ingested profile."""
    return open_index(desk.index / slug, desk.embedder.id).record


def cite(record: Record, n: int, quote: str) -> Citation:
    """A citation of the first place of ``quote`` in the record's first document."""
    document = record.documents[0]
    start = document.text.index(quote)
    return Citation(n, document.id, document.title, None, None, start, start + len(quote), quote, None)


def answer_of(*sentences: Sentence, citations: tuple[Citation, ...] = (), status: Status = "grounded") -> Answer:
    """An answer made of ``sentences``."""
    text = " ".join(s.text for s in sentences)
    return Answer(text, status, None, sentences, citations, "?", "mira-okonjo", "offline", "0", (), {}, {})
