"""Takes off what a page adds to the text: page numbers, running heads and feet; and mends what its end tore apart."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.readers.text.columns import date_column
from ingest.readers.text.flow import fills, margin_of, runs_on
from ingest.readers.text.lines import BLANK, PAGE_END, Line, ends_sentence
from ingest.readers.text.marks import bullets_in
from ingest.sections import section_of

_PAGE = r"(?:page|pagina|página|pàgina|p[aá]g|seite|sayfa|sida|sivu|strona|stránka|strana|oldal|halaman|trang|страница|стр|σελίδα)"
_SHORT_PAGE = r"(?:side|s|p|pg|pp)"
_OF = r"\s*(?:/|of|de|von|sur|di|van|av|af|z|ze|din|из|out of)\s*\d{1,3}"
_PAGE_MARK = re.compile(
    rf"\W*(?:{_PAGE}\b\.?\s*[:#]?\s*\d{{1,3}}(?:{_OF})?|{_SHORT_PAGE}\b\.?\s*\d{{1,3}}{_OF}|\d{{1,3}}(?:{_OF})?\s*(?:ページ|页|頁|쪽|페이지)"
    r"|(?:第\s*\d{1,3}\s*[页頁]|共\s*\d{1,3}\s*[页頁]|[,，/\s])+|[-–—~]\s*\d{1,3}\s*[-–—~])\W*",
    re.IGNORECASE,
)
_FOLIO = re.compile(rf"\W*\d{{1,3}}(?:{_OF})?\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d.,/-])\d{1,3}(?![\d.,-]*\d)")
_APART = 20
"""Lines between the numbers of two pages at the least."""
_EDGE = 2
"""Lines that a running head or foot takes at the most."""
_LONGEST = 100
_CV_WORDS = frozenset(
    [
        "curriculum",
        "vitae",
        "cv",
        "resume",
        "résumé",
        "lebenslauf",
        "currículo",
        "个人简历",
        "简历",
        "履歴書",
        "職務経歴書",
    ]
)
_FILLERS = frozenset(
    ["page", "seite", "página", "of", "de", "von", "continued", "cont", "fortsetzung", "suite", "dr", "prof", "phd"]
)


def without_furniture(lines: Sequence[Line]) -> list[Line]:
    """``lines`` without page marks and running heads; what a page's end tore runs on, elsewhere a blank line stands there."""
    marks = _page_marks(lines)
    paged = [PAGE_END if number in marks else line for number, line in enumerate(lines)]
    running = _running_heads(paged)
    kept = [line for number, line in enumerate(paged) if number not in running]
    return list(_joined(kept))


def _page_marks(lines: Sequence[Line]) -> set[int]:
    """The lines that number a page: they say so, stand alone by a form feed, or count on from page to page."""
    said = {
        n
        for n, line in enumerate(lines)
        if _PAGE_MARK.fullmatch(line.text)
        and (numbers := re.findall(r"\d+", line.text))
        and _stands_apart(lines, n, both=len(numbers) == 1)
    }
    fed = {n for n, line in enumerate(lines) if _FOLIO.fullmatch(line.text) and _is_by_page_end(lines, n)}
    top = next((n for n, line in enumerate(lines) if line.text not in {"", "\f"}), -1)
    counting = {n for n in _counting(lines) if n != top or _FOLIO.fullmatch(lines[n].text)}
    return said | fed | counting


def _stands_apart(lines: Sequence[Line], number: int, *, both: bool) -> bool:
    near = (lines[n].text if 0 <= n < len(lines) else "" for n in (number - 1, number + 1))
    free = [text in {"", "\f"} for text in near]
    return all(free) if both else any(free)


def _is_by_page_end(lines: Sequence[Line], number: int) -> bool:
    for step in (-1, 1):
        n = number + step
        while 0 <= n < len(lines) and not lines[n].text:
            n += step
        if 0 <= n < len(lines) and lines[n] is PAGE_END:
            return True
    return False


def _counting(lines: Sequence[Line]) -> Iterator[int]:
    """Lines that say the same a page later, with the next number in them."""
    seen: dict[str, list[tuple[int, int]]] = {}
    for n, line in enumerate(lines):
        alone = _FOLIO.fullmatch(line.text) is not None
        if line.text and line.width - line.indent <= _LONGEST and _stands_apart(lines, n, both=alone):
            for found in _NUMBER.finditer(line.text):
                key = f"{_folded(line.text[: found.start()])}#{_folded(line.text[found.end() :])}"
                seen.setdefault(key, []).append((n, int(found[0])))
    at_edge = {n for place, line in enumerate(lines) if line is PAGE_END for edge in _edges(lines, place) for n in edge}
    for places in seen.values():
        for (n, value), (m, following) in pairwise(places):
            paged = {n, m} & at_edge if at_edge else m - n >= _APART
            if following == value + 1 and paged:
                yield from (n, m)


def _running_heads(lines: Sequence[Line]) -> set[int]:
    """The lines at the edges of pages that stand there more than once, or say nothing but the title of the document."""
    top = [n for n, line in enumerate(lines) if line.text and line is not PAGE_END][: _EDGE + 1]
    edges = [edge for n, line in enumerate(lines) if line is PAGE_END for edge in _edges(lines, n)]
    if not edges:
        return set()
    at_edge = {n for edge in edges for n in edge}
    times = Counter(_folded(lines[n].text) for n in at_edge | set(top[:_EDGE]))
    inside = {_folded(line.text) for n, line in enumerate(lines) if n not in at_edge and n not in top}
    titles = {word for n in top for word in _words(lines[n].text)}
    first = frozenset(_words(lines[top[0]].text)) if top else frozenset()
    gone: set[int] = set()
    for edge in edges:
        for n in edge:
            text = lines[n].text
            key = _folded(text)
            repeated = (
                bool(key) and times[key] > 1 and key not in inside and not (section_of(text) and len(text.split()) <= 4)
            )
            if n in top[:1] or not (repeated or _is_title_again(_words(text), titles, first)):
                break
            gone.add(n)
    return gone


def _edges(lines: Sequence[Line], page_end: int) -> Iterator[list[int]]:
    """The lines next to a page's end, from the edge inwards: those behind it, and those in front."""
    for step in (1, -1):
        n = page_end + step
        while 0 <= n < len(lines) and not lines[n].text:
            n += step
        edge = [m for m in range(n, n + step * _EDGE, step) if 0 <= m < len(lines)]
        blank = next((i for i, m in enumerate(edge) if not lines[m].text or lines[m] is PAGE_END), len(edge))
        yield [m for m in edge[:blank] if lines[m].width - lines[m].indent <= _LONGEST]


def _is_title_again(words: Collection[str], titles: Collection[str], first: frozenset[str]) -> bool:
    meant = [word for word in words if word not in _FILLERS]
    initials = {word[0] for word in titles}
    told = all(word in titles or word in _CV_WORDS or (len(word) == 1 and word in initials) for word in meant)
    return told and (bool(_CV_WORDS & set(meant)) or (len(meant) > 1 and frozenset(meant) == first))


def _folded(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", text).casefold())


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    margin, bullets = margin_of(lines), bullets_in(lines)
    last: int | None = None
    held: list[Line] = []
    for number, line in enumerate(lines):
        if not line.text or line is PAGE_END:
            held.append(line)
            continue
        if PAGE_END not in held:
            yield from held
        elif last is None or number in bullets or not _is_torn(lines, last, line, margin):
            yield BLANK
        elif not ends_sentence(lines[last].text):
            line = replace(line, is_torn=True)
        yield line
        last, held = number, []


def _is_torn(lines: Sequence[Line], last: int, after: Line, margin: int | None) -> bool:
    """Whether what ``lines[last]`` began goes on in ``after``, the first line of the next page."""
    before = lines[last]
    column = date_column(after.text)
    if section_of(after.text) is not None or after.text.isupper() or (column is not None and column.is_firm):
        return False
    above = lines[last - 1] if last else BLANK
    hanging = before.indent if above.text and above.indent < before.indent else None
    if hanging is not None and after.indent == hanging:
        return True
    if ends_sentence(before.text):
        return False
    if after.text[0].islower():
        return True
    return runs_on(before, after, margin) or (after.indent > before.indent and fills(before, after, margin))
