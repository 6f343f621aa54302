"""What a reading of one source comes to, and its form between two processes: plain JSON, checked before anything believes it."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from ingest.domain import Document, Fact, Source, Span

MAX_CHARACTERS = 1_000_000
"""Of canonical text; the longest CVs have some 200,000."""
MAX_BLOCKS = 50_000
MAX_FACTS = 3_000
"""More than anybody's works; each is compared with every other, of every source."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as it was understood by itself."""

    document: Document
    """With what is private masked."""
    facts: tuple[Fact, ...]
    withheld: dict[str, int]
    """Masked places by kind of private data."""


_READINGS = TypeAdapter(Reading)
_DOCUMENTS = TypeAdapter(Document)
_FACTS: TypeAdapter[tuple[Fact, ...]] = TypeAdapter(tuple[Fact, ...])


class Unbelievable(Exception):
    """What came back is no reading of the source that was asked for."""


def dump_reading(reading: Reading) -> bytes:
    """``reading`` as JSON.

    Raises:
        Unbelievable: it holds what is no text, such as half a character.
    """
    try:
        return _READINGS.dump_json(reading)
    except (PydanticSerializationError, UnicodeEncodeError) as error:
        raise Unbelievable("its text holds what is no character") from error


def load_reading(data: bytes, source: Source) -> Reading:
    """The reading of ``source`` that ``data`` holds.

    Raises:
        Unbelievable: malformed, of another source, or with spans that lie outside of its text.
    """
    try:
        reading = _READINGS.validate_json(data)
    except ValidationError as error:
        raise Unbelievable("its reading is malformed") from error
    document = reading.document
    if (document.id, document.title, document.url) != (source.path, source.title, source.url):
        raise Unbelievable("its reading is of another source")
    _check(document, reading.facts)
    return reading


def dump_document(document: Document) -> bytes:
    """``document`` as JSON."""
    return _DOCUMENTS.dump_json(document)


def load_document(data: bytes) -> Document:
    """The document that ``dump_document`` wrote."""
    return _DOCUMENTS.validate_json(data)


def dump_facts(facts: tuple[Fact, ...]) -> bytes:
    """``facts`` as JSON."""
    return _FACTS.dump_json(facts)


def load_facts(data: bytes, document: Document) -> tuple[Fact, ...]:
    """The facts of ``document`` that ``data`` holds.

    Raises:
        Unbelievable: malformed, or with spans that lie outside of its text.
    """
    try:
        facts = _FACTS.validate_json(data)
    except ValidationError as error:
        raise Unbelievable("its facts are malformed") from error
    _check(document, facts)
    return facts


def _check(document: Document, facts: tuple[Fact, ...]) -> None:
    length = len(document.text)
    if length > MAX_CHARACTERS or len(document.blocks) > MAX_BLOCKS or len(facts) > MAX_FACTS:
        raise Unbelievable("its reading is longer than any source")
    spans = [*(b.span for b in document.blocks), *_spans((*document.facts, *facts))]
    if any(s.document != document.id or s.end > length for s in spans):
        raise Unbelievable("its reading points outside of its text")
    pages = document.pages
    if any(not 0 <= a <= b for a, b in zip((0, *pages), (*pages, length), strict=True)):
        raise Unbelievable("its reading has pages outside of its text")
    sizes = document.sizes
    if not all(math.isfinite(edge) and edge > 0 for size in sizes for edge in size):
        raise Unbelievable("its reading has pages of no size")
    for strip in document.strips:
        if not 1 <= strip.page <= len(sizes) or not math.isfinite(strip.top + strip.bottom):
            raise Unbelievable("its reading shows text on a page that is not there")
        if not all(0 <= w.start <= w.end <= length and math.isfinite(w.left + w.right) for w in strip.words):
            raise Unbelievable("its reading shows text that is not there")


def _spans(value: object) -> Iterator[Span]:
    """Every span that ``value`` holds, at any depth."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _spans(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _spans(getattr(value, field.name))
