"""The last look before a sentence is shown: every citation must be real, and what needs a source must have one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.answer.draft import Draft, numbered, spans_in
from app.domain import Citation, Sentence
from ingest.domain import Record, Span


@dataclass(slots=True)
class Verifier:
    """Numbers citations by first appearance and drops what does not hold; counts what it dropped."""

    record: Record
    numbers: dict[Span, int] = field(default_factory=dict)
    citations: list[Citation] = field(default_factory=list)
    dropped: int = 0

    def check(self, draft: Draft) -> tuple[Sentence, tuple[Citation, ...]] | None:
        """The sentence and the citations it is the first to use, or ``None`` where it does not hold."""
        spans = spans_in(draft.text)
        if not all(self._is_real(span) for span in spans) or (not spans and not draft.is_plain):
            self.dropped += 1
            return None
        fresh = tuple(self._cited(span) for span in dict.fromkeys(spans) if span not in self.numbers)
        text = numbered(draft.text, self.numbers)
        used = tuple(dict.fromkeys(self.numbers[span] for span in spans))
        return Sentence(text, used, draft.is_item), fresh

    def _is_real(self, span: Span) -> bool:
        """Whether the span lies inside a document of the record and says something."""
        try:
            document = self.record.document(span.document)
        except KeyError:
            return False
        return span.end <= len(document.text) and bool(document.quote(span).strip())

    def _cited(self, span: Span) -> Citation:
        document = self.record.document(span.document)
        number = self.numbers[span] = len(self.numbers) + 1
        block = next((b for b in document.blocks if b.span.start <= span.start < b.span.end), None)
        path = [part for part in (block.path if block else ()) if part not in document.quote(span)]
        boxes = document.boxes_of(span)
        citation = Citation(
            n=number,
            document=span.document,
            title=document.title,
            section=" › ".join(path) or None,
            page=boxes[0].page if boxes else block.page if block else None,
            start=span.start,
            end=span.end,
            quote=document.quote(span),
            url=document.url,
            boxes=boxes,
        )
        self.citations.append(citation)
        return citation


def verified(verifier: Verifier, drafts: tuple[Draft, ...]) -> Iterator[tuple[Sentence, tuple[Citation, ...]]]:
    """What holds of ``drafts``, in order; a lead that announces a list falls with the list."""
    checked = [(draft, verifier.check(draft)) for draft in drafts]
    items_left = any(result is not None for draft, result in checked if draft.is_item)
    had_items = any(draft.is_item for draft, _ in checked)
    for draft, result in checked:
        announces = draft.is_plain and draft.text.rstrip().endswith((":", "："))
        if result is not None and not (announces and had_items and not items_left):
            yield result
