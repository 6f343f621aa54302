"""Who did it: entries tell what the person of the profile did, and what others did only where they say so."""

import re
from collections.abc import Sequence

from app.answer.claim.folding import fold
from app.answer.claim.tokens import Token, read
from app.answer.claim.unit import Unit
from ingest.domain import Degree, Honour, Item, Position, Profile, Publication
from ingest.identity import same_person

_PERSON = r"[A-ZÀ-Ý][\w'’.-]*(?:\s+(?:van|von|de|der|da|del|di|[A-ZÀ-Ý][\w'’.-]*))+"
_DID = (
    r"(?:wrote|studied|earned|received|completed|obtained|worked|works|joined|held|holds|defended|founded|built|won|got|did|taught|"
    r"gave(?! (?:her|him|them)\b)|finished|interned|"
    r"schrieb|studierte|promovierte|erhielt|arbeitete|arbeitet|gewann|hielt|ecrit|etudie|obtenu|recu|travaille)"
)
_SUBJECT = re.compile(rf"^(?P<name>{_PERSON})\s+(?:also |later |then |has |had |hat |a )?{_DID}\b")
_PEOPLE = frozenset(
    {"=volunteer", "=team", "=student", "=engineer", "=person", "=coauthor", "=contributor", "=researcher", "=user"}
)
_EDITS = re.compile(
    r"\b(?:he|she|they|er|sie|il|elle)\s+(?:\w+\s+){0,2}?(?:edited|edits|co-?edited|gab\b[^.;]*\bheraus|a (?:co)?(?:dirige|edite))|"
    r"(?:herausgeber(?:in)?|editor|editrice|editeur) (?:of|von|de|du|des)\b|\bgab (?:er|sie)\b[^.;]*\bheraus",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"(?:\bIn:?\s+)?(?P<names>[^.:]{3,80}?),?\s+\(?(?:editors?|eds?\.?|Hrsg\.?|Hg\.?|dir\.)\)?", re.IGNORECASE
)
_WRITES = re.compile(
    r"\b(?:co-?)?(?:wrote|written|authored|authors?|monograph\w*|verfasst\w*|schrieb|autor\w*|ecrit|auteure?s?|escribio)\b"
)
_AMONG = re.compile(
    r"\b(?:he|she|they) (?:was|is|were) (?:one|among|part) of (?:the )?(?:\d+|[a-z]+) (?!of\b)[a-z]+ (?:who|that|trained|taught|selected)\b"
)
_COUNTED_IN = re.compile(r"\b(?:one of|among|member|selected|chosen|1 of)\b")
_BY_SELF = re.compile(r"\b(?:He|She|he|she)\s+(?:\w+ly\s+)?(?P<verb>[a-z]+ed|won|gave|wrote|became)\b")
_BY_NAME = re.compile(rf"(?:^|[:.]\s+)(?P<name>{_PERSON})\s+(?P<verb>[a-z]+ed|won|gave|wrote|became)\b", re.M)
_MADE_BY = re.compile(
    r"\b(?:code|software|tool|library|dataset|data set|benchmark|programm?)\b[^.;]{0,40}\b(?:written|developed|created|built|maintained|implemented|"
    r"geschrieben|entwickelt|ecrit|developpe)\b[^.;]{0,20}\b(?:by|von|par)\b"
)
"""Who made what goes with a paper, of which a list of authors says nothing."""
_VERB = re.compile(r"(?:ed|ing|es|s)$")


def wrong_agent(text: str, units: Sequence[Unit], profile: Profile) -> bool:
    """Whether ``text`` says of somebody else what the entries tell of the person, or of the person what they tell of others."""
    match = _SUBJECT.match(text)
    if match and not any(same_person(match["name"], own) for own in profile.names):
        name = fold(match["name"])
        if any(
            isinstance(u.fact, Position | Degree | Honour | Item) and u.is_entry and name in fold(u.text) for u in units
        ):
            return True
    if _MADE_BY.search(fold(text)) and not any(_MADE_BY.search(fold(u.text)) for u in units):
        return True
    if _told_of_another(text, units, profile):
        return True
    if _AMONG.search(fold(text)) and any(u.is_entry and not _COUNTED_IN.search(fold(u.text)) for u in units):
        return True
    if _WRITES.search(fold(text)) and not re.search(r"edit|herausg|dirig", fold(text)):
        books = [u for u in units if isinstance(u.fact, Publication) and u.is_entry]
        if books and all(_edited(u, profile) and re.search(r"\((?:hrsg|hg|eds?)\b", fold(u.text)) for u in books):
            return True
    if _edits(text, profile) and " by " not in fold(text):
        books = [u for u in units if isinstance(u.fact, Publication) and u.is_entry]
        if books and not any(_edited(u, profile) for u in books):
            return True
    return False


def _told_of_another(text: str, units: Sequence[Unit], profile: Profile) -> bool:
    """Whether ``text`` says of the person what a line, with a name in front, tells of somebody else."""
    for match in _BY_SELF.finditer(text):
        for unit in units:
            for other in _BY_NAME.finditer(unit.text):
                if other["verb"] == match["verb"] and not any(same_person(other["name"], n) for n in profile.names):
                    return True
    return False


def _edits(text: str, profile: Profile) -> bool:
    """Whether ``text`` says that the person edits a book."""
    own = "|".join(re.escape(w) for n in profile.names for w in fold(n).split() if len(w) > 2)
    by_name = rf"\b(?:{own})\s+(?:\w+\s+){{0,2}}?(?:edited|edits|co-?edited|gab\b[^.;]*\bheraus|a (?:co)?(?:dirige|edite)|edito|coordino)\b"
    return _EDITS.search(fold(text)) is not None or re.search(by_name, fold(text)) is not None


def _edited(unit: Unit, profile: Profile) -> bool:
    """Whether the entry, or the heading above it, makes the person an editor."""
    if re.search(r"\bedit|herausg|\bdirection", fold(unit.heading)):
        return True
    own = [max(re.findall(r"\w+", fold(n)) or ["-"], key=len) for n in profile.names]
    return any(any(name in fold(m["names"]) for name in own) for m in _EDITORS.finditer(unit.text))


def others_did(text: str, source: str) -> bool:
    """Whether other people do in the claim what the source, without a subject or as "I", tells of the person itself."""
    here = read(text)
    there = read(source)
    for at, verb in enumerate(here):
        if verb.is_free or verb.is_number or not at:
            continue
        subject = [t for t in here[:at] if not t.is_free and not t.is_number]
        if not subject or len(here[:at]) > 6 or not any(_PEOPLE & t.terms for t in subject):
            continue
        if re.search(
            r"[,;]|\b(?:by|with|for|of|to|was|were|been|be|who|and|the group|von|par|pour|mit)\b",
            fold(text[: verb.start]),
        ):
            continue
        for place, other in enumerate(there):
            if other.text != verb.text and not (verb.terms & other.terms and _VERB.search(verb.text)):
                continue
            if not _is_verb(verb, other):
                continue
            own = source[: other.start].strip()
            if (
                not own or re.search(r"(?:^|[,;]\s*|\band\s+|\bI\s+(?:\w+\s+)?|[.:]\s+)$", source[: other.start])
            ) and not any(s.text == t.text for s in subject for t in there[:place]):
                return True
    return False


def _is_verb(one: Token, two: Token) -> bool:
    return one.text == two.text or (one.text.rstrip("s") == two.text.rstrip("s")) or (one.text[:4] == two.text[:4])
