"""The awards of the person that name one of the works."""

import re
from collections.abc import Iterable

from app.answer.draft import Draft, mark
from app.answer.phrase import date_text
from app.answer.scene import Scene
from ingest.domain import Honour, Publication
from ingest.extract.words import fold

_LEAST_TITLE = 8


def won_by(scene: Scene, works: Iterable[Publication]) -> list[Draft]:
    """A sentence for each award whose entry names one of ``works``, by its title up to the first colon or full stop."""
    titles = {re.split(r"[.:?!]\s", fold(w.title))[0] for w in works}
    telling = [t for t in titles if len(t) > _LEAST_TITLE]
    drafts = []
    for honour in scene.facts(Honour):
        if any(title in fold(scene.record.quote(honour.span)) for title in telling):
            dates = ", ".join(date_text(scene.language, d) for d in honour.dates) or None
            drafts.append(Draft(scene.say("honour_did", title=honour.title, dates=dates, cite=mark(honour.span))))
    return drafts
