"""What a record can be asked about by name: every alias of its papers, projects, employers, schools, people and venues."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from app.language.gloss import gloss, language_of
from app.question.cue import word_list
from ingest.domain import Degree, Document, Fact, Position, Project, Publication, Record
from ingest.extract.words import fold, has_word
from ingest.identity import author_index, name_key, same_person
from ingest.lexical import STOP_WORDS

_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")


_ACRONYM = re.compile(r"\(([A-Z][\w.-]*[A-Z0-9][\w-]*)\)")


_COINED = re.compile(
    r"\b(?:introduc\w+|present\w*|propos\w+|develop\w*|call(?:ed)?|named|dubbed|obtain\w*|release)\s+(?:(?:an?|the|new|novel|our|own|datasets?|method|framework|model)\s+)*"
    r"([A-Z][\w-]*(?:\s[A-Z][\w-]*){0,3})"
)


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


def names_in(record: Record, others: Iterable[str]) -> Iterator[tuple[Kind, str, str, Fact | None]]:
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
            if number != own and not same_person(author, record.profile.name):
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
        if fact.role and (alias := _role_name(fact.role)):
            yield Kind.ORGANISATION, alias, fact.organisation or fact.role, fact
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
    if (
        colon
        and head.lower() not in STOP_WORDS
        and len(head) > 1
        and len(words) <= 4
        and not (len(words) == 1 and head.islower())
    ):
        yield head
        yield from ([re.sub(r"\s+Benchmark$|^The\s+", "", head)] if len(words) > 1 else [])


def _unique_prefixes(papers: list[Publication]) -> dict[Publication, set[str]]:
    """Beginnings of titles, of at least two telling words, that only one title has."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    tokens = [[t for t, _, _ in name_tokens(p.title)] for p in papers]
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
        names = {n for n in names if len(n) > 2 and not has_word("degree", n)}
        found[paper] = {n for n in names if not any(_has(n, text) for text in rest)}
    return found


def _has(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}s?\b", text) is not None


def _venue_names(paper: Publication) -> Iterator[str]:
    """What people call a venue besides its tag: the name without "Proceedings of the 59th Annual Meeting of the"."""
    if paper.venue:
        bare = re.sub(r"^.*?\b(?:Proceedings|Meeting|Conference|Workshop) (?:of|on) (?:the )?", "", paper.venue)
        if bare != paper.venue and len(bare.split()) > 1:
            yield re.sub(r":.*$", "", bare)
        yield from (acronym for acronym in _ACRONYM.findall(paper.venue) if sum(c.isupper() for c in acronym) > 1)
    if paper.venue_tag and "@" in paper.venue_tag:
        yield from paper.venue_tag.split("@")[:1]


def _role_name(role: str) -> str | None:
    """What a post is called where its employer is not named: "postdoc", or a role of several words."""
    if re.match(r"post-?\s?doc", fold(role)):
        return "postdoc"
    return role if 1 < len(role.split()) <= 4 else None


def _organisation_names(name: str) -> set[str]:
    """A name, its initials where they are no other word, and its first word where that is telling enough."""
    words = name.split()
    names = {name}
    capitals = [w for w in words if w[:1].isupper()]
    initials = "".join(w[0] for w in capitals)
    if len(capitals) > 2 or (
        len(capitals) == 2
        and has_word("organisation", name)
        and initials.lower() not in STOP_WORDS | word_list("short_words")
    ):
        names.add(initials)
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
    return names | _english_names(name)


def _english_names(name: str) -> set[str]:
    """A name of another language in English words, also with the kind of place first or last: "Federal University of X"."""
    language = language_of(name)
    read = gloss(name, language).text if language != "en" else name
    if fold(read) == fold(name):
        return set()
    words = read.split()
    kind = next((w for w in words if has_word("organisation", w)), None)
    turned = {" ".join([*words[1:2], words[0], *words[2:]])} if kind == words[0] and len(words) > 2 else set()
    return {read} | turned


def _person_names(author: str, record: Record) -> set[str]:
    """A full name and the surname alone, unless that is the profile's person's own."""
    key = name_key(author)
    surname = key.split()[-1] if " " in key else ""
    own = {name_key(n).split()[-1] for n in record.profile.names}
    names = {author, key} | ({surname} if len(surname) > 2 else set())
    return {n for n in names if name_key(n) not in own}


def name_tokens(text: str) -> list[tuple[str, int, int]]:
    """Folded words with their offsets; a possessive "s" and hyphens fall away, CJK characters stand alone."""
    found = []
    for match in _TOKEN.finditer(text):
        if match[0] in {"s", "S"} and match.start() and text[match.start() - 1] in "'’":
            continue
        found.append((fold(match[0]), match.start(), match.end()))
    return found
