"""Publications as CSL-JSON (Citation Style Language 1.0.2), for Zotero, Pandoc and citeproc."""

from collections.abc import Sequence
from typing import Any

from app.record.imprint import Kind, imprint_of
from app.record.keys import keys_of
from app.record.names import family_and_given
from app.record.works import Work
from ingest.domain import PartialDate, Record

_TYPES: dict[Kind, str] = {
    "article": "article-journal",
    "proceedings": "paper-conference",
    "book": "book",
    "chapter": "chapter",
    "thesis": "thesis",
    "preprint": "article",
    "other": "document",
}
_SEASON = 21


def to_csl(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> list[dict[str, Any]]:
    """One item a work; ``custom`` says where the entry stands, and whether its list of authors is cut."""
    keys = keys_of(everything, record.profile)
    return [_item(record, work, keys[work.paper.span]) for work in works]


def _item(record: Record, work: Work, key: str) -> dict[str, Any]:
    paper, imprint, span = work.paper, imprint_of(record, work), work.paper.span
    venue = paper.venue or paper.venue_tag
    item: dict[str, Any] = {
        "id": key,
        "type": _TYPES[imprint.kind],
        "title": " ".join(paper.title.split()),
        "author": [] if paper.beside else [_name(name) for name in paper.authors],
        "publisher" if imprint.kind == "book" else "container-title": venue,
        "container-title-short": paper.venue_tag if paper.venue and imprint.kind != "book" else None,
        "issued": _issued(paper.date),
        "volume": imprint.volume,
        "issue": imprint.number,
        "page": imprint.pages,
        "DOI": imprint.doi,
        "number": imprint.arxiv and f"arXiv:{imprint.arxiv}",
        "URL": imprint.url,
        "note": "; ".join(paper.notes),
    }
    where = {"document": span.document, "start": span.start, "end": span.end}
    custom = {"source": where, "authors_complete": paper.authors_complete and not paper.beside}
    return {name: value for name, value in item.items() if value} | {"custom": custom}


def _name(name: str) -> dict[str, str]:
    """A name in its parts only where its spelling tells them apart."""
    parts = family_and_given(name)
    return {"literal": name} if parts is None else {"family": parts[0], "given": parts[1]}


def _issued(date: PartialDate | None) -> dict[str, Any] | None:
    if date is None or date.year is None:
        return None
    if date.month is not None and date.month >= _SEASON:
        return {"date-parts": [[date.year]], "season": date.month - _SEASON + 1}
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}
