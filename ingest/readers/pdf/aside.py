"""Headings that stand in the margin, beside the text they head: they are put above it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from ingest.readers.pdf.line import Row, beside
from ingest.readers.pdf.run import Run
from ingest.sections import heading_text, section_of

_MIN_HEADINGS = 2
_SHARE = 0.6
"""Of the labels in a margin, that must be known headings."""
_WORDS = 5
_LEADING = 1.6
"""Ems within which the lines of one label follow each other."""
_SLACK = 2.0
_GAP = 0.5
"""Ems of white between margin and text, at least."""


def beside_headings(rows: Sequence[Row]) -> list[Row]:
    """``rows`` with every heading of the margin in a row of its own, whole, before the row that it stands beside."""
    left = min((row[0].left for row in rows), default=0.0)
    margin = [row[0] for row in rows if abs(row[0].left - left) <= _SLACK]
    edge = min((row[1].left for row in rows if len(row) > 1 and row[0] in margin), default=left)
    labels = _labels([run for run in margin if run.right < edge - _GAP * run.size])
    known = [label for label in labels if _is_heading(label)]
    texts = [run for run in chain.from_iterable(rows) if run.left >= edge - _SLACK]
    if len(known) < _MIN_HEADINGS or len(known) < _SHARE * len(labels) or len(texts) < 2 * len(labels):
        return list(rows)
    taken = {id(run) for label in labels for run in label}
    made: list[Row] = []
    for row in rows:
        label = next((found for found in labels if found[0] in row), None)
        if label is not None:
            made.append((_whole(label),))
        rest = tuple(run for run in row if id(run) not in taken)
        if rest:
            made.append(rest)
    return made


def _labels(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs below one another, put together where they are lines of one label."""
    labels: list[list[Run]] = []
    for run in runs:
        if labels and run.base - labels[-1][-1].base < _LEADING * run.size and run.face == labels[-1][-1].face:
            labels[-1].append(run)
        else:
            labels.append([run])
    return labels


def _whole(label: Sequence[Run]) -> Run:
    whole = label[0]
    for run in label[1:]:
        whole = beside(whole, run)
    return replace(whole, base=label[0].base)


def _is_heading(label: Sequence[Run]) -> bool:
    text = heading_text(_whole(label).text)
    return len(text.split()) <= _WORDS and section_of(text) is not None
