"""The evidence view: a document as a person would read it, with the quoted span marked in its place."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from app.web.pageimage import marked
from app.web.render.cite import place
from app.web.words import Words, words
from ingest.domain import Block, BlockKind, Document, Span

CONTEXT_CHARS = 6_000
"""How much of a document is shown on each side of a quote, at least, where it has that much."""


def passage(
    document: Document, span: Span, n: int, pictures: Mapping[int, str], said: Words | None = None, whose: str = ""
) -> str:
    """The part of ``document`` around ``span``, with what the span covers marked.

    Where there are ``pictures`` of the pages that it is printed on (their addresses by page), also these pages, and a choice between both.
    ``whose`` names the person where the source could be taken for another's.
    """
    said = said or words("en")
    whole = document.blocks or (Block(BlockKind.PARAGRAPH, Span(document.id, 0, len(document.text))),)
    blocks = _near(whole, span)
    here = next((b for b in blocks if b.span.start <= span.start < b.span.end), blocks[0])
    body = "".join(_group(document, kind, list(group), span) for kind, group in groupby(blocks, lambda b: b.kind))
    pages = marked(document, span, pictures, said)
    first = next(iter(document.boxes_of(span)), None)
    where = place(document.title, " › ".join(here.path), first.page if first else here.page, said)
    person = f"{escape(whose)} · " if whose else ""
    return (
        f'<p class="vv-where"><span class="vv-number">{n}</span> {person}{where}</p>'
        f"{_original(document.url, said)}{_views(said) if pages else ''}{pages}"
        f'<div class="vv-document">{_gap(blocks[0], whole[0])}{body}{_gap(blocks[-1], whole[-1])}</div>'
    )


def _views(said: Words) -> str:
    def view(name: str, attributes: str = "") -> str:
        shown = escape(said(f"view_{name}"))
        return f'<label><input type="radio" name="vv-view" value="{name}"{attributes}><span>{shown}</span></label>'

    return (
        f'<div class="vv-views"><fieldset><legend class="vv-unseen">{escape(said("show_source_as"))}</legend>'
        f"{view('page', ' checked')}{view('text')}</fieldset>"
        f'<button type="button" class="vv-zoom" aria-pressed="false">{escape(said("larger"))}</button></div>'
    )


def _original(url: str | None, said: Words) -> str:
    if url is None or not url.startswith(("https://", "http://")):
        return ""
    link = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(said("open_original"))}</a>'
    return f'<p class="vv-original">{link}</p>'


def _near(blocks: Sequence[Block], span: Span) -> Sequence[Block]:
    """The blocks around ``span``, headings that stand right above the first one included."""
    near = [
        i
        for i, block in enumerate(blocks)
        if block.span.end >= span.start - CONTEXT_CHARS and block.span.start <= span.end + CONTEXT_CHARS
    ] or [0]
    first = near[0]
    while first > 0 and blocks[first - 1].kind is BlockKind.HEADING:
        first -= 1
    return blocks[first : near[-1] + 1]


def _group(document: Document, kind: BlockKind, blocks: list[Block], span: Span) -> str:
    texts = [(block, _marked(document, block.span, span)) for block in blocks]
    match kind:
        case BlockKind.HEADING:
            return "".join(f"<h{_depth(b)}>{text}</h{_depth(b)}>" for b, text in texts)
        case BlockKind.ITEM:
            return "<ul>" + "".join(f"<li>{text}</li>" for _, text in texts) + "</ul>"
        case BlockKind.PARAGRAPH | BlockKind.ROW:
            return "".join(f"<p>{text}</p>" for _, text in texts)


def _marked(document: Document, block: Span, span: Span) -> str:
    start, end = max(block.start, span.start), min(block.end, span.end)
    if start >= end:
        return escape(document.text[block.start : block.end])
    before, marked, after = document.text[block.start : start], document.text[start:end], document.text[end : block.end]
    return f'{escape(before)}<mark class="vv-mark">{escape(marked)}</mark>{escape(after)}'


def _depth(heading: Block) -> int:
    return min((heading.level or 1) + 2, 6)


def _gap(shown: Block, outermost: Block) -> str:
    return "" if shown is outermost else '<p class="vv-gap">…</p>'
