"""The one door to PDFium: a file's pages as sheets of glyphs.

PDFium is not safe to call from two threads at once (its own documentation), so every call is made under one lock.
"""

import ctypes
import math
import re
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby

import pypdfium2
import pypdfium2.raw as raw

from ingest.readers.pdf.sheet import Box, Colour, Face, Glyph, Ink, Paint, Raster, Sheet, dots_and_rules

_LOCK = threading.Lock()
_BOLD_WEIGHT = 600
_BOLD = re.compile(
    r"bold|black|heavy|semibold|demi|medi\b|(?<![a-z])bd(?![a-z])|[-,]b$|^(?:cm|sf|ec|t1)?(?:bx|sx|ssbx|b|csbx)\d+$|^cm\w*bx",
    re.IGNORECASE,
)
_ITALIC = re.compile(r"ital|obli|slanted|[-,](?:it|i|bi)$", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_MAX_DEPTH = 8
_THIN = 3.0
_DOT = 8.0
_SIMPLE_PATH = 9
"""A rectangle has four or five segments, one with rounded corners up to nine."""
_OPAQUE = 250
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""


class Unopened(Exception):
    """PDFium does not open the file or one of its pages."""


def sheets(data: bytes) -> list[Sheet]:
    """Every page of a PDF.

    Raises:
        Unopened: PDFium cannot make sense of it.
    """
    with _LOCK:
        try:
            with pypdfium2.PdfDocument(data) as document:
                return [_sheet(document, number) for number in range(len(document))]
        except pypdfium2.PdfiumError as error:
            raise Unopened(str(error)) from error


def raster(data: bytes, number: int, dpi: int, most_pixels: int) -> Raster:
    """Page ``number``, counted from 1, as it is seen but without pictures, annotations and what is filled into forms.

    ``most_pixels``: of the longer side, whatever ``dpi`` asks for.

    Raises:
        Unopened: PDFium cannot make sense of it.
    """
    with _LOCK:
        try:
            with pypdfium2.PdfDocument(data) as document, closing(document[number - 1]) as page:
                items = (raw.FPDFPage_GetObject(page.raw, n) for n in range(raw.FPDFPage_CountObjects(page.raw)))
                _leave_out_pictures(items, 0)
                scale = min(dpi / 72, most_pixels / max(page.get_size()))
                with closing(page.render(scale=scale, may_draw_forms=False, draw_annots=False)) as bitmap:
                    return Raster(bitmap.width, bitmap.height, bitmap.stride, bitmap.mode, bytes(bitmap.buffer))
        except pypdfium2.PdfiumError as error:
            raise Unopened(str(error)) from error


def _leave_out_pictures(items: Iterator[object], depth: int) -> None:
    for item in items:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_IMAGE or depth > _MAX_DEPTH:
            raw.FPDFPageObj_SetIsActive(item, False)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            below = (raw.FPDFFormObj_GetObject(item, n) for n in range(raw.FPDFFormObj_CountObjects(item)))
            _leave_out_pictures(below, depth + 1)


def _sheet(document: pypdfium2.PdfDocument, number: int) -> Sheet:
    with closing(document[number]) as page:
        turns = raw.FPDFPage_GetRotation(page.raw) % 4
        scene = _Scene(page.get_bbox(), turns)
        scene.walk(page.raw)
        with closing(page.get_textpage()) as text:
            glyphs = tuple(_ligatures_apart(_glyphs(text.raw, scene)))
        dots, rules = dots_and_rules(scene.dots)
        return Sheet(
            number=number + 1,
            box=scene.page,
            glyphs=glyphs,
            paints=tuple(scene.paints),
            strokes=(*scene.strokes, *rules),
            dots=tuple(dots),
            images=scene.images,
        )


_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: _Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class _Scene:
    """The objects of one page in the order of painting."""

    edges: tuple[float, float, float, float]
    """Left, bottom, right and top of the visible page."""
    turns: int
    """Quarter turns clockwise by which the page is shown."""
    paints: list[Paint] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)
    orders: dict[int, int] = field(default_factory=dict)
    """Of the text objects, by address."""
    matrices: dict[int, _Matrix] = field(default_factory=dict)
    """Of the forms that text objects stand in, by address of the text object."""
    images: int = 0
    order: int = 0

    @property
    def page(self) -> Box:
        """The visible page as it is shown."""
        left, bottom, right, top = self.edges
        return self.box(_IDENTITY, iter([(left, bottom), (right, top)]))

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own space, as it is shown: from the left and from the top."""
        left, bottom, right, top = self.edges
        return ((x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))[self.turns]

    def walk(self, page: object) -> None:
        """Takes in every object of the page, and those of the forms on it."""
        for index in range(raw.FPDFPage_CountObjects(page)):
            self._take(raw.FPDFPage_GetObject(page, index), _IDENTITY, 0)

    def box(self, matrix: _Matrix, corners: Iterator[tuple[float, float]]) -> Box:
        """What ``corners``, given in the space of ``matrix``, enclose on the page."""
        a, b, c, d, e, f = matrix
        points = [self.place(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _take(self, item: object, matrix: _Matrix, depth: int) -> None:
        self.order += 1
        match raw.FPDFPageObj_GetType(item):
            case raw.FPDF_PAGEOBJ_TEXT:
                address = _address(item)
                self.orders[address] = self.order
                if matrix is not _IDENTITY:
                    self.matrices[address] = matrix
            case raw.FPDF_PAGEOBJ_PATH:
                self._path(item, self._bounds(item, matrix))
            case raw.FPDF_PAGEOBJ_IMAGE:
                self.images += 1
                opaque = not raw.FPDFPageObj_HasTransparency(item)
                self.paints.append(Paint(self._bounds(item, matrix), self.order, None, opaque))
            case raw.FPDF_PAGEOBJ_SHADING:
                self.paints.append(Paint(self._bounds(item, matrix), self.order, None, False))
            case raw.FPDF_PAGEOBJ_FORM if depth < _MAX_DEPTH:
                inner = raw.FS_MATRIX()
                raw.FPDFPageObj_GetMatrix(item, inner)
                below = _product((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
                for index in range(raw.FPDFFormObj_CountObjects(item)):
                    self._take(raw.FPDFFormObj_GetObject(item, index), below, depth + 1)

    def _bounds(self, item: object, matrix: _Matrix) -> Box:
        edges = [ctypes.c_float() for _ in range(4)]
        raw.FPDFPageObj_GetBounds(item, *edges)
        left, bottom, right, top = (edge.value for edge in edges)
        return self.box(matrix, iter([(left, bottom), (right, bottom), (left, top), (right, top)]))

    def _path(self, item: object, box: Box) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if box.height <= _THIN < box.width and (fill.value or stroke.value):
            self.strokes.append(box)
        if max(box.width, box.height) <= _DOT and (fill.value or stroke.value):
            self.dots.append(box)
        elif fill.value:
            colour, alpha = _colour(raw.FPDFPageObj_GetFillColor, item)
            simple = raw.FPDFPath_CountSegments(item) <= _SIMPLE_PATH
            opaque = alpha >= _OPAQUE and simple and not raw.FPDFPageObj_HasTransparency(item)
            if alpha:
                self.paints.append(Paint(box, self.order, colour if opaque else None, opaque))


def _glyphs(text: object, scene: _Scene) -> Iterator[Glyph]:
    inks: dict[int, Ink] = {}
    loose = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    parted = False
    for index in range(raw.FPDFText_CountChars(text)):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            parted = True
            continue
        item = raw.FPDFText_GetTextObject(text, index)
        address = _address(item)
        ink = inks.get(address)
        if ink is None:
            ink = inks[address] = _ink(text, index, item, scene)
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield Glyph(
            char="-" if code == _HYPHEN else chr(code),
            box=scene.box(_IDENTITY, iter([(loose.left, loose.bottom), (loose.right, loose.top)])),
            base=scene.place(x.value, y.value)[1],
            ink=ink,
            unmapped=raw.FPDFText_HasUnicodeMapError(text, index) == 1,
            parted=parted,
        )
        parted = False


def _ligatures_apart(glyphs: Iterator[Glyph]) -> Iterator[Glyph]:
    """Gives each letter of a ligature its share of the box: PDFium tells "ffi" as three characters in one place."""
    for _, group in groupby(glyphs, key=lambda g: (g.box, id(g.ink))):
        letters = list(group)
        box = letters[0].box
        share = box.width / len(letters)
        for number, letter in enumerate(letters):
            left = box.left + number * share
            yield letter if len(letters) == 1 else replace(letter, box=Box(left, box.top, left + share, box.bottom))


def _ink(text: object, index: int, item: object, scene: _Scene) -> Ink:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, index, matrix)
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, 256, flags)
    font = _SUBSET.sub("", name.value.decode("utf-8", "replace"))
    mode = raw.FPDFTextObj_GetTextRenderMode(item)
    ask = raw.FPDFText_GetStrokeColor if mode in {1, 5} else raw.FPDFText_GetFillColor
    colour, alpha = _colour(ask, text, index)
    bold = bool(_BOLD.search(font)) or mode == 2 or raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
    italic = bool(flags.value & 1 << 6) or bool(_ITALIC.search(font))
    address = _address(item)
    return Ink(
        face=Face(font, round(size, 1), bold, italic, colour),
        order=scene.orders.get(address, scene.order),
        mode=mode,
        alpha=alpha,
        clip=_clip(item, scene, scene.matrices.get(address, _IDENTITY)),
        angle=(round(math.degrees(math.atan2(matrix.b, matrix.a))) - 90 * scene.turns + 180) % 360 - 180,
    )


def _clip(item: object, scene: _Scene, matrix: _Matrix) -> Box | None:
    """The rectangle around every clipping path that holds for a text object."""
    path = raw.FPDFPageObj_GetClipPath(item)
    clip: Box | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(max(raw.FPDFClipPath_CountPaths(path), 0) if path else 0):
        points = []
        for index in range(max(raw.FPDFClipPath_CountPathSegments(path, number), 0)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, number, index), x, y)
            points.append((x.value, y.value))
        if points:
            box = scene.box(matrix, iter(points))
            clip = box if clip is None else _common(clip, box)
    return clip


def _common(one: Box, two: Box) -> Box:
    return Box(max(one.left, two.left), max(one.top, two.top), min(one.right, two.right), min(one.bottom, two.bottom))


def _colour(ask: object, *subject: object) -> tuple[Colour | None, int]:
    """Colour and opacity, or no colour where a pattern stands for one."""
    parts = [ctypes.c_uint() for _ in range(4)]
    assert callable(ask)
    if not ask(*subject, *parts):
        return None, 255
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue), alpha


def _product(one: _Matrix, two: _Matrix) -> _Matrix:
    """``one`` applied first, then ``two``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _address(item: object) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0  # type: ignore[arg-type]
