"""What CSS hides: declarations that take an element out of sight, and the rules of a style sheet that hold them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import tinycss2
from tinycss2 import color4

Declarations = Mapping[str, str]
"""Property → value, both in lower case."""
Rgb = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""

WHITE: Rgb = (1.0, 1.0, 1.0)
MIN_SIZE_PX = 4.0
"""Text smaller than this cannot be read."""
_OFF_PX = -400.0
_SCREEN_PX = 1280.0
_FAINT = 0.1
_SAME_COLOUR = 0.06
_MAX_SELECTOR = 300
_MAX_RULES = 4000
_PX = {
    "px": 1, "pt": 4 / 3, "em": 16, "rem": 16, "ex": 8, "ch": 8, "pc": 16, "mm": 3.78, "cm": 37.8, "in": 96, "vw": 12.8, "vh": 8, "%": 4,
}  # fmt: skip
"""What one of each unit comes to, about."""
_SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "initial": 16.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)(?:e\d+)?\s*([a-z]+|%)?")
_UNSEEN_CLASS = re.compile(
    r"(?:sr-?only|visually-?hidden|screen-?reader(?:-?text|-?only)?|a11y-?hidden|element-invisible|assistive-text|offscreen|off-screen"
    r"|(?:u|is|has)-hidden|d-none|hidden|hide|invisible|display-none)(?:-focusable|-text)?"
)
_SHOWN_CLASS = re.compile(
    r"(?:d-\w+-)(?!none)\w+|\w+:(?:block|flex|grid|inline\S*|table\S*|visible|not-sr-only)|abstract"
)
"""A class that shows on a wide screen, or on a button of the page, what another one hides."""
_SHOWS = {
    "display", "visibility", "opacity", "content-visibility", "clip", "clip-path", "left", "right", "top", "bottom", "text-indent",
    "margin-left", "margin-top", "transform", "width", "height", "max-width", "max-height", "overflow", "font", "font-size", "color",
    "-webkit-text-fill-color", "background", "background-color", "background-image", "background-clip", "-webkit-background-clip",
}  # fmt: skip
"""The properties that decide whether text is seen."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The declarations of one selector that matter here; ``weight`` orders rules of equal importance."""

    selector: str
    weight: tuple[int, int, int]
    """Identifiers, classes and elements in the selector (CSS Selectors 4, §17)."""
    declarations: Mapping[str, tuple[str, bool]]
    """Property → value and whether it is ``!important``."""


@lru_cache(maxsize=1024)
def declarations_in(style: str) -> Mapping[str, tuple[str, bool]]:
    """The declarations of a ``style`` attribute that decide about visibility."""
    return _declarations(tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True))


def rules_in(sheet: str) -> Iterator[Rule]:
    """The rules of a style sheet that decide about visibility on a wide, light screen, in order; at most 4,000."""
    nodes = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    for number, rule in enumerate(_rules(nodes, "", 0)):
        if number == _MAX_RULES:
            return
        yield rule


def hides(style: Declarations, classes: str = "") -> bool:
    """Whether an element with these declarations and classes is out of sight with all that it holds."""
    names = classes.lower().split()
    by_class = any(map(_UNSEEN_CLASS.fullmatch, names)) and not any(map(_SHOWN_CLASS.fullmatch, names))
    if by_class and style.get("display", "none") == "none":
        return True
    tiny = any(0 <= _px(style.get(p), 99) <= 1 for p in ("width", "height", "max-width", "max-height"))
    scroll = style.get("overflow", "")
    return (
        style.get("display") == "none"
        or style.get("content-visibility") == "hidden"
        or _number(style.get("opacity")) <= _FAINT
        or any(
            _px(style.get(p), 0) <= _OFF_PX
            for p in ("left", "right", "top", "bottom", "text-indent", "margin-left", "margin-top")
        )
        or (tiny and re.search("hidden|clip", scroll) is not None)
        or _is_clipped(style)
        or re.search(r"scale[xy3d]*\(\s*0(?:\.0+)?\s*[,)]|translate[xy3d]*\([^)]*-\d{4,}", style.get("transform", ""))
        is not None
    )


def hides_alone(attribute: str, classes: str) -> bool:
    """Whether an element on a white page is out of sight by its own ``style`` attribute and classes."""
    if not attribute and not classes:
        return False
    found = {name: value for name, (value, _) in declarations_in(attribute).items()} if attribute else {}
    return _are_hiding(found, classes)


def hiding_names(sheet: str) -> frozenset[str]:
    """The classes (``.x``) and identifiers (``#x``) that alone, by a rule of ``sheet``, take an element of a white page out of sight."""
    named = ((re.fullmatch(r"\w*([.#][\w-]+)", rule.selector), rule) for rule in rules_in(sheet))
    return frozenset(m[1] for m, rule in named if m and _are_hiding({n: v for n, (v, _) in rule.declarations.items()}))


def is_invisible(style: Declarations) -> bool | None:
    """Whether ``visibility`` hides the text of an element; ``None`` where it inherits."""
    value = style.get("visibility")
    return None if value in {None, "inherit", "unset"} else value in {"hidden", "collapse"}


def size_px(style: Declarations, inherited: float) -> float:
    """The font size in pixels."""
    value = style.get("font-size") or style.get("font", "")
    match = _LENGTH.search(value)
    if match is None:
        return _SIZES.get(value, inherited)
    number, unit = float(match[1]), match[2]
    if unit in {"em", "%", "ex", "ch"}:
        return inherited * number / {"em": 1, "%": 100}.get(unit, 2)
    return number * _PX.get(unit or "px", 1.0)


def colour(style: Declarations, inherited: Rgb | None, behind: Rgb | None) -> Rgb | None:
    """The colour of the text, as it is seen over ``behind``; ``None`` where it cannot be told."""
    if re.search(r"\btext\b", style.get("background-clip", "") + style.get("-webkit-background-clip", "")):
        return None
    value = style.get("-webkit-text-fill-color") or style.get("color", "inherit")
    if value in {"inherit", "unset", "currentcolor", "revert"}:
        return inherited
    return _over(value, behind)


def background(style: Declarations, behind: Rgb | None) -> Rgb | None:
    """The colour behind the text; ``None`` where it is a picture or cannot be told."""
    value = (
        f"{style.get('background', '')} {style.get('background-color', '')} {style.get('background-image', '')}".strip()
    )
    if re.search(r"url\(|gradient\(|var\(|image", value):
        return None
    for part in reversed(re.findall(r"[\w#-]+\([^()]*\)|[^\s]+", value)):
        if color4.parse_color(part) is not None:
            return _over(part, behind)
    return behind


def is_same(one: Rgb | None, other: Rgb | None) -> bool:
    """Whether text of one colour cannot be told from the other behind it."""
    return (
        one is not None
        and other is not None
        and max(abs(a - b) for a, b in zip(one, other, strict=True)) < _SAME_COLOUR
    )


def _are_hiding(found: Declarations, classes: str = "") -> bool:
    behind = background(found, WHITE)
    is_seen = size_px(found, 16.0) >= MIN_SIZE_PX and not is_same(colour(found, None, behind), behind)
    return hides(found, classes) or is_invisible(found) is True or not is_seen


def _over(value: str, behind: Rgb | None) -> Rgb | None:
    parsed = color4.parse_color(value)
    if parsed is None or isinstance(parsed, str):
        return None
    try:
        red, green, blue = (float(c or 0) for c in parsed.to("srgb").coordinates)
    except (NotImplementedError, ValueError):
        return None
    alpha = 1.0 if parsed.alpha is None else float(parsed.alpha)
    if alpha > 1 - _FAINT:
        return red, green, blue
    if behind is None:
        return None
    return tuple(alpha * c + (1 - alpha) * b for c, b in zip((red, green, blue), behind, strict=True))  # type: ignore[return-value]  # three of each


def _rules(nodes: Iterable[object], within: str, depth: int) -> Iterator[Rule]:
    for node in nodes:
        if depth > 8:
            return
        if isinstance(node, tinycss2.ast.AtRule):
            if node.content is not None and _applies(node.lower_at_keyword, tinycss2.serialize(node.prelude)):
                inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                yield from _rules(inner, within, depth + 1)
        elif isinstance(node, tinycss2.ast.QualifiedRule):
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            found = _declarations(inner)
            for selector in _selectors(node.prelude, within):
                if found:
                    yield Rule(selector, _weight(selector), found)
                if any(isinstance(n, tinycss2.ast.QualifiedRule) for n in inner):
                    yield from _rules(inner, selector, depth + 1)


def _selectors(prelude: Iterable[object], within: str) -> Iterator[str]:
    parts: list[list[object]] = [[]]
    for token in prelude:
        if getattr(token, "type", "") == "literal" and getattr(token, "value", "") == ",":
            parts.append([])
        elif getattr(token, "type", "") != "comment":
            parts[-1].append(token)
    for part in parts:
        selector = tinycss2.serialize(part).strip()
        if within:
            selector = selector.replace("&", within) if "&" in selector else f"{within} {selector}"
        if selector and len(selector) <= _MAX_SELECTOR:
            yield selector


def _declarations(nodes: Iterable[object]) -> dict[str, tuple[str, bool]]:
    return {
        node.lower_name: (" ".join(tinycss2.serialize(node.value).lower().split()), node.important)
        for node in nodes
        if isinstance(node, tinycss2.ast.Declaration) and node.lower_name in _SHOWS
    }


def _weight(selector: str) -> tuple[int, int, int]:
    bare = re.sub(r":(?:not|is|has)\(([^()]*)\)|:where\([^()]*\)", r" \1 ", selector)
    return (
        len(re.findall(r"#[\w\\-]", bare)),
        len(re.findall(r"\.[\w\\-]|\[|(?<!:):(?!:)[\w-]", bare)),
        len(re.findall(r"(?:^|[\s>+~(])[a-zA-Z]|::", bare)),
    )


def _applies(keyword: str, condition: str) -> bool:
    """Whether the block of an at-rule counts on a wide, light screen."""
    if keyword in {"layer", "supports", "container", "scope"}:
        return True
    return keyword == "media" and applies(condition)


def applies(media: str) -> bool:
    """Whether a media query holds on a wide, light screen; one that is not understood does."""
    return any(map(_is_met, media.lower().split(",")))


def _is_met(query: str) -> bool:
    if re.search(r"\bnot\b", query):
        return "print" in query
    if re.search(
        r"\b(?:print|speech)\b|prefers-color-scheme\s*:\s*dark|prefers-reduced-motion|forced-colors|orientation\s*:\s*portrait",
        query,
    ):
        return False
    widest = [
        _px(m, _SCREEN_PX)
        for m in re.findall(r"max-(?:device-)?width\s*:\s*([^)]*)|width\s*<=?\s*([^)]*)", query)
        for m in m
        if m
    ]
    narrowest = [
        _px(m, 0)
        for m in re.findall(r"min-(?:device-)?width\s*:\s*([^)]*)|width\s*>=?\s*([^)]*)", query)
        for m in m
        if m
    ]
    return all(w >= _SCREEN_PX for w in widest) and all(n <= _SCREEN_PX for n in narrowest)


def _is_clipped(style: Declarations) -> bool:
    rect = re.search(r"rect\(([^)]*)\)", style.get("clip", ""))
    if rect and all(_px(p, 0) <= 1 for p in re.split(r"[\s,]+", rect[1].strip()) if p != "auto"):
        return True
    return (
        re.search(
            r"inset\(\s*(?:[5-9]\d|100)(?:\.\d+)?%|circle\(\s*0|polygon\(\s*0[^,]*,\s*0", style.get("clip-path", "")
        )
        is not None
    )


def _number(value: str | None) -> float:
    match = re.fullmatch(r"(-?\d*\.?\d+)(%?)", value or "")
    return 1.0 if match is None else float(match[1]) / (100 if match[2] else 1)


def _px(value: str | None, default: float) -> float:
    """A length in pixels, about; what is no length is ``default``."""
    match = _LENGTH.match((value or "").strip().removeprefix("calc("))
    if match is None:
        return default
    return float(match[1]) * _PX.get(match[2] or "px", 1.0)
