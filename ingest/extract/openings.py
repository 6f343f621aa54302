"""With what an entry of a list or table opens: a degree, a post, a row with a date of its own."""

import re

from ingest.dates import find_dates
from ingest.domain import Block, BlockKind
from ingest.extract.periods import is_bare_date
from ingest.extract.words import has_word

_ABOUT = re.compile(
    r"\b(?:thesis|dissertation|diss|arbeit|th[eè]se|mémoire|tesis|tesi|tese|project|projekt|supervis\w*|advis\w*|committee|courses?|grade|note|GPA|students?)\b",
    re.IGNORECASE,
)
"""What a line tells of that names a degree without being one."""


def is_sibling(first: Block, block: Block) -> bool:
    """Whether ``block`` is an item or a row beside the one that an entry began with, no part of it."""
    return first.kind is block.kind and block.kind in {BlockKind.ITEM, BlockKind.ROW} and first.level == block.level


def opens_degree(text: str) -> bool:
    """Whether a line of a list begins with a degree's name: "MSc in Loom Science, Port University", not "PhD thesis: …"."""
    first = re.split(r"\t|,\s|\n", text.strip(), maxsplit=1)[0]
    begins = re.split(r"\s*[:：(（]", first, maxsplit=1)[0]
    return (
        begins != text.strip() and has_word("degree", begins) and len(begins.split()) <= 8 and not _ABOUT.search(begins)
    )


def opens_post(text: str) -> bool:
    """Whether a line of a list begins with a role and names a year further on: "Visiting student, Port Laboratory. 12 weeks in autumn 2021"."""
    role, comma, rest = text.split("\n")[0].partition(", ")
    is_role = bool(comma) and has_word("role", role) and len(role.split()) <= 4 and not re.search(r"[.:;\d]", role)
    is_named = re.match(r"[^\W\d_a-z][^,.]*[,.]\s", rest) is not None
    return is_role and is_named and any(d.year is not None for d, _, _ in find_dates(rest))


def is_dated_row(text: str) -> bool:
    """Whether a row of a table has a name in its first cell and a date alone in another."""
    first, *cells = text.split("\t")
    return re.search(r"[^\W\d_]{3}", first) is not None and len(cells) > 1 and any(map(is_bare_date, cells))


def is_degree_row(block: Block, text: str) -> bool:
    """Whether a row of a table has a degree for its label."""
    label, tab, _ = text.partition("\t")
    return block.kind is BlockKind.ROW and bool(tab) and has_word("degree", label)
