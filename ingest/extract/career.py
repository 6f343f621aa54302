"""Positions out of the entries of a CV."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.domain import Document, Position, Section, Span
from ingest.extract.entries import Entry, Line, entries_in
from ingest.extract.heads import (
    employer_among,
    is_ditto,
    is_employer,
    is_hours,
    is_name,
    is_place,
    names_employer,
    pieces_of,
    whole_among,
    within,
    without_prose,
    without_remark,
    without_statement,
)
from ingest.extract.people import without_supervisors
from ingest.extract.words import has_word

_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s*@\s*", re.IGNORECASE)
_STRONG = re.compile(r"\s+[–—|·]\s+|\t")
"""What sets an employer, rather than a department, apart from the role before it."""
_BODY_LINES = 4


@dataclass(frozen=True, slots=True)
class _Post:
    """What the head of an entry says of a position."""

    role: str | None
    organisation: str | None
    group: str | None = None
    place: str | None = None


def positions_in(document: Document) -> Iterator[Position]:
    """The positions of the experience section, in the document's order; an employer that stands above several of them is that of each."""
    entries = list(entries_in(document, Section.EXPERIENCE))
    heads = [without_supervisors(entry.lines) for entry in entries]
    posts = [_post([*map(without_statement, lines[:1]), *lines[1:]]) for lines, _ in heads]
    role_first = any(_is_role_first(lines, post) for (lines, _), post in zip(heads, posts, strict=True))
    role_above = any(_is_role_above(lines, post) for (lines, _), post in zip(heads, posts, strict=True))
    named_below = any(
        _employer_below(document, e, False)
        for e, p in zip(entries, posts, strict=True)
        if p.role and not p.organisation
    )
    before: tuple[Entry, Position] | None = None
    for entry, (lines, supervisors), found in zip(entries, heads, posts, strict=True):
        post = found
        if found.role is None and found.organisation is None:
            post = _unknown_role(lines) if role_first else _placed(lines)
            post = _two_lines(lines) if role_above and len(lines) > 1 and entry.period else post
        if (
            post.role is None and (entry.period is None or not (_is_known(post.organisation) or post.place))
        ) or is_degree(lines):
            continue
        span = entry.span
        post = _with_ditto(post, before)
        post = _under(entry, post, before)
        below = _employer_below(document, entry, named_below) if post.organisation is None else None
        if below is not None:
            named = _named(pieces_of(below.text.strip(" .")))
            post = _Post(post.role, named.organisation, post.group or named.group, named.place)
            span = Span(span.document, span.start, below.span.end)
        if not supervisors:
            supervisors, span = supervisors_below(document, entry, span)
        position = Position(
            span=span,
            organisation=post.organisation,
            role=post.role,
            group=post.group,
            place=post.place,
            period=entry.period,
            supervisors=supervisors,
            body=entry.body,
        )
        yield position
        before = entry, position


def is_degree(lines: list[str]) -> bool:
    """Whether an entry among the posts tells of a degree: it opens with one, and names no role."""
    first = pieces_of(lines[0])[:1] if lines else []
    return bool(first) and has_word("degree", first[0]) and not any(map(_has_role, lines[:1]))


def supervisors_below(document: Document, entry: Entry, span: Span) -> tuple[tuple[str, ...], Span]:
    """Who supervised, where a line under the head says so, and the span that covers both."""
    for line in lines_below(document, entry):
        _, supervisors = without_supervisors([line])
        if supervisors:
            return supervisors, Span(span.document, span.start, max(span.end, line.span.end))
    return (), span


def lines_below(document: Document, entry: Entry, longest: int = 120) -> list[Line]:
    """The first short lines under an entry's head: there some lists print employer and supervisor."""
    if entry.body is None:
        return []
    found: list[Line] = []
    offset = entry.body.start
    for line in document.quote(entry.body).split("\n"):
        text = line.strip()
        if text and len(text) < longest:
            start = offset + len(line) - len(line.lstrip())
            found.append(Line(text, Span(document.id, start, start + len(text))))
        offset += len(line) + 1
    return found[:_BODY_LINES]


def _employer_below(document: Document, entry: Entry, named_below: bool) -> Line | None:
    """The line below that names the employer: by its kind, or as the first line where other entries of the list print theirs (``named_below``)."""
    below = lines_below(document, entry)
    known = next((line for line in below if _names_employer(line.text)), None)
    if known is not None or not named_below or not below:
        return known
    first = pieces_of(below[0].text.strip(" ."))
    return below[0] if len(first) > 1 and all(map(is_place, first)) else None


def _names_employer(text: str) -> bool:
    is_sentence = re.search(r"[.。]$", text) is not None and len(text.split()) > 6
    return names_employer(text) and not is_sentence and len(text.split()) <= 10 and not _has_role(text)


def _with_ditto(post: _Post, before: tuple[Entry, Position] | None) -> _Post:
    """``post`` with the employer of the position above where it says that it is the same."""
    if not any(is_ditto(p) for p in (post.organisation, post.group) if p):
        return post
    above = before[1] if before else None
    group = post.group if post.group and not is_ditto(post.group) else None
    return _Post(post.role, above.organisation if above else None, group, post.place)


def _under(entry: Entry, post: _Post, before: tuple[Entry, Position] | None) -> _Post:
    """``post`` with the employer that heads it: a sub-heading, the first line of its block, or the entry before it in that block.

    What its own line names beside that, such as a department, is the group.
    """
    if post.organisation is not None and is_employer(post.organisation):
        return post
    above = _named(pieces_of(entry.above)) if entry.above and not _has_role(entry.above) else _Post(None, None)
    is_head = _is_known(above.organisation) or (before is not None and above.organisation == before[1].organisation)
    if above.organisation and (is_head or (entry.is_led and is_name(above.organisation))):
        own = [p for p in (post.organisation, post.group) if p]
        return _Post(post.role, above.organisation, ", ".join(own) or above.group, post.place or above.place)
    if post.organisation is None and not entry.above and before is not None and before[0].block == entry.block:
        return _Post(post.role, before[1].organisation, post.group, post.place or before[1].place)
    return post


def _is_role_first(lines: list[str], post: _Post) -> bool:
    pieces = pieces_of(_AT.sub("\t", lines[0])) if len(lines) == 1 else []
    return (
        len(pieces) > 1
        and post.role == pieces[0]
        and post.organisation is not None
        and pieces[1].startswith(post.organisation)
    )


def _is_role_above(lines: list[str], post: _Post) -> bool:
    """Whether the role has a line of its own and the employer the next."""
    return (
        len(lines) > 1
        and post.role is not None
        and post.organisation is not None
        and lines[0].startswith(post.role)
        and lines[1].startswith(post.organisation)
    )


def _two_lines(lines: list[str]) -> _Post:
    """A role that no list knows over its employer, where other entries of the document print both so."""
    pieces = pieces_of(lines[1])
    if not is_name(lines[0].split(",")[0], 4) or not pieces or not is_name(pieces[0]):
        return _Post(None, None)
    named = _named(pieces)
    return _Post(lines[0], named.organisation, named.group, named.place)


def _unknown_role(lines: list[str]) -> _Post:
    """A role that no list knows, where the other entries of the document print theirs first and the employer behind it."""
    pieces = pieces_of(_AT.sub("\t", lines[0])) if len(lines) == 1 else []
    if len(pieces) < 2 or not is_name(pieces[1]) or len(pieces[0].split()) > 6:
        return _Post(None, None)
    return _Post(pieces[0], without_remark(pieces[1])[0], None, _places(pieces[2:]))


def _placed(lines: list[str]) -> _Post:
    """An employer of no known kind where nothing but a name and its places is printed."""
    pieces = pieces_of(lines[0]) if len(lines) == 1 else []
    return _named(pieces) if len(pieces) > 1 and all(map(is_place, pieces)) else _Post(None, None)


def _is_known(organisation: str | None) -> bool:
    return organisation is not None and names_employer(organisation)


def _has_role(piece: str) -> bool:
    return has_word("role", piece)


def _post(lines: list[str]) -> _Post:
    """Role, group, organisation and place out of the head lines; an employer of no known kind is one only beside a known role."""
    with_role = next((line for line in lines if _has_role(line)), None)
    if with_role in lines[2:] and names_employer(lines[1]) and not is_employer(lines[0]):
        return _without_role(lines[:2])
    if with_role is None:
        return _without_role(lines)
    others = [line for line in lines if line is not with_role]
    pieces = pieces_of(without_prose(_AT.sub("\t", with_role)))
    at = next((i for i, piece in enumerate(pieces) if _has_role(piece)), 0)
    role, before, after = pieces[at], pieces[:at], [p for p in pieces[at + 1 :] if not is_hours(p)]
    if others:
        return _of_two_lines(role, before, after, others, _STRONG.search(_AT.sub("\t", with_role)) is not None)
    if before:
        employer = employer_among(before) or next((p for p in (*before, *after) if is_employer(p)), before[0])
        rest = [p for p in (*before, *after) if p is not employer]
        groups = [p for p in rest if has_word("group", p) or p in before]
        return _filled(role, employer, groups, [p for p in rest if p not in groups])
    inside = within(role) if not any(map(is_employer, after)) else None
    if inside and not (after and is_ditto(after[0])):
        return _filled(inside[0], inside[1], [p for p in after if has_word("group", p)], after)
    named = _named(after)
    return _Post(role, named.organisation, named.group, named.place)


def _of_two_lines(role: str, before: list[str], after: list[str], others: list[str], is_strong: bool) -> _Post:
    """A role on one line and what stands on the others: the employer, or the place of the employer beside the role."""
    named = pieces_of(others[0])
    beside = employer_among(after)
    if beside is None and after and is_strong and not any(map(is_employer, named)):
        beside = after[0]
    if beside is not None:
        groups = [p for p in (*before, *after) if has_word("group", p) and p is not beside]
        return _filled(role, beside, groups, named if _places(named) or after[-2:-1] != [beside] else after[-1:])
    found = _named(named)
    after = [p for p in after if not p.islower()]
    groups = [*before, *after, *([found.group] if found.group else [])]
    groups += [
        line for line in others[1:2] if not groups and (is_employer(line) or has_word("group", line)) and is_name(line)
    ]
    return _Post(role, found.organisation, ", ".join(groups) or None, found.place)


def _named(pieces: Sequence[str]) -> _Post:
    """An employer's line: the employer, its parts before it and the place behind it."""
    groups = [p for p in pieces if has_word("group", p)]
    named = [p for p in pieces if p not in groups]
    known = employer_among(named) or whole_among(groups, named) or (named[0] if named else None)
    groups = [p for p in groups if p != known]
    if known is None and groups:
        known = groups.pop(0)
    first = named.index(known) if known in named else -1
    return _filled(None, known, [*groups, *named[: max(first, 0)]], named[first + 1 :])


def _filled(role: str | None, employer: str | None, groups: Sequence[str], rest: Sequence[str]) -> _Post:
    organisation = without_remark(employer)[0] if employer else None
    parts = [*groups, *(p for p in rest if p not in groups and p != employer and is_employer(p))]
    inner = [p for p in parts if not p.islower() or " " in p]
    return _Post(
        role, organisation, ", ".join(inner) or None, _places(p for p in rest if p not in parts and p != employer)
    )


def _places(pieces: Sequence[str] | Iterator[str]) -> str | None:
    """The places among the first pieces behind an employer; prose behind them tells of the work."""
    found: list[str] = []
    for piece in pieces:
        name = without_remark(piece)[0].rstrip(".")
        if not is_place(name):
            break
        found.append(name)
    return ", ".join(found) or None


def _without_role(lines: list[str]) -> _Post:
    """The parts where no piece is a known role: what stands before a known kind of employer is taken for one."""
    pieces = pieces_of(lines[0]) if lines else []
    at = next((n for n, p in enumerate(pieces) if has_word("organisation", p) or has_word("group", p)), None)
    if at == 0 and len(lines) > 1 and not any(map(is_employer, pieces_of(lines[1]))):
        named = _named(pieces)
        return _Post(pieces_of(lines[1])[0], named.organisation, named.group, named.place)
    if at:
        return _filled(pieces[0], pieces[at], pieces[1:at], pieces[at + 1 :])
    if at is None and len(lines) > 1 and is_employer(lines[1]):
        named = _named(pieces_of(lines[1]))
        return _Post(lines[0], named.organisation, named.group, named.place)
    return _named(pieces) if at == 0 else _Post(None, None)
