"""The entries that one paragraph of sentences tells of: each prize or office that is told in a sentence of its own."""

import re
from itertools import pairwise

from ingest.dates import find_dates
from ingest.domain import Document, Span
from ingest.extract.words import fold, has_word, pattern_of
from ingest.sentences import sentence_spans

_TELLS_ON = re.compile(rf"\W*(?:{pattern_of('tells_on')})")
"""How a sentence begins that tells more of what the one before it names: "It …", "Joint with …", "Not the winner"."""
_CLOSED = re.compile(r"[.!?。！？；][\"'”’»“)\]」』）]*\s*$")
_NAMED = re.compile(r"[^\W\d_]{3}")


def each_in(document: Document, span: Span) -> tuple[Span, ...]:
    """``span`` cut where a sentence names something of its own; whole where fewer than two do."""
    text = document.quote(span)
    sentences = sentence_spans(text)
    opening = [start for start, end in sentences if _names_its_own(text[start:end]) and _may_begin(text[:start])]
    if len(opening) < 2 or opening[0] != sentences[0][0]:
        return (span,)
    return tuple(
        Span(span.document, span.start + start, span.start + start + len(text[start:end].rstrip()))
        for start, end in pairwise((*opening, len(text)))
    )


def _may_begin(before: str) -> bool:
    """Whether what stands before a sentence is closed: a bracket alone closes nothing, "Shortlisted (did not win) Lowmere Award"."""
    return not before.strip() or _CLOSED.search(before) is not None


def _names_its_own(sentence: str) -> bool:
    """Whether a sentence has a date or a word for a prize or an office, and does not go on about something named before."""
    if not _NAMED.search(sentence) or sentence[:1].islower() or _TELLS_ON.match(fold(sentence)):
        return False
    is_dated = any(date.year is not None for date, _, _ in find_dates(sentence))
    return is_dated or has_word("prize", sentence) or has_word("service", sentence)
