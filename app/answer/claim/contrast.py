"""What a claim and its source set against each other: more than what, instead of what, this one whereas that one, and words that exclude each other."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.tokens import Token, read
from app.answer.claim.words import CJK, claim_words, vocabulary
from ingest.lexical import stem

_THAN = re.compile(
    r"\b(?:than|compared (?:to|with)|in comparison (?:to|with)|relative to|instead of|rather than|in place of|as opposed to|"
    r"as (?:much|many|often|well|large|fast|high|long|strongly|likely) as|against|outperform\w*|surpass\w*|"
    r"beats?|exceed\w*|als|im vergleich (?:zu|mit)|gegenuber|anstatt|statt|que|par rapport (?:a|au|aux)|au lieu d[eu']|surpasse\w*|"
    r"depasse\w*)\b|(?<=[快慢高低好差多少优])于|优于|胜过|超过|而不是|而非",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\b(?:whereas|while|wahrend|tandis que|alors que)\b|而(?!非|不)", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]|\b(?:and|but|whereas|while|und|et|wahrend|tandis que)\b|[,;。]|而")
_NAME = re.compile(r"\b[A-Z][\w.]*(?:-[A-Z0-9][\w.]*)*\b")
_CLASHES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(two, re.IGNORECASE))
    for one, two in [
        (
            r"\bfull[- ]?time\b|\bhauptberuflich|\bhauptamtlich|\bvollzeit|\btemps plein\b|全职",
            r"\bpart[- ]?time\b|\bnebentat|\bnebenberuf|\bteilzeit|\btemps partiel\b|兼职|\(\d\d? ?%\)",
        ),
        (
            r"\b(?:by|during the) day\b|\bdaytime\b|\bde jour\b|\btagsuber\b|\bbei tag\b|白天",
            r"\bnight|\bnachts|\bnuit|夜",
        ),
        (r"\bexperiment\w*|\bempiric\w*|\bempirisch|实验", r"\btheor(?:y|etical\w*|etisch\w*|ique\w*)|理论"),
        (r"\btraining[- ]time\b|\bat training\b", r"\b(?:inference|test)[- ]time\b|\bat (?:inference|test)\b"),
        (
            r"\b(?:reach(?:es|ed)?|attain(?:s|ed)?|surpass(?:es|ed)?|achieved)\b",
            r"\b(?:nearing|close to|approach(?:es|ing)|on the way to)\b",
        ),
        (r"\b(?:first|then|before|after|afterwards)\b", r"\b(?:concurrently|simultaneously|at the same time)\b"),
        (r"\bfull professor|\btenured\b|\bordentliche", r"\b(?:associate|assistant|adjunct|visiting) professor"),
        (r"\bseparate(?:ly)?\b", r"\bcommon\b|\bshared?\b"),
        (
            r"\boutperform|\bsurpass|\bexceed|\bbeats?\b|\bbetter than|\bsuperior|\bahead of|\bhigher than",
            r"\bfalls? short|\bbehind\b|\bworse than|\bunderperform|\binferior|\bon (?:a )?par|\bmatch(?:es|ed|ing)?\b|\bcomparabl|\bequal to",
        ),
        (r"\d ?% (?:over|above)\b", r"\d ?% (?:below|under)\b"),
        (r"\bin chief\b|\ben chef\b|\bchefredak|\bhauptherausgeb|主编", r"\bassociate|\bassocie|\basociad|副"),
        (
            r"\bcatedratic|\bfull professor|\bordentlich",
            r"\btitular\b|\bassociate prof|\bmaitre\w* de conf|\bjuniorprof",
        ),
    ]
)


def clashes(text: str, source: str) -> bool:
    """Whether ``text`` has a phrase in the place of one that excludes it, which the source has alone."""
    said, there = fold(text), fold(source)
    for one, two in _CLASHES:
        for here, other in ((one, two), (two, one)):
            if here.search(said) and other.search(there) and not other.search(said) and not here.search(there):
                return True
    return False


def crossed(text: str, source: str) -> bool:
    """Whether the two sides of a comparison, or of a "whereas", have changed places."""
    return _exchanged(text, source) or _mixed(text, source)


def _exchanged(text: str, source: str) -> bool:
    """What stands behind "than" stands before it in the source, and the other way round."""
    here, there = _THAN.search(fold(text)), _THAN.search(fold(source))
    if not here or not there:
        return False
    mine = _sides(text, here)
    for marker in _THAN.finditer(fold(source)):
        its = _sides(source, marker)
        before, after = mine[0] - mine[1], mine[1] - mine[0]
        its_before, its_after = its[0] - its[1], its[1] - its[0]
        names = before & its_after
        if names and after & its_before and not before & its_before & _named(text) and not after & its_after:
            return True
        if names & _named(text) and not after & its_after and after & its_before:
            return True
    return False


def _sides(text: str, marker: re.Match[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of content on both sides of a comparison: all of the sentence before it, the first words behind it."""
    after = re.split(r"[,;.()]|\bwhen\b", text[marker.end() :], maxsplit=1)[0]
    for cut in re.finditer(r"\bon\b|\bfor\b|\bin\b|\bwith\b", after):
        if len(_ordered(after[: cut.start()])) > 1:
            after = after[: cut.start()]
            break
    return _stems(text[: marker.start()]), frozenset(list(_ordered(after))[:6])


def _stems(text: str) -> frozenset[str]:
    return frozenset(_ordered(text))


def _ordered(text: str) -> list[str]:
    if CJK.search(text):
        known = vocabulary("")
        return [t for w in claim_words(text, "zh", known) if not w.is_free for t in w.terms if not t.startswith("=")]
    return [stem(t.text) for t in read(text) if not t.is_free and not t.is_number]


def _named(text: str) -> frozenset[str]:
    return frozenset(stem(fold(part)) for m in _NAME.finditer(text) for part in re.findall(r"[^\W_]+", m[0]))


def _mixed(text: str, source: str) -> bool:
    """A clause that says of the one what the source says of the other."""
    parts = _AGAINST.split(source)
    if len(parts) != 2:
        return False
    names = [frozenset(m[0] for m in _NAME.finditer(part) if part[: m.start()].strip()) for part in parts]
    first = [_leading(part) for part in parts]
    if not first[0] or not first[1] or first[0] == first[1]:
        return False
    terms = [_terms(read(part)) for part in parts]
    own = [terms[0] - terms[1], terms[1] - terms[0]]
    for clause in _CLAUSE.split(text):
        there = {m[0] for m in _NAME.finditer(clause)}
        said = {
            t
            for w in claim_words(clause, "zh" if CJK.search(clause) else "en", vocabulary(""))
            if not w.is_free
            for t in w.terms
        }
        for side in (0, 1):
            mine, other = first[side], first[1 - side]
            if mine not in there or other in there:
                continue
            more = (names[1 - side] - names[side] - {mine, other}) & there
            if (more or said & own[1 - side]) and not said & (own[side] - {stem(fold(mine))} - _terms(read(mine))):
                return True
    return False


def _leading(part: str) -> str | None:
    """The name that a half of a contrast is about: the first word of it, or of its last sentence."""
    last = re.split(r"(?<=[.!?])\s+", part.strip())[-1]
    match = _NAME.match(last.strip())
    return match[0] if match and (any(c.isupper() for c in match[0][1:]) or "-" in match[0]) else None


def _terms(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset(t for token in tokens if not token.is_free for t in token.terms)
