"""Listing pages of papers whose marks run together: ``CLNov 9, 2022Code`` / ``Some TitleAda Byron, Bo Li et al. · lab`` / abstract.

The canonical text is the page itself; every record carries exact spans into it.
"""

import re
from collections import Counter
from dataclasses import dataclass

from ingest.dates import parse_date
from ingest.domain import Block, BlockKind, Document, Publication, Section, Source, Span

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*"
_HEAD = re.compile(
    rf"^(?P<subject>[A-Z][A-Z-]*?)[ \t]*(?P<date>{_MONTHS}\.? \d{{1,2}}(?:, \d{{4}})?)[ \t]*(?P<code>Code)?[ \t]*$",
    re.MULTILINE,
)
_WORD = r"(?!et al\b)[^\W\d_][\w'’.-]*"
_AUTHORS = re.compile(
    rf"(?P<names>{_WORD}(?: {_WORD}){{1,4}}(?:, {_WORD}(?: {_WORD}){{0,4}})*)"
    rf"(?P<cut>,? et al\.?)?(?:\s*·\s*(?P<affiliation>\S.*?))?\s*$"
)
_JOIN = re.compile(r"(?<=[^\s(\[{\-/'’.])(?=[^\W\d_a-z])")
"""Where a letter follows something other than a space; capitals and caseless scripts are kept below."""
_NAME_PREFIX = re.compile(r"(?:Mc|Mac|De|Di|Du|La|Le|Lo|Van|Von|Fitz|O)$")


@dataclass(frozen=True, slots=True)
class _Byline:
    """Offsets into the title line: where the authors start and end, and what stands behind them."""

    start: int
    end: int
    complete: bool
    affiliation: str | None

    def names(self, line: str) -> tuple[str, ...]:
        return tuple(line[self.start : self.end].split(", "))


def is_listing(text: str) -> bool:
    """Whether ``text`` is such a page: at least two heads, one at the top."""
    heads = list(_HEAD.finditer(text))
    return len(heads) >= 2 and not text[: heads[0].start()].strip()


def read(text: str, source: Source) -> Document:
    """A listing page: one block a line that says something, and one ``Publication`` a record that has a title, in the order of the page."""
    heads = list(_HEAD.finditer(text))
    bounds = [m.start() for m in heads[1:]] + [len(text)]
    known = _names_in(text, heads, bounds)
    blocks: list[Block] = []
    papers: list[Publication] = []
    for head, end in zip(heads, bounds, strict=True):
        paper, paper_blocks = _record(text, source.path, head, end, known)
        papers += [paper] if paper.title else []
        blocks += paper_blocks
    return Document(
        id=source.path,
        title=source.title,
        media_type="text/plain",
        text=text,
        blocks=tuple(blocks),
        facts=tuple(papers),
        url=source.url,
    )


def _record(
    text: str, document: str, head: re.Match[str], end: int, known: Counter[str]
) -> tuple[Publication, list[Block]]:
    title_start, title_end = _line_at(text, head.end() + 1, end)
    line = text[title_start:title_end]
    byline = _byline(line, known)
    title = line[: byline.start] if byline else line
    abstract_start, abstract_end = _trim(text, title_end, end)
    abstract = Span(document, abstract_start, abstract_end) if abstract_end > abstract_start else None
    span = Span(document, head.start(), title_end)
    paper = Publication(
        span=span,
        title=title.strip(),
        authors=byline.names(line) if byline else (),
        authors_complete=byline is not None and byline.complete,
        date=parse_date(head["date"]),
        subject=head["subject"],
        has_code=head["code"] is not None,
        affiliation=byline.affiliation if byline else None,
        abstract=abstract,
    )
    path = (paper.title,)
    spans = [(BlockKind.ROW, head.start(), head.end()), (BlockKind.HEADING, title_start, title_end)]
    if abstract:
        spans.append((BlockKind.PARAGRAPH, abstract.start, abstract.end))
    blocks = [
        Block(kind, Span(document, a, b), path, Section.PUBLICATIONS, 2 if kind is BlockKind.HEADING else None)
        for kind, a, b in spans
        if b > a
    ]
    return paper, blocks


def _names_in(text: str, heads: list[re.Match[str]], bounds: list[int]) -> Counter[str]:
    """How often each name stands in an author list of the page, the first of each list left out: there the join hides its start."""
    known: Counter[str] = Counter()
    for head, end in zip(heads, bounds, strict=True):
        start, stop = _line_at(text, head.end() + 1, end)
        byline = _byline(text[start:stop], Counter())
        if byline:
            known.update(byline.names(text[start:stop])[1:])
    return known


def _byline(line: str, known: Counter[str]) -> _Byline | None:
    """Where the authors start: the last join behind which only names follow; a name seen elsewhere on the page goes before that."""
    found: list[_Byline] = []
    for join in _JOIN.finditer(line):
        match = None if line[join.start()].islower() else _AUTHORS.match(line, join.start())
        if match:
            names_end = match.end("names")
            found.append(_Byline(join.start(), names_end, match["cut"] is None, match["affiliation"]))
    if not found:
        return None
    for byline in reversed(found):
        if byline.names(line)[0] in known:
            return byline
    last = found[-1]
    if len(found) > 1 and _NAME_PREFIX.search(line[found[-2].start : last.start]):
        return found[-2] if line[found[-2].start : last.start].isalpha() else last
    return last


def _line_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The first line with something in it at or after ``start``, trimmed."""
    start = min(start, end)
    while start < end and text[start] in " \t\n":
        start += 1
    stop = text.find("\n", start, end)
    stop = end if stop < 0 else stop
    return start, start + len(text[start:stop].rstrip())


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + lead + len(piece.strip())
