"""Entries read as one: what they hold together, and whether each date and number of a claim goes with the entry that is told of beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from app.answer.claim import marks, when
from app.answer.claim.figures import undated
from app.answer.claim.language import claim_language
from app.answer.claim.unit import Unit
from app.answer.claim.words import Vocabulary, Word, claim_words


def union(units: Sequence[Unit]) -> Unit | None:
    """Several units as one that has all their words, numbers and dates; ``None`` where there is only one."""
    if len(units) < 2:
        return None
    first = units[0]
    return replace(
        first,
        text=" \n ".join(u.text for u in units),
        heading=" \n ".join(dict.fromkeys(u.heading for u in units)),
        fact=None,
        lines=tuple(line for u in units for line in u.lines),
        vocabulary=Vocabulary(
            frozenset.union(*(u.vocabulary.terms for u in units)),
            frozenset.union(*(u.vocabulary.words for u in units)),
            " \n ".join(u.vocabulary.text for u in units),
        ),
        quantities=tuple(q for u in units for q in u.quantities),
        dates=tuple(d for u in units for d in u.dates),
        periods=tuple(p for u in units for p in u.periods),
        initials=frozenset.union(*(u.initials for u in units)),
        aliases_words=frozenset.union(*(u.aliases_words for u in units)),
        stems=frozenset.union(*(u.stems for u in units)),
        is_entry=all(u.is_entry for u in units),
    )


def strayed(text: str, units: Sequence[Unit]) -> Iterator[tuple[str, float]]:
    """For each date, number and word of ``text`` that the entry told of in its clause does not have, while another one has it: a name, and how many."""
    if len(units) < 2:
        return
    spots = marks.clauses(text)
    telling = [_telling(text[a:b], units) for a, b in spots]
    yield "stray.word", min(4.0, sum(_away(text[a:b], units) for a, b in spots))
    for claim in when.date_claims(text):
        near = _near(claim.start, spots, telling, units)
        clause = text[max(0, claim.start - 70) : claim.end]
        if near and not any(when.holds(claim, u.text, list(u.periods), list(u.dates), clause) for u in near):
            yield "stray.date", 1.0
    for quantity in undated(text):
        near = _near(quantity.start, spots, telling, units)
        having = [u for u in units if any(q.agrees(quantity) for q in u.quantities)]
        if having and near and not any(u is v for u in near for v in having):
            yield "stray.number", 1.0


def _telling(clause: str, units: Sequence[Unit]) -> list[int] | None:
    """How many words of a clause each unit has of those that not all of them have; ``None`` where no word tells them apart."""
    words = [w for w in claim_words(clause, claim_language(clause), units[0].vocabulary) if not w.is_free and _tells(w)]
    having = [[u.vocabulary.covers(w) for u in units] for w in words]
    apart = [h for h in having if any(h) and not all(h)]
    return [sum(h[i] for h in apart) for i in range(len(units))] if apart else None


def _away(clause: str, units: Sequence[Unit]) -> float:
    """How many words of a clause, names twice, the entry that has most of them does not have, while another one has them."""
    words = [w for w in claim_words(clause, claim_language(clause), units[0].vocabulary) if not w.is_free and _tells(w)]
    apart = [(w, h) for w in words if any(h := [u.vocabulary.covers(w) for u in units]) and not all(h)]
    size = [2.0 if w.is_capital else 1.0 for w, _ in apart]
    best = max((sum(n for n, (_, h) in zip(size, apart, strict=True) if h[i]) for i in range(len(units))), default=0.0)
    return sum(size) - best


def _tells(word: Word) -> bool:
    return not any(c.isdigit() for c in word.text)


def _near(
    at: int, spots: Sequence[tuple[int, int]], telling: Sequence[list[int] | None], units: Sequence[Unit]
) -> list[Unit]:
    """The units that the clause around ``at`` tells of, else the clause before it, else the one behind it."""
    here = next((i for i, (a, b) in enumerate(spots) if a <= at < b), None)
    if here is None:
        return []
    for i in (here, *range(here - 1, -1, -1), *range(here + 1, len(spots))):
        told = telling[i]
        if told is not None:
            return [u for u, n in zip(units, told, strict=True) if n == max(told)]
    return []


def spanned(text: str, units: Sequence[Unit]) -> bool:
    """Whether "between A and B", told of several entries together, is not the time from the first to the last of them."""
    if len(units) < 3 or any(u.periods for u in units):
        return False
    years = [d.year for u in units for d in u.dates if d.year]
    claims = when.date_claims(text)
    for one, two in pairwise(claims):
        if (one.side, two.side) == ("start", "end") and not one.is_open and one.date.month is None and years:
            return (one.date.year, two.date.year) != (min(years), max(years))
    return False
