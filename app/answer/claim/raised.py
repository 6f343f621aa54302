"""A part of the person that a claim makes more of: first author, principal investigator, a degree that is not taken yet."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.unit import Unit
from ingest.domain import Degree, Profile, Publication
from ingest.extract.words import words_of
from ingest.identity import author_index

_FIRST = re.compile(
    r"\b(?:first|lead|leading|main) author\b|\b(?:erst|haupt)autor(?:in)?\b|\bpremi(?:er|ere) aut(?:eur|rice|eure)\b|\bprimer[ao]? autora?\b"
    r"|\bprim[oa] aut(?:ore|rice)\b|\bprimeir[ao] autora?\b|第一作者"
)
"""The author who is named first."""
_LEADS = re.compile(
    r"\b(?:is|was|as|es|era|fue|como|ist|war|als|est|etait|comme|e|foi|come) (?:the |its |la |el |le |der |die |il |o |a )?(?:sole )?"
    r"(?:pi|ip|(?:principal|chief|lead) investigator|investigadora? principal|projektleiter(?:in)?|responsable scientifique|responsabile scientific[oa])\b"
)
"""Somebody who leads a project, with the verb or preposition that says who."""
_BESIDE = re.compile(
    r"\bco-?\s?(?:pi|ip|i|investigador\w*|investigator|applicant|antragsteller\w*|porteu\w*|responsab\w*|leiter\w*|lead)\b"
)
"""One of several who lead it, or who stands beside the leader."""
_HOLDS = re.compile(
    r"\b(?:holds?|has|had|earned|received|obtained|completed|took|gained|hat|besitzt|erwarb|erhielt|est titulaire|possede|a obtenu|posee|tiene|obtuvo"
    r"|possiede|ha conseguito|ha ottenuto|possui|obteve)\b"
)
"""Verbs of having a degree."""
_GOES_ON = re.compile(
    r"\b(?:since|present|ongoing|begun|began|start\w*|enrolled|working|candidate|student|expected|progress|seit|laufend|depuis|en cours|desde|en curso"
    r"|actualidad|dal|in corso|em curso)\b|[–-]\s*(?:\)|$)"
)
"""Words of what is not at its end."""
_LEAST = 4
"""Letters of a word that tells entries apart."""
_NEAR = 4
"""Words behind a verb among which that is named which somebody has; further on it is something else's: "has two supervisors for her PhD"."""


def raises(text: str, units: Sequence[Unit], profile: Profile) -> bool:
    """Whether ``text`` makes more of the person's part than the entries do."""
    return _is_made_first(text, units, profile) or _leads_alone(text, units) or _holds_too_soon(text, units)


def _is_made_first(text: str, units: Sequence[Unit], profile: Profile) -> bool:
    """Whether the person is told to be the first author of papers of which none names them first."""
    said = fold(text)
    found = _FIRST.search(said)
    if not found:
        return False
    papers = [u.fact for u in units if isinstance(u.fact, Publication) and len(u.fact.authors) > 1]
    places = [author_index(p.authors, profile) for p in papers if author_index(p.equal, profile) is None]
    is_told = (
        re.match(r"(?:\s+of [^.]*?)?\s*(?::|is|was|ist|war|est|etait|es|era|e)\s", said[found.end() :]) is not None
    )
    beside = said if is_told else said[: found.start()]
    is_another = any(name in beside for p in papers for name in re.findall(r"\w{3,}", fold(p.authors[0])))
    return bool(places) and len(places) == len(papers) and all(place for place in places) and not is_another


def _leads_alone(text: str, units: Sequence[Unit]) -> bool:
    """Whether the person is told to lead what the entry calls them one of several investigators of."""
    said = fold(text)
    if not _LEADS.search(said) or _BESIDE.search(said):
        return False
    words = {w for w in re.findall(r"\w+", said) if len(w) >= _LEAST}
    entries = [u for u in units if u.n]
    nearest = max(entries, key=lambda u: len(words & set(re.findall(r"\w+", fold(u.text)))), default=None)
    return nearest is not None and _BESIDE.search(fold(nearest.text)) is not None


def _holds_too_soon(text: str, units: Sequence[Unit]) -> bool:
    """Whether a degree is told as held whose entries of that name all go on: "PhD, Lowmarsh University, since Oct 2020"."""
    said = fold(text)
    held = (" ".join(said[verb.end() :].split()[:_NEAR]) for verb in _HOLDS.finditer(said))
    if _GOES_ON.search(said) or not any(words_of("degree", behind) for behind in held):
        return False
    named = {fold(w) for w in words_of("degree", text)}
    degrees = [
        u.fact
        for u in units
        if isinstance(u.fact, Degree) and named & {fold(w) for w in words_of("degree", u.fact.title or "")}
    ]
    return bool(degrees) and all(d.period is not None and d.period.current for d in degrees)
