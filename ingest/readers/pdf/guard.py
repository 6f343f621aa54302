"""The first look at a PDF, in pure Python: refuses what cannot be read or would exhaust the machine."""

import logging
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, LimitReachedError, PyPdfError
from pypdf.generic import IndirectObject, PdfObject, StreamObject

from ingest.errors import SourceUnreadable

MAX_PAGES = 200
_MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that everything but the pictures may come to."""
_MAX_OBJECTS = 100_000
_HEADER_WITHIN = 1024
_EXPORT = "export it anew as PDF, or give the text as Markdown (.md)"
_FAULTS = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, AssertionError)
"""What pypdf raises on broken files: its own errors, and whatever a wrong type leads to."""


def check(data: bytes, path: Path) -> None:
    """Returns if the PDF may be read.

    Raises:
        SourceUnreadable: no PDF, damaged, encrypted, empty, too long, or larger unpacked than any CV.
    """
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise SourceUnreadable(f"{path}: is no PDF, it starts with {data[:16]!r}; give it the ending of its format")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        _measure(data, path)
    except LimitReachedError as error:
        raise SourceUnreadable(f"{path}: unpacks to more than any CV holds; {_EXPORT}") from error
    except DependencyError as error:
        raise SourceUnreadable(f"{path}: is encrypted; save a copy without a password and name that") from error
    except _FAULTS as error:
        raise SourceUnreadable(f"{path}: is a damaged PDF ({type(error).__name__}); {_EXPORT}") from error


def _measure(data: bytes, path: Path) -> None:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceUnreadable(f"{path}: is encrypted; save a copy without a password and name that")
    pages = len(reader.pages)
    if pages == 0:
        raise SourceUnreadable(f"{path}: has no pages; {_EXPORT}")
    if pages > MAX_PAGES:
        raise SourceUnreadable(f"{path}: has {pages} pages, at most {MAX_PAGES} are read; give the pages that matter")
    unpacked = 0
    for item in _objects(reader):
        if isinstance(item, StreamObject) and not _is_picture(item):
            unpacked += len(item.get_data())
        if unpacked > _MAX_UNPACKED:
            raise SourceUnreadable(f"{path}: unpacks to more than {_MAX_UNPACKED} bytes; {_EXPORT}")


def _objects(reader: PdfReader) -> Iterator[PdfObject | None]:
    """Every object outside an object stream, these streams among them: whatever can be packed."""
    numbers = [(number, generation) for generation, found in reader.xref.items() for number in found]
    if len(numbers) > _MAX_OBJECTS:
        raise LimitReachedError(f"{len(numbers)} objects")
    for number, generation in numbers:
        yield reader.get_object(IndirectObject(number, generation, reader))


def _is_picture(item: StreamObject) -> bool:
    """Pictures are never unpacked: no one looks at them here."""
    return item.get("/Subtype") == "/Image"
