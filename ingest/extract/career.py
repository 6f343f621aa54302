"""Positions and degrees out of the entries of a CV."""

import re
from collections.abc import Iterator

from ingest.domain import Degree, Document, Position, Section
from ingest.extract.entries import Entry, entries_in
from ingest.extract.words import fold, has_word, pattern_of

_ORNAMENT = re.compile(r"\s*[\u2190-\u21ff\u2300-\u23ff\u25a0-\u2bff\U0001f000-\U0001faff|•·⋄]\s*")
_SEPARATOR = re.compile(r"\s*\t+\s*|\s*,\s+|\s+[–—|·-]\s+")
_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s*@\s*", re.IGNORECASE)
_SUPERVISOR = re.compile(rf"(?:\s*[&,;(]\s*)?(?:ph\.?d\.?\s+)?(?:{pattern_of('supervisor')})\s*[:：]\s*", re.IGNORECASE)
_NAMES = re.compile(r"\s*(?:&|,|;|、|\band\b|\bund\b|\bet\b|\by\b)\s*")


def positions_in(document: Document) -> Iterator[Position]:
    """The positions of the experience section, in the document's order."""
    for entry in entries_in(document, Section.EXPERIENCE):
        lines, supervisors = _without_supervisors(entry)
        role, group, organisation, place = _position_parts(lines)
        if role is None and organisation is None:
            continue
        yield Position(
            span=entry.span,
            organisation=organisation,
            role=role,
            group=group,
            place=place,
            period=entry.period,
            supervisors=supervisors,
            body=entry.body,
        )


def degrees_in(document: Document) -> Iterator[Degree]:
    """The degrees of the education section, in the document's order."""
    for entry in entries_in(document, Section.EDUCATION):
        lines, supervisors = _without_supervisors(entry)
        title, institution, notes = _degree_parts(lines)
        if title is None and institution is None:
            continue
        yield Degree(
            span=entry.span,
            institution=institution,
            title=title,
            note=notes[0] if notes else None,
            period=entry.period,
            supervisors=supervisors,
        )


def _without_supervisors(entry: Entry) -> tuple[list[str], tuple[str, ...]]:
    lines: list[str] = []
    names: list[str] = []
    for line in entry.lines:
        match = _SUPERVISOR.search(fold(line.text))
        if match:
            names += [n for n in _NAMES.split(_ORNAMENT.split(line.text[match.end() :].strip(" .)"))[0]) if n]
            kept = line.text[: match.start()]
        else:
            kept = line.text
        kept = re.sub(r"(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.$", "", _ORNAMENT.sub("\t", kept).strip(" \t,;&"))
        if kept:
            lines.append(kept)
    return lines, tuple(names)


def _position_parts(lines: list[str]) -> tuple[str | None, str | None, str | None, str | None]:
    """Role, group, organisation and place out of the head lines."""
    with_role = next((line for line in lines if _has_role(line)), None)
    others = [line for line in lines if line is not with_role]
    if with_role is None:
        pieces = [p for p in _SEPARATOR.split(lines[0]) if p] if lines else []
        is_place = [has_word("organisation", p) or has_word("group", p) for p in pieces]
        if not any(is_place) or is_place[0]:
            return None, None, pieces[0] if pieces else None, _rest(pieces[1:])
        with_role = lines[0]
        others = lines[1:]
    pieces = [p for p in _SEPARATOR.split(_AT.sub("\t", with_role)) if p]
    pieces = [p.strip(" ,;") for p in pieces]
    at = next((i for i, piece in enumerate(pieces) if _has_role(piece)), 0)
    role, before, after = pieces[at], pieces[:at], pieces[at + 1 :]
    if others:
        named = [p for p in _SEPARATOR.split(others[0]) if p]
        return role, _rest(before + after), named[0] if named else None, _rest(named[1:])
    if before:
        return role, _rest(before[1:]), before[0], _rest(after)
    groups = [p for p in after if has_word("group", p)]
    named = [p for p in after if p not in groups]
    known = next((p for p in named if has_word("organisation", p)), named[0] if named else None)
    place = [p for p in named if p is not known]
    if known is None and groups:
        known = groups.pop(0)
    return role, _rest(groups), known, _rest(place)


def _has_role(piece: str) -> bool:
    return has_word("role", piece)


def _degree_parts(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Title, institution and notes out of the head lines."""
    title: str | None = None
    institution: str | None = None
    notes: list[str] = []
    for line in lines:
        for chunk in re.split(r"\s*\t+\s*", line):
            for piece in (p.strip(" ,;") for p in re.split(r",\s+|;\s+|\s+[–—|·]\s+", chunk) if p.strip(" ,;")):
                if title is None and has_word("degree", piece):
                    title = piece
                elif institution is None and (has_word("organisation", piece) and not has_word("group", piece)):
                    institution = piece
                else:
                    notes.append(piece)
    if institution is None and notes:
        institution = next((n for n in notes if has_word("organisation", n)), notes[0])
        notes.remove(institution)
    if title and re.fullmatch(r"[\w.]{2,6}", title) and notes and not has_word("group", notes[0]):
        title = f"{title}, {notes.pop(0)}"
    return title, institution, notes


def _rest(pieces: list[str]) -> str | None:
    return ", ".join(pieces) or None
