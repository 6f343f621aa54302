"""Whether a question is about somebody else than the person of the profile."""

import re
from collections.abc import Sequence

from app.question.cue import cue
from app.question.link import Mention
from app.question.names import Kind

_OF = re.compile(r"\b(?:of|is|was|does|did|has)\s+$", re.IGNORECASE)


def without_others(text: str, mentions: Sequence[Mention]) -> str | None:
    """``text`` for this person alone, where it names another side by side with them: "where do A and B work"."""
    others = [m for m in mentions if m.kind is Kind.OTHER]
    left = text
    for other in reversed(others):
        before, after = left[: other.start], left[other.end :]
        own_before = re.search(r"\S(?P<joint>,?\s*(?:\b(?:and|or|und|et|y|e)\b|&|和|与|或)\s*)$", before, re.IGNORECASE)
        own_after = re.match(r"(?P<joint>,?\s*(?:\b(?:and|or|und|et|y|e)\b|&|和|与|或)\s*)", after, re.IGNORECASE)
        if own_before and _ends_in_self(before[: own_before.start("joint")], mentions):
            left = before[: own_before.start("joint")] + after
        elif own_after and any(m.kind is Kind.SELF and m.start == other.end + own_after.end() for m in mentions):
            left = before + after[own_after.end() :]
        else:
            return None
    return left if others else None


def _ends_in_self(text: str, mentions: Sequence[Mention]) -> bool:
    return (
        any(m.kind is Kind.SELF and m.end == len(text) for m in mentions)
        or re.search(r"\b(?:he|she|they)$|[他她]$", text) is not None
    )


def is_about_another(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether the question is about a person whom the record only names: "where does <co-author> teach"."""
    others = [m for m in mentions if m.kind is Kind.PERSON]
    if not others or any(m.kind is Kind.SELF for m in mentions):
        return False
    return cue("pronoun").search(without(text, mentions)) is None or asks_of_another(text, mentions)


def asks_of_stranger(text: str, name: str) -> bool:
    """Whether an unknown name of two words is put first and asked of: "And Wendy Mackay, which prizes has she got?"."""
    opens = re.match(rf"\W*(?:(?:and|et|und|y|e|so|what about)\s+)?{re.escape(name)}\s*,", text, re.IGNORECASE)
    return (
        opens is not None
        and re.fullmatch(r"[A-ZÀ-Þ][\w'’-]+(?:\s(?:[a-z]{2,3}\s)?[A-ZÀ-Þ][\w'’-]+)+", name) is not None
    )


def asks_of_another(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether the question is put of a person whom the record only names, so that a pronoun behind means that person."""
    first = next((m for m in mentions if m.kind is Kind.PERSON), None)
    if first is None or any(m.kind is Kind.SELF for m in mentions):
        return False
    before = text[: first.start]
    return cue("pronoun").search(before) is None and _OF.search(before) is not None


def without(text: str, mentions: Sequence[Mention]) -> str:
    """``text`` with a blank for each of ``mentions``."""
    for mention in sorted(mentions, key=lambda m: -m.start):
        text = text[: mention.start] + " " + text[mention.end :]
    return text
