"""Honours, services, courses, talks, grants, patents, skills and languages; in a list of several kinds the words of each line decide."""

import re
from collections.abc import Iterator
from typing import Literal

from ingest.dates import numbers_patent
from ingest.domain import Block, BlockKind, Document, Honour, Item, Section, Span
from ingest.extract.rows import entries_of, is_no_entry, labels_in, without_dates
from ingest.extract.several import each_in
from ingest.extract.tongues import (
    LEVEL,
    among_others,
    apart,
    clauses,
    is_equipment,
    is_labelled,
    names_both,
    names_tongue,
    spoken,
    stated,
)
from ingest.extract.words import has_word
from ingest.sections import section_of, sections_in

_Kind = Literal["teaching", "talk", "grant", "patent", "skill", "language"]
_ITEM_KINDS: dict[Section, _Kind] = {
    Section.TEACHING: "teaching",
    Section.TALKS: "talk",
    Section.GRANTS: "grant",
    Section.SKILLS: "skill",
    Section.LANGUAGES: "language",
}
_LISTED = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PARAGRAPH}
MONEY = re.compile(
    r"[$€£¥₩₹]\s?\d|\d\s?(?:k|M)?\s?[€£$¥]|\b(?:USD|EUR|GBP|CHF|NOK|SEK|DKK|CAD|AUD|NZD|JPY|KRW|CNY|RMB|BRL|INR)\b"
    r"|\d\s*(?:万元|万円|euros?\b|million (?:yen|won))",
    re.IGNORECASE,
)


_PATENT = re.compile(
    r"\b(?:patents?|patente[ns]?|brevets?|brevett[io]|octrooi(?:en)?|inventions?|provisional)\b|专利|特許",
    re.IGNORECASE,
)
FUNDED = re.compile(
    r"\b(?:grants?|fund\w*|drittmittel|förder\w*|financ\w*|subvention\w*|proyectos?|projets?|auxilios|bolsas|becas)\b|基金|经费",
    re.IGNORECASE,
)


def honours_in(document: Document) -> Iterator[Honour]:
    """Awards and services; a list that its heading shares with grants or courses holds those as well, which are no honours."""
    labels = labels_in(document)
    for number, block in enumerate(document.blocks):
        if block.kind not in _LISTED or not _may_hold_honours(block) or number in labels:
            continue
        for span in (one for entry in entries_of(document, block) for one in each_in(document, entry)):
            text = document.quote(span)
            title, dates = without_dates(text.split("\n")[0] if _is_dated_cell(text) else text)
            if re.search(r"[^\W\d_]{3}", title) and _kind_of(block, text) is None and not _lists_languages(text):
                yield Honour(span=span, title=_joined(title), is_award=_is_award(block, title), dates=dates)


def items_in(document: Document) -> Iterator[Item]:
    """Courses, talks, grants and patents one an entry; skills one a block, or one a label; languages one by one."""
    labels = labels_in(document)
    for number, block in enumerate(document.blocks):
        if block.kind not in _LISTED:
            continue
        both = apart(document, block) if block.section in {Section.LANGUAGES, Section.SKILLS} else ()
        if both:
            yield from both
            continue
        if block.section is not Section.LANGUAGES:
            yield from _languages_among(document, block)
        if block.section in {Section.LANGUAGES, Section.SKILLS}:
            yield from _skills(document, block)
            continue
        if block.section not in _ITEM_KINDS and not _shared(block):
            continue
        for span in entries_of(document, block) if number not in labels else ():
            text = document.quote(span)
            kind = _kind_of(block, text) if not _lists_languages(text) else None
            title, dates = without_dates(text) if kind is not None else ("", ())
            if kind is not None and re.search(r"[^\W\d_]{2}", title):
                yield Item(kind=kind, span=span, title=_joined(title).rstrip("."), dates=dates)


def _lists_languages(text: str) -> bool:
    """Whether an entry begins with the label of languages: below a list of something else it is none of that."""
    first = next(clauses(text), None)
    return first is not None and is_labelled(first, text)


def _joined(title: str) -> str:
    """A title on one line, its columns set apart by commas."""
    return ", ".join(" ".join(cell.split()).strip(",") for cell in title.split("\t") if cell.strip())


def _may_hold_honours(block: Block) -> bool:
    return block.section in {Section.AWARDS, Section.SERVICE} or _shared(block) is not None


def _shared(block: Block) -> tuple[Section, Section] | None:
    """The two kinds of entries that a heading above ``block`` names for its list: "Grants and awards"."""
    headings = [sections_in(name) for name in block.path]
    pairs = ((Section.AWARDS, Section.GRANTS), (Section.SERVICE, Section.TEACHING))
    return next((p for p in pairs if block.section in p and any(named.issuperset(p) for named in headings)), None)


def _is_dated_cell(text: str) -> bool:
    """Whether the first of several lines ends with its date in a column: the others tell more of it."""
    first, _, more = text.partition("\n")
    return bool(more) and "\t" in first


def _kind_of(block: Block, text: str) -> _Kind | None:
    """The kind of item that a line of a list is; ``None`` for an honour or a service, and in sections without items."""
    kind = _ITEM_KINDS.get(block.section)
    shared = _shared(block)
    if shared is None:
        return "patent" if kind == "grant" and _is_patent(block, text) else kind
    if Section.GRANTS in shared:
        is_grant = has_word("funding", text) or (
            not has_word("prize", text) and (kind is not None or MONEY.search(text))
        )
        return "grant" if is_grant else None
    return "teaching" if has_word("course", text) or (kind and not has_word("service", text)) else None


def _is_patent(block: Block, text: str) -> bool:
    """Whether an entry is a patent: its heading names those alone, or it says so itself below one that names grants besides."""
    heading = block.path[-1] if block.path else ""
    if _PATENT.search(heading) and not FUNDED.search(heading):
        return True
    return numbers_patent(text) or (_PATENT.search(heading) is not None and _PATENT.search(text) is not None)


def _is_award(block: Block, title: str) -> bool:
    award, service = has_word("award", title), has_word("service", title)
    if award != service:
        return award
    return block.section is not Section.SERVICE


def _skills(document: Document, block: Block) -> Iterator[Item]:
    """The skills of a block, and the languages of one that lists them."""
    text = document.quote(block.span)
    kind = _ITEM_KINDS[block.section]
    if kind == "language" and names_both(block) and not names_tongue(text):
        kind = "skill"
    for start, end in _item_offsets(text, kind):
        span = Span(document.id, block.span.start + start, block.span.start + end)
        shown = document.quote(span)
        is_tongue = kind == "language" or _is_tongue(block, shown)
        title, dates = (shown, ()) if kind == "language" else without_dates(shown)
        if kind == "language" and len(title.split()) > 6 and not has_word("tongue", title):
            continue
        if re.search(r"[^\W\d_]{2}", title) and not is_no_entry(shown):
            yield Item(
                kind="language" if is_tongue else kind,
                span=span,
                title=" ".join(title.split()).rstrip("."),
                dates=dates,
            )
    if kind == "language":
        yield from _equipment(document, block)


def _equipment(document: Document, block: Block) -> Iterator[Item]:
    """The skills that are labelled so among languages: "Software: R, QGIS"."""
    text = document.quote(block.span)
    for clause in filter(is_equipment, clauses(text)):
        span = Span(document.id, block.span.start + clause.start, block.span.start + clause.end)
        yield Item(kind="skill", span=span, title=" ".join(document.quote(span).split()))


def _is_tongue(block: Block, text: str) -> bool:
    """Whether a line below a heading that names languages beside skills is a language with its level: "Deutsch	Muttersprache"."""
    words = re.split(r"[\t:：,，(（]", text)
    names_tongues = bool(block.path) and Section.LANGUAGES in sections_in(block.path[-1])
    return (
        names_tongues
        and "；" not in text
        and len(words) > 1
        and len(words[0].split()) <= 2
        and LEVEL.search(text[len(words[0]) :]) is not None
    )


def _languages_among(document: Document, block: Block) -> Iterator[Item]:
    text = document.quote(block.span)
    found = list(stated(text)) or (list(among_others(text)) if block.section is Section.OTHER else [])
    for start, end in found:
        span = Span(document.id, block.span.start + start, block.span.start + end)
        yield Item(kind="language", span=span, title=" ".join(document.quote(span).split()).rstrip("."))
    if found and block.section is not Section.SKILLS:
        yield from _equipment(document, block)


def _item_offsets(text: str, kind: str) -> Iterator[tuple[int, int]]:
    """Where the items of a block stand in it: languages one by one, skills one a block or, where its lines have labels, one a line."""
    if kind == "language":
        yield from spoken(text)
        return
    lines = [m.span() for m in re.finditer(r"(?m)^.+$", text)]
    labelled = [re.match(r"[^:：\t\n]{3,40}[:：]\s", text[a:b]) is not None for a, b in lines]
    for start, end in lines if len(lines) > 1 and all(labelled) else [(0, len(text))]:
        shown = text[start:end]
        label = re.match(r"([^:：\n]{3,40})[:：]\s", shown)
        if not shown.strip() or (label is not None and section_of(label[1]) in {Section.OTHER, Section.PUBLICATIONS}):
            continue
        if not any(is_labelled(clause, shown) for clause in clauses(shown)):
            yield start, end
            continue
        for clause in clauses(shown):
            if not is_labelled(clause, shown):
                yield start + clause.start, start + clause.end
