"""PDF as a person would read the pages: columns in order, headings by their look, hidden text left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.domain import Document, Remark, Source, Strip
from ingest.errors import SourceUnreadable
from ingest.readers.canonical import Canonical
from ingest.readers.pdf.block import Piece, pieces
from ingest.readers.pdf.engine import Unopened, sheets
from ingest.readers.pdf.guard import MAX_PAGES, check
from ingest.readers.pdf.heading import heading_levels
from ingest.readers.pdf.hidden import Hidden, seen
from ingest.readers.pdf.layout import reading_order
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.margin import body
from ingest.readers.pdf.place import strips
from ingest.readers.pdf.run import runs, with_drawn_bullets
from ingest.readers.pdf.sheet import Glyph, Sheet
from ingest.sections import outline

_MAX_UNREADABLE = 0.2
"""Of the glyphs, that may have no known character."""
_MAX_CHARACTERS = 2_000_000
_HIDING = {
    Hidden.UNPAINTED: "that are not painted",
    Hidden.TINY: "too small to read",
    Hidden.OUTSIDE: "outside of the page",
    Hidden.FAINT: "of the colour behind them",
    Hidden.COVERED: "under something else",
}
"""How glyphs are hidden, as a report says it."""


def read(folder: Path, source: Source) -> Document:
    """The document of a PDF; every block carries its page, and ``pages`` says where each page starts in the text.

    Raises:
        SourceUnreadable: not a PDF, damaged, encrypted, too long, without visible text, or with fonts that do not say what they show.
    """
    path = folder / source.path
    return understood(path, source, pages_of(path, path.read_bytes()))


def pages_of(path: Path, data: bytes) -> list[Sheet]:
    """The pages of the PDF that ``data``, the content of ``path``, is.

    Raises:
        SourceUnreadable: as ``read`` does of what is no PDF, damaged, encrypted or too long.
    """
    check(data, path)
    try:
        return sheets(data)
    except Unopened as error:
        raise SourceUnreadable(f"{path}: is a damaged PDF ({error}); export it anew as PDF") from error


def understood(path: Path, source: Source, opened: Sequence[Sheet]) -> Document:
    """The document that the pages of ``path`` show.

    Raises:
        SourceUnreadable: as ``read`` does of what has no text that can be read.
    """
    looked = [seen(sheet) for sheet in opened]
    shown = [glyphs for glyphs, _ in looked]
    _check_text(path, opened, shown)
    hidden = [(sheet.number, left_out) for sheet, (_, left_out) in zip(opened, looked, strict=True)]
    return replace(_document(source, opened, shown), remarks=tuple(_remarks(opened, shown, hidden)))


def _remarks(
    opened: Sequence[Sheet], shown: Sequence[Sequence[Glyph]], hidden: Iterable[tuple[int, dict[Hidden, int]]]
) -> Iterator[Remark]:
    """What is hidden on which page, and pages of which nothing could be read."""
    for page, left_out in hidden:
        yield from (Remark("hidden", _HIDING[how], count, page) for how, count in left_out.items())
    for sheet, glyphs in zip(opened, shown, strict=True):
        if sheet.images and not glyphs:
            yield Remark("missed", f"page {sheet.number} is a picture without text", page=sheet.number)
    unknown = sum(not _is_character(g.char) and not g.char.isspace() for page in shown for g in page)
    if unknown:
        yield Remark("missed", f"{unknown} characters are in fonts that do not say which they are")


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
    written = list(_written(canonical, pieces(lines, levels)))
    return Document(
        id=source.path,
        title=source.title,
        media_type="application/pdf",
        text=canonical.text,
        blocks=outline(canonical.text, canonical.blocks),
        pages=_starts(written, len(opened), canonical.length),
        sizes=tuple((round(sheet.box.width, 1), round(sheet.box.height, 1)) for sheet in opened),
        strips=tuple(strip for _, _, printed in written for strip in printed),
        url=source.url,
    )


def _written(canonical: Canonical, made: Iterable[Piece]) -> Iterator[tuple[int, int, tuple[Strip, ...]]]:
    """Appends the blocks; of each its page, its start, and where it is printed."""
    for piece in made:
        span = canonical.add(piece.kind, piece.text, piece.level, page=piece.page)
        if span is not None:
            yield piece.page, span.start, tuple(strips(piece.lines, piece.text.strip(), span.start))


def _starts(written: Iterable[tuple[int, int, object]], pages: int, end: int) -> tuple[int, ...]:
    """The start of every page; of one without text that of the next."""
    starts: dict[int, int] = {}
    for page, start, _ in written:
        starts.setdefault(page, start)
    found: list[int] = []
    for page in range(pages, 0, -1):
        found.append(starts.get(page, found[-1] if found else end))
    return tuple(reversed(found))
