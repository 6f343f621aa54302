"""Groups the blocks of a dated section (experience, education) into entries."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.dates import DatedText, find_dates, find_period
from ingest.domain import Block, BlockKind, Document, PartialDate, Period, Section, Span
from ingest.extract.words import has_word

_HEAD_LENGTH = 200
_MAX_HEAD_LINES = 4
_DEGREE_LENGTH = 12
"""A date right behind a degree's short name, as in "PhD 2015, Department of Physics", stands where one at an edge would."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an entry's head with its date taken out."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated entry: head lines, the period they print, and the blocks that tell of it."""

    lines: tuple[Line, ...]
    period: Period | None
    span: Span
    """The head lines, from the first to the last."""
    body: Span | None


def entries_in(document: Document, section: Section) -> Iterator[Entry]:
    """The entries of ``section``, in the order of the document; a block with a date on several lines is an entry a line."""
    held: list[Block] = []
    for block in _lines_apart(document, section):
        if block.section is not section or _opens_section(block):
            if held and block.section is not section:
                yield from _entry(document, held)
                held = []
            continue
        if held and _starts_entry(document, held, block):
            stolen = [held.pop()] if _is_bare_date(document.quote(block.span)) and len(held) > 1 else []
            yield from _entry(document, held)
            held = stolen
        held.append(block)
    if held:
        yield from _entry(document, held)


def _lines_apart(document: Document, section: Section) -> Iterator[Block]:
    for block in document.blocks:
        lines = document.quote(block.span).split("\n")
        if block.section is not section or block.kind is BlockKind.HEADING or len(lines) < 2:
            yield block
            continue
        dated = sum(period_in(line) is not None for line in lines)
        if dated < 2 or dated < len(lines) / 2:
            yield block
            continue
        offset = block.span.start
        for line in lines:
            span = Span(document.id, offset, offset + len(line))
            offset += len(line) + 1
            if line.strip():
                yield Block(block.kind, span, block.path, block.section, block.level, block.page)


def period_in(text: str) -> DatedText | None:
    """A range in ``text``, or else a lone date at one of its ends."""
    found = find_period(text)
    if found:
        return found
    for date, start, end in find_dates(text):
        before, after = text[:start].strip(" \t([|·–—-"), text[end:].strip(" \t.)]|·–—-")
        at_edge = not before or not after or (has_word("degree", before) and len(before) <= _DEGREE_LENGTH)
        if at_edge and date.year is not None:
            return DatedText(Period(date, date), start, end)
    return None


def _opens_section(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and len(block.path) <= 1


def _starts_entry(document: Document, held: list[Block], block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    text = document.quote(block.span)
    dated = period_in(text.split("\n")[0]) or (find_period(text) if len(text) < _HEAD_LENGTH else None)
    if dated is None:
        return False
    has_date = any(period_in(line) for b in held for line in document.quote(b.span).split("\n")[:_MAX_HEAD_LINES])
    detail = block.kind is BlockKind.ITEM and any(b.kind is not BlockKind.ITEM for b in held)
    return has_date and not (detail and find_period(text) is None)


def _tells(text: str) -> bool:
    """Whether a block is a sentence of what was done rather than a line of an entry's head."""
    words = len(text.split()) + len(re.findall(r"[\u3400-\u9fff]", text)) // 2
    return re.search(r"[.。]\s*$", text) is not None and words > 8 and period_in(text) is None


def _is_bare_date(text: str) -> bool:
    found = period_in(text)
    return found is not None and not re.search(r"\w", text[: found.start] + text[found.end :])


def _entry(document: Document, blocks: list[Block]) -> Iterator[Entry]:
    lines: list[Line] = []
    period: Period | None = None
    rest: list[Span] = []
    for number, block in enumerate(blocks):
        text = document.quote(block.span)
        is_head = (
            not rest
            and len(lines) < _MAX_HEAD_LINES
            and (number == 0 or (BlockKind.ITEM not in {block.kind, blocks[0].kind} and len(text) < _HEAD_LENGTH))
            and not (number and _tells(text))
        )
        if not is_head:
            rest.append(block.span)
            continue
        offset = block.span.start
        for line in text.split("\n"):
            found = period_in(line) if period is None else None
            period = found.period if found else period
            bare = _without_date(line, found) if found else line
            lines.append(Line(_trimmed(bare), Span(document.id, offset, offset + len(line))))
            offset += len(line) + 1
    if lines and any(line.text for line in lines):
        span = Span(document.id, lines[0].span.start, lines[-1].span.end)
        body = Span(document.id, rest[0].start, rest[-1].end) if rest else None
        yield Entry(tuple(line for line in lines if line.text), period, span, body)


def _without_date(line: str, found: DatedText) -> str:
    """``line`` with a tab for its date, and for the brackets that hold nothing else: "Lecturer (2015–2016), Port University"."""
    bare = re.sub(r"[(（]\s*\t\s*[)）]", "\t", f"{line[: found.start]}\t{line[found.end :]}")
    return re.sub(r"(?<=[(（])\t[,;，；]?\s*|[,;，；]?\s*\t(?=[)）])", "", bare)


def _trimmed(line: str) -> str:
    """``line`` without what a date leaves at its ends; a bracket that belongs to the words stays closed."""
    bare = line.strip(" \t,;:|–—-()")
    return f"{bare})" if re.search(r"\([^()\t]*$", bare) else bare


def year_of(date: PartialDate | None) -> int | None:
    """The year of a date that may be unknown."""
    return date.year if date else None
