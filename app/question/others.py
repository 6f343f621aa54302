"""Whether a question is about somebody else than the person of the profile."""

import re
from collections.abc import Callable, Sequence

from app.language.glossary import glossary
from app.question.cue import cue, word_list
from app.question.link import Mention
from app.question.names import Kind
from ingest.sentences import is_cjk

_SURNAMES = "".join(word_list("han_surnames"))
_HAN_NAME = re.compile(
    rf"\s*([{_SURNAMES}][\u3400-\u9fff]{{1,2}}?)(?=的|在|是|有|会|曾|去|什么时候|哪|毕业|获得|发表|读)"
)
_OWNED = re.compile(r"\b(?:his|her|their)\s+(?=\w)", re.IGNORECASE)
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


def stranger_asked_of(text: str, spoken: str, mentions: Sequence[Mention], knows: Callable[[str], bool]) -> str | None:
    """The name that a question is asked of, where the record ``knows`` no such name: "Has Wendy ever taught?", "Wendy's e-mail?".

    ``spoken`` is the question in its own words, ``text`` its reading in English. A pronoun before the name, or one behind that is no
    possessive ("with him"), speaks of the person of the profile.
    """
    if any(m.kind is Kind.SELF for m in mentions):
        return None
    if is_cjk(spoken) and (opening := _HAN_NAME.match(spoken)) and not knows(opening[1]) and not _is_phrase(opening[1]):
        return opening[1]
    for mention in mentions:
        start = spoken.find(mention.value) if mention.kind is Kind.UNKNOWN else -1
        before, after = spoken[: max(start, 0)], spoken[start + len(mention.value) :]
        if start < 0 or cue("pronoun").search(before) or cue("of_things").match(after):
            continue
        if spoken == text and cue("pronoun").search(_OWNED.sub(" ", after)):
            continue
        if cue("asked_of").search(before) or cue("owned_by").match(after):
            return mention.value
    return None


def _is_phrase(characters: str) -> bool:
    """Whether Chinese ``characters`` are words of the dictionary and no name."""
    return all(english is not None for _, english in glossary("zh").segment(characters))


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
