"""Counts: every number is the length of a list, and all lists together are the whole."""

import pytest

from app.library import Library
from app.record.counts import by_position, by_status, by_venue, by_year
from app.record.works import Selection, selected, works_of
from ingest.domain import PartialDate
from tests.app.record.conftest import PEOPLE, Listing


@pytest.mark.parametrize("slug", PEOPLE)
def test_years_and_venues_each_hold_every_work_once(library: Library, slug: str) -> None:
    works = works_of(library.open(slug).record)
    for counts in (by_year(works), by_venue(works)):
        held = [work.paper.span for count in counts for work in count.works]
        assert len(held) == len(set(held)) == len(works)


@pytest.mark.parametrize("slug", PEOPLE)
def test_a_bar_lists_as_many_as_it_says(library: Library, slug: str) -> None:
    record = library.open(slug).record
    works = works_of(record)
    for count in by_year(works):
        years = (count.year, count.year) if count.works else None
        assert years is None or selected(record, works, Selection(years=years)) == count.works
    for venue in by_venue(works):
        asked = Selection(venue=venue.venue.name if venue.venue else "not_stated")
        assert selected(record, works, asked) == venue.works
    for position, number in by_position(works):
        assert len(selected(record, works, Selection(position=position))) == number > 0
    for status, number in by_status(works):
        assert len(selected(record, works, Selection(status=status))) == number > 0


def test_a_year_without_works_between_two_with_some_is_there(listing: Listing) -> None:
    record = listing({"date": PartialDate(2019)}, {"date": PartialDate(2022), "status": "preprint"}, {})
    counts = by_year(works_of(record))
    assert [(c.year, len(c.works), c.preprints) for c in counts] == [
        (2019, 1, 0), (2020, 0, 0), (2021, 0, 0), (2022, 1, 1), (None, 1, 0),
    ]  # fmt: skip


def test_nothing_is_counted_of_nothing() -> None:
    assert [*by_year(()), *by_venue(()), *by_position(()), *by_status(())] == []


def test_the_most_frequent_venue_comes_first_and_none_last(listing: Listing) -> None:
    record = listing({}, {}, {"venue": "Zebra"}, {"venue": "Aardvark"}, {"venue": "Moth"}, {"venue": "Moth"})
    names = [count.venue.name if count.venue else None for count in by_venue(works_of(record))]
    assert names == ["Moth", "Aardvark", "Zebra", None]
