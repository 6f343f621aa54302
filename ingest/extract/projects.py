"""What was built or led, out of the sections of projects; one whose line states its money is a grant besides."""

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile

from ingest.dates import find_dates, find_period
from ingest.domain import Block, BlockKind, Document, Item, Project, Section, Span
from ingest.extract.items import FUNDED, MONEY
from ingest.extract.openings import is_dated_row
from ingest.extract.periods import is_bare_date, period_in
from ingest.extract.rows import is_prose, without_dates
from ingest.sections import heading_text

_FUNDER = re.compile(rf"{FUNDED.pattern}|\b(?:PI|Co-?I|investigat\w*)\b", re.IGNORECASE)
_COST = re.compile(
    r"(?:^|\t)\s*(?:[^\W\d_]+ )?(?:budgets?|costs?|fees?|(?:contract |construction )?value|bausumme|baukosten|kosten|honorar|presupuesto|costes?|orçamento"
    r"|coûts?|costo|预算|造价)\b[^\t\d]{0,20}(?:\t|$)",
    re.IGNORECASE,
)
"""How a column of a table is headed that says what the work cost."""
_DETAIL = re.compile(r"[:：]\s|(?<!\d)\s[–—-]\s")
_LABEL_WORDS = 4
"""Of the first cell of a row, as many as a project's name has."""
_SENTENCE = re.compile(r"(?<=[\w)])\.\s+(?=[^\W\d_a-z\d])|[，,]\s*(?=(?:19|20)\d{2})|，")


def projects_in(document: Document) -> Iterator[Project]:
    """One project a sub-heading, or where the section has none one a dated head or an item."""
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
        yield from _listed(document, [b for b in blocks if b.kind is not BlockKind.HEADING])


def _listed(document: Document, blocks: list[Block]) -> Iterator[Project]:
    """The projects of a list without sub-headings; items below a dated line, or set deeper than a project, tell of it."""
    headed = False
    above: tuple[int, bool] | None = None
    for number, block in enumerate(blocks):
        text = document.quote(block.span)
        first = text.split("\n")[0]
        below = list(takewhile(lambda b: b.kind is BlockKind.ITEM, blocks[number + 1 :]))
        if block.kind is not BlockKind.ITEM:
            above = None
            headed = period_in(first) is not None and "\t" in first and bool(below)
            if headed:
                yield _project(block.span, first, Span(document.id, below[0].span.start, below[-1].span.end))
                continue
        elif headed:
            continue
        depth, is_dated = block.level or 1, any(date.year for date, _, _ in find_dates(text))
        if above is not None and depth > above[0] and (above[1] or not is_dated):
            continue
        is_entry = _DETAIL.search(text[:100]) or (block.kind is BlockKind.ITEM and find_period(text))
        is_row = block.kind is BlockKind.ROW and is_dated_row(text)
        above = None
        if (is_entry or is_row) and not (block.kind is BlockKind.PARAGRAPH and is_prose(text)):
            above = (depth, is_dated) if block.kind is BlockKind.ITEM else None
            inside = _deeper(below, depth) if above else []
            yield _project(block.span, text, Span(document.id, block.span.start, (inside or [block])[-1].span.end))


def _deeper(items: list[Block], depth: int) -> list[Block]:
    """The first of ``items`` that are set deeper in their list than ``depth``."""
    return list(takewhile(lambda item: (item.level or 1) > depth, items))


def _project(span: Span, text: str, body: Span) -> Project:
    """A project with the title that its line begins with, up to what tells of it, and without its dates."""
    text = re.sub(r"^\d{1,3}\.\s+", "", text)
    label, tab, _ = text.partition("\t")
    if tab and not find_dates(label) and (is_dated_row(text) or len(label.split()) <= _LABEL_WORDS):
        cell = next(filter(is_bare_date, text.split("\t")), text)
        found = period_in(cell)
        return Project(span=span, title=label.strip(), period=found.period if found else None, body=body)
    told = _DETAIL.search(text)
    dated = text[: told.start()] if told and "\t" not in text else text
    found = period_in(dated) or period_in(dated.rstrip(" )"))
    title, _ = without_dates(dated)
    cut = _DETAIL.search(title) or _SENTENCE.search(title)
    head = title[: cut.start()] if cut and cut.start() > 1 else title
    bare = re.sub(r"\s*\([^()]*(?:19|20)\d{2}[^()]*\)\s*$|\s*[(（][^()（）]*$", "", head)
    return Project(span=span, title=" ".join((bare or head).split()), period=found.period if found else None, body=body)


def funded_in(document: Document) -> Iterator[Item]:
    """The projects of a list whose lines say what they were granted; what a column of budgets or fees says was built for it, not granted."""
    costed: tuple[str, ...] | None = None
    for block in document.blocks:
        text = document.quote(block.span)
        if block.kind is BlockKind.ROW and not MONEY.search(text) and _COST.search(text) and not _FUNDER.search(text):
            costed = block.path
        is_costed = block.kind is BlockKind.ROW and block.path == costed and not _FUNDER.search(text)
        if (
            block.section is Section.PROJECTS
            and block.kind is not BlockKind.HEADING
            and MONEY.search(text)
            and find_period(text)
            and not is_costed
        ):
            title, dates = without_dates(text)
            yield Item(kind="grant", span=block.span, title=" ".join(title.split()), dates=dates)
