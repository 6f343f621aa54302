"""The typed rows that a record is asked about; each holds the span that states it, and ``None`` for what is not stated."""

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the source states it (EDTF, ISO 8601-2:2019): unknown parts are ``None``, never guessed.

    ``month`` is 1 to 12, or a season as EDTF level 1 numbers them: 21 spring, 22 summer, 23 autumn, 24 winter.
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    @property
    def first_month(self) -> int:
        """The month to count from: January where none is stated, the first of a season in the north."""
        return {21: 3, 22: 6, 23: 9, 24: 12}.get(self.month or 1, self.month or 1)

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
    """A job, an internship, a visit.

    Every value stands in ``span``, but for an employer that is printed once for several positions, with its place: in a heading above
    them, at the head of their block, or in the entry above one that says "ibid.".
    """

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
    """A degree taken or under way; its institution may stand above its span, as the employer of a position may."""

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
    beside: bool = False
    """Whether the names are those of the others alone: "with A. Byron"."""
    equal: tuple[str, ...] = ()
    """Authors marked as equal contributors, where the source's legend explains the mark."""
    corresponding: tuple[str, ...] = ()
    """Authors whose mark the source explains as the corresponding author's."""
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
    refereed: bool | None = None
    """Whether the heading above the entry says that it was reviewed by peers."""
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
    """One line of a list of courses, talks, grants, patents, skills or languages."""

    kind: Literal["teaching", "talk", "grant", "patent", "skill", "language"]
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
class Link:
    """Two entries that tell of one thing."""

    kept: Span
    """The entry of the fact that stands for both."""
    other: Span
    relation: Literal["repeat", "preprint", "project", "outdated"]
    """``repeat``: the same again; ``preprint``: an earlier version of the work; ``project``: the project that the work belongs to;
    ``outdated``: what an older document says otherwise."""
