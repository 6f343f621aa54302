"""The first look at a PDF, in pure Python: refuses what cannot be read or would exhaust the machine."""

import logging
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, LimitReachedError, PdfReadError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, PdfObject, StreamObject

from ingest.errors import SourceUnreadable

MAX_PAGES = 200
_MAX_UNPACKED = 64 * 1024 * 1024
"""Bytes that everything but the pictures may come to."""
_MAX_OBJECTS = 100_000
_MAX_DRAWN = 10_000
"""Forms that the pages may draw together."""
_MAX_DEPTH = 12
_DO = re.compile(rb"(/[^\s/<>\[\]()]+)\s+Do\b")
_HEADER_WITHIN = 1024
_EXPORT = "export it anew as PDF, or give the text as Markdown (.md)"
_FAULTS = (
    PyPdfError,
    DeprecationError,
    NotImplementedError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AssertionError,
    EOFError,
    zlib.error,
)
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
    unpacked, nested = 0, False
    for item in _objects(reader):
        if isinstance(item, StreamObject) and not _is_picture(item):
            content = item.get_data()
            unpacked += len(content)
            nested = nested or (item.get("/Subtype") == "/Form" and len(_DO.findall(content)) > 1)
        if unpacked > _MAX_UNPACKED:
            raise LimitReachedError(f"{unpacked} bytes")
    if nested and sum(_draws(page, page.get("/Contents"), _forms(page), {}, 0) for page in reader.pages) > _MAX_DRAWN:
        raise LimitReachedError("forms within forms")


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


def _draws(
    owner: DictionaryObject,
    contents: PdfObject | None,
    of_page: DictionaryObject,
    known: dict[int, int],
    depth: int,
) -> int:
    """How many forms are drawn by ``contents``, those within forms counted every time.

    Ten forms that each draw the next ten times are a small file and a page that is never done. What ``owner`` does not name
    is looked up among the forms ``of_page``, as PDFium does; a form that draws itself is too deep.
    """
    if depth > _MAX_DEPTH:
        raise LimitReachedError("forms within forms within forms")
    own = _forms(owner)
    total = 0
    for name in (found.decode("latin-1") for found in _DO.findall(_data(contents))):
        form = (own if name in own else of_page).get(name, NullObject()).get_object()
        if isinstance(form, NullObject):
            raise PdfReadError("draws a form that is not there; another reader may find one")
        if not isinstance(form, StreamObject) or _is_picture(form):
            continue
        if id(form) not in known:
            known[id(form)] = 1 + _draws(form, form, of_page, known, depth + 1)
        total += known[id(form)]
        if total > _MAX_DRAWN:
            raise LimitReachedError("forms within forms")
    return total


def _forms(owner: DictionaryObject) -> DictionaryObject:
    """What a page or form can draw, by name."""
    resources = owner.get("/Resources", NullObject()).get_object()
    found = resources.get("/XObject", NullObject()).get_object() if isinstance(resources, DictionaryObject) else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _data(contents: PdfObject | None) -> bytes:
    found = contents.get_object() if contents is not None else None
    if isinstance(found, ArrayObject):
        return b"\n".join(_data(part) for part in found)
    return found.get_data() if isinstance(found, StreamObject) else b""
