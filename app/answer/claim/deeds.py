"""Who does what to whom, from what to what, and what before what: whether a claim tells it the way its source does."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.tokens import Token, read, same
from app.answer.claim.unit import Unit
from app.answer.claim.words import CJK
from ingest.lexical import stem

_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|be|being|gets?|got|wird|werden|wurden?|worden)\s+(?:\w+\s+){0,2}$|(?:^|\s)(?:被|由)$"
)


_ACTS = frozenset(
    f"={c}"
    for c in [
        "outperform",
        "supervisor",
        "train",
        "lead",
        "cause",
        "propose",
        "use",
        "reduce",
        "increase",
        "improve",
        "prevent",
        "combine",
        "choose",
        "predict",
        "handle",
        "build",
        "write",
        "organise",
        "generate",
        "find_out",
        "evaluate",
        "follow",
        "add",
        "clean",
        "compress",
        "guide",
        "allow",
        "support",
        "measure",
        "aim",
        "preserve",
        "translation",
        "understand",
        "know",
        "move",
    ]
)
"""What one does to another: swapping the two is another statement."""


_NOUN = re.compile(r"(?:ing|tion|ions|ment|ments|er|ers|or|ors|ance|ence|al|ity)$")


_RELATIVE = frozenset(["which", "that", "who", "whom", "whose", "while", "whereas"])


_TAIL = frozenset(["for", "on", "by", "in", "at", "over", "with", "during", "across", "under", "after", "before"])
"""What opens a circumstance behind who and whom."""


_THEN = re.compile(
    r"\b(?:then|before|after|afterwards|followed by|and later|subsequently|dann|danach|bevor|nachdem|puis|ensuite|avant|apres)\b|然后|随后|之后|之前",
    re.IGNORECASE,
)


_FRONT = re.compile(
    r"^(?:on|in|at|for|under|with|by|across|over|after|during|when)\b(?:[^,]{0,80},|.{0,60}?\s(?=(?:it|he|she|they|the authors)\b))",
    re.IGNORECASE,
)
"""A circumstance in front of who does something."""


def swapped(text: str, here: Sequence[Token], source: str, there: Sequence[Token]) -> bool:
    """Whether who does something and whom it is done to have changed places."""
    front = _FRONT.match(text)
    if front:
        text = text[front.end() :]
        here = read(text)
    for at, verb in enumerate(here):
        if verb.is_free or verb.is_number or _is_noun(text, verb):
            continue
        acts = verb.terms & _ACTS
        for place, other in enumerate(there):
            inflected = stem(verb.text) == stem(other.text) and (verb.text.endswith("ed") or other.text.endswith("ed"))
            if (not (acts & other.terms) and not inflected) or _is_noun(source, other):
                continue
            mine_before, mine_after = _sides(text, here, at)
            its_before, its_after = _sides(source, there, place)
            if _passive(text, here, at) != _passive(source, there, place):
                its_before, its_after = its_after, its_before
            both = its_before & its_after
            its_before, its_after = its_before - both, its_after - both
            mine_both = mine_before & mine_after
            before, after = mine_before - mine_both, mine_after - mine_both
            moved = (before & its_after) | (after & its_before)
            kept = (before & its_before) | (after & its_after)
            if (
                before & its_after
                and not before & its_before
                and (len(moved) > max(1, len(kept)) or (len(moved) > len(kept) and moved & _named(text)))
            ):
                return True
    return False


def _sides(text: str, tokens: Sequence[Token], at: int, size: int = 10) -> tuple[set[str], set[str]]:
    """The words of content before and behind a verb inside its clause."""
    before: set[str] = set()
    for token in reversed(tokens[max(0, at - size) : at]):
        if re.search(r"[,;:.]", text[token.end : tokens[at].start]) or token.text in _RELATIVE:
            break
        if not token.is_free:
            before.add(stem(token.text)) if not token.text.endswith("ly") else None
    after: set[str] = set()
    for token in tokens[at + 1 : at + 1 + size]:
        if after and token.text in _TAIL:
            break
        if re.search(r"[,;:.]\s", text[tokens[at].end : token.start]) or token.text in _RELATIVE:
            break
        if not token.is_free:
            after.add(stem(token.text))
    return before, after


def _named(text: str) -> set[str]:
    """The stems of the words that are written as names."""
    return {stem(fold(m[0])) for m in re.finditer(r"\b\w*[A-Z]\w*[A-Z]\w*\b|(?<=[a-z,] )[A-Z]\w+", text)}


def _is_noun(text: str, token: Token) -> bool:
    """Whether a token is a name of a doing, or part of a compound, rather than the doing itself."""
    if token.text in {"mentor", "filter", "monitor", "order", "offer", "refer", "prefer", "alter", "answer"}:
        return False
    if token.text.endswith("ing") and re.search(r"[,)]\s*$", text[: token.start]):
        return False
    beside = text[token.start - 1 : token.start] + text[token.end : token.end + 1]
    return _NOUN.search(token.text) is not None or any(c in "-‐‑" for c in beside)


def ends_swapped(text: str, source: str) -> bool:
    """Whether the two ends of "from … to …" have changed places."""
    pattern = re.compile(
        r"\b(?:from|von|vom|de|从)\b(?P<one>[^.;]{1,60}?)\b(?:to|into|nach|auf|zu|vers)\b(?P<two>[^.;,]{1,40})"
    )
    for mine in pattern.finditer(fold(text)):
        for its in pattern.finditer(fold(source)):
            a, b = ({stem(t.text) for t in read(mine[n]) if not t.is_free} for n in ("one", "two"))
            c, d = ({stem(t.text) for t in read(its[n]) if not t.is_free} for n in ("one", "two"))
            b, d = b - (b & d), d - (b & d)
            if (a & d) and not (a & c) and not (b & d):
                return True
    return False


def _passive(text: str, tokens: Sequence[Token], at: int) -> bool:
    follows = re.match(r"\s+(?:by|von|durch|par)\b", fold(text)[tokens[at].end :])
    return bool(_PASSIVE.search(fold(text)[: tokens[at].start])) or follows is not None


def out_of_order(text: str, unit: Unit) -> bool:
    """Two steps told in the opposite order of a source that puts them in an order."""
    match = _THEN.search(fold(text))
    if (
        match
        and not CJK.search(text)
        and match[0] in {"before", "after"}
        and not unit.is_entry
        and not unit.periods
        and not re.search(
            r"\b(?:before|after|then|once|following|followed|later|prior|pre|post|next|second|subsequent\w*)\b",
            fold(unit.text),
        )
    ):
        return True
    if (
        not match
        or CJK.search(text)
        or not re.search(
            r"\b(?:first|then|before|after|followed by|second|later|next|dann|danach|puis|ensuite)\b", fold(unit.text)
        )
    ):
        return False
    word = match[0]
    if match.start() < 3:
        cut = re.search(r"[,，]", text)
        if not cut:
            return False
        one, two = text[match.end() : cut.start()], text[cut.end() :]
    else:
        one, two = text[: match.start()], text[match.end() :]
    same = re.search(rf"\b{word}\b", fold(unit.text))
    if word in {"before", "after"} and same:
        first, second = _places(one, two, unit.text)
        left, right = [p for p in first if p > same.end()], [p for p in second if p < same.start()]
        return match.start() >= 3 and bool(left and right) and len(left) == len(first) and len(right) == len(second)
    if word in {"after", "nachdem", "apres"} and match.start() >= 3:
        one, two = two, one
    if word in {"before", "bevor", "avant"} and match.start() < 3:
        one, two = two, one
    first, second = _places(
        one.rpartition(",")[2] if word == "then" and len(one.rpartition(",")[2]) > 12 else one, two, unit.text
    )
    turned = sum(a > b for a in first for b in second)
    return bool(first and second) and 2 * turned >= len(first) * len(second)


def _places(one: str, two: str, source: str) -> tuple[list[int], list[int]]:
    """Where the words of each part alone first stand in the source."""
    a = [t for t in read(one) if not t.is_free]
    b = [t for t in read(two) if not t.is_free]
    tokens = read(source)
    only_a = [t for t in a if not any(same(t, u) for u in b)]
    only_b = [t for t in b if not any(same(t, u) for u in a)]

    def first(wanted: Sequence[Token]) -> list[int]:
        found = []
        for token in wanted:
            spots = [t.start for t in tokens if stem(t.text) == stem(token.text)]
            if len(spots) == 1:
                found.append(spots[0])
        return found

    return first(only_a), first(only_b)
