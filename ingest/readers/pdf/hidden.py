"""Tells the glyphs that a reader of the page sees from those that are only in the file."""

from collections.abc import Iterable
from enum import StrEnum

from ingest.readers.pdf.sheet import Box, Colour, Glyph, Paint, Sheet

_UNPAINTED_MODES = {3, 7}
_MIN_SIZE = 2.0
"""Points; smaller print cannot be read on paper."""
_MIN_CONTRAST = 20
"""Of 255, in the channel that differs most; below it, text and background look the same."""
_MIN_ALPHA = 20
_SLACK = 1.0
_PAPER: Colour = (255, 255, 255)


class Hidden(StrEnum):
    """Why a glyph is not seen."""

    UNPAINTED = "unpainted"
    TINY = "tiny"
    OUTSIDE = "outside"
    FAINT = "faint"
    COVERED = "covered"


def seen(sheet: Sheet) -> tuple[list[Glyph], dict[Hidden, int]]:
    """The glyphs of a page that a reader sees, in the order of the file, and how many are hidden for which reason."""
    shown: list[Glyph] = []
    hidden: dict[Hidden, int] = {}
    for glyph in sheet.glyphs:
        reason = why_hidden(glyph, sheet)
        if reason is None:
            shown.append(glyph)
        elif not glyph.char.isspace():
            hidden[reason] = hidden.get(reason, 0) + 1
    return shown, hidden


def why_hidden(glyph: Glyph, sheet: Sheet) -> Hidden | None:
    """Why ``glyph`` cannot be seen on its page; ``None`` for one that can."""
    ink = glyph.ink
    x, y = _middle(glyph.box)
    if ink.mode in _UNPAINTED_MODES or ink.alpha < _MIN_ALPHA:
        return Hidden.UNPAINTED
    if ink.face.size < _MIN_SIZE:
        return Hidden.TINY
    if not sheet.box.holds(x, y) or (ink.clip is not None and not ink.clip.holds(x, y, _SLACK)):
        return Hidden.OUTSIDE
    if not sheet.paints:
        return Hidden.FAINT if _alike(ink.face.colour, _PAPER) else None
    under = _topmost(p for p in sheet.paints if p.order < ink.order and p.box.holds(x, y))
    if _alike(ink.face.colour, _PAPER if under is None else under.colour):
        return Hidden.FAINT
    if any(p.opaque and p.order > ink.order and _covers(p.box, glyph.box) for p in sheet.paints):
        return Hidden.COVERED
    return None


def _topmost(paints: Iterable[Paint]) -> Paint | None:
    return max(paints, key=lambda paint: paint.order, default=None)


def _alike(text: Colour | None, background: Colour | None) -> bool:
    if text is None or background is None:
        return False
    return max(abs(a - b) for a, b in zip(text, background, strict=True)) < _MIN_CONTRAST


def _covers(paint: Box, glyph: Box) -> bool:
    x, y = _middle(glyph)
    return paint.holds(x, y) and paint.left <= glyph.left + _SLACK and glyph.right <= paint.right + _SLACK


def _middle(box: Box) -> tuple[float, float]:
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2
