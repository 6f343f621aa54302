"""Research interests, and the public ways to reach the person."""

import re
from collections.abc import Iterator

from ingest.domain import Block, BlockKind, Contact, Document, Interest, Section, Span
from ingest.extract.pastimes import without_pastimes

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;]")
_REFERENCES = re.compile(
    r"\W*(?:(?:academic |professional |personal )?(?:references|referees)"
    r"|referenzen|références|referencias|referências|referenze|referenties|推荐人|参考人)\W*",
    re.IGNORECASE,
)
"""Headings of sections that name other people."""
_LISTED = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PARAGRAPH}


def interests_in(document: Document) -> Iterator[Interest]:
    """Research interests: one an item, or the comma-separated ones of a paragraph; pastimes are none."""
    yield from without_pastimes(document, tuple(_topics(document)))


def _topics(document: Document) -> Iterator[Interest]:
    for block in _blocks(document, Section.INTERESTS):
        text = document.quote(block.span)
        topic, colon, detail = text.partition(":")
        lines = list(re.finditer(r"(?m)^([^:\n]{3,40}):\s*(.+)$", text))
        if len(lines) > 1 and len(lines) == len(text.split("\n")):
            for line in lines:
                span = Span(document.id, block.span.start + line.start(), block.span.start + line.end())
                yield Interest(span=span, topic=line[1].strip(), detail=line[2].strip())
        elif colon and len(topic) < 80:
            yield Interest(span=block.span, topic=topic.strip(), detail=detail.strip() or None)
        elif block.kind is BlockKind.ITEM or (len(text) < 80 and "," not in text):
            yield Interest(span=block.span, topic=text.strip(" ."))
        elif not re.search(r"\.\s+\w", text):
            for match in re.finditer(r"[^,;、]+", text.rstrip(". ")):
                span = Span(document.id, block.span.start + match.start(), block.span.start + match.end())
                yield Interest(span=span, topic=re.sub(r"^(?:and|und|et|y)\s+", "", match[0].strip()))


def contacts_in(document: Document) -> Iterator[Contact]:
    """E-mail addresses, but for those of the people that a section of references names, and the links above the first section."""
    references = [b.span for b in document.blocks if any(map(_REFERENCES.fullmatch, b.path))]
    for match in _EMAIL.finditer(document.text):
        span = Span(document.id, match.start(), match.end())
        if not any(other.covers(span) for other in references):
            yield Contact(span=span, channel="email", value=match[0])
    headings = 0
    for block in document.blocks:
        headings += block.kind is BlockKind.HEADING
        # A name that stands below the addresses heads what follows it as much as one above them.
        is_head = block.section is Section.OTHER and (not block.path or headings < 2)
        if is_head or block.section is Section.CONTACT:
            for match in _URL.finditer(document.quote(block.span)):
                span = Span(document.id, block.span.start + match.start(), block.span.start + match.end())
                yield Contact(span=span, channel="link", value=match[0])


def _blocks(document: Document, section: Section) -> Iterator[Block]:
    return (b for b in document.blocks if b.section is section and b.kind in _LISTED)
