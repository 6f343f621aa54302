"""Whether a sentence falls into clauses that each follow from one unit of evidence, and what counting the evidence gives."""

import re
from collections.abc import Sequence
from itertools import pairwise

from app.answer.claim import marks
from app.answer.claim.check import Allowed, check
from app.answer.claim.folding import fold
from app.answer.claim.quantities import quantities
from app.answer.claim.tokens import read
from app.answer.claim.unit import Unit
from app.answer.claim.words import claim_words, vocabulary
from ingest.domain import Degree, Publication


def in_parts(text: str, found: Sequence[Unit], allowed: Allowed) -> bool:
    """Whether the sentence falls into clauses that each follow from one unit."""
    spots = marks.clauses(text)
    if len(spots) < 2 or len(spots) > 24:
        return False
    reach = [True] + [False] * len(spots)
    chosen: dict[int, tuple[int, Unit]] = {}
    bare = [_is_bare(text[a:b]) for a, b in spots]
    for last in range(1, len(spots) + 1):
        for first in range(last):
            if not reach[first] or reach[last]:
                continue
            part = text[spots[first][0] : spots[last - 1][1]]
            shared = _shared(text, spots, bare, first, last)
            whole = f"{_head(text, spots, first)} {part}"
            for u in found:
                if not first and not _stands(part, u):
                    continue
                said = f"{part}{shared}" if _stands(part, u) else whole
                if check(said, u, allowed).reason is None:
                    reach[last], chosen[last] = True, (first, u)
                    break
    return reach[-1] and not _out_of_order(text, spots, chosen)


def _is_bare(clause: str) -> bool:
    """Whether a clause is only a name in a list of names."""
    words = re.findall(r"[^\W\d_]+", clause)
    return bool(words) and not re.search(r"\d", clause) and all(w[:1].isupper() or len(w) <= 3 for w in words)


def _head(text: str, spots: Sequence[tuple[int, int]], first: int) -> str:
    """The clause that a bare date goes with: the one before, without its own dates."""
    before = text[spots[0][0] : spots[first - 1][1]] if first else ""
    return re.sub(
        r"(?:,?\s*(?:from|to|in|since|until|between|and)?\s*)?\(?\b(?:19|20)\d{2}\b\)?(?:\s*[–-]\s*(?:19|20)\d{2})?",
        " ",
        before,
    )


def _out_of_order(text: str, spots: Sequence[tuple[int, int]], chosen: dict[int, tuple[int, Unit]]) -> bool:
    """Whether clauses that each follow from an entry are told in an order that the dates of the entries contradict."""
    last, parts = len(spots), []
    while last:
        first, unit = chosen[last]
        parts.append((first, unit))
        last = first
    parts.reverse()
    for (_, one), (at, two) in pairwise(parts):
        if not one.periods or not two.periods or not one.periods[0].start or not two.periods[0].start:
            continue
        joint = fold(text[spots[at - 1][1] : spots[at][0] + 12])
        a, b = one.periods[0].start, two.periods[0].start
        early, late = (a.year or 0, a.first_month), (b.year or 0, b.first_month)
        opens = fold(text[:8])
        if re.search(r"\bfirst\b", fold(text)) and early > late:
            return True
        if (
            re.search(r"\b(?:then|before|followed|later|puis|dann|danach|avant|bevor)\b|然后|随后|之后", joint)
            and early > late
            and not re.search(r"\b(?:before that|prior)\b", joint)
        ):
            return True
        if re.search(r"\bafter\b(?! that)|\bnach\b|\bapres\b", joint) and early < late:
            return True
        if re.match(r"(?:after|nach|apres)\b", opens) and at == 1 and early > late:
            return True
        if re.match(r"(?:before|vor|bevor|avant)\b", opens) and at == 1 and early < late:
            return True
    return False


def counts(text: str, cited: Sequence[int], found: Sequence[Unit]) -> frozenset[float]:
    """The numbers that counting gives: of the citations, of the cited entries of a kind, of the names in a list."""
    counts = (
        {float(len(set(cited)))}
        if len(cited) > 1 and not re.search(r"\b(?:twice|thrice|zweimal|deux fois)\b|[两三]次(?!在)", text)
        else set()
    )
    for quantity in quantities(text):
        things = [t for t in read(re.split(r"[,.;:(]", text[quantity.end :])[0]) if not t.is_free][:2]
        for thing in things:
            number = sum(not u.vocabulary.terms.isdisjoint(thing.terms) for u in found)
            if number > 1:
                counts.add(float(number))
    if len(years := re.findall(r"\b(?:19|20)\d{2}\b", text)) > 1:
        counts.add(float(len(set(years))))
    listed = re.search(r"[:：(]\s*([^:：()]+?)(?:\)|[.。]?$)", text)
    if listed:
        counts.add(
            float(
                len(
                    [
                        w
                        for w in re.split(r"\s*[,，、;]\s*(?:and\s+|und\s+|et\s+)?|\s+(?:and|und|et)\s+|和", listed[1])
                        if w.strip()
                    ]
                )
            )
        )
    return frozenset(counts)


def _stands(part: str, unit: Unit) -> bool:
    """Whether a run of clauses names what the unit is about, and is not only a date or a person that goes with it."""
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
    known = vocabulary(" ".join(heads))
    return any(known.covers(w) for w in claim_words(part, "en", known) if not w.is_free)


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
