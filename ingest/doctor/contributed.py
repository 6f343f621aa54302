"""What a language model contributed to the index of a profile, which the doctor does not call "not understood"."""

from pathlib import Path

from ingest.assisted.asking import ids_of
from ingest.domain import Fact, Record
from ingest.errors import IndexUnusable
from ingest.generation import current, verify
from ingest.index import load_record
from ingest.printed import not_printed


def contributed(folder: Path, record: Record) -> tuple[Fact, ...]:
    """The facts of the index in ``folder`` that a model contributed and that the documents of ``record`` still print; none without an index."""
    try:
        generation = current(folder)
        assisted = verify(generation).assisted
        known = load_record(generation)
    except IndexUnusable:
        return ()
    ids = set(assisted.facts) if assisted else set()
    documents = {document.id: document for document in record.documents}
    return tuple(
        fact
        for name, fact in ids_of(known.facts)
        if name in ids
        and (document := documents.get(fact.span.document)) is not None
        and any(block.span.covers(fact.span) for block in document.blocks)
        and not not_printed(fact, document)
    )
