"""Who holds a part that an entry names: "Robert Ellery (chair)", "PI: Maja Brandt"; a part without a name is the person's own."""

import re
from collections.abc import Iterable, Iterator

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon
from app.answer.claim.unit import Unit
from ingest.domain import Profile
from ingest.identity import same_person

_PERSON = r"(?:(?:Prof|Dr|Dra)\.?\s+)*[A-ZÀ-Ý][\w'’-]*\.?(?:[\s-]+(?:(?:van|von|de|der|den|da|del|di|al|la)\s+)*[A-ZÀ-Ý][\w'’-]*\.?){0,3}"
_PARTS = {
    "copi": r"co-?pi\b|co-?principal investigators?|co-?investigators?",
    "sitepi": r"site (?:pi|principal investigators?)",
    "pi": r"(?<!co-)(?<!co)(?<![Ss]ite )(?-i:PI)|(?<!co-)principal investigators?",
    "chair": r"chair(?:ed|s|man|woman|person)?|presid(?:ed|ents?)|vorsitz\w*",
    "examiner": r"(?:second )?(?:examiners?|examined|reviewers?)|zweitgutachter\w*",
    "host": r"host(?:ed|s)?",
    "coordinator": r"[ck]oordin\w*",
    "treasurer": r"treasurers?",
}
_ROLE = re.compile(
    "|".join(rf"(?P<{name}>(?<![\w-])(?i:{words})(?![\w-]))" for name, words in _PARTS.items()) + "|(?P<head>主席)"
)
_BEHIND = re.compile(
    rf"\s*(?:[:(]|was|is|were|are|by|war|ist|of (?:the|her|his)[^.,;]{{0,40}}?(?:was|is|:)|是|为|,)?\s*(?P<name>{_PERSON})"
)
_BEFORE = re.compile(
    rf"(?P<name>{_PERSON})\s*(?:[(,–-]|(?:is|was|as|being|has been|served as|acted as)\b)?\s*(?:the |a |its |her |his )?(?:\w+ )?$"
)
_TELLS = re.compile(r"\s*(?:[:：]|(?:was|is|were|are|by|war|ist)\b|[是为])")
_SELF = re.compile(
    r"\b(?:he|she|they|er|sie|il|elle)\s+(?:is|was|ist|war|est|etait|serves as|served as|acts as|acted as)\s+"
    r"(?:the |a |its |der |die |le |la )?$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|nor|no|nicht|pas|no)\s+(?:the |a )?$|不是\s*$")
_NO_NAME = frozenset(
    ["the", "she", "he", "her", "his", "they", "role", "committee", "co", "pi", "phd", "ph", "a", "an", "in", "it"]
)


def wrong_holder(text: str, units: Iterable[Unit], profile: Profile) -> bool:
    """Whether ``text`` gives a part that an entry names to somebody who does not hold it there."""
    claims = list(_held(text, verbs=True, own=profile.name))
    for part, name in claims:
        if name is None:
            continue
        holders = [h for u in units if u.is_entry for p, h in _held(u.text, verbs=False) if p == part]
        if holders and not any(_same(name, h, profile) for h in holders):
            return True
    return False


def _held(text: str, *, verbs: bool, own: str | None = None) -> Iterator[tuple[str, str | None]]:
    """Each part that ``text`` names, and who holds it; ``None``: nobody is named beside it."""
    for match in _ROLE.finditer(text):
        if verbs and _NOT.search(text[: match.start()]):
            continue
        before, behind = _BEFORE.search(text[: match.start()]), _BEHIND.match(text[match.end() :])
        if verbs and _SELF.search(text[: match.start()]):
            yield str(match.lastgroup), own
            continue
        named = before if before and _is_name(before["name"]) else None
        if behind and _is_name(behind["name"]) and (named is None or _TELLS.match(text[match.end() :])):
            named = behind
        elif not verbs and before and not re.search(r"[(,–-]\s*$|\s$", text[before.end("name") : match.start()] or " "):
            named = None
        if match[0][0].islower() or match[0].isupper() or match.start() or verbs:
            yield "chair" if match.lastgroup == "head" else str(match.lastgroup), named["name"] if named else None


def _is_name(text: str) -> bool:
    first = fold(text.split()[0]).strip(".")
    return (
        first not in _NO_NAME
        and first not in lexicon().free
        and not any(first in own for own in lexicon().free_of.values())
    )


def _same(name: str, holder: str | None, profile: Profile) -> bool:
    own = any(same_person(name, n) or fold(name) in fold(n).split() for n in profile.names)
    if holder is None:
        return own
    one, two = fold(name).strip(".").split()[-1], fold(holder).strip(".").split()
    return one in two or same_person(name, holder)
