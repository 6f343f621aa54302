"""Facts out of blocks: positions, degrees, publications and the rest, each with the span that states it."""

from dataclasses import replace

from ingest.domain import Document, Fact, Publication
from ingest.extract.career import positions_in
from ingest.extract.degrees import degrees_in
from ingest.extract.items import honours_in, items_in
from ingest.extract.lists import contacts_in, interests_in
from ingest.extract.projects import funded_in, projects_in
from ingest.extract.publications import publications_in
from ingest.extract.reversed import in_order
from ingest.extract.stated import stated_positions_in
from ingest.imprint import acronym_of

_EXTRACTORS = (
    positions_in,
    stated_positions_in,
    degrees_in,
    publications_in,
    projects_in,
    honours_in,
    items_in,
    funded_in,
    interests_in,
    contacts_in,
)

_WRITTEN = {"text/x-tex", "text/markdown"}
"""What is written by hand around the bibliographies that it cites."""


def facts_in(document: Document) -> tuple[Fact, ...]:
    """What the format states by itself and what its blocks say, in the document's order within each kind.

    A kind that the format states is not searched for again: the format knows better, and its page repeats what it stated. Only a page that
    lists works out of a bibliography may list others by hand.
    """
    stated = {fact.kind for fact in document.facts}
    inferred = (fact for extract in _EXTRACTORS for fact in extract(document))
    beside = (fact for fact in inferred if fact.kind not in stated or _is_beside(fact, document))
    return in_order((*map(_with_tag, document.facts), *beside))


def _with_tag(fact: Fact) -> Fact:
    """A stated publication with the short name that its venue's name ends with."""
    if not isinstance(fact, Publication) or fact.venue_tag is not None or fact.status == "preprint":
        return fact
    tag = acronym_of(fact.venue)
    return replace(fact, venue_tag=tag) if tag else fact


def _is_beside(fact: Fact, document: Document) -> bool:
    """Whether a publication stands on a written page apart from all that the page states, and not on one that is about a single work."""
    if not isinstance(fact, Publication) or document.media_type not in _WRITTEN:
        return False
    stated = [f for f in document.facts if isinstance(f, Publication)]
    told = [span for f in stated for span in (f.span, f.abstract) if span is not None]
    above = {name for block in document.blocks if block.span.covers(fact.span) for name in block.path}
    is_apart = all(fact.span.end <= span.start or span.end <= fact.span.start for span in told)
    return is_apart and not above & {f.title for f in stated}
