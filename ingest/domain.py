"""What exists before any question: profiles, documents, their blocks and passages, and the facts they state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` (0-based) to ``end`` (exclusive) of one document's canonical text."""

    document: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs forward from 0: {self.start}..{self.end}")

    def covers(self, other: "Span") -> bool:
        """Whether ``other`` lies inside this span."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


class Section(StrEnum):
    """What a part of a CV is about, whatever its heading says."""

    EXPERIENCE = "experience"
    EDUCATION = "education"
    PUBLICATIONS = "publications"
    PROJECTS = "projects"
    AWARDS = "awards"
    SERVICE = "service"
    TEACHING = "teaching"
    TALKS = "talks"
    GRANTS = "grants"
    SKILLS = "skills"
    LANGUAGES = "languages"
    INTERESTS = "interests"
    CONTACT = "contact"
    SUMMARY = "summary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or table row; ``path`` holds the headings it stands under, outermost first."""

    kind: BlockKind
    span: Span
    path: tuple[str, ...] = ()
    section: Section = Section.OTHER
    level: int | None = None
    """Depth of a heading, 1 the outermost; ``None`` for every other kind."""
    page: int | None = None  # 1-based, for paged sources


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the source states it (EDTF, ISO 8601-2:2019): unknown parts are ``None``, never guessed."""

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def edtf(self) -> str:
        """The date in EDTF, an unknown year as ``XXXX``: ``2024``, ``2024-11``, ``XXXX-02-03``."""
        text = f"{self.year:04d}" if self.year is not None else "XXXX"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``; ``current`` where the source says "Present"."""

    start: PartialDate | None
    end: PartialDate | None = None
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A job, an internship, a visit."""

    kind: Literal["position"] = "position"
    span: Span
    organisation: str | None
    role: str | None
    group: str | None = None
    place: str | None = None
    period: Period | None = None
    supervisors: tuple[str, ...] = ()
    body: Span | None = None
    """What stands below the entry's head lines: the work itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Degree:
    """A degree taken or under way."""

    kind: Literal["degree"] = "degree"
    span: Span
    institution: str | None
    title: str | None
    note: str | None = None
    period: Period | None = None
    supervisors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A paper, book or preprint, as the source lists it; ``span`` is its entry without the abstract."""

    kind: Literal["publication"] = "publication"
    span: Span
    title: str
    authors: tuple[str, ...] = ()
    """As printed, without the marks that follow a name."""
    authors_complete: bool = True
    """False where the printed list ends in "et al."."""
    equal: tuple[str, ...] = ()
    """Authors marked as equal contributors, where the source's legend explains the mark."""
    marked: tuple[str, ...] = ()
    """Authors that carry a mark which the source does not explain."""
    date: PartialDate | None = None
    venue: str | None = None
    """The venue's long name as printed."""
    venue_tag: str | None = None
    """Its short name: ``ACL``, ``NeurIPS``."""
    status: Literal["preprint", "published"] | None = None
    form: Literal["book", "chapter", "thesis"] | None = None
    """What the heading above the entry says it is."""
    notes: tuple[str, ...] = ()
    """What the source adds: ``Oral``, ``Best Paper``."""
    subject: str | None = None
    """A listing's subject tag, such as ``CL``."""
    has_code: bool | None = None
    """Whether a listing marks the entry with code; ``None`` where the source has no such mark."""
    affiliation: str | None = None
    abstract: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """Something built or led."""

    kind: Literal["project"] = "project"
    span: Span
    title: str
    period: Period | None = None
    body: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Honour:
    """An award or a service to the field; ``section`` says which list it stands in."""

    kind: Literal["honour"] = "honour"
    span: Span
    title: str
    is_award: bool
    dates: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a list of courses, talks, grants, skills or languages."""

    kind: Literal["teaching", "talk", "grant", "skill", "language"]
    span: Span
    title: str
    dates: tuple[PartialDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """A stated research interest."""

    kind: Literal["interest"] = "interest"
    span: Span
    topic: str
    detail: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A public way to reach the person."""

    kind: Literal["contact"] = "contact"
    span: Span
    channel: Literal["email", "link", "phone"]
    value: str


Fact = Position | Degree | Publication | Project | Honour | Item | Interest | Contact


@dataclass(frozen=True, slots=True)
class Document:
    """One source as a person would read it: no markup, no comments, no hidden text."""

    id: str
    """The path inside the profile, with forward slashes."""
    title: str
    media_type: str
    text: str
    blocks: tuple[Block, ...] = ()
    facts: tuple[Fact, ...] = ()
    """What the format itself states; what is inferred from blocks comes from ``ingest.extract``."""
    pages: tuple[int, ...] = ()
    """Start offset of every page of a paged source."""
    url: str | None = None

    def quote(self, span: Span) -> str:
        """The verbatim text of ``span``."""
        return self.text[span.start : span.end]


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that search returns; ``text`` is exactly the text of ``span``."""

    id: str
    """From the content: the same text under the same headings keeps its id."""
    span: Span
    path: tuple[str, ...]
    text: str
    tokens: int
    """Length of ``text`` in tokens of cl100k_base."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that ``profile.toml`` names."""

    path: str
    title: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """One researcher, as ``profile.toml`` describes them."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("en",)
    sources: tuple[Source, ...] = ()
    """Empty: every readable file of the folder is a source."""
    share: tuple[str, ...] = ("email", "links")
    """The kinds of private data that may be shown."""
    origins: tuple[str, ...] = ()
    """Web origins whose pages may embed this profile."""
    greeting: str | None = None
    questions: tuple[str, ...] = ()  # suggested ones, in the owner's words

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases, as they may be printed."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything one ingest of one profile understood."""

    profile: Profile
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Passage, ...]
    """What an answer may quote: entries of facts and sentences of prose."""
    fingerprint: str
    """SHA-256 over the canonical texts and the profile."""

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError`` for any other."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def quote(self, span: Span) -> str:
        """The verbatim text of ``span`` in this record's documents."""
        return self.document(span.document).quote(span)
