"""Whether one claim follows from one unit of evidence, piece by piece; the answer is a short reason, or nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.answer.claim import marks, people, polarity, relations, when
from app.answer.claim.quantities import Quantity, quantities
from app.answer.claim.unit import Line, Unit
from app.answer.claim.words import CJK, Word, claim_language, claim_words, lexicon, terms_of
from ingest.dates import find_period
from ingest.domain import Honour, Item, Position, Profile, Publication
from ingest.extract.words import fold
from ingest.lexical import stem


_BOUNDED = re.compile(r"\b(?:less|more|fewer|up|at (?:most|least)|no more|as (?:much|many)|about|around|roughly|nearly|almost|over|under)\s+(?:than|to|as)?\s*(?=[\d$€£<])|最多|至少|超过|不到", re.IGNORECASE)
_PREFIXED = re.compile(r"\b(off|non|anti|over|under|un|semi|self|mis|counter)[-‐‑](\w+)")
"""Compounds whose first part turns the second; they must stand in the source as they are."""
_SOFT, _SOFT_SHARE = 2, 0.34
"""How many framing words may have no counterpart: that many, or that share of the words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a claim does not follow from a unit, and how much of its content is there (0 to 1; higher is better)."""

    reason: str | None
    coverage: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What else a claim may say: numbers that counting gives, and the names of the profile's person."""

    counts: frozenset[float]
    names: frozenset[str]
    """Folded words."""
    profile: Profile


def check(text: str, unit: Unit, allowed: Allowed, budget: float) -> Finding:
    """Whether ``unit`` holds what ``text``, a sentence without marks, says; ``budget`` is the share of words that may go without."""
    language = claim_language(text)
    words = list(claim_words(text, language, unit.vocabulary))
    taken = _taken(text)
    window = _window(words, unit)
    missing, total = _missing(text, words, taken, unit, allowed, language)
    coverage = 1 - len(missing) / total if total else 1.0
    for reason in (
        _numbers(text, unit, allowed, language),
        _dates(text, unit),
        _names(missing, words, unit, allowed),
        _quotes(text, unit),
        _turned(text, words, window, unit),
        relations.misplaced(text, _undated(text), window, unit),
    ):
        if reason:
            return Finding(reason, coverage, tuple(w.text for w in missing))
    hard = [w for w in missing if not w.is_soft]
    if len(hard) > budget * total or len(missing) > max(_SOFT, _SOFT_SHARE * total) or len(missing) == total > 0:
        return Finding("content", coverage, tuple(w.text for w in missing))
    return Finding(None, coverage, tuple(w.text for w in missing))


def _taken(text: str) -> list[tuple[int, int]]:
    """Where dates, numbers and durations stand."""
    spots = [(c.start, c.end) for c in when.date_claims(text)]
    spots += [(d.start, d.end) for d in when.durations(text)]
    spots += [(m.start(), m.end()) for m in _BOUNDED.finditer(text)]
    ranged = find_period(text)
    spots += [(ranged.start, ranged.end)] if ranged else []
    spots += people.rank_spots(text) + polarity.negation_spots(text)
    return spots + [(q.start, q.end) for q in quantities(text)]


def _missing(
    text: str, words: Sequence[Word], taken: list[tuple[int, int]], unit: Unit, allowed: Allowed, language: str
) -> tuple[list[Word], int]:
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
        if fold(word.text) == "first" and re.search(r"\b(?:then|later|now|since|afterwards)\b", text):
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
        is_name = ((language == "en" and unit.language in {"en", language}) or (language != "de" and len(word.terms) < 2)) and word.is_capital and word.start > words[0].start and not CJK.search(word.text)
        if is_name and folded not in unit.aliases_words and stem(folded) not in unit.stems:
            missing.append(word)
        elif not unit.vocabulary.covers(word):
            missing.append(word)
    for match in _PREFIXED.finditer(fold(text)):
        if match[1] + match[2] not in literal and f"{match[1]} {match[2]}" not in unit.vocabulary.text and match[0] not in unit.vocabulary.text:
            missing.append(Word(match[0], match.start(), match.end(), frozenset()))
    return missing, total


def _is_own(word: Word, allowed: Allowed) -> bool:
    """Whether a word belongs to the name of the profile's person; a Chinese name may have come in pieces."""
    return fold(word.text) in allowed.names or bool(CJK.fullmatch(word.text) and any(word.text in n for n in allowed.names))


def _names(missing: Sequence[Word], words: Sequence[Word], unit: Unit, allowed: Allowed) -> str | None:
    """A missing word that is a name; two words of a name that do not stand together in the source."""
    for word in missing:
        if CJK.search(word.text):
            continue
        first = words and word.start == words[0].start
        inner = any(c.isupper() for c in word.text[1:]) or any(c.isdigit() for c in word.text)
        if (word.is_capital and not first) or inner:
            return "name"
    source = fold(unit.text + " \n " + unit.heading)
    for one, two in zip(words, words[1:], strict=False):
        if not (one.text[:1].isupper() and two.text[:1].isupper()) or two.start - one.end > 1 or one.is_free or two.is_free:
            continue
        a, b = fold(one.text), fold(two.text)
        if {a, b} & allowed.names or a not in unit.vocabulary.words or b not in unit.vocabulary.words:
            continue
        if not re.search(rf"\b{re.escape(a)}[\s.‐‑-]+(?:[\w.]+[\s‐‑-]+){{0,2}}?{re.escape(re.sub('s$', '', b))}s?\b|\b{re.escape(b)},?\s+(?:\w\W+)?{re.escape(a)}\b", source):
            return "name"
    return None


def _numbers(text: str, unit: Unit, allowed: Allowed, language: str) -> str | None:
    dates = [(c.start, c.end) for c in when.date_claims(text)] + people.rank_spots(text)
    lengths = list(when.durations(text))
    claimed = [q for q in quantities(text) if not any(a <= q.start < b for a, b in dates)]
    printed = {d.months for d in when.durations(unit.text)}
    for quantity in claimed:
        length = next((d for d in lengths if d.start <= quantity.start < d.end), None)
        if length and length.months not in printed and not _lasts(length, unit):
            return "number"
        if any(q.agrees(quantity) and _same_kind(quantity, q) for q in unit.quantities):
            reason = _bound(quantity, unit) or (_beside(text, quantity, unit) if language == "en" else None)
            if reason:
                return reason
            continue
        if quantity.is_ordinal and _ordinal_word(text, quantity, unit):
            continue
        if length:
            continue
        if not quantity.is_percent and quantity.values & (allowed.counts | _counted(unit)):
            continue
        return "number"
    for length in lengths:
        if not any(length.start <= q.start < length.end for q in claimed) and length.months > 1 and not _lasts(length, unit) and length.months != 12:
            return "number"
    for one, two in re.findall(r"(?<![\d.,])(\d+) (?:out )?(?:of|von|sur)(?: the| den)? (\d+)(?![\d.,])", fold(text)):
        if not re.search(rf"(?<![\d.,]){one}\s*(?:/|(?:out )?(?:of|von|sur)(?: the| den)?)\s*{two}(?!\d)", unit.vocabulary.text) and f"{one}/{two}" not in fold(unit.text):
            return "number"
    return _order(text, claimed, unit)


def _undated(text: str) -> list[Quantity]:
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
    if "over" in printed or (claimed.bound == "over" and claimed.values and max(claimed.values) < 10):
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
        return None if 2 * sum(_alike(w, set(unit.vocabulary.words)) for w in near) >= len(near) else "binding"
    for line in unit.lines:
        folded = fold(line.text)
        for quantity in line.quantities:
            if quantity.agrees(claimed) and _same_kind(claimed, quantity):
                there = _around(folded, quantity.start, quantity.end, 8)
                if not there or 2 * sum(_alike(w, there) for w in near) >= len(near):
                    return None
    folded = fold(unit.heading)
    if any(q.agrees(claimed) for q in quantities(folded)):
        return None
    return "binding"


def _around(text: str, start: int, end: int, size: int) -> set[str]:
    before = re.findall(r"[^\W\d_]+", text[max(0, start - 100) : start])[-size:]
    after = re.findall(r"[^\W\d_]+", text[end : end + 100])[:size]
    return {w for w in (*before, *after) if w not in lexicon().free and w not in lexicon().soft}


def _alike(word: str, there: set[str]) -> bool:
    mine = terms_of(word)
    return any(not mine.isdisjoint(terms_of(other)) for other in there) or bool(CJK.search(word))


def _order(text: str, claimed: Sequence[Quantity], unit: Unit) -> str | None:
    """Two numbers that go "from one to the other" in the opposite direction than in the source."""
    for one, two in zip(claimed, claimed[1:], strict=False):
        if not re.search(r"^\W*\S{0,3}\W*(?:\S+\s){0,2}?(?:to|auf|à|到|至|zu)\s", text[one.end : two.start] + " "):
            continue
        for line in unit.lines:
            first = [q for q in line.quantities if q.agrees(one)]
            second = [q for q in line.quantities if q.agrees(two)]
            if first and second and one.values != two.values and min(q.start for q in first) > min(q.start for q in second):
                return "order"
    return None


def _dates(text: str, unit: Unit) -> str | None:
    for claim in when.date_claims(text):
        clause = re.split(r"[;；]", text[: claim.start])[-1][-70:] + text[claim.start : claim.end]
        if not when.holds(claim, unit.text, list(unit.periods), list(unit.dates), clause):
            return "date"
    if unit.periods and len(unit.periods) == 1:
        period = unit.periods[0]
        if when.says_now(text) and not period.current:
            return "date"
        if when.says_past(text) and period.current:
            return "date"
        over = period.end is not None and not period.current and isinstance(unit.fact, Position | Honour | Item)
        if over and unit.is_entry and when.says_present(text):
            return "date"
    ranged = find_period(text)
    if ranged and ranged.period.start and ranged.period.end and ranged.period.start.month and unit.periods:
        if not any(p.start == ranged.period.start and p.end == ranged.period.end for p in unit.periods):
            return "date"
    return None


def _quotes(text: str, unit: Unit) -> str | None:
    source = _literal(unit.text + " \n " + unit.heading)
    for quote in marks.quotes(text):
        if _literal(quote) not in source:
            return "quote"
    return None


def _literal(text: str) -> str:
    return " ".join(re.sub(r"[‘’‚‛′]", "'", re.sub(r"[‐‑–—]", "-", fold(text))).split()).strip(" .,;:!?")


def _window(words: Sequence[Word], unit: Unit) -> list[Line]:
    """The one to three lines of the unit that cover most of the claim."""
    wanted = [w for w in words if not w.is_free]
    left, chosen = list(wanted), []
    for _ in range(3):
        best = max(unit.lines, key=lambda line: sum(line.vocabulary.covers(w) for w in left), default=None)
        if best is None or best in chosen or not any(best.vocabulary.covers(w) for w in left):
            break
        chosen.append(best)
        left = [w for w in left if not best.vocabulary.covers(w)]
    return chosen


def _turned(text: str, words: Sequence[Word], window: list[Line], unit: Unit) -> str | None:
    """A negation, an opposite, an absolute word, a cause or praise that the source does not have."""
    source = " \n ".join(line.text for line in window)
    whole = f"{unit.text} \n {unit.heading}"
    here, there = polarity.negated(text), polarity.negated(source)
    if here.is_any and not polarity.negated(unit.text).is_any:
        return "negation"
    if here.is_any and not there.is_any and not polarity.negated(whole).stems & {t for w in words for t in w.terms}:
        return "negation"
    if unit.language == "en" == claim_language(text) and here.is_any and here.stems and there.stems and not _terms(" ".join(here.stems)) & _terms(" ".join(polarity.negated(unit.text).stems)):
        return "negation"
    if not here.is_any and there.is_any:
        positive = _terms(there.rest)
        for word in words:
            if not word.is_free and word.terms & there.stems and not word.terms & positive:
                return "negation"
    if relations.opposed(text, window):
        return "antonym"
    for word in words:
        against = polarity.opposites(stem(fold(word.text)))
        if against and not unit.vocabulary.covers(word) and against & unit.vocabulary.terms:
            return "antonym"
        if against and fold(word.text) not in unit.vocabulary.words and stem(fold(word.text)) not in unit.vocabulary.terms:
            there_terms = {t for line in window for t in line.vocabulary.terms}
            if against & there_terms and word.terms.isdisjoint(there_terms - {f"={t}" for t in ()}):
                return "antonym"
    for name, pattern in (("role", polarity.ALONE), ("superlative", polarity.SUPERLATIVE), ("praise", polarity.PRAISE)):
        if polarity.stated(pattern, text, whole):
            return name
    if polarity.CAUSE.search(fold(text)) and not polarity.has_cause(source or whole):
        return "cause"
    if polarity.CERTAIN.search(fold(text)) and not polarity.CERTAIN.search(fold(source)):
        return "hedge"
    return _hedge(text, words, unit)


def _terms(text: str) -> frozenset[str]:
    return frozenset(t for w in re.findall(r"[^\W\d_]+", text) for t in terms_of(w))


def _hedge(text: str, words: Sequence[Word], unit: Unit) -> str | None:
    """A word that makes the source's entry less than the claim says, and that the claim leaves out."""
    if not unit.is_entry:
        return None
    said = fold(text)
    if polarity.RESERVES.search(fold(unit.text)) and not polarity.RESERVED.search(said):
        return "hedge"
    host = re.search(r"\b[\w-]+@([\w-]+?)(?:-\d{4})?\b", fold(unit.text))
    if host and host[1] in said and "workshop" not in said and host[0].split("@")[0] not in said:
        return "hedge"
    own = {stem(fold(w.text)) for w in words}
    for match in re.finditer(r"\bco-?(\w{2,})", fold(unit.text)):
        if stem(match[1]) in own and not re.search(r"\bco\b|\bco-|\bjoint|\btogether|\bzusammen|\bmit|\bensemble", said) and f"co{match[1]}" not in said:
            return "hedge"
    for match in polarity.HEDGES.finditer(fold(unit.text)):
        hedge = match[0]
        if stem(hedge) in {stem(w) for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", said)} or hedge[:6] in said:
            continue
        line = fold(unit.text)
        beside = _content(re.split(r"[\n,.;()]", line[match.end() : match.end() + 40])[0], unit.language)[:1]
        beside += _content(re.split(r"[\n,.;()]", line[max(0, match.start() - 40) : match.start()])[-1], unit.language)[-1:]
        if any(stem(b) == stem(fold(w.text)) and len(b) > 2 and not w.is_free for w in words for b in beside):
            if not any(w.terms & terms_of(hedge) for w in words):
                return "hedge"
    return None


def _content(text: str, language: str) -> list[str]:
    free = lexicon().free_of.get(language, lexicon().free)
    return [w for w in re.findall(r"[^\W\d_]+", text) if w not in free]


def own_names(profile: Profile) -> frozenset[str]:
    """The folded words of the person's names."""
    return frozenset(w for name in profile.names for w in re.findall(r"[^\W_]+", fold(name))) | frozenset(
        c for name in profile.names for c in CJK.findall(name)
    )
