"""PDF as a person would read the pages: columns in order, headings by their look, hidden text left out."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.readers.canonical import Canonical
from ingest.readers.pdf.block import Piece, pieces
from ingest.readers.pdf.engine import Unopened, sheets
from ingest.readers.pdf.guard import MAX_PAGES, check
from ingest.readers.pdf.heading import heading_levels
from ingest.readers.pdf.hidden import seen
from ingest.readers.pdf.layout import reading_order
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.margin import body
from ingest.readers.pdf.run import runs, with_drawn_bullets
from ingest.readers.pdf.sheet import Glyph, Sheet
from ingest.sections import outline

_MAX_UNREADABLE = 0.2
"""Of the glyphs, that may have no known character."""
_MAX_CHARACTERS = 2_000_000


def read(folder: Path, source: Source) -> Document:
    """The document of a PDF; every block carries its page, and ``pages`` says where each page starts in the text.

    Raises:
        SourceUnreadable: not a PDF, damaged, encrypted, too long, without visible text, or with fonts that do not say what they show.
    """
    path = folder / source.path
    data = path.read_bytes()
    check(data, path)
    try:
        opened = sheets(data)
    except Unopened as error:
        raise SourceUnreadable(f"{path}: is a damaged PDF ({error}); export it anew as PDF") from error
    shown = [seen(sheet)[0] for sheet in opened]
    _check_text(path, opened, shown)
    return _document(source, opened, shown)


def _check_text(path: Path, opened: Sequence[Sheet], shown: Sequence[Sequence[Glyph]]) -> None:
    glyphs = [g for page in shown for g in page if not g.char.isspace()]
    if not glyphs:
        kind = "only pictures of pages (a scan)" if any(sheet.images for sheet in opened) else "no visible text"
        raise SourceUnreadable(f"{path}: holds {kind}; give the file it was made from, or text as Markdown (.md)")
    if len(glyphs) > _MAX_CHARACTERS or len(opened) > MAX_PAGES:
        raise SourceUnreadable(f"{path}: holds more text than any CV; give the pages that matter")
    unknown = sum(g.unmapped or not _is_character(g.char) for g in glyphs)
    if unknown > _MAX_UNREADABLE * len(glyphs):
        raise SourceUnreadable(
            f"{path}: its fonts do not say which characters they show, so the text cannot be read; export it anew, or give text as Markdown (.md)"
        )


def _is_character(char: str) -> bool:
    return char.isprintable() and char != "\ufffd"


def _document(source: Source, opened: Sequence[Sheet], shown: Sequence[Sequence[Glyph]]) -> Document:
    paged: list[list[Line]] = []
    column = 0
    for sheet, glyphs in zip(opened, shown, strict=True):
        paged.append(reading_order(with_drawn_bullets(runs(glyphs, sheet.number), sheet.dots), column))
        column = paged[-1][-1].column + 1 if paged[-1] else column
    lines = [line for page in body(paged, [sheet.box.height for sheet in opened]) for line in page]
    levels = heading_levels(lines, [sheet.strokes for sheet in opened])
    canonical = Canonical(source.path)
    starts = _write(canonical, pieces(lines, levels), len(opened))
    return Document(
        id=source.path,
        title=source.title,
        media_type="application/pdf",
        text=canonical.text,
        blocks=outline(canonical.text, canonical.blocks),
        pages=starts,
        url=source.url,
    )


def _write(canonical: Canonical, made: Iterable[Piece], pages: int) -> tuple[int, ...]:
    """Appends the blocks; returns the start of every page, of one without text that of the next."""
    starts: dict[int, int] = {}
    for piece in made:
        span = canonical.add(piece.kind, piece.text, piece.level, page=piece.page)
        if span is not None:
            starts.setdefault(piece.page, span.start)
    found: list[int] = []
    for page in range(pages, 0, -1):
        found.append(starts.get(page, found[-1] if found else canonical.length))
    return tuple(reversed(found))
