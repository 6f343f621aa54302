"""Lines that wrap: whether one runs on in the next, and how the two are put together."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.text.columns import date_behind_gap, date_column, has_gap
from ingest.readers.text.lines import BLANK, Line, columns, ends_sentence, first_word
from ingest.sentences import is_cjk

_NARROWEST = 40
"""Columns that a text wrapped by a program takes at the least."""
_LONG_ENOUGH = 50
_USUAL_MARGIN = 66
_BEYOND = 0.05
_FEW = 3
"""The share of lines that may stand out beyond the margin, and how many may in a short text: tables, addresses of pages."""
_HYPHENATED = re.compile(r"[^\W\d_][-‐¬]$")
_OPEN_END = re.compile(r"[,(&/+–—]$|\b(?:and|und|et|y|e|of|the|de|der|die|für|for|in)$")
_CUT_OFF = re.compile(r"\s(?:of|the|and|for|und|der|die|des|für|von|et|du|de|del|los|las|y)$")
"""Words that nothing ends with."""
_YEAR_IN_PROSE = re.compile(r"(?:19|20)\d\d(?:[.,;)]+|\s+(?:[^\W\dA-Z]\w*|I)\b)(?=\s|$)")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)+|[^\W\d_]+")
_URL = re.compile(r"(?:https?://|www\.|doi\.org/|10\.\d{4,}/)\S*$")
_LABEL = re.compile(
    r"(?:(?![a-z])[^\W\d_][^\s:：.]*(?:\s[^\s:：.]+){0,2}|tel|phone|fax|e-?mail|web|url)\s?[:：](?:\s|$)|\S*(?:@|://|www\.)"
)
_WHOLE = frozenset(["high", "low", "long", "large", "self", "well"])
"""First halves of compounds that no word is divided behind."""
_SUSPENDED = frozenset(["and", "und", "or", "oder", "et", "ou", "e", "y", "u", "o", "of", "en", "ed", "i", "och", "og"])


@dataclass(frozen=True, slots=True)
class Layout:
    """What holds for the whole text, or for the table that is read."""

    margin: int | None
    words: Collection[str]
    """What ``seam`` asks whether a compound keeps its hyphen."""
    is_strict: bool = False
    """Whether a line that leaves room for the next word has ended, however long it is: role, employer and duties in a column beside their dates."""


def margin_of(lines: Sequence[Line]) -> int | None:
    """The column at which the text wraps: where the most lines end because the next word had no room; ``None`` for a text that does not wrap."""
    prose = [line if line.text and not has_gap(line.text) else BLANK for line in lines]
    widths = Counter(line.width for line in prose if line.text)
    pairs = [
        (a.width, a.width + 1 + columns(first_word(b.text)), not b.text[0].isupper() and b.text[0].isalpha())
        for a, b in pairwise(prose)
        if a.text and b.text
    ]
    best, margin, beyond = 1, None, 0
    for width in sorted((w for w in widths if w >= _NARROWEST), reverse=True):
        full = [small for a, b, small in pairs if a <= width < b]
        near = sum(0.8 * width <= a <= width for a, _, _ in pairs)
        if len(full) > max(best, beyond) and len(full) >= 0.5 * near and sum(full) >= 0.25 * len(full):
            best, margin = len(full), width
        beyond += widths[width]
        if beyond > _BEYOND * widths.total() + _FEW:
            break
    return margin


def fills(line: Line, after: Line, margin: int | None) -> bool:
    """Whether the first word of ``after`` had no room left on ``line``."""
    return (
        margin is not None and line.width >= 0.6 * margin and line.width + 1 + columns(first_word(after.text)) > margin
    )


def runs_on(line: Line, after: Line, margin: int | None) -> bool:
    """Whether the sentence or entry of ``line`` goes on in ``after``: a torn word, a small letter, or no room left."""
    if after.is_torn:
        return True
    if not line.text or date_behind_gap(line.text):
        return False
    if _HYPHENATED.search(line.text) and after.text[:1].isalpha():
        return True
    if _LABEL.match(after.text) or (has_gap(after.text) and date_behind_gap(after.text)):
        return False
    if after.text[:1].islower() and not ends_sentence(line.text):
        return line.width >= _LONG_ENOUGH or _OPEN_END.search(line.text) is not None
    numbered = line.text[-1] in ",(" and after.text[:1].isdigit() and date_column(after.text) is None
    told = _YEAR_IN_PROSE.match(after.text) is not None and not ends_sentence(line.text)
    if line.width >= _LONG_ENOUGH and (numbered or told):
        return True
    return _CUT_OFF.search(line.text) is not None or fills(line, after, margin)


def hangs_on(line: Line, after: Line, margin: int | None) -> bool:
    """Whether ``after``, which stands deeper than the entry of ``line``, goes on with it; a line that ended early starts something else."""
    if runs_on(line, after, margin):
        return True
    if margin is None and is_cjk(after.text[0]):
        return False
    wide = line.width >= (_USUAL_MARGIN if margin is None else 0.9 * margin)
    return (
        wide
        and not ends_sentence(line.text)
        and not date_behind_gap(line.text)
        and not _LABEL.match(after.text)
        and not has_gap(after.text)
    )


def words_in(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a text as they stand inside of its lines, hyphens and all; what a line's end may have torn is left out."""
    found: set[str] = set()
    torn = False
    for line in lines:
        words = [word.lower() for word in _WORD.findall(line.text)]
        divided = _HYPHENATED.search(line.text) is not None
        found.update(words[torn : len(words) - divided])
        torn = divided
    return frozenset(found)


def seam(text: str, after: str, words: Collection[str]) -> tuple[int, str]:
    """How ``after`` is put behind ``text``, of which the end is enough: the characters that fall off ``text``, and what comes between.

    ``in-`` + ``vasiva`` → ``invasiva``, ``Delacroix-`` + ``Mounier`` → ``Delacroix-Mounier``. ``words`` are those of the whole document: a
    compound that it writes with a hyphen elsewhere keeps it.
    """
    if not text or not after:
        return 0, ""
    if _HYPHENATED.search(text):
        return _mended(text, after, words)
    if re.search(r"\d[-‐–]$", text) and after[0].isdigit():
        return 0, ""
    if _URL.search(text) and re.search(r"[/._=?&%-]$", text):
        return 0, ""
    return 0, "" if _is_wide(text[-1]) and _is_wide(after[0]) else " "


def _mended(text: str, after: str, words: Collection[str]) -> tuple[int, str]:
    head = re.search(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*(?=[-‐¬]$)", text)
    tail = re.match(r"[^\W\d_]+", after)
    if text.endswith("¬"):
        return 1, ""
    if head is None or tail is None or _URL.search(text) or not after[0].islower():
        return 0, ""
    if tail[0] in _SUSPENDED and after[len(tail[0]) :][:1] == " ":
        return 0, " "
    first, second = head[0].lower(), tail[0].lower()
    written = first + second in words or not (f"{first}-{second}" in words or (first in words and second in words))
    return (1, "") if written and "-" not in first and first not in _WHOLE else (0, "")


def _is_wide(char: str) -> bool:
    return is_cjk(char) or char in "，。；：、！？（）《》「」『』【】“”"
