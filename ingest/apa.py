"""Citations whose date stands in brackets behind the names: ``Byron, A., & Li, B. (2024). Title. Venue.`` (APA 7)."""

import re

from ingest.authors import MARKS, surname_first
from ingest.domain import PartialDate
from ingest.imprint import YEAR, Citation, legend_in, title_and_rest, without_result
from ingest.results import as_note
from ingest.states import STATE, is_preprint

_APA = re.compile(
    rf"^(?P<names>.{{3,600}}?)\s*\((?P<date>{YEAR}[a-z]?(?:, [^)]+)?|in press|in preparation|forthcoming|submitted"
    r"|accepted|to appear|under (?:review|revision)|im (?:Erscheinen|Druck)|eingereicht|in Vorbereitung"
    r"|en (?:revisión|prensa|preparación)|aceptado|sous presse|soumis|accepté|à paraître|en préparation"
    r"|in corso di stampa|in stampa|in preparazione|in revisione|no prelo|em revisão|em preparação|submetido)\)[.,:]?\s+",
    re.DOTALL,
)


def parse_apa(flat: str) -> Citation | None:
    """A citation in the order of APA 7; what it tells of results behind its title is a note."""
    head = _APA.match(flat)
    if head is None:
        return None
    authors, complete = surname_first(head["names"])
    rest = flat[head.end() :]
    title, after = title_and_rest(rest)
    if not authors or not title:
        return None
    after, told = without_result(re.sub(rf"^\([{MARKS}][^()]+\)[.,]?\s*", "", after))
    year = re.match(YEAR, head["date"])
    date = PartialDate(int(year[0])) if year else None
    venue = re.sub(r"^In:?\s+", "", re.split(r",\s*\d|\.\s|\s\d+\s*\(", after, maxsplit=1)[0]).strip(" .,") or None
    state = STATE.match(after)
    venue = None if state else venue
    notes = (*(() if year else (head["date"],)), *((state[0].strip(" .,"),) if state else ()), *as_note(told))
    if venue and re.fullmatch(r"\([^()]+\)", venue):
        notes, venue = (*notes, venue[1:-1]), None
    return Citation(
        authors,
        complete,
        title,
        venue,
        None,
        date,
        notes,
        state is not None or is_preprint(f"{head['date']} {after}"),
        legend_in(flat),
    )
