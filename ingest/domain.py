"""What exists before any question: profiles, documents, their blocks and passages, and the facts they state."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.facts import (
    Contact,
    Degree,
    Fact,
    Honour,
    Interest,
    Item,
    Link,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Span,
)

__all__ = [
    "Block",
    "BlockKind",
    "Contact",
    "Degree",
    "Document",
    "Fact",
    "Honour",
    "Interest",
    "Item",
    "Link",
    "PartialDate",
    "Passage",
    "Period",
    "Position",
    "Profile",
    "Project",
    "Publication",
    "Record",
    "Section",
    "Source",
    "Span",
]


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
    links: tuple[Link, ...] = ()
    """Entries that tell again of what a fact states."""

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError`` for any other."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def linked(self, fact: Fact) -> tuple[Link, ...]:
        """What else tells of ``fact``."""
        return tuple(link for link in self.links if link.kept == fact.span)

    def quote(self, span: Span) -> str:
        """The verbatim text of ``span`` in this record's documents."""
        return self.document(span.document).quote(span)
