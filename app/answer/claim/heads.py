"""What a claim is about, word by word: what a thing is, what is done to what, what for, and what a number counts."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon
from app.answer.claim.quantities import Quantity
from app.answer.claim.tokens import Token, read, same
from app.answer.claim.unit import Line
from app.answer.claim.words import CJK, claim_words, vocabulary

_IS_A = re.compile(
    r"\b(?:is|was|are|were) (?:an? |the )(?P<phrase>(?:[\w'’-]+ ){0,4}?[\w'’-]+)(?=[.,;:]|\s+(?:of|for|that|which|who|with|written|"
    r"built|made|used|in|on|from|to|by|based|designed)\b|$)"
)
_PURPOSE = re.compile(
    r"\b(?:is|are|was|were) (?:used|meant|intended|designed|employed|applied) (?:to|for)\s+(?P<aim>[^,;.]+)|\bserves? to\s+(?P<end>[^,;.]+)"
)
_DONE_BY = re.compile(
    r"\b(?P<thing>[\w-]+) (?:by|from|to) (?:up to |about |around |nearly |almost |over |at least )?(?=[\d$€£])"
)
_COUNTED = re.compile(r"[^\w%]*(?P<things>[^,.;:()\d]{1,60})")
_STOP = frozenset(
    [
        "of",
        "from",
        "in",
        "on",
        "with",
        "by",
        "for",
        "at",
        "to",
        "and",
        "or",
        "that",
        "which",
        "who",
        "per",
        "a",
        "an",
        "the",
        "von",
        "aus",
        "mit",
        "und",
        "de",
        "des",
        "en",
        "et",
    ]
)


def wrong_head(text: str, claimed: Sequence[Quantity], line: Line, whole: str) -> bool:
    """Whether the claim is about something else than the line, with the line's own words or those of ``whole``, the text around it."""
    source = line.text
    if _is_other(text, source) or _for_other(text, source) or _of_other(text, source):
        return True
    return _counts_other(text, claimed, line, whole)


def _is_other(text: str, source: str) -> bool:
    """ "X is a gateway", where the source has "a generator for gateways"."""
    match = _IS_A.search(fold(text))
    if not match:
        return False
    head = read(match["phrase"])[-1:]
    if not head or head[0].is_free:
        return False
    there = read(source)
    spots = [i for i, t in enumerate(there) if same(t, head[0])]
    if not spots:
        return False
    return all(any(t.text in {"for", "von", "fur", "pour"} for t in there[max(0, i - 3) : i]) for i in spots)


def _for_other(text: str, source: str) -> bool:
    """ "X is used to do this", where the source has "X for that, this"."""
    match = _PURPOSE.search(fold(text))
    if not match:
        return False
    subject = [t for t in read(text[: match.start()]) if not t.is_free][-1:]
    aim = [t for t in read(match["aim"] or match["end"]) if not t.is_free]
    if not subject or not aim:
        return False
    there = read(source)
    for place, token in enumerate(there):
        behind = there[place + 1] if place + 1 < len(there) else None
        if token.text != subject[0].text or behind is None or behind.text not in {"for", "to"}:
            continue
        end = re.split(r"[,;.]", source[behind.end :])[0]
        purpose = read(end)
        if not any(same(a, p) for a in aim for p in purpose) and any(same(a, t) for a in aim for t in there):
            return True
    return False


def _of_other(text: str, source: str) -> bool:
    """ "Lowered fraud by 23 %", where the source has "lowered fraud alarms"."""
    here = {t.text for t in read(text)}
    there = read(source)
    for match in _DONE_BY.finditer(fold(text)):
        thing = match["thing"]
        spots = [i for i, t in enumerate(there) if t.text == thing]
        behind = [there[i + 1] for i in spots if i + 1 < len(there)]
        if (
            spots
            and len(behind) == len(spots)
            and thing not in lexicon().free
            and all(
                not b.is_free
                and not b.is_number
                and b.text not in here
                and re.fullmatch(r"\s", source[there[i].end : b.start])
                and not re.search(r"(?:ed|ing|ly|es)$", b.text)
                for i, b in zip(spots, behind, strict=True)
            )
        ):
            return True
    return False


def _counts_other(text: str, claimed: Sequence[Quantity], line: Line, whole: str) -> bool:
    """ "41,000 recordings", where the source has "recordings" elsewhere and 41,000 of something else."""
    for quantity in claimed:
        if quantity.is_ordinal or quantity.is_percent:
            continue
        things = _counted(text, quantity)
        agreeing = [q for q in line.quantities if q.agrees(quantity) and not q.is_percent]
        if not agreeing or not any(same(thing, t) for thing in things for t in read(whole)):
            continue
        if not any(_is_near(thing, line.text, q) for q in agreeing for thing in things):
            return True
    return False


def _counted(text: str, quantity: Quantity) -> list[Token]:
    """The words of content of the phrase right behind a number, of which one is what it counts."""
    after = re.sub(r"\bpeople\b", "persons", text[quantity.end :])
    run = CJK.match(after.lstrip())
    if run:
        words = [w for w in claim_words(run[0], "zh", vocabulary("")) if not w.is_free and not w.is_soft][:1]
        return [Token(w.text, w.terms, 0, 0) for w in words]
    match = _COUNTED.match(after)
    phrase: list[Token] = []
    for token in read(match["things"]) if match else ():
        if token.text in _STOP or (token.is_free and token.text not in {"people", "days", "day"}):
            break
        phrase.append(token)
    return [t for t in phrase if t.text not in lexicon().soft] if len(phrase) <= 3 else []


def _is_near(thing: Token, source: str, quantity: Quantity) -> bool:
    """Whether a thing stands by a number of the source: in the phrase behind it, or in the few words before."""
    behind = read(re.split(r"[,;()]|\bfrom\b|\d|\band\b", source[quantity.end :], maxsplit=1)[0])[:7]
    before = re.sub(r"\d+[-‐‑][^\W\d]+", " ", source[: quantity.start])
    near = [*behind, *read(re.split(r"[,;()]|\d", before)[-1])[-7:]]
    if behind and not behind[0].is_free and behind[0].text not in _STOP and not same(behind[0], thing):
        near = [*behind]
    return any(same(thing, t) for t in near)
