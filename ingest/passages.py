"""Cuts documents into passages: heading-aware, within a token budget, never across a section or a paper, nothing left out."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from ingest.domain import Block, BlockKind, Document, Fact, Passage, Publication, Span
from ingest.private import MASK
from ingest.sentences import sentence_spans, split_sentences

BUDGET_TOKENS = 200
"""Longest passage in tokens of cl100k_base; with its heading path it stays within MiniLM's 256 word pieces."""


def passages_of(document: Document, facts: Iterable[Fact], budget_tokens: int = BUDGET_TOKENS) -> tuple[Passage, ...]:
    """The passages of ``document`` in order; together they hold every character that is not white space.

    ``facts`` are the document's; each of its publications begins a passage of its own.
    """
    papers = frozenset(f.span.start for f in facts if isinstance(f, Publication) and f.span.document == document.id)
    pieces = (
        (path, Span(document.id, start + first, start + last))
        for path, start, end in _units(document, papers)
        for first, last in _pieces(document.text[start:end], budget_tokens)
    )
    return _identified(document, "passage", pieces)


def sentences_of(document: Document, facts: Iterable[Fact]) -> tuple[Passage, ...]:
    """What an answer may quote, in order: the entry of every fact, and every sentence of the prose outside of them."""
    entries = sorted({(f.span.start, f.span.end) for f in facts if f.span.document == document.id})
    pieces: list[tuple[tuple[str, ...], Span]] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            continue
        first = block.span.start
        for start, end in sentence_spans(document.quote(block.span)):
            if not any(a <= first + start and first + end <= b for a, b in entries):
                pieces.append((block.path, Span(document.id, first + start, first + end)))
    for start, end in entries:
        if end > start:
            path = next((b.path for b in document.blocks if b.span.start <= start < b.span.end), ())
            pieces.append((path, Span(document.id, start, end)))
    pieces = [piece for piece in pieces if MASK not in document.quote(piece[1])]
    return _identified(document, "sentence", sorted(pieces, key=lambda piece: (piece[1].start, piece[1].end)))


def _identified(document: Document, kind: str, pieces: Iterable[tuple[tuple[str, ...], Span]]) -> tuple[Passage, ...]:
    seen: Counter[str] = Counter()
    passages = []
    for path, span in pieces:
        text = document.quote(span)
        key = "\x1f".join((kind, document.id, *path, text))
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{seen[key]}".encode()).hexdigest()[:24]
        passages.append(Passage(digest, span, path, text, count_tokens(text)))
    return tuple(passages)


def embedding_text(passage: Passage) -> str:
    """What is embedded and searched for a passage: its headings and its text."""
    return "\n".join([" > ".join(passage.path), passage.text]) if passage.path else passage.text


def count_tokens(text: str) -> int:
    """Length of ``text`` in tokens of cl100k_base."""
    return len(_encode(text))


def _units(document: Document, papers: Collection[int]) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """What a passage may not cross: a paper, or a run of blocks under one heading. A heading goes with what follows it."""
    groups = [list(group) for _, group in groupby(document.blocks, key=_unit_key(papers))]
    start: int | None = None
    for number, group in enumerate(groups):
        first, last = group[0], group[-1]
        start = first.span.start if start is None else start
        bare = all(b.kind is BlockKind.HEADING for b in group)
        if bare and number + 1 < len(groups) and first.span.start not in papers:
            continue
        yield last.path, start, last.span.end
        start = None


def _unit_key(papers: Collection[int]) -> Callable[[Block], tuple[tuple[str, ...], int]]:
    count = 0

    def key(block: Block) -> tuple[tuple[str, ...], int]:
        nonlocal count
        count += block.span.start in papers
        return block.path, count

    return key


def _pieces(text: str, budget_tokens: int) -> Iterator[tuple[int, int]]:
    """Offsets of the pieces of one unit, each within the budget."""
    if count_tokens(text) <= budget_tokens:
        yield 0, len(text)
        return
    cursor = 0
    for chunk in _splitter(budget_tokens).split_text(text):
        start = text.index(chunk, cursor)
        cursor = start + len(chunk)
        yield start, cursor


@cache
def _splitter(budget_tokens: int):  # type: ignore[no-untyped-def]  # a llama-index type would have to be imported to be named
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=budget_tokens,
        chunk_overlap=0,
        paragraph_separator="\n\n",
        tokenizer=_encode,
        chunking_tokenizer_fn=split_sentences,
        include_metadata=False,
    )


def _encode(text: str) -> list[int]:
    return _encoding().encode(text, disallowed_special=())  # type: ignore[no-any-return]


@cache
def _encoding():  # type: ignore[no-untyped-def]
    bundle = find_spec("llama_index.core")
    if bundle is not None and bundle.origin:
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(Path(bundle.origin).parent / "_static" / "tiktoken_cache"))
    import tiktoken

    return tiktoken.get_encoding("cl100k_base")
