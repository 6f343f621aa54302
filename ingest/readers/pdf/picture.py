"""Pictures of pages that show what the document's text says and no more: the rest is painted over before anyone sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from ingest.domain import Document, Source
from ingest.errors import SourceUnreadable
from ingest.private import MASK
from ingest.readers.pdf import pages_of, understood
from ingest.readers.pdf.engine import raster
from ingest.readers.pdf.letters import is_ornament
from ingest.readers.pdf.place import height
from ingest.readers.pdf.sheet import Box, Colour, Glyph, Raster, Sheet

MAX_PICTURES = 60
"""Pages of one document that get a picture."""
_DPI = 132
_MOST_PIXELS = 2400
_COLOURS = 32
_MARGIN = 0.12
"""Ems of a glyph painted over all around it, because ink may leave its box."""
_BAND = 16.0
"""Points; the height of the bands by which words are looked up."""
_SLACK = 0.6
_BLACK: Colour = (0, 0, 0)


def pictures(folder: Path, document: Document) -> Iterator[bytes]:
    """A picture of each of the first pages of ``document``, which was read from ``folder``, as the bytes of an image file.

    Withheld text is black. What is printed but not in the text (hidden print, running heads) has the colour of the paper, and photographs
    and scans are left out, because nobody has read what they show.

    Raises:
        SourceUnreadable: the file is no longer the one that ``document`` was read from.
    """
    path = folder / document.id
    data = path.read_bytes()
    sheets = pages_of(path, data)
    _check_same(path, understood(path, Source(document.id, document.title), sheets), document)
    words: dict[int, list[tuple[Box, bool]]] = defaultdict(list)
    for strip in document.strips:
        for start, end, left, right in strip.words:
            box = Box(left, strip.top, right, strip.bottom)
            words[strip.page].append((box, MASK in document.text[start:end]))
    for sheet in sheets[:MAX_PICTURES]:
        picture = _opened(raster(data, sheet.number, _DPI, _MOST_PIXELS))
        _paint(picture, sheet, words[sheet.number])
        yield _packed(picture)


def _check_same(path: Path, now: Document, document: Document) -> None:
    """Raises where the words stand elsewhere now than they did, so that what covers them would miss."""
    alike = len(now.text) == len(document.text) and now.strips == document.strips
    if not alike or any(b not in {a, MASK} for a, b in zip(now.text, document.text, strict=True)):
        raise SourceUnreadable(f"{path}: changed while it was being read; run the ingest again")


def _opened(page: Raster) -> Image.Image:
    return Image.frombytes("RGB", (page.width, page.height), page.pixels, "raw", page.mode, page.stride)


def _packed(picture: Image.Image) -> bytes:
    """The picture in a few colours, which is all that print has."""
    file = BytesIO()
    few = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _paint(picture: Image.Image, sheet: Sheet, words: Sequence[tuple[Box, bool]]) -> None:
    """Paints over what is withheld, and what is not among ``words``, each with whether it is withheld."""
    scale = picture.width / sheet.box.width
    black, blank = _apart(sheet, words)
    if blank:
        seen = picture.copy()
        for box in blank:
            _fill(picture, box, scale, _paper(seen, box, scale))
        for box, is_withheld in words:
            if not is_withheld:
                edges = _pixels(box, scale)
                picture.paste(seen.crop(edges), edges)
    for box in black:
        _fill(picture, box, scale, _BLACK)


def _apart(sheet: Sheet, words: Sequence[tuple[Box, bool]]) -> tuple[list[Box], list[Box]]:
    """Where the sheet shows what is withheld, and where it shows what the text does not say."""
    bands: dict[int, list[tuple[Box, bool]]] = defaultdict(list)
    for box, is_withheld in words:
        for band in range(int(box.top // _BAND), int(box.bottom // _BAND) + 1):
            bands[band].append((box, is_withheld))
    black = [box for box, is_withheld in words if is_withheld]
    blank: list[Box] = []
    for glyph in sheet.glyphs:
        x, y = (glyph.box.left + glyph.box.right) / 2, sum(height(glyph)) / 2
        line = [word for word in bands[int(y // _BAND)] if word[0].top <= y <= word[0].bottom]
        at = [is_withheld for box, is_withheld in line if box.holds(x, y, _SLACK)]
        if any(at):
            black.append(_around(glyph))
        elif not at and not glyph.char.isspace() and not (line and is_ornament(glyph)):
            blank.append(_around(glyph))
    return black, blank


def _around(glyph: Glyph) -> Box:
    """Everything that may hold ink of ``glyph``."""
    top, bottom = height(glyph)
    margin = _MARGIN * glyph.ink.face.size
    box = glyph.box
    return Box(box.left - margin, min(top, box.top) - margin, box.right + margin, max(bottom, box.bottom) + margin)


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    return int(box.left * scale), int(box.top * scale), int(box.right * scale) + 1, int(box.bottom * scale) + 1


def _fill(picture: Image.Image, box: Box, scale: float, colour: Colour) -> None:
    left, top, right, bottom = _pixels(box, scale)
    ImageDraw.Draw(picture).rectangle((left, top, right - 1, bottom - 1), fill=colour)


def _paper(picture: Image.Image, box: Box, scale: float) -> Colour:
    """The colour that most of the picture has there."""
    left, top, right, bottom = _pixels(box, scale)
    edges = (max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height))
    if edges[0] >= edges[2] or edges[1] >= edges[3]:
        return (255, 255, 255)
    under = picture.crop(edges).tobytes()
    return Counter(zip(under[::3], under[1::3], under[2::3], strict=True)).most_common(1)[0][0]
