"""Plain text, as it is typed, exported or recognised from a page: its layout tells headings, entries, items and paragraphs apart."""

from collections.abc import Iterator

from ingest.domain import BlockKind, Document, Source
from ingest.readers.canonical import Canonical
from ingest.readers.text.flow import Layout, margin_of, words_in
from ingest.readers.text.headings import Heading, headings_in
from ingest.readers.text.lines import Line, lines_of
from ingest.readers.text.marks import bullets_in, is_rule
from ingest.readers.text.pages import without_furniture
from ingest.readers.text.units import blocks_of
from ingest.sections import outline, section_of


def read(text: str, source: Source) -> Document:
    """A plain-text document. What only sets the page is left out: bullets, rules and ornaments, page marks and running heads.

    A line that wraps is put together with the next, a word torn at its end is mended, a gap between columns is one tab.
    """
    canonical = Canonical(source.path)
    for kind, content, level, apart in _pieces(without_furniture(lines_of(text))):
        canonical.add(kind, content, level, apart=apart)
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/plain",
        text=canonical.text,
        blocks=outline(canonical.text, canonical.blocks),
        url=source.url,
    )


def _pieces(lines: list[Line]) -> Iterator[tuple[BlockKind, str, int | None, bool]]:
    """Kind, text and level of every block, and whether a blank line stood before it."""
    bullets = bullets_in(lines)
    headings = headings_in(lines, bullets)
    layout = Layout(margin_of(lines), words_in(lines))
    run: list[int] = []
    above: Heading | None = None
    for n, line in enumerate([*lines, Line("")]):
        heading = headings.get(n)
        if line.text and heading is None and not is_rule(line):
            run.append(n)
            continue
        if run:
            marks = {place: bullets[m] for place, m in enumerate(run) if m in bullets}
            section = section_of(above.text) if above else None
            level = above.level + 1 if above else None
            for place, piece in enumerate(blocks_of([lines[m] for m in run], marks, layout, section)):
                opens = piece.kind is BlockKind.HEADING and piece.closes
                placed = 2 if opens else level if piece.kind is BlockKind.HEADING or piece.closes else None
                yield piece.kind, piece.text, placed, place == 0
        run = []
        if heading is not None:
            above = heading
            yield BlockKind.HEADING, heading.text, heading.level, False
            yield BlockKind.PARAGRAPH, heading.remark, None, False
