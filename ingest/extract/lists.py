"""Facts that stand one to a line: publications, projects, honours, interests and contacts."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from ingest.authors import name_list, without_remark
from ingest.citations import parse_citation, parse_titled
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
    Publication,
    Section,
    Span,
)
from ingest.extract.words import has_word
from ingest.imprint import Citation, is_label_line, legend_in
from ingest.sections import heading_text, section_of

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;]")
_UNPUBLISHED = re.compile(
    r"working papers?|preprints?|under review|in preparation|submitted|unpublished|预印本|manuscripts?", re.IGNORECASE
)
_FORMS: dict[Literal["book", "chapter", "thesis"], str] = {
    "chapter": r"chapters?|kapitel|beiträge|chapitres?|capítulos",
    "book": r"\bbooks?\b|monogra|bücher|ouvrages?|livres?|\blibros?\b|专著|著作",
    "thesis": r"\bthes[ie]s\b|dissertation",
}
_ITEM_KINDS: dict[Section, Literal["teaching", "talk", "grant", "skill", "language"]] = {
    Section.TEACHING: "teaching",
    Section.TALKS: "talk",
    Section.GRANTS: "grant",
    Section.SKILLS: "skill",
    Section.LANGUAGES: "language",
}
_LED = re.compile(r"\W?(?:edited |co-?authored |joint )?(?:with|by|mit|avec)\s", re.IGNORECASE)
"""What introduces a list of co-authors."""
_LISTED = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PARAGRAPH}


def publications_in(document: Document) -> Iterator[Publication]:
    """Every block of a publication section that reads as a citation; a mark counts as explained where the document explains it."""
    if any(isinstance(fact, Publication) for fact in document.facts):
        return
    legend = legend_in(document.text)
    bylines = _lone_bylines(document)
    for span, path in _publication_spans(document, bylines):
        text = document.quote(span)
        citation = parse_citation(text, bylines) or parse_titled(text)
        if citation is not None:
            yield _publication(span, citation, legend | citation.legend, " ".join(path))


def _lone_bylines(document: Document) -> frozenset[str]:
    """Single names that stand alone more than once in the publication sections: there they sign works of one author."""
    alone = Counter(
        line
        for block in document.blocks
        if block.section is Section.PUBLICATIONS and block.kind is not BlockKind.HEADING
        for line in (" ".join(part.split()) for part in document.quote(block.span).split("\n"))
        if len(line.split()) in range(2, 6) and name_list(line)
    )
    return frozenset(line for line, times in alone.items() if times > 1)


def _publication_spans(document: Document, bylines: frozenset[str]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The entries of the publication sections: a block each, or year, title, authors and venue where a page sets them one below the other."""
    blocks = [b for b in document.blocks if b.section is Section.PUBLICATIONS]
    texts = [document.quote(b.span) for b in blocks]
    signed = [b.kind is not BlockKind.HEADING and _is_byline(t, bylines) for b, t in zip(blocks, texts, strict=True)]
    signed = [is_it and not (_is_title_above(texts, signed, n)) for n, is_it in enumerate(signed)]
    starts = {n: _first_of_entry(blocks, texts, signed, n) for n, is_byline in enumerate(signed) if is_byline}
    begun = {first: n for n, first in starts.items() if first < n}
    number = 0
    while number < len(blocks):
        last = begun.get(number, number)
        for after in range(last + 1, min(last + 2, len(blocks))) if number in begun else ():
            following = (
                blocks[after].kind is BlockKind.HEADING or after in begun or blocks[after].path != blocks[last].path
            )
            last = last if following or is_label_line(texts[after]) or _is_subheading(texts[after]) else after
        if number in begun or blocks[number].kind is not BlockKind.HEADING:
            yield Span(document.id, blocks[number].span.start, blocks[last].span.end), blocks[number].path
        number = last + 1


def _first_of_entry(blocks: Sequence[Block], texts: Sequence[str], signed: Sequence[bool], number: int) -> int:
    """Where the entry begins whose authors are block ``number``: its title, or the year above that; ``number`` itself without a title."""
    title = number - 1
    if title < 0 or signed[title] or is_label_line(texts[title]) or _is_subheading(texts[title]):
        return number
    if blocks[title].kind is BlockKind.HEADING and len(blocks[title].path) < 2:
        return number
    year = title - 1
    has_year = (
        year >= 0 and re.fullmatch(r"\W*(?:19|20)\d{2}\W*", texts[year]) and blocks[year].kind is not BlockKind.HEADING
    )
    return year if has_year else title


def _is_title_above(texts: Sequence[str], signed: Sequence[bool], number: int) -> bool:
    """Whether what looks like names is a title: the authors stand in the next block."""
    return number + 1 < len(texts) and signed[number + 1] and not _LED.match(texts[number])


def _is_subheading(text: str) -> bool:
    return len(text.split()) <= 4 and section_of(text) is not None


def _is_byline(text: str, bylines: frozenset[str]) -> bool:
    people, _ = without_remark(text)
    names = name_list(people) if len(text) < 600 and "\n" not in text else None
    return names is not None and (len(names[0]) > 1 or _LED.match(text) is not None or people in bylines)


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
        if kind is None or block.kind not in _LISTED:
            continue
        for start, end in _item_offsets(document.quote(block.span), kind):
            span = Span(document.id, block.span.start + start, block.span.start + end)
            title, dates = _without_dates(document.quote(span))
            if re.search(r"[^\W\d_]{2}", title):
                yield Item(kind=kind, span=span, title=" ".join(title.split()).rstrip("."), dates=dates)


def _item_offsets(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where the items of a block stand in it."""
    pattern = {"language": r"[^,;、\n]*(?:\([^)]*\))?[^,;、\n]*", "skill": r"(?s).+"}.get(
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


def _publication(span: Span, citation: Citation, legend: dict[str, str], headings: str) -> Publication:
    equal = {mark for mark, meaning in legend.items() if "equal" in meaning or "first" in meaning}
    is_preprint = citation.is_preprint or _UNPUBLISHED.search(headings) is not None
    return Publication(
        span=span,
        title=citation.title,
        authors=tuple(a.name for a in citation.authors),
        authors_complete=citation.complete,
        equal=tuple(a.name for a in citation.authors if equal & set(a.marks)),
        marked=tuple(a.name for a in citation.authors if set(a.marks) - set(legend)),
        date=citation.date,
        venue=citation.venue,
        venue_tag=citation.venue_tag,
        status="preprint" if is_preprint else "published" if citation.venue or citation.venue_tag else None,
        form=next((form for form, pattern in _FORMS.items() if re.search(pattern, headings, re.IGNORECASE)), None),
        notes=citation.notes,
    )


def _blocks(document: Document, section: Section) -> Iterator[Block]:
    return (b for b in document.blocks if b.section is section and b.kind in _LISTED)


def _is_award(block: Block, title: str) -> bool:
    award, service = has_word("award", title), has_word("service", title)
    if award != service:
        return award
    return block.section is Section.AWARDS


def _without_dates(line: str) -> tuple[str, tuple[PartialDate, ...]]:
    found = [(d, s, e) for d, s, e in find_dates(line) if d.year is not None]
    column = line.rfind("\t")
    trailing = [f for f in found if f[1] > column] if column >= 0 else found
    title = line[:column] if column >= 0 else line
    if column < 0 and trailing:
        first, last = trailing[0], trailing[-1]
        if not line[last[2] :].strip(" .)]"):
            title = line[: first[1]]
        elif not line[: first[1]].strip(" ([:"):
            title = line[last[2] :]
    return title.strip(" \t,;:.–—-("), tuple(d for d, _, _ in trailing)
