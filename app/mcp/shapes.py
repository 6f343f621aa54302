"""What each tool gives, for its output schema; where our own nouns say it already (``Answer``), they are the schema."""

from dataclasses import dataclass
from typing import Any

from app.domain import Citation, ModelUse
from app.match.domain import Importance, Protected, Verdict
from app.record.terms import Position


@dataclass(frozen=True, slots=True)
class Source:
    """A document; its id is what get_source takes."""

    id: str
    title: str
    media_type: str
    characters: int
    pages: int | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Post:
    """A position held now, with the place that states it."""

    text: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person; slug is what the other tools take as profile."""

    slug: str
    name: str
    aliases: list[str]
    role: str | None
    posts: list[Post]
    fields: list[str]
    links: list[str]
    publications: int
    publication_years: list[int] | None
    counts: dict[str, int]
    documents: list[Source]
    read: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class People:
    """unavailable names the slugs that cannot be asked at present."""

    profiles: list[Person]
    unavailable: list[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """quote is the document's text from start to end; score compares passages of this search only, higher is better."""

    score: float
    path: list[str]
    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class FoundFact:
    """One typed entry; values holds what it states, quote its exact words; score compares facts of this search only."""

    score: float
    kind: str
    values: dict[str, Any]
    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """Both lists best first."""

    profile: str
    fingerprint: str
    passages: list[Passage]
    facts: list[FoundFact]


@dataclass(frozen=True, slots=True)
class Stretch(Source):
    """text is exactly the document's text from start to end; characters is the length of the whole document."""

    profile: str
    start: int
    end: int
    section: str | None
    page: int | None
    text: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class EntryPlace:
    """Where an entry stands, and its exact words."""

    document: str
    title: str
    start: int
    end: int
    quote: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """Where else the documents list the same work."""

    relation: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication; null is what the entry does not print."""

    key: str
    title: str
    authors: list[str]
    authors_complete: bool
    authors_without_person: bool
    author_position: list[Position] | None
    author_rank: int | None
    equal_contribution: list[str]
    corresponding: list[str]
    year: int | None
    date: str | None
    venue: str | None
    venue_tag: str | None
    venue_group: str | None
    status: str | None
    form: str | None
    refereed: bool | None
    notes: list[str]
    source: EntryPlace
    listed_again: list[Again]


@dataclass(frozen=True, slots=True)
class Unstated:
    """How many of all publications do not print it, or print an author list that is cut."""

    year: int
    venue: int
    author_position: int
    complete_authors: int


@dataclass(frozen=True, slots=True)
class Entries:
    """count: how many the filters select; total: how many there are; publications: this page of them; co_author: the name as printed."""

    profile: str
    fingerprint: str
    count: int
    total: int
    offset: int
    co_author: str | None
    unstated: Unstated
    publications: list[Entry]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requirements got each verdict."""

    stated: int
    related: int
    not_stated: int


@dataclass(frozen=True, slots=True)
class Requirement:
    """start and end are offsets into the job description; [n] in why marks citation n."""

    text: str
    start: int
    end: int
    importance: Importance
    verdict: Verdict
    why: str
    citations: list[int]
    question: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A job description held against one record; not_evaluated is what may not be asked of anybody."""

    profile: str
    name: str
    language: str
    summary: str
    notice: str
    counts: Counts
    requirements: list[Requirement]
    not_evaluated: list[Protected]
    citations: list[Citation]
    mode: str
    fingerprint: str
    remarks: list[str]
    model: ModelUse | None = None
