"""Whether a record states that they led as many people as are asked for, by the numbers that it prints beside words of leading."""

import re

from app.match.ask import Ask
from app.match.domain import Judged
from app.match.shelf import Line, Shelf
from app.match.words import has, people_in
from ingest.domain import Position

_CITED = 3


def asks_people(ask: Ask) -> bool:
    """Whether somebody is asked for who led so and so many people."""
    return has("leads_people", ask.text) and bool(people_in(ask.text)) and bool(ask.numbers)


def judge_headcount(ask: Ask, shelf: Shelf) -> Judged | None:
    """Stated where as many are printed beside words of leading, related where fewer are; ``None`` where no number is."""
    wanted = max(people_in(ask.text))
    counted = [(most, line) for line in shelf.lines for most in [_led(line)] if most and not line.denies([])]
    enough = sorted((pair for pair in counted if pair[0] >= wanted), key=lambda pair: pair[0])
    if enough:
        return Judged("stated", tuple(dict.fromkeys(line.span for _, line in enough))[:_CITED])
    fewer = sorted(counted, key=lambda pair: -pair[0])
    return Judged("related", tuple(dict.fromkeys(line.span for _, line in fewer))[:_CITED]) if fewer else None


def _led(line: Line) -> int | None:
    """How many people a line says are led; of several numbers the largest, and their sum where a group is told member by member."""
    if not has("leads_people", line.text) or not (line.fact is None or isinstance(line.fact, Position)):
        return None
    ranges = [
        int(n)
        for n in re.findall(
            r"\d+\s*(?:auf|to|à|a|–|-|到|至)\s*(\d{1,3})\b(?=\s*(?:people|Person|Mitarb|personnes|人))", line.text
        )
    ]
    found = [*people_in(line.text), *ranges]
    return max(found) if found else None
