"""Degrees out of the entries of a CV."""

import re
from collections.abc import Iterator

from ingest.domain import Degree, Document, Section, Span
from ingest.extract.career import is_degree, lines_below, supervisors_below
from ingest.extract.entries import Entry, Line, entries_in
from ingest.extract.heads import is_employer, pieces_of, within, without_remark
from ingest.extract.people import without_supervisors
from ingest.extract.words import has_word

_LABELLED = re.compile(
    r"^(?:(?:ph\.?\s?d\.?|doctoral|master['’]?s|m\.?sc\.?|bachelor['’]?s|final[- ]year|diplom|doktor|magister|habilitations?)?[ -]?"
    r"(?:arbeit|schrift|dissertation|thesis|title|topic|project|thema|titel|th[eè]se|m[ée]moire|tesis|tesi|tese|trabajo|论文))\b[^:：]{0,20}[:：]\s*",
    re.IGNORECASE,
)
_THESIS = re.compile(r"^(?:thesis|dissertation|th[eè]se|tesis|tesi|tese)\s+[\"“„«]", re.IGNORECASE)
_TELLING = re.compile(
    r"\b(?:GPA|CGPA|grade|score|note|nota|mark|mention|rank(?:ing|ed)?|cum laude|distinction|hono(?:u)?rs|first[- ]class|auszeichnung|sobresaliente|minor"
    r"|nebenfach|vertiefung|incomplete|unfinished|not (?:finished|completed)|left (?:it|after|in|without)|no (?:degree|diploma|M\.?D|Ph\.?D)"
    r"|abgebrochen|inachev[ée]|supported by|with high)\b|[\"“„«].{8,}|排名|绩点",
    re.IGNORECASE,
)
"""What tells of the degree itself: its thesis, grade, honours, second subject, or that it was left."""
_OF = re.compile(r"(?:Master|Bachelor|Doctor|Magister|Licentiate) of [A-Z]\w+")
_SHORT = re.compile(r"(?=.*(?:[A-Z].*[A-Z]|\.|[\u3400-\u9fff]))[\w.]{2,6}")


def degrees_in(document: Document) -> Iterator[Degree]:
    """The degrees of the education section, in the document's order; ``note`` holds thesis, grade and honours where they are printed."""
    taken = (e for e in entries_in(document, Section.EXPERIENCE) if is_degree([line.text for line in e.lines]))
    for entry in (*entries_in(document, Section.EDUCATION), *taken):
        lines, supervisors = without_supervisors(entry.lines)
        title, institution, notes = _parts(lines, entry.above)
        if title is None and (institution is None or not is_employer(institution)):
            continue
        span = entry.span
        if not supervisors:
            supervisors, span = supervisors_below(document, entry, span)
        below = _told_below(document, entry)
        if below:
            span = Span(span.document, span.start, max(span.end, below[-1].span.end))
        yield Degree(
            span=span,
            institution=institution,
            title=title,
            note=_note(title, notes, [line.text.rstrip(".") for line in below]),
            period=entry.period,
            supervisors=supervisors,
        )


def _note(title: str | None, notes: list[str], below: list[str]) -> str | None:
    """What tells of the degree; the first of other remarks where nothing does, or where there is no title: the subject."""
    telling = [n for n in notes if _tells(n)] + below
    if title is None and notes and not _tells(notes[0]):
        telling = [notes[0], *telling]
    return ", ".join(telling) or (notes[0] if notes else None)


def _tells(note: str) -> bool:
    return any(pattern.search(note) for pattern in (_LABELLED, _THESIS, _TELLING))


def _says(note: str) -> bool:
    """Whether a note is more than the subject of a degree."""
    return _tells(note) or ": " in note


def _told_below(document: Document, entry: Entry) -> list[Line]:
    """The lines under the head that tell of the degree itself, without who supervised it."""
    found = []
    for line in lines_below(document, entry, longest=300):
        kept, _ = without_supervisors([line])
        if (
            kept
            and line.text.startswith(kept[0])
            and (_LABELLED.match(kept[0]) or _THESIS.match(kept[0]) or (_tells(kept[0]) and len(kept[0]) < 80))
        ):
            found.append(Line(kept[0], Span(line.span.document, line.span.start, line.span.start + len(kept[0]))))
    return found


def _parts(lines: list[str], above: str | None) -> tuple[str | None, str | None, list[str]]:
    """Title, institution and notes out of the head lines."""
    title: str | None = None
    institution: str | None = None
    notes: list[str] = []
    for line in lines:
        if title is not None and _LABELLED.match(line):
            notes.append(line)
            continue
        for piece in _pieces(line):
            if (
                title is None
                and has_word("degree", piece)
                and not (is_employer(piece) and within(piece) is None and lines != [line])
            ):
                title = piece
            elif institution is None and is_employer(piece) and (title is None or not _tells(without_remark(piece)[0])):
                institution = piece
            elif title is not None and not notes and line.startswith(f"{title}, {piece}") and _is_subject(title, piece):
                title = f"{title}, {piece}"
            else:
                notes.append(piece)
    if institution is None and above:
        institution = pieces_of(above)[0]
    if institution is None:
        unlabelled = [n for n in notes if not _tells(n)]
        institution = next((n for n in unlabelled if has_word("organisation", n)), next(iter(unlabelled), None))
        notes = [n for n in notes if n != institution]
    if institution is not None:
        institution, remark = without_remark(institution)
        notes += [remark] if remark and _is_mark(remark) else []
    if title and _SHORT.fullmatch(title) and notes and not has_word("group", notes[0]) and not _says(notes[0]):
        title = f"{title}, {notes.pop(0)}"
    return title, institution, notes


def _is_mark(remark: str) -> bool:
    return _tells(remark) or any(c.isdigit() for c in remark)


def _is_subject(title: str, piece: str) -> bool:
    return _OF.fullmatch(title) is not None and not has_word("organisation", piece) and not _tells(piece)


def _pieces(line: str) -> Iterator[str]:
    """The pieces of a line, one that says what and where cut in two: "Erasmus à l'Université de Lin"."""
    for piece in pieces_of(line):
        where = within(piece) if has_word("degree", piece) else None
        yield from where or (piece,)
