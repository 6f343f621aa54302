"""A document of a record, whole or the characters between two places: what the doors show of a source."""

from bisect import bisect_right
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from ingest.domain import Document, Record, Span


class DocumentNotFound(LookupError):
    """There is no document of that id; the message names the near ones."""


class OutOfRange(ValueError):
    """The span does not lie inside the document; the message says how long it is."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Canonical text, which is what a reader sees: what the owner does not share is masked in it."""

    document: Document
    span: Span
    fingerprint: str
    """Of the record that it was read in; spans of another fingerprint may point elsewhere."""

    @property
    def text(self) -> str:
        """The characters of the span."""
        return self.document.quote(self.span)

    @property
    def page(self) -> int | None:
        """The page that the span begins on, from 1; ``None`` for a source without pages."""
        return bisect_right(self.document.pages, self.span.start) or None

    @property
    def section(self) -> str | None:
        """The headings above the place where the span begins."""
        at = self.span.start
        block = next((b for b in self.document.blocks if b.span.start <= at < b.span.end), None)
        return " › ".join(block.path) or None if block else None

    def to_json(self) -> dict[str, Any]:
        """The description of the document, the place, and the text."""
        return {
            **described(self.document),
            "start": self.span.start,
            "end": self.span.end,
            "section": self.section,
            "page": self.page,
            "text": self.text,
            "fingerprint": self.fingerprint,
        }


def described(document: Document) -> dict[str, Any]:
    """What a document is, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "media_type": document.media_type,
        "characters": len(document.text),
        "pages": len(document.pages) or None,
        "url": document.url,
    }


def excerpt(record: Record, document_id: str, start: int | None = None, end: int | None = None) -> Excerpt:
    """The characters ``start`` (0-based) to ``end`` (exclusive) of a document; without them from its beginning, or to its end.

    Raises:
        DocumentNotFound: the record has no such document.
        OutOfRange: the span does not lie inside the document, or runs backwards.
    """
    try:
        document = record.document(document_id)
    except KeyError as error:
        known = [d.id for d in record.documents]
        near = get_close_matches(document_id, known, n=3, cutoff=0.5)
        names = ", ".join(near or known[:5])
        message = f"no document {document_id!r}; {'did you mean' if near else 'there are'}: {names or 'none'}"
        raise DocumentNotFound(message) from error
    length = len(document.text)
    start, end = start or 0, length if end is None else end
    if not 0 <= start <= end <= length:
        raise OutOfRange(f"{document_id!r} has the characters 0 to {length}; {start} to {end} is no part of it")
    return Excerpt(document, Span(document_id, start, end), record.fingerprint)
