"""Degrees out of the entries of a CV."""

import re
from collections.abc import Iterator

from ingest.dates import find_dates, parse_date
from ingest.domain import Degree, Document, Period, Section, Span
from ingest.extract.career import is_degree, lines_below, supervisors_below
from ingest.extract.entries import Entry, Line, entries_in
from ingest.extract.heads import is_ditto, is_employer, is_place, is_told, pieces_of, within, without_remark
from ingest.extract.people import without_supervisors
from ingest.extract.words import has_word

_STOPPED = re.compile(r"(?<=[a-zà-ÿ]{5})\.$")
"""The full stop of a line, which is not that of an abbreviation."""
_LABELLED = re.compile(
    r"^(?:(?:ph\.?\s?d\.?|doctoral|master['’]?s|m\.?sc\.?|bachelor['’]?s|final[- ]year|diplom|doktor|magister|habilitations?)?[ -]?"
    r"(?:arbeit|schrift|dissertation|thesis|title|topic|project|thema|titel|th[eè]se|m[ée]moire|tesis|tesi|tese|trabajo|论文))\b[^:：]{0,20}[:：]\s*",
    re.IGNORECASE,
)
_THESIS = re.compile(r"^(?:thesis|dissertation|th[eè]se|tesis|tesi|tese)\s+[\"“„«]", re.IGNORECASE)
_TELLING = re.compile(
    r"\b(?:GPA|CGPA|grade|score|note|nota|mark|mention|rank(?:ing|ed)?|cum laude|distinction|hono(?:u)?rs|first[- ]class|auszeichnung|sobresaliente|minor"
    r"|nebenfach|vertiefung|incomplete|unfinished|not (?:finished|completed)|abgebrochen|inachev[ée]|supported by|with high"
    r"|abandon\w*|no (?:degree|diploma|M\.?D|Ph\.?D)|without (?:a )?degree|not awarded|stopped|dropped out"
    r"|ohne Abschluss|sans diplôme|certificate of attendance|left (?:it|after|before|in|without)|majors?)\b|[\"“„«].{8,}|排名|绩点",
    re.IGNORECASE,
)
"""What tells of the degree itself: its thesis, grade, honours, second subject, or that it was left."""
_ON = r"\b[^;:\d]{0,40}?(?P<date>(?:\d{1,2}(?:\.|er|º)?\s+(?:de\s+)?(?=[^\W\d_]))?(?:[^\W\d_]{3,10}\.?\s+(?:de\s+)?)?(?:19|20)\d{2})"
_TAKEN = re.compile(
    r"\b(?:awarded|conferred|completed|defended|obtained|graduated|passed|finished|soutenu\w*|obtenu\w*|verliehen|abgeschlossen|verteidigt|bestanden"
    rf"|defendid\w*|obtenid\w*|obtid\w*|conclu[ií]d\w*|conseguit\w*|behaald){_ON}",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"\b(?:started|begun|began|registered|enrolled|begonnen|eingeschrieben|commencé\w*|débuté\w*|inscrit\w*|empezad\w*|iniciad\w*|iniziat\w*){_ON}",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:expected|planned|anticipated|voraussichtlich|geplant|prévue?s?|previst\w*)\b", re.IGNORECASE
)
_NO_DEGREE = re.compile(
    r"\b(?:no|without(?: an?)?|ohne|kein|sans|sin|sem|senza|geen) (?:degree|diploma|abschluss|diplôme|título|titolo|diploma)\b|certificate of attendance"
    r"|^(?:with|mit|avec|con|com)\s",
    re.IGNORECASE,
)
_STUDIES = re.compile(r"(?:Studium|Studies in|Études de|Estudios de|Studi di)\s", re.IGNORECASE)
_DANGLING = re.compile(r"\W*(?:19|20)\d{2}\W*|.*\s(?:le|en|in|im|am|on|il|el|em)")
"""A note that is nothing but a year, or that lost the date behind it."""
_OF = re.compile(r"(?:Master|Bachelor|Doctor|Magister|Licentiate) of [A-Z]\w+")
_SHORT = re.compile(r"(?=.*(?:[A-Z].*[A-Z]|\.|[\u3400-\u9fff]))[\w.]{2,6}")


def degrees_in(document: Document) -> Iterator[Degree]:
    """The degrees of the education section, in the document's order; ``note`` holds thesis, grade and honours where they are printed."""
    taken = (e for e in entries_in(document, Section.EXPERIENCE) if is_degree([line.text for line in e.lines]))
    before: str | None = None
    for entry in (*entries_in(document, Section.EDUCATION), *taken):
        lines, supervisors = without_supervisors(entry.lines)
        title, institution, notes = _parts(lines, entry.above)
        if title is None and (institution is None or not is_employer(institution)):
            continue
        if institution is not None and is_ditto(institution):
            institution = before
        before = institution
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
            period=entry.period or _conferred(document, entry),
            supervisors=supervisors,
        )


def _conferred(document: Document, entry: Entry) -> Period | None:
    """When a degree was taken whose line prints its dates in words: "started 2017 …, awarded in 2019"; else the only date of its head."""
    text = document.quote(entry.span).split("\n")[0]
    taken, begun = _TAKEN.search(text), _BEGUN.search(text)
    end = parse_date(text[taken.end() - len(taken["date"]) :]) if taken else None
    start = parse_date(text[begun.end() - len(begun["date"]) :]) if begun else None
    if end is not None:
        return Period(start if start and (start.year or 0) < (end.year or 0) else end, end)
    if start is not None and has_word("halted", text):
        return Period(start)
    dates = [d for d, _, _ in find_dates(text) if d.year is not None]
    return Period(dates[0], dates[0]) if len(dates) == 1 and not begun and not _PLANNED.search(text) else None


def _note(title: str | None, notes: list[str], below: list[str]) -> str | None:
    """What tells of the degree; the first of other remarks where nothing does, or where there is no title: the subject."""
    notes = [n for n in notes if not _DANGLING.fullmatch(n)]
    telling = [n for n in notes if _tells(n)] + below
    if title is None and notes and not _tells(notes[0]):
        telling = [notes[0], *telling]
    return ", ".join(telling) or (notes[0] if notes else None)


def _tells(note: str) -> bool:
    return has_word("halted", note) or any(pattern.search(note) for pattern in (_LABELLED, _THESIS, _TELLING))


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
                and (has_word("degree", piece) or _STUDIES.match(piece))
                and not _NO_DEGREE.search(piece)
                and not (is_employer(piece) and within(piece) is None and lines != [line])
            ):
                title = piece
            elif institution is None and is_employer(piece) and (title is None or not _tells(without_remark(piece)[0])):
                institution = piece
            elif title is not None and not notes and line.startswith(f"{title}, {piece}") and _is_subject(title, piece):
                title = f"{title}, {piece}"
            else:
                notes.append(piece)
    if title is None and institution is not None and lines and "\t" in lines[0]:
        title = _first_cell(lines[0], institution)
        notes = [n for n in notes if n != title]
    if institution is None and above:
        institution = pieces_of(above)[0]
    if institution is None:
        unlabelled = [n for n in notes if is_ditto(n) or not _tells(n)]
        known = (n for n in unlabelled if is_ditto(n) or has_word("organisation", n))
        institution = next(known, next((n for n in unlabelled if not n[0].islower() and not is_told(n)), None))
        notes = [n for n in notes if n != institution]
    if institution is not None:
        institution, remark = without_remark(_STOPPED.sub("", institution))
        notes += [remark] if remark and _is_mark(remark) else []
    if title and _SHORT.fullmatch(title) and notes and not _says(notes[0]) and _may_be_subject(notes[0]):
        title = f"{title}, {notes.pop(0)}"
    return title, institution, notes


def _first_cell(line: str, institution: str) -> str | None:
    """What a row names before its institution, where no list knows it as a degree: 'Founders programme\tPort Business School'."""
    first = line.split("\t")[0].strip(" ,;")
    is_apart = institution not in first and re.search(r"[^\W\d_]{3}", first) is not None
    return first if is_apart and not is_place(first) else None


def _may_be_subject(note: str) -> bool:
    return not has_word("group", note) and not _tells(note) and not re.match(r"[^\W\d_]+:", note)


def _is_mark(remark: str) -> bool:
    return _tells(remark) or any(c.isdigit() for c in remark)


def _is_subject(title: str, piece: str) -> bool:
    return _OF.fullmatch(title) is not None and not has_word("organisation", piece) and not _tells(piece)


def _pieces(line: str) -> Iterator[str]:
    """The pieces of a line, one that says what and where cut in two: "Erasmus à l'Université de Lin", and what a colon tells of it apart."""
    for piece in (part for whole in pieces_of(line) for part in _told_apart(whole)):
        where = within(piece) if has_word("degree", piece) else None
        yield from where or (piece,)


def _told_apart(piece: str) -> tuple[str, ...]:
    """A degree and what is told of it behind a colon in small letters: "Diploma in Looms: registered 2020"."""
    cut = re.search(r"\s*[:：]\s+(?=[^\W\d_A-ZÀ-Þ])", piece)
    is_named = (
        cut is not None
        and not re.match(r"[\"“„«]", piece)
        and (has_word("degree", piece[: cut.start()]) or is_employer(piece[: cut.start()]))
    )
    return (piece[: cut.start()], piece[cut.end() :]) if cut and is_named and not _LABELLED.match(piece) else (piece,)
