"""Research interests, and the public ways to reach the person."""

import re
from collections.abc import Iterator

from ingest.domain import Block, BlockKind, Contact, Document, Interest, Section, Span
from ingest.extract.pastimes import without_pastimes
from ingest.extract.words import fold
from ingest.sections import section_of

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(r"https?://[^\s<>()\"']+[^\s<>()\"'.,;]")
_REFERENCES = re.compile(
    r"\W*(?:(?:academic |professional |personal )?(?:references|referees)"
    r"|referenzen|références|referencias|referências|referenze|referenties|推荐人|参考人)\W*",
    re.IGNORECASE,
)
"""Headings of sections that name other people."""
_LABELLED = re.compile(r"(?m)^(?P<label>[^:：\t\n]{2,40})(?:[:：]|\t)\s*(?P<rest>.+)$")
_NAME = 3
"""Words in the name of a section, at most."""
_PIECE = re.compile(r"[^,;、·•|\n]*[^,;、·•|\n\s][^,;、·•|\n]*")
_SORT = re.compile(
    r"(?:(?:research|main|current|past|other|further|general|forschungs?|aktuelle|weitere) ?)?"
    r"(?:substantive|substantial|methodological|methodology|methods?|techniques?|topics?|themes?|areas?|fields?|keywords?|primary|secondary|main|current|past|"
    r"other|also|theoretical|theory|empirical|applied|applications?|interests?|regional|regions?|inhaltlich\w*|methodisch\w*|methoden?|themen|gebiete?|"
    r"schwerpunkte?|stichworte|schlagworte|fachlich\w*|regional\w*|thematiques?|themes|methodes?|methodologi\w+|domaines?|mots[- ]cles|terrains?|temas?|areas|"
    r"metodos?|metodologic\w*|lineas|palabras clave|tem[ai]|metod[oi]|ambiti|parole chiave|linhas|palavras[- ]chave|主题|方法|方向|领域|关键词)"
)
"""What sort of interests follows, in folded text."""
_LISTED = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PARAGRAPH}


def interests_in(document: Document) -> Iterator[Interest]:
    """Research interests: one an item, or the comma-separated ones of a paragraph; pastimes are none."""
    yield from without_pastimes(document, tuple(_topics(document)))


def _topics(document: Document) -> Iterator[Interest]:
    for block in _blocks(document, Section.INTERESTS):
        text = document.quote(block.span)
        topic, colon, detail = text.partition(":")
        lines = list(_LABELLED.finditer(text))
        if _is_guide(text):
            continue
        if lines and len(lines) == len(text.split("\n")) and all(_names_a_sort(line) for line in lines):
            yield from (i for line in lines for i in _each(document, block.span.start, text, line.span("rest")))
        elif len(lines) > 1 and len(lines) == len(text.split("\n")) and "\t" not in text:
            for line in lines:
                span = Span(document.id, block.span.start + line.start(), block.span.start + line.end())
                yield Interest(span=span, topic=line["label"].strip(), detail=line["rest"].strip())
        elif colon and len(topic) < 80:
            yield Interest(span=block.span, topic=topic.strip(), detail=detail.strip() or None)
        elif block.kind is BlockKind.ITEM or (len(text) < 80 and "," not in text):
            yield Interest(span=block.span, topic=text.strip(" ."))
        elif not re.search(r"\.\s+\w", text):
            yield from _each(document, block.span.start, text, (0, len(text)))


def _is_guide(text: str) -> bool:
    """Whether a block leads through a page: "Jump to Articles · Working papers · Books", "Articles, working papers, and files"."""
    pieces = [m[0].strip(" .") for m in _PIECE.finditer(text)]
    short = [p for p in pieces if len(p.split()) <= _NAME]
    named = [p for p in short if section_of(p) not in {None, Section.INTERESTS, Section.OTHER}]
    return len(pieces) > 1 and 2 * len(named) >= len(pieces)


def _names_a_sort(line: re.Match[str]) -> bool:
    """Whether a label says what sort of interests a list has, and is none itself: "Methods: field experiments, meta-analysis"."""
    return _SORT.fullmatch(fold(line["label"]).strip()) is not None and len(_PIECE.findall(line["rest"])) > 1


def _each(document: Document, offset: int, text: str, part: tuple[int, int]) -> Iterator[Interest]:
    """The interests that a part of ``text``, which stands at ``offset``, lists one by one."""
    for match in _PIECE.finditer(text, *part):
        topic = re.sub(r"^(?:and|und|et|y|e)\s+", "", match[0].strip()).rstrip(". ")
        if topic:
            yield Interest(span=Span(document.id, offset + match.start(), offset + match.end()), topic=topic)


def contacts_in(document: Document) -> Iterator[Contact]:
    """E-mail addresses, but for those of the people that a section of references names, and the links above the first section."""
    references = [b.span for b in document.blocks if any(map(_REFERENCES.fullmatch, b.path))]
    for match in _EMAIL.finditer(document.text):
        span = Span(document.id, match.start(), match.end())
        if not any(other.covers(span) for other in references):
            yield Contact(span=span, channel="email", value=match[0])
    headings = 0
    for block in document.blocks:
        headings += block.kind is BlockKind.HEADING
        # A name that stands below the addresses heads what follows it as much as one above them.
        is_head = block.section is Section.OTHER and (not block.path or headings < 2)
        if is_head or block.section is Section.CONTACT:
            for match in _URL.finditer(document.quote(block.span)):
                span = Span(document.id, block.span.start + match.start(), block.span.start + match.end())
                yield Contact(span=span, channel="link", value=match[0])


def _blocks(document: Document, section: Section) -> Iterator[Block]:
    return (b for b in document.blocks if b.section is section and b.kind in _LISTED)
