"""Pictures of the pages that a citation points into: which there are, their addresses, their bytes, and a quote marked on them."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

from app.library import Library
from app.web.words import Words, words
from ingest.domain import Box, Document, Span
from ingest.generation import spare_of
from ingest.index import Index
from ingest.pages import MEDIA_TYPE, page_file

_TRIES = 2
"""A generation may be replaced between the opening of its record and the reading of a picture."""


class PageNotFound(LookupError):
    """There is no picture of that page."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """The picture of one page."""

    content: bytes
    digest: str
    """SHA-256 of the content."""
    media_type: str = MEDIA_TYPE


def page_image(library: Library, slug: str, document: str, page: int) -> PageImage:
    """The picture of ``page``, counted from 1, of the document that the newest record of ``slug`` holds under that id.

    Raises:
        ProfileNotFound, IndexUnusable: see ``app.library.Library.open``.
        PageNotFound: no such document, no such page, or a source without pictures of its pages.
    """
    for _ in range(_TRIES):
        index = library.open(slug)
        digest = _digest(index, document, page)
        for copy in (index.generation, spare_of(index.generation)):
            with suppress(OSError):
                content = (copy / page_file(document, page)).read_bytes()
                if hashlib.sha256(content).hexdigest() == digest:
                    return PageImage(content, digest)
    raise PageNotFound(f"there is no picture of page {page} just now; try again in a moment")


def addresses(index: Index, document: Document) -> dict[int, str]:
    """Where the page finds the picture of each page of ``document``, relative to its own address; only of pages that have one."""
    slug = quote(index.record.profile.slug, safe="")
    found = {}
    for page in range(1, len(document.sizes) + 1):
        digest = index.manifest.files.get(page_file(document.id, page))
        if digest is not None:
            # The digest in the address makes the browser ask anew when the picture is another.
            found[page] = f"v1/profiles/{slug}/documents/{quote(document.id)}/pages/{page}?v={digest[:12]}"
    return found


def marked(document: Document, span: Span, pictures: Mapping[int, str], said: Words | None = None) -> str:
    """The pages that ``span`` is printed on, its lines marked; empty unless each of them has a picture."""
    boxes = document.boxes_of(span)
    pages = [(page, tuple(group)) for page, group in groupby(boxes, lambda box: box.page)]
    if not pages or any(page not in pictures for page, _ in pages):
        return ""
    text = " ".join(document.quote(span).split())
    said = said or words("en")
    figures = "".join(_figure(document, page, on_page, pictures[page], text, said) for page, on_page in pages)
    label = escape(said("page_of_source"))
    return f'<div class="vv-pages" tabindex="0" role="region" aria-label="{label}">{figures}</div>'


def _figure(document: Document, page: int, boxes: Sequence[Box], address: str, text: str, said: Words) -> str:
    width, height = document.sizes[page - 1]
    marks = "".join(
        f'<span class="vv-box" style="left:{b.x0:.2%};top:{b.y0:.2%};width:{b.x1 - b.x0:.2%};height:{b.y1 - b.y0:.2%}">'
        "</span>"
        for b in boxes
    )
    return (
        f'<figure class="vv-page"><div class="vv-paper" style="aspect-ratio:{width:g}/{height:g}">'
        f'<img src="{escape(address)}" alt="{escape(text)}">{marks}</div>'
        f"<figcaption>{escape(said('page_of', n=page, all=len(document.sizes)))}</figcaption></figure>"
    )


def _digest(index: Index, document: str, page: int) -> str:
    digest = index.manifest.files.get(page_file(document, page))
    known = next((d for d in index.record.documents if d.id == document), None)
    if known is None:
        raise PageNotFound(f"there is no document {document!r} in this record")
    if not known.pages:
        raise PageNotFound(f"{document!r} has no pages")
    if digest is None:
        raise PageNotFound(f"there is no picture of page {page} of {document!r}")
    return digest
