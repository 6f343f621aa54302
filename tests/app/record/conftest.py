"""Records to list: the invented people as they are ingested, and publications made by hand."""

from typing import Any, Protocol

import pytest

from app.library import Library
from app.record.works import Work, works_of
from ingest.domain import Document, Fact, Profile, Publication, Record, Span
from tests.conftest import Desk

PEOPLE = ("jonas-weber", "lina-haug", "mira-okonjo", "ravi-menon", "teo-lindqvist")


@pytest.fixture(scope="session")
def library(everyone: Desk) -> Library:
    """The library over all the invented people."""
    return Library(everyone.profiles, everyone.index, everyone.embedder)


class Listing(Protocol):
    """Makes a record of publications."""

    def __call__(self, *entries: dict[str, Any], name: str = "Ada Byron") -> Record:
        """A record of ``name`` with a publication for each of ``entries``, its fields, and its text under ``text``."""


def _listing(*entries: dict[str, Any], name: str = "Ada Byron") -> Record:
    text, facts = "", list[Fact]()
    for entry in entries:
        fields = {"title": "Untold", "authors": (name,)} | entry
        words = fields.pop("text", None) or f"{', '.join(fields['authors'])}. {fields['title']}."
        facts.append(Publication(span=Span("cv.md", len(text), len(text) + len(words)), **fields))
        text += f"{words}\n"
    document = Document("cv.md", "CV", "text/markdown", text)
    return Record(Profile("ada-byron", name), (document,), tuple(facts), (), (), "0" * 64)


@pytest.fixture
def listing() -> Listing:
    """Makes records of publications by hand."""
    return _listing


def titles(works: tuple[Work, ...]) -> list[str]:
    """What the works are called, in their order."""
    return [work.paper.title for work in works]


def only(record: Record) -> Work:
    """The one work of a record."""
    (work,) = works_of(record)
    return work
