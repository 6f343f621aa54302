"""A Word document as a person would read it: headings, items, tables and text boxes, without hidden text, headers and footers."""

from pathlib import Path

from ingest.domain import Document, Remark, Section, Source, Span
from ingest.errors import SourceUnreadable
from ingest.readers.aside import set_aside
from ingest.readers.canonical import Canonical
from ingest.readers.word.look import Looks
from ingest.readers.word.package import open_package
from ingest.readers.word.text import Reader
from ingest.sections import outline

_HIDING = "set as hidden, too small, or white on white"


def read(folder: Path, source: Source) -> Document:
    """The document that a ``.docx`` file shows; headings by their style or, where it has none, by their look.

    Raises:
        SourceUnreadable: not a Word file, protected, broken, or larger unpacked than any CV.
    """
    package = open_package(folder / source.path)
    canonical = Canonical(source.path)
    aside: dict[Span, Section] = {}
    reader = Reader(Looks(package.styles), package.footnotes)
    for kind, content, level in reader.pieces(package.document):
        span = canonical.add(kind, content, level or None)
        if level == 0 and span is not None:
            aside[span] = Section.OTHER
    return Document(
        id=source.path,
        title=source.title,
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        text=canonical.text,
        blocks=tuple(set_aside(outline(canonical.text, canonical.blocks), aside)),
        url=source.url,
        remarks=(Remark("hidden", _HIDING, reader.unseen),) if reader.unseen else (),
    )


def is_source(path: Path) -> bool:
    """Whether the file at ``path`` can be read, and is not what Word keeps beside an open document."""
    return path.suffix.lower() == ".docx" and not path.name.startswith("~$")


def refuse_old(folder: Path, source: Source) -> Document:
    """Nothing: Word's format of before 2007 is not read.

    Raises:
        SourceUnreadable: always; it says what to do.
    """
    raise SourceUnreadable(
        f"{folder / source.path}: the .doc format is not read; save it as .docx or PDF and name that in profile.toml"
    )
