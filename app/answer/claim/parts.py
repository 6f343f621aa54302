"""Whether a sentence falls into clauses that each follow from one unit of evidence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.answer.claim import marks
from app.answer.claim.check import Allowed, check
from app.answer.claim.folding import fold
from app.answer.claim.language import claim_language
from app.answer.claim.lexicon import name_forms
from app.answer.claim.moves import told_apart
from app.answer.claim.unit import Unit
from app.answer.claim.words import claim_words, vocabulary
from ingest.dates import MONTH
from ingest.domain import Degree, PartialDate, Publication

_MOST = 24
"""Clauses of a sentence that is taken apart."""
_NAMES_BEHIND = re.compile(r"(?:(?<=\s)(?:[\"“„«(]?[A-ZÀ-Ý][\w'’.&+-]*|of|the|and|for|de|der|&)[\s,]*)+$")
_DATE = re.compile(
    r"(?:,?\s*(?:from|to|in|since|until|between|and)?\s*)?\(?\b(?:19|20)\d{2}\b\)?(?:\s*[–-]\s*(?:19|20)\d{2})?"
)
_VERB = re.compile(
    r"\b(?:is|was|were|are|has|have|had|holds?|held|works?|worked|joined|served?|serves|studied|did|took|taught|earned|received|obtained|became|"
    r"started|began|joining|coming|moving|starting|completing|finishing|taking|ist|war|arbeitete?|studierte|hat|hatte|wurde|kam|bei|"
    r"est|etait|a|travaille|travaillait|chez)\b|[在于获任加入]|^\s*(?:before|after|prior|vor|nach|avant|apres|following)\b"
)
_SETTING = re.compile(
    r"(?:At|In|On|As|With|For|During|Under|While at|Bei|Im|In der|Am|An|Als|Mit|Unter|Chez|En|Au|Aux|À|Comme|Pendant|在)\b|在",
    re.UNICODE,
)
_FINITE = re.compile(
    r"\b(?:is|was|were|are|has|have|had|works?|worked|joined|studied|did|took|became|ist|war|arbeitete?|hat|hatte|wurde|est|etait|travaille)\b|[是获任]"
)
_HANGS = re.compile(
    r"\s*(?:which|whose|where|that|qui|dont|où|deren|dessen|cuy[oa]s?|(?:\w+(?:ed|é|ée|és|ées|ado|ada|ados|adas|ido|ida)|led|held|written|run)\s+(?:by|par|por))\b",
    re.IGNORECASE,
)
"""How a clause begins that tells more of what stands before it."""
MONTH_NAME = re.compile(MONTH, re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:then|followed by|later|afterwards|after that|subsequently|puis|ensuite|dann|danach|anschliessend)\b|然后|随后|之后|后来"
)
_EARLIER = re.compile(r"\b(?:before that|prior to that|previously|earlier|davor|zuvor|auparavant)\b|此前|在此之前")
_BEFORE = re.compile(r"\b(?:before|prior to|vor|bevor|avant)\b")
_AFTER = re.compile(r"\b(?:after|following|nach|nachdem|apres)\b")


def in_parts(text: str, found: Sequence[Unit], allowed: Allowed) -> bool:
    """Whether the sentence falls into clauses that each follow from one unit."""
    text = told_apart(text)
    spots = marks.clauses(text)
    if len(spots) < 2 or len(spots) > _MOST:
        return False
    reach = [True] + [False] * len(spots)
    chosen: dict[int, tuple[int, Unit]] = {}
    bare = [_is_bare(text[a:b]) for a, b in spots]
    for last in range(1, len(spots) + 1):
        for first in range(last):
            if not reach[first] or reach[last]:
                continue
            unit = _holder(text, spots, bare, first, last, found, allowed)
            if unit:
                reach[last], chosen[last] = True, (first, unit)
    return reach[-1] and not _out_of_order(text, spots, chosen)


def _holder(
    text: str,
    spots: Sequence[tuple[int, int]],
    bare: Sequence[bool],
    first: int,
    last: int,
    found: Sequence[Unit],
    allowed: Allowed,
) -> Unit | None:
    """The unit that the clauses from ``first`` to before ``last`` follow from."""
    part = text[spots[first][0] : spots[last - 1][1]]
    if not first and last == 1 and _SETTING.match(part) and not _FINITE.search(fold(part)):
        return None  # Where, when or as what somebody did something goes with what they did.
    if first and (_HANGS.match(part) or _is_empty(part)):
        return None  # What only tells more of the clause before it goes with what that tells of.
    shared = _shared(text, spots, bare, first, last)
    intro = outro = ""
    if all(bare[first:last]):
        intro = _intro(text, spots, bare, first) if first else ""
        outro = _outro(text, spots, bare, last) if not intro else ""
    head = f"{_head(text, spots, first)} {part}"
    for unit in found:
        stands = _stands(part, unit)
        if not first and not stands and not outro:
            continue
        said = f"{part}{shared}" if stands else head
        if intro or outro:
            said = f"{intro} {part} {outro}".strip()
        if check(said, unit, allowed).reason is None:
            return unit
    return None


def _is_empty(clause: str) -> bool:
    """Whether a clause has nothing but dates, numbers and small words."""
    words = claim_words(clause, claim_language(clause), vocabulary(""))
    return all(w.is_free or w.text.isdigit() or MONTH_NAME.fullmatch(fold(w.text)) for w in words)


def _is_bare(clause: str) -> bool:
    """Whether a clause is only a name in a list of names."""
    words = re.findall(r"[^\W\d_]+", clause)
    return bool(words) and not re.search(r"\d", clause) and all(w[:1].isupper() or len(w) <= 3 for w in words)


def _intro(text: str, spots: Sequence[tuple[int, int]], bare: Sequence[bool], first: int) -> str:
    """What a list of names says of each of them: the clause before the list without the name that it ends in."""
    at = next((i for i in range(first - 1, -1, -1) if not bare[i]), None)
    if at is None:
        return ""
    clause = _DATE.sub(" ", text[spots[at][0] : spots[at][1]])
    return _NAMES_BEHIND.sub("", clause).strip()


def _outro(text: str, spots: Sequence[tuple[int, int]], bare: Sequence[bool], last: int) -> str:
    """What a list of names in front of its verb says of each: the clause behind the list without the name that it begins with."""
    at = next((i for i in range(last, len(spots)) if not bare[i]), None)
    if at is None or not all(bare[last:at]):
        return ""
    clause = text[spots[at][0] : spots[at][1]]
    begins = re.match(r"(?:[A-ZÀ-Ý][\w'’.-]*\s+)+(?=[a-zà-ÿ])", clause)
    return clause[begins.end() :].strip() if begins else ""


def _head(text: str, spots: Sequence[tuple[int, int]], first: int) -> str:
    """The clause that a bare date goes with: the one before, without its own dates."""
    before = text[spots[0][0] : spots[first - 1][1]] if first else ""
    return _DATE.sub(" ", before)


def _out_of_order(text: str, spots: Sequence[tuple[int, int]], chosen: dict[int, tuple[int, Unit]]) -> bool:
    """Whether clauses that each follow from an entry are told in an order that the dates of the entries contradict."""
    last, parts = len(spots), []
    while last:
        first, unit = chosen[last]
        parts.append((first, last, unit))
        last = first
    parts.reverse()
    whole = fold(text)
    for (begin, _, one), (at, end, two) in pairwise(parts):
        early, late = _begun(one), _begun(two)
        if early is None or late is None or one is two:
            continue
        opens = fold(text[spots[begin][0] : spots[begin][0] + 26])
        joint = fold(text[spots[at - 1][1] : spots[at][0] + 18])
        said = fold(text[spots[at - 1][1] : spots[end - 1][1]])
        if re.search(r"\bfirst\b", whole) and not re.search(r"\bfirst[- ](?:author|name)", whole) and early > late:
            return True
        if _EARLIER.search(joint) or (begin and _EARLIER.search(opens)):
            if early < late if _EARLIER.search(joint) else early > late:
                return True
        elif _LATER.search(joint) or re.search(r"\b(?:and later|and then)\b", said[:24]):
            if early > late:
                return True
        elif _opens(_BEFORE, opens) or _AFTER.search(joint):
            if early < late:
                return True
        elif (_opens(_AFTER, opens) or _BEFORE.search(joint)) and early > late:
            return True
    return False


def _opens(pattern: re.Pattern[str], opening: str) -> bool:
    """Whether a clause opens with a word of time, alone or behind an adverb: "immediately after"."""
    return re.match(rf"(?:\w+ly )?(?:{pattern.pattern})", opening) is not None


def _begun(unit: Unit) -> tuple[int, int] | None:
    """When the entry of a unit began."""
    starts = [p.start for p in unit.joined or unit.periods[:1] if p.start and p.start.year]
    start: PartialDate | None = min(starts, key=lambda d: (d.year or 0, d.first_month), default=None)
    return (start.year, start.first_month) if start and start.year else None


def _stands(part: str, unit: Unit) -> bool:
    """Whether a run of clauses names what the unit is about, and is not only a date, a place or a person that goes with it."""
    fact = unit.fact
    heads = [
        str(v)
        for name in ("organisation", "group", "role", "institution", "title", "text", "name")
        if (v := getattr(fact, name, None))
    ]
    if isinstance(fact, Publication):
        heads += [fact.venue or "", fact.venue_tag or ""]
    if isinstance(fact, Degree):
        heads += ["phd doctorate doctoral doktor* master bachelor degree promotion studies doctorat 博士 硕士 学士"]
    if not heads:
        return re.search(r"[^\W\d_]{3,}", part) is not None
    named = " ".join(heads)
    known = vocabulary(f"{named} {' '.join(name_forms(named))}", unit.language)
    if any(known.covers(w) for w in claim_words(part, claim_language(part), known) if not w.is_free):
        return True
    names = [fold(n) for n in re.findall(r"[^\W\d_]{3,}", part) if n[:1].isupper()]
    return any(n in unit.vocabulary.words for n in names) and _VERB.search(fold(part)) is not None


def _shared(text: str, spots: Sequence[tuple[int, int]], bare: Sequence[bool], first: int, last: int) -> str:
    """The dates and numbers of the neighbouring clause that a bare name in a list shares."""
    if not all(bare[first:last]):
        return ""
    after = next((i for i in range(last, len(spots)) if not bare[i]), None)
    before = next((i for i in range(first - 1, -1, -1) if not bare[i]), None)
    shared = ""
    for i in (after, before):
        if i is not None:
            clause = text[spots[i][0] : spots[i][1]]
            years = re.findall(r"\b(?:19|20)\d{2}\b", clause)
            shared += "".join(f" ({year})" for year in years)
    return shared
