"""What stands in a section without being an entry of it: rows that name columns, footnotes, the foot of a page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ingest.domain import Block, Section, Span


def set_aside(blocks: Iterable[Block], aside: Mapping[Span, Section]) -> Iterator[Block]:
    """``blocks``, of which those ``aside`` belong to the section named there; one outside of every heading loses its path."""
    for block in blocks:
        section = aside.get(block.span)
        path = () if section is Section.CONTACT else block.path
        yield block if section is None else replace(block, section=section, path=path)
