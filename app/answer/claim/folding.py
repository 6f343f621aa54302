"""Folded text, remembered: the same few sentences and evidence are folded over and over while one answer is judged."""

import re
from functools import lru_cache

from ingest.extract.words import fold as fold_anew


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case without accents, character for character; see ``ingest.extract.words.fold``."""
    return text.lower() if text.isascii() else fold_anew(text)


def plain(text: str) -> str:
    """``text`` folded, with nothing in it but its letters, figures and units: what remains of a quotation wherever it is printed."""
    return re.sub(r"[^\w%€$£]+", "", fold(text))
