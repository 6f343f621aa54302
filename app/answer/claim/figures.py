"""Whether the numbers, durations and dates of a claim follow from one unit of evidence."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.answer.claim import people, when
from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon, terms_of
from app.answer.claim.quantities import Quantity, quantities
from app.answer.claim.unit import Unit
from app.answer.claim.words import CJK
from app.answer.claim.yearlong import says_whole
from ingest.dates import find_period
from ingest.domain import Honour, Item, Position, Publication

_AUTHORS = re.compile(r"author|people|person|names|colleague|researcher|\bothers?\b|autor|person|auteur|作者|人")


def wrong_number(text: str, unit: Unit, counts: frozenset[float], language: str) -> Iterator[str]:
    """A short reason for each number of ``text`` that does not follow from ``unit``."""
    dates = [(c.start, c.end) for c in when.date_claims(text)] + people.rank_spots(text)
    dates += [(m.start(), m.end()) for m in re.finditer(r"\d{1,2}月", text)]
    lengths = list(when.durations(text))
    claimed = [q for q in quantities(text) if not any(a <= q.start < b for a, b in dates)]
    if unit.size > 1:
        counts = frozenset({float(unit.size)})
    printed = {d.months for d in when.durations(unit.text)}
    for quantity in claimed:
        length = next((d for d in lengths if d.start <= quantity.start < d.end), None)
        if length and length.months not in printed and not _lasts(length, unit):
            yield "number.length"
            continue
        if length and any(
            d.months != length.months and _figure(d) == _figure(length) for d in when.durations(unit.text)
        ):
            yield "number.length"
        if any(q.agrees(quantity) and _same_kind(quantity, q) for q in unit.quantities):
            bound, beside = (
                _bound(quantity, unit),
                _beside(text, quantity, unit) if language == unit.language == "en" else None,
            )
            yield from (r for r in (bound, beside) if r)
            continue
        if quantity.is_ordinal and _ordinal_word(text, quantity, unit):
            continue
        if length:
            continue
        authors = _counted(unit) if _AUTHORS.search(fold(text)) else frozenset[float]()
        if not quantity.is_percent and quantity.values & (counts | authors):
            continue
        yield "number.ordinal" if quantity.is_ordinal else "number.small" if max(quantity.values) <= 12 else "number"
    for length in lengths:
        if (
            not any(length.start <= q.start < length.end for q in claimed)
            and length.months > 1
            and not _lasts(length, unit)
            and length.months != 12
        ):
            yield "number.length"
    for one, two in re.findall(r"(?<![\d.,])(\d+) (?:out )?(?:of|von|sur)(?: the| den)? (\d+)(?![\d.,])", fold(text)):
        if not re.search(
            rf"(?<![\d.,]){one}\s*(?:/|(?:out )?(?:of|von|sur)(?: the| den)?)\s*{two}(?!\d)", unit.vocabulary.text
        ) and f"{one}/{two}" not in fold(unit.text):
            yield "number.of"
    order = _order(text, claimed, unit)
    if order:
        yield order


def _figure(length: when.Duration) -> float:
    """The number of years or months that a duration is told in."""
    return length.months / 12 if length.most - length.months >= 6 else length.months


def undated(text: str) -> list[Quantity]:
    """The numbers of a text that belong to no date."""
    dates = [(c.start, c.end) for c in when.date_claims(text)]
    return [q for q in quantities(text) if not any(a <= q.start < b for a, b in dates)]


def _same_kind(claimed: Quantity, printed: Quantity) -> bool:
    return claimed.is_percent == printed.is_percent


def _ordinal_word(text: str, quantity: Quantity, unit: Unit) -> bool:
    return text[quantity.start : quantity.end].lower() in unit.vocabulary.words


def _lasts(length: when.Duration, unit: Unit) -> bool:
    for period in unit.periods:
        months = when.months_of(period)
        if months and length.least <= months[1] and months[0] <= length.most:
            return True
    return False


def _counted(unit: Unit) -> frozenset[float]:
    """The numbers that counting the authors of a paper gives."""
    fact = unit.fact
    if isinstance(fact, Publication) and fact.authors_complete and len(fact.authors) > 1:
        return frozenset({float(len(fact.authors)), float(len(fact.authors) - 1)})
    return frozenset()


def _bound(claimed: Quantity, unit: Unit) -> str | None:
    """A bound of the source that the claim drops, or one that it adds or turns round."""
    same = [q for q in unit.quantities if q.agrees(claimed) and _same_kind(claimed, q)]
    if any(q.bound == claimed.bound for q in same):
        return None
    printed = {q.bound for q in same}
    if {claimed.bound, *printed} >= {"over", "under"}:
        return "bound"
    if (
        printed & {"over", "under"}
        or (claimed.bound == "under" and claimed.values and max(claimed.values) < 10)
        or (claimed.bound == "over" and claimed.values and max(claimed.values) < 10)
    ):
        return None
    if claimed.bound in {"about", None} and printed <= {"about", None, "less"}:
        return None
    return "bound"


def _beside(text: str, claimed: Quantity, unit: Unit) -> str | None:
    """A number that stands by other words than in the source."""
    near = _around(fold(text), claimed.start, claimed.end, 4)
    if not near:
        return None
    if unit.is_entry:
        return None if 3 * sum(_alike(w, set(unit.vocabulary.words)) for w in near) >= len(near) else "binding.beside"
    for line in unit.lines:
        folded = fold(line.text)
        for quantity in line.quantities:
            if quantity.agrees(claimed) and _same_kind(claimed, quantity):
                there = _around(folded, quantity.start, quantity.end, 8)
                if not there or 3 * sum(_alike(w, there) for w in near) >= len(near):
                    return None
    folded = fold(unit.heading)
    if any(q.agrees(claimed) for q in quantities(folded)):
        return None
    return "binding.beside"


def _around(text: str, start: int, end: int, size: int) -> set[str]:
    before = re.findall(r"[^\W\d_]+", text[max(0, start - 100) : start])[-size:]
    after = re.findall(r"[^\W\d_]+", text[end : end + 100])[:size]
    return {w for w in (*before, *after) if w not in lexicon().free and w not in lexicon().soft}


def _alike(word: str, there: set[str]) -> bool:
    mine = terms_of(word)
    return any(not mine.isdisjoint(terms_of(other)) for other in there) or bool(CJK.search(word))


def _order(text: str, claimed: Sequence[Quantity], unit: Unit) -> str | None:
    """Two numbers that go "from one to the other" in the opposite direction than in the source."""
    if _half_turned(text, claimed, unit):
        return "order"
    for one, two in pairwise(claimed):
        if not re.search(r"^\W*\S{0,3}\W*(?:\S+\s){0,2}?(?:to|auf|à|到|至|zu)\s", text[one.end : two.start] + " "):
            continue
        for line in unit.lines:
            first = [q for q in line.quantities if q.agrees(one)]
            second = [q for q in line.quantities if q.agrees(two)]
            if (
                first
                and second
                and one.values != two.values
                and min(q.start for q in first) > min(q.start for q in second)
            ):
                return "order"
    return None


_FROM_TO = re.compile(
    r"\b(?:from|von|de)\b(?P<one>[^.;]{1,40}?)\b(?:to|auf|a)\b(?P<two>[^.;,]{1,25})|从(?P<eins>.{1,12}?)[到至](?P<zwei>.{1,12})"
)


def _half_turned(text: str, claimed: Sequence[Quantity], unit: Unit) -> bool:
    """Whether "to N" or "N instead of M" names the number that the source goes from."""
    said = fold(text)
    for line in unit.lines:
        match = _FROM_TO.search(fold(line.text))
        if not match:
            continue
        start, end = quantities(match["one"] or match["eins"] or ""), quantities(match["two"] or match["zwei"] or "")
        if not start or not end or start[-1].agrees(end[0]):
            continue
        for quantity in claimed:
            before, after = said[: quantity.start], said[quantity.end :]
            ranged = re.search(r"\b(?:from|von|de)\b[^.;]{1,40}$|从.{1,14}$", before)
            if (
                re.search(r"\b(?:to|auf|a)\s+(?:\w+ )?$|[到至]$", before)
                and not ranged
                and quantity.agrees(start[-1])
                and not quantity.agrees(end[0])
            ):
                return True
            if re.match(
                r"[^,.;]{0,20}\b(?:instead of|rather than|statt|au lieu de|down from)\b", after
            ) and quantity.agrees(start[-1]):
                return True
    return False


def wrong_date(text: str, unit: Unit) -> Iterator[str]:
    """A short reason for each date of ``text`` that the dates of ``unit`` do not bear out."""
    for claim in when.date_claims(text):
        if unit.years and (
            claim.is_open
            or claim.date.year != {"start": unit.years[0], "end": unit.years[1]}.get(claim.side, claim.date.year)
        ):
            yield "date.joined"
            continue
        before = re.split(r"[;；]", text[: claim.start])[-1][-70:]
        opens = len(re.findall(r"[^\W\d_]", re.split(r"[,，]", before)[-1])) < 6
        behind = re.split(r"[,;，；]", text[claim.end :])[0][:45] if opens else ""
        clause = before + text[claim.start : claim.end] + behind
        if not when.holds(claim, unit.text, list(unit.periods), list(unit.dates), clause):
            yield "date.near" if _is_printed(claim, unit) else "date"
    if says_whole(fold(text), list(unit.periods)):
        yield "date.whole"
    if unit.joined:
        if when.says_now(text) and not all(p.current for p in unit.joined):
            yield "date.now"
        if when.says_past(text) and any(p.current for p in unit.joined):
            yield "date.past"
    if unit.periods and len(unit.periods) == 1:
        period = unit.periods[0]
        if when.says_now(text) and not period.current and not when.says_now(unit.text):
            yield "date.now"
        if when.says_past(text) and period.current:
            yield "date.past"
        over = period.end is not None and not period.current and isinstance(unit.fact, Position | Honour | Item)
        over = over and getattr(unit.fact, "kind", "") not in {"grant", "patent", "talk"}
        if over and unit.is_entry and when.says_present(text):
            yield "date.present"
    ranged = find_period(text)
    if ranged and ranged.period.start and ranged.period.end and ranged.period.start.month and unit.periods:
        ends = (ranged.period.start, ranged.period.end)
        if not any((p.start, p.end) == ends for p in unit.periods):
            yield "date.range"


def _is_printed(claim: when.DateClaim, unit: Unit) -> bool:
    """Whether the year of a date that does not follow is there all the same, as the wrong side of a period or inside of it."""
    dates = [*unit.dates, *(d for p in unit.periods for d in (p.start, p.end) if d)]
    return any(d.year == claim.date.year for d in dates)
