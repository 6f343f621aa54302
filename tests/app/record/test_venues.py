"""Venues: what is one series, and what only looks like it."""

import pytest

from app.record.venues import venues_of
from app.record.works import works_of
from ingest.domain import Publication
from tests.app.record.conftest import Listing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"venue": "Proceedings of the 3rd Tidal Meeting"}, {"venue": "Proceedings of the 14th Tidal Meeting"}),
        ({"venue": "Tidal Meeting 2019"}, {"venue": "Tidal Meeting 2024"}),
        ({"venue": "Shore Abstracts #225"}, {"venue": "Shore Abstracts #233"}),
        ({"venue": "Journal of Tidal Biology"}, {"venue": "Jour. Tidal Biol."}),
        ({"venue": "Journal of Quiet Seas", "venue_tag": "JQS"}, {"venue_tag": "JQS"}),
        ({"venue": "QUIET Seas"}, {"venue": "Quiet  seas"}),
        ({"venue": "第十二届 全国海洋会议"}, {"venue": "第3届 全国海洋会议"}),
    ],
)
def test_one_venue_goes_by_several_names(listing: Listing, one: dict[str, str], other: dict[str, str]) -> None:
    assert len(_venues(listing, one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"venue": "Shores"}, {"venue": "Workshop on Shores"}),
        ({"venue_tag": "ACL"}, {"venue_tag": "EACL"}),
        ({"venue": "Molecular Shores"}, {"venue": "Molecular Seas"}),
        ({"venue": "2019"}, {"venue": "2020"}),
    ],
)
def test_two_venues_stay_two(listing: Listing, one: dict[str, str], other: dict[str, str]) -> None:
    assert len(_venues(listing, one, other)) == 2


def test_a_venue_goes_by_its_short_name_else_by_what_is_printed_most(listing: Listing) -> None:
    tagged = {"venue": "Journal of Quiet Seas", "venue_tag": "JQS"}
    assert _venues(listing, tagged, {"venue": "Journal of Quiet Seas"}) == {"JQS"}
    often, once = {"venue": "Tidal Meeting 2019"}, {"venue": "Tidal Meeting 2024"}
    assert _venues(listing, once, often, often) == {"Tidal Meeting 2019"}


def test_a_paper_without_a_venue_has_none(listing: Listing) -> None:
    assert [w.venue for w in works_of(listing({}))] == [None]


def _venues(listing: Listing, *entries: dict[str, str]) -> set[str]:
    record = listing(*entries)
    papers = [fact for fact in record.facts if isinstance(fact, Publication)]
    found = venues_of(papers)
    assert len(found) == len(papers)
    return {venue.name for venue in found.values()}
