"""Groups the blocks of a dated section (experience, education) into entries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.dates import DatedText, find_period
from ingest.domain import Block, BlockKind, Document, PartialDate, Period, Section, Span
from ingest.extract.inline import several_in
from ingest.extract.openings import is_dated_row, is_degree_row, is_sibling, opens_degree, opens_post
from ingest.extract.periods import is_bare_date, lies_within, lone_date, period_in
from ingest.extract.words import has_word
from ingest.sections import heading_text, is_section_name, section_of

_HEAD_LENGTH = 200
_LINE_LENGTH = 120
_MAX_HEAD_LINES = 4
_CLOSED = re.compile(r"\d{4}\s*$")
"""A cell that ends with its own year."""
_LONG_REST = 6
"""More words behind a period than what a head still prints: a place, a supervisor."""


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
    above: str | None = None
    """What heads this entry and others: a sub-heading, or the line above the dated lines of one block."""
    is_led: bool = False
    """Whether that is the first line of its own block."""
    block: int = 0
    """Where the block begins that the entry is cut out of."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A block, or a dated line of one."""

    block: Block
    whole: int
    above: str | None = None


def entries_in(document: Document, section: Section) -> Iterator[Entry]:
    """The entries of ``section``, in the order of the document; a block with a date on several lines is an entry a line.

    A sub-heading that is no section's name heads the entries below it, up to the next one.
    """
    held: list[_Part] = []
    heading: str | None = None
    for part in _lines_apart(document, section):
        block = part.block
        if block.section is not section or _opens_section(block):
            if held:
                yield from _entry(document, held, heading)
                held = []
            heading = None
            continue
        text = document.quote(block.span)
        if held and _starts_entry(document, [p.block for p in held], block):
            dates_lead = is_bare_date(document.quote(held[0].block.span))
            is_below = not dates_lead and is_bare_date(text) and len(held) > 1
            stolen = [held.pop()] if is_below else []
            yield from _entry(document, held, heading)
            held = stolen
        if block.kind is BlockKind.HEADING:
            divides = _divides(heading_text(text))
            heading = None if divides or "\t" in text or period_in(text) else heading_text(text)
            if divides:
                continue
        held.append(part)
    if held:
        yield from _entry(document, held, heading)


def _lines_apart(document: Document, section: Section) -> Iterator[_Part]:
    for block in document.blocks:
        told = list(_told_apart(document, block)) if block.section is section else []
        if told:
            yield from told
            continue
        lines = document.quote(block.span).split("\n")
        start = block.span.start
        if block.section is not section or block.kind is BlockKind.HEADING or len(lines) < 2 or _wrapped(lines):
            yield _Part(block, start)
            continue
        dated = [(found := period_in(line)) is not None and not _is_remark(line, found) for line in lines]
        if sum(dated) < 2 or sum(dated) < len(lines) / 2:
            yield _Part(block, start)
            continue
        first = dated.index(True)
        above = lines[0].strip() if first and _heads(lines, dated) else None
        begin = 0 if above is None else first
        ends = list(accumulate(len(line) + 1 for line in lines))
        for number, line in enumerate(lines):
            if number < first or not line.strip():
                continue
            opens = ends[number] - len(line) - 1 if number > first or begin else 0
            span = Span(document.id, start + opens, start + ends[number] - 1)
            yield _Part(Block(block.kind, span, block.path, block.section, block.level, block.page), start, above)


def _told_apart(document: Document, block: Block) -> Iterator[_Part]:
    """The entries of a paragraph of one line that holds several."""
    text = document.quote(block.span)
    if block.kind is not BlockKind.PARAGRAPH or "\n" in text or "\t" in text:
        return
    for start, end in several_in(text):
        span = Span(document.id, block.span.start + start, block.span.start + end)
        yield _Part(Block(BlockKind.ITEM, span, block.path, block.section, block.level, block.page), span.start)


def _is_remark(line: str, found: DatedText) -> bool:
    """Whether a line without a role has a lone date among other words in brackets: "Port Board, Lin (on call until May 2020)"."""
    _, bracket, words = line[: found.start].rpartition("(")
    is_within = bool(bracket) and ")" not in words and re.search(r"\w", words) is not None
    return is_within and found.period.start == found.period.end and not has_word("role", line)


def _divides(heading: str) -> bool:
    """Whether a sub-heading only divides the section: "Visiting positions", "Estancias"."""
    ends = [" ".join(heading.split()[-n:]) for n in (1, 2)]
    return is_section_name(heading) or (
        any(section_of(end) in {Section.EXPERIENCE, Section.EDUCATION} and is_section_name(end) for end in ends)
        and not has_word("organisation", heading)
    )


def _heads(lines: Sequence[str], dated: Sequence[bool]) -> bool:
    """Whether the first line heads the dated lines below it: they say what, it says where."""
    told = [has_word("role", line) or has_word("degree", line) for line in lines]
    return not told[0] and all(is_told for is_told, is_dated in zip(told, dated, strict=True) if is_dated)


def _wrapped(lines: Sequence[str]) -> str | None:
    """The first cell of a block whose column of dates goes on in the next line: "01/2017 –", "08/2018"."""
    cell, tab, _ = lines[0].partition("\t")
    if len(lines) < 2 or not tab or not is_bare_date(lines[1]) or _CLOSED.search(cell.strip()):
        return None
    return cell if find_period(f"{cell.strip()} {lines[1].strip()}") else None


def _opens_section(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and len(block.path) <= 1


def _starts_entry(document: Document, held: list[Block], block: Block) -> bool:
    if block.kind is BlockKind.HEADING:
        return True
    text = document.quote(block.span)
    if is_sibling(held[0], block) and (opens_degree(text) or opens_post(text) or is_dated_row(text)):
        return True
    first = document.quote(held[0].span)
    if is_degree_row(block, text) and (is_degree_row(held[0], first) or opens_degree(first.split("\n")[0])):
        return True
    dated = period_in(text.split("\n")[0]) or _second_line_date(text)
    dated = dated or (find_period(text) if len(text) < _HEAD_LENGTH else None)
    if dated is None:
        return False
    has_date = any(period_in(line) for b in held for line in document.quote(b.span).split("\n")[:_MAX_HEAD_LINES])
    has_date = has_date or (is_sibling(held[0], block) and opens_post(first)) or is_dated_row(first)
    detail = block.kind is BlockKind.ITEM and any(b.kind is not BlockKind.ITEM for b in held)
    return has_date and not (detail and (_only_mentions(text) or _is_within(document, held, text)))


def _is_within(document: Document, held: list[Block], text: str) -> bool:
    """Whether an item names no employer by its kind, and its period lies in that of the post, its role told, that it stands under."""
    head = "\n".join(document.quote(b.span) for b in held if b.kind is not BlockKind.ITEM)
    found = [period_in(line) for line in head.split("\n")[:_MAX_HEAD_LINES]]
    outer, inner = next(filter(None, found), None), period_in(text)
    if outer is None or inner is None or has_word("organisation", text) or not has_word("role", head):
        return False
    return lies_within(inner.period, outer.period)


def _only_mentions(text: str) -> bool:
    """Whether an item under a head has no period, or goes on behind it as a sentence does: "Led the repair of a bridge (2020 – 2022); it cost …"."""
    found = find_period(text)
    if found is None:
        return True
    behind = text[found.end :]
    return re.match(r"[)\]\s]*[;,]\s|\s*[)\]]\s+[a-zà-ÿ]", behind) is not None and len(behind.split()) > _LONG_REST


def _second_line_date(text: str) -> DatedText | None:
    """The date of a second line, where the first two are as short as the lines of a head."""
    lines = text.split("\n")[:2]
    return period_in(lines[1]) if len(lines) > 1 and all(len(line) < _LINE_LENGTH for line in lines) else None


def _tells(text: str) -> bool:
    """Whether a block is a sentence of what was done rather than a line of an entry's head."""
    words = len(text.split()) + len(re.findall(r"[\u3400-\u9fff]", text)) // 2
    return re.search(r"[.。]\s*$", text) is not None and words > 8 and period_in(text) is None


def _entry(document: Document, parts: list[_Part], heading: str | None) -> Iterator[Entry]:
    blocks = [part.block for part in parts]
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
        found, read = _lines_of(text, block.span, period is None, is_degree_row(block, text))
        period = period or found
        lines += read
    if lines and any(line.text for line in lines):
        span = Span(document.id, lines[0].span.start, lines[-1].span.end)
        body = Span(document.id, rest[0].start, rest[-1].end) if rest else None
        told = tuple(line for line in lines if line.text)
        above = parts[0].above or (heading if blocks[0].kind is not BlockKind.HEADING else None)
        yield Entry(told, period, span, body, above, parts[0].above is not None, parts[0].whole)


def _lines_of(text: str, span: Span, is_undated: bool, is_row: bool) -> tuple[Period | None, list[Line]]:
    """The lines of a head without the first date, and the period that it tells."""
    printed = text.split("\n")
    cell = _wrapped(printed) if is_undated else None
    joined = find_period(f"{cell.strip()} {printed[1].strip()}") if cell is not None else None
    period = joined.period if joined else None
    lines: list[Line] = []
    offset = span.start
    for number, line in enumerate(printed):
        found = period_in(line) or (lone_date(line) if is_row else None) if is_undated and period is None else None
        period = found.period if found else period
        bare = _without_date(line, found) if found else line
        if cell is not None:
            bare = line[len(cell) :] if number == 0 else ""
        lines.append(Line(_trimmed(bare), Span(span.document, offset, offset + len(line))))
        offset += len(line) + 1
    return period, lines


def _without_date(line: str, found: DatedText) -> str:
    """``line`` with a tab for its date, and for the brackets that hold nothing else: "Lecturer (2015–2016), Port University"."""
    bare = re.sub(r"[(（]\s*\t\s*[)）]", "\t", f"{line[: found.start]}\t{line[found.end :]}")
    bare = re.sub(r"\t\.\s+(?=[^\W\d_a-z])", "\t", bare)
    return re.sub(r"(?<=[(（])\t[,;，；]?\s*|[,;，；]?\s*\t(?=[)）])", "", bare)


def _trimmed(line: str) -> str:
    """``line`` without what a date leaves at its ends; a bracket that belongs to the words stays whole."""
    bare = line.strip(" \t,;:|–—-()")
    bare = f"{bare})" if re.search(r"\([^()\t]*$", bare) else bare
    return f"({bare}" if re.match(r"[^()\t]*\)", bare) and f"({bare}" in line else bare


def year_of(date: PartialDate | None) -> int | None:
    """The year of a date that may be unknown."""
    return date.year if date else None
