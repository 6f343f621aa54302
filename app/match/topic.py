"""Whether a record states a topic: by the names and telling words of the requirement that one entry has, and by nearness in meaning."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.match.amount import ABOVE, AMOUNT, reaches
from app.match.ask import Ask
from app.match.domain import Importance, Judged
from app.match.shelf import Line, Shelf
from app.match.split import OR
from app.match.terms import Term, is_verb, leadership, terms
from app.match.words import has, numbers_in, people_in
from ingest.domain import Interest, Item, Position, Project, Publication
from ingest.embed import Embedder
from ingest.lexical import tokens

LINE, ENTRY = 0.8, 0.86
"""The share of what is asked for that a line, or an entry in all its lines, must have to state it."""
NEAR_LINE, NEAR_COSINE = 0.55, 0.62
"""The same where line and requirement are that near in meaning."""
SOMETHING, SIMILAR = 0.45, 0.55
"""From which share or nearness there is something near it."""
_WITH_NAMES = 0.25
"""What a line that is merely near in meaning must have besides where names are asked for: Python is not near to whatever is about software."""
HEDGED = "match_hedged"
"""The phrase of a verdict on what stands there planned, basic, pending."""
_CITED = 3
_ENTRY_LINES = 14
_WORKED = re.compile(
    r"\b(?:hands-on|production|professional|practical|proven|proficien\w+|expert\w*|programming|industr\w+)\b",
    re.IGNORECASE,
)
_DOING = re.compile(r"\b(experienced? (?:in |of |with )?)([a-z]+ing)\b(?! (?:of|in|and|or|with)\b)", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"\s*[,;(（]\s*(?:but |and )?(?:not|rather than|instead of|nicht|statt|pas|et non|而非|不是)[^,;)）]*[)）]?",
    re.IGNORECASE,
)
"""What is expressly not meant: ", not on hospital wards"."""
_EXAMPLES = re.compile(
    r"\b(?:such as|e\.\s?g\.|for (?:example|instance),?|like|including|z\.\s?B\.|zum Beispiel|beispielsweise|etwa|wie|comme|"
    r"par exemple|notamment|como|por ejemplo)\s+|(?:例如|比如|如)(?=\S)|[(（]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Hit:
    share: float
    lines: tuple[Line, ...]
    cosine: float
    is_weak: bool


def judge_topic(ask: Ask, shelf: Shelf, embedder: Embedder, within: Sequence[Line] | None = None) -> Judged:
    """The verdict on a requirement without a type of its own; ``within``: the lines that may show it."""
    cosines = shelf.cosines(embedder.embed([ask.english])[0], embedder)
    best = Judged("not stated")
    for text, is_english in ask.texts:
        text = (
            AMOUNT.sub(" ", ABOVE.sub(" ", _EXCLUDED.sub("", text))) if AMOUNT.search(text) else _EXCLUDED.sub("", text)
        )
        for alternative in alternatives(_without_verb(text, ask) if is_english or text == ask.english else text):
            found = terms(alternative, in_english=is_english, weigh=shelf.weigh(tokens(alternative)))
            found = (*found, leadership()) if ask.asks_leading and found else found
            judged = _judged(ask, found, shelf, cosines, within)
            if judged.phrase == HEDGED and not is_english:
                # Said in its own words, and not quite: what a translation is near to says no more.
                return judged
            best = judged if judged.rank > best.rank else best
    return best


def _without_verb(text: str, ask: Ask) -> str:
    """``text`` without the verb of doing that a duty, or "experience", begins with: "Assemble genomes", "experience migrating data"."""
    text = _DOING.sub(lambda m: m[1] if is_verb(m[2]) else m[0], text)
    if ask.requirement.importance is not Importance.DUTY:
        return text
    first, _, rest = text.partition(" ")
    return rest if rest and is_verb(first) else text


def alternatives(text: str) -> list[str]:
    """What each suffices by itself: "Kafka or RabbitMQ", "cloud platforms such as AWS"."""
    parts = [part.strip(" ()（）,") for part in OR.split(text)]
    last = parts[-1]
    listed = [p.strip() for part in parts[:-1] for p in re.split(r",\s+", part)] if len(parts) > 1 else []
    whole = [*listed, last] if len(parts) > 1 else [text]
    found = []
    for part in whole:
        head, *examples = _EXAMPLES.split(part)
        names = [e.strip(" ()（）.") for example in examples for e in re.split(r",\s+|\s+and\s+", example)]
        found += [p for p in (head, *names) if _tells(p)]
    return [p for p in found if p] or [text]


def _tells(part: str) -> bool:
    return any(term.weight >= 0.6 for term in terms(part))


def _judged(
    ask: Ask, found: Sequence[Term], shelf: Shelf, cosines: dict[int, float], within: Sequence[Line] | None
) -> Judged:
    if not any(term.weight >= 0.6 for term in found):
        return Judged("not stated")
    allowed = None if within is None else {line.number for line in within}
    denied = () if has("negation", ask.text) else found
    entries = [e for e in shelf.entries if allowed is None or any(line.number in allowed for line in e)]
    hits = sorted(
        (h for e in entries for h in _hits(found, denied, e, cosines)),
        key=lambda h: (h.is_weak, -round(h.share, 2), _order(h), -h.cosine),
    )
    strong = [h for h in hits if not h.is_weak and _states(h, found)]
    strong = [h for h in strong if _fits(ask, h)]
    if strong:
        return Judged("stated", _spans(strong))
    weak = [h for h in hits if h.is_weak and _states(h, found)]
    if weak and ask.asks_little:
        return Judged("stated", _spans(weak))
    if weak:
        return Judged("related", _spans(weak), HEDGED)
    beside = [line for e in entries for line in e for t in found if line.is_beside(t) and not line.denies(denied)]
    names = any(t.sort == "name" for t in found)
    some = [h for h in hits if h.share >= (NEAR_LINE if names else SOMETHING) and _tops(h, found)] or [
        h for h in hits if h.cosine >= SIMILAR and (not names or h.share >= _WITH_NAMES)
    ]
    if some or beside:
        return Judged("related", _spans(some[:2]) or tuple(dict.fromkeys(line.span for line in beside))[:2])
    return Judged("not stated")


def _order(hit: _Hit) -> int:
    """Work before lists of skills before what is beside it."""
    fact = hit.lines[0].fact
    return (
        0
        if isinstance(fact, Position | Project | Publication)
        else 1
        if isinstance(fact, Item) and fact.kind != "talk"
        else 2
    )


def _hits(
    found: Sequence[Term], denied: Sequence[Term], entry: Sequence[Line], cosines: dict[int, float]
) -> Iterable[_Hit]:
    """What each line of an entry, and the entry as a whole, has of the terms."""
    usable = [line for line in entry if not line.denies(denied)]
    total = sum(t.weight for t in found)
    met = {line.number: [line.meets(t) for t in found] for line in usable}
    for line in usable:
        share = sum(m * t.weight for m, t in zip(met[line.number], found, strict=True)) / total
        if share > 0 or cosines.get(line.number, 0.0) >= SIMILAR:
            yield _Hit(share, (line,), cosines.get(line.number, 0.0), _weak(line, found))
    if 1 < len(usable) <= _ENTRY_LINES:
        best = [max(met[line.number][n] for line in usable) for n in range(len(found))]
        share = sum(m * t.weight for m, t in zip(best, found, strict=True)) / total
        if share >= ENTRY:
            chosen = _cover(usable, met, best)
            yield _Hit(
                share, chosen, max(cosines.get(c.number, 0.0) for c in chosen), any(_weak(c, found) for c in chosen)
            )


def _cover(usable: Sequence[Line], met: dict[int, list[float]], best: list[float]) -> tuple[Line, ...]:
    """The fewest lines that together meet what the entry meets."""
    left, chosen = {n for n, value in enumerate(best) if value > 0}, []
    while left:
        line = max(usable, key=lambda x: sum(met[x.number][n] >= best[n] for n in left))
        covered = {n for n in left if met[line.number][n] >= best[n]}
        if not covered:
            break
        chosen.append(line)
        left -= covered
    return tuple(sorted(chosen, key=lambda x: x.number))


def _weak(line: Line, found: Sequence[Term]) -> bool:
    return not line.is_theirs or line.hedges(found)


def _states(hit: _Hit, found: Sequence[Term]) -> bool:
    """Whether a hit has enough, and every name, of what is asked for."""
    if any(max(line.meets(t) for line in hit.lines) < 0.8 for t in found if t.sort == "name"):
        return False
    if len(hit.lines) > 1:
        return hit.share >= ENTRY
    return hit.share >= LINE or (hit.share >= NEAR_LINE and hit.cosine >= NEAR_COSINE)


def _tops(hit: _Hit, found: Sequence[Term]) -> bool:
    """Whether a hit has the most telling term, so that it is about the thing and not beside it."""
    top = max(t.weight for t in found)
    return any(line.meets(t) >= 0.6 for line in hit.lines for t in found if t.weight >= top)


def _fits(ask: Ask, hit: _Hit) -> bool:
    """Whether numbers are reached, and an interest is not taken for experience."""
    if (
        all(isinstance(line.fact, Interest) for line in hit.lines)
        and not ask.is_interest
        and _WORKED.search(ask.english)
    ):
        return False
    if not reaches(" ; ".join(line.text for line in hit.lines), ask.text):
        return False
    if has("led_grant", ask.english) and any(has("part_of_project", line.text) for line in hit.lines):
        return False
    if not ask.numbers:
        return True
    # Where people are counted, hours and sums tell nothing.
    others = numbers_in if not people_in(ask.text) else people_in
    there = [n for line in hit.lines for n in (*others(line.text), *people_in(line.text))]
    return all(any(n >= asked for n in there) for asked in ask.numbers)


def _spans(hits: Sequence[_Hit]) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(line.span for hit in hits[:_CITED] for line in hit.lines))[:_CITED]
