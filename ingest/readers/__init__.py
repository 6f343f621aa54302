"""One reader a format; each turns a file into a ``Document`` of canonical text and blocks."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ingest.domain import Document, Remark, Source
from ingest.errors import SourceUnreadable
from ingest.readers import docx, html, latex, listing, markdown, plain, structured
from ingest.readers.decode import decode, invisible_in
from ingest.readers.sniff import name_of, true_ending
from ingest.reading import MAX_CHARACTERS

MAX_BYTES = 10 * 1024 * 1024

Reader = Callable[[Path, Source], Document]
"""Reads ``source`` out of the profile's folder; the caller has checked that the file is there, inside the folder and not too large."""


def _of_text(read_text: Callable[[str, Source], Document]) -> Reader:
    return lambda folder, source: read_text(decode(folder / source.path), source)


def _plain_or_listing(text: str, source: Source) -> Document:
    if (
        len(text) > MAX_CHARACTERS
    ):  # Here what is read is as long as the file, so nobody need wait to hear that it is too long.
        raise SourceUnreadable(
            f"{source.path}: holds {len(text)} characters of text, at most {MAX_CHARACTERS} are read; split it, or give the part that matters"
        )
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


def is_told_by_content(path: Path) -> bool:
    """Whether it takes a look into a file with this ending to know if it is a source."""
    suffix = path.suffix.lower()
    return suffix == ".tex" or suffix in structured.SUFFIXES or suffix in _BY_CONTENT


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
    if path.suffix.lower() in markdown.SUFFIXES:
        return markdown.parts_of(folder, path)
    return latex.parts_of(folder, path) if path.suffix.lower() == ".tex" else ()


def read(folder: Path, source: Source) -> Document:
    """The document that ``source`` names inside the profile's ``folder``.

    Raises:
        SourceUnreadable: missing, empty, too large, not text, or of a format without a reader.
    """
    path = folder / source.path
    _check_file(folder, path)
    ending = true_ending(path)
    is_mislabelled = ending != path.suffix.lower() and path.suffix.lower() in _READERS
    reader = _READERS.get(ending)
    if reader is None:
        what = f"is {name_of(ending)}, which no reader takes" if is_mislabelled else f"no reader for {ending!r}"
        raise SourceUnreadable(
            f"{path}: {what}; export it as Markdown (.md) or plain text (.txt) and name that in profile.toml"
        )
    document = reader(folder, source)
    if not document.blocks:
        raise SourceUnreadable(f"{path}: holds no text; put the document's text into it or take it out of profile.toml")
    assumed = Remark("assumed", f"it is {name_of(ending)}, whatever its ending says, and was read as such")
    remarks = [*document.remarks, *([assumed] if is_mislabelled else []), *_unseen_in(path, ending)]
    return replace(document, remarks=tuple(remarks))


def _check_file(folder: Path, path: Path) -> None:
    """Returns where ``path`` is a file that may be opened."""
    if path.is_symlink() and not path.is_file():
        raise SourceUnreadable(f"{path}: a link that leads nowhere; copy the file itself into {folder}")
    if not path.is_file():
        what = "is no regular file" if path.exists() else "no such file"
        raise SourceUnreadable(f"{path}: {what}; put it there or take it out of profile.toml")
    if not path.resolve().is_relative_to(folder.resolve()):
        raise SourceUnreadable(f"{path}: lies outside the profile's folder; copy it into {folder}")
    try:
        path.open("rb").close()
    except OSError as error:
        raise SourceUnreadable(f"{path}: {error.strerror or error}; check that it may be read") from error
    size = path.stat().st_size
    if size == 0:
        raise SourceUnreadable(f"{path}: is empty; put the document into it or take it out of profile.toml")
    if size > MAX_BYTES:
        raise SourceUnreadable(f"{path}: {size} bytes, at most {MAX_BYTES} are read; shorten or split it")


def _unseen_in(path: Path, ending: str) -> tuple[Remark, ...]:
    """What a text file holds and nobody sees, and its reader does not tell of by itself."""
    if ending in {".pdf", ".docx"}:
        return ()
    return (*invisible_in(path), *(markdown.unseen_in(path) if ending in markdown.SUFFIXES else ()))
