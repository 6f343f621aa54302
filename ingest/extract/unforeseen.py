"""Posts under headings that nobody foresaw ("Now", "Before"), told by the shape of their lines: a role, an organisation, a period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from ingest.dates import find_dates
from ingest.domain import Block, BlockKind, Document, Section
from ingest.extract.heads import (
    is_employer,
    is_hours,
    is_name,
    is_told,
    pieces_of,
    without_prose,
    without_remark,
    without_statement,
)
from ingest.extract.periods import period_in
from ingest.extract.words import has_word
from ingest.sections import section_of

_LONGEST_ROLE = 6
_LEAD = re.compile(r"^\s*[^,\t\n]{0,60}?(?:19|20)\d{2}[^,\t\n]{0,30}?[:\t]\s*")
"""A period that stands before the role: "2019 – 2021: …"."""


def with_posts(document: Document) -> Document:
    """``document`` in which the lines that have the shape of posts, under headings that say nothing, stand in the section of posts.

    A list is taken whole where one of its lines names an employer by its kind; the others may then have names that say nothing of it.
    """
    found: set[int] = set()
    headings = [(n, b) for n, b in enumerate(document.blocks) if _says_nothing(b)]
    for _, listed in groupby(headings, key=lambda pair: pair[1].path):
        found |= set(_posts(document, list(listed)))
    if not found:
        return document
    blocks = (replace(b, section=Section.EXPERIENCE) if n in found else b for n, b in enumerate(document.blocks))
    return replace(document, blocks=tuple(blocks))


def _says_nothing(block: Block) -> bool:
    return block.section is Section.OTHER and bool(block.path) and all(section_of(name) is None for name in block.path)


def _posts(document: Document, listed: Sequence[tuple[int, Block]]) -> Iterator[int]:
    told = [(n, b) for n, b in listed if b.kind is not BlockKind.HEADING]
    heads = {n: _head(document.quote(b.span)) for n, b in told}
    shaped = [n for n, _ in told if heads[n]]
    if any(is_employer(piece) for n in shaped for piece in heads[n][1:]):
        yield from shaped


def _head(text: str) -> list[str]:
    """The pieces of a line that has the shape of a post, the role first; none for any other."""
    line = text.split("\n")[0]
    found = period_in(line)
    if not found and not any(d.year for d, _, _ in find_dates(line)):
        return []
    leads = found is not None and not line[: found.start].strip(" ([")
    told = line[found.end :].lstrip(" )]:,\t") if found and leads else _LEAD.sub("", line)
    pieces = pieces_of(without_prose(without_statement(told)))
    role, *rest = pieces or [""]
    named = [p for p in rest if (is_name(p) or is_employer(p)) and not is_hours(p) and not _names_role(p)]
    is_role = (
        has_word("role", role)
        and not is_told(role)
        and not has_word("service", role)
        and len(role.split()) <= _LONGEST_ROLE
    )
    return [role, *named] if is_role and named else []


def _names_role(piece: str) -> bool:
    """Whether a piece has a role in it, and not in the remark behind a name: "same university (2000, adviser to a ministry)"."""
    return has_word("role", without_remark(piece)[0])
