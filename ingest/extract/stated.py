"""Positions that running text states: "I am a Lecturer at the University of X"."""

import re
from collections.abc import Iterable, Iterator

from ingest.domain import BlockKind, Document, Fact, Period, Position, Section, Span
from ingest.extract.heads import is_place
from ingest.extract.words import fold, has_word
from ingest.sentences import sentence_spans

_OPENS = (
    r"\b(?:I am|I[’']m|(?:he|she|they|[A-Z][\w’'-]+) (?:is|are)|(?:I|he|she) (?:currently )?(?:work|serve)s?)\s+(?:currently\s+|now\s+|also\s+|presently\s+)*"
    r"(?:as\s+)?(?:an?\s+|the\s+)?(?P<role>[^.,;:()]{3,80}?)\s+"
)
_CLOSES = (
    r"\s+(?P<organisation>(?:the\s+)?[A-Z0-9][^.,;:()]{1,80}?)"
    r"(?=[.,;:()]|\s+(?:and|where|which|who|working|building|since|in the|focus)\b|\s*$)"
)
_STATES_AT = re.compile(f"{_OPENS}at{_CLOSES}")
_STATES = re.compile(f"{_OPENS}(?:at|of|with|for){_CLOSES}")
"""Other words than "at" stand within roles, too: "a member of technical staff at"."""
_PLACED = re.compile(r"(?<!Research)(?<!Studies)(?<!Excellence)(?<!Training)(?<!Education)\s+in\s+(?=[A-Z])")
_PROSE = {Section.OTHER, Section.SUMMARY, Section.INTERESTS, Section.EXPERIENCE}


def stated_positions_in(document: Document) -> Iterator[Position]:
    """The present positions that a biography states, one a sentence; no dates are guessed."""
    for block in document.blocks:
        if block.section not in _PROSE or block.kind is BlockKind.HEADING:
            continue
        for start, end in sentence_spans(document.quote(block.span)):
            text = document.text[block.span.start + start : block.span.start + end]
            flat = " ".join(text.split())
            match = _STATES_AT.search(flat) or _STATES.search(flat)
            if match and has_word("role", match["role"]) and len(match["role"].split()) <= 9:
                organisation, place = _with_place(re.sub(r"^[Tt]he\s+", "", match["organisation"]))
                yield Position(
                    span=Span(document.id, block.span.start + start, block.span.start + end),
                    organisation=organisation,
                    role=match["role"],
                    place=place,
                    period=Period(None, None, current=True),
                )


def _with_place(named: str) -> tuple[str, str | None]:
    """An employer and the place behind it: "Loom Works in Harbourtown"."""
    cut = _PLACED.search(named)
    place = named[cut.end() :] if cut else ""
    return (named[: cut.start()], place) if cut and is_place(place) and not has_word("group", place) else (named, None)


def without_restated(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """``facts`` without the undated positions that running text repeats from a dated entry of the same organisation."""
    listed = tuple(facts)
    dated = {
        fold(p.organisation)
        for p in listed
        if isinstance(p, Position) and p.organisation and p.period and p.period.start
    }

    def repeats(fact: Fact) -> bool:
        undated = isinstance(fact, Position) and (fact.period is None or fact.period.start is None)
        name = fold(fact.organisation) if isinstance(fact, Position) and fact.organisation else ""
        return undated and any(name in known or known in name for known in dated)

    return tuple(f for f in listed if not repeats(f))
