"""Two questions in one: taken apart where each half asks by itself, and their answers put together."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.answer.draft import Composition, Draft
from app.question.cue import cue
from ingest.sentences import is_cjk

_MAX_PARTS = 3
_LEADING = re.compile(r"^\W*(?:and|also|und|et|y|e|以及|还有|并且)\b\s*", re.IGNORECASE)


def questions_in(text: str) -> tuple[str, ...]:
    """The questions that ``text`` joins, in order; ``text`` alone where it is one, or where a half would not stand."""
    pieces = [p for p in re.split(r"(?<=[?？])\s*(?=\S)", text) if re.search(r"\w", p)]
    found: list[str] = []
    for piece in pieces:
        found += _halves(piece)
    if not 1 < len(found) <= _MAX_PARTS or not all(cue("asks").search(p) for p in found):
        return (text,)
    return tuple(_LEADING.sub("", part).strip(" ,;，；") for part in found)


def _halves(text: str) -> list[str]:
    joint = next(
        (m for m in cue("joins_questions").finditer(text) if _stands(text[: m.start()]) and _stands(text[m.end() :])),
        None,
    )
    return [text[: joint.start()], text[joint.end() :]] if joint else [text]


def _stands(half: str) -> bool:
    """Whether a half asks with a verb of its own: "and when" and "and with whom" only complete the half before."""
    if not cue("asks").search(half):
        return False
    return (
        len(re.findall(r"\w", half)) > 4
        if is_cjk(half)
        else len(half.split()) > 2 and cue("has_verb").search(half) is not None
    )


def together(whole: Composition, parts: Sequence[Composition]) -> Composition:
    """The answers of ``parts`` as one; ``whole``, the answer to the unparted question, where they say no more than it."""
    told = [p for p in parts if p.status != "refused"]
    if (
        not told
        or any(p.status == "partial" for p in parts)
        or any(p.reason not in (None, "not_in_sources") for p in parts)
    ):
        return whole
    if len(told) < len(parts) and whole.status != "refused":
        return whole
    drafts: dict[str, Draft] = {}
    for part in parts:
        shown = part.drafts if part.status != "refused" else part.drafts[:1]
        drafts |= {d.text: d for d in shown if d.text not in drafts}
    return replace(told[0], drafts=tuple(drafts.values()), status="grounded" if len(told) == len(parts) else "partial")
