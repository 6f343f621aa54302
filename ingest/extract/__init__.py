"""Facts out of blocks: positions, degrees, publications and the rest, each with the span that states it."""

from ingest.domain import Document, Fact
from ingest.extract.career import degrees_in, positions_in
from ingest.extract.lists import contacts_in, honours_in, interests_in, items_in, projects_in
from ingest.extract.publications import publications_in
from ingest.extract.reversed import in_order
from ingest.extract.stated import stated_positions_in

_EXTRACTORS = (
    positions_in,
    stated_positions_in,
    degrees_in,
    publications_in,
    projects_in,
    honours_in,
    items_in,
    interests_in,
    contacts_in,
)


def facts_in(document: Document) -> tuple[Fact, ...]:
    """What the format states by itself and what its blocks say, in the document's order within each kind.

    A kind that the format states is not searched for again: the format knows better, and its page repeats what it stated.
    """
    stated = {fact.kind for fact in document.facts}
    inferred = (fact for extract in _EXTRACTORS for fact in extract(document))
    return in_order((*document.facts, *(fact for fact in inferred if fact.kind not in stated)))
