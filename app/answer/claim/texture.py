"""What sort of sentence a claim is, and how its words lie in the source: skipped words between them, turned order; signs without a verdict of their own."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from app.answer.claim.figures import undated
from app.answer.claim.folding import fold
from app.answer.claim.unit import Line, Unit
from app.answer.claim.when import date_claims
from app.answer.claim.words import Vocabulary, Word, claim_words, vocabulary
from ingest.lexical import stem

_SAYS = {
    "compare": r"\b(?:than|as \w+ as|more|less|most|fewer|higher|lower|better|worse|als|mehr|weniger|plus|moins|mas|menos)\b|比|更|最",
    "negation": r"\b(?:not|no|never|without|nicht|kein\w*|ohne|pas|sans|sin|nunca)\b|不|没有|未",
    "purpose": r"\b(?:because|to \w+ (?:the|a|her|his)|so that|in order|after|before|while|when|"
    r"weil|um|nachdem|bevor|parce|afin|apres|avant|porque|tras)\b|为了|因|之后",
    "change": r"\b(?:increas|reduc|rais|lower|drop|grew|fell|rose|cut|steig|senk|augment|redui|reduj|aument)\w*|提高|降低|增加|减少",
    "finding": r"\b(?:show|found|find|suggest|demonstrat|argue|report|prove|zeig|montr|muestr)\w*|表明|发现",
    "leads": r"\b(?:led|lead|leads|head|heads|headed|direct\w*|leit\w*|dirig\w*|coordin\w*|chief|founded|manag\w*)\b|领导|主持|主任|负责",
    "all": r"\b(?:all|every|always|only|both|each|any|none|alle|immer|nur|tous|toutes|seul\w*|todos|todas|solo)\b|所有|都|只|仅",
    "present": r"\b(?:is|are|has|currently|now|still|ist|sind|est|sont|es|esta)\b|目前|现",
    "relative": r"\b(?:which|whose|where|who|der|die|dont|qui|que|cuyo|donde)\b",
}
"""Sorts of statements in which models err more or less often."""
_PATTERNS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _SAYS.items()}


_FIELDS = (
    "role",
    "organisation",
    "group",
    "place",
    "title",
    "institution",
    "field",
    "supervisors",
    "authors",
    "venue",
    "venue_tag",
    "name",
)


def texture(text: str, language: str, unit: Unit, window: Sequence[Line]) -> dict[str, float]:
    """Signs of the sort of claim in ``language``, and of how its words lie in the lines that have most of them."""
    said = fold(text)
    found = {f"says.{name}": 1.0 for name, pattern in _PATTERNS.items() if pattern.search(said)}
    found["says.numbers"] = min(4.0, len(undated(text)))
    found["says.dates"] = min(3.0, len(date_claims(text)))
    found["says.clauses"] = min(4.0, len(re.findall(r"[,;，；]", text)))
    found[f"in.{language}"] = 1.0
    found[f"from.{unit.language}"] = 1.0
    if window:
        words = [w for w in claim_words(text, language, unit.vocabulary) if not w.is_free]
        found |= _meant(words, unit)
        found |= _laid(words, window[0], unit)
        found["lines"] = float(len(window))
        found["outside"] = _outside(words, window[0].vocabulary, unit)
    return found


def _meant(words: Sequence[Word], unit: Unit) -> dict[str, float]:
    """How many words the unit has only in other words, and how many are in no field of its fact: names, roles, titles, places."""
    covered = [w for w in words if unit.vocabulary.covers(w)]
    loose = [w for w in covered if fold(w.text) not in unit.vocabulary.words and stem(fold(w.text)) not in unit.stems]
    found = {"laid.loose": min(6.0, len(loose)), "laid.literal": 1 - len(loose) / len(covered) if covered else 0.0}
    values = _values(unit)
    if values:
        known = _words_of(" \n ".join(values), unit.language)
        rest = [w for w in words if not known.covers(w)]
        found |= {"laid.typed": 1.0, "laid.rest": min(8.0, len(rest)), "laid.named": 1 - len(rest) / max(1, len(words))}
        found["laid.whole"] = sum(fold(v) in fold(unit.text) and set(_terms(v)) <= set(_said(words)) for v in values)
    return found


@lru_cache(maxsize=2_000)
def _words_of(text: str, language: str) -> Vocabulary:
    """``vocabulary``, kept: the fields of an entry are asked for with every sentence on it."""
    return vocabulary(text, language)


def _values(unit: Unit) -> list[str]:
    """The fields of the fact of a unit as they are printed."""
    found: list[str] = []
    for name in _FIELDS:
        value = getattr(unit.fact, name, None)
        found += [v for v in (value if isinstance(value, tuple) else (value,)) if isinstance(v, str)]
    return found


def _terms(text: str) -> list[str]:
    return [stem(w) for w in re.findall(r"[^\W_]+", fold(text))]


def _said(words: Sequence[Word]) -> list[str]:
    return [stem(fold(w.text)) for w in words]


def _outside(words: Sequence[Word], line: Vocabulary, unit: Unit) -> float:
    """The share of words that the unit has, but not its best line."""
    there = [w for w in words if unit.vocabulary.covers(w)]
    return sum(not line.covers(w) for w in there) / len(there) if there else 0.0


def _laid(words: Sequence[Word], line: Line, unit: Unit) -> dict[str, float]:
    """How many words of the line lie unsaid between those that are said, what share of neighbours has changed places, and what share of the line is said."""
    spots = [w for w in claim_words(line.text, unit.language, line.vocabulary) if not w.is_free]
    terms = [w.terms | {fold(w.text)} for w in spots]
    places: list[int] = []
    for word in words:
        mine = word.terms | {fold(word.text)}
        at = [i for i, there in enumerate(terms) if there & mine]
        if at:
            places.append(at[0] if not places else min(at, key=lambda i: abs(i - places[-1])))
    if len(places) < 2:
        return {}
    low, high = min(places), max(places)
    inner = high - low + 1
    turned = sum(a > b for a, b in pairwise(places)) / (len(places) - 1)
    leap = sum(abs(a - b) > 4 for a, b in pairwise(places)) / (len(places) - 1)
    return {
        "laid.skipped": (inner - len(set(places))) / inner,
        "laid.turned": turned,
        "laid.leap": leap,
        "laid.share": len(set(places)) / len(spots),
    }
