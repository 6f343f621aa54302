"""Words that filter or aggregate whatever a question is about: "how many", "since 2022", "first author", "preprint"."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from app.domain import Aggregate, Filters
from app.question.cue import cue
from app.question.link import Mention
from app.question.names import Kind

LAST_YEARS = re.compile(
    r"\b(?:last|past|recent) (\d+|two|three|four|five|ten) years\b|最近(\d+|[一二三四五十])年|近(\d+|[一二三四五十])年",
    re.IGNORECASE,
)
"""A span of years counted back from the newest."""
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "ten": 10,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "十": 10,
}
_ORDINAL_AUTHOR = re.compile(
    r"\b(first|lead|second|third|fourth|last|senior)[- ](?:\w+ )?author|第([一二三])作者|\bauthor number (\d)|\b(erst|letzt)autor|\bpremier auteur",
    re.IGNORECASE,
)
_RANKS = {
    "first": 1,
    "lead": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "last": -1,
    "senior": -1,
    "一": 1,
    "二": 2,
    "三": 3,
    "erst": 1,
    "letzt": -1,
}
_NOTES = {
    "oral": r"\borals?\b(?! tradition| history)|口头报告",
    "spotlight": r"\bspotlights?\b",
    "best paper": r"\bbest[- ]paper",
    "demo": r"\bdemos?\b|demonstration",
    "revise and resubmit": r"\br ?& ?r\b|revise (?:and|&) resubmit",
    "under review": r"\bunder review\b",
    "award": r"\b(?:won|win|award|awarded|prize|distinction)",
}
_MARKED = re.compile(r"\bcarr(?:y|ies) (?:the |a )?mark|\bsymbol\b|[⊠™✉†‡]")
_CLASSES: dict[str, Literal["conference", "journal", "workshop"]] = {
    r"\bjournal|\barticles? in journals|期刊": "journal",
    r"\bworkshop": "workshop",
    r"\bconference papers?\b|\bat conferences\b|会议论文": "conference",
}
_SUBJECT = re.compile(
    r"\b(?:class|category|tag|tagged|subject|area)\s+(?:is\s+)?[\"“]?(?:cs\.)?([A-Z]{2}(?:-[A-Z]+)?)\b"
    r"|\bcs\.([A-Z]{2})\b|\b([A-Z]{2}(?:-[A-Z]+)?) (?:class|tag|category)\b"
)


def aggregate_of(question: str) -> Aggregate:
    """What a question makes of the rows it selects."""
    if cue("count").search(question):
        return Aggregate.COUNT
    return Aggregate.LIST


def compares_years(question: str, mentions: Iterable[Mention]) -> bool:
    """Whether two years are set against each other: "more in 2023 or in 2024"."""
    return cue("compares_years").search(question) is not None and sum(m.kind is Kind.YEAR for m in mentions) == 2


def filters_of(question: str, mentions: Iterable[Mention], newest_year: int | None) -> Filters:
    """The filters that ``question`` names; ``newest_year`` is what "the last three years" counts back from."""
    mentions = tuple(mentions)
    found = Filters(
        years=_years(question, mentions, newest_year),
        venue=_first(mentions, Kind.VENUE),
        co_author=_first(mentions, Kind.PERSON),
        organisation=_first(mentions, Kind.LABEL),
        has_code=False if cue("without_code").search(question) else True if cue("with_code").search(question) else None,
        note=_note(question),
        refereed=True if cue("refereed").search(question) else None,
        status="published"
        if cue("published").search(question)
        else "preprint"
        if cue("preprint").search(question)
        else None,
        venue_class=next(
            (kind for pattern, kind in _CLASSES.items() if re.search(pattern, question, re.IGNORECASE)), None
        ),
        form="chapter" if cue("chapters").search(question) else "book" if cue("books").search(question) else None,
        is_sole=True if cue("sole").search(question) else None,
        undated=True if cue("undated").search(question) else None,
    )
    subject = _SUBJECT.search(question)
    if subject:
        found = replace(found, subject=subject[1] or subject[2] or subject[3])
    return _authorship(question, found)


def left_out(aside: str) -> tuple[str, ...] | None:
    """What an aside leaves out of a count: "without chapters"; ``None`` where it leaves nothing out."""
    if not cue("leaves_out").search(aside):
        return None
    forms = {"chapter": cue("chapters"), "book": cue("books"), "preprint": cue("preprint")}
    return (
        tuple(
            name
            for name, pattern in forms.items()
            if pattern.search(aside) or re.search(rf"\b{name}s?\b", aside, re.IGNORECASE)
        )
        or None
    )


def is_note(text: str) -> bool:
    """Whether ``text`` is a word for a remark and no name: "R&R"."""
    return any(re.fullmatch(pattern, text, re.IGNORECASE) for pattern in _NOTES.values())


def _note(question: str) -> str | None:
    """The remarks that are asked for, joined by "or"; "won" with a named award says no more than the name."""
    found = [name for name, pattern in _NOTES.items() if re.search(pattern, question, re.IGNORECASE)]
    if len(found) > 1 and "award" in found:
        found.remove("award")
    return " or ".join(found) or None


def _authorship(question: str, found: Filters) -> Filters:
    rank = _ORDINAL_AUTHOR.search(question)
    if cue("name_not_printed").search(question):
        return replace(found, authorship="not_printed")
    if cue("equal_contribution").search(question):
        return replace(found, authorship="equal")
    if cue("corresponding").search(question):
        return replace(found, authorship="corresponding")
    if _MARKED.search(question):
        return replace(found, authorship="marked", note=None)
    if rank:
        word = (next(g for g in rank.groups() if g) if any(rank.groups()) else "first").lower()
        return replace(found, author_rank=int(word) if word.isdigit() else _RANKS.get(word, 1))
    return found


def _years(question: str, mentions: tuple[Mention, ...], newest: int | None) -> tuple[int | None, int | None] | None:
    marks = [m for m in mentions if m.kind is Kind.YEAR]
    years = [int(m.value) for m in marks]
    match = LAST_YEARS.search(question)
    if match and newest:
        word = next(g for g in match.groups() if g).lower()
        span = int(word) if word.isdigit() else _NUMBERS[word]
        return newest - span + 1, newest
    if not years:
        return None
    before = question[: marks[0].start].lower()
    after = question[marks[0].end :].lower()
    if len(years) >= 2 and re.search(
        r"\b(?:and|to|until|through|till)\b|[-–—]|到|至", question[marks[0].end : marks[1].start].lower()
    ):
        return min(years[:2]), max(years[:2])
    if re.search(r"\b(?:since|from|starting)\s*(?:the year\s*)?$|自从?$|seit\s*$|depuis\s*$", before) and re.search(
        r"\bsince\s*\||\|\s*(?:onwards?|on)\b|自从?\||seit\s*\||depuis\s*\|", before[-10:] + "|" + after[:9]
    ):
        return years[0], None
    if re.search(r"\bafter\s*$", before) or re.match(r"\s*年?(?:之后|以后)", after):
        return years[0] + 1, None
    if re.search(r"\b(?:before|until|prior to|up to)\s*$", before) or re.match(r"\s*年?(?:之前|以前)", after):
        return None, years[0] - (0 if re.search(r"until\s*$|up to\s*$", before) else 1)
    return years[0], years[0]


def _first(mentions: Iterable[Mention], kind: Kind) -> str | None:
    return next((m.value for m in mentions if m.kind is kind), None)
