"""One page of a collection as it is built: its title as the heading, everything else below it in the collection's section."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.domain import BlockKind, Document, Fact, Section, Source, Span
from ingest.imprint import is_label_line
from ingest.readers.canonical import Canonical
from ingest.readers.screen import Piece

_PROSE_WORDS = 8
_NO_PROSE = re.compile(
    r"(?:recommended citation|citation recommandée|cite as|bibtex|download|télécharger|keywords?)\b", re.IGNORECASE
)


@dataclass(slots=True)
class Sheet:
    """Canonical text so far, with the section and the headings that its blocks stand under."""

    source: Source
    title: str
    canonical: Canonical = field(init=False)
    facts: list[Fact] = field(default_factory=list)
    start: int = 0
    title_end: int = 0
    _section: Section = Section.OTHER
    _path: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.canonical = Canonical(self.source.path)

    def begin(self, section: Section) -> None:
        """Sets the title above everything else of ``section``."""
        self._section = section
        self._path = (self.title,)
        span = self.add(BlockKind.HEADING, self.title, 1)
        if span is not None:
            self.start, self.title_end = span.start, span.end

    def add(self, kind: BlockKind, text: str, level: int | None = None) -> Span | None:
        """Appends a block below the title; a blank one is left out (``None``)."""
        return self.canonical.add(kind, text, level, path=self._path, section=self._section)

    def rest(self, pieces: Iterable[Piece]) -> list[Span | None]:
        """Appends the body of the page, but not the title again, and returns where its blocks stand; ``None`` for a heading."""
        spans: list[Span | None] = []
        for kind, text, level in pieces:
            if kind is BlockKind.HEADING:
                if text.casefold() == self.title.casefold():
                    continue
                self._path = (self.title, text)
                self.add(kind, text, max(level or 2, 2))
                spans.append(None)
            else:
                span = self.add(kind, text)
                spans += [span] if span else []
        self._path = (self.title,)
        return spans

    def prose(self, spans: Sequence[Span | None]) -> Span | None:
        """From the first sentence to the last of what a body tells before its first heading, or below it where nothing stands before."""
        while spans and spans[0] is None:
            spans = spans[1:]
        first = spans[: spans.index(None)] if None in spans else spans
        told = [s for s in first if s is not None and _is_prose(self.text(s))]
        return Span(self.source.path, told[0].start, told[-1].end) if told else None

    def text(self, span: Span) -> str:
        """The text of ``span``."""
        return self.canonical.text[span.start : span.end]

    @property
    def end(self) -> int:
        """Where the page ends so far."""
        return self.canonical.length

    def document(self) -> Document:
        """The finished page."""
        return Document(
            id=self.source.path,
            title=self.source.title,
            media_type="text/markdown",
            text=self.canonical.text,
            blocks=tuple(self.canonical.blocks),
            facts=tuple(self.facts),
            url=self.source.url,
        )


def _is_prose(text: str) -> bool:
    words = len(text.split()) + len(re.findall(r"[\u3400-\u9fff]", text)) // 2
    return words >= _PROSE_WORDS and not is_label_line(text) and not _NO_PROSE.match(text)
