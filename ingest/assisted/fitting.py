"""Whether a block is one that may state what a model takes from it: under a section for that, or an entry that shows by itself what it is.

The rule, in four parts. What a section is for may be told there in any form. Anywhere else, and for kinds that only may stand in a section, an
entry has to be set as one: it begins with a value of its own, most of its words are values, and it holds the word of its kind ("Researcher",
"PhD", "Prize") with a date where such entries have one. A sentence gives positions and degrees alone, and only of the person: of "I", "she" or
the name. And what speaks to its reader, instead of about the person, gives nothing.
"""

import re
from collections.abc import Mapping, Sequence

from ingest.assisted.orders import is_order
from ingest.assisted.proposal import Kind, Unread
from ingest.authors import MARKS
from ingest.dates import find_dates, find_period
from ingest.domain import Profile, Section
from ingest.extract.heads import PARTICLES, is_employer, is_name
from ingest.extract.items import MONEY
from ingest.extract.rows import is_no_entry
from ingest.extract.words import fold, has_word
from ingest.identity import author_index

HOLDS: Mapping[Section, frozenset[Kind]] = {
    Section.EXPERIENCE: frozenset({"position"}),
    Section.EDUCATION: frozenset({"degree"}),
    Section.PUBLICATIONS: frozenset({"publication"}),
    Section.PROJECTS: frozenset({"project"}),
    Section.AWARDS: frozenset({"award"}),
    Section.SERVICE: frozenset({"service"}),
    Section.TEACHING: frozenset({"teaching"}),
    Section.TALKS: frozenset({"talk"}),
    Section.GRANTS: frozenset({"grant"}),
    Section.SKILLS: frozenset({"skill"}),
    Section.LANGUAGES: frozenset({"language"}),
    Section.INTERESTS: frozenset({"interest"}),
}
"""What each section is for; the others are for nothing in particular."""
_TELLING: Mapping[Kind, str] = {
    "position": "role", "degree": "degree", "award": "award", "service": "service", "teaching": "course", "grant": "funding", "language": "tongue",
}  # fmt: skip
"""The words by which an entry shows its kind."""
_DATED = frozenset({"award", "service", "teaching", "grant", "publication"})
"""Kinds whose entries print a date where no heading says what they are."""
_OF_A_PERSON = frozenset({"position", "degree"})
_CLOSE = frozenset({(Section.SKILLS, "language"), (Section.SERVICE, "teaching"), (Section.EDUCATION, "award")})
_OTHER_PEOPLE = re.compile(
    r"\b(?:referen[cz]|r[ée]f[ée]renc|referee|recommend|testimonial|advisees?|mentees?|mentorship|alumni|(?:team|group|lab) members|collaborators"
    r"|co-?authors|famil(?:y|ie|ia)|(?:ph\.?d\.?|doctoral|graduate|master[’']?s?|undergraduate|former|current|my|supervised)\s+students"
    r"|students? (?:advised|supervised)|doktorand\w*|betreute|encadrés|alumnos|orientandos)|推荐人|推薦者|指导学生|家庭",
    re.IGNORECASE,
)
"""Headings of other people."""
_SELF = re.compile(
    r"\b(?:I|he|she|they|ich|er|sie|je|il|elle|yo|él|ella|eu|ele|ela|io|lui|lei|ik|hij|zij)\b|我|他|她|私|彼",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"\b(?:students?|wife|husband|spouse|partner|father|mother|brother|sister|friend|colleagues?|co-?authors?|collaborators?|boss|who(?:se|m)?)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:with|mit|avec|con|com|met|by|under|von|von|par|por|da)\W*$|[与和]$", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_a-z][\w’'-]+(?:\s+[^\W\d_a-z]\.?)*\s+[^\W\d_a-z][\w’'-]+")
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|have|has|had|can|will|I|we|my|our|you|sind|ist|war|habe|haben|wir|meine[rn]?|suis|sommes|sont|est|ai|avons|mes|nos|son|soy|estoy|es|fue"
    r"|são|sou|sono|ho|é|è)\b"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.。!！]\s*$")
_SENTENCE_WORDS = 8
_FEW_WORDS = 5
_ENTRY_WORDS = 30
_MOST_WORDS = 60
_MOST_NAME_WORDS = 16
_SENTENCE_INSIDE = re.compile(r"[;；!?！？]|(?<=[a-zà-ÿ]{4})\.\s+[^\W\d_a-z]")
_NO_NAME = re.compile(
    r"(?:with|by|it|this|these|that|those|here|there|below|above|see|for|mit|avec|con|com)\b|\d[\d.,]*\s?[kKM]?\+?\s+[a-zà-ÿ]",
    re.IGNORECASE,
)
"""How what is said about an entry, or how many there are of something, begins; a name does not."""
_COVERED = 0.5


def is_of_others(path: Sequence[str]) -> bool:
    """Whether a heading names other people: referees, students, the family."""
    return any(_OTHER_PEOPLE.search(heading) for heading in path)


def may_hold(block: Unread) -> bool:
    """Whether anything that a model takes from ``block`` could be kept, so that it is worth asking about."""
    if (
        block.section is Section.CONTACT
        or is_order(block.text)
        or (is_of_others(block.path) and block.section not in HOLDS)
    ):
        return False
    shows = any(has_word(words, block.text) for words in _TELLING.values() if words != "tongue")
    return block.section in HOLDS or shows or bool(_years(block.text))


def misfit(kind: Kind, title: str, text: str, values: Sequence[str], block: Unread, profile: Profile) -> str | None:
    """Why ``text``, a part of ``block`` that prints ``values``, may not state ``title``; ``None`` where it may."""
    if is_order(block.text):
        return "an order"
    if is_of_others(block.path) and kind not in {"teaching", "service"}:
        return "other people"
    flat = " ".join(text.split())
    lead = _lead(flat, values, profile)
    speaks = kind != "publication" and _speaks(flat)
    is_told = kind in _OF_A_PERSON and (speaks or bool(lead))
    if is_told and not _is_self(flat, values, profile, speaks and block.section in HOLDS):
        return "other people"
    if kind in HOLDS.get(block.section, ()):
        return None
    if not _shows(kind, title, flat) or (speaks and kind not in _OF_A_PERSON):
        return "no fitting section"
    is_close = (block.section, kind) in _CLOSE
    is_entry = not lead and len(_words(flat)) <= _ENTRY_WORDS and _covered(flat, values) >= _COVERED
    return None if is_close or is_told or is_entry else "no fitting section"


def is_value(kind: Kind, field: str, text: str) -> bool:
    """Whether ``text`` has the form of a value: a name or a phrase, no sentence and no list; a degree by its word, an employer as a name."""
    if "@" in text or "://" in text or not re.search(r"[^\W\d_]{2}", text) or is_no_entry(text):
        return False
    if field in {"date", "author"}:
        return len(text.split()) <= _MOST_NAME_WORDS
    if kind == "publication":
        return len(text.split()) <= _MOST_WORDS
    if (
        len(text.split()) > _MOST_NAME_WORDS
        or _VERB.search(text)
        or _SENTENCE_INSIDE.search(text)
        or _NO_NAME.match(text)
    ):
        return False
    if field == "title":
        return kind != "degree" or has_word(_TELLING[kind], text)
    is_word = len(text.split()) == 1 and not text[0].islower()
    return is_word or is_employer(text) or is_name(text, _MOST_NAME_WORDS)


def is_authored(authors: Sequence[str], text: str, profile: Profile) -> bool:
    """Whether the person may be among the printed authors."""
    is_cut = re.search(r"\bet\.? al\b|\bothers\b|…|等", text) is not None
    return author_index(tuple(a.strip(f"{MARKS} ") for a in authors), profile) is not None or is_cut


def speaks_of_now(text: str) -> bool:
    """Whether a sentence is in the present tense."""
    return (
        re.search(
            r"\b(?:am|is|are|works?|serves?|leads?|bin|ist|arbeite[t]?|suis|est|travaille|soy|es|trabajo|sou|é|sono|è|lavoro|ben)\b|现任|现在|目前",
            text,
        )
        is not None
    )


def _speaks(text: str) -> bool:
    """Whether ``text`` is a sentence rather than an entry of a list."""
    words = _words(text)
    return len(words) > _FEW_WORDS and (
        _VERB.search(text) is not None or (len(words) > _SENTENCE_WORDS and _SENTENCE.search(text) is not None)
    )


def _is_self(text: str, values: Sequence[str], profile: Profile, is_known: bool) -> bool:
    """Whether the words before the first value say that it is told of the person; where that ``is_known``, that it is not told of another."""
    first = min((at for v in values if (at := text.find(v)) >= 0), default=0)
    before = text[:first]
    bare = _without_names(before, profile)
    if _PERSON.search(bare) or has_word("supervisor", bare) or _OF_OTHERS.search(bare):
        return False
    if any(_BESIDE.search(text[: text.find(v)]) and _PERSON.fullmatch(v) for v in values):
        return False
    if bare != before or _SELF.search(bare):
        return True
    return is_known and not re.search(r"(?<=\w)\W+[^\W\d_a-z]\w", bare)


def _lead(text: str, values: Sequence[str], profile: Profile) -> str:
    """The words before the first value that are no date, particle or form of the person's name."""
    found = [at for v in values if (at := text.find(v)) >= 0]
    before = text[: min(found, default=0)]
    period = find_period(before)
    cuts = [(s, e) for _, s, e in find_dates(before)] + ([(period.start, period.end)] if period else [])
    for start, end in sorted(cuts, reverse=True):
        before = before[:start] + " " * (end - start) + before[end:]
    return " ".join(
        w for w in _words(_without_names(before, profile)) if w.casefold() not in PARTICLES and not w.isdigit()
    )


def _shows(kind: Kind, title: str, text: str) -> bool:
    """Whether an entry shows by its own words that it is of ``kind``."""
    if re.search(r"\d|[/|]", title) and kind != "publication":
        return False
    if kind in _DATED and not _years(text):
        return False
    if kind == "grant":
        return has_word("funding", title) or MONEY.search(text) is not None
    if kind == "publication":
        return True  # with the person among its authors, which is looked at for all of them
    return kind in _TELLING and has_word(_TELLING[kind], title)


def _covered(text: str, values: Sequence[str]) -> float:
    """The share of the words of ``text`` that are values, dates or particles."""
    bare = text
    for value in sorted(values, key=len, reverse=True):
        bare = bare.replace(value, " ")
    left = [w for w in _words(bare) if w.casefold() not in PARTICLES and not w.isdigit()]
    return 1 - len(left) / max(1, len(_words(text)))


def _without_names(text: str, profile: Profile) -> str:
    folded = fold(text)
    for name in sorted(profile.names, key=len, reverse=True):
        at = folded.find(fold(name))
        if at >= 0 and len(folded) == len(text):
            text, folded = text[:at] + text[at + len(name) :], folded[:at] + folded[at + len(name) :]
    return text


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3040-\u30ff\u3400-\u9fff]{1,2}|[^\W_]+(?:[.’'-][^\W_]+)*", text)


def _years(text: str) -> set[int]:
    return {d.year for d, _, _ in find_dates(text) if d.year is not None}
