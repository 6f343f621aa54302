"""What each tool takes; what the arguments mean is said in ``prompts/mcp.yaml``."""

from typing import Annotated, Literal

from pydantic import Field, field_validator

from app.mcp.tool import Arguments, MaybeJson
from app.record.terms import Position, Status
from app.record.works import Selection, years_in

MAX_TURNS = 200
MAX_SPAN = 20_000
"""The most characters of a document that are given at once."""
READ_ON = 4_000
"""How many are given where no end is named."""
_Slug = Annotated[str, Field(min_length=1, max_length=200)]
_Words = Annotated[str, Field(max_length=500)]


class Whom(Arguments):
    """Of ``list_profiles``."""

    name: _Words | None = None


class Look(Arguments):
    """Of ``search_profile``."""

    profile: _Slug
    query: Annotated[str, Field(min_length=1, max_length=1000)]
    limit: Annotated[int, Field(ge=1, le=50)] = 5

    @field_validator("query")
    @classmethod
    def _has_words(cls, query: str) -> str:
        if not query.strip():
            raise ValueError("is empty, say what to look for")
        return query


class Said(Arguments):
    """One turn of the conversation so far."""

    role: Literal["user", "assistant"]
    text: str


class Ask(Arguments):
    """Of ``ask_profile``."""

    profile: _Slug
    question: str
    history: Annotated[tuple[Said, ...], Field(max_length=MAX_TURNS), MaybeJson] = ()


class Works(Arguments):
    """Of ``list_publications``."""

    profile: _Slug
    year: Annotated[int | str | None, Field(union_mode="left_to_right")] = None
    venue: _Words | None = None
    author_position: Position | None = None
    co_author: _Words | None = None
    status: Status | None = None
    text: _Words = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    offset: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @field_validator("year")
    @classmethod
    def _is_years(cls, year: int | str | None) -> int | str | None:
        if year is not None:
            years_in(str(year))
        return year

    @property
    def selection(self) -> Selection:
        """What is asked for, as the list takes it."""
        years = None if self.year is None else years_in(str(self.year))
        return Selection(years, self.venue, self.author_position, self.status, self.co_author, self.text)


class Place(Arguments):
    """Of ``get_source``."""

    profile: _Slug
    document: Annotated[str, Field(min_length=1, max_length=1000)]
    start: Annotated[int, Field(ge=0, le=2**31)] = 0
    end: Annotated[int, Field(ge=0, le=2**31)] | None = None


class Job(Arguments):
    """Of ``check_requirements``."""

    profile: _Slug
    job_description: str
