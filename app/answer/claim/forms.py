"""The forms in which a claim is looked for: without what says nothing, turned round, its subject named."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import get_args

from app.answer.claim.folding import fold, plain
from app.answer.claim.implied import Statement
from app.answer.claim.wording import IN_ALL, IT, LEAD_IN, POSTS, PRO_DROP, SHOWS, THEY, UNDER, WHEN_FIRST
from app.answer.phrase import words
from app.domain import Language
from ingest.dates import MONTH, find_period, parse_date
from ingest.domain import Period

_THEM = re.compile(r"(?<!^)\b(?:they|them)\b")
"""Others than the person: a "we" of the source."""
_LABELLED = re.compile(
    r"^(?:The|Her|His|Their)\s+(?P<label>[\w-]+(?:\s[\w-]+)?)\s+(?:of|for)\s+(?:his|her|their|the)\s+(?P<of>[^:]+?),?\s+(?:was|is|were|are)\s+(?P<what>.+)$"
)
"""A sentence that says first what is asked: "The supervisor of her PhD in Physics, Northlab University, was …"."""
_FOR_WHOM = re.compile(
    r"^(?:For|In) (?:the|her|his|their)\s+(?P<of>[^:]+?),\s+(?:the|her|his|their)\s+(?P<label>[\w-]+(?:\s[\w-]+)?)\s+(?:was|is|were|are)\s+(?P<what>.+)$"
)
"""The same, with what it is of in front: "For the MSc Physics, Northlab University, the supervisor was …"."""
_THERE_WAS = re.compile(
    r",?\s*\b(?:there (?:was|were|is|are)|il n['’]y (?:a|avait)(?= pas| aucun)|il y (?:a|avait)|es gab|gab es|hubo|c['’]era(?:no)?|houve)\b",
    re.IGNORECASE,
)
"""What a source without a verb leaves out: "no difference"."""
_BYLINE = re.compile(
    r"^(?:The |Der |L['’]|El |Il |O )?(?:\w+ )?the paper,?"
    r"(?P<by> (?:(?:by|von|par|de|di|por) (?P<authors>[^()]{3,200}?) ?)?\((?P<year>(?:19|20)\d\d)\))(?=,? \w)",
    re.IGNORECASE,
)
"""Behind a title its authors and year: "the paper by Ann Byrd & Ada Noor (2021) shows …"."""
_WORD = re.compile(r"[^\W\d_]+")
_OWNED = re.compile(
    r"\b(?P<what>(?:CV|record|page|profile?|profilo|perfil|Profil|Lebenslauf|curr[ií]culum|interests|Interessen|intereses|interessi"
    r"|PhD|doctorate|degrees?|posts?)) "
    r"(?:of|for|von|de|di|do|da|d['’]) ?(?P<name>[A-ZÀ-Þ][\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){0,3})(?=[\s,;:.])"
)
"""What is somebody's, with whose: "the profile of Ada Noor"."""
_IN_YEAR = re.compile(
    rf",?\s+(?:in|im|en|em|nel)\s+(?P<when>(?:(?:{MONTH})\s+(?:d[eo]l?\s+)?)?(?:19|20)\d\d)(?!\s*[-–]|\w)",
    re.IGNORECASE,
)
"""A time at which something was so: "in September 2016"."""


def unowned(text: str, own: frozenset[str]) -> str:
    """A claim without the person's name behind "CV", "profile", "interests": "The profile of Ada Noor lists …"."""
    return _OWNED.sub(lambda m: m["what"] if {fold(w) for w in _WORD.findall(m["name"])} <= own else m[0], text)


def forms(text: str) -> Iterator[str]:
    """A claim as it is, without what says nothing, and with the subject that it leaves out or names by "they"."""
    yield text
    as_cv = IT.sub("The CV", text)
    yield as_cv
    yield LEAD_IN.sub("", as_cv)
    if shows := SHOWS.match(text):
        yield text[shows.end() :]
    if under := UNDER.match(text):
        yield f"{under['label'] or under['then'] or under['one']}: {under['what']}"
    if label := _LABELLED.match(text):
        yield f"{label['of']}. {label['label']}: {label['what']}"
    if posts := POSTS.match(text):
        yield from (f"{lead} {text[posts.end() :]}" for lead in _leads_to_posts())
    if who := _FOR_WHOM.match(text):
        yield f"{who['of']}. {who['label']}: {who['what']}"
    yield _THERE_WAS.sub(", ", text)
    if PRO_DROP.match(text):
        yield f"Ella {text}"
    yield THEY.sub("The authors", text)
    yield _THEM.sub("the authors", text)
    yield IN_ALL.sub("", text)
    behind = WHEN_FIRST.sub(r"\2 \1", text.rstrip(" ."))
    yield behind
    if " since " in behind.lower():
        yield re.sub(r"\bhas been\b", "is", behind)


@cache
def _leads_to_posts() -> tuple[str, ...]:
    """How the program leads in to earlier posts, in every language."""
    return tuple(words(language, "summary_before", list="").strip(" .。") for language in get_args(Language))


def of_paper(text: str, statements: Sequence[Statement]) -> Iterator[tuple[str, int]]:
    """A claim with a title in it as one about the paper, and the group of what is told of that."""
    for head in dict.fromkeys(s for s in statements if s.kind == "head"):
        about = re.sub(rf"[“\"„«]\s?{re.escape(head.text)}[.,]?\s?[”“\"»]", "the paper", text)
        if about == text:
            continue
        yield about, head.group
        by = _BYLINE.match(about)
        if by and any(_is_by(by, head.text, s.text) for s in statements):
            yield about[: by.start("by")] + about[by.end() :], head.group


def _is_by(byline: re.Match[str], title: str, entry: str) -> bool:
    """Whether an entry has a title, and the authors and the year that are given behind it."""
    printed, authors = plain(entry), plain(byline["authors"] or "")
    return plain(title) in printed and authors in printed and (byline["year"] or "") in printed


def at_time(text: str, statements: Sequence[Statement]) -> Iterator[tuple[str, int]]:
    """A claim without the one time that it names, and the group of each entry whose period holds that."""
    named = list(_IN_YEAR.finditer(text))
    if len(named) != 1:
        return
    for dated in statements:
        found = find_period(dated.text) if dated.kind == "date" and dated.group else None
        if found and _holds(found.period, named[0]["when"]):
            yield text[: named[0].start()] + text[named[0].end() :], dated.group


def _holds(period: Period, when: str) -> bool:
    """Whether a time lies within a period, as far as both say."""
    date = parse_date(when)
    if date is None or date.year is None or period.start is None or period.start.year is None:
        return False
    first, last = (date.year, date.month or 12), (date.year, date.month or 1)
    end = period.end
    is_begun = (period.start.year, period.start.month or 1) <= first
    if end is None:
        return is_begun and period.current
    return is_begun and end.year is not None and last <= (end.year, end.month or 12)
