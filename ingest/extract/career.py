"""Positions and degrees out of the entries of a CV."""

import re
from collections.abc import Iterator, Sequence

from ingest.domain import Degree, Document, Position, Section, Span
from ingest.extract.entries import Entry, Line, entries_in
from ingest.extract.words import fold, has_word, pattern_of

_ORNAMENT = re.compile(r"\s*[\u2190-\u21ff\u2300-\u23ff\u25a0-\u2bff\U0001f000-\U0001faff|•·⋄]\s*")
_SENTENCE_END = r"(?<!Prof)(?<!prof)(?<!Univ)(?<!Inst)(?<!Dipl)(?<!Priv)(?<!Dept)(?<=[^\W\d_]{4})\.\s+(?=[^\W\d_a-z«“\"])|(?<=\))\.\s+(?=[^\W\d_a-z])"
_SEPARATOR = re.compile(rf"\s*\t+\s*|\s*,\s+|[，；]|\s+[–—|·-]\s+|{_SENTENCE_END}")
_AT = re.compile(r"\s+(?:at|@|bei|chez)\s+|\s*@\s*", re.IGNORECASE)
_STRONG = re.compile(r"\s+[–—|·]\s+|\t")
"""What sets an employer, rather than a department, apart from the role before it."""
_LABELLED = re.compile(
    r"^(?:dissertation|thesis|title|topic|thema|titel|th[eè]se|tesis|tesi|tese|论文)\b[^:：]{0,20}[:：]\s*",
    re.IGNORECASE,
)
_CHAIRED = re.compile(r"(?:committee|jury|kommission|comit[eé])\s*[:：]\s*(?P<names>.+)$", re.IGNORECASE)
_BODY_LINES = 4
_UNNAMED = re.compile(r"^[^\W\d_]{4,}\s*[:：]\s*|\s*\([^()]*\)?$|\s*(?:教授|博士|老师|先生)$")
"""What a list of supervisors says besides the names: another label, a remark, a Chinese title."""
_SUPERVISOR = re.compile(rf"(?:\s*[&,;(]\s*)?(?:ph\.?d\.?\s+)?(?:{pattern_of('supervisor')})\s*[:：]\s*", re.IGNORECASE)
_BY = re.compile(
    r"[\s,;(]*\b(?:advised|supervised|mentored|co-?advised|co-?supervised) by\s+|[\s,;(]*\bunder (?:the )?(?:supervision|guidance|direction) of\s+"
    r"|[\s,;(]*\b(?:sous la (?:co-?)?direction d(?:e\s+|['’])|dirigid[oa] por\s+|bajo la direccion de\s+|betreut (?:von|durch)\s+|sob orientacao de\s+)",
    re.IGNORECASE,
)
"""What introduces a supervisor without a colon."""
_NAMES = re.compile(r"\s*(?:&|,|;|、|\band\b|\bund\b|\bet\b|\by\b)\s*")


def positions_in(document: Document) -> Iterator[Position]:
    """The positions of the experience section, in the document's order."""
    for entry in entries_in(document, Section.EXPERIENCE):
        lines, supervisors = _without_supervisors(entry.lines)
        role, group, organisation, place = _position_parts(lines)
        if (role is None and organisation is None) or (role is None and entry.period is None) or _is_degree(lines):
            continue
        span = entry.span
        below = _lines_below(document, entry)
        named = next((line for line in below if _names_employer(line.text)), None)
        if organisation is None and named is not None:
            pieces = [p.strip(" .") for p in _pieces(named.text)]
            organisation, place, span = pieces[0], _rest(pieces[1:]), Span(span.document, span.start, named.span.end)
        if not supervisors:
            supervisors, span = _supervisors_below(document, entry, span)
        yield Position(
            span=span,
            organisation=organisation,
            role=role,
            group=group,
            place=place,
            period=entry.period,
            supervisors=supervisors,
            body=entry.body,
        )


def _is_degree(lines: list[str]) -> bool:
    """Whether an entry among the posts tells of a degree: it opens with one, and names no role."""
    first = _pieces(lines[0])[:1] if lines else []
    return bool(first) and has_word("degree", first[0]) and not any(map(_has_role, lines[:1]))


def _supervisors_below(document: Document, entry: Entry, span: Span) -> tuple[tuple[str, ...], Span]:
    """Who supervised, where a line under the head says so, and the span that covers both."""
    for line in _lines_below(document, entry):
        _, supervisors = _without_supervisors([line])
        if supervisors:
            return supervisors, Span(span.document, span.start, max(span.end, line.span.end))
    return (), span


def _lines_below(document: Document, entry: Entry) -> list[Line]:
    """The first short lines under an entry's head: there some lists print employer and supervisor."""
    if entry.body is None:
        return []
    found: list[Line] = []
    offset = entry.body.start
    for line in document.quote(entry.body).split("\n"):
        text = line.strip()
        if text and len(text) < 120:
            start = offset + len(line) - len(line.lstrip())
            found.append(Line(text, Span(document.id, start, start + len(text))))
        offset += len(line) + 1
    return found[:_BODY_LINES]


def _names_employer(text: str) -> bool:
    is_sentence = re.search(r"[.。]$", text) is not None and len(text.split()) > 6
    return has_word("organisation", text) and not is_sentence and len(text.split()) <= 10 and not has_word("role", text)


def degrees_in(document: Document) -> Iterator[Degree]:
    """The degrees of the education section, in the document's order."""
    taken = (e for e in entries_in(document, Section.EXPERIENCE) if _is_degree([line.text for line in e.lines]))
    for entry in (*entries_in(document, Section.EDUCATION), *taken):
        lines, supervisors = _without_supervisors(entry.lines)
        title, institution, notes = _degree_parts(lines)
        if title is None and institution is None:
            continue
        span = entry.span
        if not supervisors:
            supervisors, span = _supervisors_below(document, entry, span)
        yield Degree(
            span=span,
            institution=institution,
            title=title,
            note=notes[0] if notes else None,
            period=entry.period,
            supervisors=supervisors,
        )


def _without_supervisors(entry: Sequence[Line]) -> tuple[list[str], tuple[str, ...]]:
    lines: list[str] = []
    names: list[str] = []
    for line in entry:
        folded = fold(line.text)
        match = _SUPERVISOR.search(folded) or _BY.search(folded) if len(folded) == len(line.text) else None
        chaired = _CHAIRED.search(line.text)
        if match:
            behind = re.split(_SENTENCE_END, _ORNAMENT.split(line.text[match.end() :].strip(" .)，。"))[0])[0]
            names += [_UNNAMED.sub("", n) for n in _NAMES.split(behind) if n]
            kept = line.text[: match.start()]
        elif chaired:
            members = [n for n in re.split(r"\s*[,;]\s*", chaired["names"]) if n]
            names += [
                re.split(r"\s*\(", n)[0] for n in members if re.search(r"\((?:co-)?(?:chair|advis)", n, re.IGNORECASE)
            ]
            kept = line.text[: chaired.start()]
        else:
            kept = line.text
        kept = re.sub(
            r"(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.$", "", _ORNAMENT.sub("\t", kept).strip(" \t,;&，。；：")
        )
        if kept:
            lines.append(kept)
    return lines, tuple(names)


def _position_parts(lines: list[str]) -> tuple[str | None, str | None, str | None, str | None]:
    """Role, group, organisation and place out of the head lines."""
    with_role = next((line for line in lines if _has_role(line)), None)
    others = [line for line in lines if line is not with_role]
    if with_role is None:
        return _without_role(lines)
    pieces = _pieces(_AT.sub("\t", with_role))
    at = next((i for i, piece in enumerate(pieces) if _has_role(piece)), 0)
    role, before, after = pieces[at], pieces[:at], pieces[at + 1 :]
    if others:
        named = _pieces(others[0])
        beside = next((p for p in after if _is_employer(p)), None)
        if beside is None and after and _STRONG.search(_AT.sub("\t", with_role)) and not any(map(_is_employer, named)):
            beside = after[0]
        if beside is not None:
            rest = [p for p in (*before, *after) if p is not beside]
            return role, _rest([p for p in rest if has_word("group", p)]), beside, _rest(named)
        return role, _rest(before + after), named[0] if named else None, _rest(named[1:])
    if before:
        employer = next((p for p in before if _is_employer(p)), before[0])
        rest = [p for p in (*before, *after) if p is not employer]
        groups = [p for p in rest if has_word("group", p) or p in before]
        return role, _rest(groups), employer, _rest([p for p in rest if p not in groups])
    groups = [p for p in after if has_word("group", p)]
    named = [p for p in after if p not in groups]
    known = next((p for p in named if has_word("organisation", p)), named[0] if named else None)
    place = [p for p in named if p is not known]
    if known is None and groups:
        known = groups.pop(0)
    return role, _rest(groups), known, _rest(place)


def _without_role(lines: list[str]) -> tuple[str | None, str | None, str | None, str | None]:
    """The parts where no piece is a known role: what stands before a known kind of employer is taken for one."""
    pieces = _pieces(lines[0]) if lines else []
    at = next((n for n, p in enumerate(pieces) if has_word("organisation", p) or has_word("group", p)), None)
    if at == 0 and len(lines) > 1 and not any(map(_is_employer, _pieces(lines[1]))):
        return _pieces(lines[1])[0], None, pieces[0], _rest(pieces[1:])
    if at:
        return pieces[0], _rest(pieces[1:at]), pieces[at], _rest(pieces[at + 1 :])
    if at is None and len(lines) > 1 and _is_employer(lines[1]):
        named = _pieces(lines[1])
        return lines[0], None, named[0], _rest(named[1:])
    return None, None, pieces[0] if pieces else None, _rest(pieces[1:])


def _pieces(line: str) -> list[str]:
    found = [p for p in (piece.strip(" ,;，；") for piece in _SEPARATOR.split(line) if piece) if p]
    return [part for piece in found for part in _before_employer(piece)]


def _before_employer(piece: str) -> list[str]:
    """A piece cut where a full stop stands before the name of an employer: "… vía MIR. Hospital X"."""
    for match in re.finditer(r"\.\s+", piece):
        if has_word("organisation", piece[match.end() :].split(" ")[0]):
            return [piece[: match.start()], piece[match.end() :]]
    return [piece]


def _is_employer(piece: str) -> bool:
    return has_word("organisation", piece) and not has_word("group", piece)


def _has_role(piece: str) -> bool:
    return has_word("role", piece)


def _degree_parts(lines: list[str]) -> tuple[str | None, str | None, list[str]]:
    """Title, institution and notes out of the head lines."""
    title: str | None = None
    institution: str | None = None
    notes: list[str] = []
    for line in lines:
        if title is not None and _LABELLED.match(line):
            notes.append(line)
            continue
        for piece in _pieces(line):
            if title is None and has_word("degree", piece):
                title = piece
            elif institution is None and (has_word("organisation", piece) and not has_word("group", piece)):
                institution = piece
            else:
                notes.append(piece)
    if institution is None:
        unlabelled = [n for n in notes if not _LABELLED.match(n)]
        institution = next((n for n in unlabelled if has_word("organisation", n)), next(iter(unlabelled), None))
        notes = [n for n in notes if n != institution]
    if title and re.fullmatch(r"[\w.]{2,6}", title) and notes and not has_word("group", notes[0]):
        title = f"{title}, {notes.pop(0)}"
    return title, institution, notes


def _rest(pieces: list[str]) -> str | None:
    return ", ".join(pieces) or None
