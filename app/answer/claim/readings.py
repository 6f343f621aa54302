"""A claim held against everything that it cites: against each entry, against what holds of several, and clause by clause."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.answer.claim import agents, people
from app.answer.claim.apart import spanned, strayed, union
from app.answer.claim.bounds import counts_in, drops_bound
from app.answer.claim.bylines import is_reordered
from app.answer.claim.check import Allowed, Finding, check
from app.answer.claim.counting import counts
from app.answer.claim.every import adds_all, not_each
from app.answer.claim.gaps import settled_gaps
from app.answer.claim.holders import wrong_holder
from app.answer.claim.joint import groups, stays
from app.answer.claim.language import claim_language
from app.answer.claim.mixed import mixed
from app.answer.claim.parts import in_parts
from app.answer.claim.raised import raises
from app.answer.claim.recited import is_recited
from app.answer.claim.scales import adds_rate
from app.answer.claim.seconds import swaps_supervisors
from app.answer.claim.signs import signs
from app.answer.claim.texture import texture
from app.answer.claim.turns import window_of
from app.answer.claim.unit import Unit, plain_unit
from app.answer.claim.words import claim_words
from ingest.domain import Record

_FEW = 4
"""Units of a piece of evidence that is read as one."""
_NONE = Finding((), 1.0)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the sentences are about."""

    record: Record
    own: frozenset[str]
    """Folded words of the person's names."""
    names: frozenset[str]
    """Folded names of others in the record."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim held against one thing."""

    finding: Finding
    signs: dict[str, float]
    is_clean: bool
    """Whether nothing at all speaks against it."""


def readings(
    text: str,
    cited: Sequence[Sequence[Unit]],
    computed: Sequence[Unit],
    person: Person,
    lists: Sequence[tuple[Sequence[str], str]] = (),
    laid: Mapping[str, float] = MappingProxyType({}),
) -> Iterator[Reading]:
    """``text``, a sentence without marks, held against the units of each number that it ``cited`` and against what was computed; likely ones first.

    ``lists`` are the rows of what was computed, each list with its language; ``laid`` are signs that every reading has.
    """
    for reading in _read(text, cited, computed, person, lists):
        yield replace(reading, signs=reading.signs | {name: value for name, value in laid.items() if value})


def _read(
    text: str,
    cited: Sequence[Sequence[Unit]],
    computed: Sequence[Unit],
    person: Person,
    lists: Sequence[tuple[Sequence[str], str]],
) -> Iterator[Reading]:
    language = claim_language(text)
    bare = Allowed(frozenset(), person.own, person.record)
    ranks = people.ranks(text)
    entries = [u for units in cited for u in units]
    turned = {"about.order": 1.0} if is_reordered(text, entries) or swaps_supervisors(text, entries) else {}
    wider = {"about.all": 1.0} if adds_all(text, [*entries, *computed]) else {}
    wider |= {"about.rate": 1.0} if adds_rate(text, [*entries, *computed]) else {}
    wider |= {"about.raised": 1.0} if raises(text, entries, person.record.profile) else {}
    wider |= {"about.bound": 1.0} if drops_bound(text, entries) or counts_in(text, entries) else {}
    for unit in computed:
        if ranks <= people.ranks(unit.text):
            yield _reading(text, language, unit, "computed", bare, turned | wider)
    told = settled_gaps(text, entries)
    against = turned | {f"about.{code}": 1.0 for code in _about(text, entries, computed, person)} | wider
    if told is None:
        told, against["gaps"] = text, 1.0
    allowed = Allowed(counts(told, range(len(cited)), entries), person.own, person.record)
    if not_each(text, cited, allowed):
        against["about.each"] = 1.0
    yield from _recited(text, language, lists, person, against)
    for unit in entries:
        yield _reading(told, language, unit, "unit", allowed, against)
    for units in cited:
        piece = union(units)
        if piece and len(cited) > 1 and len(units) < _FEW:
            yield _reading(told, language, piece, "whole", allowed, against)
    together = [*stays(entries), *groups(entries)] if len(entries) > 1 else []
    for unit in together:
        yield _reading(told, language, unit, "group", allowed, against)
    everything = [*entries, *computed, *together]
    if len(everything) > 1 and in_parts(told, everything, allowed):
        sort = {"is.parts": 1.0, "clean": float(not against)} | texture(told, language, everything[0], ())
        yield Reading(_NONE, against | sort, not against)
    whole = union([*entries, *computed])
    if whole:
        few = len(cited) == 1 and len(entries) < _FEW
        more = {} if few else dict(strayed(told, entries))
        yield _reading(told, language, whole, "whole" if few else "union", allowed, against | more)


def _recited(
    text: str,
    language: str,
    lists: Sequence[tuple[Sequence[str], str]],
    person: Person,
    against: dict[str, float],
) -> Iterator[Reading]:
    """A reading for each of ``lists`` that ``text`` only picks from."""
    for rows, listed_in in lists:
        if is_recited(text, language, rows, person.own, listed_in):
            sort = {"is.rows": 1.0, "laid.recited": 1.0, "clean": float(not against)}
            told = texture(text, language, plain_unit(0, " ".join(rows), listed_in), ())
            yield Reading(_NONE, against | sort | told, not against)


def _reading(text: str, language: str, unit: Unit, sort: str, allowed: Allowed, against: dict[str, float]) -> Reading:
    finding = check(text, unit, allowed)
    found = against | signs(text, language, finding, unit, sort)
    if sort in {"unit", "computed"} and is_recited(text, language, (unit.text,), allowed.names, unit.language):
        found["laid.recited"] = 1.0
    is_clean = not against and not finding.reasons and sort not in {"union", "whole"}
    return Reading(finding, found | {"clean": float(is_clean)}, is_clean)


def _about(text: str, entries: Sequence[Unit], computed: Sequence[Unit], person: Person) -> Iterator[str]:
    """A short reason for each part in what the entries tell that ``text`` gives somebody and they do not."""
    profile = person.record.profile
    if people.wrong_rank(text, entries, profile):
        yield "role.rank"
    if people.wrong_supervision(text, entries, profile):
        yield "role.supervision"
    if agents.wrong_agent(text, entries, profile):
        yield "role.agent"
    if wrong_holder(text, entries, profile):
        yield "role.holder"
    if people.named_elsewhere(text, [*entries, *computed], person.names):
        yield "name"
    if spanned(text, entries):
        yield "date"
    for unit in entries:
        window = window_of(claim_words(text, claim_language(text), unit.vocabulary), unit)
        if any(mixed(text, line, unit.language) for line in window):
            yield "swap"
            return
