"""What the head lines of an entry say of a post: role, employer, group and place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.heads import (
    employer_among,
    is_aside,
    is_ditto,
    is_employer,
    is_hours,
    is_house,
    is_name,
    is_place,
    is_told,
    is_town,
    names_employer,
    pieces_of,
    whole_among,
    with_successions,
    within,
    without_prose,
    without_remark,
    without_share,
)
from ingest.extract.words import has_word

AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s*@\s*", re.IGNORECASE)
_STRONG = re.compile(r"\s+[–—|·]\s+|\t")
"""What sets an employer, rather than a department, apart from the role before it."""


@dataclass(frozen=True, slots=True)
class Post:
    """What the head of an entry says of a position."""

    role: str | None
    organisation: str | None
    group: str | None = None
    place: str | None = None


def post_of(lines: list[str]) -> Post:
    """Role, group, organisation and place out of the head lines; an employer of no known kind is one only beside a known role."""
    with_role = next((line for line in lines if has_role(line)), None)
    if with_role in lines[2:] and names_employer(lines[1]) and not is_employer(lines[0]):
        return _without_role(lines[:2])
    if with_role is None:
        return _without_role(lines)
    others = [line for line in lines if line is not with_role and not is_aside(line)]
    cells = _of_cells(with_role) if not others else None
    if cells is not None:
        return cells
    pieces = with_successions(pieces_of(without_prose(AT.sub("\t", with_role))))
    at = next((i for i, piece in enumerate(pieces) if has_role(piece)), 0)
    role, before, after = pieces[at], pieces[:at], [p for p in pieces[at + 1 :] if not (is_hours(p) or is_told(p))]
    is_strong = _STRONG.search(AT.sub("\t", without_share(with_role))) is not None
    if others:
        return _of_two_lines(role, before, after, others, is_strong)
    if before:
        employer = employer_among(before) or next((p for p in (*before, *after) if is_employer(p)), before[0])
        rest = [p for p in (*before, *after) if p is not employer]
        is_placed = is_strong and len(before) == 2 and employer is before[0] and is_town(before[1])
        parts = [p for p in after if is_name(p)] if is_placed else before
        groups = [p for p in rest if has_word("group", p) or has_word("service", p) or p in parts]
        return _filled(role, employer, groups, [p for p in rest if p not in groups])
    inside = within(role) if not any(map(is_employer, after)) else None
    if inside and not (after and is_ditto(after[0])):
        return _filled(inside[0], inside[1], [p for p in after if has_word("group", p)], after)
    named = named_in(after)
    return Post(role, named.organisation, named.group, named.place)


def has_role(piece: str) -> bool:
    return has_word("role", piece)


def _of_cells(line: str) -> Post | None:
    """A row whose first cell holds nothing but roles: what stands in it is the role whole, what stands in the next is where."""
    first, *rest = [cell.strip(" ,;") for cell in line.split("\t") if cell.strip(" ,;")]
    pieces = pieces_of(first)
    if not rest or len(pieces) < 2 or any(map(is_employer, pieces)) or not all(map(_is_role_part, pieces)):
        return None
    named = named_in(pieces_of(rest[0]))
    return Post(first, named.organisation, named.group, named.place) if not has_role(rest[0]) else None


def _is_role_part(piece: str) -> bool:
    return has_role(piece) or is_hours(piece)


def _of_two_lines(role: str, before: list[str], after: list[str], others: list[str], is_strong: bool) -> Post:
    """A role on one line and what stands on the others: the employer, or the place of the employer beside the role."""
    named = pieces_of(others[0])
    beside = employer_among(after)
    if beside is None and (before or after) and is_strong and not any(map(is_employer, named)):
        beside = _heading_employer(before, named) or next(iter(after), None)
    if beside is not None:
        groups = [p for p in (*before, *after) if has_word("group", p) and p is not beside]
        return _filled(role, beside, groups, named if places_of(named) or after[-2:-1] != [beside] else after[-1:])
    found = named_in(named)
    after = [p for p in after if not p.islower()]
    groups = [*before, *after, *([found.group] if found.group else [])]
    groups += [
        line for line in others[1:2] if not groups and (is_employer(line) or has_word("group", line)) and is_name(line)
    ]
    return Post(role, found.organisation, ", ".join(groups) or None, found.place)


def _heading_employer(before: list[str], named: list[str]) -> str | None:
    """What stands before a role on its own line, where the next line holds nothing but places: "Loom Works — Weaver" above "Harbourtown"."""
    if employer_among(before):
        return employer_among(before)
    if any(map(has_role, before)):
        return None
    is_placed = all(is_place(without_remark(piece)[0]) for piece in named)
    return next((p for p in before if not has_word("group", p)), None) if is_placed and len(named) <= 2 else None


def named_in(pieces: Sequence[str]) -> Post:
    """An employer's line: the employer, its parts before it and the place behind it."""
    groups = [p for p in pieces if has_word("group", p)]
    named = [p for p in pieces if p not in groups]
    if groups and groups[0] == pieces[0] and employer_among(named) is None and is_house(groups[0]):
        return _filled(None, groups[0], groups[1:], named)
    known = employer_among(named) or whole_among(groups, named) or (named[0] if named else None)
    groups = [p for p in groups if p != known]
    if known is None and groups:
        known = groups.pop(0)
    first = named.index(known) if known in named else -1
    return _filled(None, known, [*groups, *named[: max(first, 0)]], named[first + 1 :])


def _filled(role: str | None, employer: str | None, groups: Sequence[str], rest: Sequence[str]) -> Post:
    organisation = without_remark(_bare(employer))[0] if employer else None
    parts = [*groups, *(p for p in rest if p not in groups and p != employer and is_employer(p))]
    inner = [_bare(p) for p in parts if not p.islower() or " " in p]
    return Post(
        role, organisation, ", ".join(inner) or None, places_of(p for p in rest if p not in parts and p != employer)
    )


def _bare(name: str) -> str:
    """A name without the share that was worked there, and without what a semicolon sets apart: "Port University; until 2026"."""
    return without_share(re.sub(r"(?<=\w);\s+[a-zà-ÿ].*$", "", name))


def places_of(pieces: Sequence[str] | Iterator[str]) -> str | None:
    """The places among the first pieces behind an employer; prose behind them tells of the work."""
    found: list[str] = []
    for piece in pieces:
        name = without_remark(piece)[0].rstrip(".")
        if not is_place(name):
            break
        found.append(name)
    return ", ".join(found) or None


def _without_role(lines: list[str]) -> Post:
    """The parts where no piece is a known role: what stands before a known kind of employer is taken for one."""
    pieces = pieces_of(lines[0]) if lines else []
    at = next((n for n, p in enumerate(pieces) if has_word("organisation", p) or has_word("group", p)), None)
    if at == 0 and len(lines) > 1 and not any(map(is_employer, pieces_of(lines[1]))):
        named = named_in(pieces)
        return Post(pieces_of(lines[1])[0], named.organisation, named.group, named.place)
    if at:
        return _filled(pieces[0], pieces[at], pieces[1:at], pieces[at + 1 :])
    if at is None and len(lines) > 1 and is_employer(lines[1]):
        named = named_in(pieces_of(lines[1]))
        return Post(lines[0], named.organisation, named.group, named.place)
    return named_in(pieces) if at == 0 else Post(None, None)
