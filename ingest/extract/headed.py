"""Works that a page sets one below the other: a title in its own heading or line, the byline with the imprint, the abstract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.domain import Block, BlockKind, Document, Section, Span
from ingest.extract.signed import Signed, signed
from ingest.imprint import YEAR, Citation, first_sentence, is_label_line, legend_in, with_imprint
from ingest.sections import heading_text, is_section_name
from ingest.states import is_preprint

_NUMBER = re.compile(r"^(?:\[(?:\d{1,3}|[A-Z])\]|\(?\d{1,3}[.)])\s+")
_TAIL = re.compile(r"\s*\((?P<words>[^()]*)\)$")
_DATED = re.compile(rf"(?:^|[^-–\d]\s|\s){YEAR}$|^{YEAR}$")
_IMPRINT = re.compile(rf"[^\W\d_a-z][^.?!]{{2,100}}?[\s,(]{YEAR}\)?\W*$")
"""A venue and its year, and nothing else: "Annals of Ports, 2016"."""
_LONGEST_TITLE = 40
_SHORTEST_ABSTRACT = 80
_LEAST = 2
"""Works of one shape that a page must have."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A work with the span from its title to its imprint, its abstract, and the blocks that tell of it."""

    span: Span
    citation: Citation
    abstract: Span | None
    path: tuple[str, ...]
    blocks: tuple[int, ...]


def headed_in(document: Document) -> tuple[Headed, ...]:
    """The works of the publication sections whose titles stand in a heading or line of their own, above a byline; at least two of one shape.

    A heading names a topic where the entries below it have titles themselves.
    """
    headings = sum(_is_title(document, block) for block in document.blocks)
    several = sum(_has_lines(document, block) for block in document.blocks)
    shapes = ((tuple(_under_headings(document)), headings), (tuple(_in_lines(document)), several))
    return tuple(work for found, all_ in shapes if len(found) >= _LEAST and 2 * len(found) >= all_ for work in found)


def _under_headings(document: Document) -> Iterator[Headed]:
    """Works under headings, with nothing but paragraphs below."""
    blocks = document.blocks
    heads = [n for n, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    for start, end in pairwise([*heads, len(blocks)]):
        below = blocks[start + 1 : end]
        if below and _is_title(document, blocks[start]) and all(b.kind is BlockKind.PARAGRAPH for b in below):
            work = _headed(document, start, [document.quote(b.span) for b in below])
            if work is not None:
                yield work


def _is_title(document: Document, block: Block) -> bool:
    """Whether a heading inside of a publication section may be a work's title."""
    name = heading_text(document.quote(block.span))
    return (
        block.kind is BlockKind.HEADING
        and block.section is Section.PUBLICATIONS
        and len(block.path) > 1
        and len(name.split()) in range(2, _LONGEST_TITLE)
        and not is_section_name(name)
        and not re.fullmatch(rf"\W*{YEAR}(?:\W+(?:{YEAR}|now|present))?\W*", name)
    )


def _headed(document: Document, start: int, texts: Sequence[str]) -> Headed | None:
    """The work under the heading ``start`` with ``texts`` below it; ``None`` where they do not sign it."""
    heading = document.blocks[start]
    line, *told = texts[0].split("\n", 1)
    byline = signed(line) or (Signed((), True, (), line) if _IMPRINT.fullmatch(line) else None)
    if byline is None or any(_is_sure(signed(text.split("\n")[0])) for text in texts[1:]):
        return None
    below = document.blocks[start + 1].span
    end = below.start + len(line)
    used = 1
    if not byline.imprint and not told and len(texts) > 1 and _is_imprint(texts[1]):
        byline = replace(byline, imprint=" ".join(texts[1].split()))
        used, end = 2, document.blocks[start + 2].span.end
    citation = _citation(document.quote(heading.span), byline, document.text[below.start : end])
    if citation is None:
        return None
    after = [document.blocks[start + 1 + n].span for n in range(used, len(texts)) if _is_prose(texts[n])]
    inside = [Span(document.id, end + 1, below.end)] if told and _is_prose(told[0]) else []
    span = Span(document.id, heading.span.start, end)
    return Headed(span, citation, next(iter(inside + after), None), heading.path[:-1], _numbers(start, len(texts) + 1))


def _in_lines(document: Document) -> Iterator[Headed]:
    """Works whose block begins with a line for the title and one for the byline and imprint."""
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if not _has_lines(document, block):
            continue
        title, line, *told = document.quote(block.span).split("\n", 2)
        byline = None if signed(title) or len(title.split()) < 2 else signed(line)
        if byline is None or not byline.imprint or not _is_sure(byline):
            continue
        citation = _citation(title, byline, line)
        if citation is None:
            continue
        end = block.span.start + len(title) + 1 + len(line)
        after = blocks[number + 1] if number + 1 < len(blocks) and not told else None
        if told:
            abstract = Span(document.id, end + 1, block.span.end) if _is_prose(told[0]) else None
        else:
            abstract = after.span if after and _tells_of(document, after) else None
        used = 2 if abstract is not None and not told else 1
        yield Headed(Span(document.id, block.span.start, end), citation, abstract, block.path, _numbers(number, used))


def _has_lines(document: Document, block: Block) -> bool:
    is_listed = block.section is Section.PUBLICATIONS and block.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM}
    return is_listed and "\n" in document.quote(block.span)


def _tells_of(document: Document, block: Block) -> bool:
    """Whether a block is the abstract of the work above it."""
    text = document.quote(block.span)
    return block.kind is BlockKind.PARAGRAPH and "\n" not in text and _is_prose(text)


def _is_sure(byline: Signed | None) -> bool:
    """Whether names are more than two words in capitals: there are several, or one has its initials."""
    authors = byline.authors if byline else ()
    return len(authors) > 1 or any(re.search(r"(?:^|\s)[^\W\d_a-z]{1,3}(?:\.|$)", a.name) for a in authors)


def _numbers(start: int, count: int) -> tuple[int, ...]:
    return tuple(range(start, start + count))


def _is_prose(text: str) -> bool:
    """Whether a text under a work's title tells what it is about."""
    return len(text) > _SHORTEST_ABSTRACT and re.search(r"[^\W\d_]{2}[.!?]", text) is not None


def _is_imprint(text: str) -> bool:
    """Whether a line below a byline may say where the work appeared."""
    return len(text) <= _SHORTEST_ABSTRACT and "\n" not in text and not is_label_line(text)


def _citation(heading: str, byline: Signed, printed: str) -> Citation | None:
    """The work of a title, its byline and what its heading says in brackets: "(2021)", "(Ports 2025)", "(in revision)"."""
    title = _NUMBER.sub("", " ".join(heading.split()))
    imprint, whole = byline.imprint, byline.imprint
    tail = _TAIL.search(title)
    words = tail["words"] if tail else ""
    if tail and re.fullmatch(YEAR, words) and re.search(rf"\b{words}\b", imprint):
        title = title[: tail.start()]
    elif tail and (is_preprint(words) or (_DATED.search(words) and not re.search(rf"\b{YEAR}\b", imprint))):
        title = title[: tail.start()]
        imprint = _with_year(imprint, words) if imprint else words if "," in words or is_preprint(words) else ""
        whole = imprint or tail[0].strip()
    found = with_imprint(byline.authors, byline.complete, title, imprint, whole)
    if found is None:
        return None
    remarks = tuple(r for r in byline.remarks if not legend_in(r))
    return replace(found, legend=found.legend | legend_in(printed), notes=(*remarks, *found.notes))


def _with_year(imprint: str, year: str) -> str:
    """``imprint`` with what the heading says behind its first sentence: "Workshop on Ports. Best paper" had no year."""
    venue, remark = first_sentence(imprint)
    is_remark = remark and len(venue.split()) > 2
    return f"{venue}, {year}. {remark}" if is_remark else f"{imprint.rstrip(' .')}, {year}"
