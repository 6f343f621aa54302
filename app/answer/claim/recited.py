"""Whether a claim only picks from entries what they say, in their words and their order, and never puts two of them together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.answer.claim.folding import fold
from app.answer.claim.words import claim_words, vocabulary
from ingest.lexical import stem


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_BREAK = re.compile(r"[,;:()\[\]“”\"«»„–—·|/\n\t]|\.\s|[，；：（）、。]")
_LEADS_IN = _folded(
    "at of in on for from to by with as since until during about under between into "
    "an am bei im in von vom zu zum zur mit seit bis als für über auf "
    "à au aux de du des en dans pour par avec chez depuis sur "
    "a al del en por para con desde hasta como "
    "da dal di nel nella presso per su do da no na em"
)
"""Words with which a part of an entry begins that can be left out."""
_ARTICLES = frozenset({"a", "an", "o", "e"})
_AND = re.compile(r"[,;]|\b(?:and|or|und|oder|et|ou|y|o|e|sowie)\b|[、，；和与及]", re.IGNORECASE)
_FRAMES = _folded(
    "include includes included including among them list lists listed mention mentions also yes namely such "
    "umfassen umfasst darunter nennt auch ja comprennent incluent dont parmi aussi oui incluyen entre ellas ellos también sí "
    "includono tra cui anche inclui incluem entre eles também sim"
)
"""Words with which a sentence leads in to what it picks."""
_QUALIFIES = re.compile(
    r"\b(?:not|no|never|non|incomplete|unfinished|pending|nomin\w*|expected|declin\w*|plan\w*|withdrawn|reject\w*|submitted|shortlist\w*|proposed|"
    r"nicht|kein\w*|abgebrochen|geplant|beantragt|voraussichtlich|pas|refus[eé]\w*|pr[eé]vu\w*|soumis\w*|previst\w*|propuest\w*|enviad\w*)\b|未|拟|待|提名"
)
"""What must not be left out of an entry that has it."""


@dataclass(frozen=True, slots=True)
class _Word:
    forms: frozenset[str]
    opens: bool
    """Whether a part of the entry begins with it."""
    after: str
    """The word that leads in to it directly, such as "at", or a comma."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where in the items a claim has come to, and, where it enumerates what follows one and the same word in several items, that word."""

    item: int
    word: int
    after: str = ""
    used: frozenset[int] = frozenset()
    """The items told from."""


def is_recited(text: str, language: str, items: Sequence[str], own: frozenset[str], others: str) -> bool:
    """Whether each telling word of ``text`` stands in one of ``items``, next to the one before it or where a part of the same item begins.

    From the first of several items, which leads in to them, and wherever a comma or an "and" of ``text`` parts two words, it may go on with the
    beginning of another item; where the first leads in to it, also with what several items have behind the same word ("at A, B and C"). Words of
    the person's ``own`` names tell nothing. ``others`` is the language of the items.
    """
    said = _telling(text, language, own)
    rows = [_words(item, others, own) for item in items]
    if not said:
        return False
    first = [(i, j) for i, j in _having(rows, said[0][0]) if rows[i][j].opens]
    spots = {
        _Spot(i, j, after, frozenset({i}))
        for i, j in first
        for after in ("", rows[i][j].after if len(rows) > 1 else "")
    }
    for (_, _, end), (forms, start, _) in pairwise(said):
        parted = _AND.search(text[end:start]) is not None
        having = tuple(_having(rows, forms))
        spots = {then for spot in spots for then in _next(spot, having, rows, parted)}
    return any(_may_end(rows[s.item], s.word) and not _leaves_out([items[i] for i in s.used], text) for s in spots)


def _having(rows: Sequence[Sequence[_Word]], forms: frozenset[str]) -> Iterator[tuple[int, int]]:
    for i, row in enumerate(rows):
        for j, word in enumerate(row):
            if word.forms & forms:
                yield i, j


def _next(
    spot: _Spot, having: Sequence[tuple[int, int]], rows: Sequence[Sequence[_Word]], parted: bool
) -> Iterator[_Spot]:
    """Where the claim may go on from ``spot``, of the places ``having`` its next word."""
    may_leave = _may_end(rows[spot.item], spot.word)
    leads_in = spot.item == 0 and len(rows) > 1
    for i, j in having:
        word = rows[i][j]
        if i == spot.item and (j == spot.word + 1 or (may_leave and word.opens and j > spot.word and not spot.after)):
            yield _Spot(i, j, spot.after, spot.used)
        elif i != spot.item and may_leave and not spot.after and j == 0 and (parted or leads_in):
            yield _Spot(i, j, "", spot.used | {i})
        elif (
            i != spot.item
            and may_leave
            and word.after
            and (leads_in if not spot.after else parted and spot.after == word.after)
        ):
            yield _Spot(i, j, word.after, spot.used | {i})


def _may_end(row: Sequence[_Word], j: int) -> bool:
    """Whether what stands behind the word may be left out."""
    return j + 1 == len(row) or row[j + 1].opens


def _leaves_out(items: Sequence[str], text: str) -> bool:
    """Whether an item says of itself what ``text`` does not."""
    said = fold(text)
    return any(m[0] not in said for item in items for m in _QUALIFIES.finditer(fold(item)))


def _telling(text: str, language: str, own: frozenset[str]) -> list[tuple[frozenset[str], int, int]]:
    words = claim_words(text, language, vocabulary(""))
    idle = own | _FRAMES | _LEADS_IN
    return [(_forms(w.text), w.start, w.end) for w in words if not w.is_free and fold(w.text) not in idle]


@lru_cache(maxsize=1_000)
def _words(item: str, language: str, own: frozenset[str]) -> tuple[_Word, ...]:
    found: list[_Word] = []
    last, opens, was_capital, after = 0, True, False, ""
    for word in claim_words(item, language, vocabulary("")):
        if _BREAK.search(item[last : word.start]):
            opens, after = True, ","
        opens = opens or (word.is_capital and not was_capital)
        last, was_capital = word.end, word.is_capital
        folded = fold(word.text)
        if word.is_free or folded in own | _LEADS_IN | _FRAMES:
            opens = True
            after = folded if folded in _LEADS_IN - _ARTICLES else after
            continue
        found.append(_Word(_forms(word.text), opens, after))
        opens, after = False, ""
    return tuple(found)


def _forms(word: str) -> frozenset[str]:
    folded = fold(word)
    return frozenset({folded, stem(folded)})
