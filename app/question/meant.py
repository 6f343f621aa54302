"""The facts that a question means without their names: "the heat pump article", "her time as an archivist", "when he worked in Switzerland"."""

import re
from dataclasses import replace

from app.answer.sentences import telling_words
from app.domain import Filters, Plan
from app.language.gloss import gloss, language_of
from app.question.cue import cue, word_stems
from app.question.select import publications
from ingest.domain import Degree, Position, Project, Publication, Record
from ingest.extract.words import fold, has_word
from ingest.lexical import tokens

_WORK = (
    r"(?:paper|article|preprint|study|book|monograph|chapter|thesis|dissertation|review|survey|report|essay|manuscript)"
)
_THE_WORK = re.compile(
    rf"\b(?:the|that|this|his|her|their)\s+(?P<words>(?:[^\s,;:?!.]+\s+){{0,7}}?)(?P<noun>{_WORK})\b(?!\s+(?:list|group|series))",
    re.IGNORECASE,
)
_OF_WORK = re.compile(
    rf"\b(?:the|that|this|his|her|their|an?)\s+{_WORK}\s+(?:on|about|of)\s+(?P<words>(?:[^\s,;:?!.]+\s*){{1,6}})",
    re.IGNORECASE,
)
_CAREER = {
    "job_current",
    "job_list",
    "job_duration",
    "job_at",
    "job_worked",
    "job_experience",
    "job_first",
    "free",
    "unknown",
    "job_supervisor",
}
_YES_OR_NO = re.compile(r"\s*(?:did|does|do|is|was|were|are|has|have|had|can|could)\b", re.IGNORECASE)
_WAS_A = re.compile(
    r"\s*(?:was|has|had|did)\s+(?:he|she|they)?\s*(?:ever\s+)?(?:been\s+|work(?:ed)?\s+as\s+)?(?:ever\s+)?an?\s+"
    r"(?P<role>[\w-]+(?:\s[\w-]+)?)\s*(?:before|ever|previously|(?:in|since|during|until)\s+\d{4})?\s*\?*\s*$",
    re.IGNORECASE,
)
_WHOLE_CAREER = {"job_current", "job_list", "job_first"}


def work_meant(text: str, filters: Filters, record: Record) -> Publication | None:
    """The one publication that ``text`` describes in words of its title, its year or its venue; ``None`` where none or several fit."""
    for match in (*_THE_WORK.finditer(text), *_OF_WORK.finditer(text)):
        wanted = [
            t
            for t in telling_words(match["words"])
            if not t.isdigit() and t not in word_stems("filters") | word_stems("light")
        ]
        pool = publications(
            record, replace(filters, form=None, status=None, note=None, venue_class=None, refereed=None)
        )
        venue = set(tokens(filters.venue or ""))
        wanted = [t for t in wanted if t not in venue]
        if not wanted and not (filters.venue or filters.years):
            continue
        fitting = [p for p in pool if set(wanted) <= _stems(p.title)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def posts_meant(plan: Plan, record: Record) -> tuple[Position, ...]:
    """The posts whose role or place ``plan`` names, where it asks about posts and names none by its employer."""
    if plan.intent not in _CAREER or any(isinstance(f, Position | Degree | Publication | Project) for f in plan.facts):
        return ()
    positions = [f for f in record.facts if isinstance(f, Position)]
    asked = set(tokens(plan.text))
    by_role = [p for p in positions if p.role and _names_role(p.role, asked)]
    if by_role and plan.intent not in _WHOLE_CAREER:
        return tuple(by_role)
    if not cue("work_at").search(plan.text):
        return ()
    spoken = fold(plan.text)
    return tuple(p for p in positions if any(_stands_in(piece, spoken) for piece in _places(p)))


def career_intent(plan: Plan) -> str:
    """What a question about posts that are meant, not named, asks of them."""
    if plan.intent.startswith("job_") and plan.intent not in _WHOLE_CAREER | {"job_experience"}:
        return plan.intent
    if re.search(r"\bhow (?:long|many (?:years|months))\b|\bfor how long\b", plan.text, re.IGNORECASE):
        return "job_duration"
    return "job_worked" if asks_whether(plan.text) else "job_at"


def role_asked(text: str) -> str | None:
    """The role of "was she ever a postdoc?"; ``None`` where a question asks for no role, or for one that an honour, a service or studies may tell of."""
    match = _WAS_A.match(text)
    role = match["role"].strip() if match else ""
    return (
        role
        if has_word("role", role)
        and not re.search(r"student$|author|member|chair|reviewer|editor|fellow|scholar", role, re.IGNORECASE)
        else None
    )


def posts_as(role: str, record: Record) -> tuple[Position, ...]:
    """The posts whose role has every word of ``role``, in its own language or in English; blanks and hyphens aside."""
    wanted = [_letters(word) for word in role.split()]
    return tuple(
        p
        for p in record.facts
        if isinstance(p, Position)
        and p.role
        and any(all(w in _letters(r) for w in wanted) for r in (p.role, gloss(p.role, language_of(p.role)).text))
    )


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", fold(text))


def asks_whether(text: str) -> bool:
    """Whether ``text`` wants a yes or a no."""
    return _YES_OR_NO.match(text) is not None


def _names_role(role: str, asked: set[str]) -> bool:
    """Whether the question has all telling words of a role, or the one that heads it."""
    head = re.split(r"\s*[,(/–—|]\s*|\s+(?:of|for|in|at|und|de|für)\s+", role)[0]
    for text in dict.fromkeys((head, gloss(head, language_of(head)).text)):
        stems = [t for t in tokens(text) if len(t) > 2]
        rare = [t for t in stems if t not in word_stems("general_role")]
        if rare and set(stems) <= asked:
            return True
        if len(rare) == 1 and rare[0] in asked and rare[0] == stems[-1]:
            return True
    return False


def _places(position: Position) -> list[str]:
    pieces = re.split(r"\s*[,;/()]\s*", position.place or "")
    return [p for p in pieces if len(p) > 3 and re.fullmatch(r"[^\W\d_][^\d]{2,30}", p) and len(p.split()) <= 3]


def _stands_in(name: str, spoken: str) -> bool:
    names = {fold(name), fold(gloss(name, language_of(name)).text)}
    return any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", spoken) for n in names if n)


def _stems(title: str) -> set[str]:
    return {*tokens(title), *tokens(gloss(title, language_of(title)).text)}
