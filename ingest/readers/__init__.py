"""One reader a format; each turns a file into a ``Document`` of canonical text and blocks."""

from collections.abc import Callable
from pathlib import Path

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.readers import listing, markdown, plain
from ingest.readers.decode import decode

MAX_BYTES = 10 * 1024 * 1024

_MARKDOWN = {".md", ".markdown", ".qmd", ".myst"}
_TEXT = {".txt", ".text", ""}


def is_readable(path: Path) -> bool:
    """Whether a reader takes files with this ending."""
    return path.suffix.lower() in _MARKDOWN | (_TEXT - {""})


def read(folder: Path, source: Source) -> Document:
    """The document that ``source`` names inside the profile's ``folder``.

    Raises:
        SourceUnreadable: missing, empty, too large, not text, or of a format without a reader.
    """
    path = folder / source.path
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceUnreadable(f"{path}: lies outside the profile's folder; copy it into {folder}")
    if not path.is_file():
        raise SourceUnreadable(f"{path}: no such file; put it there or take it out of profile.toml")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SourceUnreadable(f"{path}: {size} bytes, at most {MAX_BYTES} are read; shorten or split it")
    text = decode(path)
    document = _reader(path, text)(text, source)
    if not document.blocks:
        raise SourceUnreadable(f"{path}: holds no text; put the document's text into it or take it out of profile.toml")
    return document


def _reader(path: Path, text: str) -> Callable[[str, Source], Document]:
    suffix = path.suffix.lower()
    if suffix in _MARKDOWN:
        return markdown.read
    if suffix in _TEXT:
        return listing.read if listing.is_listing(text) else plain.read
    raise SourceUnreadable(
        f"{path}: no reader for {suffix!r}; export it as Markdown (.md) or plain text (.txt) and name that in profile.toml"
    )
