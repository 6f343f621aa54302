"""The entries of lists that print one to a line: where each stands, its title and its dates, and what is no entry."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ingest.authors import MARKS
from ingest.dates import find_dates, find_period
from ingest.domain import Block, BlockKind, Document, PartialDate, Section, Span

_GOES_ON = re.compile(r"(?:[•·|,;/–—&-]|\b(?:and|und|et|y|with|avec|mit|con|com|le|la|of|de|der|die|das|the))$")
"""How a line ends whose entry goes on in the next."""
_LABEL_WORDS = 5
_LABEL = re.compile(r"[^:：\d]{3,30}[:：]\s")
_SIGNED = re.compile(r"^[^\W\d_][\w .’'/-]{1,40},\s+(?:(?:den|le|em|a|am|il|on|op)\s+)?\S+(?:\s+(?:de\s+)?\S+){0,4}$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|have|has|can|will|I|we|my|our|you|sind|ist|war|habe|haben|wir|meine[rn]?|suis|sommes|sont|est|ai|avons|mes|nos|son|soy|estoy"
    r"|são|sou|sono|ho)\b"
)
_SINCE = r"since|seit|depuis|desde|dal|sinds|from|as of|ab|of|in|im|en|em|bis|granted in"
_BETWEEN_DATES = re.compile(r"[\s,;/&+–—-]*(?:\b(?:and|und|et|y|e|bis|to|until|au|a)\b)?[\s,;/&+–—-]*", re.IGNORECASE)
_TERM = re.compile(r"[^\W\d_]{2,}\.?\s+(?:19|20)\d{2}\s*/")


def entries_of(document: Document, block: Block) -> Iterator[Span]:
    """The entries of a block of a list: its lines, those that go on taken together, and several on one line that a dot sets apart."""
    text = document.quote(block.span)
    if block.kind is BlockKind.PARAGRAPH and is_prose(text):
        return
    lines: list[tuple[int, int]] = []
    offset = 0
    dated = sum(bool(_dates(line)) for line in text.split("\n"))
    if (
        block.section is Section.GRANTS
        and block.kind is BlockKind.PARAGRAPH
        and dated == 1
        and _dates(text.split("\n")[0])
    ):
        # The lines below say how much, from whom, and what became of it.
        yield block.span
        return
    for line in text.split("\n"):
        if line.strip() and not is_no_entry(line):
            if lines and _continues(
                text[lines[-1][0] : lines[-1][1]], line, block.kind is BlockKind.ITEM and dated < 2
            ):
                lines[-1] = lines[-1][0], offset + len(line)
            else:
                lines.append((offset, offset + len(line)))
        offset += len(line) + 1
    for start, end in lines:
        for first, last in _apart(text[start:end]):
            yield Span(document.id, block.span.start + start + first, block.span.start + start + last)


def labels_in(document: Document) -> frozenset[int]:
    """The paragraphs, by their number, that only say of which kind the items right below them are: "As principal investigator"."""
    blocks = document.blocks
    return frozenset(
        number
        for number, (block, below) in enumerate(pairwise(blocks))
        if block.kind is BlockKind.PARAGRAPH and below.kind is BlockKind.ITEM and _is_label(document.quote(block.span))
    )


def _is_label(text: str) -> bool:
    is_short = len(text.split()) <= _LABEL_WORDS and "\n" not in text and "\t" not in text
    return is_short and not re.search(r"[\d,;.\"“”«»„]", text.strip(" .:"))


def _continues(entry: str, line: str, is_one: bool) -> bool:
    """Whether ``line`` belongs to the entry above it rather than to one of its own."""
    if _GOES_ON.search(entry.rstrip()) or re.match(r"\s*[a-zà-ÿ(]", line):
        return True
    if _dates(line) or entry.rstrip().endswith((".", "。")):
        return False
    first = entry.split("\n")[0].rstrip()
    found = _dates(first)
    is_inside = bool(found) and (found[-1][2] < len(first.rstrip(" .)]")) or "\t" in first)
    return is_one or is_inside or (_LABEL.match(first) is not None and _LABEL.match(line) is None)


def _apart(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line where a dot or a Chinese semicolon sets several dated entries apart."""
    cuts = [m.span() for m in re.finditer(r"\s+[·•]\s+|；", line)]
    edges = [0, *(edge for cut in cuts for edge in cut), len(line)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    is_list = len(parts) > 1 and (all(_dates(line[a:b]) for a, b in parts) or "；" in line)
    yield from parts if is_list else [(0, len(line))]


def is_prose(text: str) -> bool:
    """Whether a paragraph is a sentence about the list: "Below are some talks that I have given"."""
    return len(text.split()) > 5 and "\t" not in text and not _dates(text) and _VERB.search(text) is not None


def is_no_entry(text: str) -> bool:
    """Whether a line signs the page, "Harbourtown, 3 June 2024", or explains a mark."""
    if re.match(rf"[{MARKS}]\s*\S+(?:\s+\S+)?$", text.strip()):
        return True
    found = _dates(text)
    if len(found) != 1 or not _SIGNED.match(text.strip()) or found[0][0].day is None:
        return False
    _, start, end = found[0]
    return (
        not text[end:].strip(" .")
        and text[:start].count(",") == 1
        and re.search(r",\s*(?:[a-z]{1,3}\s+)?$", text[:start]) is not None
    )


def without_dates(line: str) -> tuple[str, tuple[PartialDate, ...]]:
    """A line without the dates that stand in a column or at an edge of it, and those dates; what stands in brackets with a date stays."""
    found = _dates(line)
    cells = line.split("\t")
    dated = [cell for cell in (cells[0], cells[-1]) if len(cells) > 1 and _is_date_cell(cell)]
    if dated:
        left = "\t".join(cell for cell in cells if cell not in dated)
        dates = [d for d, s, _ in found if any(line.find(cell) <= s < line.find(cell) + len(cell) for cell in dated)]
        return _bare(left), tuple(dates)
    title = line
    if found:
        first, last = found[0], found[-1]
        if not line[_end_of(line, last[2]) :].strip(" .)]"):
            title = _before_last(line, found)
        elif not line[: first[1]].strip(" ([:"):
            title = line[last[2] :] if not line[first[2] : last[1]].strip(" –—-/.,") else line[first[2] :]
    return _bare(title), tuple(d for d, _, _ in found)


def _before_last(line: str, found: Sequence[tuple[PartialDate, int, int]]) -> str:
    """``line`` without the run of dates at its end, and without the "since" before them; whole where others stand in its middle."""
    run = len(found) - 1
    while run and _BETWEEN_DATES.fullmatch(line[found[run - 1][2] : found[run][1]]):
        run -= 1
    start = found[run][1]
    before = re.sub(
        rf"(?:\b(?:{_SINCE})\s*|(?<=[\s,])\d{{1,2}}\s?[–—-]\s?(?=$)|[\s,;:.(\[–—-]+)+$",
        "",
        line[:start],
        flags=re.IGNORECASE,
    )
    in_words = before.count("(") > before.count(")") or before.endswith(" on")
    if run or in_words or _TERM.match(line[start:]):
        return line
    return before if len(before.strip(" ([:")) > 2 else line[: found[-1][2]]


def _end_of(line: str, end: int) -> int:
    """Where the last date ends with the dash or the "present" behind it."""
    period = find_period(line)
    if period and period.period.current and period.start <= end <= period.end:
        end = period.end
    dash = re.match(r"\s*[-–—]+(?=[\s)]*$)", line[end:])
    return end + (dash.end() if dash else 0)


def _bare(title: str) -> str:
    bare = title.strip(" \t,;:.。；–—-")
    bare = bare.removeprefix("(") if bare.count("(") > bare.count(")") else bare
    return bare.removesuffix("(").strip(" \t,;:.。；–—-")


def _dates(text: str) -> list[tuple[PartialDate, int, int]]:
    return [(d, s, e) for d, s, e in find_dates(text) if d.year is not None]


def _is_date_cell(cell: str) -> bool:
    """Whether a cell of a line says when and little else."""
    dates = find_dates(cell)
    left = cell
    for _, start, end in reversed(dates):
        left = left[:start] + left[end:]
    return any(d.year for d, _, _ in dates) and len(re.findall(r"[^\W\d_]{3,}", left)) <= 2
