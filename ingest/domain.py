"""What exists before any question: profiles, documents, their blocks and passages, and the facts they state."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

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
    "Box",
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
    "Remark",
    "Section",
    "Source",
    "Span",
    "Strip",
    "Word",
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
    """Depth of a heading, 1 the outermost, or of an item in nested lists; ``None`` for every other kind."""
    page: int | None = None  # 1-based, for paged sources


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader noticed that the text does not show: for the owner's report, never for an answer. It holds nothing of what it is about."""

    kind: Literal["hidden", "missed", "assumed"]
    """``hidden``: text that nobody sees and that was left out; ``missed``: a part that could not be read; ``assumed``: how a doubt was settled."""
    what: str
    """In words: ``of the colour behind it``, ``intro.tex is not there``."""
    characters: int = 0
    """Of hidden text, how much."""
    page: int | None = None


class Word(NamedTuple):
    """Where one printed word stands, or one character of Chinese or Japanese; in points from the left edge of the page as it is shown."""

    start: int
    """Its first character in the text; ``start == end`` for a mark that the text leaves out, such as the number of an item."""
    end: int
    left: float
    right: float


class Strip(NamedTuple):
    """Words side by side on one printed line; ``top`` and ``bottom`` in points from the top edge of the page as it is shown."""

    page: int
    """Counted from 1."""
    top: float
    bottom: float
    words: tuple[Word, ...]


class Box(NamedTuple):
    """A rectangle on a page, as fractions of the page's width and height from its top left corner."""

    page: int
    """Counted from 1."""
    x0: float
    y0: float
    x1: float
    y1: float


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
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of every page as it is shown, in points."""
    strips: tuple[Strip, ...] = ()
    """Where the text is printed, in the order of the text; empty for a source without pages."""
    url: str | None = None
    remarks: tuple[Remark, ...] = ()
    """What was left out or settled while it was read."""

    def quote(self, span: Span) -> str:
        """The verbatim text of ``span``."""
        return self.text[span.start : span.end]

    def boxes_of(self, span: Span) -> tuple[Box, ...]:
        """Where ``span`` is printed, a box for each line of it; empty where the source has no pages."""
        return tuple(box for strip in self.strips if (box := self._box(strip, span)) is not None)

    def _box(self, strip: Strip, span: Span) -> Box | None:
        if strip.words and (strip.words[0].start >= span.end or strip.words[-1].end <= span.start):
            return None
        words = [w for w in strip.words if max(w.start, span.start) < min(w.end, span.end)]
        if not words:
            return None
        width, height = self.sizes[strip.page - 1]
        first, last = words[0], words[-1]
        left = _between(first, max(first.start, span.start))
        right = _between(last, min(last.end, span.end))
        x0, y0, x1, y1 = left / width, strip.top / height, right / width, strip.bottom / height
        return Box(strip.page, *(round(min(max(edge, 0.0), 1.0), 4) for edge in (x0, y0, x1, y1)))


def _between(word: Word, at: int) -> float:
    """About where in ``word`` the character ``at`` begins."""
    return word.left + (word.right - word.left) * (at - word.start) / (word.end - word.start)


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
    links: tuple[str, ...] = ()
    """Addresses of the person on the web."""
    photo: str | None = None
    """A picture of the person, by its path inside the profile."""

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
    older: tuple[Fact, ...] = ()
    """What older documents say otherwise than newer ones, of which ``facts`` holds the word."""

    def document(self, document_id: str) -> Document:
        """The document of that id; raises ``KeyError`` for any other."""
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def linked(self, fact: Fact) -> tuple[Link, ...]:
        """What else tells of ``fact``."""
        return tuple(link for link in self.links if link.kept == fact.span)

    def contradicted(self, fact: Fact) -> tuple[Fact, ...]:
        """What older documents say otherwise of the post or degree that ``fact`` states."""
        spans = {link.other for link in self.linked(fact) if link.relation == "outdated"}
        return tuple(f for f in self.older if f.span in spans)

    def quote(self, span: Span) -> str:
        """The verbatim text of ``span`` in this record's documents."""
        return self.document(span.document).quote(span)
