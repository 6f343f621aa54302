"""Which languages a person's documents are written in."""

import re
from collections import Counter
from collections.abc import Sequence

from app.language.gloss import language_of
from ingest.domain import Publication, Section
from ingest.lexical import STOP_WORDS
from ingest.reading import Reading
from ingest.sentences import is_cjk

_LEAST = 0.15
"""Of what tells its language, for a language to be named."""
_SAMPLE = 400
"""Characters of a block that its language is told by."""
_CJK_WEIGHT = 2
"""What a character of Chinese or Japanese counts, of other scripts one."""
_DOT = "・"
"""Sets words apart in any language, though it counts among the signs of Japanese."""


def languages_of(readings: Sequence[Reading]) -> tuple[str, ...]:
    """The languages that the documents are written in, the one with the most text first; titles of works do not count."""
    counted: Counter[str] = Counter()
    for reading in readings:
        works = {fact.span for fact in reading.facts if isinstance(fact, Publication)}
        for block in reading.document.blocks:
            text = reading.document.quote(block.span).replace(_DOT, " ")
            if block.section is not Section.PUBLICATIONS and not any(w.covers(block.span) for w in works):
                counted[_language(text)] += len(text) * (_CJK_WEIGHT if is_cjk(text) else 1)
    del counted[""]
    least = _LEAST * counted.total()
    return tuple(code for code, characters in counted.most_common() if characters >= least) or ("en",)


def _language(text: str) -> str:
    """The language of ``text``; empty where nothing in it tells, as in a list of names."""
    found = language_of(text[:_SAMPLE])
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    return found if found != "en" or sum(w in STOP_WORDS for w in words) > 1 else ""
