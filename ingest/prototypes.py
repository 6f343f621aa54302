"""Sections of headings that nobody foresaw: by the nearest known heading, as an embedding model sees them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np

from ingest.domain import Block, BlockKind, Document, Section
from ingest.embed import Embedder, Vectors
from ingest.sections import heading_text, outline, section_of, section_terms

_MIN_SIMILARITY = 0.58
"""Cosine to the nearest known heading; below it most headings ("Highlights", "Quick facts") open no section of a CV."""
_MIN_MARGIN = 0.03
"""How much nearer than that of any other section."""
_MAX_WORDS = 6
_KNOWN: WeakKeyDictionary[Embedder, Vectors] = WeakKeyDictionary()


def with_guessed_sections(documents: Iterable[Document], embedder: Embedder) -> tuple[Document, ...]:
    """``documents`` in which headings outside of every known section open the section whose known headings they resemble most."""
    listed = tuple(documents)
    unknown = sorted({name for document in listed for name in _unforeseen(document)})
    guessed = _guess(unknown, embedder) if unknown else {}
    if not guessed:
        return listed
    return tuple(
        replace(d, blocks=tuple(_reopened(d, guessed))) if guessed.keys() & set(_unforeseen(d)) else d for d in listed
    )


def _reopened(document: Document, guessed: Mapping[str, Section]) -> Iterator[Block]:
    """The blocks of ``document``, of which those under a guessed heading that stood in no section have its; what a reader set apart stays."""
    for old, new in zip(document.blocks, outline(document.text, document.blocks, guessed), strict=True):
        yield new if old.section is Section.OTHER and guessed.keys() & set(new.path) else old


def _unforeseen(document: Document) -> list[str]:
    """The headings that the lexicon does not know; the document's title, which has no path, is none of them."""
    names = [
        heading_text(document.quote(b.span))
        for b in document.blocks
        if b.kind is BlockKind.HEADING and b.section is Section.OTHER and b.path
    ]
    return [name for name in names if name and len(name.split()) <= _MAX_WORDS and section_of(name) is None]


def _guess(names: list[str], embedder: Embedder) -> dict[str, Section]:
    sections = list(section_terms().values())
    similarity = np.matmul(embedder.embed([name.lower() for name in names]), _known(embedder).T)
    guessed: dict[str, Section] = {}
    for name, row in zip(names, similarity, strict=True):
        best = int(np.argmax(row))
        others = [float(x) for x, section in zip(row, sections, strict=True) if section is not sections[best]]
        if row[best] >= _MIN_SIMILARITY and row[best] - max(others) >= _MIN_MARGIN:
            guessed[name] = sections[best]
    return guessed


def _known(embedder: Embedder) -> Vectors:
    """The vectors of the known headings, which are the same for every profile."""
    if embedder not in _KNOWN:
        _KNOWN[embedder] = embedder.embed(list(section_terms()))
    return _KNOWN[embedder]
