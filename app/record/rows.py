"""Publications as JSON objects and as a table of comma-separated values, each with the span that states it."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from app.record.keys import keys_of
from app.record.works import Work
from ingest.domain import Record

_COLUMNS = (
    "key", "title", "authors", "authors_complete", "author_position", "author_rank", "year", "date", "venue", "venue_tag", "status", "form",
    "notes", "document", "start", "end",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may run when a cell begins with it (OWASP, CSV Injection)."""


def to_json(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> dict[str, Any]:
    """The publications with what they were chosen from; what is not stated is ``null``."""
    keys = keys_of(everything, record.profile)
    return {
        "profile": record.profile.slug,
        "fingerprint": record.fingerprint,
        "count": len(works),
        "total": len(everything),
        "publications": [_object(record, work, keys[work.paper.span]) for work in works],
    }


def to_csv(record: Record, works: Sequence[Work], everything: Sequence[Work]) -> str:
    """A header and one line a work, as RFC 4180 has it; empty for what is not stated.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    keys = keys_of(everything, record.profile)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for work in works:
        paper, span = work.paper, work.paper.span
        writer.writerow(
            [
                *map(_safe, (keys[span], paper.title, "; ".join(paper.authors))),
                "yes" if paper.authors_complete else "no",
                "" if work.rank is None else ", ".join(work.positions),
                work.rank,
                work.year,
                *map(_safe, (paper.date.edtf if paper.date else "", paper.venue, paper.venue_tag)),
                *map(_safe, (paper.status, paper.form, "; ".join(paper.notes), span.document)),
                span.start,
                span.end,
            ]
        )
    return out.getvalue()


def _safe(value: str | None) -> str:
    text = " ".join((value or "").split())
    return f"'{text}" if text.startswith(_FORMULA) else text


def _object(record: Record, work: Work, key: str) -> dict[str, Any]:
    paper, span = work.paper, work.paper.span
    document = record.document(span.document)
    return {
        "key": key,
        "title": paper.title,
        "authors": list(paper.authors),
        "authors_complete": paper.authors_complete,
        "authors_without_person": paper.beside,
        "author_position": None if work.rank is None else list(work.positions),
        "author_rank": work.rank,
        "equal_contribution": list(paper.equal),
        "corresponding": list(paper.corresponding),
        "year": work.year,
        "date": paper.date.edtf if paper.date else None,
        "venue": paper.venue,
        "venue_tag": paper.venue_tag,
        "venue_group": work.venue.name if work.venue else None,
        "status": paper.status,
        "form": paper.form,
        "refereed": paper.refereed,
        "notes": list(paper.notes),
        "source": {
            "document": span.document,
            "title": document.title,
            "start": span.start,
            "end": span.end,
            "quote": document.quote(span),
            "url": document.url,
        },
        "listed_again": [
            {
                "relation": link.relation,
                "document": link.other.document,
                "start": link.other.start,
                "end": link.other.end,
            }
            for link in record.linked(paper)
            if link.relation != "outdated"
        ],
    }
