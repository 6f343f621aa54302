"""Every document as a resource, ``vivavoce://SLUG/documents/ID``, for clients that attach sources to a conversation."""

import re
from collections.abc import Iterable
from urllib.parse import quote, unquote

from mcp.types import Resource, ResourceTemplate, TextResourceContents

from app.library import Library
from app.mcp.tool import PROMPT
from ingest.domain import Document
from ingest.errors import IndexUnusable, OwnerError
from prompts import load_examples

_ADDRESS = re.compile(r"vivavoce://(?P<slug>[^/?#]+)/documents/(?P<document>[^?#]+)")
_TEXT = "text/plain"


class DocumentNotFound(Exception):
    """Nothing can be read at that address; the text ends with the next step."""


def documents(library: Library, slugs: Iterable[str]) -> list[Resource]:
    """The documents of those of ``slugs`` who can be asked at present."""
    found: list[Resource] = []
    for slug in slugs:
        try:
            record = library.open(slug).record
        except (IndexUnusable, OwnerError):
            continue
        found += [
            Resource(
                uri=address(slug, document),
                name=f"{slug}/{document.id}",
                title=f"{record.profile.name}: {document.title}",
                mime_type=_TEXT,
                size=len(document.text.encode()),
            )
            for document in record.documents
        ]
    return found


def document_template() -> ResourceTemplate:
    """How the address of a document is made."""
    return ResourceTemplate(
        name="document",
        title="A document",
        uri_template="vivavoce://{profile}/documents/{document}",
        description=load_examples(PROMPT)["resources"]["document"],
        mime_type=_TEXT,
    )


def address(slug: str, document: Document) -> str:
    """The address of a document."""
    return f"vivavoce://{slug}/documents/{quote(document.id)}"


def read_document(library: Library, uri: str, slugs: Iterable[str]) -> TextResourceContents:
    """The whole text of the document at ``uri``, of one of ``slugs``, as a person would read it; what the owner withholds is masked.

    Raises:
        DocumentNotFound: there is none, or it cannot be read at present.
    """
    match = _ADDRESS.fullmatch(uri)
    if match is None:
        raise DocumentNotFound(f"no document at {uri!r}; list the resources, or call list_profiles")
    slug, wanted = unquote(match["slug"]), unquote(match["document"])
    try:
        if slug not in slugs:
            raise KeyError(slug)
        document = library.open(slug).record.document(wanted)
    except (IndexUnusable, OwnerError, KeyError):
        raise DocumentNotFound(f"no document {wanted!r} of {slug!r}; list the resources for those there are") from None
    return TextResourceContents(uri=uri, mime_type=_TEXT, text=document.text)
