"""Publications out of the sections that list them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from ingest.authors import name_list, without_remark
from ingest.citations import parse_citation
from ingest.domain import Block, BlockKind, Document, Publication, Section, Span
from ingest.extract.headed import headed_in
from ingest.imprint import Citation, is_label_line, legend_in
from ingest.sections import section_of
from ingest.states import without_label
from ingest.titled import parse_entry

_UNPUBLISHED = re.compile(
    r"working papers?|work in progress|works in progress|preprints?|under review|in preparation|submitted|unpublished|预印本|manuscripts?",
    re.IGNORECASE,
)
_REFEREED = re.compile(
    r"refereed|peer.?review|begutachtet|à comité de lecture|arbitrad|revisad[oa]s por pares|同行评议|査読",
    re.IGNORECASE,
)
_UNREFEREED = re.compile(
    r"\b(?:not|non|un)[ -]?(?:refereed|peer)|nicht begutachtet|sans comité|査読なし", re.IGNORECASE
)
_BESIDE = re.compile(r"(?:^|\n|\()\W*(?:edited |ed\. |co-?authored |joint )?(?:with|mit|avec)\s", re.IGNORECASE)
_FORMS: dict[Literal["book", "chapter", "thesis"], str] = {
    "chapter": r"chapters?|kapitel|beiträge|chapitres?|capítulos",
    "book": r"\bbooks?\b|monogra|bücher|ouvrages?|livres?|\blibros?\b|专著|著作",
    "thesis": r"\bthes[ie]s\b|dissertation",
}
_ARTICLES = re.compile(r"\b(?:articles?|essays?|papers?|aufsätze|artículos|artigos|articoli)\b", re.IGNORECASE)
_IS_THESIS = re.compile(
    r"(?<!zugl\. )\bdiss\.|^\W*(?:\w+\W+){0,3}?(?:dissertation|habilitationsschrift"
    r"|(?:ph\.? ?d\.?|doctoral|master[’']?s?|m\.?sc\.?|bachelor[’']?s?)(?: degree)? thesis|thèse)\b",
    re.IGNORECASE,
)
_REMARKS = re.compile(
    r"\W*(?:(?:no|nos|nr|n[°º])\.?\s*\d+(?:\s*(?:,|and|und|et|y|e)\s*\d+)*\s+[a-zà-ÿ]"
    r"|(?:retract(?:ed|ions?)|correct(?:ed|ions?)|withdrawn|errat(?:um|a)|patents?|brevets?|patentes?|octrooi(?:en)?|zurückgezogen|rétractations?|retractad[oa]s)\s*[:：]"
    r"|(?:in total|in all|altogether|insgesamt|au total|en total|no total|in totale|in totaal)\b\W{0,3}\d)",
    re.IGNORECASE,
)
"""How a line begins that tells of the list: "No. 2 had a correction", "Retracted: none", "In total, 31 articles"."""
_NOTE_LENGTH = 160
_LED = re.compile(r"\W?(?:edited |co-?authored |joint )?(?:with|by|mit|avec)\s", re.IGNORECASE)
"""What introduces a list of co-authors."""


_CLOSED = re.compile(r"(?:[^()（）]|[(（][^()（）]*[)）])*")
"""Words in which every bracket that closes was opened before."""
_LABELS = re.compile(r"(?:[A-Z][a-z]+: [^.:]+\.\s*){2,}")
_LEADING_NAME = re.compile(r"\W{0,3}([^\W\d_][^:,/;.]{1,30}, [^\W\d_][^:,/;]{1,30})\s*[:/]")
"""``Family, Given:`` or ``Family, Given / …``."""


def publications_in(document: Document) -> Iterator[Publication]:
    """Every work under a heading of its own and every block of a publication section that reads as a citation, with the abstracts below them.

    Marks are explained by the document's legend.
    """
    legend = legend_in(document.text)
    works = headed_in(document)
    headed = (
        replace(_publication(w.span, w.citation, legend | w.citation.legend, w.path, False, ""), abstract=w.abstract)
        for w in works
    )
    taken = {n for work in works for n in work.blocks}
    rest = tuple(block for n, block in enumerate(document.blocks) if n not in taken)
    listed = _listed_in(replace(document, blocks=rest) if taken else document, legend)
    yield from sorted((*headed, *listed), key=lambda paper: paper.span.start)


def _listed_in(document: Document, legend: dict[str, str]) -> Iterator[Publication]:
    bylines = _lone_bylines(document)
    held: Publication | None = None
    deep = _depths(document)
    held_depth = 0
    for span, path in _publication_spans(document, bylines):
        text = document.quote(span)
        if held is not None and held.abstract is None and _is_abstract(text):
            held = replace(held, abstract=span)
            continue
        depth = deep.get(span.start, 0)
        if held is not None and held.abstract is None and depth > held_depth > 0:
            held = replace(held, span=Span(span.document, held.span.start, span.end), notes=_noted(held.notes, text))
            continue
        for entry in _entries_of(span, text):
            words = document.quote(entry)
            citation = None if _is_remark(words) else parse_entry(words, bylines)
            if citation is not None:
                if held is not None:
                    yield held
                held_depth = depth
                beside = citation.authors != () and _BESIDE.search(without_label(words)[0]) is not None
                held = _publication(entry, citation, legend | citation.legend, path, beside, " ".join(words.split()))
    if held is not None:
        yield held


def _depths(document: Document) -> dict[int, int]:
    """How deep each item lies in lists, by where it begins: an item inside of a publication's is a remark on it."""
    return {b.span.start: b.level or 1 for b in document.blocks if b.kind is BlockKind.ITEM}


def _is_remark(text: str) -> bool:
    """Whether a line tells of the list rather than of a work: a correction of one, how many there are, a patent."""
    return _REMARKS.match(text) is not None


def _noted(notes: tuple[str, ...], remark: str) -> tuple[str, ...]:
    """``notes`` with a remark that is short enough to be one."""
    words = " ".join(remark.split())
    return (*notes, words) if len(words) <= _NOTE_LENGTH else notes


def _is_abstract(text: str) -> bool:
    """Whether a block under an entry tells what the work is about: it says so, or it is several sentences of prose."""
    if re.match(r"(?:abstract|summary|zusammenfassung|résumé|resumen|摘要|概要)\b", text, re.IGNORECASE):
        return len(text) > 80
    told = re.findall(r"[^\W\d_]{3,}[.!?](?:\s+[A-ZÀ-Þ]|\s*$)", text)
    verbs = re.search(r"\b(?:we|I|this|is|are|was|were|show|shows|wir|ist|nous|est|son)\b", text)
    return len(text) > 200 and len(told) >= 2 and verbs is not None and parse_citation(text) is None


def _entries_of(span: Span, text: str) -> list[Span]:
    """The entries of one block: its lines, where each of them is a whole one."""
    lines = text.split("\n")
    whole = len(lines) > 1 and all(
        len(line) > 24 and re.match(r"\W{0,2}[\"“«„]|\W*(?:19|20)\d{2}\b|\[?\d{1,3}[.\]]\s", line) and parse_entry(line)
        for line in lines
        if line.strip()
    )
    if not whole:
        return [span]
    found, offset = [], span.start
    for line in lines:
        if line.strip():
            found.append(Span(span.document, offset, offset + len(line)))
        offset += len(line) + 1
    return found


def _lone_bylines(document: Document) -> frozenset[str]:
    """Single names that stand alone, or before a colon, more than once in the publication sections: there they sign works of one author."""
    lines = [
        " ".join(part.split())
        for block in document.blocks
        if block.section is Section.PUBLICATIONS and block.kind is not BlockKind.HEADING
        for part in document.quote(block.span).split("\n")
    ]
    alone = Counter(line for line in lines if len(line.split()) in range(2, 6) and name_list(line))
    led = Counter(m[1] for line in lines if (m := _LEADING_NAME.match(line)) and name_list(f"{m[1]};"))
    return frozenset(name for names in (alone, led) for name, times in names.items() if times > 1)


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
        if number in begun or not (blocks[number].kind is BlockKind.HEADING or _is_aside(texts[number])):
            yield Span(document.id, blocks[number].span.start, blocks[last].span.end), blocks[number].path
        number = last + 1


def _first_of_entry(blocks: Sequence[Block], texts: Sequence[str], signed: Sequence[bool], number: int) -> int:
    """Where the entry begins whose authors are block ``number``: its title, or the year above that; ``number`` itself without a title."""
    title = number - 1
    if title < 0 or signed[title] or is_label_line(texts[title]) or _is_subheading(texts[title]):
        return number
    above = parse_citation(texts[title]) if blocks[title].kind is BlockKind.ITEM is blocks[number].kind else None
    if above is not None and above.authors:
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


def _is_aside(text: str) -> bool:
    """Whether a block tells of the whole list, in brackets or by labels: "(* equal contribution.)", "Retracted: none. Corrected: two."."""
    if _LABELS.fullmatch(text):
        return True
    inside = text[1:-1]
    return text[:1] in "(（" and text[-1:] in ")）" and len(text) > 1 and _CLOSED.fullmatch(inside) is not None


def _is_byline(text: str, bylines: frozenset[str]) -> bool:
    people, _ = without_remark(text)
    names = name_list(people) if len(text) < 600 and "\n" not in text else None
    return names is not None and (len(names[0]) > 1 or _LED.match(text) is not None or people in bylines)


def _form(path: Sequence[str], behind: str) -> Literal["book", "chapter", "thesis"] | None:
    """What the innermost heading says that names one kind and no other, or else the entry itself."""
    for name in reversed(path):
        forms = [form for form, pattern in _FORMS.items() if re.search(pattern, name, re.IGNORECASE)]
        if forms:
            is_one = len(forms) == 1 or forms == ["chapter", "book"]
            return forms[0] if is_one and not _ARTICLES.search(name) else None
    return "thesis" if _IS_THESIS.search(behind) else None


def _publication(
    span: Span, citation: Citation, legend: dict[str, str], path: Sequence[str], beside: bool, words: str
) -> Publication:
    headings = " ".join(path)
    equal = {mark for mark, meaning in legend.items() if re.search("equal|first|gleich|égal|同等|共同", meaning)}
    responsible = {mark for mark, meaning in legend.items() if re.search("[ck]orresp|通讯", meaning)}
    is_preprint = citation.is_preprint or _UNPUBLISHED.search(headings) is not None
    return Publication(
        span=span,
        title=citation.title,
        authors=tuple(a.name for a in citation.authors),
        authors_complete=citation.complete,
        beside=beside,
        equal=tuple(a.name for a in citation.authors if equal & set(a.marks)),
        corresponding=tuple(a.name for a in citation.authors if responsible & set(a.marks)),
        marked=tuple(a.name for a in citation.authors if set(a.marks) - set(legend)),
        date=citation.date,
        venue=citation.venue,
        venue_tag=citation.venue_tag,
        status="preprint" if is_preprint else "published" if citation.venue or citation.venue_tag else None,
        form=_form(path, words.rpartition(citation.title)[2]),
        refereed=False if _UNREFEREED.search(headings) else True if _REFEREED.search(headings) else None,
        notes=citation.notes,
    )
