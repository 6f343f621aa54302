"""LaTeX as a person would read it: the document that its macros, its inputted files and its class come to."""

from pathlib import Path

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.readers.canonical import Canonical
from ingest.readers.decode import decode
from ingest.readers.tex.commands import COMMANDS
from ingest.readers.tex.environments import ENVIRONMENTS
from ingest.readers.tex.files import has_body
from ingest.readers.tex.files import inputs_of as inputs_of
from ingest.readers.tex.grammar import tokens
from ingest.readers.tex.gullet import Gullet
from ingest.readers.tex.load import load_class
from ingest.readers.tex.page import Page
from ingest.sections import outline


def read(folder: Path, source: Source) -> Document:
    r"""The document that a LaTeX file prints: macros expanded, comments and hidden text gone, columns set apart by tabs.

    What it inputs is read too, from inside the profile's ``folder``; a file that is not there is skipped, for most of those belong to
    TeX itself. Entries of a ``.bib`` file are not read here.

    Raises:
        SourceUnreadable: not text, macros or files that never end, or an input from outside of the folder.
    """
    path = folder / source.path
    text = decode(path)
    gullet = Gullet(folder, path)
    gullet.began = not any(has_body(p) for p in (path, *inputs_of(folder, path)))
    gullet.push(tokens(text))
    load_class(gullet, "")
    canonical = Canonical(source.path)
    for kind, content, level in Page(gullet, COMMANDS, ENVIRONMENTS).pieces():
        canonical.add(kind, content, level)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/x-tex",
        text=canonical.text,
        blocks=outline(canonical.text, canonical.blocks),
        url=source.url,
    )


def is_source(path: Path) -> bool:
    """Whether the LaTeX file at ``path`` shows anything by itself: a style or a list of macros does not. One that cannot be read is for its owner."""
    if has_body(path):
        return True
    try:
        return bool(read(path.parent, Source(path.name, path.stem)).blocks)
    except SourceUnreadable:
        return True
