"""Positions out of the entries of a CV."""

import re
from collections.abc import Iterator

from ingest.dates import find_dates, find_period
from ingest.domain import Document, Period, Position, Section, Span
from ingest.extract.entries import Entry, Line, entries_in
from ingest.extract.heads import (
    SENTENCE_END,
    is_ditto,
    is_employer,
    is_name,
    is_place,
    is_sentence,
    names_employer,
    pieces_of,
    without_remark,
    without_statement,
)
from ingest.extract.interruptions import is_interruption
from ingest.extract.people import without_supervisors
from ingest.extract.posts import AT, Post, has_role, named_in, places_of, post_of
from ingest.extract.tables import rows_of_posts
from ingest.extract.unforeseen import with_posts
from ingest.extract.words import has_word

_BODY_LINES = 4
_SENTENCE = re.compile(rf"{SENTENCE_END}|(?<=\d)\.\s+(?=[^\W\d_a-z])")
_SIZE = re.compile(
    r"(?:^|[,;]\s*)(?:\d+\s+beds?,\s*)?(?:team|staff|group|gruppe|équipe|equipe|equipo|grupo|gruppo|squadra)"
    r"\s+(?:of|von|aus|mit|de|d['’]|di|da|com|con)\s*(?:about |around |some |c\. ?|ca\. ?|rund |etwa |environ |unos |unas |circa |cerca de )?\d+\b[^,;]*"
    r"|(?:^|[,，；])\s*团队(?:共)?\d+人",
    re.IGNORECASE,
)
"""How many a group has, which is no name of one."""


def positions_in(document: Document) -> Iterator[Position]:
    """The positions of the experience section, in the document's order; an employer that stands above several of them is that of each."""
    entries = list(entries_in(with_posts(document), Section.EXPERIENCE))
    heads = [without_supervisors(entry.lines) for entry in entries]
    rows = rows_of_posts(document)
    posts = [post_of([*map(without_statement, lines[:1]), *lines[1:]]) for lines, _ in heads]
    posts = [rows[e.block].post(post) if e.block in rows else post for e, post in zip(entries, posts, strict=True)]
    since = {start: period for start, row in rows.items() if (period := row.period)}
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
        if _holds_several(post) or is_interruption(lines):
            continue
        if (post.role is None and (entry.period is None or not (_is_known(post.organisation) or post.place))) or (
            is_degree(lines) or is_sentence(post.role or "")
        ):
            continue
        span = entry.span
        post = _with_ditto(post, before)
        post = _under(entry, post, before)
        below = _employer_below(document, entry, named_below) if post.organisation is None else None
        if below is not None:
            named = named_in(pieces_of(below.text.strip(" .")))
            post = Post(post.role, named.organisation, post.group or named.group, named.place)
            span = Span(span.document, span.start, below.span.end)
        if not supervisors:
            supervisors, span = supervisors_below(document, entry, span)
        position = Position(
            span=span,
            organisation=post.organisation,
            role=post.role,
            group=named_group(post.group),
            place=post.place,
            period=since.get(entry.block) or entry.period or _mentioned(document.quote(entry.span)),
            supervisors=supervisors,
            body=entry.body,
        )
        yield position
        before = entry, position


def named_group(group: str | None) -> str | None:
    """A group up to the sentence that goes on about it, and without how many it has: "Loom Unit, team of 26. Acting head in 2010" is "Loom Unit"."""
    if group is None:
        return None
    return _SIZE.sub("", re.split(_SENTENCE, group, maxsplit=1)[0]).strip(" ,;") or None


def _holds_several(post: Post) -> bool:
    """Whether a sentence of several posts was taken for one, of which no one line tells."""
    role, organisation = post.role or "", post.organisation or ""
    is_joined = re.search(r"[;；]", organisation) or re.search(r"[)）]\s?[;；]", role)
    return bool(is_joined or find_period(organisation) or find_period(re.split("[(（]", role)[0]))


def _mentioned(text: str) -> Period | None:
    """The only date that the head of an undated entry names in words: "12 weeks in autumn 2021"."""
    dates = [(d, start) for d, start, _ in find_dates(text) if d.year is not None]
    is_lone = len(dates) == 1 and re.search(r"\b(?:in|im|en|em|au|nel|during)\s+$", text[: dates[0][1]]) is not None
    return Period(dates[0][0], dates[0][0]) if is_lone else None


def is_degree(lines: list[str]) -> bool:
    """Whether an entry among the posts tells of a degree: it opens with one, and names no role."""
    first = pieces_of(lines[0])[:1] if lines else []
    return bool(first) and has_word("degree", first[0]) and not any(map(has_role, lines[:1]))


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
    return names_employer(text) and not is_sentence and len(text.split()) <= 10 and not has_role(text)


def _with_ditto(post: Post, before: tuple[Entry, Position] | None) -> Post:
    """``post`` with the employer of the position above where it says that it is the same."""
    if not any(is_ditto(p) for p in (post.organisation, post.group) if p):
        return post
    above = before[1] if before else None
    group = post.group if post.group and not is_ditto(post.group) else None
    return Post(post.role, above.organisation if above else None, group, post.place)


def _under(entry: Entry, post: Post, before: tuple[Entry, Position] | None) -> Post:
    """``post`` with the employer that heads it: a sub-heading, the first line of its block, or the entry before it in that block.

    What its own line names beside that, such as a department, is the group.
    """
    if post.organisation is not None and is_employer(post.organisation):
        return post
    if before is not None and post.organisation is not None and post.organisation == before[1].group:
        return Post(post.role, before[1].organisation, post.organisation, post.place or before[1].place)
    above = named_in(pieces_of(entry.above)) if entry.above and not has_role(entry.above) else Post(None, None)
    is_head = _is_known(above.organisation) or (before is not None and above.organisation == before[1].organisation)
    if above.organisation and (is_head or (entry.is_led and is_name(above.organisation))):
        own = [p for p in (post.organisation, post.group) if p]
        return Post(post.role, above.organisation, ", ".join(own) or above.group, post.place or above.place)
    if post.organisation is None and not entry.above and before is not None and before[0].block == entry.block:
        return Post(post.role, before[1].organisation, post.group, post.place or before[1].place)
    return post


def _is_role_first(lines: list[str], post: Post) -> bool:
    pieces = pieces_of(AT.sub("\t", lines[0])) if len(lines) == 1 else []
    return (
        len(pieces) > 1
        and post.role == pieces[0]
        and post.organisation is not None
        and pieces[1].startswith(post.organisation)
    )


def _is_role_above(lines: list[str], post: Post) -> bool:
    """Whether the role has a line of its own and the employer the next."""
    return (
        len(lines) > 1
        and post.role is not None
        and post.organisation is not None
        and lines[0].startswith(post.role)
        and lines[1].startswith(post.organisation)
    )


def _two_lines(lines: list[str]) -> Post:
    """A role that no list knows over its employer, where other entries of the document print both so."""
    pieces = pieces_of(lines[1])
    if not is_name(lines[0].split(",")[0], 4) or not pieces or not is_name(pieces[0]):
        return Post(None, None)
    named = named_in(pieces)
    return Post(lines[0], named.organisation, named.group, named.place)


def _unknown_role(lines: list[str]) -> Post:
    """A role that no list knows, where the other entries of the document print theirs first and the employer behind it."""
    pieces = pieces_of(AT.sub("\t", lines[0])) if len(lines) == 1 else []
    is_apart = len(pieces) > 1 and re.search(r"\s[–—|]\s", lines[0][: lines[0].find(pieces[1])]) is not None
    if (
        len(pieces) < 2
        or not (is_name(pieces[1]) or (is_apart and _is_long_name(pieces[1])))
        or len(pieces[0].split()) > 6
    ):
        return Post(None, None)
    return Post(pieces[0], without_remark(pieces[1])[0], None, places_of(pieces[2:]))


def _is_long_name(piece: str) -> bool:
    """Whether a piece may name an employer as languages do that write its further words small: "Chambre régionale des métiers"."""
    return piece[0].isupper() and len(piece.split()) <= 8 and not re.search(r"[\d;:!?]", piece)


def _placed(lines: list[str]) -> Post:
    """An employer of no known kind where nothing but a name and its places is printed."""
    pieces = pieces_of(lines[0]) if len(lines) == 1 else []
    return named_in(pieces) if len(pieces) > 1 and all(map(is_place, pieces)) else Post(None, None)


def _is_known(organisation: str | None) -> bool:
    return organisation is not None and names_employer(organisation)
