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
    r"gave|finished|interned|"
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
    if _EDITS.search(fold(text)) and " by " not in fold(text):
        books = [u for u in units if isinstance(u.fact, Publication) and u.is_entry]
        if books and not any(_edited(u, profile) for u in books):
            return True
    return False


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
