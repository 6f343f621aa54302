"""The page that a structured source is rendered to: a name, sections, entries and citations, each with the fact it states."""

from dataclasses import dataclass, field

from ingest.domain import BlockKind, Document, Fact, Section, Source, Span
from ingest.readers.canonical import Canonical
from ingest.sections import section_of


@dataclass(slots=True)
class Page:
    """Canonical text so far, its blocks, and the facts that the format states; a section's heading appears with its first block."""

    source: Source
    media_type: str
    canonical: Canonical = field(init=False)
    facts: list[Fact] = field(default_factory=list)
    open_is_current: bool = False
    """Whether an entry with a start and no end goes on, as some formats define it."""
    section: Section = Section.OTHER
    _path: tuple[str, ...] = ()
    _shown: int = 0
    """How many headings of the path stand on the page already."""

    def __post_init__(self) -> None:
        self.canonical = Canonical(self.source.path)

    def name(self, text: str) -> None:
        """The person's name, as the title of the page."""
        self.canonical.add(BlockKind.HEADING, text, 1)

    def open(self, heading: str, section: Section | None = None) -> None:
        """Begins a section; without ``section`` the heading's words decide."""
        self.section = section or section_of(heading) or Section.OTHER
        self._path, self._shown = (heading,), 0

    def close(self) -> None:
        """Ends the section: what follows stands under no heading."""
        self.section, self._path, self._shown = Section.OTHER, (), 0

    def sub(self, heading: str) -> None:
        """Begins a part of the open section."""
        self._path = (*self._path[:1], heading)
        self._shown = min(self._shown, 1)

    def add(self, kind: BlockKind, text: str, *, under: tuple[str, ...] = (), apart: bool = False) -> Span | None:
        """Appends a block below the open headings and the entry headings ``under`` them; a blank one is left out (``None``)."""
        if not text.strip():
            return None
        for depth in range(self._shown + 1, len(self._path) + 1):
            path = self._path[:depth]
            self.canonical.add(BlockKind.HEADING, path[-1], depth + 1, path=path, section=self.section)
        self._shown = len(self._path)
        path = (*self._path, *under)
        level = len(path) + 1 if kind is BlockKind.HEADING else None
        return self.canonical.add(kind, text, level, path=path, section=self.section, apart=apart)

    @property
    def heading(self) -> str:
        """The heading of the open section."""
        return self._path[0] if self._path else ""

    @property
    def is_in_entry(self) -> bool:
        """Whether the last block belongs to the text of an entry."""
        blocks = self.canonical.blocks
        return bool(blocks) and len(blocks[-1].path) > len(self._path)

    def state(self, fact: Fact) -> None:
        """Records what an entry just added states."""
        self.facts.append(fact)

    def document(self) -> Document:
        """The finished document."""
        return Document(
            id=self.source.path,
            title=self.source.title,
            media_type=self.media_type,
            text=self.canonical.text,
            blocks=tuple(self.canonical.blocks),
            facts=tuple(self.facts),
            url=self.source.url,
        )


def part(span: Span, text: str, value: str) -> Span:
    """Where ``value`` stands in ``text``, which is the text of ``span``."""
    start = span.start + text.rindex(value)
    return Span(span.document, start, start + len(value))
