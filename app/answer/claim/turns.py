"""Whether a claim turns its source round: a negation, an opposite, an absolute word, a cause or praise that is not there, a reservation that is left out."""

import re
from collections.abc import Iterator, Sequence

from app.answer.claim import polarity, relations
from app.answer.claim.contrast import clashes
from app.answer.claim.degrees import same_degree
from app.answer.claim.folding import fold
from app.answer.claim.language import claim_language
from app.answer.claim.lexicon import lexicon, terms_of
from app.answer.claim.unit import Line, Unit
from app.answer.claim.words import Word, vocabulary
from ingest.dates import find_dates
from ingest.lexical import stem

_PROFESSOR = re.compile(r"profess(?:or|eur|ur)|\bprofesor|教授")
_READER = re.compile(r"maitre\w* de conf|\btitular\b|dozent|docent|副教授|\bcatedratic")
_LESSER_CHAIR = re.compile(r"\b(?:associate|assistant|tenured|adjunct|junior)\b|副教授")
"""A rank that nothing else stands for, whatever a chair or a department is called."""
_SHORT = 400
"""Characters of an entry without an abstract: what is "submitted" in an abstract is not the entry."""
_BROAD = frozenset({"=shared_task", "=problem", "=solve", "=task_well"})
"""Concepts too broad to tell that two negations are of one thing."""


def window_of(words: Sequence[Word], unit: Unit) -> list[Line]:
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


def turned(text: str, words: Sequence[Word], window: list[Line], unit: Unit) -> Iterator[str]:
    """Each negation, opposite, absolute word, cause or praise that the source does not have, as a short reason."""
    source = " \n ".join(line.text for line in window)
    whole = f"{unit.text} \n {unit.heading}"
    printed = {t for line in unit.lines for t in line.vocabulary.terms}
    if _is_negated_otherwise(text, words, source, unit):
        yield "negation"
    is_reader = _LESSER_CHAIR.search(fold(text)) and _READER.search(fold(whole))
    if _PROFESSOR.search(fold(text)) and not _PROFESSOR.search(fold(whole)) and not is_reader:
        yield "role.professor"
    if relations.opposed(text, window):
        yield "antonym.opposed"
    if clashes(text, f"{source} \n {unit.text if unit.is_entry else ''}"):
        yield "antonym.clash"
    for word in words:
        against = polarity.opposites(stem(fold(word.text)))
        if fold(word.text) in {"with", "mit", "avec", "after", "before", "prior", "earlier", "later"}:
            continue
        if against and word.terms.isdisjoint(printed) and against & printed:
            yield "antonym.unit"
        elif (
            against
            and fold(word.text) not in unit.vocabulary.words
            and stem(fold(word.text)) not in unit.vocabulary.terms
        ):
            there_terms = {t for line in window for t in line.vocabulary.terms}
            if against & there_terms and word.terms.isdisjoint(there_terms):
                yield "antonym.window"
    for name, pattern in (("role", polarity.ALONE), ("superlative", polarity.SUPERLATIVE), ("praise", polarity.PRAISE)):
        phrase = polarity.stated(pattern, text, whole)
        if phrase and not (name == "superlative" and same_degree(phrase, source or whole)):
            yield name
    if polarity.FINAL.search(fold(text)) and not _says_last(text, unit):
        yield "order.final"
    if (
        re.search(r"\buntil\b", fold(text))
        and not find_dates(text)
        and not re.search(r"\b(?:until|till|before|once)\b", fold(whole))
    ):
        yield "order.until"
    if polarity.CAUSE.search(fold(text)) and not polarity.has_cause(source or whole):
        yield "cause"
    if polarity.CERTAIN.search(fold(text)) and not polarity.CERTAIN.search(fold(source)):
        yield "hedge.certain"
    hedge = _hedge(text, words, unit)
    if hedge:
        yield hedge


def _is_negated_otherwise(text: str, words: Sequence[Word], source: str, unit: Unit) -> bool:
    """Whether the sentence denies what the source affirms, or affirms what it denies."""
    whole = f"{unit.text} \n {unit.heading}"
    here, there = polarity.negated(text), polarity.negated(source)
    if here.is_any and not polarity.negated(unit.text).is_any:
        return True
    if here.is_any and not there.is_any and not polarity.negated(whole).stems & {t for w in words for t in w.terms}:
        return True
    if (
        unit.language == "en" == claim_language(text)
        and here.is_any
        and here.stems
        and there.stems
        and not here.stems & polarity.negated(unit.text).stems
        and not _terms(" ".join(here.stems)) & _terms(" ".join(polarity.negated(unit.text).stems)) - _BROAD
    ):
        return True
    if not here.is_any and there.is_any:
        positive, denied = _terms(there.rest), there.stems
        if claim_language(text) != unit.language:
            positive = vocabulary(there.rest, unit.language).terms
            denied = vocabulary(" ".join(sorted(there.words)), unit.language).terms - positive
        for word in words:
            if not word.is_free and word.terms & denied and not word.terms & positive:
                return True
    return False


def _says_last(text: str, unit: Unit) -> bool:
    """Whether a source has the "last" of a claim: word for word in its own language, else in sense."""
    if claim_language(text) == unit.language:
        return not {"last", "lastly", "letzt", "dernier"}.isdisjoint(unit.vocabulary.terms)
    return "=final" in unit.vocabulary.terms


def _terms(text: str) -> frozenset[str]:
    return frozenset(t for w in re.findall(r"[^\W\d_]+", text) for t in terms_of(w))


def _hedge(text: str, words: Sequence[Word], unit: Unit) -> str | None:
    """A word that makes the source's entry less than the claim says, and that the claim leaves out."""
    if not unit.is_entry:
        return None
    said = fold(_without_names(text, unit))
    words = [w for w in words if said[w.start : w.end].strip()]
    if len(unit.text) < _SHORT and polarity.RESERVES.search(fold(unit.text)) and not polarity.RESERVED.search(said):
        return "hedge.reserve"
    host = re.search(r"\b[\w-]+@([\w-]+?)(?:-\d{4})?\b", fold(unit.text))
    if host and host[1] in said and "workshop" not in said and host[0].split("@")[0] not in said:
        return "hedge.host"
    own = {stem(fold(w.text)) for w in words}
    for match in re.finditer(r"\bco-?(supervis\w*|pi|chair\w*|found\w*|lead\w*|edit\w*|direct\w*|promotor\w*)\b", said):
        if not re.search(rf"\bco-?{match[1][:6]}|\bjoint|\bmit[- ]", fold(unit.text)):
            return "hedge.co_added"
    for match in re.finditer(r"\bco-?(\w{2,})", fold(unit.text)):
        if (
            stem(match[1]) in own
            and not re.search(r"\bco\b|\bco-|\bjoint|\btogether|\bzusammen|\bmit|\bensemble", said)
            and f"co{match[1]}" not in said
        ):
            return "hedge.co_dropped"
    for match in polarity.HEDGES.finditer(fold(unit.text)):
        hedge = match[0]
        if stem(hedge) in {stem(w) for w in re.findall(r"[^\W_]+(?:-[^\W_]+)*", said)} or hedge[:6] in said:
            continue
        beside = {stem(w) for w in _beside(fold(unit.text), match.start(), match.end(), unit.language) if len(w) > 2}
        starts = {b[:6] for b in beside if len(b) > 6}
        is_used = any((stem(fold(w.text)) in beside or fold(w.text)[:6] in starts) and not w.is_free for w in words)
        if is_used and not any(w.terms & terms_of(hedge) for w in words):
            return "hedge.dropped"
    return None


def _without_names(text: str, unit: Unit) -> str:
    """``text`` with blanks for the names of the employer and its groups: "Research" in one is no word of the role."""
    for name in ("organisation", "institution"):
        value = getattr(unit.fact, name, None)
        if value and (at := fold(text).find(fold(value))) >= 0:
            text = text[:at] + " " * len(value) + text[at + len(value) :]
    return text


def _beside(text: str, start: int, end: int, language: str) -> list[str]:
    """The words of content on both sides of a place, inside of its phrase."""
    after = _content(re.split(r"[\n,.;()]", text[end : end + 40])[0], language)[:1]
    before = _content(re.split(r"[\n,.;()]", text[max(0, start - 40) : start])[-1], language)[-1:]
    return [*before, *after]


def _content(text: str, language: str) -> list[str]:
    free = lexicon().free_of.get(language, lexicon().free)
    return [w for w in re.findall(r"[^\W\d_]+", text) if w not in free]
