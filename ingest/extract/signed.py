"""A line that signs a work and says where it appeared: ``A. Byron, B. Li. Journal of Quiet Seas 4, 2021``, without its title."""

import re
from dataclasses import dataclass

from ingest.authors import INITIALS, Author, name_list

_CUT = re.compile(r"\.[*†‡#]*\s+|\s+[—–|·]\s+|,?\s+(?=\((?:19|20)\d{2}\))|\.?\s*$")
_BRACKET = re.compile(r"\s*\((?P<words>(?!(?:19|20)\d{2}\))[^()\d]{3,80})\)")
"""What is said of an author or of all: "(equal contribution)"."""
_OTHERS = re.compile(r"(?:(?:and|&)\s+(?:\d+ )?others|et\.? al\.?)\W*")
_SHORT_NAME = re.compile(r"[^\W\d_a-z]{2,4}")
"""Initials that stand for a whole name: "KRL"."""
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Signed:
    """The authors of a line, what is remarked on them in brackets, and what follows."""

    authors: tuple[Author, ...]
    complete: bool
    remarks: tuple[str, ...]
    imprint: str


def signed(line: str) -> Signed | None:
    """The names that ``line`` begins with, up to the full stop, dash or year that ends them; ``None`` where it begins with none."""
    flat = " ".join(line.split())
    for cut in _CUT.finditer(flat[:_LONGEST]) if len(flat) < _LONGEST else ():
        people = flat[: cut.start()]
        names = name_list(_BRACKET.sub("", people))
        if names is None or not all(map(_is_whole, names[0])) or _goes_on(names[0], flat[cut.end() :]):
            continue
        behind = _OTHERS.match(flat[cut.end() :])
        rest = flat[cut.end() + behind.end() :] if behind else flat[cut.end() :]
        remarks = tuple(m["words"].strip() for m in _BRACKET.finditer(people))
        authors = _stopped(names[0]) if cut[0].startswith(".") else names[0]
        return Signed(authors, names[1] and behind is None, remarks, rest.strip(" —–|·"))
    return None


def _stopped(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """``authors`` with the full stop behind the last one's initials that ends the list as well, where the others have theirs."""
    *others, last = authors
    has_stops = bool(others) and all(a.name.endswith(".") for a in others)
    is_bare = not last.marks and not last.name.endswith(".")
    return (*others, Author(f"{last.name}.", last.marks)) if has_stops and is_bare else authors


def _is_whole(author: Author) -> bool:
    """Whether a name is more than initials, given name or surname first."""
    family, comma, given = author.name.partition(", ")
    if comma:
        return re.match(r"[^\W\d_]\.?(?:\s|$)", family) is None and INITIALS.fullmatch(given) is not None
    return _SHORT_NAME.fullmatch(author.name) is not None or (
        INITIALS.fullmatch(author.name) is None and len(author.name.split()) > 1
    )


def _goes_on(authors: tuple[Author, ...], rest: str) -> bool:
    """Whether the full stop stands behind a middle initial: "Ada B. Carroll, …"; names that are printed surname first have none."""
    has_middle = re.search(r"^[^\W\d_]{2,}\s[^\W\d_]$", authors[-1].name) is not None
    is_inverted = any(re.search(r"\s(?:[^\W\d_a-z]\.?){1,3}$", a.name) for a in authors[:-1])
    return (
        has_middle and not is_inverted and re.match(r"[^\W\d_a-z][\w'’-]+(?:[,.]\s|\s(?:and|&)\s|$)", rest) is not None
    )
