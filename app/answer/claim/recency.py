"""Superlatives that the dates of a record decide: the latest position, the earliest paper, the highest degree."""

import re
from collections.abc import Iterable

from app.answer.claim.folding import fold
from app.answer.claim.marks import quotes
from app.answer.claim.tokens import read
from app.answer.claim.unit import Unit
from ingest.domain import Contact, Degree, Fact, PartialDate, Period, Position, Record

_ENTRY = (
    r"(?:position|job|post|role|internship|employer|paper|publication|book|monograph|article|preprint|award|prize|degree|talk|grant|project|patent|fellowship|"
    r"stelle|buch|monogra|artikel|aufsatz|preis|vortrag|praktikum|veroffentlichung|poste|emploi|livre|article|prix|stage|diplome|projet)"
)
_CLAIM = re.compile(
    r"\b(?P<latest>most recent(?:ly)?|latest|newest|jungste[rsnm]?|neueste[rsnm]?|aktuellste[rsnm]?|plus recente?s?)\b"
    r"|\b(?P<earliest>earliest|oldest|very first|fruheste[rsnm]?|alteste[rsnm]?|plus ancien(?:ne)?s?)\b"
    r"|\b(?P<highest>highest (?=degree|academic|qualification)|hochste[rsnm]? (?=abschluss|akademisch)|plus haut (?=diplome|grade))"
    rf"|\b(?P<final>last|letzte[rsnm]?|dernier(?:e|s|es)?)(?=\s(?:\w+\s)?{_ENTRY})|\b(?P<initial>first|erste[rsnm]?|premiere?s?)(?=\s(?:\w+\s)?{_ENTRY})"
    r"|(?P<newest>最近的?(?=一|论文|职|工作|奖|文章|项目|学位)|最新的?)|(?P<oldest>最早的?)|(?P<top>最高(?=学位|学历))",
    re.IGNORECASE,
)
_KIND = {"newest": "latest", "final": "latest", "oldest": "earliest", "initial": "earliest", "top": "highest"}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOOSE = {"final", "initial"}
"""Words that may as well count something else than the entries of the record: these are never contradicted here."""
_PHD, _MASTER = "=phd", "=master"


def settled(text: str, unit: Unit, record: Record) -> str | None:
    """``text`` with blanks for the superlatives that the dates of the record bear out of ``unit``; ``None`` where they contradict one."""
    kept = text
    for match in _CLAIM.finditer(fold(text)):
        kind = match.lastgroup or ""
        verdict = _bears_out(_KIND.get(kind, kind), unit.fact or _titled(text, record), record, _years(text))
        if verdict is False and kind not in _LOOSE:
            return None
        if verdict:
            kept = kept[: match.start()] + " " * (match.end() - match.start()) + kept[match.end() :]
    return kept


def _titled(text: str, record: Record) -> Fact | None:
    """The one fact whose title a claim quotes."""
    quoted = {fold(title) for title in quotes(text)}
    found = [f for f in record.facts if fold(getattr(f, "title", None) or "") in quoted]
    return found[0] if len({getattr(f, "title", None) for f in found}) == 1 else None


def _years(text: str) -> frozenset[int]:
    """The years that a claim names outside of brackets."""
    return frozenset(int(year) for year in _YEAR.findall(re.sub(r"[(（][^)）]*[)）]", " ", text)))


def _bears_out(kind: str, fact: Fact | None, record: Record, years: frozenset[int]) -> bool | None:
    """Whether ``fact`` is the latest, earliest or highest of its kind in the record, or of its kind in ``years``; ``None`` where nothing is known of that."""
    if fact is None or isinstance(fact, Contact):
        return None
    same = [f for f in record.facts if f.kind == fact.kind]
    if len(years) == 1:
        same = [f for f in same if (when := _when(f, kind)) is None or when.year in years] or same
    if kind == "highest":
        return _level(fact) == max(map(_level, same)) if isinstance(fact, Degree) else None
    mine = _when(fact, kind)
    if mine is None:
        return None
    below = _path(fact, record)
    return _is_end(mine, same, kind) or _is_end(mine, [f for f in same if _path(f, record) == below], kind)


def _is_end(mine: PartialDate, others: Iterable[Fact], kind: str) -> bool:
    """Whether no other fact is later (or earlier); a date without a month ties with every month of its year."""
    for fact in others:
        date = _when(fact, kind)
        if date is None:
            continue
        one, two = (date, mine) if kind == "latest" else (mine, date)
        if (one.year or 0) > (two.year or 0):
            return False
        if one.year == two.year and one.month and two.month and one.first_month > two.first_month:
            return False
    return True


def _path(fact: Fact, record: Record) -> tuple[str, ...]:
    """The headings that a fact stands under."""
    blocks = record.document(fact.span.document).blocks
    return next((b.path for b in blocks if b.span.start <= fact.span.start < b.span.end), ())


def _when(fact: Fact, kind: str) -> PartialDate | None:
    """The date that a fact is ordered by: of positions those that run are the latest, whenever they began."""
    period = getattr(fact, "period", None)
    dates: tuple[PartialDate, ...] = getattr(fact, "dates", ())
    date = dates[-1 if kind == "latest" else 0] if dates else getattr(fact, "date", None)
    if isinstance(period, Period):
        if kind == "latest" and period.current and isinstance(fact, Position):
            return PartialDate(9999)
        date = period.end if kind == "latest" and period.end else period.start
    return date if date is not None and date.year is not None else None


def _level(fact: Fact) -> int:
    terms = {t for token in read(getattr(fact, "title", None) or "") for t in token.terms}
    return 2 if _PHD in terms else 1 if _MASTER in terms else 0
