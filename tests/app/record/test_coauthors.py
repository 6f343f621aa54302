"""Co-authors: who is counted, who is not, and where they stand in the picture."""

import math

import pytest

from app.library import Library
from app.record.coauthors import co_authors, network, placed
from app.record.works import Selection, selected, works_of
from tests.app.record.conftest import PEOPLE, Listing


@pytest.mark.parametrize("slug", PEOPLE)
def test_the_list_behind_a_co_author_is_as_long_as_the_number(library: Library, slug: str) -> None:
    record = library.open(slug).record
    works = works_of(record)
    for person in co_authors(works):
        assert selected(record, works, Selection(co_author=person.name)) == person.works


def test_the_person_is_nobodys_co_author(listing: Listing) -> None:
    record = listing(
        {"authors": ("Tove Dahl", "Ada Byron")},
        {"authors": ("Byron, A.", "Dahl, T.")},
        {"authors": ("Byron, A.K.", "Kim Ro")},
        {"authors": ("Ro, K.",), "beside": True},
    )
    assert {p.name for p in co_authors(works_of(record))} == {"Tove Dahl", "Dahl, T.", "Kim Ro", "Ro, K."}


def test_somebody_with_the_same_surname_is_a_co_author(listing: Listing) -> None:
    record = listing({"authors": ("George Byron", "Ada Byron")})
    assert [p.name for p in co_authors(works_of(record))] == ["George Byron"]


@pytest.mark.parametrize("authors", [("Tidal Survey Consortium",), ("Ada Byron", "Tidal Survey Consortium")])
def test_a_group_is_nobody(listing: Listing, authors: tuple[str, ...]) -> None:
    assert co_authors(works_of(listing({"authors": authors}))) == ()


def test_a_name_printed_twice_in_one_list_counts_once(listing: Listing) -> None:
    (person,) = co_authors(works_of(listing({"authors": ("Ada Byron", "Kim Ro", "Kim Ro")})))
    assert len(person.works) == 1


def test_ties_are_between_those_who_stand_on_one_publication(listing: Listing) -> None:
    record = listing(
        {"authors": ("Ada Byron", "Kim Ro", "Tove Dahl")},
        {"authors": ("Ada Byron", "Kim Ro", "Tove Dahl")},
        {"authors": ("Ada Byron", "Kim Ro", "Jun Hsu")},
    )
    net = network(works_of(record), 10)
    assert [p.name for p in net.people] == ["Kim Ro", "Tove Dahl", "Jun Hsu"]
    assert {(t.one, t.other): t.works for t in net.ties} == {("kim ro", "tove dahl"): 2, ("jun hsu", "kim ro"): 1}


def test_equals_are_shown_together_or_not_at_all(listing: Listing) -> None:
    record = listing(
        {"authors": ("Ada Byron", "Kim Ro", "Tove Dahl", "Jun Hsu", "Lea Orr")},
        {"authors": ("Ada Byron", "Kim Ro", "Tove Dahl")},
    )
    net = network(works_of(record), 3)
    assert [p.name for p in net.people] == ["Kim Ro", "Tove Dahl"]
    assert net.everybody == 4
    assert len(network(works_of(record), 1).people) == 1


def test_the_picture_is_the_same_each_time_within_its_frame_and_nobody_stands_on_another(listing: Listing) -> None:
    names = [f"{first} {last}" for first in ("Kim", "Lea", "Jun", "Uma") for last in ("Ro", "Orr", "Hsu", "Dahl", "Ek")]
    record = listing(*({"authors": ("Ada Byron", *names[n : n + 4])} for n in range(17)))
    net = network(works_of(record), 24)
    spots = placed(net, 600, 400)
    assert spots == placed(net, 600, 400)
    assert len(spots) == len(names)
    assert all(0 <= x <= 600 and 0 <= y <= 400 for x, y in spots.values())
    assert min(math.dist(a, b) for a in spots.values() for b in spots.values() if a is not b) > 15


def test_no_picture_of_nobody(listing: Listing) -> None:
    assert placed(network(works_of(listing({})), 24), 600, 400) == {}


def test_one_person_stands_somewhere(listing: Listing) -> None:
    net = network(works_of(listing({"authors": ("Ada Byron", "Kim Ro")})), 24)
    ((x, y),) = placed(net, 600, 400).values()
    assert 0 <= x <= 600
    assert 0 <= y <= 400
