"""What of a true sentence may be left out so that what is left stays true."""

from collections.abc import Sequence

from app.answer.claim.exact import COLON, LINE, STRONG, WEAK, Token, is_date
from app.answer.claim.wording import ASIDES, JOINS, LEADS, MANNER, OF, TITLED, is_limit

ENDS = frozenset({LINE, STRONG})
"""What parts sentences, lines and cells."""
_ABSTRACT = 40
"""Words from which an entry is a text of several sentences."""


def may_end(row: Sequence[Token], j: int) -> bool:
    """Whether what stands behind the word ``j`` may be left out."""
    return j + 1 == len(row) or may_cut(row, j + 1, len(row))


def _is_year_alone(row: Sequence[Token], a: int, b: int) -> bool:
    """Whether the words are a date that stands behind what it dates, before a comma: "preprint 2024, in review"."""
    before = row[a - 1].word if a else ""
    is_year = row[b - 1].word.isdigit() and len(row[b - 1].word) == 4 and all(is_date(t.word) for t in row[a:b])
    return (
        is_year
        and row[b].sep == WEAK
        and row[a].depth == row[b].depth
        and before not in LEADS
        and not is_date(before)
        and before != "to"
    )


def may_cut(row: Sequence[Token], a: int, b: int) -> bool:
    """Whether the words from ``a`` to before ``b`` may be left out."""
    left, first = row[a:b], row[a]
    if len(row) > _ABSTRACT and b == len(row) and first.sep == STRONG:
        return True
    is_counted = first.sep not in {COLON, *ENDS} and any(
        t.word[:1].isdigit() and len(t.word) < 4 for t in row[max(0, a - 4) : a]
    )
    if is_counted and any(t.word in JOINS for t in left):
        return False  # "17 years in design and assessment" are no 17 years in assessment.
    is_named = a + 1 < len(row) and row[a + 1].sep == COLON and first.word in TITLED
    is_aside = is_named or (b == len(row) and first.sep != "" and first.word in ASIDES)
    if not is_aside and any(is_limit(t) for t in left):
        return False
    if len(left) == 1 and MANNER.match(first.word):
        return True
    if b == len(row) and all(is_date(t.word) for t in left):
        return True
    if b < len(row) and _is_year_alone(row, a, b):
        return True
    is_label = a + 1 < len(row) and row[a + 1].sep == COLON
    if not (first.sep or is_label or first.word in LEADS | JOINS) or (
        first.word == "to" and not first.sep and row[a - 1].word[:1].isdigit()
    ):
        return False  # "2016 to 2020" is no "2016".
    if b == len(row):
        return True
    behind = row[b]
    if first.depth < behind.depth or (first.depth > row[a - 1].depth and behind.depth >= first.depth):
        return False
    if first.depth > row[a - 1].depth and any(t.depth < first.depth for t in left):
        return False
    if behind.sep == COLON and first.depth <= behind.depth:
        return False  # What a label is put before is not said without it.
    if first.sep == COLON and behind.sep == LINE:
        return False  # In "Area: 14 ha | £6.2m" the label is that of its own cell.
    if first.sep == STRONG and behind.sep not in ENDS:
        return False  # What a new sentence says, its commas included, goes together.
    if behind.sep in ENDS or any(t.sep in ENDS for t in left[1:]):
        return behind.sep in ENDS or (first.sep in ENDS and behind.sep != "")
    if first.sep or any(t.word in JOINS for t in left):
        is_bracket = first.depth > behind.depth
        return behind.sep != "" or left[-1].word in JOINS or is_bracket or (behind.word in JOINS and first.sep != "")
    if first.word in OF and behind.word in LEADS and not behind.sep:
        return False  # "Head of the group of the lab" is no "Head of the lab".
    return behind.sep != "" or (behind.word in LEADS | JOINS and not any(t.sep for t in left[1:]))
