"""What a claim says of both, of all or of so many entries: each of those that it cites must bear it out."""

import re
from collections.abc import Sequence

from app.answer.claim import marks
from app.answer.claim.check import Allowed, check
from app.answer.claim.folding import fold
from app.answer.claim.quantities import quantities
from app.answer.claim.tokens import read
from app.answer.claim.unit import Unit

_EACH = r"both|each|every|beide[rsnm]?|alle[nr]?|jede[rsnm]?|les deux|tous|toutes|chacun\w*|chaque|amb[oa]s|todos|todas|cada|tutti|tutte|entramb[ie]|ogni"
_ALL = re.compile(
    r"\b(?:all(?: of)?(?: the| these| her| his| their)?(?: (?:two|three|four|five|six|seven|eight|nine|ten|\d+))?|"
    rf"{_EACH}|tou(?:s|tes) les|tod[oa]s l[oa]s)\b|[两二三四五六七八九十](?:篇|项|个|本)(?:论文|专利|项目|奖)?(?:都|均)|都|均",
    re.IGNORECASE,
)
"""All of the entries that are told of."""
_UNIVERSAL = re.compile(
    rf"(?<!above )\b(?:all|{_EACH}|whole|entire|entirely|always|exclusively|solely|samtliche\w*|ganze\w*|immer|entiere?s?|toujours|enter[ao]s?|siempre|"
    r"sempre)\b(?! (?:second|minute|hour|day|week|month|year|quarter|term|semester|spring|summer|autumn|winter|sekunde|stunde|tag|woche|monat|jahr|"
    r"jour|semaine|mois|an|annee|dia|semana|mes|ano|giorno|settimana|mese|anno)s?\b)|全部|所有|(?<![成首])都(?!市)|每(?![年月周天次])",
    re.IGNORECASE,
)
"""A word that says something of all there are, but for what is done every year."""
_GRAVE = frozenset({"name", "negation", "antonym"})


def not_each(text: str, cited: Sequence[Sequence[Unit]], allowed: Allowed) -> bool:
    """Whether a clause of ``text`` tells of all the cited entries what one of them contradicts or does not name."""
    if len(cited) < 2:
        return False
    for start, end in marks.clauses(text):
        clause = text[start:end]
        folded = fold(clause)
        counted = [
            q
            for q in quantities(clause)
            if not q.is_ordinal and q.values & {float(len(cited))} and _counts_entries(clause[q.end :], cited)
        ]
        if re.match(r"\s*(?:and|und|et|y|e)\b", text[end:]) or re.match(r"(?:of|von|de) ", folded):
            continue
        if re.search(r"\b(?:one|eine[rs]?|un[ea]?|two of|of (?:the|them|these|which))\b", folded) and not _ALL.search(
            folded
        ):
            continue
        told = _ALL.search(folded)
        if not counted and not (told and len(cited) <= 3 and _counts_entries(clause[told.end() :], cited)):
            continue
        bare = _ALL.sub(" ", clause)
        for quantity in reversed([q for q in quantities(bare) if q.values & {float(len(cited))}]):
            bare = bare[: quantity.start] + " " * (quantity.end - quantity.start) + bare[quantity.end :]
        if re.search(r"\b(?:19|20)\d\d\b", bare):
            continue
        for units in cited:
            if units and not any(_bears(bare, u, allowed) for u in units):
                return True
    return False


def adds_all(text: str, units: Sequence[Unit]) -> bool:
    """Whether ``text`` says of all, of both, or of the whole what the entries say without such a word."""
    return _UNIVERSAL.search(fold(text)) is not None and not any(
        _UNIVERSAL.search(fold(f"{u.text} {u.heading}")) for u in units
    )


def _counts_entries(behind: str, cited: Sequence[Sequence[Unit]]) -> bool:
    """Whether the word behind a number is one for each of the entries: "papers", "patents"."""
    words = [t for t in read(re.split(r"[,.;:(]", behind)[0]) if not t.is_free][:2]
    return any(all(any(not u.vocabulary.terms.isdisjoint(w.terms) for u in us) for us in cited) for w in words)


def _bears(clause: str, unit: Unit, allowed: Allowed) -> bool:
    return not any(r.partition(".")[0] in _GRAVE for r in check(clause, unit, allowed).reasons)
