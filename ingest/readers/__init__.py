"""One reader a format; each turns a file into a ``Document`` of canonical text and blocks."""

from collections.abc import Callable
from pathlib import Path

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.readers import docx, html, latex, listing, markdown, plain, structured
from ingest.readers.decode import decode

MAX_BYTES = 10 * 1024 * 1024

Reader = Callable[[Path, Source], Document]
"""Reads ``source`` out of the profile's folder; the caller has checked that the file is there, inside the folder and not too large."""


def _of_text(read_text: Callable[[str, Source], Document]) -> Reader:
    return lambda folder, source: read_text(decode(folder / source.path), source)


def _plain_or_listing(text: str, source: Source) -> Document:
    return listing.read(text, source) if listing.is_listing(text) else plain.read(text, source)


def _pdf(folder: Path, source: Source) -> Document:
    from ingest.readers import pdf  # PDFium and pypdf take long to import

    return pdf.read(folder, source)


_READERS: dict[str, Reader] = {
    **dict.fromkeys(markdown.SUFFIXES, markdown.read_file),
    **dict.fromkeys([".txt", ".text", ""], _of_text(_plain_or_listing)),
    **dict.fromkeys(structured.SUFFIXES, structured.read),
    **dict.fromkeys(html.SUFFIXES, html.read),
    ".docx": docx.read,
    ".doc": docx.refuse_old,
    ".tex": latex.read,
    ".pdf": _pdf,
}

_BY_CONTENT: dict[str, Callable[[Path], bool]] = {
    **dict.fromkeys(markdown.SUFFIXES, markdown.is_source),
    **dict.fromkeys(html.SUFFIXES, html.is_source),
    **dict.fromkeys([".docx", ".doc"], docx.is_source),
}


def is_readable(path: Path) -> bool:
    """Whether a reader takes files with this ending."""
    return path.suffix != "" and path.suffix.lower() in _READERS


def is_source(path: Path) -> bool:
    """Whether the file at ``path`` can be a source that nobody named: data files only by what they hold, not by their ending alone."""
    if path.suffix.lower() in structured.SUFFIXES:
        return path.stat().st_size <= MAX_BYTES and structured.is_source(path)
    if path.suffix.lower() == ".tex":
        return path.stat().st_size > MAX_BYTES or latex.is_source(path)
    if path.suffix.lower() in _BY_CONTENT:
        return path.stat().st_size > MAX_BYTES or _BY_CONTENT[path.suffix.lower()](path)
    return is_readable(path)


def parts_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The files of the profile's ``folder`` that the one at ``path`` takes in, so that they are no sources by themselves."""
    return latex.inputs_of(folder, path) if path.suffix.lower() == ".tex" else ()


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
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceUnreadable(
            f"{path}: no reader for {path.suffix.lower()!r}; export it as Markdown (.md) or plain text (.txt) and name that in profile.toml"
        )
    document = reader(folder, source)
    if not document.blocks:
        raise SourceUnreadable(f"{path}: holds no text; put the document's text into it or take it out of profile.toml")
    return document
