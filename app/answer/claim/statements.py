"""The true sentences that a claim may repeat: what the program found out, the sentences of the sources, and the headings that they stand under."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from app.answer.claim.check import own_names
from app.answer.claim.folding import fold
from app.answer.claim.implied import Statement
from app.answer.claim.inverted import inverted
from app.answer.claim.unit import Unit
from ingest.dates import find_dates, find_period
from ingest.domain import Degree, Honour, Position, Project, Publication, Record, Section
from ingest.extract.words import has_word
from ingest.sections import section_of
from ingest.sentences import split_sentences

if TYPE_CHECKING:
    from app.answer.support import Shown

_KINDS: dict[type, str] = {Honour: "honour", Degree: "degree"}
_OF_THE_PERSON = frozenset(
    {Section.SUMMARY, Section.SKILLS, Section.EXPERIENCE, Section.EDUCATION, Section.INTERESTS, Section.SERVICE}
)
"""Sections in which a line without a subject is about the person."""
_OF_SELF = re.compile(r"(?:I|My|We|Ich|Mein\w*|Wir|Je|Mon|Ma|Mes|Nous|Yo|Mi|Io|Il mio|La mia|Eu|Meu|Minha|我)\b")
"""How a whole sentence in an entry begins."""
_WORD = re.compile(r"\w+")
_NUMBERED = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})+[.)]?\s+(?=\S)")
"""The number of a line in a numbered section: "2.2 2017 - 2021 Head of School"."""
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_ROWS = "Rows:"
_MEMBER = re.compile(r"(?<=[)）]),? (?:(?:and|und|et|y|e) )?|; |、|(?<=[)）])和")
"""What parts the members of a list in a sentence of the program."""
_LISTS = re.compile(
    r"(?P<lead>[^:,;]{3,80}?\s(?:holds|has|lists|mentions|names|mentionne|recense|indique|nennt|menciona|tiene|contiene|elenca|riporta|tem))\s(?=.*[)）])"
)
"""How a sentence of the program leads in to members that it lists without a colon."""
_BEGUN = re.compile(r"\s*(?:[-–—]|\bto\b|\bbis\b|\bà\b|\ba\b|至)")
"""What parts the beginning of a period from its end."""
_JOINED = " — "
"""What parts what the program says from its sources where both are shown as one."""


def statements_of(pieces: Sequence["Shown"], units: Sequence[Unit], record: Record) -> Iterator[Statement]:
    """What the ``pieces`` of evidence under one number, and the ``units`` made of them, state."""
    facts = {unit.fact for unit in units if unit.n}
    is_one = len(facts) == 1 and not any(unit.is_entry and _is_of_several(unit) for unit in units)
    group = _group(next(iter(facts), None)) if is_one else 0
    for piece in pieces:
        if piece.is_computed:
            yield from _computed(piece, group)
    for unit in units:
        if unit.n:
            yield from _printed(unit, record)


def _computed(piece: "Shown", group: int) -> Iterator[Statement]:
    """What the program found out: a sentence, and the rows of a list behind what leads in to them."""
    if piece.rows:
        yield Statement(piece.rows[0], "lead")
        yield from (Statement(row, "row") for row in piece.rows[1:])
    if not piece.rows or _ROWS not in piece.text:
        told = piece.text.split(_JOINED)
        yield from (Statement(part, "sentence", group) for part in told)
        yield from (Statement(part, "row", group) for part in told[1:])
        lead, colon, members = told[0].partition(": ")
        listed = None if colon else _LISTS.match(told[0])
        if listed:
            lead, members = listed["lead"], told[0][listed.end() :]
        if members:
            yield Statement(lead, "lead")
        yield from (Statement(m.strip(" ;.,"), "row") for m in _MEMBER.split(members) if m.strip(" ;.,"))


def _printed(unit: Unit, record: Record) -> Iterator[Statement]:
    """What a source says: an entry with its lines, or sentences; and the headings that it stands under."""
    lines = [_NUMBERED.sub("", line) for line in unit.text.split("\n") if line.strip()]
    opens = not unit.is_entry and bool(lines) and _opens_post(lines[0])
    group = _group(None if opens else unit.fact) or _group((unit.n, unit.text))
    if unit.is_entry and len(lines) > 1 and _is_of_several(unit):
        for line in lines:
            yield Statement(line, "row", _group((unit.n, line)))
            yield from _undated(line, "row", _group((unit.n, line)))
    elif unit.is_entry:
        kind = _KINDS.get(type(unit.fact), "row")
        whole = "\n".join(lines)
        yield Statement(whole, kind, group)
        yield from (Statement(text, kind, group, whole) for text in dict.fromkeys(lines[:2]) if text != whole)
        yield from (Statement(line, "sentence", group, whole) for line in lines[1:])
        yield from _undated(whole, kind, group)
        yield from _inverted(whole if kind == "degree" else "", group)
        yield from _of_post(unit.fact, whole, group)
        yield from _of_degree(unit.fact, group)
        inside = [s for line in lines for s in split_sentences(line)]
        yield from (Statement(s, "sentence", group) for s in inside if len(inside) > 1 and _OF_SELF.match(s))
    else:
        head = unit.fact if isinstance(unit.fact, Position | Project | Degree) and not opens else None
        dated = record.quote(head.span) if head else ""
        kind = "about" if unit.fact is None and _is_about(unit, record) else "sentence"
        told = [s for line in dict.fromkeys((*lines, "\n".join(lines))) for s in split_sentences(line) if s.strip()]
        yield from (Statement(s, kind, group, dated) for s in told)
        for line in lines if kind == "about" else ():
            yield from (turned for s in split_sentences(line) for turned in _inverted(s, group))
            if len(split_sentences(line)) == 1:
                yield from _undated(line, "row", _group((unit.n, line)))
    heads = unit.heading.split(" \n ")[-1:]
    if isinstance(unit.fact, Position | Project) and not unit.is_entry and not opens:
        heads.append(next(iter(split_sentences(record.quote(unit.fact.span))), ""))
    for above in heads:
        if above.strip():
            yield from (Statement(above.replace("\n", ", "), kind, group) for kind in ("head", "tail"))


def _inverted(text: str, group: int) -> Iterator[Statement]:
    """What was done, where an entry names first what it was done to."""
    turned = inverted(" ".join(text.split()))
    if turned:
        yield Statement(turned, "sentence", group)


def _of_post(fact: object, whole: str, group: int) -> Iterator[Statement]:
    """Where a post is, and the post told by its role where the entry names the employer first."""
    if not isinstance(fact, Position) or not fact.organisation:
        return
    at = whole.find(fact.organisation)
    if at >= 0:
        yield Statement(fact.organisation, "employer", group, whole)
    if fact.role and 0 <= at < whole.find(fact.role):
        yield Statement(f"{fact.role}, {fact.organisation}", "row", group, whole)


def _of_degree(fact: object, group: int) -> Iterator[Statement]:
    """When a degree was taken, and under whom."""
    if isinstance(fact, Degree):
        if fact.period and fact.period.end and fact.period.end.year:
            yield Statement(f"in {fact.period.end.year}", "date", group)
        yield from (Statement(f"under {name}", "date", group) for name in fact.supervisors)


def _opens_post(line: str) -> bool:
    """Whether a line in the body of a post is a post of its own: a role first, and a period."""
    return has_word("role", line.split(",")[0]) and find_period(line) is not None


def _is_about(unit: Unit, record: Record) -> bool:
    """Whether what a source says without a subject is said of the person: not where it lists other people, or what they made."""
    above = unit.heading.split(" \n ")[-1].strip()
    names = own_names(record.profile)
    return not above or section_of(above) in _OF_THE_PERSON or any(fold(w) in names for w in _WORD.findall(above))


def _is_of_several(unit: Unit) -> bool:
    """Whether an entry has dates beside its period, or several without one: it may hold more than one thing, where it is no paper."""
    if isinstance(unit.fact, Publication):
        return False
    period = find_period(unit.text)
    others = [at for _, at, _ in find_dates(unit.text) if period is None or not period.start <= at < period.end]
    return len(others) > (period is None)


def _undated(text: str, kind: str, group: int) -> Iterator[Statement]:
    """An entry without its only period, and that: a claim may give it in another place."""
    found = find_period(text)
    if found is None:
        return
    behind = text[found.end :] if text[: found.start].strip() else _BRACKETED.sub("", text[found.end :])
    if find_period(behind) is not None:
        return
    period = text[found.start : found.end]
    yield Statement(f"{text[: found.start]},{text[found.end :]}", kind, group, text)
    yield Statement(period, "date", group)
    if found.period.current and _BEGUN.split(period)[0][:1].isdigit() | _BEGUN.split(period)[0][:1].isupper():
        yield Statement("since " + _BEGUN.split(period)[0], "date", group)


def _group(about: object) -> int:
    """A number for what statements are about; 0 where nothing tells."""
    return hash(about) or 1 if about else 0
