"""Headings that run in with their paragraph: "**Teaching.** Tutor at Port College since 2017"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it.token import Token

from ingest.readers.text.headings import names_section
from ingest.sections import heading_text

_MIN_KNOWN = 3
"""Labels that name sections before a document is one that sets its headings so."""
_MOST_WORDS = 4
_CLOSED = re.compile(r"[.:：。]\s*$")
_MARK = re.compile(r"\s?(?:[.:：。](?=\s|$)|[—–](?=\s))")
_PLAIN = {"text", "softbreak"}


@dataclass(frozen=True, slots=True)
class _Label:
    """What opens a paragraph in bold, and what is told behind it."""

    name: str
    head: list[Token]
    rest: list[Token]

    @property
    def is_known(self) -> bool:
        """Whether it names a section and nothing else."""
        return names_section(heading_text(self.name))


def with_run_in_headings(tokens: Sequence[Token]) -> list[Token]:
    """``tokens`` in which the bold labels of paragraphs are headings of their own, where several name sections and few do not.

    A label that names nothing known is a heading beside those: it ends the section above it.
    """
    labels = {n: label for n, token in enumerate(tokens) if (label := _label(tokens, n, token)) is not None}
    known = {label.name for label in labels.values() if label.is_known}
    if len(known) < _MIN_KNOWN or len(known) <= len(labels) / 2:
        return list(tokens)
    levels = [int(token.tag[1:]) for token in tokens if token.type == "heading_open"]
    tag = f"h{min(levels[1:], default=2)}"
    return [written for n, token in enumerate(tokens) for written in _written(token, labels.get(n), tag)]


def _label(tokens: Sequence[Token], n: int, token: Token) -> _Label | None:
    """The label of a paragraph that stands in no list, table or quotation; ``None`` where the whole of it is bold, or none is."""
    if token.type != "inline" or token.level != 1 or tokens[n - 1].type != "paragraph_open":
        return None
    children = [child for child in token.children or [] if child.type != "text" or child.content]
    end = next((m for m, child in enumerate(children) if child.type == "strong_close"), 0)
    inside, rest = children[1:end], children[end + 1 :]
    if not end or children[0].type != "strong_open" or {child.type for child in inside} - _PLAIN or not rest:
        return None
    name = "".join(child.content or " " for child in inside)
    mark = None if _CLOSED.search(name) or rest[0].type != "text" else _MARK.match(rest[0].content)
    if not (_CLOSED.search(name) or mark) or not _is_heading(name):
        return None
    head = children[: end + 1]
    if mark:
        head = [*head, _text(mark[0])]
        rest = [_text(rest[0].content[mark.end() :]), *rest[1:]]
    told = "".join(child.content for child in rest)
    return _Label(name, head, rest) if re.search(r"\w", told) else None


def _is_heading(name: str) -> bool:
    bare = heading_text(name)
    return bool(bare) and not bare[0].islower() and len(bare.split()) <= _MOST_WORDS and not re.search(r"[\d,]", bare)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _written(token: Token, label: _Label | None, tag: str) -> Iterator[Token]:
    """The tokens of a paragraph's text: with a label, the heading comes before it."""
    if label is None:
        yield token
        return
    yield Token("heading_open", tag, 1)
    yield Token("inline", "", 0, level=1, children=label.head)
    yield Token("heading_close", tag, -1)
    yield Token("inline", "", 0, level=1, children=label.rest)
