"""One entry of a CV out of any format: its head line, its text, and the fact that its section makes of it."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.domain import (
    BlockKind,
    Degree,
    Fact,
    Honour,
    Interest,
    Item,
    Position,
    Project,
    Section,
    Span,
)
from ingest.extract.words import fold, pattern_of
from ingest.readers.structured.page import Page
from ingest.readers.structured.when import When, at

Piece = tuple[BlockKind, str]
"""A paragraph or an item of an entry's text."""

ITEM_KINDS: dict[Section, Literal["teaching", "talk", "grant", "skill", "language"]] = {
    Section.TEACHING: "teaching",
    Section.TALKS: "talk",
    Section.GRANTS: "grant",
    Section.SKILLS: "skill",
    Section.LANGUAGES: "language",
}
_ONE_LINE = 160
"""Longest text that follows its head line on the same line."""
_SUPERVISOR = re.compile(rf"^(?:ph\.?d\.?\s+)?(?:{pattern_of('supervisor')})\s*[:：]\s*")
_NAMES = re.compile(r"\s*(?:&|,|;|、|\band\b|\bund\b|\bet\b|\by\b)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a format states of one entry, every text without markup."""

    title: str | None = None
    """The role, the degree, the award, the project."""
    organisation: str | None = None
    group: str | None = None
    place: str | None = None
    level: str | None = None
    """How well: "native", "senior"."""
    when: When | None = None
    text: tuple[Piece, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """Everything of the head line but the dates."""
        first = f"{self.title} ({self.level})" if self.title and self.level else self.title or self.level
        return ", ".join(p for p in (first, self.organisation, self.group, self.place) if p)


def add_entry(page: Page, entry: Entry) -> None:
    """Appends ``entry`` below the open section and states the fact that it is there.

    What an entry tells follows its head line on the same line where it is short, else below the head line as a heading.
    """
    when = entry.when.shown if entry.when else ""
    head = f"{entry.head} ({when})" if entry.head and when else entry.head or when
    if not head:
        for number, (piece_kind, text) in enumerate(entry.text):
            add_line(page, text, piece_kind, apart=number == 0 and page.is_in_entry)
        return
    inline = _inline(page.section, entry)
    if inline is None:
        _add_headed(page, entry, head)
        return
    kind = BlockKind.PARAGRAPH if page.section in _WITH_BODY or page.section is Section.OTHER else BlockKind.ITEM
    span = page.add(kind, f"{head}: {inline}" if inline else head, apart=page.is_in_entry)
    if span is None:
        return
    body = Span(span.document, span.end - len(inline), span.end) if inline else None
    is_head = page.section in _WITH_BODY
    _state(page, entry, Span(span.document, span.start, span.start + len(head)) if is_head else span, body)


def _inline(section: Section, entry: Entry) -> str | None:
    """What an entry tells, for its head line; ``None`` where it is too much for one."""
    listed = section in {Section.SKILLS, Section.LANGUAGES, Section.INTERESTS}
    pieces = [text for _, text in entry.text]
    told = ", ".join(pieces) if listed else " ".join(_closed(p) for p in pieces[:-1] if p) + " " + "".join(pieces[-1:])
    told = told.strip()
    is_short = len(told) <= _ONE_LINE and all(kind is BlockKind.PARAGRAPH for kind, _ in entry.text)
    return ", ".join(filter(None, [told, *entry.links])) if listed or is_short else None


def _closed(text: str) -> str:
    """``text`` with a mark at its end, so that more can follow."""
    return text if text[-1:] in ".!?;:。！？" else f"{text};"


def _add_headed(page: Page, entry: Entry, head: str) -> None:
    under = (entry.head or head,)
    start = page.add(BlockKind.HEADING, head, under=under)
    text = [*entry.text, *((BlockKind.PARAGRAPH, link) for link in entry.links)]
    spans = [span for kind, piece in text if (span := page.add(kind, piece, under=under)) is not None]
    if start is not None:
        _state(page, entry, start, Span(start.document, spans[0].start, spans[-1].end) if spans else None)


def add_line(page: Page, text: str, kind: BlockKind = BlockKind.ITEM, *, apart: bool = False) -> None:
    """Appends a line that is all its source says, and states what a list of such lines states."""
    if page.section in {Section.EXPERIENCE, Section.EDUCATION, Section.PUBLICATIONS} and kind is BlockKind.ITEM:
        page.add(kind, text, apart=apart)
        return
    span = page.add(kind, text, apart=apart)
    if span is None or len(text) > 2 * _ONE_LINE:
        return
    when = at(text)
    dates = when.dates if when else ()
    title = _without_date(text)
    item = ITEM_KINDS.get(page.section)
    topic, colon, detail = text.partition(":")
    if item == "language":
        for match in re.finditer(r"[^,;、()]+(?:\([^)]*\))?", text):
            name = match[0].strip()
            start = span.start + match.start() + match[0].index(name) if name else 0
            if name:
                page.state(Item(kind=item, span=Span(span.document, start, start + len(name)), title=name))
    elif item:
        page.state(Item(kind=item, span=span, title=title, dates=dates))
    elif page.section in {Section.AWARDS, Section.SERVICE}:
        page.state(Honour(span=span, title=title, is_award=page.section is Section.AWARDS, dates=dates))
    elif page.section is Section.INTERESTS:
        named = colon and detail.strip() and len(topic) < 80
        page.state(
            Interest(span=span, topic=topic.strip() if named else text, detail=detail.strip() if named else None)
        )


_WITH_BODY = {Section.EXPERIENCE, Section.EDUCATION, Section.PROJECTS}
"""Sections whose facts end with the head line; what follows is their body."""


def _state(page: Page, entry: Entry, span: Span, body: Span | None) -> None:
    fact = _fact(page.section, entry, span, body)
    if isinstance(fact, Degree | Position) and body is not None:
        people, end = _supervisors(entry, page.canonical.text, body)
        if people:
            told = Span(span.document, span.start, end)
            fact = replace(fact, span=told, supervisors=people)
    if fact is not None:
        page.state(fact)


def _fact(section: Section, entry: Entry, span: Span, body: Span | None) -> Fact | None:
    period = entry.when.period if entry.when else None
    dates = entry.when.dates if entry.when else ()
    title = entry.head
    match section:
        case Section.EXPERIENCE:
            return Position(
                span=span,
                organisation=entry.organisation,
                role=entry.title,
                group=entry.group,
                place=entry.place,
                period=period,
                body=body,
            )
        case Section.EDUCATION:
            return Degree(span=span, institution=entry.organisation, title=entry.title, period=period)
        case Section.PROJECTS:
            return Project(span=span, title=entry.title or title, period=period, body=body) if title else None
        case Section.AWARDS | Section.SERVICE:
            return Honour(span=span, title=title, is_award=section is Section.AWARDS, dates=dates) if title else None
        case Section.INTERESTS:
            return Interest(span=span, topic=title, detail=_detail(entry)) if title else None
        case _ if section in ITEM_KINDS and title:
            return Item(kind=ITEM_KINDS[section], span=span, title=_item_title(section, entry), dates=dates)
    return None


def _item_title(section: Section, entry: Entry) -> str:
    """A skill's title says what it comprises; the others' is their head line."""
    detail = _detail(entry)
    is_whole = section is Section.SKILLS and detail and not entry.when
    return f"{entry.head}: {detail}" if is_whole else entry.head


def _detail(entry: Entry) -> str | None:
    return ", ".join(text for _, text in entry.text) or None


def _supervisors(entry: Entry, text: str, body: Span) -> tuple[tuple[str, ...], int]:
    """Who supervised, by the first piece that says so, and where that piece ends."""
    for _, piece in entry.text:
        match = _SUPERVISOR.match(fold(piece))
        if match:
            names = tuple(n for n in _NAMES.split(piece[match.end() :].strip(" .")) if n)
            return names, text.index(piece, body.start) + len(piece)
    return (), 0


def _without_date(text: str) -> str:
    """A line without the dates at its ends."""
    bare = re.sub(r"[\s,(\[–—-]*\b(?:19|20)\d{2}[\d\s./–—-]*(?:present)?[)\]]?\.?$", "", text, flags=re.IGNORECASE)
    bare = re.sub(r"^[(\[]?(?:19|20)\d{2}[\d\s./–—-]*(?:present)?[)\]]?[\s:,.–—-]+", "", bare, flags=re.IGNORECASE)
    return bare.strip(" \t,;:") or text
