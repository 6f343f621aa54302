"""Finds in a question what the record names: papers, projects, employers, schools, people, venues, years."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz, process

from app.cue import word_list
from app.identity import author_index, name_key, self_pattern
from ingest.domain import Degree, Document, Fact, Honour, Position, Project, Publication, Record
from ingest.extract.words import fold, has_word
from ingest.lexical import STOP_WORDS
from ingest.sentences import is_cjk

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_ACRONYM = re.compile(r"\(([A-Z][\w.-]*[A-Z0-9][\w-]*)\)")
_COINED = re.compile(
    r"\b(?:introduc\w+|present\w*|propos\w+|develop\w*|call(?:ed)?|named|dubbed|obtain\w*|release)\s+(?:(?:an?|the|new|novel|our|own|datasets?|method|framework|model)\s+)*"
    r"([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})"
)
_PROPER = re.compile(
    r"[\"“‘']([^\"”’]{3,80})[\"”’](?!\w)|\b((?:[A-Z][\w.&-]*|[a-z]+[A-Z]\w*)(?:(?:\s|-)(?:(?:of|the|and|for|on|de|von|van)\s)*(?:[A-Z][\w.&-]*|\d+))*)"
)
_FOREIGN = re.compile(
    r"\b(?:wer|war|der|die|das|von|welche[rns]?|ist|hat|und|wie|wo|was|ein|eine|im|in|mit|für|er|sein|seine|ihm|qui|est|quel|quels|quelle|quelles|les|des|le|la|sont|a-t-il|où|"
    r"combien|son|ses|dans|una?|el|los|las|dónde|cuál|quién|qué|es|su|sus|en)\b", re.IGNORECASE
)  # fmt: skip
_YEAR = r"((?:19|20)\d{2})"
_MAX_GRAM = 14
_MIN_FUZZY_LENGTH, _FUZZY_CUTOFF = 6, 88


class Kind(StrEnum):
    """What a mention names; the value is the general word that stands for it before routing."""

    PAPER = "this paper"
    PROJECT = "this project"
    ORGANISATION = "this company"
    INSTITUTION = "this university"
    PERSON = "this person"
    VENUE = "this conference"
    LABEL = "this label"
    YEAR = "2023"
    SELF = "he"
    OTHER = "the other person"
    UNKNOWN = "this thing"


_CHINESE = {
    Kind.PAPER: "这篇论文",
    Kind.PROJECT: "这个项目",
    Kind.ORGANISATION: "这家公司",
    Kind.INSTITUTION: "这所大学",
    Kind.PERSON: "这个人",
    Kind.VENUE: "这个会议",
    Kind.YEAR: "2023",
    Kind.SELF: "他",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question, where it stands, and the facts it names."""

    kind: Kind
    start: int
    end: int
    value: str
    facts: tuple[Fact, ...] = ()


class Vocabulary:
    """Every name of one record by its folded tokens."""

    def __init__(self, record: Record, others: Iterable[str] = ()) -> None:
        self.record = record
        self._self = self_pattern(record.profile)
        self._grams: dict[tuple[str, ...], list[tuple[Kind, str, Fact | None]]] = defaultdict(list)
        for kind, alias, value, fact in _entries(record, others):
            key = tuple(token for token, _, _ in _tokens(alias))
            if key:
                self._grams[key].append((kind, value, fact))
        self._folded = [fold(d.text) for d in record.documents]
        self._words = sorted({t for key in self._grams for t in key if len(t) >= _MIN_FUZZY_LENGTH})

    def link(self, question: str) -> tuple[Mention, ...]:
        """The mentions in ``question``, in order, none inside another; the longest name wins, small typing errors are forgiven."""
        tokens = [(self._corrected(token), start, end) for token, start, end in _tokens(question)]
        found: list[Mention] = []
        for size in range(min(_MAX_GRAM, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                entries = self._grams.get(tuple(t for t, _, _ in tokens[first : first + size]))
                start, end = tokens[first][1], tokens[first + size - 1][2]
                if entries and not any(m.start < end and start < m.end for m in found):
                    found += self._mention(question, entries, start, end, size)
        found += [m for m in self._initials(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        for match in self._self.finditer(question):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(Kind.SELF, match.start(), match.end(), self.record.profile.name))
        for match in re.finditer(rf"(?<![\d.-]){_YEAR}(?![\d.]\d)", question):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(Kind.YEAR, match.start(), match.end(), match[1]))
        found += [m for m in self._unknown(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        return tuple(sorted(found, key=lambda m: m.start))

    def _unknown(self, question: str) -> Iterator[Mention]:
        """Proper names that stand nowhere in the record; ordinary words at their edges are trimmed."""
        foreign = is_foreign(question)
        for match in _PROPER.finditer(question):
            if not match[1] and _is_plain_word(match[2], question[: match.start()], foreign):
                continue
            group = 1 if match[1] else 2
            start, end = match.span(group)
            words = [(m[0], start + m.start(), start + m.end()) for m in re.finditer(r"[^\s]+", question[start:end])]
            while words and words[0][0].lower().strip(".,?!") in word_list("ordinary"):
                words.pop(0)
            while words and words[-1][0].lower().strip(".,?!") in word_list("ordinary"):
                words.pop()
            if not words:
                continue
            start, end = words[0][1], words[-1][1] + len(words[-1][0].rstrip(".,?!;:"))
            name = question[start:end]
            if len(name) > 1 and not name.isdigit() and not self.knows(name):
                yield Mention(Kind.UNKNOWN, start, end, name)

    def knows(self, name: str) -> bool:
        """Whether ``name`` stands anywhere in the record's texts, hyphens and blanks aside: "WMT21" is "WMT-21"."""
        pieces = re.findall(r"[^\W\d_]+|\d+", fold(name))
        pattern = re.compile(r"(?<!\w)" + r"[\W_]{0,2}".join(map(re.escape, pieces)) + r"(?!\w)")
        return any(pattern.search(text) for text in self._folded)

    def _initials(self, question: str) -> Iterator[Mention]:
        """Capitals that can stand for an employer or school: "MSRA" for Microsoft Research Asia."""
        for match in re.finditer(r"\b[A-Z]{3,6}\b", question):
            for fact in self.record.facts:
                name = (
                    fact.organisation
                    if isinstance(fact, Position)
                    else fact.institution
                    if isinstance(fact, Degree)
                    else None
                )
                if name and _abbreviates(match[0], name):
                    kind = Kind.ORGANISATION if isinstance(fact, Position) else Kind.INSTITUTION
                    same = (f for f in self.record.facts if isinstance(f, Position | Degree) and name in _employers(f))
                    yield Mention(kind, match.start(), match.end(), name, tuple(same))
                    break

    def _corrected(self, token: str) -> str:
        if len(token) < _MIN_FUZZY_LENGTH or (token,) in self._grams or token in self._words or token in STOP_WORDS:
            return token
        best = process.extractOne(token, self._words, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF)
        return best[0] if best and best[0][0] == token[0] and best[0].rstrip("s") != token.rstrip("s") else token

    def _mention(
        self, question: str, entries: list[tuple[Kind, str, Fact | None]], start: int, end: int, size: int
    ) -> Iterator[Mention]:
        kinds = sorted({kind for kind, _, _ in entries}, key=list(Kind).index)
        shown = question[start:end]
        for kind in kinds[:1]:
            if kind is Kind.PERSON and size == 1 and not shown[:1].isupper():
                return
            if kind is Kind.VENUE and size == 1 and shown.islower() and len(shown) < 4:
                return
            facts = tuple(
                dict.fromkeys(f for k, _, f in entries if f is not None and k in {kind, Kind.PROJECT, Kind.PAPER})
            )
            yield Mention(kind, start, end, next(v for k, v, _ in entries if k is kind), facts)


def _is_plain_word(name: str, before: str, foreign: bool) -> bool:
    """Whether a capital only opens a sentence, or, in a language that writes nouns so, says nothing."""
    marked = re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", name) is not None
    opens = not before.strip() or before.rstrip()[-1:] in ".?!:"
    return not marked and (foreign or (opens and len(name.split()) == 1 and "-" not in name))


def _employers(fact: Position | Degree) -> tuple[str | None, ...]:
    return (fact.organisation, fact.group) if isinstance(fact, Position) else (fact.institution,)


def _abbreviates(capitals: str, name: str) -> bool:
    """Whether ``capitals`` holds the initials of ``name`` in order and otherwise only letters of it in order."""
    initials = [w[0] for w in name.split() if w[:1].isupper()]
    rest, letters = iter(capitals), iter(name.upper())
    in_order = len(initials) >= 2 and all(i in rest for i in initials)
    return in_order and capitals[0] == initials[0] and all(c in letters for c in capitals)


def is_foreign(question: str) -> bool:
    """Whether a question in Latin script looks like German, French or Spanish rather than English."""
    return len(_FOREIGN.findall(question)) >= 2 and not re.search(
        r"\b(?:the|does|did|which|what|who|how|when|where|his|her)\b", question, re.IGNORECASE
    )


def masked(question: str, mentions: Iterable[Mention], unknown: Kind = Kind.PAPER) -> str:
    """``question`` with every mention replaced by its general word, so that examples fit any profile; unknown names count as ``unknown``."""
    parts, last = [], 0
    chinese = is_cjk(question)
    for mention in mentions:
        kind = unknown if mention.kind is Kind.UNKNOWN else mention.kind
        parts += [question[last : mention.start], _CHINESE.get(kind, kind.value) if chinese else kind.value]
        last = mention.end
    return "".join([*parts, question[last:]])


def _entries(record: Record, others: Iterable[str]) -> Iterator[tuple[Kind, str, str, Fact | None]]:
    for name in others:
        yield Kind.OTHER, name, name, None
    papers = [f for f in record.facts if isinstance(f, Publication)]
    prefixes = _unique_prefixes(papers)
    coined = _coined_names(record, papers)
    for paper in papers:
        names = {paper.title, *prefixes.get(paper, ()), *coined.get(paper, ()), *_short_title(paper.title)}
        yield from ((Kind.PAPER, name, paper.title, paper) for name in names)
        yield from ((Kind.VENUE, name, name, None) for name in (paper.venue_tag, paper.venue) if name)
        yield from ((Kind.VENUE, name, paper.venue_tag or name, None) for name in _venue_names(paper))
        if paper.affiliation:
            yield Kind.LABEL, paper.affiliation, paper.affiliation, None
        own = author_index(paper.authors, record.profile)
        for number, author in enumerate(paper.authors):
            if number != own:
                yield from ((Kind.PERSON, alias, author, None) for alias in _person_names(author, record))
    for fact in record.facts:
        yield from _career_entries(fact, record)


def _career_entries(fact: Fact, record: Record) -> Iterator[tuple[Kind, str, str, Fact | None]]:
    if isinstance(fact, Project):
        yield from ((Kind.PROJECT, name, fact.title, fact) for name in {fact.title, *_short_title(fact.title)})
    elif isinstance(fact, Position):
        if fact.organisation:
            yield from (
                (Kind.ORGANISATION, name, fact.organisation, fact) for name in _organisation_names(fact.organisation)
            )
        if fact.group:
            yield Kind.ORGANISATION, fact.group, fact.organisation or fact.group, fact
    elif isinstance(fact, Degree) and fact.institution:
        yield from (
            (Kind.INSTITUTION, alias, fact.institution, fact) for alias in _organisation_names(fact.institution)
        )
    if isinstance(fact, Position | Degree):
        for person in fact.supervisors:
            yield from ((Kind.PERSON, alias, person, None) for alias in _person_names(person, record))


def _short_title(title: str) -> Iterator[str]:
    """The name before a colon: "RegMix: Data Mixture …" → "RegMix"."""
    head, colon, _ = title.partition(":")
    words = head.split()
    if colon and len(words) <= 4 and not (len(words) == 1 and head.islower()):
        yield head
        yield from ([re.sub(r"\s+Benchmark$|^The\s+", "", head)] if len(words) > 1 else [])


def _unique_prefixes(papers: list[Publication]) -> dict[Publication, set[str]]:
    """Beginnings of titles, of at least two telling words, that only one title has."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    tokens = [[t for t, _, _ in _tokens(p.title)] for p in papers]
    for number, words in enumerate(tokens):
        for size in range(2, len(words)):
            owners[tuple(words[:size])].add(number)
    found: dict[Publication, set[str]] = defaultdict(set)
    for gram, numbers in owners.items():
        telling = [w for w in gram if w not in STOP_WORDS and len(w) > 2]
        if len(numbers) == 1 and (len(telling) >= 2 or len(gram) >= 4) and gram[-1] not in STOP_WORDS:
            found[papers[next(iter(numbers))]].add(" ".join(gram))
    return found


def _coined_names(record: Record, papers: list[Publication]) -> dict[Publication, set[str]]:
    """Acronyms and coined names of a paper's abstract that no other abstract uses."""
    documents: dict[str, Document] = {d.id: d for d in record.documents}
    texts = {p: documents[p.span.document].quote(p.abstract) if p.abstract else "" for p in papers}
    found: dict[Publication, set[str]] = {}
    for paper, text in texts.items():
        names = {m[1] for m in _ACRONYM.finditer(text)} | {m[1] for m in _COINED.finditer(text)}
        names |= {w for w in re.findall(r"\w+", paper.title) if sum(c.isupper() for c in w) > 1}
        rest = [f"{q.title} {t}" for q, t in texts.items() if q is not paper]
        found[paper] = {n for n in names if len(n) > 2 and not any(_has(n, text) for text in rest)}
    return found


def _has(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}s?\b", text) is not None


def _venue_names(paper: Publication) -> Iterator[str]:
    """What people call a venue besides its tag: the name without "Proceedings of the 59th Annual Meeting of the"."""
    if paper.venue:
        bare = re.sub(r"^.*?\b(?:Proceedings|Meeting|Conference|Workshop) (?:of|on) (?:the )?", "", paper.venue)
        if bare != paper.venue and len(bare.split()) > 1:
            yield re.sub(r":.*$", "", bare)
    if paper.venue_tag and "@" in paper.venue_tag:
        yield from paper.venue_tag.split("@")[:1]


def _organisation_names(name: str) -> set[str]:
    """A name, its initials where it has three words or more, and its first word where that is telling enough."""
    words = name.split()
    names = {name}
    capitals = [w for w in words if w[:1].isupper()]
    if len(capitals) >= 3:
        names.add("".join(w[0] for w in capitals))
    if (
        words
        and len(words[0]) > 3
        and not has_word("organisation", words[0])
        and not has_word("group", words[0])
        and words[0][:1].isupper()
    ):
        names.add(words[0])
    if len(words) > 2 and has_word("organisation", words[-1]):
        names.add(" ".join(words[:-1]))
    return names


def _person_names(author: str, record: Record) -> set[str]:
    """A full name and the surname alone, unless that is the profile's person's own."""
    key = name_key(author)
    surname = key.split()[-1] if " " in key else ""
    own = {name_key(n).split()[-1] for n in record.profile.names}
    return {author, key} | ({surname} if len(surname) > 2 and surname not in own else set())


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Folded words with their offsets; a possessive "s" and hyphens fall away, CJK characters stand alone."""
    found = []
    for match in _TOKEN.finditer(text):
        if match[0] in {"s", "S"} and match.start() and text[match.start() - 1] in "'’":
            continue
        found.append((fold(match[0]), match.start(), match.end()))
    return found


def honours_named(record: Record, words: Iterable[str], needed: float = 0.6) -> tuple[Honour, ...]:
    """The honours whose words cover at least ``needed`` of ``words`` (stems), best first."""
    from ingest.lexical import tokens

    asked = set(words)
    scored = []
    for fact in record.facts:
        if isinstance(fact, Honour) and asked:
            share = len(asked & set(tokens(fact.title))) / len(asked)
            scored.append((share, fact))
    return tuple(f for share, f in sorted(scored, key=lambda pair: -pair[0]) if share >= needed)
