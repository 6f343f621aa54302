"""Citation strings: one entry of a publication list into authors, title, venue, year and notes.

Three orders are read: ``A. Author, B. Author, Title. In Venue (TAG-2024 Oral)``; ``A. Author, B. Author. Title. Venue, 2024.``; and
``Author, A., & Author, B. (2024). Title. Venue.`` (APA 7). What does not fit gives ``None``.
"""

import re
from dataclasses import dataclass

from ingest.domain import PartialDate

MARKS = "*∗＊†‡§¶#⊠™✉✝♦♣♠⋆★\u2709"
_YEAR = r"(?:19|20)\d{2}"
_PARTICLE = r"(?:von|van|der|den|de|del|della|di|da|dos|du|la|le|el|al|bin|ibn|ter|ten|zu)"
_WORD = rf"(?:[^\W\d_a-z][\w'’.-]*|{_PARTICLE})"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,5}}\s*[{MARKS}]*(?:\s*,?\s*(?:Jr|Sr)\.?)?[{MARKS}]*")
_INITIALS = re.compile(rf"(?:[^\W\d_a-z]\.?[\s-]?){{1,4}}[{MARKS}]*")
_ET_AL = re.compile(r"(?:et\.? al\.?|(?:and )?others|u\.\s?a\.|等)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(,\s+(?:and\s+|&\s+)?|\s+(?:and|&|und|et)\s+|;\s+)")
_END = re.compile(r"(?<=[\w)\]'’\"”%+*][.?!])[\"”]?\s+|(?<=[。？！])")
_BEFORE_INITIAL = re.compile(r"(?:^|[\s.\-])[^\W\d_a-z]\.$|\b(?:et al|Jr|Sr|Dr|Prof|vs|No|Vol|pp|St)\.$")
_APA = re.compile(
    rf"^(?P<names>.{{3,600}}?)\s*\((?P<date>{_YEAR}[a-z]?(?:, [^)]+)?|in press|in preparation|forthcoming|submitted)\)[.,:]?\s+",
    re.DOTALL,
)
_TAIL = re.compile(r"\(([^()]*)\)\s*\.?\s*$")
_TAG = re.compile(rf"^(?P<tag>[A-Za-z][\w@&+/. ]{{0,30}}?)[-–\s]+(?P<year>{_YEAR})\b\s*(?P<note>.*)$")
_LEGEND = re.compile(
    rf"(?P<mark>[{MARKS}])\s*(?:=|:|denotes|indicates|means)?\s*(?P<meaning>equal(?:ly)?[\s-]+contribut\w*|co-first author\w*|corresponding author\w*)",
    re.IGNORECASE,
)
_PREPRINT = re.compile(
    r"\b(preprint|arxiv|biorxiv|medrxiv|ssrn|working paper|in preparation|submitted|under review)\b", re.IGNORECASE
)
_LINK_LABELS = frozenset(
    [
        "homepage",
        "code",
        "pdf",
        "link",
        "links",
        "website",
        "project",
        "page",
        "slides",
        "video",
        "poster",
        "bibtex",
        "arxiv",
        "github",
        "data",
    ]
) | {"project page"}


@dataclass(frozen=True, slots=True)
class Author:
    """A name as printed and the marks behind it."""

    name: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """One entry of a publication list, every value as printed with white space folded."""

    authors: tuple[Author, ...]
    complete: bool
    title: str
    venue: str | None
    venue_tag: str | None
    date: PartialDate | None
    notes: tuple[str, ...]
    is_preprint: bool
    legend: dict[str, str]
    """What the entry itself says its marks mean."""


def legend_in(text: str) -> dict[str, str]:
    """The marks that ``text`` explains: ``{"*": "equal contribution"}``."""
    return {m["mark"]: m["meaning"].lower() for m in _LEGEND.finditer(text)}


def looks_like_citation(text: str) -> bool:
    """Whether ``text`` is an entry of a publication list: names, a title of some length, a year."""
    parsed = parse_citation(text)
    return parsed is not None and parsed.date is not None and len(parsed.title) >= 12


def parse_citation(text: str) -> Citation | None:
    """The parts of one citation string, or ``None`` where it does not begin with an author list and a title."""
    flat = " ".join(text.split())
    return _parse_apa(flat) or _parse_listed(flat)


def _parse_apa(flat: str) -> Citation | None:
    head = _APA.match(flat)
    if head is None:
        return None
    authors, complete = _surname_first(head["names"])
    rest = flat[head.end() :]
    title, after = _cut(rest)
    if not authors or not title:
        return None
    year = re.match(_YEAR, head["date"])
    date = PartialDate(int(year[0])) if year else None
    venue = re.sub(r"^In:?\s+", "", re.split(r",\s*\d|\.\s|\s\d+\s*\(", after, maxsplit=1)[0]).strip(" .,") or None
    notes = () if year else (head["date"],)
    return Citation(
        authors, complete, title, venue, None, date, notes, _is_preprint(f"{head['date']} {after}"), legend_in(flat)
    )


def _parse_listed(flat: str) -> Citation | None:
    first, rest = _cut(flat)
    split = _BETWEEN.split(first)
    tokens, joints = split[::2], ["", *split[1::2]]
    authors: list[Author] = []
    complete = True
    for number, token in enumerate(tokens):
        if _ET_AL.fullmatch(token):
            complete = False
        elif _is_name(token) and (number == 0 or len(token.split()) <= 5):
            authors.append(_author(token))
        else:
            break
    if not authors:
        return None
    read = len(authors) + (not complete)
    if read == len(tokens) and rest and not re.match(r"In\b|\(", rest):
        title, rest = _cut(rest)
    elif read == len(tokens) and not complete:
        return None
    else:
        read -= read == len(tokens)
        while read > 0 and not re.search("[,;]", joints[read]):
            read -= 1
        authors = authors[: read - (not complete)]
        title = "".join(t for pair in zip(joints[read:], tokens[read:], strict=True) for t in pair)
    if not authors or (len(authors) == 1 and not rest):
        return None
    return _with_venue(tuple(authors), complete, title.strip(' ,"“”'), rest, flat)


def _with_venue(authors: tuple[Author, ...], complete: bool, title: str, rest: str, flat: str) -> Citation | None:
    tail = _TAIL.search(flat)
    venue_text = (
        rest[: -len(tail[0])] if tail and rest.endswith(tail[0]) else "" if tail and tail[0].strip() == rest else rest
    )
    if tail and title.endswith(tail[0].strip()):
        title = title[: -len(tail[0].strip())].strip(" .,")
    tag, year, notes = _tags(tail[1] if tail else "")
    venue = re.sub(rf"^In:?\s+|[\s,]*{_YEAR}\.?\s*$", "", venue_text.strip()).strip(" .,") or None
    if year is None:
        years = re.findall(rf"(?<![\d-]){_YEAR}(?![\d-])", rest) or re.findall(rf"\b{_YEAR}\b", tail[1] if tail else "")
        year = int(years[-1]) if years else None
    is_preprint = _is_preprint(tag or "") or (tag is None and _is_preprint(rest))
    date = PartialDate(year) if year else None
    if not title or not re.search(r"[^\W\d_]{3}", title):
        return None
    return Citation(
        authors,
        complete,
        title.rstrip("."),
        venue,
        None if is_preprint else tag,
        date,
        notes,
        is_preprint,
        legend_in(flat),
    )


def _tags(inside: str) -> tuple[str | None, int | None, tuple[str, ...]]:
    """The tag, year and notes of a closing parenthesis: ``ICLR-2023 Oral, * = equal contribution``."""
    tag: str | None = None
    year: int | None = None
    notes: list[str] = []
    for part in (p.strip() for p in inside.split(",")):
        match = _TAG.match(part)
        if match and tag is None:
            tag, year = match["tag"].strip(), int(match["year"])
            notes += [match["note"]] if match["note"] else []
        elif re.fullmatch(_YEAR, part):
            year = year or int(part)
        elif part and not _LEGEND.search(part) and part.lower() not in _LINK_LABELS:
            notes.append(part)
    return tag, year, tuple(notes)


def _cut(text: str) -> tuple[str, str]:
    """The first sentence of a citation without its full stop, and what follows; a full stop behind an initial does not end it."""
    for match in _END.finditer(text):
        before = text[: match.start()].rstrip('"”')
        if not (before.endswith(".") and _BEFORE_INITIAL.search(before)):
            return before.rstrip("."), text[match.end() :]
    return text.rstrip("."), ""


def _is_name(token: str) -> bool:
    return (_NAME.fullmatch(token.strip()) is not None and not token.isupper()) or _INITIALS.fullmatch(
        token
    ) is not None


def _author(token: str) -> Author:
    name = token.strip()
    bare = name.rstrip(MARKS + " ")
    return Author(bare, name[len(bare) :].strip())


def _surname_first(names: str) -> tuple[tuple[Author, ...], bool]:
    """``Holdgraf, C. R., & Griffiths, T. L.`` as two authors, each as printed."""
    complete = not re.search(r"et al|others|…|\.\.\.", names)
    text = re.sub(r",?\s*(?:et al\.?|and others|…|\.\.\.).*$", "", names)
    tokens = [t for t in re.split(r",\s+(?:&\s+|and\s+)?|\s+(?:&|and)\s+", text) if t]
    authors: list[Author] = []
    for token in tokens:
        if authors and _INITIALS.fullmatch(token) and not _INITIALS.fullmatch(authors[-1].name):
            last = authors.pop()
            authors.append(Author(f"{last.name}, {_author(token).name}", last.marks + _author(token).marks))
        elif _is_name(token):
            authors.append(_author(token))
        else:
            return (), complete
    return tuple(authors), complete


def _is_preprint(text: str) -> bool:
    return _PREPRINT.search(text) is not None
