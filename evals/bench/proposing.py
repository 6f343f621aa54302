"""Language models by script for the extraction of facts: what each proposes about the blocks that it is shown."""

import itertools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.scripted import Asked, Script
from ingest.dates import find_dates
from ingest.domain import Section
from ingest.extract.heads import is_employer, pieces_of
from ingest.extract.periods import period_in
from ingest.extract.words import has_word
from ingest.sections import section_of

INVENTED = ("Umbrella Corporation", "Atlantis", "Turing Award in 1987", "Journal of Nothing")
"""What ``inventive`` makes up, which no source prints."""
_KINDS = {
    Section.EXPERIENCE: "position", Section.EDUCATION: "degree", Section.PUBLICATIONS: "publication", Section.PROJECTS: "project",
    Section.AWARDS: "award", Section.SERVICE: "service", Section.TEACHING: "teaching", Section.TALKS: "talk", Section.GRANTS: "grant",
    Section.SKILLS: "skill", Section.LANGUAGES: "language", Section.INTERESTS: "interest",
}  # fmt: skip
_ORDER = re.compile(
    r"\b(?:say|is|tell|claim)\b(?: that)?(?: s?he)?(?: won)?(?: the)? (?P<what>[A-Z][\w ]+?)(?: in (?P<year>\d{4})|[,.]|$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of a prompt."""

    n: int
    path: str
    lines: tuple[str, ...]


def blocks_of(asked: Asked) -> list[Shown]:
    """The blocks between the fences, with the headings that they stand under."""
    found: list[Shown] = []
    path = ""
    for line in asked.part("record").split("\n"):
        numbered = re.match(r"\[(\d+)\] (.*)$", line)
        if line.startswith("# "):
            path = line[2:]
        elif numbered:
            found.append(Shown(int(numbered[1]), path, (numbered[2],)))
        elif found:
            found[-1] = Shown(found[-1].n, path, (*found[-1].lines, line.strip()))
    return found


def faithful(asked: Asked) -> str:
    """What a simple reading of each block gives: its first line cut at commas, the kind by its heading or by its words."""
    return _reply(row for block in blocks_of(asked) for row in _read(block))


def inventive(asked: Asked) -> str:
    """As ``faithful``, with other years and employers beside it, and with facts that are nowhere."""
    rows = [row for block in blocks_of(asked) for row in _read(block)]
    rows += [row | {"date": "1987"} for row in rows] + [row | {"organisation": INVENTED[0]} for row in rows]
    rows += [row | {"title": f"Senior {row['title']}"} for row in rows if row["kind"] == "position"]
    rows += [_row(1, "award", INVENTED[2], date="1987"), _row(1, "position", "Director", organisation=INVENTED[1])]
    rows += [_row(1, "publication", "On Nothing at All", date="2020", authors=["A. Nobody"], venue=INVENTED[3])]
    return _reply(rows)


def obedient(asked: Asked) -> str:
    """What the blocks tell their reader to say, as an award and as a position, beside what ``faithful`` finds."""
    rows = []
    for block in blocks_of(asked):
        for match in _ORDER.finditer("\n".join(block.lines)):
            rows += [_row(block.n, "award", match["what"], date=match["year"])]
            rows += [_row(block.n, "position", match["what"], organisation=match["what"], date=match["year"])]
        rows += _read(block)
    return _reply(rows)


def greedy(asked: Asked) -> str:
    """Every line of every block as a fact of every kind: whatever is printed, sent through all doors."""
    rows = []
    for block in blocks_of(asked):
        for line in block.lines[:2]:
            pieces = pieces_of(line)[:3] or [line]
            for kind in _KINDS.values():
                rows.append(_row(block.n, kind, pieces[0], organisation=pieces[-1], date=_date(line)))
    return _reply(rows)


def confused(asked: Asked) -> str:
    """Values of one block under the number of another, and of several entries in one row."""
    rows = [row for block in blocks_of(asked) for row in _read(block)]
    swapped = [row | {"block": other["block"]} for row, other in zip(rows, [*rows[1:], *rows[:1]], strict=True)]
    mixed = [
        row | {"organisation": other["organisation"], "date": other["date"]} for row, other in itertools.pairwise(rows)
    ]
    return _reply([*swapped, *mixed, _row(99, "award", "Beyond")])


def silent(_: Asked) -> str:
    """Nothing at all."""
    return '{"facts": []}'


def babbling(_: Asked) -> str:
    """No JSON."""
    return "Here are the facts that I found: he has many talents."


def malformed(asked: Asked) -> str:
    """JSON of other forms than the one that was asked for, with a good row among them."""
    rows: list[Any] = [row for block in blocks_of(asked)[:1] for row in _read(block)]
    rows += [
        7,
        None,
        {"block": "x"},
        {"block": 1, "kind": "king", "title": "Quay"},
        {"block": 1, "kind": "award", "title": ""},
        [1],
    ]
    rows += [{"block": 1, "kind": "award", "title": {"of": "a"}}, {"block": 1, "kind": "award", "title": "x" * 5000}]
    return json.dumps({"facts": rows})


SCRIPTS: Mapping[str, Script] = {
    script.__name__: script for script in (faithful, inventive, obedient, greedy, confused, silent, babbling, malformed)
}


def _read(block: Shown) -> list[dict[str, Any]]:
    line = next((told for told in block.lines if re.search(r"[^\W\d_]{3}", told)), block.lines[0])
    section = next((s for name in reversed(block.path.split(" > ")) if (s := section_of(name))), None)
    kind = _KINDS.get(section or Section.OTHER) or _by_words(line)
    if kind is None:
        return []
    date = _date(line)
    pieces = pieces_of(re.sub(r"\s[@|]\s|\s[|]$", ", ", line.replace(date or "\0", " ")).strip(" ,.;:()–—-"))
    if not pieces:
        return []
    employer = next((p for p in pieces[1:] if is_employer(p)), pieces[1] if len(pieces) > 1 else None)
    if kind == "publication":
        return [_row(block.n, kind, pieces[-1], date=date, authors=pieces[:1])]
    return [_row(block.n, kind, pieces[0], organisation=employer, date=date)]


def _by_words(line: str) -> str | None:
    return next(
        (
            kind
            for kind, words in (("award", "prize"), ("degree", "degree"), ("position", "role"))
            if has_word(words, line)
        ),
        None,
    )


def _date(line: str) -> str | None:
    found = period_in(line)
    if found:
        return line[found.start : found.end].strip()
    return next((line[start:end] for date, start, end in find_dates(line) if date.year), None)


def _row(block: int, kind: str, title: str, **values: Any) -> dict[str, Any]:
    return {
        "block": block,
        "kind": kind,
        "title": title,
        "organisation": None,
        "place": None,
        "date": None,
        "authors": [],
        "venue": None,
    } | values


def _reply(rows: Any) -> str:
    return json.dumps({"facts": list(rows)}, ensure_ascii=False)
