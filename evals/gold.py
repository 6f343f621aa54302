"""Where gold quotes stand in a document, and whether an answer's citations cover them."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from app.domain import Citation
from evals.case import Gold
from ingest.domain import Document, Record, Source, Span
from ingest.readers import markdown

COVERED = 0.5
"""A quote counts as cited where one cited span overlaps at least this share of it."""

_MIN_LETTERS = 4
_DATA = {
    "application/json",
    "application/yaml",
    "application/x-bibtex",
    "application/x-research-info-systems",
    "application/xml",
}
_KEY = re.compile(
    r"[\"']?[$\w-]+[\"']?\s*(?::(?=[\s\"'\[{]|$)|=(?=\s*[{\"\w]))|^\s*[A-Z][A-Z0-9]  -|</?[\w:-]+[^<>]*>", re.MULTILINE
)
"""What names a value in a data file: ``"name":``, ``name:``, ``name =``, ``AU  -``, ``<name>``."""


def locate(document: Document, quote: str) -> tuple[Span, ...]:
    """Every place of ``quote`` in the canonical text, white space folded.

    A quote that holds markup is looked for by its letters and digits alone, then by those that Markdown shows of it; one out of a data file
    by its values, for the page that a reader sees names no keys.
    """
    shown = markdown.read(quote, Source("quote", "quote")).text
    values = _KEY.sub(" ", quote) if document.media_type in _DATA else ""
    for needle, keep in ((quote, _folded), (quote, _letters), (shown, _letters), (values, _letters)):
        spans = _find(document, needle, keep)
        if spans:
            return spans
    return ()


def covered(gold: Iterable[Gold], citations: Iterable[Citation], record: Record) -> tuple[int, int, int]:
    """How many quotes the citations cover, how many of them could be located at all, and how many could not."""
    cited = [(c.document, c.start, c.end) for c in citations]
    hits = located = lost = 0
    for quote in gold:
        places = places_of(quote, record)
        located += bool(places)
        lost += not places
        hits += any(_overlap(place, span) for place in places for span in cited)
    return hits, located, lost


def places_of(gold: Gold, record: Record) -> tuple[Span, ...]:
    """The places of a quote; those of a file that is no document of its own are in the document that takes it in."""
    documents = {document.id: document for document in record.documents}
    if gold.document in documents:
        return locate(documents[gold.document], gold.quote)
    beside = (d for d in record.documents if PurePosixPath(d.id).suffix == PurePosixPath(gold.document).suffix)
    return next((places for document in beside if (places := locate(document, gold.quote))), ())


def _overlap(place: Span, cited: tuple[str, int, int]) -> bool:
    document, start, end = cited
    common = min(place.end, end) - max(place.start, start)
    return document == place.document and common >= COVERED * (place.end - place.start)


def _folded(char: str) -> str:
    return " " if char.isspace() else unicodedata.normalize("NFKC", char)


def _letters(char: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", char).casefold() if c.isalnum())


def _find(document: Document, quote: str, keep: Callable[[str], str]) -> tuple[Span, ...]:
    needle = _kept(quote.strip(), keep)[0]
    if not needle or (keep is _letters and len(needle) < _MIN_LETTERS):
        return ()
    hay, offsets = _kept(document.text, keep)
    spans: list[Span] = []
    at = hay.find(needle)
    while at >= 0:
        spans.append(Span(document.id, offsets[at], offsets[at + len(needle) - 1] + 1))
        at = hay.find(needle, at + 1)
    return tuple(spans)


def _kept(text: str, keep: Callable[[str], str]) -> tuple[str, list[int]]:
    """``text`` through ``keep``, runs of blanks as one, and for every character left the offset it came from."""
    chars: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        for kept in keep(char):
            if kept == " " and chars and chars[-1] == " ":
                continue
            chars.append(kept)
            offsets.append(offset)
    return "".join(chars), offsets
