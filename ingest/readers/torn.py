"""Mends lists that a page or column break tore."""

import re

from ingest.domain import Block, BlockKind, Span

_ENDS_SENTENCE = re.compile(r"[.!?:;)\]\"”。！？]\s*$")


def join_broken_items(text: str, blocks: list[Block]) -> list[Block]:
    """Joins an item with the paragraph that a page or column break tore from it.

    Torn is the last item of a list when it does not end like a sentence, most of its neighbours do, and the paragraph behind it does.
    """
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if last is not None and block.kind is BlockKind.PARAGRAPH and _is_torn(text, joined, block):
            span = Span(last.span.document, last.span.start, block.span.end)
            joined[-1] = Block(last.kind, span, level=last.level)
        else:
            joined.append(block)
    return joined


def _is_torn(text: str, before: list[Block], block: Block) -> bool:
    def ends(b: Block) -> bool:
        return bool(_ENDS_SENTENCE.search(text[b.span.start : b.span.end]))

    if before[-1].kind is not BlockKind.ITEM or ends(before[-1]) or not ends(block):
        return False
    items = []
    for other in reversed(before[:-1]):
        if other.kind is not BlockKind.ITEM:
            break
        items.append(other)
    return len(items) >= 2 and sum(map(ends, items)) > len(items) / 2
