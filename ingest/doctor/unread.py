"""Parts that gave no fact: files without a reader, sections in which nothing was understood, headings that nobody foresaw."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby, zip_longest
from pathlib import Path

from ingest.doctor.finding import Finding, Severity, counted, finding
from ingest.domain import Block, BlockKind, Document, Position, Project, Publication, Record, Section, Span
from ingest.extract.periods import period_in
from ingest.imprint import YEAR
from ingest.profile import FILE_NAME, is_about_folder
from ingest.readers import is_readable

_DOCUMENTS = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|tex|bib|ris|json|ya?ml|html?|xml|[ct]sv|rst|org|adoc|pptx|md|markdown|qmd|te?xt)",
    re.IGNORECASE,
)
"""Endings of files in which people keep a CV or a list of papers."""
_PROSE = frozenset({Section.SUMMARY, Section.CONTACT, Section.OTHER})
"""Sections that are read as text only."""
_COUNTED = frozenset({Section.PUBLICATIONS, Section.EXPERIENCE, Section.EDUCATION})
_ENTRY_LENGTH = 30
_LARGE = 3
_REFEREES = re.compile(r"\b(?:referen[cz]|r[ée]f[ée]renc|referee)|推荐人|推薦者", re.IGNORECASE)
"""A heading of other people, who are nothing to count."""
_USUAL_SIGNS = frozenset("\u00ad\u200c\u200d\ufeff")


def empty_sections(record: Record) -> Iterator[Finding]:
    """Sections that were recognised by their heading, but in which nothing was understood."""
    for document in record.documents:
        covered = _covered(record, document)
        runs = [list(run) for _, run in groupby(document.blocks, key=lambda block: block.section)]
        for run, following in zip_longest(runs, runs[1:]):
            heading, below = run[0], [b for b in run if b.kind is not BlockKind.HEADING]
            if (
                heading.section in _PROSE
                or heading.kind is not BlockKind.HEADING
                or any(_is_covered(b, covered) for b in run)
            ):
                continue
            if not below:
                if following is None or not _is_below(following[0], run[-1]):
                    message, advice = "nothing stands below this heading", "fill it or take it out"
                    yield finding(record, heading.span, "empty-section", "note", message, advice)
                continue
            message = f"nothing was understood in this section of {counted(len(below), 'block')} ({heading.section})"
            advice = (
                "visitors can find it as text, but it is not counted or listed; set one entry a line, with its date"
            )
            is_list = heading.section in _COUNTED and len(below) > 1
            severity: Severity = "warning" if is_list else "note"
            yield finding(record, heading.span, "empty-section", severity, message, advice)


def entries_not_understood(record: Record) -> Iterator[Finding]:
    """Blocks of publication lists that are no citation, and dated blocks of careers that are no entry."""
    for document in record.documents:
        covered = _covered(record, document)
        understood = {b.section for b in document.blocks if _is_covered(b, covered)}
        for block in document.blocks:
            if block.kind is BlockKind.HEADING or block.section not in understood or _is_covered(block, covered):
                continue
            text = document.quote(block.span)
            if block.section is Section.PUBLICATIONS and _is_entry(block, text):
                message = "this was not understood as a citation, so it is not counted"
                advice = "write it like its neighbours: authors, title, venue, year"
                yield finding(record, block.span, "not-a-citation", "warning", message, advice)
            elif block.section in _COUNTED and block.section is not Section.PUBLICATIONS and period_in(text):
                message = "this was not understood as an entry, so it is not counted"
                advice = "set organisation, role and dates on lines of their own above what is told of them"
                yield finding(record, block.span, "not-an-entry", "warning", message, advice)


def unknown_headings(record: Record) -> Iterator[Finding]:
    """Documents with entries but without a known section, and larger parts below headings that nobody foresaw."""
    for document in record.documents:
        covered = _covered(record, document)
        if all(block.section is Section.OTHER for block in document.blocks):
            dated = [b for b in document.blocks if re.search(rf"\b{YEAR}\b", document.quote(b.span))]
            if len(dated) > _LARGE:
                message = f"no section of a CV was recognised, although {counted(len(dated), 'block')} hold years"
                advice = "head its parts as usual, such as Experience, Education, Publications; prose is read as it is"
                yield finding(record, dated[0].span, "no-section", "warning", message, advice)
            continue
        for heading, blocks in _below_headings(document):
            if len(blocks) > _LARGE and not any(_is_covered(b, covered) for b in blocks):
                message = f"nobody foresaw this heading; the section of its {len(blocks)} blocks is guessed, or they are read as text only"
                advice = (
                    "nothing to do if that is enough; otherwise head it as usual, such as Projects, Talks or Service"
                )
                yield finding(record, heading.span, "unknown-heading", "note", message, advice)


RULES = (empty_sections, entries_not_understood, unknown_headings)


def not_understood(record: Record) -> list[Span]:
    """The headings and entries that no fact came from, in the order of the documents; ``record`` holds the facts that repeat others, too."""
    found = (f.span for rule in RULES for f in rule(record))
    order = {document.id: number for number, document in enumerate(record.documents)}
    return sorted({s for s in found if s is not None}, key=lambda s: (order[s.document], s.start, s.end))


def left_out(record: Record, folder: Path) -> Iterator[Finding]:
    """Files of the profile's folder that are no source, and characters that readers took out because they show nothing."""
    if not record.documents:
        message, advice = (
            "no document of this profile can be read",
            "put a CV as Markdown or plain text (.md, .txt) into the folder",
        )
        yield Finding("no-documents", "error", FILE_NAME, None, "", message, advice)
    unread: dict[str, list[str]] = defaultdict(list)
    known = {document.id for document in record.documents} | {source.path for source in record.profile.sources}
    for name in _files(folder):
        if name not in known:
            unread[Path(name).suffix.lower()].append(name)
    for ending, names in unread.items():
        these = ", ".join(names)
        if is_readable(Path(names[0])):
            message = f"profile.toml names other documents, so {these} is not read"
            advice = "name it under [[documents]] if it should be read"
        else:
            message = f"no reader takes {ending!r}, so nothing is known of {these}"
            advice = "nothing to do if another document says the same; otherwise put it there as Markdown or plain text"
        yield Finding("unread-file", "note", names[0], None, "", message, advice)
    for document in record.documents:
        yield from _invisible(document, folder / document.id)


def _files(folder: Path) -> Iterator[str]:
    """The paths inside ``folder`` of files in which people keep a CV or a list of papers."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink()):
        inside = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        if not is_hidden and _DOCUMENTS.fullmatch(path.suffix) and not is_about_folder(inside.as_posix()):
            yield inside.as_posix()


def _invisible(document: Document, path: Path) -> Iterator[Finding]:
    if not document.media_type.startswith("text/") or not path.is_file():
        return
    raw = path.read_bytes().decode("utf-8", "ignore")
    signs = Counter(
        c for c in raw if unicodedata.category(c) == "Cf" and c not in _USUAL_SIGNS and c not in document.text
    )
    if not signs:
        return
    names = ", ".join(f"U+{ord(sign):04X} ({count}×)" for sign, count in signs.most_common(4))
    hides = any(sign >= "\U000e0000" or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069" for sign in signs)
    message = f"the file holds characters that show nothing: {names}; they were taken out"
    advice = (
        "find out where they come from: such characters can hide text from readers"
        if hides
        else "take them out of the file"
    )
    yield Finding("invisible-characters", "warning" if hides else "note", document.id, None, "", message, advice)


def _covered(record: Record, document: Document) -> list[Span]:
    """Where facts of the document stand, with what is told of them."""
    spans: list[Span] = []
    for fact in record.facts:
        if fact.span.document != document.id or fact.kind == "contact":
            continue
        spans.append(fact.span)
        if isinstance(fact, Position | Project) and fact.body:
            spans.append(fact.body)
        elif isinstance(fact, Publication) and fact.abstract:
            spans.append(fact.abstract)
    return spans


def _is_covered(block: Block, spans: list[Span]) -> bool:
    """Whether a fact reaches into the block."""
    return any(span.start < block.span.end and block.span.start < span.end for span in spans)


def _is_below(block: Block, heading: Block) -> bool:
    """Whether ``block`` is a heading under ``heading``, which then is not empty."""
    is_heading = block.kind is BlockKind.HEADING and block.level is not None and heading.level is not None
    return is_heading and (block.level or 0) > (heading.level or 0)


def _is_entry(block: Block, text: str) -> bool:
    """Whether a block of a publication list looks like an entry, and not like a remark on the list."""
    is_listed = block.kind in {BlockKind.ITEM, BlockKind.ROW}
    return len(text) >= _ENTRY_LENGTH and re.search(rf"\b{YEAR}\b", text) is not None and (is_listed or len(text) < 600)


def _below_headings(document: Document) -> Iterator[tuple[Block, list[Block]]]:
    """Each outermost heading of no known section, but for the document's title and bare years, with the blocks below it."""
    for _, run in groupby(document.blocks, key=lambda block: block.path[:1]):
        heading, *below = run
        title = document.quote(heading.span)
        is_bare = re.fullmatch(rf"\W*{YEAR}\W*", title) or _REFEREES.search(title)
        if heading.kind is BlockKind.HEADING and heading.path and heading.section is Section.OTHER and not is_bare:
            yield heading, [b for b in below if b.kind is not BlockKind.HEADING and b.section is Section.OTHER]
