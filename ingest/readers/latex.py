"""LaTeX as a person would read it: the document that its macros, its inputted files and its class come to."""

from pathlib import Path

from ingest.domain import Document, Remark, Source
from ingest.errors import SourceUnreadable
from ingest.readers.bibliography import placed, printed
from ingest.readers.canonical import Canonical
from ingest.readers.decode import decode
from ingest.readers.tex.commands import COMMANDS
from ingest.readers.tex.environments import ENVIRONMENTS
from ingest.readers.tex.files import bibliographies_of, encoding_of, has_body, inputs_of
from ingest.readers.tex.grammar import tokens
from ingest.readers.tex.gullet import Gullet
from ingest.readers.tex.load import load_class
from ingest.readers.tex.page import Page
from ingest.sections import outline


def read(folder: Path, source: Source) -> Document:
    r"""The document that a LaTeX file prints: macros expanded, comments and hidden text gone, columns set apart by tabs.

    What it inputs is read too, from inside the profile's ``folder``; a file that is not there is skipped, for most of those belong to
    TeX itself. What it lists out of a ``.bib`` file stands where LaTeX would print it, and is stated as the file states it.

    Raises:
        SourceUnreadable: not text, macros or files that never end, or an input from outside of the folder.
    """
    path = folder / source.path
    gullet = Gullet(folder, path)
    gullet.encoding = encoding_of(path)
    text = decode(path, gullet.encoding)
    gullet.began = not any(has_body(p) for p in (path, *inputs_of(folder, path)))
    gullet.push(tokens(text))
    load_class(gullet, "")
    canonical = Canonical(source.path)
    page = Page(gullet, COMMANDS, ENVIRONMENTS)
    pieces = page.pieces()
    marks = page.references.printed()
    quoted = [q for kind, content, level in pieces for q in printed(canonical, kind, content, level, marks)]
    blocks, facts = placed(outline(canonical.text, canonical.blocks), quoted)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/x-tex",
        text=canonical.text,
        blocks=blocks,
        facts=facts,
        url=source.url,
        remarks=_remarks(gullet),
    )


def _remarks(gullet: Gullet) -> tuple[Remark, ...]:
    """What the page hides, and what should have been on it."""
    hidden = [Remark("hidden", how, count) for how, count in gullet.unseen.items()]
    names = (" ".join(name.split())[:80] for name in gullet.missing)
    return (
        *hidden,
        *(Remark("missed", f"{name!r}, which it inputs, is not there") for name in dict.fromkeys(names) if name),
    )


def parts_of(folder: Path, path: Path) -> tuple[Path, ...]:
    """The files of the profile's ``folder`` that the LaTeX file ``path`` takes in: what it inputs, and its bibliographies."""
    return (*inputs_of(folder, path), *bibliographies_of(folder, path))


def is_source(path: Path) -> bool:
    """Whether the LaTeX file at ``path`` shows anything by itself: a style or a list of macros does not. One that cannot be read is for its owner."""
    if has_body(path):
        return True
    try:
        return bool(read(path.parent, Source(path.name, path.stem)).blocks)
    except SourceUnreadable:
        return True
