"""What somebody likes outside of work, under a heading that could name research as well: "Interests" at the end of a CV."""

import re
from collections.abc import Sequence

from ingest.domain import Block, BlockKind, Document, Interest, Section
from ingest.extract.words import fold
from ingest.sections import heading_text

_BARE = re.compile(
    r"(?:(?:other |personal |private )?interests|(?:private |personliche )?interessen|intereses|centres d.interets?|interessi|interesses|兴趣)"
)
"""A heading that names no research."""
_AT_WORK = frozenset(
    {
        Section.EXPERIENCE,
        Section.EDUCATION,
        Section.PUBLICATIONS,
        Section.PROJECTS,
        Section.GRANTS,
        Section.TALKS,
        Section.TEACHING,
    }
)
"""Sections of which some stand before such a heading and none behind it."""
_LEAST = 2
_WORD = re.compile(r"[^\W\d_]{5,}")
_REMARK = re.compile(r"[(（][^)）]*[)）]?")


def without_pastimes(document: Document, interests: Sequence[Interest]) -> tuple[Interest, ...]:
    """``interests`` without those of a section at the end of a CV whose words occur nowhere else in it: those of research do, in its titles."""
    found = {b.path: b for b in document.blocks if _heads_pastimes(document, b)}
    kept = tuple(interests)
    for path, heading in found.items():
        inside = [b for b in document.blocks if b.path == path and b.kind is not BlockKind.HEADING]
        own = [i for i in kept if any(b.span.covers(i.span) for b in inside)]
        known = {word for b in document.blocks if b.path != path for word in _words(document.quote(b.span))}
        shared = sum(bool(_words(_REMARK.sub(" ", i.topic)) & known) for i in own)
        if own and _is_last(document, heading) and 3 * shared <= len(own):
            kept = tuple(i for i in kept if i not in own)
    return kept


def _heads_pastimes(document: Document, block: Block) -> bool:
    is_heading = block.kind is BlockKind.HEADING and block.section is Section.INTERESTS
    return is_heading and _BARE.fullmatch(fold(heading_text(document.quote(block.span)))) is not None


def _is_last(document: Document, heading: Block) -> bool:
    """Whether sections of work stand before a heading and none behind it."""
    before = {b.section for b in document.blocks if b.span.start < heading.span.start}
    behind = {b.section for b in document.blocks if b.span.start > heading.span.end}
    return len(before & _AT_WORK) >= _LEAST and not behind & _AT_WORK


def _words(text: str) -> set[str]:
    """The words of some length in ``text``, without the ending that tells one from many."""
    return {word.rstrip("s") for word in _WORD.findall(fold(text))}
