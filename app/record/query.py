"""What a caller of the API or a visitor asks of the list of publications, and the file that answers."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.library import Library
from app.record.export import FORMATS
from app.record.terms import Position, Status
from app.record.works import Selection, selected, works_of, years_in

_BYTE_ORDER_MARK = "\ufeff"
_Text = Annotated[str, Field(max_length=500)]


class PublicationsQuery(BaseModel):
    """The filters as they stand in an address; unknown ones are errors."""

    model_config = ConfigDict(extra="forbid")

    year: Annotated[str, Field(max_length=20)] | None = None
    """``2024``, ``2019-2024``, ``2019-``, ``-2019`` or ``not_stated``."""
    venue: _Text | None = None
    position: Position | None = None
    status: Status | None = None
    co_author: _Text | None = None
    q: _Text = ""
    """Words of the entry."""

    @field_validator("year")
    @classmethod
    def _is_years(cls, year: str | None) -> str | None:
        if year is not None:
            years_in(year)
        return year

    @property
    def selection(self) -> Selection:
        """What is asked for, as the list takes it."""
        years = years_in(self.year) if self.year else None
        return Selection(years, self.venue, self.position, self.status, self.co_author, self.q)


@dataclass(frozen=True, slots=True)
class PublicationsFile:
    """A list of publications, ready to be sent."""

    name: str
    """What the file is called on the visitor's disk."""
    media_type: str
    text: str


def publications_file(library: Library, slug: str, suffix: str, query: PublicationsQuery) -> PublicationsFile | None:
    """The publications of ``slug`` that ``query`` asks for; ``None`` where nothing is written with that ``suffix``.

    Raises:
        ProfileNotFound, IndexUnusable: see ``Library.open``.
    """
    written = next((f for f in FORMATS.values() if f.suffix == suffix), None)
    if written is None:
        return None
    record = library.open(slug).record
    works = works_of(record)
    text = written.write(record, selected(record, works, query.selection), works)
    # A spreadsheet that opens a file without the mark takes it for another encoding.
    mark = _BYTE_ORDER_MARK if suffix == FORMATS["csv"].suffix else ""
    return PublicationsFile(f"{slug}-publications.{suffix}", written.media_type, mark + text)
