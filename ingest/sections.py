"""Gives every block its heading path and section: from markup, from headings that lost theirs, and from the look of the entries."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

import yaml

from ingest.citations import looks_like_citation
from ingest.domain import Block, BlockKind, Section
from ingest.sentences import is_cjk

_EDGE = re.compile(r"^[^\w(（]+|[^\w)）!?+#]+$")
_PUBLICATIONS = "Publications"
_ASIDE = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]$")
"""What a list says of itself behind its name: "PUBLICATIONS (peer reviewed; * = student)"."""
_WITH_ABSTRACTS = re.compile(
    r",?\s+(?:with|and|including|mit|und|avec|et|con|y|com|e)\s+(?:abstracts?|summaries|zusammenfassungen|résumés|resúmenes|resumos|riassunti)$",
    re.IGNORECASE,
)
"""What a page of works says of itself: "Papers with abstracts"."""
_MIXED = {Section.EXPERIENCE, Section.EDUCATION}
"""What "Posts and education" holds; it is read as posts, among which degrees are told by their own words."""
_RESEARCH = frozenset(
    {"research", "forschung", "recherche", "recherches", "investigacion", "pesquisa", "ricerca", "科研", "研究"}
)
"""What says nothing of a list beside a word for posts: "Research & jobs before the PhD"."""
_CLOSING = {BlockKind.PARAGRAPH, BlockKind.ROW}
"""What closes the headings from its level on where it has one: it stands beside a part of a list, not in it."""
_ALONE = " alone"
"""Behind the section of a list of terms that name it as the whole of a heading, and not within one."""
_JOINS = re.compile(r"\s*(?:&|/|,|\band\b|\bund\b|\bet\b|\by\b|与|和)\s*")
_MIN_CITATIONS = 3
_LIKE_CITATIONS = {Section.PUBLICATIONS, Section.TALKS, Section.SERVICE, Section.TEACHING, Section.GRANTS}
"""Sections whose own lines look like citations."""
_AWARDED = re.compile(
    r"^.{0,40}\b(?:grants?|awards?|fellowships?|scholarships?|prizes?|preis|stipendium|prix|bourse|premio|beca|bolsa)\b|[$€£¥]\s?\d|\b(?:USD|EUR|GBP|CHF)\b",
    re.IGNORECASE,
)
"""How an award begins that is set as a citation is: "Research Grant, University of Quay, 2020. Joint with A. Byron"."""
_YEARS = re.compile(
    r"\W*(?:19|20)\d{2}\b(?:\W*(?:(?:19|20)\d{2}|present|now|and (?:earlier|before)|or earlier))?\W*$", re.IGNORECASE
)
"""A heading that only says when: it divides the section that it stands in."""


def heading_text(text: str) -> str:
    """A heading without the ornaments at its ends: ``♣ SELECTED PROJECTS:`` → ``SELECTED PROJECTS``."""
    return _EDGE.sub("", text.strip())


@lru_cache(maxsize=4096)
def section_of(heading: str) -> Section | None:
    """The section that ``heading`` opens, by the longest known term in it; ``None`` for a heading nobody foresaw."""
    folded = _fold(heading)
    if not folded or len(folded.split()) > 8:
        return None
    terms = section_terms()
    if folded in terms:
        return terms[folded]
    within = [term for term in terms if terms[term] is not Section.OTHER and term not in _terms_alone()]
    found = [term for term in within if _stands_in(term, folded)]
    if {terms[term] for term in found} >= _MIXED and is_section_name(heading):
        return Section.EXPERIENCE
    if Section.EXPERIENCE in {terms[term] for term in found} and _joins_posts(heading, found):
        return Section.EXPERIENCE
    return terms[max(found, key=len)] if found else None


def _joins_posts(heading: str, found: Sequence[str]) -> bool:
    """Whether a heading joins the bare word for research and one for posts: "Research & jobs before the PhD"."""
    parts = [_fold(part) for part in _JOINS.split(heading.lower())]
    posts = [term for term in found if section_terms()[term] is Section.EXPERIENCE]
    others = [part for part in parts if part not in _RESEARCH]
    return len(parts) == 2 and len(others) == 1 and any(_stands_in(term, others[0]) for term in posts)


@cache
def sections_in(heading: str) -> frozenset[Section]:
    """Every section that a heading of several names: "Grants and awards"."""
    folded = _fold(heading)
    return frozenset(section for term, section in section_terms().items() if _stands_in(term, folded))


def _stands_in(term: str, folded: str) -> bool:
    return term in folded if is_cjk(term) else f" {term} " in f" {folded} "


def outline(
    text: str, blocks: Sequence[Block], guessed: Mapping[str, Section] = MappingProxyType({})
) -> tuple[Block, ...]:
    """``blocks`` with ``path`` and ``section`` filled in, lost headings promoted, and runs of citations told from their surroundings.

    A heading of a new section closes the one before at any level; a sub-heading that names no section stays inside.
    ``guessed`` gives the sections of headings that the lexicon does not know, by their text.
    """
    title = _document_title(text, blocks)
    open_headings: list[tuple[int, str, Section]] = []
    placed: list[Block] = []
    for number, block in enumerate(blocks):
        shown = text[block.span.start : block.span.end]
        level = block.level if block.kind is BlockKind.HEADING else _lost_heading_level(block, shown, open_headings)
        if level is None and block.kind in _CLOSING and block.level is not None:
            open_headings = [h for h in open_headings if h[0] < block.level]
            block = replace(block, level=None)
        if level is None or number == title or not heading_text(shown):
            path, section = _place(open_headings)
            placed.append(Block(block.kind, block.span, path, section, block.level, block.page))
            continue
        name, bare = (
            " ".join(heading_text(shown).split()),
            heading_text(_ASIDE.sub("", shown.strip())) or heading_text(shown),
        )
        found = section_of(name) or section_of(bare) or guessed.get(name)
        if _YEARS.match(name) and open_headings:
            parents = [h for h in open_headings if not _YEARS.match(h[1])]
            open_headings = parents or open_headings
            level = max(level, open_headings[-1][0] + 1)
        enclosing = open_headings[-1][2] if open_headings else Section.OTHER
        inside = enclosing is not Section.OTHER and level > _section_level(open_headings)
        is_tool = enclosing is Section.SKILLS and found is Section.PROJECTS
        if found and inside and (found is Section.OTHER or is_tool or not is_section_name(bare)):
            found = None
        if found is not None and found is not enclosing:
            open_headings = [h for h in open_headings if h[0] < level and h[2] is Section.OTHER]
        else:
            open_headings = [h for h in open_headings if h[0] < level]
        open_headings.append((level, name, found or (enclosing if open_headings else Section.OTHER)))
        path, section = _place(open_headings)
        placed.append(Block(BlockKind.HEADING, block.span, path, section, level, block.page))
    return tuple(_set_citations_apart(text, placed))


def _section_level(open_headings: list[tuple[int, str, Section]]) -> int:
    """The level of the heading that opened the section we are in."""
    return next((level for level, name, _ in open_headings if section_of(name) is not None), open_headings[0][0])


def is_section_name(name: str) -> bool:
    """Whether a heading is a section's name and nothing else."""
    return _fold(name) in section_terms() or _is_conjunction(name)


def _place(open_headings: list[tuple[int, str, Section]]) -> tuple[tuple[str, ...], Section]:
    path = tuple(name for _, name, _ in open_headings if name)
    return path, open_headings[-1][2] if open_headings else Section.OTHER


def _document_title(text: str, blocks: Sequence[Block]) -> int | None:
    """The index of the heading that titles the document: the first block, alone on the outermost level, no section's name."""
    if not blocks or blocks[0].kind is not BlockKind.HEADING:
        return None
    first_heading = heading_text(text[blocks[0].span.start : blocks[0].span.end])
    if _fold(first_heading) in section_terms() or _names_papers(first_heading):
        return None
    levels = [b.level for b in blocks if b.kind is BlockKind.HEADING and b.level is not None]
    first = blocks[0].level
    return 0 if first is not None and first <= min(levels) and levels.count(first) == 1 else None


def _names_papers(heading: str) -> bool:
    """Whether the first heading of a page names nothing but a list of works: "Papers (selected)", "Ada Byron: five papers with abstracts"."""
    name = _WITH_ABSTRACTS.sub("", _ASIDE.sub("", re.split(r":\s+|\s[–—|-]\s", heading)[-1]))
    first, _, behind = name.partition(" ")
    names = (name, behind) if first.isdigit() or len(behind.split()) == 1 else (name,)
    return any(section_terms().get(_fold(n)) is Section.PUBLICATIONS for n in names)


def _lost_heading_level(block: Block, shown: str, open_headings: list[tuple[int, str, Section]]) -> int | None:
    """The level for a paragraph that is nothing but a known heading in capitals or title case."""
    bare = _ASIDE.sub("", shown.strip())
    if block.kind is not BlockKind.PARAGRAPH or "\n" in shown or len(bare) > 60:
        return None
    name = heading_text(bare)
    if re.search(r"[\d,.;!?]", name) or name not in {name.title(), name.upper(), name.capitalize()}:
        return None
    if _fold(name) not in section_terms() and not _is_conjunction(name):
        return None
    known = [level for level, _, section in open_headings if section is not Section.OTHER]
    return known[0] if known else 2


def _is_conjunction(name: str) -> bool:
    """Whether ``name`` joins known headings: "Honors & Awards"."""
    parts = [p for p in _JOINS.split(name.lower()) if p]
    return len(parts) > 1 and all(_fold(p) in section_terms() for p in parts)


def _set_citations_apart(text: str, blocks: list[Block]) -> list[Block]:
    """Moves each run of at least three citation-like items out of a section that is not for them: their heading was lost."""
    placed = list(blocks)
    run: list[int] = []
    for number, block in enumerate([*blocks, None]):
        if block is not None and _is_stray_citation(text, block):
            run.append(number)
            continue
        if len(run) >= _MIN_CITATIONS:
            for i in run:
                b = placed[i]
                placed[i] = Block(b.kind, b.span, (_PUBLICATIONS,), Section.PUBLICATIONS, b.level, b.page)
        run = []
    return placed


def _is_stray_citation(text: str, block: Block) -> bool:
    shown = text[block.span.start : block.span.end]
    in_place = block.section in _LIKE_CITATIONS or (
        block.section is Section.AWARDS and _AWARDED.search(shown) is not None
    )
    return block.kind is BlockKind.ITEM and not in_place and looks_like_citation(shown)


def _fold(text: str) -> str:
    """Lower case without accents or punctuation; CJK characters as they are."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", plain).split())


@cache
def section_terms() -> dict[str, Section]:
    """Every known heading, folded, and its section."""
    return {_fold(term): Section(name.removesuffix(_ALONE)) for name, terms in _headings().items() for term in terms}


@cache
def _terms_alone() -> frozenset[str]:
    return frozenset(_fold(term) for name, terms in _headings().items() if name.endswith(_ALONE) for term in terms)


@cache
def _headings() -> dict[str, list[str]]:
    text = resources.files("ingest.extract").joinpath("headings.yaml").read_text(encoding="utf-8")
    data: dict[str, list[str]] = yaml.safe_load(text)
    return data
