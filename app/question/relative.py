"""Times that a question tells by somebody's studies: "before his PhD" is "before 2014" where the record dates the PhD."""

import re
from collections.abc import Sequence

from app.answer.degrees import has_level, level_asked
from app.question.cue import cue
from ingest.domain import Degree, Record

_BESIDE = re.compile(
    r"\b(?P<side>before|prior to|during|throughout|after|since|following)\s+"
    r"(?:(?:starting|beginning|finishing|completing|getting|doing|earning|receiving)\s+)?(?:(?:his|her|their|the|an?)\s+)?"
    r"(?P<degree>ph\.?\s?d\.?(?!\w)|d\.?phil\b\.?|doctora(?:te|l (?:studies|degree|work))"
    r"|(?:master|bachelor)(?:['’]?s)?(?:\s+(?:degree|studies))?|undergraduate (?:degree|studies)|undergrad)(?!\s+(?:thesis|advis|supervis|student))",
    re.IGNORECASE,
)


def with_years(text: str, record: Record) -> str | None:
    """``text`` with the years of the degree in its place; ``None`` where the record does not date it so that they can be told.

    A question that names no time by a degree comes back as it is, and so does one for a supervisor, who is the degree's.
    """
    match = _BESIDE.search(text)
    if match is None or cue("supervisor").search(text):
        return text
    level = level_asked(match["degree"])
    degrees = [f for f in record.facts if isinstance(f, Degree) and f.title and level and has_level(f.title, level)]
    years = _years(match["side"].lower(), degrees)
    return None if years is None else f"{text[: match.start()]}{years}{text[match.end() :]}"


def _years(side: str, degrees: Sequence[Degree]) -> str | None:
    periods = [d.period for d in degrees if d.period]
    begun = min((p.start.year for p in periods if p.start and p.start.year), default=None)
    ended = max((p.end.year for p in periods if p.end and p.end.year), default=None)
    if any(p.current for p in periods):
        ended = None
    if side in {"before", "prior to"}:
        return f"before {begun}" if begun and begun != ended else None
    if side in {"during", "throughout"}:
        return (
            f"between {begun} and {ended}"
            if begun and ended and begun < ended
            else f"since {begun}"
            if begun and not ended
            else None
        )
    return f"after {ended}" if ended else None
