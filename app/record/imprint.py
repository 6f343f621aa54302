"""What an entry prints of itself beyond its fact: the kind of work, volume, pages, identifiers; only what is plainly there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.question.select import venue_class
from app.record.works import Work
from ingest.domain import Record

Kind = Literal["article", "proceedings", "book", "chapter", "thesis", "preprint", "other"]

_MEETING = re.compile(
    r"\b(?:proceedings|proc|conference|conf|workshop|symposium|meeting|congress|tagung)\b|会议|大会", re.IGNORECASE
)
_PAGES = r"(?P<first>[A-Za-z]?\d+)(?:\s*[-–—]{1,2}\s*(?P<last>[A-Za-z]?\d+))?"
_VOLUME = re.compile(
    rf"(?<![\w.])(?P<volume>\d{{1,4}})\s?\((?P<number>\d{{1,3}}(?:[-–/]\d{{1,3}})?)\)(?:\s*[:,]\s*(?:pp?\.\s*)?{_PAGES})?(?![\w(])"
    rf"|;\s*(?P<volume2>\d{{1,4}})\s*:\s*{_PAGES.replace('first', 'first2').replace('last', 'last2')}(?!\w)"
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>{}|\\^`]+")
_ARXIV = re.compile(
    r"\barxiv\s*[:.]?\s*(?:preprint\s*)?(?:arxiv:)?\s*(?:(?:org/)?(?:abs|pdf)/)?(?P<id>\d{4}\.\d{4,5})(?:v\d+)?\b",
    re.IGNORECASE,
)
_URL = re.compile(r"\bhttps?://[^\s\"<>{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Imprint:
    """The printed particulars of one work; ``None`` for what is not printed, or printed more than once."""

    kind: Kind
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    """``12-29``, or the first alone."""
    doi: str | None = None
    arxiv: str | None = None
    url: str | None = None


def imprint_of(record: Record, work: Work) -> Imprint:
    """What the entry of ``work`` prints; a kind other than ``other`` only where a heading, the venue's own words or a volume with its issue say it."""
    text = " ".join(record.quote(work.paper.span).split())
    behind = text[_behind_venue(text, work) :]
    volume = _VOLUME.search(behind)
    number = pages = None
    if volume is not None:
        number, (first, last) = volume["number"], _pages(volume)
        pages = f"{first}-{last}" if first and last else first
    return Imprint(
        kind=_kind(work, is_numbered=volume is not None),
        volume=volume and (volume["volume"] or volume["volume2"]),
        number=number,
        pages=pages,
        doi=_only(_trimmed(found[0]) for found in _DOI.finditer(text)),
        arxiv=_only(found["id"] for found in _ARXIV.finditer(text)),
        url=_only(_trimmed(found[0]) for found in _URL.finditer(text)),
    )


def _kind(work: Work, is_numbered: bool) -> Kind:
    paper = work.paper
    if paper.form is not None:
        return paper.form
    if paper.status == "preprint":
        return "preprint"
    if not paper.venue:
        return "other"
    if _MEETING.search(paper.venue):
        return "proceedings"
    return "article" if is_numbered or venue_class(paper) == "journal" else "other"


def _behind_venue(text: str, work: Work) -> int:
    """Where the text behind the venue begins; its end where no venue is printed, so that nothing is found there."""
    venue = " ".join((work.paper.venue or "").split())
    at = text.rfind(venue) if venue else -1
    return at + len(venue) if at >= 0 else len(text)


def _pages(found: re.Match[str]) -> tuple[str | None, str | None]:
    return found["first"] or found["first2"], found["last"] or found["last2"]


def _only(found: Iterable[str]) -> str | None:
    values = set(found)
    return values.pop() if len(values) == 1 else None


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence that it stands in."""
    bare = address.rstrip(".,;:!?'”’")
    while bare.endswith((")", "]")) and bare.count("(") + bare.count("[") < bare.count(")") + bare.count("]"):
        bare = bare[:-1].rstrip(".,;:")
    return bare
