"""Bibliographies that documents cite out of: what their files hold, and what a page prints of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.domain import Block, BlockKind, Publication, Section, Span
from ingest.errors import SourceUnreadable
from ingest.readers.canonical import Canonical
from ingest.readers.decode import decode
from ingest.readers.structured.load import load_json, load_yaml
from ingest.readers.structured.works import bibtex, exports
from ingest.readers.structured.works.work import Reference, Work, citation, stated

SUFFIXES = (".bib", ".json", ".yaml", ".yml")
"""The endings of bibliographies: BibTeX, and CSL as JSON or YAML."""
_LARGEST = 10 * 1024 * 1024
_EDGE = "\U0010fffe"
"""No character by Unicode's word, so that no text holds it."""
_MARK = re.compile(f"{_EDGE}(\\d+){_EDGE}")
_SUFFIX = re.compile(r"[,\s]+(?:Jr|Sr|II|III|IV|PhD|MD)\.?$")
_LISTED_APART = {Section.TALKS, Section.TEACHING, Section.GRANTS, Section.PROJECTS, Section.AWARDS, Section.SERVICE}
"""Sections that list works as something else."""
_PARTICLES = {
    "van",
    "von",
    "de",
    "der",
    "den",
    "del",
    "della",
    "da",
    "di",
    "dos",
    "la",
    "le",
    "ter",
    "ten",
    "zu",
    "al",
    "bin",
    "ibn",
}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A reference where a page prints it."""

    span: Span
    reference: Reference
    is_own: bool
    """Whether it is printed for its own sake, as a list of one's works is, and not because a text cites it."""
    abstract: Span | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands for one mark: a label, or whole references."""

    label: str = ""
    references: tuple[tuple[Reference, bool], ...] = ()
    """Each with whether it is printed for its own sake."""
    is_list: bool = False
    """Whether each reference is an entry below the others, not a part of a sentence."""


def references_in(path: Path, otherwise: str | None = None) -> tuple[Reference, ...]:
    """The references of the file at ``path``; ``otherwise`` as ``decode`` takes it.

    Raises:
        SourceUnreadable: too large, not text, or malformed.
    """
    if path.stat().st_size > _LARGEST:
        raise SourceUnreadable(f"{path}: more than {_LARGEST} bytes; shorten or split it")
    text = decode(path, otherwise)
    if path.suffix.lower() == ".bib":
        return bibtex.references_in(text)
    return exports.references_in(load_json(text, path) if path.suffix.lower() == ".json" else load_yaml(text, path))


def mark(number: int) -> str:
    """What stands in a text for what will be printed there as ``number``."""
    return f"{_EDGE}{number}{_EDGE}"


def family_names(work: Work) -> str:
    """The surnames that a text cites ``work`` by: "Okonjo and Li", "Okonjo et al."."""
    names = [_family(name) for name in work.authors]
    if not names:
        return work.title
    if len(names) > 2 or not work.authors_complete:
        return f"{names[0]} et al."
    return " and ".join(names)


def year(work: Work) -> str:
    """The year that a text cites ``work`` by, as it is printed."""
    return str(work.date.year) if work.date and work.date.year is not None else "n.d."


def printed(
    canonical: Canonical, kind: BlockKind, text: str, level: int | None, marks: Mapping[int, Printed]
) -> Iterator[Quoted]:
    """Appends a block with what its marks stand for, and says where each reference stands; lists follow the block that holds them."""
    shown: list[str] = []
    inline: list[tuple[int, int, Reference, bool]] = []
    lists: list[Printed] = []
    last = 0
    for match in _MARK.finditer(text):
        shown.append(text[last : match.start()])
        found = marks.get(int(match[1]), Printed())
        for reference, is_own in () if found.is_list else found.references:
            start = len("".join(shown))
            shown.append(citation(reference.work).rstrip("."))
            inline.append((start, start + len(shown[-1]), reference, is_own))
        shown.append(found.label)
        lists += [found] if found.is_list else []
        last = match.end()
    whole = "".join([*shown, text[last:]])
    if span := canonical.add(kind, whole, level):
        shift = span.start - (len(whole) - len(whole.lstrip()))
        for start, end, reference, is_own in inline:
            yield Quoted(Span(canonical.document, shift + start, shift + end), reference, is_own)
    for found in lists:
        for reference, is_own in found.references:
            yield from _entry(canonical, reference, is_own)


def _entry(canonical: Canonical, reference: Reference, is_own: bool) -> Iterator[Quoted]:
    work = reference.work
    # A paragraph, not an item: a run of items that read as citations is taken for a list whose heading was lost.
    span = canonical.add(BlockKind.PARAGRAPH, "\n".join([citation(work), *work.links]))
    if span is not None:
        abstract = canonical.add(BlockKind.PARAGRAPH, work.abstract or "") if is_own else None
        yield Quoted(span, reference, is_own, abstract)


def placed(blocks: Iterable[Block], quoted: Sequence[Quoted]) -> tuple[tuple[Block, ...], tuple[Publication, ...]]:
    """The blocks, and the publications that ``quoted`` states: those printed for their own sake, and all under a heading for publications.

    Other people's works, which a text cites, stand in no section and are no facts.
    """
    abstracts = {q.abstract: q for q in quoted if q.abstract is not None}
    rest = list(quoted)
    found: list[Block] = []
    facts: list[Publication] = []
    for block in blocks:
        told: list[Quoted] = []
        while rest and block.span.covers(rest[0].span):
            told.append(rest.pop(0))
        if len(told) == 1 and told[0].abstract is None:
            told = [replace(told[0], span=block.span)]  # with what the page adds to it: "Best paper"
        above = abstracts.get(block.span)
        section = _section(block, [above] if above else told)
        found.append(block if section is block.section else replace(block, section=section))
        facts += [
            stated(q.reference.work, q.span, q.abstract)
            for q in told
            if section is Section.PUBLICATIONS and q.reference.work.other_kind is None
        ]
    return tuple(found), tuple(facts)


def _section(block: Block, told: Sequence[Quoted]) -> Section:
    """Where a block stands of which ``told`` are a part: lists of one's own works are publications whatever stands above them."""
    length = sum(q.span.end - q.span.start for q in told if q.abstract != block.span)
    is_list = any(q.abstract == block.span for q in told) or length > (block.span.end - block.span.start) / 2
    if not told or not is_list or block.section is Section.PUBLICATIONS or block.section in _LISTED_APART:
        return block.section
    return Section.PUBLICATIONS if all(q.is_own for q in told) else Section.OTHER


def _family(name: str) -> str:
    """The surname of a name that is printed with the given name first, its particles before it."""
    words = _SUFFIX.sub("", name.rstrip("*†‡")).split() or [name]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])
