"""Entries of publication lists that leave something open: the year, the authors, the owner's name, what a mark means."""

import calendar
import re
from collections.abc import Iterator

from ingest.authors import MARKS
from ingest.doctor.finding import Finding, Severity, counted, finding, within
from ingest.domain import Document, PartialDate, Profile, Publication, Record, Span
from ingest.identity import author_index, is_collective, name_key
from ingest.imprint import legend_in

_UNDATED = re.compile(
    r"forthcoming|in press|to appear|in prep|under review|submitted|accepted|working paper|manuscript|draft|unpublished|work in progress"
    r"|im erscheinen|à paraître|en prensa|投稿|待发表",
    re.IGNORECASE,
)
_FEW = 3
_YEARS_AHEAD = 5
"""How far behind every other year of a document a slip of the pen stands."""


def papers_in(record: Record, document: Document) -> list[Publication]:
    """The publications of one document, in its order."""
    found = [f for f in record.facts if isinstance(f, Publication) and f.span.document == document.id]
    return sorted(found, key=lambda paper: paper.span.start)


def missing_years(record: Record) -> Iterator[Finding]:
    """Entries without a year, unless they say that they are not published yet."""
    for document in record.documents:
        for paper in papers_in(record, document):
            year = paper.date.year if paper.date else None
            if year is not None:
                continue
            if paper.date is not None:
                place = _date_in(record, paper, paper.date)
                message = "the date prints no year"
            elif paper.status == "preprint" or _UNDATED.search(
                f"{record.quote(paper.span)} {_headings(document, paper)}"
            ):
                continue
            else:
                place = paper.span
                message = "this entry prints no year"
            advice = "add the year; without it, questions about years and the order of papers leave it out"
            yield finding(record, place, "missing-year", "warning", message, advice)


def years_ahead(record: Record) -> Iterator[Finding]:
    """A year far behind every other year of the document: ``2042`` in a list that otherwise ends in 2024."""
    for document in record.documents:
        papers = [(p, p.date.year) for p in papers_in(record, document) if p.date and p.date.year]
        years = sorted(year for _, year in papers)
        if len(years) <= _FEW or years[-1] - years[-2] < _YEARS_AHEAD:
            continue
        paper = next(p for p, year in papers if year == years[-1])
        place = within(record, paper.span, str(years[-1]))
        message = f"{years[-1]} lies {years[-1] - years[-2]} years after every other entry"
        yield finding(record, place, "odd-year", "warning", message, "check the year")


def missing_authors(record: Record) -> Iterator[Finding]:
    """Entries that print no author; one finding where hardly any entry of a document does."""
    for document in record.documents:
        papers = papers_in(record, document)
        beside = sum(p.beside for p in papers)
        if beside > 1 and beside >= len(papers) / 10:  # names only the others, and nobody where the owner wrote alone
            continue
        bare = [p for p in papers if not p.authors]
        if len(bare) > len(papers) / 2:
            message = f"{len(bare)} of {counted(len(papers), 'entry')} print no authors"
            advice = "list the authors if visitors may ask for co-authors or first authorship; what is not printed is not answered"
            spans = [p.span for p in bare]
            yield finding(record, spans[0], "no-authors", "note", message, advice, spans[1:])
            continue
        for paper in bare:
            severity: Severity = "note" if paper.form == "book" else "warning"
            message = "no authors were understood in this entry"
            advice = "print the authors in front of the title, set apart as in the entries around it"
            yield finding(record, paper.span, "no-authors", severity, message, advice)


def owner_not_named(record: Record) -> Iterator[Finding]:
    """Entries whose printed authors do not show the owner: another form of the name, a group's name, or a list cut by "et al."."""
    for document in record.documents:
        papers = [p for p in papers_in(record, document) if p.authors and not _is_implied(record, p)]
        missing = [p for p in papers if author_index(p.authors, record.profile) is None and not _is_printed(record, p)]
        forms: dict[str, list[Span]] = {}
        for paper in tuple(missing):
            form = _other_form(paper, record.profile)
            if form is not None:
                forms.setdefault(form, []).append(within(record, paper.span, form))
                missing.remove(paper)
        for form, spans in forms.items():
            message = (
                f"{counted(len(spans), 'entry')} with {form!r}, which is not known as a form of {record.profile.name!r}"
            )
            advice = f"if it is the same person, add {form!r} to 'aliases' in profile.toml"
            yield finding(record, spans[0], "unknown-form-of-name", "warning", message, advice, spans[1:])
        if len(missing) > _FEW and len(missing) > len(papers) * 0.6:
            first, *rest = (p.span for p in missing)
            message = f"{len(missing)} of {counted(len(papers), 'entry')} do not print {' or '.join(map(repr, record.profile.names))}"
            advice = "if the name is printed otherwise there, add that form to 'aliases' in profile.toml"
            yield finding(record, first, "name-not-printed", "warning", message, advice, rest)
            continue
        for paper in missing:
            yield _not_named(record, paper)


def unexplained_marks(record: Record) -> Iterator[Finding]:
    """Marks behind authors' names that the document explains nowhere, one finding a mark."""
    for document in record.documents:
        places: dict[str, list[Span]] = {}
        known = legend_in(document.text)
        for paper in papers_in(record, document):
            for name in paper.marked:
                pattern = rf"{re.escape(name)}\s*([{re.escape(MARKS)}]+)"
                match = re.search(pattern.replace(r"\ ", r"\s+"), record.quote(paper.span))
                start = paper.span.start + match.start() if match else 0
                for mark in sorted(set(match[1]) - set(known)) if match else ():
                    places.setdefault(mark, []).append(Span(document.id, start, start + len(match[0] if match else "")))
        for mark, spans in places.items():
            message = f"{mark!r} stands behind {counted(len(spans), 'name')} and nothing says what it means"
            advice = f"say it once, such as '{mark} = corresponding author', or take the mark out"
            yield finding(record, spans[0], "unexplained-mark", "warning", message, advice, spans[1:])


RULES = (missing_years, years_ahead, missing_authors, owner_not_named, unexplained_marks)


def _not_named(record: Record, paper: Publication) -> Finding:
    name = record.profile.name
    if not paper.authors_complete:
        message = f"the author list is cut off before {name!r} is named"
        advice = (
            "print the list at least as far as that name; as it stands, nothing shows that this is the owner's work"
        )
        return finding(record, paper.span, "name-cut-off", "warning", message, advice)
    if is_collective(paper.authors):
        message = f"the authors are printed as {paper.authors[0]!r} only"
        advice = f"say there that {name!r} is one of them; otherwise it counts as listed, not as named"
    else:
        message = f"{name!r} is not among the printed authors"
        advice = "print the name, add the form printed here to 'aliases' in profile.toml, or take the entry out"
    return finding(record, paper.span, "name-not-printed", "warning", message, advice)


def _date_in(record: Record, paper: Publication, date: PartialDate) -> Span:
    """Where an entry prints month and day; the whole entry where the month is not written in English."""
    month = calendar.month_abbr[date.month] if date.month else "$"
    match = re.search(rf"{month}[a-z]*\.?\s+{date.day or ''}", record.quote(paper.span))
    return within(record, paper.span, match[0] if match else None)


def _other_form(paper: Publication, profile: Profile) -> str | None:
    """An author with the owner's surname and a given name that begins like theirs: "Dan Brewer-Lockhart" for Daniel."""
    own = name_key(profile.name).split()
    for author in paper.authors:
        name = name_key(author).split()
        same_surname = len(name) > 1 and len(own) > 1 and name[-1] == own[-1]
        if same_surname and (name[0].startswith(own[0]) or own[0].startswith(name[0])):
            return author
    return None


def _is_implied(record: Record, paper: Publication) -> bool:
    """Whether the entry names the co-authors only: "Title. Joint with Ada Byron. Journal, 2020"."""
    first = re.escape(paper.authors[0]).replace(r"\ ", r"\s+")
    led = re.search(
        rf"\b(?:with|mit|avec|con|com)\s+{first}|\bjoint(?:ly)? with\b|与\s*{first}",
        record.quote(paper.span),
        re.IGNORECASE,
    )
    return paper.beside or led is not None


def _is_printed(record: Record, paper: Publication) -> bool:
    """Whether the entry prints the owner's name or initials outside the list of authors: "et al. (incl. DFM)"."""
    words = re.findall(r"\w+", record.profile.name)
    initials = "".join(word[0] for word in words).upper()
    names = [*record.profile.names, *([initials] if len(initials) > 2 else [])]
    text = " ".join(record.quote(paper.span).split())
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names)


def _headings(document: Document, paper: Publication) -> str:
    return next((" ".join(b.path) for b in document.blocks if b.span.covers(paper.span)), "")
