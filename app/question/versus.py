"""Two people side by side, only where a question explicitly asks to compare them."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.answer.tell import joined
from app.domain import Answer, Citation, ModelUse, Sentence
from app.question.cue import cue
from app.question.identity import self_pattern
from ingest.domain import Profile
from ingest.sentences import is_cjk
from prompts import joined_hash

_JOINTS = re.compile(
    r"^\W*(?:and|or|with|to|vs\.?|versus|of|by|between|和|与|还是|,)+\b|\b(?:and|or|with|to|vs\.?|versus|of|by|between)\W*$",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^\W*(?:please\s+)?(?:compare|contrast|(?:what (?:is|are)|tell me) the differences?(?: between)?|how (?:do|does)|compared? to"
    r"|比较(?:一下)?)\s*",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:more|most|fewer|less)\b|更多", re.IGNORECASE)


def people_compared(text: str, own: Profile, others: Iterable[Profile]) -> tuple[Profile, ...]:
    """The profiles that ``text`` sets against each other, ``own`` first; none where it does not ask to compare."""
    if not cue("compares_people").search(text):
        return ()
    named = tuple(p for p in others if self_pattern(p).search(text))
    return (own, *named) if named else ()


def question_for_each(text: str, people: Sequence[Profile]) -> str:
    """What is asked of every one of them, in words that fit one person."""
    left = text
    for person in people:
        left = self_pattern(person).sub(" ", left)
    left = re.sub(r"(?<!\w)['’]s?\b|的(?=\s|$)", " ", left)
    left = re.sub(r"\b(?:differ|compare[sd]?)\b", " ", _OPENING.sub("", left))
    left = re.sub(r"\b(?:their|both|each other|two)\b", " ", re.sub(r"\s+", " ", left))
    previous = ""
    while previous != left:
        previous, left = left, _JOINTS.sub("", left.strip(" ,.?!？。"))
    left = " ".join(
        re.sub(r"\b(?:and|or|with)\s+(?:and|or|with)\b|\s+(?:and|or|vs\.?|versus)\s*(?=[,.?]|$)", " ", left).split()
    )
    if _MORE.search(text):
        rest = re.sub(
            r"^(?:who|which one|which of them)\b.*?\b(?:more|most|fewer|less)\b", "", left, flags=re.IGNORECASE
        ).strip()
        noun = rest if re.match(r"(?!in\b|at\b|since\b|on\b|with\b)\w", rest) else f"papers {rest}"
        return f"How many {noun.strip()} has he?"
    if not left:
        return "介绍一下他" if is_cjk(text) else "Tell me about him"
    if re.match(r"(?:who|what|where|when|which|how|did|does|has|have|is|are)\b", left, re.IGNORECASE) or is_cjk(left):
        return left
    topic = re.match(
        r"(?:work|works|research|papers?|publications?|contributions?)\s+(?:on|about|in|to)\s+(?P<topic>.+)",
        left,
        re.IGNORECASE,
    )
    return f"Which papers deal with {topic['topic']}?" if topic else f"List his {left}"


def side_by_side(people: Sequence[Profile], answers: Sequence[Answer]) -> list[tuple[Sentence, tuple[Citation, ...]]]:
    """The sentences of all answers under the names of those they are about, the citations numbered through."""
    told: list[tuple[Sentence, tuple[Citation, ...]]] = []
    seen = 0
    for person, answer in zip(people, answers, strict=True):
        told.append((Sentence(f"{person.name}:"), ()))
        has_list = any(sentence.is_item for sentence in answer.sentences)
        fresh = {c.n: replace(c, n=c.n + seen, profile=person.slug) for c in answer.citations}
        for sentence in answer.sentences:
            cited = tuple(fresh.pop(n) for n in sentence.citations if n in fresh)
            told.append((_moved(sentence, seen, sentence.is_item or not has_list), cited))
        seen += len(answer.citations)
    return told


def whole(text: str, answers: Sequence[Answer], told: Sequence[tuple[Sentence, tuple[Citation, ...]]]) -> Answer:
    """The answer to ``text`` that ``told`` makes of the answers about each person; it is partial where one of them is."""
    sentences = tuple(sentence for sentence, _ in told)
    is_refusal = all(a.status == "refused" for a in answers)
    is_partial = any(a.status == "partial" for a in answers)
    asked = [a.model for a in answers if a.model is not None]
    return replace(
        answers[0],
        answer=joined(sentences),
        status="refused" if is_refusal else "partial" if is_partial else "grounded",
        reason=answers[0].reason if is_refusal else None,
        sentences=sentences,
        citations=tuple(c for _, fresh in told for c in fresh),
        question=text,
        fingerprint=hashlib.sha256("".join(a.fingerprint for a in answers).encode()).hexdigest(),
        mode=next((a.mode for a in answers if a.mode != "offline"), "offline"),
        usage={name: sum(a.usage[name] for a in answers) for name in answers[0].usage},
        timings_ms={name: round(sum(a.timings_ms[name] for a in answers), 2) for name in answers[0].timings_ms},
        model=_used(asked) if asked else None,
    )


def _used(asked: Sequence[ModelUse]) -> ModelUse:
    """What the model had to do with all of the answers."""
    return replace(
        asked[0],
        prompt=joined_hash(*(use.prompt for use in asked)) if len(asked) > 1 else asked[0].prompt,
        dropped=sum(use.dropped for use in asked),
        fallback=next((use.fallback for use in asked if use.fallback), None),
    )


def _moved(sentence: Sentence, by: int, is_item: bool) -> Sentence:
    """``sentence`` with every citation's number higher ``by`` so much."""
    text = re.sub(r"\[(\d+)\]", lambda m: f"[{int(m[1]) + by}]", sentence.text)
    return Sentence(text, tuple(n + by for n in sentence.citations), is_item)
