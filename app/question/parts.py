"""The parts of documents under headings of their own, and which of them a question asks for: "how many patents", "list her working papers"."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from app.answer.sentences import telling_words
from app.domain import Part
from app.language.gloss import gloss, language_of
from app.question.cue import cue, word_stems
from ingest.dates import find_dates
from ingest.domain import Block, BlockKind, Document, Project, Publication, Record, Section, Span
from ingest.extract.words import fold
from ingest.lexical import tokens
from ingest.sections import heading_text

_TOLD_OTHERWISE = {
    Section.EXPERIENCE,
    Section.EDUCATION,
    Section.INTERESTS,
    Section.CONTACT,
    Section.SUMMARY,
    Section.LANGUAGES,
}
"""Sections whose facts have composers that know more of them than their lines."""
_MAX_LINE = 200
_MAX_WORDS = 8


def parts_of(record: Record) -> tuple[Part, ...]:
    """Every part with a heading and at least one entry below it, in the order of the documents."""
    works = [f.span for f in record.facts if isinstance(f, Publication | Project)]
    return tuple(part for document in record.documents for part in _parts(document, works))


def part_asked_for(text: str, parts: Iterable[Part]) -> Part | None:
    """The part whose heading ``text`` names in the heading's own words, the longest such name first."""
    asked = tuple(tokens(text))
    found = [
        (max(map(len, names)), part) for part in parts if (names := [n for n in part.names if _stands_in(n, asked)])
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def entries_asked_for(text: str, part: Part, record: Record) -> tuple[Span, ...] | None:
    """The entries of ``part`` that have the question's other words and years; ``None`` where a word fits none of them."""
    shown = {span: fold(" ".join(record.quote(span).split())) for span in part.entries}
    wanted = [t for t in telling_words(text) if not any(t in name for name in part.names)]
    wanted = [
        t
        for t in wanted
        if t not in word_stems("time") | word_stems("listing") | word_stems("deed_of_all")
        and not re.fullmatch(r"(?:19|20)\d\d", t)
    ]
    kept = list(part.entries)
    for word in wanted:
        having = [span for span in kept if has_stem(word, (shown[span],), text)]
        if not having:
            return None
        kept = having
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d{2}\b", text)]
    if years:
        since = len(years) == 1 and cue("since").search(text)
        dated = {s: [d.year for d, _, _ in find_dates(record.quote(s)) if d.year] for s in kept}
        kept = [s for s in kept if any(min(years) <= y and (since or y <= max(years)) for y in dated[s])]
    if cue("now").search(text) and (open_ones := [s for s in kept if cue("goes_on").search(shown[s])]):
        kept = open_ones
    return tuple(kept)


def outermost(entries: Sequence[Span], record: Record, newest: bool) -> tuple[Span, ...]:
    """The entries with the latest date that is printed, or the earliest; all where none is dated."""
    dated = {
        s: [(d.year, d.month or 0, d.day or 0) for d, _, _ in find_dates(record.quote(s)) if d.year] for s in entries
    }
    known = {s: (max if newest else min)(dates) for s, dates in dated.items() if dates}
    if not known:
        return tuple(entries)
    wanted = (max if newest else min)(known.values())
    return tuple(s for s, date in known.items() if date == wanted)


def _parts(document: Document, works: Sequence[Span]) -> Iterator[Part]:
    blocks = document.blocks
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or any(w.covers(block.span) for w in works):
            continue
        below = list(takewhile(lambda b: b.kind is not BlockKind.HEADING, blocks[number + 1 :]))
        name = heading_text(document.quote(block.span))
        entries = tuple(span for b in below for span in _entries(document, b))
        if (
            re.search(r"[^\W\d_]", name)
            and len(name.split()) <= _MAX_WORDS
            and entries
            and block.section not in _TOLD_OTHERWISE
        ):
            yield Part(name, tuple(_names(name)), block.section, entries)


def _entries(document: Document, block: Block) -> Iterator[Span]:
    text = document.quote(block.span)
    lines = text.split("\n")
    if block.kind is BlockKind.PARAGRAPH and len(lines) > 1 and all(len(line) <= _MAX_LINE for line in lines):
        offset = block.span.start
        for line in lines:
            if line.strip():
                yield Span(document.id, offset, offset + len(line))
            offset += len(line) + 1
    elif block.kind is not BlockKind.PARAGRAPH or len(text) <= 2 * _MAX_LINE:
        yield block.span


def _names(heading: str) -> Iterator[tuple[str, ...]]:
    """The stems of a heading, of its parts and of the runs of two or more words in it, also in English; general words name no part."""
    language = language_of(heading)
    for text in dict.fromkeys((heading, gloss(heading, language).text)):
        for piece in re.split(r"\s*(?:&|/|,|;|:|\(|\)|\b(?:and|und|et|y|e|of|for|in)\b)\s*", text):
            words = tuple(tokens(piece))
            runs = {words[i:j] for i in range(len(words)) for j in range(i + 2, len(words) + 1)} | {words}
            yield from (run for run in runs if len(run) > 1 or (run and run[0] not in word_stems("general_heading")))


def _stands_in(name: Sequence[str], asked: Sequence[str]) -> bool:
    return any(tuple(asked[i : i + len(name)]) == tuple(name) for i in range(len(asked) - len(name) + 1))


def has_stem(stem: str, texts: Iterable[str], question: str) -> bool:
    """Whether a stem stands in ``texts``; a short one only as the question writes it, so that a "co-PI" is no "PI"."""
    if len(stem) > 3 or not stem.isascii():
        return any(stem in tokens(text) for text in texts)
    written = re.search(rf"(?:\w+-)*\b{re.escape(stem)}\b", fold(question))
    word = re.escape(written[0] if written else stem)
    return any(re.search(rf"(?<![\w-]){word}(?!\w)", fold(text)) for text in texts)
