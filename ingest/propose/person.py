"""Whose documents these are: every place where a name is printed that can be the person's, weighed against one another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from ingest.domain import Contact, Document, Publication
from ingest.extract.words import fold
from ingest.identity import name_key, same_person
from ingest.propose.name import introduced, is_latin, is_short, names_in, person_name, turned
from ingest.propose.stated import stated_names
from ingest.reading import Reading

_HEAD_LINES = 12
_HEAD_CHARACTERS = 2000
_NO_HEAD = {"application/x-bibtex", "application/x-research-info-systems", "text/csv", "application/xml"}
"""Lists of works, whose first line is nobody's name."""
STATED = 8
"""The weight of a name that a format states."""
_FIRST_LINE, _SAID, _LATER_LINE = 4, 6, 1
_BEHIND = 2
"""What a second place, an address of the person or a file's name adds."""
_SURE = 6
_AHEAD = 2
_TRANSCRIBED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
_AUTHORS = 40
"""Names of a list of works, the most frequent first, that are compared."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A name as one place prints it, given name first; a higher weight says more surely that it is the person's."""

    name: str
    where: str
    """For the owner to look up: ``cv.pdf, page 1``."""
    weight: int
    is_counted: bool = False
    """Whether it was taken from lists of authors, whose forms are often shortened."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who was found, and how surely."""

    name: str
    where: str
    is_sure: bool
    others: tuple[str, ...] = ()
    """Other people that it could be as well."""
    forms: tuple[str, ...] = ()
    """The name in other scripts, as printed beside it."""


def find_person(folder: Path, readings: Sequence[Reading], owners: Iterable[Sighting] = ()) -> Person | None:
    """The person whom the documents of the profile's ``folder`` are about; ``None`` where no name is printed.

    A name is found, never made up: stated by a format, at the head of a CV, said of oneself, or common to the lists of authors.
    ``owners`` are names found elsewhere, as in the settings of a homepage.
    """
    beside: dict[str, list[str]] = {}
    sightings = [*owners, *_in_lists(readings)]
    documents = [r.document for r in readings]
    for document in documents:
        for line, weight in (*((n, STATED) for n in stated_names(folder, document)), *_at_head(document)):
            for number, name in enumerate(found := names_in(line)):
                if number == 0:
                    sightings.append(Sighting(name, _place(document, line), weight))
                else:
                    beside.setdefault(found[0], []).append(name)
    groups = _grouped(sightings)
    traces = _traces(readings)
    scored = sorted(((_score(g, traces, documents), g) for g in groups), key=lambda s: -s[0])
    if not scored:
        return None
    (score, group), rest = scored[0], scored[1:]
    best = _best(group)
    rivals = tuple(_best(g).name for s, g in rest if score - s < _AHEAD)
    forms = dict.fromkeys(form for s in group for form in beside.get(s.name, ()))
    is_sure = score >= _SURE and not rivals and not is_short(best.name)
    return Person(best.name, best.where, is_sure, rivals[:3], tuple(forms))


def authors_in(readings: Iterable[Reading]) -> tuple[Counter[str], int]:
    """How many entries print each author, names as printed; and how many entries print authors at all."""
    counted: Counter[str] = Counter()
    entries = 0
    for reading in readings:
        for fact in reading.facts:
            if isinstance(fact, Publication) and fact.authors and not fact.beside:
                counted.update(set(fact.authors))
                entries += 1
    return counted, entries


def are_one(a: str, b: str) -> bool:
    """Whether two printed names can be one person's, in whatever script and order."""
    if is_latin(a) != is_latin(b):
        return False
    if not is_latin(a):
        return re.sub(r"\W", "", a) == re.sub(r"\W", "", b)
    return same_person(a, b) or same_person(transcribed(a), b) or same_person(a, transcribed(b))


def transcribed(name: str) -> str:
    """A German or Nordic name as it is written where there are no umlauts: ``Jörn`` → ``Joern``."""
    return "".join(_TRANSCRIBED.get(c, c) for c in name)


def _at_head(document: Document) -> Iterator[tuple[str, int]]:
    """The lines that may print whose document this is: its first ones, and those that say so in words."""
    if document.media_type in _NO_HEAD or any(isinstance(f, Publication) for f in document.facts[:1]):
        return
    lines = (line for line in document.text[:_HEAD_CHARACTERS].split("\n") if line.strip())
    weight = _FIRST_LINE
    for line in islice(lines, _HEAD_LINES):
        _, is_said = introduced(line)
        if is_said and names_in(line):
            yield line, _SAID
        elif names_in(line):
            yield line, weight
            weight = _LATER_LINE
        elif not _is_ornament(line):
            weight = _LATER_LINE


def _is_ornament(line: str) -> bool:
    """Whether a line may stand above the name: a word for the document, a date."""
    return person_name(f"{line.strip()} Ada Byron") == "Ada Byron" or not re.search(r"[^\W\d_]{4}", line)


def _in_lists(readings: Sequence[Reading]) -> Iterator[Sighting]:
    """The author whom most entries of the lists of works share."""
    counted, entries = authors_in(readings)
    people: list[tuple[int, str]] = []
    for printed, times in counted.most_common(_AUTHORS):
        known = next((i for i, (_, name) in enumerate(people) if are_one(name, printed)), None)
        if known is None:
            people.append((times, printed))
        else:
            total, name = people[known]
            people[known] = (total + times, printed if is_short(name) and not is_short(printed) else name)
    people.sort(key=lambda p: -p[0])
    if not people:
        return
    (times, name), second = people[0], people[1][0] if len(people) > 1 else 0
    share = times / entries
    if share >= 0.5 and times > second:
        weight = 6 if entries >= 5 and share >= 0.8 and second <= times / 2 else 4 if entries >= 3 else 2
        yield Sighting(turned(name), f"the author of {min(times, entries)} of {entries} listed works", weight, True)


def _grouped(sightings: Iterable[Sighting]) -> list[list[Sighting]]:
    groups: list[list[Sighting]] = []
    for sighting in sorted(sightings, key=lambda s: (is_short(s.name), -s.weight)):
        own = next((g for g in groups if any(are_one(s.name, sighting.name) for s in g)), None)
        if own is None:
            groups.append([sighting])
        else:
            own.append(sighting)
    return groups


def _best(group: Sequence[Sighting]) -> Sighting:
    """The sighting whose form is the person's own: in full, from the surest place, printed most often."""
    often = Counter(name_key(s.name) for s in group)
    return max(
        group, key=lambda s: (not is_short(s.name), not s.is_counted, s.weight, often[name_key(s.name)], len(s.name))
    )


def _traces(readings: Sequence[Reading]) -> str:
    """Addresses and names of files, folded: where a person's name leaves traces."""
    documents = [r.document for r in readings]
    contacts = (f.value for r in readings for f in r.facts if isinstance(f, Contact))
    heads = (re.findall(r"\S+@\S+|\S+\.\w{2,}\S*", d.text[:_HEAD_CHARACTERS]) for d in documents)
    return fold(" ".join([*contacts, *(w for words in heads for w in words), *(d.id for d in documents)]))


def _score(group: Sequence[Sighting], traces: str, documents: Sequence[Document]) -> int:
    name = _best(group).name
    score = max(s.weight for s in group) + min(_BEHIND + 1, _BEHIND * (len({s.where for s in group}) - 1))
    if is_latin(name):
        surname = re.sub(r"[\W_]", "", fold(name.split()[-1]))
        has_trace = len(surname) > 2 and surname in re.sub(r"[-_]", "", traces)
    else:
        has_trace = sum(d.text.count(name) for d in documents) > 1
    return score + (_BEHIND if has_trace else 0)


def _place(document: Document, line: str) -> str:
    """The document and the page on which ``line`` stands."""
    start = document.text.find(line)
    page = next((b.page for b in document.blocks if start >= 0 and b.span.start <= start < b.span.end), None)
    return f"{document.id}, page {page}" if page else document.id
