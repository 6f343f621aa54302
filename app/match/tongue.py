"""Whether a record states a language, and how well."""

import re

from app.match.ask import Ask
from app.match.domain import Judged
from app.match.shelf import Shelf
from app.match.split import OR
from app.match.words import has, level, tongue_spans, tongues_in
from ingest.domain import Item

_ENOUGH = 2
"""What is enough where a requirement names no level, and what a list that names none is taken for."""
_SPOKEN = re.compile(
    r"\b(?:fluent|speak\w*|spoken|native|bilingual|proficien\w+|mother tongue|languages?|sprache\w*|langues?|idiomas?)\b|语言",
    re.IGNORECASE,
)


def judge_language(ask: Ask, shelf: Shelf) -> Judged:
    """The verdict over all languages that are asked for, or the best of those of which any will do."""
    wanted = level(ask.text)
    if wanted == 1 and has("level_3", ask.text):
        wanted = 3
    found = [_one(name, wanted, shelf) for name in tongues_in(ask.text)]
    places = tongue_spans(ask.text)
    if len(found) < 2 or OR.search(ask.text[places[0][0] : places[-1][1]]):
        return max(found, key=lambda j: j.rank, default=Judged("not stated"))
    worst = min(found, key=lambda j: j.rank)
    shown = tuple(dict.fromkeys(span for j in found for span in j.spans))
    return Judged("related" if worst.rank == 0 and shown else worst.verdict, shown, worst.phrase if shown else "")


def _one(name: str, wanted: float | None, shelf: Shelf) -> Judged:
    listed = [f for f in shelf.record.facts if isinstance(f, Item) and f.kind == "language"]
    for fact in listed:
        if name in tongues_in(fact.title):
            own = level(_about(name, fact.title))
            known = own if own is not None else 3 if "(" in fact.title and wanted != 4 else _ENOUGH
            if known >= (wanted if wanted is not None else _ENOUGH):
                return Judged("stated", (fact.span,))
            return Judged("related", (fact.span,), "match_level")
    for line in shelf.lines:
        if (
            name in tongues_in(line.text)
            and (_SPOKEN.search(line.text) or re.search(r"^[^\s(（]+\s*[(（]", _about(name, line.text).strip()))
            and not has("negation", line.text)
            and (not line.fact or isinstance(line.fact, Item))
        ):
            known = level(_about(name, line.text)) or _ENOUGH
            return Judged("stated" if known >= (wanted or _ENOUGH) else "related", (line.span,))
    return Judged("not stated", (), "match_no_language" if listed else "")


def _about(name: str, text: str) -> str:
    """What a list of languages says of one of them."""
    parts = [part for part in re.split(r"[,;•|/、，；。]\s*|(?<=[)）])\s*", text) if name in tongues_in(part)]
    return " ".join(parts) or text
