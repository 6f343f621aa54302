"""Columns that are set with blanks: dates at either edge of a line, and the gaps between cells."""

import re
from dataclasses import dataclass

from ingest.dates import find_dates, find_period
from ingest.sentences import is_cjk

_HEAD_LENGTH = 60
_TAIL_LENGTH = 60
_LEAD = re.compile(
    r"(?:[(\[（]|(?:from|von|vom|de|du|desde|entre|between|dal|since|seit|depuis|ab|nov[.,]?|ca\.?|约|自|从)\s+)*", re.I
)
_MORE = re.compile(r"\s?(?:[,;/&+–—-]|\b(?:and|und|et|y|e|en)\b)\s?")
_OPEN = re.compile(r"\s*(?:[–—―-]{1,2}|～|~)(?!\S)|/\d{2,4}(?!\d)|起|(?<=\d)\s?ff?\.")
_CLOSE = re.compile(r"\s*[)\]）]?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_WITHIN = 32
"""A date that begins a line has printed its year by then."""
_GAP = re.compile(r"\s{2,}|\t|\u3000")
_INNER = re.compile(
    r"[ \u00a0]*(?:\t[\s]*|\u3000\s*|[ \u00a0]{2,}[\s]*)|(?<=[^\s.])\s*(?:\.{4,}|(?: \.){4,}|…{2,}|_{4,})\s*(?=\S)"
)
_JUSTIFIED_WORDS = 6


@dataclass(frozen=True, slots=True)
class DateColumn:
    """A date or period that a line begins with."""

    end: int
    """Where the text behind it starts."""
    is_firm: bool
    """Set off by a gap or a colon, or a period in front of a blank: no running text begins so."""
    is_bare: bool
    """Nothing else stands on the line."""


def date_column(text: str) -> DateColumn | None:
    """The date or period that ``text`` begins with, or ``None``."""
    if not _YEAR.search(text[:_YEAR_WITHIN]):
        return None
    end, is_period = _leading(text)
    if end == 0:
        return None
    rest = text[end:]
    bare = not re.search(r"\w", rest)
    gap = re.match(r"\s*[:：|｜]\s*|\s{2,}|\t|\u3000|\s*[–—-]\s{2,}|(?<=[)\]）])\s", rest)
    loose = re.match(r"\s+|[,，;；、]\s*|(?=[\u3400-\u9fff])", rest) if gap is None else None
    if not bare and gap is None and loose is None:
        return None
    behind = end + len((gap or loose or re.match("", rest))[0])  # type: ignore[index]  # the empty pattern always matches
    return DateColumn(
        len(text) if bare else behind, bare or gap is not None or (is_period and bool(loose and loose[0])), bare
    )


def _leading(text: str) -> tuple[int, bool]:
    """Where the date at the start of ``text`` ends (0: none is there), and whether it is a period."""
    head = text[:_HEAD_LENGTH]
    lead = _LEAD.match(head)
    first = lead.end() if lead else 0
    found = find_period(head)
    if found and found.start <= first:
        end, is_period = found.end, True
    else:
        dates = [(a, b) for date, a, b in find_dates(head) if date.year is not None]
        if not dates or dates[0][0] > first:
            return 0, False
        end, is_period = dates[0][1], False
        for a, b in dates[1:]:
            if not _MORE.fullmatch(head[end:a]):
                break
            end = b
    more = _OPEN.match(text, end)
    if more:
        end, is_period = more.end(), True
    closed = _CLOSE.match(text, end)
    return (closed.end() if closed and text[:1] in "([（" else end), is_period


def trailing_date(text: str) -> int | None:
    """Where the date or period at the end of ``text`` starts, whatever stands in front of it; ``None`` without one."""
    offset = max(0, len(text) - _TAIL_LENGTH)
    tail = text[offset:]
    if not _YEAR.search(tail):
        return None
    spans = [(a, b) for date, a, b in find_dates(tail) if date.year is not None]
    found = find_period(tail)
    spans += [(found.start, found.end)] if found else []
    starts = [a for a, b in spans if not re.search(r"\w", tail[b:])]
    return offset + min(starts) if starts else None


def date_behind_gap(text: str) -> bool:
    """Whether a date stands at the right edge of ``text``, set off from what is in front of it by a gap."""
    start = trailing_date(text)
    if not start:
        return False
    before = text[:start].rstrip("([（ \u00a0\t\u3000")
    return bool(before) and (
        bool(_GAP.search(text[len(before) : start])) or re.search(r"(?:\.{4,}|(?: \.){4,})$", before) is not None
    )


def has_gap(text: str) -> bool:
    """Whether ``text`` is set in columns."""
    return (_GAP.search(text) is not None or ".." in text or " . " in text) and "\t" in tabbed(text)


def tabbed(text: str) -> str:
    """``text`` with one tab for every gap between columns and one blank for any other white space."""
    column = date_column(text)
    behind_date = column.end if column and not column.is_bare else -1
    trailing = trailing_date(text)
    is_justified = _is_justified(text)
    parts: list[str] = []
    last = 0
    for gap in _INNER.finditer(text):
        dated = gap.end() == behind_date or (
            trailing is not None and gap.end() >= trailing - 1 and gap.start() < trailing
        )
        parts += [text[last : gap.start()], _between(text, gap, dated, is_justified, column is not None)]
        last = gap.end()
    return re.sub(r"[^\S\t]+", " ", "".join([*parts, text[last:]])).strip()


def _between(text: str, gap: re.Match[str], dated: bool, is_justified: bool, in_row: bool) -> str:
    before, after = text[gap.start() - 1 : gap.start()], text[gap.end() : gap.end() + 1]
    if not before or before in ":：":
        return " "
    if dated or "\t" in gap[0]:
        return "\t"
    if not gap[0].isspace():
        return gap[0]
    wide = gap[0].count("\u3000") > (not in_row) or len(gap[0]) >= 3
    pair = len(gap[0]) == 2 and is_cjk(before) and is_cjk(after)
    return "\t" if (wide or pair) and not is_justified else " "


def _is_justified(text: str) -> bool:
    """Whether blanks were stretched to fill the line: gaps between most of its many words."""
    blanks = re.findall(r"(?<=\S)\s+(?=\S)", text)
    wide = [blank for blank in blanks if len(blank) > 1]
    return len(blanks) >= _JUSTIFIED_WORDS and len(wide) > len(blanks) / 2 and max(map(len, wide)) <= 4
