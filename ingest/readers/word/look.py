"""What text of a Word file looks like: its paragraph and character styles, with what they are based on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.readers.word.package import W

_MAX_BASES = 20
_MIN_HALF_POINTS = 8
"""Smaller text cannot be read: four points."""
_DEFAULT_HALF_POINTS = 22
_LIGHT = 0xF4
"""From this value of each of its parts a colour cannot be told from white paper."""
_OFF = {"0", "false", "off", "none"}


@dataclass(frozen=True, slots=True)
class Face:
    """How a run of text is set."""

    bold: bool = False
    caps: bool = False
    half_points: int = _DEFAULT_HALF_POINTS
    is_hidden: bool = False


class Looks:
    """The styles of one file."""

    def __init__(self, styles: Element | None) -> None:
        found = styles.iter(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        self._default = [default] if default is not None else []
        self._paragraph = next(
            (i for i, s in self._styles.items() if s.get(f"{W}type") == "paragraph" and _is_on(s.get(f"{W}default"))),
            "",
        )

    def name(self, paragraph: Element) -> str:
        """The name of the paragraph's style as Word knows it in every language: ``heading 1``, ``list bullet``."""
        style = self._styles.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")))
        return _value(style.find(f"{W}name")).lower() if style is not None else ""

    def level(self, paragraph: Element) -> int | None:
        """The level of a heading by its style or outline; the title is 1, so headings begin at 2."""
        for properties in self._paragraph_properties(paragraph):
            outline = _value(properties.find(f"{W}outlineLvl"))
            if outline.isdigit():
                return int(outline) + 2 if int(outline) < 9 else None
        match = re.fullmatch(r"heading (\d)", self.name(paragraph))
        return int(match[1]) + 1 if match else 1 if self.name(paragraph) == "title" else None

    def is_item(self, paragraph: Element) -> bool:
        """Whether the paragraph has a bullet or a number."""
        for properties in self._paragraph_properties(paragraph):
            number = properties.find(f"{W}numPr/{W}numId")
            if number is not None:
                return _value(number) != "0"
        return re.match(r"list (?:bullet|number)", self.name(paragraph)) is not None

    def has_rule(self, paragraph: Element) -> bool:
        """Whether a line is drawn below or above the paragraph."""
        found = (
            p.find(f"{W}pBdr/{W}{side}") for p in self._paragraph_properties(paragraph) for side in ("bottom", "top")
        )
        return any(border is not None and _value(border) not in {"nil", "none", ""} for border in found)

    def is_shaded(self, *properties: Element | None) -> bool:
        """Whether any of the properties, or a table style that they name, sets a dark background."""
        for held in properties:
            if held is None:
                continue
            style = self._styles.get(_value(held.find(f"{W}tblStyle")))
            for shade in [*held.iter(f"{W}shd"), *(style.iter(f"{W}shd") if style is not None else ())]:
                fill = shade.get(f"{W}fill", "auto")
                if shade.get(f"{W}themeFill") or (fill not in {"auto", ""} and not _is_light(fill)):
                    return True
        return False

    def face(self, run: Element, paragraph: Element, is_on_colour: bool) -> Face:
        """How a run is set; what nobody sees on paper is hidden."""
        chain = list(self._run_properties(run, paragraph))
        size = next((int(v) for v in (_value(p.find(f"{W}sz")) for p in chain) if v.isdigit()), _DEFAULT_HALF_POINTS)
        is_on_colour = is_on_colour or any(p.find(f"{W}highlight") is not None for p in chain) or self.is_shaded(*chain)
        is_on_colour = is_on_colour or self.is_shaded(*self._paragraph_properties(paragraph))
        colour = next((c for c in (p.find(f"{W}color") for p in chain) if c is not None), None)
        is_white = colour is not None and (
            colour.get(f"{W}themeColor") in {"background1", "light1"} or _is_light(_value(colour))
        )
        return Face(
            bold=_toggle(chain, "b"),
            caps=_toggle(chain, "caps") or _toggle(chain, "smallCaps"),
            half_points=size,
            is_hidden=_toggle(chain, "vanish") or size < _MIN_HALF_POINTS or (is_white and not is_on_colour),
        )

    def _paragraph_properties(self, paragraph: Element) -> Iterator[Element]:
        """The paragraph's own properties, then those of its style and what that is based on."""
        own = paragraph.find(f"{W}pPr")
        if own is not None:
            yield own
        named = _value(own.find(f"{W}pStyle")) if own is not None else ""
        for style in self._bases(named or self._paragraph):
            held = style.find(f"{W}pPr")
            if held is not None:
                yield held

    def _run_properties(self, run: Element, paragraph: Element) -> Iterator[Element]:
        own = run.find(f"{W}rPr")
        if own is not None:
            yield own
        named = _value(own.find(f"{W}rStyle")) if own is not None else ""
        below = _value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._paragraph
        for style in [*self._bases(named), *self._bases(below)]:
            held = style.find(f"{W}rPr")
            if held is not None:
                yield held
        yield from self._default

    def _bases(self, name: str) -> Iterator[Element]:
        for _ in range(_MAX_BASES):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = _value(style.find(f"{W}basedOn"))


def _toggle(chain: list[Element], name: str) -> bool:
    """Whether a property is on, by the nearest that says so."""
    for properties in chain:
        found = properties.find(f"{W}{name}")
        if found is not None:
            return found.get(f"{W}val", "1") not in _OFF
    return False


def _is_on(value: str | None) -> bool:
    return value is not None and value not in _OFF


def _value(element: Element | None) -> str:
    return element.get(f"{W}val", "") if element is not None else ""


def _is_light(colour: str) -> bool:
    return re.fullmatch("[0-9a-fA-F]{6}", colour) is not None and all(
        int(colour[n : n + 2], 16) >= _LIGHT for n in (0, 2, 4)
    )
