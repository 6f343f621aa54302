"""What an entry has from the lines above it: an employer's heading over several posts is cited with each of them."""

from app.answer.draft import mark
from app.answer.scene import Scene
from ingest.domain import Fact, Span
from ingest.extract.words import fold


def cited_with(scene: Scene, fact: Fact, *values: str | None) -> str:
    """The marks for ``fact`` and for the places above its span where those of ``values`` stand that its own words lack."""
    document = scene.record.document(fact.span.document)
    own = fold(" ".join(document.quote(fact.span).split()))
    spans = [fact.span]
    for value in values:
        if value is None or fold(" ".join(value.split())) in own:
            continue
        at = document.text.rfind(value, 0, fact.span.start)
        if at >= 0:
            spans.append(Span(document.id, at, at + len(value)))
    return mark(*spans)
