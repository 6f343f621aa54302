"""Makes a follow-up stand by itself: pronouns, ordinals and ellipsis are filled in from the last answer, or left alone; nothing is invented."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain import Plan
from app.question.cue import cue
from app.question.link import Mention, Vocabulary
from app.question.names import Kind
from ingest.domain import Degree, Fact, Honour, Item, Position, Project, Publication

_ORDINALS = {
    "first": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "fifth": 4,
    "last": -1,
    "1st": 0,
    "2nd": 1,
    "3rd": 2,
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
}
_ORDINAL = re.compile(
    r"(?<!\bhis )(?<!\bher )(?<!\btheir )(?<!['’]s )(?<!\bvery )\b(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd) "
    r"(?:one|paper|entry|item|of (?:them|these|those))\b(?! (?:that )?(?:he|she|they)\b)|(?<!的)第([一二三四五])(?:篇|个|项)",
    re.IGNORECASE,
)
_THEN_EMPTY = re.compile(
    r"^\s*(?:are|is|were|was) there\b|\bthere (?:are|is|were|was)\b|\bthere\s*\?\s*$", re.IGNORECASE
)
_MORE = re.compile(
    r"^\W*(?:(?:yes|ok|okay|sure|please)\W*)*(?:"
    + cue("more").pattern
    + r"|please|yes)(?: about (?:it|that|this))?(?: please)?\W*$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\W*(?:and|what about|how about|or|also|then|那么?|还有|和|以及)(?:\b|(?=\W)|(?<=[\u4e00-\u9fff]))\s*",
    re.IGNORECASE,
)
_FILLER = re.compile(r"^(?:in|at|of|from|with|for|on|only|those|the|ones|those)\s+", re.IGNORECASE)
_SUBJECT = re.compile(
    r"^\W*(?:what (?:is|are|was|were)|tell me about|explain|describe) (?!his|her|their|the most)(.{2,60}?)\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*(?:and |so |but )?(?:(?:for|since|until) )?(?P<word>how long|when|who with|with whom|from when to when|which years|what years)"
    r"(?: (?:exactly|precisely|was that|was it|was he there|was she there|were they there))?\W*$",
    re.IGNORECASE,
)
_WHEN_WHERE = re.compile(
    r"^\W*(?:and |so |but )?(?:(?:in|at|since|from|for|until) )?(?:when|where|which|what|how long)(?: (?:years?|univers\w+|places?|schools?|institut\w+))?"
    r"(?: (?:exactly|precisely|was that|were those|was it|were they))?\W*$|^\W*(?:那)?(?:什么时候|哪一?年|何时|在哪里?|哪里)(?:呢)?\W*$",
    re.IGNORECASE,
)
"""Asks for what each line of a list prints."""
_LISTING = frozenset({"awards", "honour_did", "teaching", "talks", "grants", "services", "projects"})
_ELLIPSIS_WORDS = 4
_THE_WORKS = "of the papers"


@dataclass(frozen=True, slots=True)
class Said:
    """What the last question was, made to stand by itself, and what its answer spoke of."""

    text: str
    plan: Plan
    rows: tuple[Fact, ...]
    """The facts that its answer cited, in order."""


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that stands by itself; ``facts`` are what it refers to without naming, ``asks_more`` whether it wants more of the same."""

    text: str
    facts: tuple[Fact, ...] = ()
    asks_more: bool = False
    is_place: bool = False
    """Whether ``facts`` are the post or the studies that "there" means."""
    among: tuple[Publication, ...] = ()
    """The works that "these" means, where only some of them are asked for."""
    unresolved: bool = False
    """It points at something, and nothing was said that it could mean."""


def stand_alone(text: str, said: Said | None, vocabulary: Vocabulary) -> Standalone:
    """``text`` as it would be asked without the conversation."""
    if said is None:
        return Standalone(text, unresolved=_points_nowhere(text))
    if _MORE.match(text):
        return Standalone(f"{text.strip(' ?.!')}: {_name(said)}", _focus(said)[:1], asks_more=True)
    if beside := _year_beside(text, said):
        return Standalone(beside)
    mentions = vocabulary.link(text)
    if cue("before_that").search(text) and cue("of_study").search(text):
        return Standalone(cue("before_that").sub("", text).rstrip())  # The degrees, each with its dates.
    if cue("before_that").search(text) and (anchor := _last_post(said)):
        return Standalone(
            cue("before_that").sub(f"before {anchor.organisation}", text)
            if len(text.split()) > 4
            else f"Where did {vocabulary.record.profile.name} work before {anchor.organisation}?",
            (anchor,),
        )
    if match := _ORDINAL.search(text):
        row = _row(said, match)
        if row is not None:
            return Standalone(text[: match.start()] + _quoted(row) + text[match.end() :], (row,))
    if (bare := _BARE.match(text)) and (posts := [f for f in _focus(said) if isinstance(f, Position | Degree)]):
        return _asked_of(bare, posts)
    of_list = said.plan.intent in _LISTING or any(
        isinstance(f, Item | Honour | Project | Publication) for f in said.rows
    )
    if of_list and _WHEN_WHERE.match(text):
        return _of_each(text, said)
    if cue("of_these").search(text):
        works = tuple(f for f in said.rows if isinstance(f, Publication))
        if works and (said.plan.intent != "papers" or cue("extreme").search(text)):
            return Standalone(cue("of_these").sub(_THE_WORKS, text), among=works)
        return Standalone(f"{said.text.rstrip(' ?.!')}, {text}")
    if _is_elliptic(text, mentions):
        return Standalone(_completed(text, mentions, said, vocabulary))
    return _with_pronouns(text, said, mentions)


def _year_beside(text: str, said: Said) -> str | None:
    """ "And the year after that?" asked of the year that the question before was about; ``None`` where it asks for something else."""
    shift = 1 if cue("year_after").search(text) else -1 if cue("year_before").search(text) else 0
    years = said.plan.filters.years
    if not shift or years is None or years[0] is None or years[0] != years[1]:
        return None
    asked, year = str(years[0]), str(years[0] + shift)
    rest = _LEADING.sub("", cue("year_after" if shift > 0 else "year_before").sub("", text)).strip(" ,.?!")
    if len(re.findall(r"\w{3,}", rest)) > 1:
        return f"{rest} in {year}?"
    return said.text.replace(asked, year) if asked in said.text else f"{said.text.rstrip(' ?.!')} in {year}?"


def _asked_of(bare: re.Match[str], posts: Sequence[Position | Degree]) -> Standalone:
    """ "And for how long?" asked of the post or degree that the last answer was about."""
    post = posts[0]
    where = post.organisation or post.role if isinstance(post, Position) else post.institution or post.title
    word = bare["word"].lower()
    asks = "With whom did he work" if "who" in word else "How long was he" if "long" in word else "When was he"
    same = tuple(
        p for p in posts if where in {getattr(p, n, None) for n in ("organisation", "role", "institution", "title")}
    )
    return Standalone(f"{asks} at {where}?", same, is_place=True)


def _of_each(text: str, said: Said) -> Standalone:
    """ "When?" or "Where?" asked of the one paper that was spoken of, or of the lines of a list, which print it: then the list is asked for again."""
    works = {_title(f): f for f in _focus(said) if isinstance(f, Publication)}
    if len(works) != 1:
        return Standalone(said.text)
    paper = next(iter(works.values()))
    return Standalone(
        f"{'Where' if cue('asks_where').search(text) else 'When'} was {_quoted(paper)} published?", (paper,)
    )


def _with_pronouns(text: str, said: Said, mentions: Sequence[Mention]) -> Standalone:
    named = any(m.kind in {Kind.PAPER, Kind.PROJECT, Kind.UNKNOWN} for m in mentions)
    focus = [f for f in _focus(said) if isinstance(f, Publication | Project | Honour)]
    if (match := cue("that_work").search(text)) and focus and not named:
        word = match[0].lower()
        name = f"{_quoted(focus[0])}’s" if word == "its" else _quoted(focus[0])
        return Standalone(text[: match.start()] + name + text[match.end() :], (focus[0],))
    degrees = [f for f in _focus(said) if isinstance(f, Degree) and f.title]
    if degrees and not focus and cue("supervisor").search(text) and (match := cue("that_work").search(text)):
        return Standalone(f"{text[: match.start()]}his {degrees[0].title}{text[match.end() :]}", (degrees[0],))
    subject = _SUBJECT.match(said.text)
    if (
        (match := cue("that_work").search(text))
        and subject
        and not focus
        and not named
        and match[0].lower() in {"it", "its"}
    ):
        return Standalone(
            text[: match.start()] + subject[1] + ("’s" if match[0].lower() == "its" else "") + text[match.end() :]
        )
    posts = [f for f in _focus(said) if isinstance(f, Position | Degree)]
    if (
        (match := cue("there").search(text))
        and posts
        and not any(m.kind in {Kind.ORGANISATION, Kind.INSTITUTION} for m in mentions)
    ):
        where = posts[0].organisation if isinstance(posts[0], Position) else posts[0].institution
        same = tuple(p for p in posts if where in {getattr(p, "organisation", None), getattr(p, "institution", None)})
        return Standalone(text[: match.start()] + f"at {where}" + text[match.end() :], same, is_place=True)
    return Standalone(text)


def spoken_of(said: Said | None) -> tuple[Fact, ...]:
    """The work that the last answer was about, where it was one."""
    works = tuple(f for f in _focus(said) if isinstance(f, Publication | Project)) if said else ()
    if said and said.plan.intent in {"papers_latest", "papers_oldest"}:  # beside it those are named that print no date
        works = tuple(w for w in works if isinstance(w, Publication) and w.date and w.date.year)
    return works[:1] if len({_title(w) for w in works}) == 1 else ()


def _focus(said: Said) -> tuple[Fact, ...]:
    """What was named in the question, else what the answer cited; of "before that" it is the answer."""
    return said.rows if said.plan.intent == "job_before" and said.rows else said.plan.facts or said.rows


def _row(said: Said, match: re.Match[str]) -> Fact | None:
    place = _ORDINALS[(match[1] or match[2]).lower()]
    rows = [f for f in said.rows if isinstance(f, Publication | Project | Position | Honour | Degree)]
    return rows[place] if -len(rows) <= place < len(rows) else None


def _last_post(said: Said) -> Position | None:
    posts = [f for f in (*said.rows, *said.plan.facts) if isinstance(f, Position)]
    return posts[0] if posts else None


def _is_elliptic(text: str, mentions: Sequence[Mention]) -> bool:
    """Whether ``text`` only swaps a part of the question before: "and in 2023?", "And at ACL?"."""
    rest = _LEADING.sub("", text).strip(" ?.!？。")
    short = len(rest.split()) <= _ELLIPSIS_WORDS and len(rest) <= 60
    swaps = any(m.kind not in {Kind.SELF, Kind.OTHER} for m in mentions)
    leads = _LEADING.match(text) is not None
    verb = re.search(
        r"\b(?:is|are|was|were|did|does|do|has|have|had|who|when|where|how|which|what|why)\b", rest, re.IGNORECASE
    )
    return swaps and short and verb is None and (leads or len(rest.split()) <= 3)


def _completed(text: str, mentions: Sequence[Mention], said: Said, vocabulary: Vocabulary) -> str:
    """The question before with the new name in the place of the old of its kind, or with the new name added."""
    earlier = said.text
    added = []
    for mention in mentions:
        if mention.kind in {Kind.SELF, Kind.OTHER}:
            continue
        shown = text[mention.start : mention.end]
        old = next((m for m in vocabulary.link(earlier) if _swaps(m.kind, mention.kind)), None)
        if old:
            earlier = earlier[: old.start] + shown + earlier[old.end :]
        else:
            added.append(text[mention.start : mention.end])
    if not added:
        return earlier
    rest = _LEADING.sub("", text).strip(" ?.!？。")
    return f"{earlier.rstrip(' ?.!？。')} {rest if _FILLER.match(rest) else 'in ' + rest}?"


def _swaps(old: Kind, new: Kind) -> bool:
    works = {Kind.PAPER, Kind.PROJECT, Kind.UNKNOWN}
    places = {Kind.ORGANISATION, Kind.INSTITUTION, Kind.UNKNOWN}
    return old is new or {old, new} <= works or {old, new} <= places


def _points_nowhere(text: str) -> bool:
    return bool(
        _ORDINAL.search(text)
        or cue("before_that").search(text)
        or re.search(r"\b(?:that|this) one\b|那一篇", text)
        or _MORE.match(text)
    )


def _quoted(fact: Fact) -> str:
    title = _title(fact)
    return f"“{title}”" if isinstance(fact, Publication | Project | Honour) else title


def _title(fact: Fact) -> str:
    for name in ("title", "organisation", "institution"):
        value = getattr(fact, name, None)
        if value:
            return str(value)
    return ""


def _name(said: Said) -> str:
    focus = _focus(said)
    return _quoted(focus[0]) if focus else said.text
