"""What a claim is about, word by word: what a thing is, what is done to what, what for, and what a number counts."""

import re
from collections.abc import Iterator

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon
from app.answer.claim.tokens import read, same
from app.answer.claim.unit import Line

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


def wrong_head(text: str, line: Line) -> Iterator[str]:
    """Where the claim is about something else than the line, with the line's own words."""
    if _is_other(text, line.text):
        yield "binding.is"
    if _for_other(text, line.text):
        yield "binding.for"
    if _of_other(text, line.text):
        yield "binding.of"


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
