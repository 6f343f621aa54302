"""One publication out of any export: its citation line, its abstract, and the fact that both state."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest.authors import read_author
from ingest.domain import BlockKind, Item, PartialDate, Publication, Section, Span
from ingest.imprint import legend_in
from ingest.readers.structured.page import Page

_TALK = re.compile(r"presentation|lecture|poster|talk")
_TAG = re.compile(r"(?=(?:.*[A-Z]){2})[A-Z][\w@&+-]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What an export states of one publication, every text without markup and on one line."""

    title: str
    authors: tuple[str, ...] = ()
    """Given name first; marks behind a name as they are printed."""
    authors_complete: bool = True
    venue: str | None = None
    detail: str | None = None
    """What is printed behind the venue: volume, number, pages."""
    date: PartialDate | None = None
    status: Literal["preprint", "published"] | None = None
    form: Literal["book", "chapter", "thesis"] | None = None
    other_kind: str | None = None
    """What it is where it is no publication: "software", "dataset", "lecture"; shown as a remark."""
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    abstract: str | None = None
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A work under the key by which documents cite it."""

    key: str
    kind: str
    """What its source calls it, in small letters: ``article``."""
    keywords: tuple[str, ...]
    """As its source lists them, for the lists that choose by them."""
    work: Work


def add_works(page: Page, works: Iterable[Work]) -> None:
    """Appends the publications under a heading of their own, then the other works, of which talks are stated as such."""
    listed = tuple(works)
    talks = [w for w in listed if w.other_kind and _TALK.search(w.other_kind)]
    page.open("Publications", Section.PUBLICATIONS)
    for work in (w for w in listed if w.other_kind is None):
        add_work(page, work)
    page.open("Presentations", Section.TALKS)
    for work in talks:
        add_work(page, work)
    page.open("Other works", Section.OTHER)
    for work in (w for w in listed if w.other_kind is not None and w not in talks):
        add_work(page, work)


def add_work(page: Page, work: Work) -> None:
    """Appends the citation ``Authors. Title. Venue, date. (notes)`` with its links, the abstract and the keywords, and states it."""
    line = citation(work)
    under = (work.title,)
    span = page.add(BlockKind.PARAGRAPH, "\n".join([line, *work.links]), under=under)
    if span is None:
        return
    abstract = page.add(BlockKind.PARAGRAPH, work.abstract or "", under=under)
    page.add(BlockKind.PARAGRAPH, f"Keywords: {', '.join(work.keywords)}" if work.keywords else "", under=under)
    if work.other_kind is None:
        page.state(stated(work, span, abstract))
    elif page.section is Section.TALKS:
        dates = (work.date,) if work.date else ()
        page.state(Item(kind="talk", span=span, title=work.title, dates=dates))


def citation(work: Work) -> str:
    """The citation line of ``work``."""
    names = ", ".join(work.authors) + ("" if work.authors_complete else " et al.")
    imprint = ", ".join(p for p in (" ".join(p for p in (work.venue, work.detail) if p), _year(work)) if p)
    remarks = [*work.notes, *([work.other_kind] if work.other_kind else [])]
    notes = f"({'; '.join(remarks)})" if remarks else ""
    return " ".join(p for p in (_stopped(names.strip()), _stopped(work.title), _stopped(imprint), notes) if p)


def stated(work: Work, span: Span, abstract: Span | None) -> Publication:
    """The fact that ``work`` states, printed at ``span`` as ``citation`` prints it."""
    authors = tuple(map(read_author, work.authors))
    legend = legend_in(citation(work))
    equal = {mark for mark, meaning in legend.items() if "equal" in meaning or "first" in meaning}
    tag = work.venue if work.venue and work.status == "published" and _TAG.fullmatch(work.venue) else None
    return Publication(
        span=span,
        title=work.title,
        authors=tuple(a.name for a in authors if a.name),
        authors_complete=work.authors_complete,
        equal=tuple(a.name for a in authors if equal & set(a.marks)),
        marked=tuple(a.name for a in authors if set(a.marks) - set(legend)),
        date=work.date,
        venue=work.venue,
        venue_tag=tag,
        status=work.status,
        form=work.form,
        notes=work.notes,
        abstract=abstract,
    )


def _year(work: Work) -> str | None:
    return work.date.edtf if work.date and work.date.year is not None else None


def _stopped(text: str) -> str:
    """``text`` with a full stop where it ends without one."""
    return text if not text or re.search(r"[.?!。？！…][\"”’'»)]?$", text) else f"{text}."
