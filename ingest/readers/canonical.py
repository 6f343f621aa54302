"""Builds canonical text and its blocks side by side, so that every span is exact by construction."""

from dataclasses import dataclass, field

from ingest.domain import Block, BlockKind, Section, Span


@dataclass(slots=True)
class Canonical:
    """Text so far and the blocks in it; blocks are set apart by a blank line, items and rows by a line end."""

    document: str
    parts: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(
        self,
        kind: BlockKind,
        text: str,
        level: int | None = None,
        *,
        path: tuple[str, ...] = (),
        section: Section = Section.OTHER,
        apart: bool = False,
        page: int | None = None,
    ) -> Span | None:
        """Appends one block and says where it stands; a blank one is left out (``None``). ``apart``: after a blank line, also in a list.

        ``page`` is counted from 1. ``path`` and ``section`` are for formats that state them; elsewhere ``ingest.sections.outline`` finds them out.
        """
        text = text.strip()
        if not text:
            return None
        if self.blocks:
            tight = not apart and kind in _TIGHT and self.blocks[-1].kind is kind
            self._append("\n" if tight else "\n\n")
        span = Span(self.document, self.length, self.length + len(text))
        self._append(text)
        self.blocks.append(Block(kind, span, path, section, level, page))
        return span

    @property
    def text(self) -> str:
        """The canonical text."""
        return "".join(self.parts)

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


_TIGHT = {BlockKind.ITEM, BlockKind.ROW}
