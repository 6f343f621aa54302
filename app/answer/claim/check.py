"""Whether one claim follows from one unit of evidence, piece by piece; the answer is a short reason, or nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.answer.claim import marks, people, polarity, recency, relations, when
from app.answer.claim.figures import undated, wrong_date, wrong_number
from app.answer.claim.folding import fold
from app.answer.claim.language import claim_language
from app.answer.claim.quantities import quantities
from app.answer.claim.scales import misscaled
from app.answer.claim.status import overstated
from app.answer.claim.turns import turned, window_of
from app.answer.claim.unit import Line, Unit
from app.answer.claim.words import CJK, Word, claim_words, in_pieces
from ingest.dates import find_period
from ingest.domain import Profile, Record
from ingest.lexical import stem

_BOUNDED = re.compile(
    r"\b(?:less|more|fewer|up|at (?:most|least)|no more|as (?:much|many)|about|around|roughly|nearly|almost|over|under)\s+(?:than|to|"
    r"as)?\s*(?=[\d$€£<])|最多|至少|超过|不到",
    re.IGNORECASE,
)
_PREFIXED = re.compile(r"\b(off|non|anti|over|under|un|semi|self|mis|counter)[-‐‑](\w+)")
"""Compounds whose first part turns the second; they must stand in the source as they are."""
_SOFT, _SOFT_SHARE = 2, 0.34
"""How many framing words may have no counterpart: that many, or that share of the words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a claim does not follow from a unit, and how much of its content is there (0 to 1; higher is better)."""

    reasons: tuple[str, ...]
    """Short codes, "binding.count": what is wrong, and which look found it."""
    coverage: float
    missing: tuple[Word, ...] = ()
    total: int = 0
    """Words of content that were looked for."""
    window: tuple[Line, ...] = ()
    """The lines of the unit that have most of the claim."""

    @property
    def reason(self) -> str | None:
        """The first of the reasons, without the look that found it; ``None``: nothing speaks against the claim."""
        return self.reasons[0].partition(".")[0] if self.reasons else None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What else a claim may say: numbers that counting gives, and the names of the profile's person."""

    counts: frozenset[float]
    names: frozenset[str]
    """Folded words."""
    record: Record


def check(text: str, unit: Unit, allowed: Allowed) -> Finding:
    """Whether ``unit`` holds what ``text``, a sentence without marks, says."""
    plain = recency.settled(_plain(text, unit), unit, allowed.record)
    if plain is None:
        return Finding(("superlative.record",), 0.0)
    text, language = plain, claim_language(text)
    words = claim_words(text, language, unit.vocabulary)
    missing, total = _missing(text, words, unit, allowed, language)
    coverage = 1 - len(missing) / total if total else 1.0
    window = window_of(words, unit)
    reasons = [*dict.fromkeys(_reasons(text, words, missing, window, unit, allowed))]
    hard = [w for w in missing if not w.is_soft]
    if hard or len(missing) > max(_SOFT, _SOFT_SHARE * total) or len(missing) == total > 0:
        reasons.append("content")
    return Finding(tuple(reasons), coverage, tuple(missing), total, tuple(window))


def _reasons(
    text: str, words: Sequence[Word], missing: Sequence[Word], window: list[Line], unit: Unit, allowed: Allowed
) -> Iterator[str]:
    """What speaks against the claim, the cheap looks first."""
    yield from wrong_number(text, unit, allowed.counts, claim_language(text))
    yield from wrong_date(text, unit)
    yield from _names(text, missing, words, unit, allowed)
    yield from _quotes(text, unit)
    yield from turned(text, words, window, unit)
    yield from relations.misplaced(text, undated(text), window, unit)
    yield from overstated(text, window, unit)
    yield from misscaled(text, window, unit)


_EACH = frozenset({"every", "each", "jeden", "jede", "jedes", "chaque"})
_TIME = re.compile(
    r"\s+(?:second|minute|hour|day|week|month|year|spring|summer|autumn|winter|sekunde|stunde|tag|woche|monat|jahr|seconde|heure|jour|semaine|mois|an)\b",
    re.I,
)
_VOID = re.compile(
    r"\b(?:(?:is |are )?no longer (?:valid|active|in force)|nicht mehr gultig|n['’]est plus valable)\b|不再有效",
    re.IGNORECASE,
)


def _plain(text: str, unit: Unit) -> str:
    """``text`` with what is said by a negation or a set phrase said plainly."""
    if _VOID.search(fold(text)) and polarity.RESERVES.search(fold(unit.text)):
        text = _VOID.sub("expired", text)
    return re.sub(r"\babove all\b", "especially", text)


@lru_cache(maxsize=2_000)
def _taken(text: str) -> tuple[tuple[int, int], ...]:
    """Where dates, numbers and durations stand."""
    spots = [(when.part_start(text, c.start), c.end) for c in when.date_claims(text)]
    spots += [(d.start, d.end) for d in when.durations(text)]
    spots += [(m.start(), m.end()) for m in _BOUNDED.finditer(text)]
    ranged = find_period(text)
    spots += [(ranged.start, ranged.end)] if ranged else []
    spots += people.rank_spots(text) + polarity.negation_spots(text)
    return tuple(spots + [(q.start, q.end) for q in quantities(text)])


def _missing(text: str, words: Sequence[Word], unit: Unit, allowed: Allowed, language: str) -> tuple[list[Word], int]:
    taken = _taken(text)
    missing: list[Word] = []
    total = 0
    literal = unit.vocabulary.words
    for word in words:
        if any(a < word.end and word.start < b for a, b in taken) or _is_own(word, allowed):
            continue
        if polarity.is_negation(word.text):
            continue
        if fold(word.text) == "only" and re.match(r"\s+(?:an?|one|the|modest|small|minor|\d)\b", text[word.end :]):
            continue
        if fold(word.text) in _EACH and _TIME.match(text[word.end :]):
            continue
        if fold(word.text) == "first" and re.search(
            r"\b(?:then|later|now|since|afterwards)\b|\bfirst of (?:them|these|which|the)\b", text
        ):
            continue
        if word.is_free and not (language == "en" and word.is_capital and word.start > words[0].start):
            continue
        if word.is_free and fold(word.text) not in literal and not re.search(r"[:“\"(]\s*$", text[: word.start]):
            missing.append(word)
            continue
        total += 1
        folded = re.sub(r"['’]s?$", "", fold(word.text))
        if folded in literal or folded in unit.initials or folded.rstrip("s") in unit.initials:
            continue
        is_name = (
            ((language == "en" and unit.language in {"en", language}) or (language != "de" and len(word.terms) < 2))
            and word.is_capital
            and word.start > words[0].start
            and not CJK.search(word.text)
        )
        if (is_name and folded not in unit.aliases_words and stem(folded) not in unit.stems) or not (
            unit.vocabulary.covers(word) or in_pieces(word, unit.vocabulary)
        ):
            missing.append(word)
    for match in _PREFIXED.finditer(fold(text)):
        if (
            match[1] + match[2] not in literal
            and f"{match[1]} {match[2]}" not in unit.vocabulary.text
            and match[0] not in unit.vocabulary.text
        ):
            missing.append(Word(match[0], match.start(), match.end(), frozenset()))
    return missing, total


def _is_own(word: Word, allowed: Allowed) -> bool:
    """Whether a word belongs to the name of the profile's person; a Chinese name may have come in pieces."""
    return re.sub(r"['’]s?$", "", fold(word.text)) in allowed.names or bool(
        CJK.fullmatch(word.text) and any(word.text in n for n in allowed.names)
    )


def _names(text: str, missing: Sequence[Word], words: Sequence[Word], unit: Unit, allowed: Allowed) -> Iterator[str]:
    """A missing word that is a name; two words of a name that do not stand together in the source."""
    language = claim_language(text)
    for word in missing:
        if CJK.search(word.text):
            continue
        first = words and word.start == words[0].start
        inner = any(c.isupper() for c in word.text[1:]) or any(c.isdigit() for c in word.text)
        if (word.is_capital and not first and language != "de") or inner:
            yield "name"
        elif word.is_capital and not first:
            yield "name.noun"
    source = unit.vocabulary.text
    printed = {w for line in unit.lines for w in line.vocabulary.words}
    for one, two in pairwise(words):
        if (
            not (one.text[:1].isupper() and two.text[:1].isupper())
            or two.start - one.end > 1
            or one.is_free
            or two.is_free
        ):
            continue
        if re.fullmatch(r"[A-Z]{2,}s", one.text) or (
            language == "de" and two.start - one.end == 1 and text[one.end] in "-‐‑"
        ):
            continue
        a, b = fold(one.text), fold(two.text)
        if {a, b} & allowed.names or not {a, b} <= printed:
            continue
        last = re.escape(re.sub("s$", "", b))
        between = r"[\s./,()‐‑–-]*(?:(?:\w\.|of|the|and|for|in|von|der|de|&)[\s‐‑-]+){0,2}(?:\w+[\s‐‑-]+)?"
        turned_round = rf"\b{re.escape(b)},?\s+(?:\w\W+)?{re.escape(a)}\b"
        if not re.search(rf"\b{re.escape(a)}{between}{last}s?\b|{turned_round}", source):
            yield "name.pair"


def _quotes(text: str, unit: Unit) -> Iterator[str]:
    source = _literal(unit.text + " \n " + unit.heading)
    for quote in marks.quotes(text):
        if _literal(quote) not in source:
            yield "quote"


def is_printed(text: str, unit: Unit) -> bool:
    """Whether ``text`` is the whole of a unit, or a whole sentence or line of it, word for word."""
    said = _literal(text)
    return bool(said) and said in {_literal(unit.text), *(_literal(line.text) for line in unit.lines)}


def _literal(text: str) -> str:
    return " ".join(re.sub(r"[‘’‚‛′]", "'", re.sub(r"[‐‑–—]", "-", fold(text))).split()).strip(" .,;:!?")


def own_names(profile: Profile) -> frozenset[str]:
    """The folded words of the person's names."""
    return frozenset(w for name in profile.names for w in re.findall(r"[^\W_]+", fold(name))) | frozenset(
        c for name in profile.names for c in CJK.findall(name)
    )
