"""How far a claim is from a sentence of its evidence word for word: what it adds, what it leaves out between, and whose deed it tells."""

from collections.abc import Sequence
from itertools import pairwise

from app.answer.claim.exact import PERSON, PERSONS, WORK, Token, exact, is_date, word_set
from app.answer.claim.implied import Statement
from app.answer.claim.wording import ADDED, ALSO, COPULAS, FRAMES, JOINS, LEADS, is_limit

_OTHERS = frozenset({"it", "this", "these", "that", "es", "dies", "diese", "它", "这"})
"""How a sentence begins that is about something else than the person."""
_MOST = 4
"""Sentences that a claim is laid beside, those with most of its words first."""
_LONGEST = 160
"""Words of a sentence that is laid beside."""
_TIMES = frozenset(
    {
        "since",
        "until",
        "till",
        "before",
        "after",
        "seit",
        "bis",
        "depuis",
        "jusque",
        "desde",
        "hasta",
        "now",
        "currently",
        "still",
        "already",
    }
)
_BEGINS = word_set("since from after seit von nach depuis apres desde despues dal dopo seguito 自 从")
_ENDS = word_set("until till before bis vor jusque jusqu'a avant hasta antes fino prima ate")
"""Small words that turn a time or an order round when one of them stands for one of the other set."""
_SMALL = (
    LEADS | JOINS | ALSO | FRAMES | ADDED | COPULAS | {PERSON, PERSONS, WORK, "has", "been", "cv", "list", "record"}
)


def aligned(text: str, statements: Sequence[Statement], own: frozenset[str]) -> dict[str, float]:
    """The signs of the statement that ``text`` has most of in its order; ``own`` are the folded words of the person's names."""
    said = exact(text, own)
    words = {t.norm for t in said}
    rows = [row for s in statements if s.kind != "date" and (row := exact(s.text, own, is_source=True)[:_LONGEST])]
    rows.sort(key=lambda row: -len(words & {t.norm for t in row}) + len(row) / 1000)
    told = [_signs(said, row) for row in rows[:_MOST]]
    return min(told, key=lambda s: 2 * s["exact.extra"] + s["exact.small"] + s["exact.number"], default={})


def _signs(said: Sequence[Token], row: Sequence[Token]) -> dict[str, float]:
    pairs = _common(said, row)
    mine, theirs = {i for i, _ in pairs}, {j for _, j in pairs}
    extra = [t for i, t in enumerate(said) if i not in mine]
    content = [t for t in extra if t.word not in _SMALL and t.norm not in _SMALL]
    begin, end = (pairs[0][1], pairs[-1][1]) if pairs else (0, 0)
    left = [t for j, t in enumerate(row) if j not in theirs]
    skipped = [t for j, t in enumerate(row) if begin < j < end and j not in theirs]
    gaps = [(said[i + 1 : k], row[j + 1 : m]) for (i, j), (k, m) in pairwise(pairs)]
    names_person = any(t.norm == PERSON for t in said[:3]) and not any(row[j].norm == PERSON for j in theirs)
    return {
        "exact.extra": min(6.0, len([t for t in content if not t.word[:1].isdigit()])),
        "exact.number": min(3.0, sum(t.word[:1].isdigit() for t in content)),
        "exact.small": min(5.0, sum(t.word in LEADS | JOINS for t in extra)),
        "exact.time": min(2.0, sum(t.word in _TIMES for t in extra)),
        "exact.keeps": min(2.0, sum(is_limit(t) for t in left)),
        "exact.skipped": min(8.0, len(skipped)),
        "exact.instead": min(3.0, sum(bool(one and other) for one, other in gaps)),
        "exact.turned": float(any(_is_turned(said, row, *steps) for steps in pairwise(pairs))),
        "exact.subject": min(3.0, float(begin)) if names_person else 0.0,
        "exact.other": float(names_person and begin > 0 and row[0].word in _OTHERS),
        "laid.exact": len(mine) / len(said) if said else 0.0,
    }


def _is_turned(said: Sequence[Token], row: Sequence[Token], here: tuple[int, int], there: tuple[int, int]) -> bool:
    """Whether between two words that both have, one says "until" or "before" where the other has "from" or "after", or nothing before a date."""
    one = {t.word for t in said[here[0] + 1 : there[0]]}
    other = {t.word for t in row[here[1] + 1 : there[1]]}
    is_range = is_date(said[here[0]].word)
    if is_date(said[there[0]].word) and not is_range and bool(one & _ENDS) != bool(other & _ENDS):
        return True
    return bool((one & _BEGINS and other & _ENDS) or (one & _ENDS and other & _BEGINS))


def _common(said: Sequence[Token], row: Sequence[Token]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of places."""
    m, n = len(said), len(row)
    length = [[0] * (n + 1) for _ in range(m + 1)]
    for i in range(m - 1, -1, -1):
        here, below, norm = length[i], length[i + 1], said[i].norm
        for j in range(n - 1, -1, -1):
            here[j] = below[j + 1] + 1 if norm == row[j].norm else max(below[j], here[j + 1])
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < m and j < n:
        if said[i].norm == row[j].norm:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif length[i + 1][j] >= length[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
