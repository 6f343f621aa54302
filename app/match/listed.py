"""Demands that the lists of a record answer: publications, teaching, supervision, grants, awards, service, talks, patents."""

import re
from collections.abc import Callable, Sequence

from app.match.amount import amounts
from app.match.ask import Ask, Kind, to_english
from app.match.domain import Judged
from app.match.grant import raised, without_amounts
from app.match.shelf import Line, Shelf
from app.match.terms import Term, terms
from app.match.topic import HEDGED, alternatives, judge_topic
from app.match.words import has, numbers_in, pattern, people_in
from app.question.select import venue_class
from app.record.outcome import was_gained
from ingest.domain import Degree, Fact, Honour, Item, Position, Project, Publication
from ingest.embed import Embedder
from ingest.identity import author_index
from ingest.lexical import tokens

_CITED = 3
_COVER = 0.7
"""The share of what a demand says beside its kind that an entry must have."""
_SUPERVISED = re.compile(
    r"supervis|betreu|encadr|co-?advis|advis(?:ed|ing|ees?)|mentor|指导|direct(?:ion|eur) de th", re.IGNORECASE
)
_OBJECTS = re.compile(
    r"\b(?:level|classes|staff|people|experience|universit\w*|academic|akademisch\w*|higher education|scientific|wissenschaftlich\w*|"
    r"colleagues?|peers|juniors\b|newcomers?|others|co-?workers|large|major|international|"
    r"research|external|at least|one|granted|collecti\w*|volumes?|books?|werke|gute[rsnm]?|good)\b|大学|高校",
    re.IGNORECASE,
)
_MEETINGS = re.compile(
    r"\b(?:conferences?|venues?|journals?|meetings?|meetups?|events?|konferenzen|tagungen|zeitschriften|conférences|colloques|revues|"
    r"congresos|revistas)\b|(?:英文|中文|外文)(?=期刊|论文)|顶级|会议|期刊",
    re.IGNORECASE,
)
_OF_FIELD = re.compile(
    r"\b(?:learning|NLP|vision|AI|ML|robotics|systems?|security|database) (?:conferences?|venues?)", re.IGNORECASE
)
_OF_FORM = re.compile(
    r"\b(?:including|at least|mindestens) (?:at least )?(?:one|an?|eine?) (?:monograph|book)\w*|\bbooks?\b|\b(?:strong|record|list|"
    r"several|high-impact|international|refereed|quality|track record|scientific)\b",
    re.IGNORECASE,
)
_AWARD = re.compile(
    r"\b(?:awards?|prizes?|distinctions?|honou?rs|auszeichnung\w*|prix|premios?)\b|获奖|奖项|荣誉|获得过?|\bof\b",
    re.IGNORECASE,
)
_BOOK = re.compile(r"monogra(?:ph|fi)|(?<!edited )(?<!editing )\bbooks?\b(?! chapters?| series)|专著", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|über|zum?|zur|sur|sobre)\b|关于", re.IGNORECASE)
_EDITED_BY = re.compile(r"\((?:Hg|Hrsg|Hgg|eds?|éds?|dir|coord)\.?\)|主编", re.IGNORECASE)
_VOLUME = re.compile(r"\b\d{1,4}\s?(?:\(\d[\d–/-]*\))?\s?[,:;]\s?(?:e?\d+|pp?\.)", re.IGNORECASE)
"""A volume with its pages."""
_PATENT = re.compile(r"\bpatents?\b|\bbrevets?\b|专利", re.IGNORECASE)
_EDITED = re.compile(
    r"\bedit(?:or|ed|orial)\w*\b|\(hrsg|\(eds?\.|herausgeb|beirats?\b|redaktion|advisory board|编委|comité (?:éditorial|de rédaction)",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    r"\breview(?:er|ing|ed for)\b|referee|area chair|program(?:me)? committee|\bpc member|gutacht|relecteur|审稿|领域主席",
    re.IGNORECASE,
)
_ORGANISED = re.compile(
    r"organi[sz](?:er|ed|ing|ation)|\bchair(?:ed)? (?:of )?the (?:workshop|conference)|veranstalt|组织", re.IGNORECASE
)
_PUBLIC = re.compile(
    r"\bpublic\b|abendvortrag|evening|outreach|museum|school|popular|media|newspaper|radio|podcast|grand public|科普|citizen",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"lehrbeauftrag|lecturer|profes+or|teaching|dozent|instructor|ma[iî]tre(?:sse)? de conf|docente|professeur|enseignant|讲师|教授",
    re.IGNORECASE,
)


def _is_item(kind: str) -> Callable[[Fact, str], bool]:
    return lambda fact, text: isinstance(fact, Item) and fact.kind == kind


def _is_course(fact: Fact, text: str) -> bool:
    return isinstance(fact, Item) and fact.kind == "teaching" and not _SUPERVISED.search(text)


def _is_grant(fact: Fact, text: str) -> bool:
    """Whether it is a grant, or a project with its sum of money and their part in it."""
    if isinstance(fact, Project):
        return bool(amounts(text)) and (has("led_grant", text) or has("joined_grant", text))
    return isinstance(fact, Item) and fact.kind == "grant"


def _is_prized(fact: Fact) -> bool:
    return isinstance(fact, Publication) and any(re.search(r"award|best|prize", n, re.IGNORECASE) for n in fact.notes)


def _is_work(fact: Fact, text: str) -> bool:
    return isinstance(fact, Publication)


_SHOWS: dict[Kind, Callable[[Fact, str], bool]] = {
    Kind.TEACHING: lambda f, t: _is_course(f, t) or (isinstance(f, Position) and _HELD.search(f.role or "") is not None),
    Kind.SUPERVISION: lambda f, t: (
        isinstance(f, Item | Honour | Position) and _SUPERVISED.search(pattern("own_supervisor").sub("", t)) is not None
    ),
    Kind.GRANT: lambda f, t: _is_grant(f, t) and not _PATENT.search(t),
    Kind.PATENT: lambda f, t: _is_item("patent")(f, t) or _PATENT.search(t) is not None,
    Kind.AWARD: lambda f, t: (isinstance(f, Honour) and f.is_award) or _is_prized(f),
    Kind.REVIEW: lambda f, t: isinstance(f, Honour) and not f.is_award and _REVIEWED.search(t) is not None,
    Kind.EDITORIAL: lambda f, t: isinstance(f, Honour | Publication) and _EDITED.search(t) is not None,
    Kind.ORGANISING: lambda f, t: isinstance(f, Honour | Item) and _ORGANISED.search(t) is not None,
    Kind.TALK: _is_item("talk"),
    Kind.OUTREACH: lambda f, t: isinstance(f, Item | Honour) and _PUBLIC.search(t) is not None and (isinstance(f, Honour) or f.kind == "talk"),
    Kind.PUBLICATION: _is_work,
}  # fmt: skip


_MAY_BE_PROSE = {Kind.TEACHING, Kind.SUPERVISION, Kind.OUTREACH, Kind.ORGANISING}
"""Kinds of which a line of prose may tell what no list does; a prize or a patent stands in its list."""


def judge_listed(ask: Ask, shelf: Shelf, embedder: Embedder) -> Judged:
    """The verdict on a demand of a kind that a list answers."""
    shows = _SHOWS[ask.kind]
    lines = [line for line in shelf.lines if line.fact is not None and shows(line.fact, line.text)]
    if ask.kind is Kind.SUPERVISION:
        lines += [line for line in shelf.lines if line not in lines and _mentors(line)]
    lines = [line for line in lines if not line.denies([])]
    if not lines:
        # What no list holds a line of prose may say, in its words.
        return (
            Judged("not stated")
            if ask.kind is Kind.PUBLICATION
            else judge_topic(ask, shelf, embedder, _prose(ask, shelf))
        )
    if ask.kind is Kind.PUBLICATION:
        return judge_works(ask, shelf, lines)
    firm = [line for line in lines if ask.asks_little or line.is_body or not has("hedge", line.text)]
    firm = [line for line in firm if line.fact is None or was_gained(shelf.record, line.fact)]
    groups = _rest_of(ask, shelf)
    fitting = _fitting(raised(ask.text, firm) if ask.kind is Kind.GRANT else firm, groups)
    if fitting and _reaches(ask, fitting):
        return Judged("stated", _spans(fitting))
    if ask.kind in _MAY_BE_PROSE and not ask.numbers:
        elsewhere = judge_topic(ask, shelf, embedder, _prose(ask, shelf))
        if elsewhere.verdict == "stated":
            return elsewhere
    return Judged("related", _spans(fitting or firm or lines), "" if firm else HEDGED)


def _prose(ask: Ask, shelf: Shelf) -> list[Line]:
    """The lines that may show what no list does: not the degrees, whose supervisor is somebody else."""
    others = (Degree, Publication)
    return [line for line in shelf.lines if not isinstance(line.fact, others) and not has("own_supervisor", line.text)]


def judge_works(ask: Ask, shelf: Shelf, lines: Sequence[Line]) -> Judged:
    """The verdict on a demand for publications: how many, of which topic, at which venues, in which place of the author list."""
    works = [f for f in dict.fromkeys(line.fact for line in lines) if isinstance(f, Publication)]
    own = [w for w in works if _is_own(w, shelf)]
    if has("corresponding", ask.text) and not has("first_author", ask.text):
        own = [w for w in own if _corresponds(w, shelf)]
    elif has("first_author", ask.text):
        own = [w for w in own if _is_foremost(w, shelf, has("corresponding", ask.text))]
    if re.search(
        r"peer[- ]?review|refereed|begutachtet|comité de lecture|journal|revue|zeitschrift", ask.text, re.IGNORECASE
    ):
        # Where headings tell what was reviewed, they decide; else a journal or a conference is taken for it.
        told = any(w.refereed for w in works)
        own = [w for w in own if w.refereed or (not told and _is_printed(w, shelf))]
    if re.search(r"\bh-index|citation", ask.text, re.IGNORECASE):
        return Judged("not stated")
    if _BOOK.search(_ABOUT.split(ask.text)[0]):
        books = [w for w in own if w.form == "book" and not _EDITED_BY.search(shelf.record.quote(w.span))]
        # "including a monograph": one must be there, and stands first.
        own = (
            books
            if not books or not re.search(r"\binclud\w+|darunter|dont|incluy|包括", ask.text, re.IGNORECASE)
            else [*books, *(w for w in own if w not in books)]
        )
    groups = _rest_of(ask, shelf)
    fitting = [w for w in own if not groups or any(_covers(shelf.of(w), found, any_name=True) for found in groups)]
    asked = max(ask.numbers, default=1) + (
        re.search(r"\b(?:more than|over|mehr als|über|plus de|más de)\b|超过", ask.text) is not None
    )
    if len(fitting) >= asked:
        return Judged("stated", _works(fitting))
    return Judged("related", _works(fitting or own or works))


def _is_foremost(work: Publication, shelf: Shelf, may_correspond: bool) -> bool:
    """Whether they are the first author or, where that will do, the corresponding one."""
    at = author_index(work.authors, shelf.record.profile)
    return at == 0 or (may_correspond and _corresponds(work, shelf))


def _corresponds(work: Publication, shelf: Shelf) -> bool:
    """Whether the source says that they are the corresponding author."""
    own = author_index(work.authors, shelf.record.profile) is not None
    marked = author_index((*work.corresponding, *work.marked), shelf.record.profile) is not None
    return marked or (own and has("corresponding", shelf.record.quote(work.span)))


def _is_printed(work: Publication, shelf: Shelf) -> bool:
    """Whether it is out in a journal or at a conference: by the venue's name, or a volume with its pages."""
    text = shelf.record.quote(work.span)
    return (
        work.status != "preprint"
        and not has("hedge", text)
        and (venue_class(work) is not None or _VOLUME.search(text) is not None)
    )


def _is_own(work: Publication, shelf: Shelf) -> bool:
    alone = work.authors == (shelf.record.profile.name.split()[-1],)
    return author_index(work.authors, shelf.record.profile) is not None or work.beside or alone


def _rest_of(ask: Ask, shelf: Shelf) -> list[list[Term]]:
    """What a demand says beside its kind, each alternative with its terms."""
    # A capital that only begins the demand makes no name.
    text = ask.text[:1].lower() + ask.text[1:] if ask.text[1:2].islower() and ask.language == "en" else ask.text
    bare = (_AWARD if ask.kind is Kind.AWARD else pattern(ask.kind.value)).sub(" ", text)
    if ask.kind is Kind.GRANT:
        bare = _OBJECTS.sub(" ", without_amounts(bare))
    elif ask.kind is Kind.PUBLICATION:
        bare = _OF_FORM.sub(" ", pattern("corresponding").sub(" ", pattern("first_author").sub(" ", bare)))
        bare = bare if _OF_FIELD.search(bare) else _MEETINGS.sub(" ", bare)
    else:
        bare = _OBJECTS.sub(" ", _MEETINGS.sub(" ", bare))
    found = []
    for part in alternatives(to_english(bare, ask.language)):
        told = [
            t for t in terms(part, in_english=ask.language == "en", weigh=shelf.weigh(tokens(part))) if t.weight >= 0.6
        ]
        found += [told] if told else []
    return found


def _fitting(lines: Sequence[Line], groups: Sequence[Sequence[Term]]) -> list[Line]:
    """The lines that have what is asked for: each by itself, else several together."""
    own = [line for line in lines if line.is_theirs]
    if not groups:
        return own
    single = [line for line in own if any(_covers([line], found) for found in groups)]
    if single:
        return single
    for found in groups:
        if _covers(own, found):
            return [max(own, key=lambda line: line.meets(t)) for t in found if max(line.meets(t) for line in own) > 0]
    return []


def _covers(lines: Sequence[Line], found: Sequence[Term], any_name: bool = False) -> bool:
    """Whether the lines have enough of the terms, and every name, or of venues in a list any name."""
    names = [t for t in found if t.sort == "name"]
    if any_name and names:
        found = [
            *(t for t in found if t.sort != "name"),
            max(names, key=lambda t: max((line.meets(t) for line in lines), default=0.0)),
        ]
        names = [t for t in found if t.sort == "name"]
    met = {t.label: max((line.meets(t) for line in lines), default=0.0) for t in found}
    if any(met[t.label] < 0.8 for t in names):
        return False
    return sum(met[t.label] * t.weight for t in found) / sum(t.weight for t in found) >= _COVER


def _reaches(ask: Ask, fitting: Sequence[Line]) -> bool:
    """Whether a number that is asked for is reached: by the entries, or named in one."""
    if not ask.numbers:
        return True
    most = max(ask.numbers)
    # Of supervision people and theses are counted, not hours.
    told = [
        n
        for line in fitting
        for n in (*people_in(line.text), *(() if ask.kind is Kind.SUPERVISION else numbers_in(line.text)))
    ]
    return len(fitting) >= most or any(n >= most for n in told)


def _mentors(line: Line) -> bool:
    """Whether a line of prose says that they guide others, not who guided them."""
    bare = pattern("own_supervisor").sub("", line.text)
    return re.search(
        r"\b(?:mentor(?:s|ed|ing)?|supervis(?:ed?|ing)|coach(?:ed|ing)?|advis(?:ed?|ing))\b (?!by|or\b)|"
        r"(?<![\w-])trained (?:[\w-]+ ){0,2}(?:volunteers|students|staff|colleagues|nurses|engineers|teachers|people|residents)\b",
        bare,
        re.IGNORECASE,
    ) is not None and not re.search(r"\b(?:supervised|advised|mentored) by\b", bare, re.IGNORECASE)


def _spans(lines: Sequence[Line]) -> tuple:  # type: ignore[type-arg]
    return tuple(dict.fromkeys(line.span for line in lines))[:_CITED]


def _works(works: Sequence[Publication]) -> tuple:  # type: ignore[type-arg]
    return tuple(w.span for w in works)[:_CITED]
