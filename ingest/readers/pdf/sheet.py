"""What is on one page before anything is understood: glyphs, painted areas and rule lines, in points from the top left corner."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Colour = tuple[int, int, int]
_MIN_DOTS = 20
"""Small shapes side by side, from which on they draw a rule."""


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; ``top`` is smaller than ``bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In points."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether the point lies inside, or at most ``slack`` points outside."""
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack


@dataclass(frozen=True, slots=True)
class Face:
    """How a run of glyphs looks."""

    font: str
    size: float
    """In points, as it appears on the page."""
    bold: bool
    italic: bool
    colour: Colour | None
    """RGB, 0 to 255; ``None`` where a pattern paints the glyphs."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Everything that all glyphs of one text object share."""

    face: Face
    order: int
    """The place in the order of painting."""
    mode: int
    """The text render mode (ISO 32000-2, table 104); 3 and 7 paint nothing."""
    alpha: int
    """0 is transparent, 255 opaque."""
    clip: Box | None
    """What lies outside is not painted."""
    angle: int
    """The direction of writing in degrees, counterclockwise, to a whole one."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character at its place; a blank is a glyph as well."""

    char: str
    box: Box
    """As wide as the advance, as high as the font."""
    base: float
    """How far below the top edge the baseline stands."""
    ink: Ink
    unmapped: bool
    """The font does not say which character this is."""
    parted: bool = False
    """The engine sees a blank before it that is not in the file."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A filled area or an image; ``colour`` is ``None`` where it is not one colour."""

    box: Box
    order: int
    colour: Colour | None
    opaque: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    number: int
    """Counted from 1."""
    box: Box
    glyphs: tuple[Glyph, ...]
    paints: tuple[Paint, ...]
    strokes: tuple[Box, ...]
    """Thin level lines and bars, as they are drawn under headings."""
    dots: tuple[Box, ...]
    """Small painted shapes, as some programs draw bullets."""
    images: int = 0


@dataclass(frozen=True, slots=True)
class Raster:
    """The pixels of one page, row by row from the top."""

    width: int
    height: int
    stride: int
    """Bytes of one row."""
    mode: str
    """The order of the channels: ``BGR``, ``BGRx``, ``L``."""
    pixels: bytes


def dots_and_rules(shapes: Sequence[Box]) -> tuple[list[Box], list[Box]]:
    """Small shapes apart from the rules that are drawn as many of them side by side."""
    dots: list[Box] = []
    rules: list[Box] = []
    for _, group in groupby(sorted(shapes, key=lambda dot: round(dot.top)), key=lambda dot: round(dot.top)):
        row = list(group)
        if len(row) < _MIN_DOTS:
            dots += row
        else:
            rules.append(Box(min(d.left for d in row), row[0].top, max(d.right for d in row), row[0].bottom))
    return dots, rules
