"""Takes page numbers and running heads out of the lines of a document."""

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.readers.pdf.line import Line

_MARGIN = 0.1
"""Of a page's height; what stands in it at the top or bottom may be a running head."""
_SHARE = 0.5
"""Of the pages past the first, that must repeat a line to make it a running head."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|página|pagina|p\.?|第)\s*)?(?:\d{1,3}|[ivx]{1,5})\s*(?:页|頁|ページ)?\s*(?:(?:of|von|de|di|sur|/|\||共)\s*\d{1,3}\s*页?)?\W*",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"@|https?:|www\.")


def body(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """``pages`` without page numbers and running heads; what the first page shows at its top stays."""
    repeated = _repeated(pages, heights)
    kept: list[list[Line]] = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        kept.append([])
        for line in lines:
            edge = _edge(line, height)
            is_head = edge is not None and (_key(line), edge) in repeated
            stays = number == 0 and (edge == "top" or _CONTACT.search(line.text) is not None)
            if (is_head and not stays) or (edge is not None and _is_page_number(line, lines)):
                continue
            kept[-1].append(line)
    return kept


def _edge(line: Line, height: float) -> str | None:
    if line.base < _MARGIN * height:
        return "top"
    return "bottom" if line.base > (1 - _MARGIN) * height else None


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is a page's number, alone at the top or bottom of everything on the page."""
    bases = [other.base for other in lines]
    return _PAGE_NUMBER.fullmatch(line.text) is not None and line.base in {min(bases), max(bases)}


def _key(line: Line) -> str:
    """The line without its page number; years and dates keep theirs."""
    return re.sub(r"(?<!\d)\d{1,3}(?!\d)", "#", line.text.replace("\t", " ")).casefold()


def _repeated(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> set[tuple[str, str]]:
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            edge = _edge(line, height)
            if edge is not None:
                seen[_key(line), edge].add(number)
    least = max(2, _SHARE * (len(pages) - 1))
    return {key for key, found in seen.items() if len(found) >= least}
