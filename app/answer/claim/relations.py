"""Whether words that a claim puts together stand together in its source: which number of what, which quality of what, who to whom, what before what."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.answer.claim.agents import others_did
from app.answer.claim.contrast import crossed
from app.answer.claim.deeds import ends_swapped, out_of_order, swapped
from app.answer.claim.folding import fold
from app.answer.claim.heads import wrong_head
from app.answer.claim.language import claim_language
from app.answer.claim.lexicon import lexicon
from app.answer.claim.pairing import dealt_wrongly
from app.answer.claim.polarity import opposites
from app.answer.claim.quantities import Quantity
from app.answer.claim.tokens import Token, read, same
from app.answer.claim.unit import Line, Unit
from app.answer.claim.words import claim_words, vocabulary
from ingest.lexical import stem

_RATE = re.compile(
    r"\b(?:a|an|per|each|every|pro|par)\s+(second|minute|hour|day|week|month|year|quarter|sekunde|stunde|tag|woche|monat|jahr|seconde|heure|jour|"
    r"semaine|mois|an)\b"
)

_TIMES = {
    "sekunde": "second", "seconde": "second", "stunde": "hour", "heure": "hour", "tag": "day", "jour": "day", "woche": "week", "semaine": "week",
    "monat": "month", "mois": "month", "jahr": "year", "an": "year",
}  # fmt: skip


def misplaced(text: str, claimed: Sequence[Quantity], window: Sequence[Line], unit: Unit) -> Iterator[str]:
    """A short reason for each thing that the claim joins and the source keeps apart, or that it parts and swaps."""
    here = read(text)
    claimed = [q for q in claimed if not q.is_ordinal]
    for line in window:
        there = read(line.text)
        if _wrong_quality(text, here, line.text, there):
            yield "binding.quality"
        if _wrong_count(claimed, text, line):
            yield "binding.count"
        if _wrong_owner(text, claimed, line):
            yield "binding.owner"
        rates, printed = _rates(text), _rates(line.text)
        if rates and printed and not rates & printed:
            yield "binding.rate"
        if _crossed(text, line.text):
            yield "binding.crossed"
        yield from wrong_head(text, line)
        if _other_number(text, claimed, line, unit):
            yield "binding.number"
        if _counts_other(text, claimed, line, unit):
            yield "binding.counts"
        if crossed(text, line.text):
            yield "swap.crossed"
        if dealt_wrongly(text, line, unit.language):
            yield "swap.dealt"
        if not unit.is_entry and others_did(text, line.text):
            yield "swap.others"
        if ends_swapped(text, line.text):
            yield "order.ends"
        if not unit.is_entry and swapped(text, here, line.text, there):
            yield "swap.sides"
    if out_of_order(text, unit):
        yield "order.told"


def _rates(text: str) -> set[str]:
    """The times of which a text says that something happens so often in each, in English."""
    return {_TIMES.get(time, time) for time in _RATE.findall(fold(text))}


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
                hits += shared and (
                    stem(token.text) == stem(word.text) or (same(token, word) and stem(token.text) not in against)
                )
                other += shared and stem(token.text) in against
        if other and not hits:
            return True
    return False


def _adjacent(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, Token, Token]]:
    """Neighbouring words of content with nothing but a blank or hyphen between them."""
    for at, (one, two) in enumerate(pairwise(tokens)):
        if not (one.is_free or two.is_free or one.is_number or two.is_number) and re.fullmatch(
            r"[\s‐‑-]", text[one.end : two.start] or "x"
        ):
            yield at, one, two


def _wrong_quality(text: str, here: Sequence[Token], source: str, there: Sequence[Token]) -> bool:
    """A quality given to a thing that in the source belongs to another thing, while this thing has one of its own."""
    pairs = [(one, two) for _, one, two in _adjacent(source, there)]
    for _, one, two in _adjacent(text, here):
        if one.text == two.text:
            continue
        if any(t.terms & one.terms for t in there) and any(t.terms & two.terms for t in there):
            if any(same(one, a) and _near(a, two, there) for a in there):
                continue
            others = [b for a, b in pairs if a.text == one.text and not same(b, two)]
            own = [a for a, b in pairs if b.text == two.text and not same(a, one)]
            if others and own:
                return True
    return False


def _near(a: Token, wanted: Token, there: Sequence[Token], size: int = 4) -> bool:
    at = there.index(a)
    return any(same(t, wanted) for t in (*there[max(0, at - size) : at], *there[at + 1 : at + 1 + size]))


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
            near = [q for q in agreeing if any(same(thing, t) for t in _things(source[q.end :], 4))]
            far = [q for q in differing if any(same(thing, t) for t in _things(source[q.end :], 3))]
            if far and not near:
                return True
    return False


def _counts_other(text: str, claimed: Sequence[Quantity], line: Line, unit: Unit) -> bool:
    """A number of one thing of the entry, where the entry has that number of another thing, which the claim does not name."""
    words = [w for w in claim_words(text, claim_language(text), unit.vocabulary) if not w.is_free and len(w.text) > 1]
    for quantity in claimed:
        agreeing = [q for q in line.quantities if q.agrees(quantity) and q.is_percent == quantity.is_percent]
        thing = next((w for w in words if 0 <= w.start - quantity.end <= 3), None)
        if re.search(r"\bthe\s+$", text[: quantity.start]) or text[quantity.end : quantity.end + 1] == "人":
            continue
        if quantity.is_percent or len(agreeing) != 1 or thing is None:
            continue
        behind = re.split(r"[,;.()]|\d", line.text[agreeing[0].end :], maxsplit=1)[0].split()[:3]
        if not behind or fold(behind[0]) in lexicon().free_of.get(unit.language, lexicon().free):
            continue
        near = vocabulary(" ".join(behind), unit.language)
        first = vocabulary(behind[0], unit.language)
        if unit.vocabulary.covers(thing) and not near.covers(thing) and not any(first.covers(w) for w in words):
            return True
    return False


_ONE = re.compile(r"\b(?:one|ein|eine[nrms]?|une?|una?)\s+(?=[^\W\d])|一(?=[名个位篇项])", re.IGNORECASE)


def _other_number(text: str, claimed: Sequence[Quantity], line: Line, unit: Unit) -> bool:
    """A number of a thing of which the line, in another language, has other numbers only."""
    if unit.language == claim_language(text):
        return False
    words = [w for w in claim_words(text, claim_language(text), unit.vocabulary) if len(w.text) > 1]
    told = [(q.end, q.values) for q in claimed if not q.is_percent]
    told += [(m.end(), frozenset({1.0})) for m in _ONE.finditer(text)]
    printed = [(q.end, q.values) for q in line.quantities if not q.is_percent]
    printed += [(m.end(), frozenset({1.0})) for m in _ONE.finditer(line.text)]
    counted = [(values, vocabulary(" ".join(line.text[end:].split()[:1]), unit.language)) for end, values in printed]
    for end, values in told:
        thing = next((w for w in words if 0 <= w.start - end <= 3), None)
        if thing is None or thing.is_soft:
            continue
        same_thing = [v for v, known in counted if known.covers(thing)]
        if same_thing and not any(v & values for v in same_thing):
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
        if (
            agreeing
            and mine not in agreeing
            and any(o == mine for q, o in owners if not q.agrees(quantity))
            and None not in agreeing
        ):
            return True
    return False


def _owner(text: str, quantity: Quantity) -> str | None:
    """The name that a number is said of: "on NAME" right behind it, else the last one before it."""
    behind = re.match(
        r"[^\w]*(?:\w+\s+){0,1}(?:on|for|with|auf|bei|sur|pour)\s+(" + _NAME.pattern + ")", text[quantity.end :]
    )
    if behind:
        return fold(behind[1])
    before = [m[0] for m in _NAME.finditer(text[: quantity.start]) if m.start() or any(c.isupper() for c in m[0][1:])]
    return fold(before[-1]) if before else None


def _crossed(text: str, source: str) -> bool:
    """Two lists that go "respectively" in the source and are joined crosswise in the claim."""
    if not re.search(r"\brespectively\b|分别|\bjeweils\b|\brespectivement\b", source):
        return False
    pairs = [
        (m[1], m[2])
        for m in re.finditer(
            r"([\w.\s-]+?)\s+and\s+([\w.\s-]+?)(?=[,.;(]|\s+(?:represent|are|is|with|for|built|on|of|has|have)\b|$)",
            source,
        )
    ]
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
