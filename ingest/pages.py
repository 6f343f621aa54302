"""Pictures of the pages of paged sources: made once, when a generation is built, and kept in it."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.domain import Document
from ingest.errors import SourceUnreadable
from ingest.progress import Progress
from ingest.reading import Unbelievable

MEDIA_TYPE = "image/png"
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LONGEST = 4 * 1024 * 1024
"""Bytes of one picture; those of printed pages have some 100,000."""
_PICTURES = TypeAdapter(list[str])

Pictures = Mapping[str, tuple[bytes, ...]]
"""By document; the first page's first."""


def render_pages(folder: Path, document: Document) -> tuple[bytes, ...]:
    """A picture of each page of ``document``, as far as pages get one, withheld text blacked out; none for a source without pages.

    ``folder`` is the profile's. It runs PDFium over the source, so it belongs into the process that reads sources.

    Raises:
        SourceUnreadable: the source is no longer the one that was read.
    """
    if not document.strips:
        return ()
    from ingest.readers.pdf.picture import pictures  # PDFium and Pillow take long to import

    return tuple(pictures(folder, document))


def drawn(
    documents: Iterable[Document], render: Callable[[Document], tuple[bytes, ...]], progress: Progress
) -> tuple[Pictures, dict[str, str]]:
    """The pictures of all ``documents``, and by document why there are none of it."""
    paged = [document for document in documents if document.strips]
    pictures: dict[str, tuple[bytes, ...]] = {}
    missed: dict[str, str] = {}
    progress.begin("draw", len(paged))
    for document in paged:
        try:
            pictures[document.id] = render(document)
        except SourceUnreadable as error:
            missed[document.id] = str(error)
        progress.advance()
    return pictures, missed


def write_pages(staging: Path, pictures: Pictures) -> None:
    """Puts ``pictures`` into the generation that is built in ``staging``."""
    for document, pages in pictures.items():
        for page, picture in enumerate(pages, 1):
            file = staging / page_file(document, page)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(picture)


def page_file(document: str, page: int) -> str:
    """Where the picture of that page lies in a generation; a path for any id, however long or odd."""
    return f"pages/{hashlib.sha256(document.encode(errors='surrogateescape')).hexdigest()[:16]}/{page}.png"


def dump_pages(pictures: Iterable[bytes]) -> bytes:
    """``pictures`` as JSON."""
    return _PICTURES.dump_json([base64.b64encode(picture).decode() for picture in pictures])


def load_pages(data: bytes, document: Document) -> tuple[bytes, ...]:
    """The pictures of the pages of ``document`` that ``data`` holds.

    Raises:
        Unbelievable: malformed, of too many pages, or no pictures.
    """
    try:
        pictures = tuple(base64.b64decode(coded, validate=True) for coded in _PICTURES.validate_json(data))
    except (ValidationError, binascii.Error) as error:
        raise Unbelievable("its pictures are malformed") from error
    if len(pictures) > len(document.sizes):
        raise Unbelievable("it has more pictures than pages")
    if not all(picture.startswith(_SIGNATURE) and len(picture) <= _LONGEST for picture in pictures):
        raise Unbelievable("its pictures are none")
    return pictures
