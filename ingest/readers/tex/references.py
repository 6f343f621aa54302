"""What a LaTeX document takes out of bibliographies: the references that it cites, and the lists of them that it prints."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import SourceUnreadable
from ingest.readers.bibliography import Printed, family_names, mark, references_in, year
from ingest.readers.structured.works import bibtex
from ingest.readers.structured.works.work import Reference
from ingest.readers.tex.files import embedded, encoding_of, find

EVERYTHING = "*"
r"""What ``\nocite`` names all entries by."""
_MOST_PRINTED = 50_000
"""References in all lists together, a work counted as often as it is printed."""
_TYPES = {
    **{"conference": "inproceedings", "electronic": "online", "www": "online", "techreport": "report"},
    **dict.fromkeys(["phdthesis", "mastersthesis"], "thesis"),
}
"""What BibLaTeX calls the types that others name otherwise."""
_TEST = re.compile(
    r"(?P<not>not\s+|not(?=type|keyword|category))?(?P<name>type|keyword|category)\s*=\s*\{?(?P<value>[^{}()]*?)\}?"
)
_SORTED = re.compile(r"sorting=(y(?:d)?[a-z]*)")


@dataclass(slots=True)
class Part:
    """A stretch of a document with lists of its own: all of it, or a section of references."""

    files: list[str] = field(default_factory=list)
    cited: dict[str, bool] = field(default_factory=dict)
    """The keys in the order in which they are named, each with whether it is named only to be listed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the page prints at a mark, once all is cited: one reference in some ``form``, or the list of ``part``."""

    part: Part
    keys: tuple[str, ...] | None = None
    """These only; ``None`` for all that the part cites."""
    tests: tuple[str, ...] = ()
    """What every reference of the list fulfils: ``type=article or keyword=main``."""
    form: str = "list"
    """``list``; ``entry``; ``text`` for "Okonjo (2020)", ``author`` or ``year``."""


class References:
    """The references of one document; marks stand on its page for what only the end of the document decides."""

    def __init__(self, folder: Path, main: Path, options: set[str]) -> None:
        """``options`` are those of the document's class and packages, as they come to be known."""
        self._folder, self._main, self._options = folder, main, options
        self._read: dict[str, tuple[Reference, ...]] = {}
        self._requests: list[Request] = []
        self._named: dict[str, Part] = {}
        self.categories: dict[str, set[str]] = {}
        self.filters: dict[str, str] = {}
        self.headings: dict[str, tuple[list[str], list[str]]] = {}
        r"""What ``\defbibheading`` makes headings of: the usual title, and the text around it."""
        self.whole = self.part = Part()

    def begin(self, files: Iterable[str] = ()) -> None:
        """Begins a part with lists of its own, out of ``files`` or else the document's."""
        self.part = Part(list(files))

    def named(self, name: str) -> Part:
        """The part whose macros carry its ``name``."""
        return self._named.setdefault(name, Part())

    def cite(self, keys: str, *, to_list: bool, part: Part | None = None) -> None:
        """Notes that ``keys`` are cited; ``to_list``: only so that a list has them."""
        cited = (part or self.part).cited
        for key in _names(keys):
            cited[key] = cited.get(key, False) or to_list

    def request(self, request: Request) -> str:
        """The mark for what will be printed there."""
        self._requests.append(request)
        return mark(len(self._requests) - 1)

    def is_found(self, part: Part) -> bool:
        """Whether a file of ``part`` holds anything."""
        return any(self._references(name) for name in part.files or self.whole.files)

    def printed(self) -> dict[int, Printed]:
        """What the marks stand for.

        Raises:
            SourceUnreadable: lists without measure.
        """
        found: dict[int, Printed] = {}
        left = _MOST_PRINTED
        for number, request in enumerate(self._requests):
            found[number] = self._printed(request)
            left -= len(found[number].references)
            if left < 0:
                raise SourceUnreadable(
                    f"{self._main}: prints more than {_MOST_PRINTED} references; look for a list that is printed again and again"
                )
        return found

    def _printed(self, request: Request) -> Printed:
        part = request.part
        known = {r.key: r for name in part.files or self.whole.files for r in reversed(self._references(name))}
        by_key = {key.lower(): r for key, r in known.items()} | known
        if request.form == "list":
            is_all = EVERYTHING in part.cited
            keys = list(reversed(known)) if is_all else list(part.cited)
            found = [(by_key.get(key) or by_key.get(key.lower()), is_all or part.cited.get(key, False)) for key in keys]
            chosen = [(r, own) for r, own in found if r and all(self._holds(test, r) for test in request.tests)]
            return Printed(references=tuple(self._sorted(chosen)), is_list=True)
        found = [(r, True) for key in request.keys or () if (r := by_key.get(key) or by_key.get(key.lower()))]
        if request.form == "entry":
            return Printed(references=tuple((r, True) for r, _ in found if r))
        return Printed(label="; ".join(_label(r, request.form) for r, _ in found if r))

    def _sorted(self, found: list[tuple[Reference, bool]]) -> list[tuple[Reference, bool]]:
        """``found`` by year where the document asks for that; else as they are named, or stand in their file."""
        sorting = next((m[1] for m in map(_SORTED.search, sorted(self._options)) if m), "")
        if not sorting:
            return found
        return sorted(found, key=lambda pair: _when(pair[0]), reverse=sorting.startswith("yd"))

    def _holds(self, test: str, reference: Reference) -> bool:
        """Whether a filter's ``test`` takes ``reference``: tests joined by "and" and "or", in round brackets."""
        while bracket := re.search(r"\(([^()]*)\)", test):
            test = (
                test[: bracket.start()]
                + f" type={'*' if self._holds(bracket[1], reference) else ''} "
                + test[bracket.end() :]
            )
        ways = (re.split(r"\band\b", way) for way in re.split(r"\bor\b", test))
        return any(all(self._fulfils(term.strip(), reference) for term in way) for way in ways)

    def _fulfils(self, term: str, reference: Reference) -> bool:
        match = _TEST.fullmatch(term)
        if match is None:
            return self._holds(self.filters[term], reference) if term in self.filters else True
        value = match["value"].strip()
        match match["name"]:
            case "type":
                fits = value == EVERYTHING or _TYPES.get(value.lower(), value.lower()) == _TYPES.get(
                    reference.kind, reference.kind
                )
            case "keyword":
                fits = all(keyword in reference.keywords for keyword in _names(value))
            case _:
                fits = reference.key in self.categories.get(value, set())
        return fits != bool(match["not"])

    def _references(self, name: str) -> tuple[Reference, ...]:
        """The entries of the file called ``name``; none where it is not in the profile, for then the page prints none either."""
        if name not in self._read:
            self._read[name] = ()
            with suppress(SourceUnreadable):
                path = find(self._folder, self._main.parent, name, ".bib")
                if path is not None and path.suffix == ".bib":
                    self._read[name] = references_in(path, encoding_of(self._main) or "cp1252")
                elif text := embedded(self._main, name):
                    self._read[name] = bibtex.references_in(text)
        return self._read[name]


def _names(listed: str) -> Sequence[str]:
    return [name.strip() for name in listed.split(",") if name.strip()]


def _label(reference: Reference, form: str) -> str:
    names, when = family_names(reference.work), year(reference.work)
    return {"author": names, "year": when}.get(form, f"{names} ({when})")


def _when(reference: Reference) -> tuple[int, int]:
    date = reference.work.date
    return (date.year or 0, date.first_month) if date else (9999, 0)
