"""A page as a tree, within bounds that no file can blow up."""

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from ingest.errors import SourceUnreadable

Node = LexborNode
Tree = LexborHTMLParser

_MAX_DEPTH = 2000
_MAX_TAGS = 300_000
_MAX_TAG = 4000
"""Characters of a tag without its long values; a parser compares every attribute with every other."""
_LONG_VALUE = re.compile(r"=\s*(?:\"[^\"]{1000,}\"|'[^']{1000,}'|[^\s\"'>]{1000,})")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^<>]*")
_CLOSES_ITSELF = {
    "a", "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option", "p", "param", "source", "tbody",
    "td", "tfoot", "th", "thead", "tr", "track", "wbr",
}  # fmt: skip


def parse(text: str, path: Path) -> Tree:
    """The tree of a page, as the HTML standard builds it out of anything.

    Raises:
        SourceUnreadable: nested deeper, or tags longer, than any page that people read.
    """
    bounded = _LONG_VALUE.sub('=""', text)
    depth = 0
    for number, match in enumerate(_TAG.finditer(bounded)):
        if number == _MAX_TAGS:
            raise SourceUnreadable(f"{path}: more than {_MAX_TAGS} tags; split the page")
        if len(match[0]) > _MAX_TAG:
            raise SourceUnreadable(f"{path}: a tag of {len(match[0])} characters; take it out, or save the page again")
        if match[2].lower() not in _CLOSES_ITSELF:
            depth = max(0, depth - 1) if match[1] else depth + 1
        if depth > _MAX_DEPTH:
            raise SourceUnreadable(f"{path}: more than {_MAX_DEPTH} elements inside one another; save the page again")
    return LexborHTMLParser(bounded)


def children(node: Node) -> Iterator[Node]:
    """The nodes right below ``node`` in order; one may be taken out of the tree while it is visited."""
    child = node.first_child
    while child is not None:
        following = child.next
        yield child
        child = following


def elements(node: Node) -> Iterator[Node]:
    """The elements right below ``node``."""
    return (child for child in children(node) if child.is_element_node)


def select(node: Node | Tree, selector: str) -> list[Node]:
    """The elements that a selector finds; none where the selector is not understood."""
    try:
        return node.css(selector)
    except SelectolaxError:
        return []


def attribute(node: Node, name: str) -> str:
    """The value of an attribute, or ``""``."""
    return node.attributes.get(name) or ""


def has(node: Node, name: str) -> bool:
    """Whether the element has that attribute, with or without a value."""
    return name in node.attributes


def shown(node: Node) -> str:
    """The text below ``node`` on one line."""
    return " ".join(node.text(deep=True, separator=" ").split())
