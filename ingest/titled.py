"""Entries of a publication list that open with the title: no authors at all, or the others beside it."""

import re
from collections.abc import Collection
from dataclasses import replace

from ingest.authors import Author, name_list, without_remark
from ingest.citations import flattened, parse_citation
from ingest.imprint import YEAR, Citation, first_sentence, is_label_line, title_and_rest, with_imprint
from ingest.states import is_open, is_preprint, without_label

_BESIDE = re.compile(r"\s*\((?:joint )?(?:with|mit|avec|con|com)\s+(?P<names>[^()]{4,400})\)", re.IGNORECASE)
"""Co-authors in parentheses behind a title: ``"Title" (with A. Byron and B. Li)``."""


_EDITED = re.compile(
    r"^(?P<role>(?i:(?:co-?)?(?:ed\.|eds\.|edited|hrsg\.))) (?:with|mit|avec|con) (?P<names>[^,]{4,80}), (?=[^\W\d_a-z])"
)
"""Co-editors before a title: ``ed. with A. Byron, The Tides``."""
_LED = re.compile(
    r"^(?:mit|with|avec|con|com)\s+(?P<names>[^:：()\"]{4,200}?)(?:\s*\((?P<remark>[^()]*)\))?\s*[:：]\s+(?=\S)",
    re.IGNORECASE,
)
"""Co-authors before a title: ``With A. Byron (equal shares): The Tides``."""
_PUBLISHED = re.compile(
    rf"^(?P<title>[^()]{{10,}}?)\s+\((?P<imprint>[^\W\d_][^()]*,\s+{YEAR})\)[.,]?\s*(?P<remark>.*)$"
)
"""A book with its publisher in brackets: ``The Tides (Quay University Press, 2015)``."""
_TOLD = re.compile(
    r"(?:I|We|Ich|Wir|Je|Nous|Yo)\s+(?:am|are|have|was|were|bin|habe|sind|haben|suis|ai|sommes|avons|estoy|soy)\b"
)


def parse_entry(text: str, bylines: Collection[str] = ()) -> Citation | None:
    """One entry of a publication list, with authors or without, and with the state of the work that it may be labelled with: "In press: …"."""
    bare, state = without_label(text)
    found = parse_citation(bare, bylines) or parse_titled(bare)
    if found is None or state is None:
        return found
    return replace(found, notes=(state, *found.notes), is_preprint=found.is_preprint or is_open(state))


def parse_titled(text: str) -> Citation | None:
    """An entry that prints no authors, such as ``Title. Venue, 2024``: the title and what follows; ``None`` without a year."""
    flat = flattened(text)
    lead = re.match(rf"^{YEAR}[.:,]?\s+", flat)
    bare = flat[lead.end() :] if lead else flat
    bare, names, notes = _without_others(bare)
    quoted = re.match(r"^[\"“](?P<title>[^\"”]{8,}?)[.,]?[\"”][.,]*\s*(?P<rest>.*)$", bare)
    published = None if quoted else _PUBLISHED.match(bare)
    if published:
        found = with_imprint(*(names or ((), True)), published["title"], published["imprint"], published["imprint"])
        remark = first_sentence(published["remark"])[0]
        notes = (*notes, remark) if remark and not is_label_line(remark) else notes
        return replace(found, notes=(*found.notes, *notes)) if found else None
    title, rest = (quoted["title"], quoted["rest"]) if quoted else title_and_rest(bare)
    if not rest:
        cut = re.search(rf",\s+(?=[^,]*{YEAR})|\s+\((?=[^()]*{YEAR}[^()]*\))", bare)
        title, rest = (bare[: cut.start()], bare[cut.end() :]) if cut else (bare, "")
    years = re.findall(rf"\b{YEAR}\b", flat)
    if not (years or quoted or names) or len(title) < 10 or (not quoted and _TOLD.match(title)):
        return None
    found = with_imprint(*(names or ((), True)), title.strip(' ,"“”.'), rest, f"{bare} {lead[0] if lead else ''}")
    state = found is not None and (found.is_preprint or any(map(is_preprint, notes)))
    return replace(found, notes=(*found.notes, *notes), is_preprint=state) if found else None


def _without_others(bare: str) -> tuple[str, tuple[tuple[Author, ...], bool] | None, tuple[str, ...]]:
    """An entry without the co-authors that it names beside its title, these, and what is said behind their names: "(with A. Byron, editors)"."""
    before = _EDITED.match(bare)
    names = name_list(before["names"]) if before else None
    if before and names:
        return bare[before.end() :], names, (before["role"],)
    led = _LED.match(bare)
    names = name_list(led["names"]) if led else None
    if led and names:
        return bare[led.end() :], names, (led["remark"],) if led["remark"] else ()
    beside = _BESIDE.search(bare)
    if beside is None:
        return bare, None, ()
    people, remark = without_remark(beside["names"])
    editors = re.search(r",\s*(?P<role>editors?|eds?\.|Hrsg\.?|Hg\.?)$", people)
    names = name_list(people[: editors.start()] if editors else people)
    if names is None:
        return bare, None, ()
    notes = tuple(n for n in (remark, editors["role"] if editors else "") if n)
    return f"{bare[: beside.start()]}. {bare[beside.end() :].lstrip(' .,')}".rstrip(), names, notes
