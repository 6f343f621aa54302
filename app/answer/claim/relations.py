"""Whether words that a claim puts together stand together in its source: which number of what, which quality of what, who to whom, what before what."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.answer.claim.polarity import opposites
from app.answer.claim.quantities import Quantity
from app.answer.claim.unit import Line, Unit
from app.answer.claim.words import CJK, lexicon, terms_of
from ingest.extract.words import fold
from ingest.lexical import stem

_TOKEN = re.compile(r"\d[\d.,]*|[^\W_]+(?:['’][^\W_]+)?")
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|be|being|gets?|got|wird|werden|wurden?|worden)\s+(?:\w+\s+){0,2}$|(?:^|\s)(?:被|由)$")
_ACTS = frozenset(
    f"={c}"
    for c in "outperform supervisor train lead cause propose use reduce increase improve prevent combine choose predict handle build write organise generate find_out evaluate follow add clean compress guide allow "
    "support measure aim preserve translation understand know move".split()
)
"""What one does to another: swapping the two is another statement."""
_NOUN = re.compile(r"(?:ing|tion|ions|ment|ments|er|ers|or|ors|ance|ence|al|ity)$")
_RELATIVE = frozenset("which that who whom whose while whereas".split())
_TAIL = frozenset("for on by in at over with during across under after before".split())
"""What opens a circumstance behind who and whom."""
_RATE = re.compile(r"\b(?:a|an|per|each|every|pro|par)\s+(second|minute|hour|day|week|month|year|quarter|sekunde|stunde|tag|woche|monat|jahr|seconde|heure|jour|semaine|mois|an)\b")
_THEN = re.compile(r"\b(?:then|before|after|afterwards|followed by|and later|subsequently|dann|danach|bevor|nachdem|puis|ensuite|avant|apres)\b|然后|随后|之后|之前", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text in order."""

    text: str
    terms: frozenset[str]
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_free(self) -> bool:
        return self.text in lexicon().free


def read(text: str) -> list[Token]:
    """The tokens of ``text``, folded."""
    folded = fold(text)
    return [Token(m[0], terms_of(re.sub(r"['’]s?$", "", m[0])), m.start(), m.end()) for m in _TOKEN.finditer(folded)]


def _same(a: Token, b: Token) -> bool:
    return a.text == b.text or not a.terms.isdisjoint(b.terms)


def misplaced(text: str, claimed: Sequence[Quantity], window: Sequence[Line], unit: Unit) -> str | None:
    """A short reason where the claim joins what the source keeps apart, or parts and swaps what it joins."""
    here = read(text)
    claimed = [q for q in claimed if not q.is_ordinal]
    for line in window:
        there = read(line.text)
        if _wrong_quality(text, here, line.text, there):
            return "binding"
        if _wrong_count(claimed, text, line):
            return "binding"
        if _wrong_owner(text, claimed, line):
            return "binding"
        rates, printed = set(_RATE.findall(fold(text))), set(_RATE.findall(fold(line.text)))
        if rates and printed and not rates & printed:
            return "binding"
        if _crossed(text, line.text):
            return "binding"
        if _from_to(text, line.text):
            return "order"
        if not unit.is_entry and _swapped(text, here, line.text, there):
            return "swap"
    return "order" if _out_of_order(text, unit) else None


def opposed(text: str, window: Sequence[Line]) -> bool:
    """Whether the claim has a word where the source has its opposite beside the same word."""
    here = read(text)
    for at, word in enumerate(here):
        against = opposites(stem(word.text))
        if not against:
            continue
        content = [t for t in here[:at] if not t.is_free and not t.is_number][-1:]
        beside = content + [t for t in here[at + 1 : at + 5] if not t.is_free and not t.is_number][:1]
        hits = other = 0
        for line in window:
            there = read(line.text)
            for place, token in enumerate(there):
                near = [*there[max(0, place - 3) : place], *there[place + 1 : place + 4]]
                shared = any(stem(a.text) == stem(b.text) for a in beside for b in near)
                hits += shared and (stem(token.text) == stem(word.text) or (_same(token, word) and stem(token.text) not in against))
                other += shared and stem(token.text) in against
        if other and not hits:
            return True
    return False


def _adjacent(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Token]]:
    """Neighbouring words of content with nothing but a blank or hyphen between them."""
    for at, (one, two) in enumerate(zip(tokens, tokens[1:], strict=False)):
        if not (one.is_free or two.is_free or one.is_number or two.is_number) and re.fullmatch(r"[\s‐‑-]", text[one.end : two.start] or "x"):
            yield at, one, two


def _wrong_quality(text: str, here: Sequence[Token], source: str, there: Sequence[Token]) -> bool:
    """A quality given to a thing that in the source belongs to another thing, while this thing has one of its own."""
    pairs = [(one, two) for _, one, two in _adjacent(source, there)]
    for _, one, two in _adjacent(text, here):
        if one.text == two.text:
            continue
        if any(t.terms & one.terms for t in there) and any(t.terms & two.terms for t in there):
            if any(_same(one, a) and _near(a, two, there) for a in there):
                continue
            others = [b for a, b in pairs if a.text == one.text and not _same(b, two)]
            own = [a for a, b in pairs if b.text == two.text and not _same(a, one)]
            if others and own:
                return True
    return False


def _near(a: Token, wanted: Token, there: Sequence[Token], size: int = 4) -> bool:
    at = there.index(a)
    return any(_same(t, wanted) for t in there[max(0, at - size) : at] + list(there[at + 1 : at + 1 + size]))


def _wrong_count(claimed: Sequence[Quantity], text: str, line: Line) -> bool:
    """A number that counts what another number counts in the source."""
    folded, source = fold(text), fold(line.text)
    for quantity in claimed:
        things = _things(folded[quantity.end :])
        if not things:
            continue
        agreeing = [q for q in line.quantities if q.agrees(quantity)]
        differing = [q for q in line.quantities if not q.agrees(quantity) and not 1900 < max(q.values) < 2100]
        if not agreeing:
            continue
        for thing in things:
            near = [q for q in agreeing if any(_same(thing, t) for t in _things(source[q.end :], 4))]
            far = [q for q in differing if any(_same(thing, t) for t in _things(source[q.end :], 3))]
            if far and not near:
                return True
    return False


def _things(after: str, size: int = 2) -> list[Token]:
    """The words of content right behind a number, up to the next number or mark."""
    piece = re.split(r"[,.;:()–—]|\d|\b(?:and|und|et|with|of|on|in|for|from|to|by)\b", after)[0]
    return [t for t in read(piece) if not t.is_free][:size]


_NAME = re.compile(r"\b[A-Z][\w.-]*[A-Z0-9][\w.-]*\b|\b[A-Z][a-z]+\b")


def _wrong_owner(text: str, claimed: Sequence[Quantity], line: Line) -> bool:
    """A number said of a name that has other numbers in the source, while this one is said of another name there."""
    if len(line.quantities) < 2:
        return False
    owners = [(q, _owner(line.text, q)) for q in line.quantities]
    for quantity in claimed:
        mine = _owner(text, quantity)
        if mine is None:
            continue
        agreeing = [o for q, o in owners if q.agrees(quantity)]
        if agreeing and mine not in agreeing and any(o == mine for q, o in owners if not q.agrees(quantity)) and None not in agreeing:
            return True
    return False


def _owner(text: str, quantity: Quantity) -> str | None:
    """The name that a number is said of: "on NAME" right behind it, else the last one before it."""
    behind = re.match(r"[^\w]*(?:\w+\s+){0,1}(?:on|for|with|auf|bei|sur|pour)\s+(" + _NAME.pattern + ")", text[quantity.end :])
    if behind:
        return fold(behind[1])
    before = [m[0] for m in _NAME.finditer(text[: quantity.start]) if m.start() or any(c.isupper() for c in m[0][1:])]
    return fold(before[-1]) if before else None


def _crossed(text: str, source: str) -> bool:
    """Two lists that go "respectively" in the source and are joined crosswise in the claim."""
    if not re.search(r"\brespectively\b|分别|\bjeweils\b|\brespectivement\b", source):
        return False
    pairs = [(m[1], m[2]) for m in re.finditer(r"([\w.\s-]+?)\s+and\s+([\w.\s-]+?)(?=[,.;(]|\s+(?:represent|are|is|with|for|built|on|of|has|have)\b|$)", source)]
    sides = []
    for one, two in pairs:
        first = {t.text for t in read(one)[-3:] if not t.is_free}
        second = {t.text for t in read(two)[:3] if not t.is_free}
        a = {fold(w) for w in re.findall(r"[\w.-]+", one)[-2:]} | first
        b = {fold(w) for w in re.findall(r"[\w.-]+", two)[:2]} | second
        sides.append((a - b, b - a))
    for clause in re.split(r"[,;]|\b(?:and|while|whereas)\b", text):
        words = {fold(w).strip(".") for w in re.findall(r"[\w.-]+", clause)} | {t.text for t in read(clause)}
        chosen = set()
        for a, b in sides:
            if (words & a) and not (words & b):
                chosen.add(0)
            if (words & b) and not (words & a):
                chosen.add(1)
        if len(chosen) == 2:
            return True
    return False


_FRONT = re.compile(r"^(?:on|in|at|for|under|with|by|across|over|after|during|when)\b(?:[^,]{0,80},|.{0,60}?\s(?=(?:it|he|she|they|the authors)\b))", re.IGNORECASE)
"""A circumstance in front of who does something."""


def _swapped(text: str, here: Sequence[Token], source: str, there: Sequence[Token]) -> bool:
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
            if not (acts & other.terms) and not inflected or _is_noun(source, other):
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
            if before & its_after and not before & its_before and (
                len(moved) > max(1, len(kept)) or (len(moved) > len(kept) and moved & _named(text))
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


def _from_to(text: str, source: str) -> bool:
    """Whether the two ends of "from … to …" have changed places."""
    pattern = re.compile(r"\b(?:from|von|vom|de|从)\b(?P<one>[^.;]{1,60}?)\b(?:to|into|nach|auf|zu|vers)\b(?P<two>[^.;,]{1,40})")
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


def _out_of_order(text: str, unit: Unit) -> bool:
    """Two steps told in the opposite order of a source that puts them in an order."""
    match = _THEN.search(fold(text))
    if match and not CJK.search(text) and match[0] in {"before", "after"} and not unit.is_entry and not unit.periods and not re.search(r"\b(?:before|after|then|once|following|followed|later|prior|pre|post|next|second|subsequent\w*)\b", fold(unit.text)):
        return True
    if not match or CJK.search(text) or not re.search(r"\b(?:first|then|before|after|followed by|second|later|next|dann|danach|puis|ensuite)\b", fold(unit.text)):
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
    first, second = _places(one.rpartition(",")[2] if word == "then" and len(one.rpartition(",")[2]) > 12 else one, two, unit.text)
    turned = sum(a > b for a in first for b in second)
    return bool(first and second) and 2 * turned >= len(first) * len(second)


def _places(one: str, two: str, source: str) -> tuple[list[int], list[int]]:
    """Where the words of each part alone first stand in the source."""
    a = [t for t in read(one) if not t.is_free]
    b = [t for t in read(two) if not t.is_free]
    tokens = read(source)
    only_a = [t for t in a if not any(_same(t, u) for u in b)]
    only_b = [t for t in b if not any(_same(t, u) for u in a)]

    def first(wanted: Sequence[Token]) -> list[int]:
        found = []
        for token in wanted:
            spots = [t.start for t in tokens if stem(t.text) == stem(token.text)]
            if len(spots) == 1:
                found.append(spots[0])
        return found

    return first(only_a), first(only_b)
