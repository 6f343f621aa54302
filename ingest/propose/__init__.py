"""What a profile can say of itself, found in its documents: name, aliases, links, titles. Nothing is guessed, nothing private is taken."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.domain import Source
from ingest.extract.words import fold
from ingest.propose.aliases import Alias, find_aliases
from ingest.propose.links import Found, find_links
from ingest.propose.name import cv_words, person_name
from ingest.propose.person import STATED, Person, Sighting, find_person
from ingest.propose.stated import owner_of
from ingest.reading import Reading

__all__ = ["Alias", "Found", "Person", "Proposal", "Sighting", "propose", "titled"]

_PUBLICATIONS = {
    "papers",
    "paper",
    "publications",
    "publication",
    "pubs",
    "pub",
    "bibliography",
    "references",
    "refs",
    "works",
    "articles",
}
_LISTS = {".bib", ".ris", ".csv", ".json", ".xml", ".txt"}
_PAGES = {"index": "Homepage", "home": "Homepage", "about": "About", "bio": "Biography"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What ``profile.toml`` should say, each value with the place that it was found at."""

    person: Person
    aliases: tuple[Alias, ...]
    links: tuple[Found, ...]
    sources: tuple[Source, ...]
    languages: tuple[str, ...] = ("en",)
    greeting: str | None = None
    """What visitors are greeted with unless the owner writes something else."""
    questions: tuple[str, ...] = ()
    withheld: tuple[tuple[str, str], ...] = ()
    """Kinds of private data that were found, and in which documents."""


def propose(
    folder: Path, readings: Sequence[Reading], name: str | None = None, settings: Iterable[Path] = ()
) -> Proposal | None:
    """The proposal for the profile in ``folder``, whose documents are read and masked already; ``None`` where no name is printed.

    ``name`` is the owner's word for it; ``settings`` are files of homepages that may name their owner.
    """
    owners = [Sighting(owner, path.name, STATED) for path in settings if (owner := person_name(owner_of(path) or ""))]
    found = find_person(folder, readings, owners)
    if name:
        person: Person | None = Person(name, "given with --name", is_sure=True, forms=_forms_beside(found, name))
    else:
        person = found
    if person is None:
        return None
    return Proposal(
        person=person,
        aliases=find_aliases(person, readings),
        links=find_links(readings),
        sources=titled([r.document.id for r in readings], person.name),
    )


def titled(paths: Iterable[str], name: str) -> tuple[Source, ...]:
    """The documents at ``paths`` with titles that a visitor understands: ``ada_byron_cv_2024.pdf`` is a "CV"."""
    taken: set[str] = set()
    sources: list[Source] = []
    for path in paths:
        title = _title(path, name)
        if title in taken:
            title = f"{title} ({path})"
        taken.add(title)
        sources.append(Source(path, title))
    return tuple(sources)


def _title(path: str, name: str) -> str:
    pure = PurePosixPath(path)
    stem = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[^\W\d_])(?=\d)", " ", pure.stem)
    shown = " ".join(re.split(r"[\W_]+", stem)).strip() or pure.name
    own = set(fold(name).split())
    tokens = [t for t in fold(shown).split() if t not in own and not t.isdigit()]
    if set(tokens) & cv_words() or any(w in shown for w in cv_words() if not w.isascii() and len(w) > 1):
        return "CV"
    if pure.suffix.lower() in {".bib", ".ris"} or (set(tokens) & _PUBLICATIONS and pure.suffix.lower() in _LISTS):
        return "Publications"
    if len(tokens) == 1 and tokens[0] in _PAGES:
        return _PAGES[tokens[0]]
    shown = re.sub(r"^\d{4} \d\d \d\d (?=\w)", "", shown)
    return shown[:1].upper() + shown[1:]


def _forms_beside(found: Person | None, name: str) -> tuple[str, ...]:
    """The forms in other scripts that stand beside a name, where it is the one that the owner gave."""
    return found.forms if found is not None and fold(found.name) == fold(name) else ()


def with_answers(
    proposal: Proposal, greeting: str, questions: Sequence[str], withheld: Iterable[tuple[str, str]]
) -> Proposal:
    """``proposal`` with what only an ingest shows."""
    return replace(proposal, greeting=greeting, questions=tuple(questions), withheld=tuple(withheld))
