"""Which blocks the rules understood nothing of, and of these the ones that a model may be asked about."""

import re
from collections.abc import Iterable, Iterator, Sequence

from ingest.assisted.fitting import may_hold
from ingest.assisted.proposal import Unread
from ingest.domain import BlockKind, Document, Fact, Position, Project, Publication, Span
from ingest.imprint import is_label_line
from ingest.passages import count_tokens
from ingest.private import MASK

_WRITTEN = {"text/x-tex", "text/markdown"}
"""What is written by hand, also around the bibliographies that it cites."""
_LEAST_LETTERS = 8
_LONGEST = 300
"""Tokens; a longer block is prose, of which search makes more than a list of facts would."""
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}(?:/\S*)?")
_BATCH = 6
_BATCH_TOKENS = 500


def unread_blocks(document: Document, facts: Iterable[Fact]) -> Iterator[Unread]:
    """The blocks of ``document`` that no fact reaches into and that may state one, in order.

    Left out is what could give nothing: headings, addresses, labels of links, what is private through and through, text about other people or
    to its reader; and all of a document whose format states by itself what it holds, because what that leaves out it left out knowingly.
    """
    if document.facts and document.media_type not in _WRITTEN:
        return
    covered = _covered(document, facts)
    for block in document.blocks:
        if block.kind is BlockKind.HEADING or any(
            s.start < block.span.end and block.span.start < s.end for s in covered
        ):
            continue
        unread = Unread(block.span, block.path, block.section, block.kind, document.quote(block.span))
        if _says_something(unread.text) and count_tokens(unread.text) <= _LONGEST and may_hold(unread):
            yield unread


def batches(blocks: Sequence[Unread]) -> Iterator[Sequence[Unread]]:
    """``blocks`` of one document a few at a time, neighbours together."""
    held: list[Unread] = []
    tokens = 0
    for block in blocks:
        length = count_tokens(block.text)
        if held and (len(held) == _BATCH or tokens + length > _BATCH_TOKENS):
            yield held
            held, tokens = [], 0
        held.append(block)
        tokens += length
    if held:
        yield held


def _says_something(text: str) -> bool:
    """Whether ``text`` holds more than addresses, numbers and the labels of links."""
    lines = [line for line in text.split("\n") if MASK not in line and not is_label_line(line)]
    bare = _ADDRESS.sub(" ", " ".join(lines))
    letters = sum(3 if "\u3040" <= c <= "\u9fff" else 1 for c in bare if c.isalpha())
    words = re.findall(r"[^\W\d_]{2,}", bare)
    return letters >= _LEAST_LETTERS and (len(words) > 1 or any("\u3040" <= c <= "\u9fff" for c in bare))


def _covered(document: Document, facts: Iterable[Fact]) -> list[Span]:
    """Where facts of the document stand, with what is told of them; addresses are no entries."""
    spans: list[Span] = []
    for fact in facts:
        if fact.span.document != document.id or fact.kind == "contact":
            continue
        spans.append(fact.span)
        body = (
            fact.body
            if isinstance(fact, Position | Project)
            else fact.abstract
            if isinstance(fact, Publication)
            else None
        )
        spans += [body] if body else []
    return spans
