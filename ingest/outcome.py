"""What became of each source of an ingest, for its owner: nothing that was left out, withheld or refused is silent."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pydantic import TypeAdapter

from ingest.assisted.asking import Assistance
from ingest.domain import Document, Fact, Record
from ingest.printed import dates_of

_QUOTE = 60
"""Characters of a heading or entry that a report shows."""


class Outcome(StrEnum):
    """How far a source was understood."""

    READ = "read"
    PARTLY_READ = "partly read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a source was not read."""

    reason: str
    """A sentence that ends with the next step."""
    is_kept: bool = False
    """Whether answers still come from the text of the last ingest that could read it."""
    may_pass: bool = False
    """Whether nothing but time was missing, so that the next ingest tries again although nothing changed."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was understood of one source; of a refused one that is kept, what its last readable version holds."""

    path: str
    outcome: Outcome = Outcome.READ
    reasons: tuple[str, ...] = ()
    """Why the outcome is not ``read``."""
    is_kept: bool = False
    """Whether a refused source still answers with the text of the last ingest that could read it."""
    may_pass: bool = False
    """Whether the next ingest tries a refused source again although nothing changed."""
    pages: int | None = None
    """``None`` for formats without pages."""
    characters: int = 0
    blocks: int = 0
    passages: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    """By kind; an entry that several sources hold counts where it is kept."""
    assisted: int = 0
    """Of these, how many a language model contributed."""
    dates: int = 0
    """How many dates its facts hold."""
    hidden: dict[str, int] = field(default_factory=dict)
    """Characters that nobody sees and that are in no index, by how they are hidden."""
    withheld: dict[str, int] = field(default_factory=dict)
    """Private data that no visitor is shown: places by kind, never what stands there."""
    repeated: int = 0
    """Entries that tell again of what another entry states."""
    not_understood: tuple[str, ...] = ()
    """The beginnings of headings and entries that no fact came from."""
    assumed: tuple[str, ...] = ()
    """How its reader settled doubts."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one ingest did."""

    profile: str
    generation: str
    changed: bool
    """False where the index already held exactly this."""
    files: tuple[FileReport, ...]
    passages: int
    embedded: int
    """Passages whose vectors were computed; the others kept theirs."""
    limits: tuple[str, ...] = ()
    """What bounded the process that read the sources: ``time`` everywhere, more where the system has it."""
    assistance: Assistance | None = None
    """What a language model was asked; ``None`` where none ever was."""

    @property
    def refused(self) -> tuple[FileReport, ...]:
        """The sources that could not be read."""
        return tuple(file for file in self.files if file.outcome is Outcome.REFUSED)

    @property
    def assisted(self) -> int:
        """How many facts a language model contributed."""
        return sum(file.assisted for file in self.files)


_REPORTS = TypeAdapter(Report)


def dump_report(report: Report) -> bytes:
    """``report`` as JSON."""
    return _REPORTS.dump_json(report, indent=1)


def load_report(data: bytes) -> Report:
    """The report that ``dump_report`` wrote.

    Raises:
        pydantic.ValidationError: it is no such report.
    """
    return _REPORTS.validate_json(data)


def file_reports(
    record: Record,
    stated: Sequence[Fact],
    refusals: Mapping[str, Refusal],
    withheld: Mapping[str, Mapping[str, int]],
    assisted: Iterable[Fact] = (),
) -> tuple[FileReport, ...]:
    """One report a source of the record's profile, in its order.

    ``stated`` are the facts of all documents, those included that repeat others; ``withheld`` counts private data by source and kind;
    ``assisted`` are the facts that a language model found.
    """
    from ingest.doctor.unread import not_understood  # brings every reader along, which an unchanged ingest does without

    told = Counter(link.other.document for link in record.links)
    places = {(f.span, f.kind) for f in assisted}
    helped = Counter(f.span.document for f in record.facts if (f.span, f.kind) in places)
    passages = Counter(p.span.document for p in record.passages)
    unread = not_understood(replace(record, facts=tuple(stated)))
    known = {d.id: _of_document(record, d) for d in record.documents}
    reports = []
    for source in record.profile.sources:
        found = known.get(source.path, FileReport(source.path))
        found = replace(
            found,
            passages=passages[source.path],
            assisted=helped[source.path],
            withheld=dict(withheld.get(source.path, {})),
            repeated=told[source.path],
            not_understood=tuple(_shortened(record.quote(s)) for s in unread if s.document == source.path),
        )
        reports.append(_refused(found, refusals[source.path]) if source.path in refusals else found)
    return tuple(reports)


def _of_document(record: Record, document: Document) -> FileReport:
    facts = [fact for fact in record.facts if fact.span.document == document.id]
    hidden: Counter[str] = Counter()
    for remark in document.remarks:
        if remark.kind == "hidden":
            hidden[remark.what] += remark.characters
    missed = tuple(dict.fromkeys(r.what for r in document.remarks if r.kind == "missed"))
    return FileReport(
        path=document.id,
        outcome=Outcome.PARTLY_READ if missed else Outcome.READ,
        reasons=missed,
        pages=len(document.pages) or None,
        characters=len(document.text),
        blocks=len(document.blocks),
        facts=dict(Counter(fact.kind for fact in facts)),
        dates=sum(1 for fact in facts for _ in dates_of(fact)),
        hidden=dict(hidden),
        assumed=tuple(dict.fromkeys(r.what for r in document.remarks if r.kind == "assumed")),
    )


def _refused(report: FileReport, refusal: Refusal) -> FileReport:
    told = replace(report, outcome=Outcome.REFUSED, reasons=(refusal.reason,))
    return replace(told, is_kept=refusal.is_kept, may_pass=refusal.may_pass)


def _shortened(quote: str) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= _QUOTE else f"{flat[: _QUOTE - 2].rstrip()} …"
