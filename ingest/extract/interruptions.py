"""Entries among the posts that say why there was none: "Career break", "Elternzeit", "Sans emploi"."""

import re
from collections.abc import Sequence

from ingest.extract.heads import is_employer, pieces_of
from ingest.extract.words import fold, has_word, pattern_of

_OPENS = re.compile(
    rf"\W*(?:(?:{pattern_of('interruption')})(?:\t|\s?(?:[,;:./|()（），；：、]|[–—-]\s)|\s+(?:and|with|for|to|due|after|in|from|because"
    r"|und|mit|fur|nach|wegen|im|et|pour|avec|apres|y|por|con|para|en|e|per|com|dopo|apos|em)\b|\s*$|(?=[\u4e00-\u9fff])))"
)
"""A line that begins with an interruption and does not go on as a name does: "Parental leave cover", "Unemployment Agency"."""


def is_interruption(lines: Sequence[str]) -> bool:
    """Whether the head of an entry tells of a time without a post: "No academic appointment; moved to Quay, care of a family member".

    What names a role and an employer besides is a post from which its holder was on leave.
    """
    if not lines or _OPENS.match(fold(lines[0])) is None:
        return False
    pieces = [piece for line in lines for piece in pieces_of(line)][1:]
    return not (any(map(is_employer, pieces)) and any(has_word("role", p) for p in pieces))
