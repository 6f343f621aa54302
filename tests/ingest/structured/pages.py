"""What the tests of structured sources share: a file read into a document, and what every such document must hold."""

import tempfile
from pathlib import Path
from typing import TypeVar

from ingest.dates import find_dates, find_period
from ingest.domain import BlockKind, Document, Fact, PartialDate, Source, Span
from ingest.extract import facts_in
from ingest.readers import is_source, read

F = TypeVar("F", bound=Fact)


def page(name: str, text: str | bytes) -> Document:
    """The document that a file of that name and content is read into."""
    with tempfile.TemporaryDirectory() as folder:
        data = text if isinstance(text, bytes) else text.encode()
        (Path(folder) / name).write_bytes(data)
        return read(Path(folder), Source(name, "CV"))


def is_taken(name: str, text: str) -> bool:
    """Whether a file of that name and content is a source where nobody names any."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        return is_source(path)


def of(document: Document, kind: type[F]) -> list[F]:
    """The facts of one type that a document yields, stated and inferred."""
    return [fact for fact in facts_in(document) if isinstance(fact, kind)]


def check(document: Document) -> None:
    """Blocks in order, apart from each other and covering every visible character; values and dates of stated facts in their spans."""
    last = 0
    for block in document.blocks:
        assert last <= block.span.start < block.span.end <= len(document.text)
        assert document.quote(block.span).strip() == document.quote(block.span)
        assert (block.level is not None) == (block.kind is BlockKind.HEADING)
        last = block.span.end
    covered = {i for b in document.blocks for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []
    for fact in document.facts:
        _check_fact(document, fact)


def _check_fact(document: Document, fact: Fact) -> None:
    assert 0 <= fact.span.start < fact.span.end <= len(document.text)
    there = " ".join(document.quote(fact.span).split())
    for value in _values(fact):
        assert " ".join(value.split()) in there, (fact.kind, value, there)
    printed = [d for d, _, _ in find_dates(there)]
    ranged = find_period(there)
    printed += [d for d in (ranged.period.start, ranged.period.end) if d] if ranged else []
    for date in _dates(fact):
        assert any((p.year, p.month) == (date.year, date.month) for p in printed), (fact.kind, date.edtf, there)
    for part in (getattr(fact, "body", None), getattr(fact, "abstract", None)):
        if isinstance(part, Span):
            assert document.quote(part).strip()


def _values(fact: Fact) -> list[str]:
    """The texts that a fact holds beside its kind."""
    held = [getattr(fact, name) for name in fact.__slots__ if name not in {"kind", "channel", "status", "form"}]
    flat = [v for value in held for v in (value if isinstance(value, tuple) else (value,))]
    return [value for value in flat if isinstance(value, str)]


def _dates(fact: Fact) -> list[PartialDate]:
    period = getattr(fact, "period", None)
    date = getattr(fact, "date", None)
    stated = [period.start, period.end] if period else []
    return [d for d in (*stated, date, *getattr(fact, "dates", ())) if d is not None and d.year is not None]
