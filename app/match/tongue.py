"""Whether a record states a language, and how well."""

import re
from functools import cache

from app.match.ask import Ask
from app.match.domain import Judged
from app.match.shelf import Shelf
from app.match.words import data, has, level
from ingest.domain import Item

_ENOUGH = 2
"""What is enough where a requirement names no level, and what a list that names none is taken for."""
_SPOKEN = re.compile(
    r"\b(?:fluent|speak\w*|spoken|native|bilingual|proficien\w+|mother tongue|languages?|sprache\w*|langues?|idiomas?)\b|语言",
    re.IGNORECASE,
)


@cache
def _names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (
            row[0],
            re.compile(
                "|".join(
                    rf"\b{re.escape(n)}(?:e[rsnm]?|kenntnisse|sprach\w*)?\b"
                    if n.isascii() or not re.match(r"[\u3400-\u9fff]", n)
                    else n
                    for n in row
                ),
                re.IGNORECASE,
            ),
        )
        for row in data("tongues.yaml")
    )


def tongues_in(text: str) -> tuple[str, ...]:
    """The languages that ``text`` names, in English."""
    return tuple(name for name, pattern in _names() if pattern.search(text))


def judge_language(ask: Ask, shelf: Shelf) -> Judged:
    """The best verdict over the languages of which any is asked for."""
    wanted = level(ask.text)
    if wanted == 1 and has("level_3", ask.text):
        wanted = 3
    found = [_one(name, wanted, shelf) for name in tongues_in(ask.text)]
    return max(found, key=lambda j: j.rank, default=Judged("not stated"))


def _one(name: str, wanted: int | None, shelf: Shelf) -> Judged:
    listed = [f for f in shelf.record.facts if isinstance(f, Item) and f.kind == "language"]
    for fact in listed:
        if name in tongues_in(fact.title):
            own = level(fact.title)
            known = own if own is not None else 3 if "(" in fact.title and wanted != 4 else _ENOUGH
            if known >= (wanted if wanted is not None else _ENOUGH):
                return Judged("stated", (fact.span,))
            return Judged("related", (fact.span,), "match_level")
    for line in shelf.lines:
        if (
            name in tongues_in(line.text)
            and _SPOKEN.search(line.text)
            and not has("negation", line.text)
            and not line.fact
        ):
            known = level(line.text) or _ENOUGH
            return Judged("stated" if known >= (wanted or _ENOUGH) else "related", (line.span,))
    return Judged("not stated", (), "match_no_language" if listed else "")
