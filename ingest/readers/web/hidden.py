"""Takes out of a page what nobody sees: hidden elements, text too small or of the colour behind it, and what no browser shows as text."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.web import style
from ingest.readers.web.dom import Node, Tree, attribute, children, has, select
from ingest.readers.web.style import Rgb

_NO_TEXT = {
    "annotation", "annotation-xml", "applet", "audio", "base", "canvas", "datalist", "embed", "frameset", "head", "iframe", "link", "map", "math-src",
    "meta", "noembed", "noframes", "noscript", "object", "rp", "script", "select", "style", "svg", "template", "textarea", "title", "video",
}  # fmt: skip
_Priority = tuple[bool, tuple[int, int, int], int]
"""Importance, weight of the selector, and place in the sheets."""
_Won = dict[str, tuple[_Priority, str]]
"""Property → what it won by, and its value."""
_MAX_MATCHES = 1_000_000
INVISIBLE = "that the page does not show"
_INLINE = (1 << 30, 0, 0)
"""The weight of a ``style`` attribute: above every selector."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element hands down to those inside it."""

    colour: Rgb | None = (0.0, 0.0, 0.0)
    behind: Rgb | None = style.WHITE
    size_px: float = 16.0
    is_invisible: bool = False

    @property
    def hiding(self) -> str:
        """How text of this look is kept from being read; ``""`` for what can be."""
        if self.is_invisible:
            return INVISIBLE
        if self.size_px < style.MIN_SIZE_PX:
            return "too small to read"
        return "of the colour behind them" if style.is_same(self.colour, self.behind) else ""


def remove_hidden(tree: Tree, sheets: Iterable[str], path: Path) -> dict[str, int]:
    """Takes what a person cannot see out of ``tree``, by its attributes and ``sheets``, and returns how many characters went by how they hid.

    Raises:
        SourceUnreadable: style sheets that would take minutes.
    """
    root = tree.root
    removed: Counter[str] = Counter()
    if root is None:
        return removed
    cascade = _cascade(tree, sheets, path)
    stack = [(root, _Look())]
    while stack:
        node, look = stack.pop()
        for child in children(node):
            if child.is_text_node:
                if look.hiding and child.text_content and child.text_content.strip():
                    removed[look.hiding] += len(child.text_content.strip())
                    child.decompose()
            elif not child.is_element_node or child.tag in _NO_TEXT:
                child.decompose()
            else:
                found = _declared(child, cascade)
                if _is_hidden(child, found):
                    removed[INVISIBLE] += len(child.text(deep=True).strip())
                    child.decompose()
                else:
                    stack.append((child, _look(child, found, look)))
    return +removed


def _is_hidden(node: Node, found: dict[str, str]) -> bool:
    if node.tag in {"html", "body"}:
        return False  # Some pages hide themselves until their scripts have run.
    if has(node, "hidden") and found.get("display", "none") == "none":
        return True
    if node.tag == "dialog" and not has(node, "open"):
        return True
    classes = attribute(node, "class")
    return bool(found or classes) and style.hides(found, classes)


def _look(node: Node, found: dict[str, str], above: _Look) -> _Look:
    if not found:
        return above
    behind = style.background(found, above.behind)
    invisible = style.is_invisible(found)
    return _Look(
        colour=style.colour(found, above.colour, behind),
        behind=behind,
        size_px=style.size_px(found, above.size_px),
        is_invisible=above.is_invisible if invisible is None else invisible,
    )


def _cascade(tree: Tree, sheets: Iterable[str], path: Path) -> dict[int, _Won]:
    """What the style sheets declare for each element, by its identity."""
    cascade: dict[int, _Won] = {}
    rules = (rule for sheet in sheets for rule in style.rules_in(sheet))
    matched = 0
    for order, rule in enumerate(rules):
        found = select(tree, rule.selector)
        matched += len(found)
        if matched > _MAX_MATCHES:
            raise SourceUnreadable(
                f"{path}: style sheets that match more than {_MAX_MATCHES} times; save it without them"
            )
        for node in found:
            _take(cascade.setdefault(node.mem_id, {}), rule.declarations, rule.weight, order)
    return cascade


def _take(won: _Won, declarations: Mapping[str, tuple[str, bool]], weight: tuple[int, int, int], order: int) -> None:
    for name, (value, is_important) in declarations.items():
        priority = (is_important, weight, order)
        if name not in won or won[name][0] <= priority:
            won[name] = (priority, value)


def _declared(node: Node, cascade: dict[int, _Won]) -> dict[str, str]:
    """The declarations that count for an element; what HTML's own attributes say comes first, its ``style`` last."""
    won = dict(cascade.get(node.mem_id, {}))
    own = attribute(node, "style")
    if own:
        _take(won, style.declarations_in(own), _INLINE, 0)
    found = {name: value for name, (_, value) in won.items()}
    for name, old in (("background-color", "bgcolor"), ("color", "color" if node.tag == "font" else "text")):
        if has(node, old) and node.tag in {"font", "body", "table", "tr", "td", "th"}:
            found.setdefault(name, attribute(node, old).lower())
    return found
