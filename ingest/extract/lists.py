"""Facts that stand one to a line: publications, projects, honours, interests and contacts."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ingest.dates import find_dates, find_period
from ingest.domain import (
    Block,
    BlockKind,
    Contact,
    Document,
    Honour,
    Interest,
    Item,
    PartialDate,
    Project,
    Section,
    Span,
)
from ingest.extract.words import has_word
from ingest.sections import heading_text, section_of

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;]")
_ITEM_KINDS: dict[Section, Literal["teaching", "talk", "grant", "skill", "language"]] = {
    Section.TEACHING: "teaching",
    Section.TALKS: "talk",
    Section.GRANTS: "grant",
    Section.SKILLS: "skill",
    Section.LANGUAGES: "language",
}
_LISTED = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PARAGRAPH}


def projects_in(document: Document) -> Iterator[Project]:
    """One project a sub-heading, or one an item where the section has none."""
    blocks = [b for b in document.blocks if b.section is Section.PROJECTS]
    heads = [n for n, b in enumerate(blocks) if b.kind is BlockKind.HEADING and len(b.path) > 1]
    for first, last in pairwise([*heads, len(blocks)]):
        below = blocks[first + 1 : last]
        texts = [document.quote(b.span) for b in below]
        dated = next((d for d in map(find_period, texts) if d), None)
        told = [b.span for b, t in zip(below, texts, strict=True) if not (find_period(t) and len(t) < 40)]
        yield Project(
            span=Span(document.id, blocks[first].span.start, below[0].span.end if below else blocks[first].span.end),
            title=heading_text(document.quote(blocks[first].span)),
            period=dated.period if dated else None,
            body=Span(document.id, told[0].start, told[-1].end) if told else None,
        )
    if not heads:
        for block in _blocks(document, Section.PROJECTS):
            title, _, detail = document.quote(block.span).partition(":")
            if detail and len(title) < 100:
                yield Project(span=block.span, title=title.strip(), body=block.span)


def honours_in(document: Document) -> Iterator[Honour]:
    """Awards and services; in a mixed list the words of each line decide."""
    for block in document.blocks:
        if block.section not in {Section.AWARDS, Section.SERVICE} or block.kind not in _LISTED:
            continue
        offset = block.span.start
        for line in document.quote(block.span).split("\n"):
            span = Span(document.id, offset, offset + len(line))
            offset += len(line) + 1
            title, dates = _without_dates(line)
            if re.search(r"[^\W\d_]{3}", title):
                yield Honour(span=span, title=title, is_award=_is_award(block, title), dates=dates)


def items_in(document: Document) -> Iterator[Item]:
    """Courses, talks and grants one a line; skills one a block; languages one by one."""
    for block in document.blocks:
        kind = _ITEM_KINDS.get(block.section)
        if block.kind not in _LISTED:
            continue
        for start, end in _labelled_languages(document.quote(block.span)) if kind != "language" else ():
            span = Span(document.id, block.span.start + start, block.span.start + end)
            yield Item(kind="language", span=span, title=" ".join(document.quote(span).split()).rstrip("."))
        if kind is None:
            continue
        for start, end in _item_offsets(document.quote(block.span), kind):
            span = Span(document.id, block.span.start + start, block.span.start + end)
            title, dates = _without_dates(document.quote(span))
            if re.search(r"[^\W\d_]{2}", title):
                yield Item(kind=kind, span=span, title=" ".join(title.split()).rstrip("."), dates=dates)


def _labelled_languages(text: str) -> Iterator[tuple[int, int]]:
    """Where the languages stand in a line that is labelled so outside of a section for them: "Languages: English (native), Dutch"."""
    for line in re.finditer(r"(?m)^.*$", text):
        label = re.match(r"(?P<label>[^:：\t\n]{3,40})\s*[:：\t]\s*", line[0])
        if label and section_of(label["label"]) is Section.LANGUAGES and has_word("tongue", line[0][label.end() :]):
            for start, end in _item_offsets(line[0][label.end() :], "language"):
                yield line.start() + label.end() + start, line.start() + label.end() + end


def _item_offsets(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where the items of a block stand in it."""
    pattern = {"language": r"(?:[^,;、，；\n·|•(（.]|\.(?!\s)|[(（][^)）]*[)）])+", "skill": r"(?s).+"}.get(
        kind, r"[^\n]+(?:\n(?=[a-z(])[^\n]+)*"
    )
    label = re.match(r"(?:languages?|sprachen|langues|idiomas|语言)\s*[:：]\s*", text, re.IGNORECASE)
    for match in re.finditer(pattern, text[label.end() if label else 0 :]):
        first = match.start() + (label.end() if label else 0)
        lead = len(match[0]) - len(match[0].lstrip())
        if match[0].strip(" ."):
            yield first + lead, first + lead + len(match[0].strip())


def interests_in(document: Document) -> Iterator[Interest]:
    """One interest an item, or the comma-separated ones of a paragraph."""
    for block in _blocks(document, Section.INTERESTS):
        text = document.quote(block.span)
        topic, colon, detail = text.partition(":")
        if colon and len(topic) < 80:
            yield Interest(span=block.span, topic=topic.strip(), detail=detail.strip() or None)
        elif block.kind is BlockKind.ITEM or (len(text) < 80 and "," not in text):
            yield Interest(span=block.span, topic=text.strip(" ."))
        elif not re.search(r"\.\s+\w", text):
            for match in re.finditer(r"[^,;、]+", text.rstrip(". ")):
                span = Span(document.id, block.span.start + match.start(), block.span.start + match.end())
                yield Interest(span=span, topic=re.sub(r"^(?:and|und|et|y)\s+", "", match[0].strip()))


def contacts_in(document: Document) -> Iterator[Contact]:
    """E-mail addresses anywhere, and the links above the first section."""
    for match in _EMAIL.finditer(document.text):
        span = Span(document.id, match.start(), match.end())
        yield Contact(span=span, channel="email", value=match[0])
    for block in document.blocks:
        if (block.section in {Section.OTHER, Section.CONTACT} and not block.path) or block.section is Section.CONTACT:
            for match in _URL.finditer(document.quote(block.span)):
                span = Span(document.id, block.span.start + match.start(), block.span.start + match.end())
                yield Contact(span=span, channel="link", value=match[0])


def _blocks(document: Document, section: Section) -> Iterator[Block]:
    return (b for b in document.blocks if b.section is section and b.kind in _LISTED)


def _is_award(block: Block, title: str) -> bool:
    award, service = has_word("award", title), has_word("service", title)
    if award != service:
        return award
    return block.section is Section.AWARDS


def _without_dates(line: str) -> tuple[str, tuple[PartialDate, ...]]:
    """A line without the dates that stand in a column or at an edge of it, and those dates."""
    found = [(d, s, e) for d, s, e in find_dates(line) if d.year is not None]
    cells = line.split("\t")
    dated = [cell for cell in (cells[0], cells[-1]) if len(cells) > 1 and _is_date_cell(cell)]
    if dated:
        left = "\t".join(cell for cell in cells if cell not in dated)
        dates = [d for d, s, _ in found if any(line.find(cell) <= s < line.find(cell) + len(cell) for cell in dated)]
        return left.strip(" \t,;:.–—-("), tuple(dates)
    title = line
    if found:
        first, last = found[0], found[-1]
        if not line[last[2] :].strip(" .)]"):
            title = line[: first[1]] if len(line[: first[1]].strip(" ([:")) > 2 else line[: last[1]]
        elif not line[: first[1]].strip(" ([:"):
            title = line[last[2] :] if not line[first[2] : last[1]].strip(" –—-/.,") else line[first[2] :]
    return title.strip(" \t,;:.–—-("), tuple(d for d, _, _ in found)


def _is_date_cell(cell: str) -> bool:
    """Whether a cell of a line says when and little else."""
    dates = find_dates(cell)
    left = cell
    for _, start, end in reversed(dates):
        left = left[:start] + left[end:]
    return any(d.year for d, _, _ in dates) and len(re.findall(r"[^\W\d_]{3,}", left)) <= 2
