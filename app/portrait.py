"""What every door tells of a profile: who it is, what can be asked, which documents stand behind it, how much they state."""

from collections import Counter
from typing import Any

from app.domain import Language
from app.excerpt import described
from app.record.outcome import was_gained
from app.web import Respondent
from app.web.card import card_of
from ingest.domain import Record

_PLURALS = {
    "position": "positions",
    "degree": "degrees",
    "publication": "publications",
    "project": "projects",
    "award": "awards",
    "service": "services",
    "teaching": "courses",
    "talk": "talks",
    "grant": "grants",
    "patent": "patents",
    "skill": "skills",
    "language": "languages",
    "interest": "interests",
    "contact": "contacts",
}


def portrait(respondent: Respondent, slug: str, language: Language | None = None) -> dict[str, Any]:
    """The profile as JSON; ``language`` chooses that of the suggestions, without it the first of the profile's.

    Raises:
        ProfileNotFound, IndexUnusable: see ``app.library.Library.open``.
    """
    index = respondent.library.open(slug)
    record = index.record
    card = card_of(index, "zh" if language == "zh" else "en")
    return {
        "slug": slug,
        "name": record.profile.name,
        "role": card.posts[0].text if card.posts else None,
        "language": record.profile.languages[0] if record.profile.languages else "en",
        "greeting": respondent.greeting(slug, language),
        "suggestions": list(respondent.suggestions(slug, language)),
        "documents": [described(document) for document in record.documents],
        "fingerprint": record.fingerprint,
        "read": index.manifest.created[:10],
        "counts": counts(record),
    }


def counts(record: Record) -> dict[str, int]:
    """How many facts of each kind the record states, awards and grants as far as they were gained; a kind that it states nothing of is left out."""
    found = Counter(_PLURALS[_kind(fact)] for fact in record.facts if was_gained(record, fact))
    return {plural: found[plural] for plural in _PLURALS.values() if found[plural]}


def _kind(fact: Any) -> str:
    """The kind of a fact, honours told apart."""
    if fact.kind == "honour":
        return "award" if fact.is_award else "service"
    return str(fact.kind)
