"""Facts out of blocks: positions, degrees, publications and the rest, each with the span that states it."""

from ingest.domain import Document, Fact
from ingest.extract.career import degrees_in, positions_in
from ingest.extract.lists import contacts_in, honours_in, interests_in, items_in, projects_in, publications_in
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
    """What the format states by itself and what its blocks say, in the document's order within each kind."""
    inferred = [fact for extract in _EXTRACTORS for fact in extract(document)]
    stated = {(type(fact), fact.span) for fact in document.facts}
    return (*document.facts, *(fact for fact in inferred if (type(fact), fact.span) not in stated))
