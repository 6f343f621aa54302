"""Parts of a list: short lines that stand out to the left of entries of which several stand below one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.dates import find_dates
from ingest.domain import Section
from ingest.readers.text.columns import has_gap
from ingest.readers.text.flow import fills, runs_on
from ingest.readers.text.lines import Line, ends_sentence

LISTS = frozenset(
    [Section.PUBLICATIONS, Section.TALKS, Section.GRANTS, Section.TEACHING, Section.SERVICE, Section.AWARDS]
)
"""Sections whose entries take a line or two; elsewhere a short line over deeper ones is the head of an entry."""
_MOST_WORDS = 5
_WHOLE = re.compile(r"(?:[)\]）.。]|(?:19|20)?\d\d)$")
"""How an entry ends that has said all."""


@dataclass(frozen=True, slots=True)
class Part:
    """The entries under a sub-heading; without one, lines at the edge as they stand."""

    head: str | None
    records: tuple[tuple[Line, ...], ...]


def parts_in(run: Sequence[Line], margin: int | None) -> list[Part] | None:
    """The parts of ``run``, lines without a blank one between them; ``None`` where nothing shows that its lines at the edge are sub-headings."""
    base = min(line.indent for line in run)
    over = [n for n, (a, b) in enumerate(pairwise(run)) if a.indent == base < b.indent]
    if not over or run[0].indent > base or not all(_is_head(run[n], run[n + 1], margin) for n in over):
        return None
    parts: list[Part] = []
    n = 0
    while n < len(run):
        head = run[n].text if n in over else None
        first = n + (head is not None)
        n = first
        while n < len(run) and (run[n].indent > base if head else run[n].indent == base and n not in over):
            n += 1
        lines = run[first:n]
        parts.append(Part(head, tuple(_records(lines, margin)) if head else (tuple(lines),)))
    told = [part.records for part in parts if part.head]
    is_list = any(sum(map(_is_dated, records)) > 1 for records in told)
    return parts if is_list else None


def _is_head(line: Line, below: Line, margin: int | None) -> bool:
    text = line.text
    is_name = text[0].isupper() and len(text.split()) <= _MOST_WORDS and not re.search(r"\d", text)
    return is_name and not ends_sentence(text) and not has_gap(text) and not fills(line, below, margin)


def _records(lines: Sequence[Line], margin: int | None) -> list[tuple[Line, ...]]:
    """The lines under a sub-heading cut where an entry begins: at its indent, behind one that was not wrapped or has said all."""
    base = min(line.indent for line in lines)
    records: list[list[Line]] = [[lines[0]]]
    for above, line in pairwise(lines):
        wraps = runs_on(above, line, margin) and not _follows(records[-1], line)
        if line.indent > base or wraps or line.text[0].islower() or above.text[-1] in ",;(&/":
            records[-1].append(line)
        else:
            records.append([line])
    return [tuple(record) for record in records]


def _follows(record: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` begins another entry although its first word had no room above: both have a date, and the one above is whole."""
    text = " ".join(told.text for told in record)
    is_closed = text.count("(") == text.count(")") and _WHOLE.search(text) is not None
    return is_closed and line.text[0].isupper() and _is_dated(record) and _is_dated([line])


def _is_dated(lines: Sequence[Line]) -> bool:
    return any(date.year is not None for line in lines for date, _, _ in find_dates(line.text))
