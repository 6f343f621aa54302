"""What stands side by side in a source and is shown under several numbers: two sentences of one entry, or what is called by a name and that name."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from app.answer.claim.implied import Statement
from ingest.domain import Record

if TYPE_CHECKING:
    from app.answer.support import Shown

_NAME = 6
"""Words of a name that is put before a paragraph, at most."""


def adjacent(pieces: Sequence["Shown"], record: Record) -> Iterator[Statement]:
    """The statements that ``pieces`` make together, of which each was shown as one of its own."""
    printed = sorted((p for p in pieces if not p.is_computed), key=lambda p: (p.span.document, p.span.start))
    run = printed[:1]
    for one, two in pairwise(printed):
        if one.n == two.n or one.span.document != two.span.document or one.span.end > two.span.start:
            run = [two]
            continue
        between = record.document(one.span.document).text[one.span.end : two.span.start]
        is_next = not any(c.isalnum() for c in between)
        run = [*run, two] if is_next and "\n" not in between else [two]
        if len(run) > 1:
            yield Statement(f"{one.text} {two.text}", "sentence")
        if len(run) > 2:
            yield Statement(" ".join(p.text for p in run), "sentence")
        if _is_name(one.text) and "\n\n" not in between and not any(map(_is_name, between.split("\n"))):
            group = hash((one.span, two.span)) or 1
            yield Statement(one.text.strip(" .:"), "head", group)
            yield Statement(two.text, "sentence", group)


def _is_name(text: str) -> bool:
    """Whether a piece is no sentence but what a paragraph or a list is about: "Tidal Schoolyards.", "University of Northlab"."""
    words = re.findall(r"[^\W\d_]+", text)
    return 0 < len(words) <= _NAME and words[0][0].isupper() and words[-1][0].isupper()
