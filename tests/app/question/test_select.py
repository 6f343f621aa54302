"""Filters over facts: nothing is cut, the document's order is kept."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Filters
from app.question.select import (
    abbreviates,
    asks_own_place,
    at_venue,
    distinct,
    has_co_author,
    newest_year,
    publications,
    venue_class,
)
from ingest.domain import Fact, Honour, PartialDate, Period, Position, Profile, Publication, Record, Span

MIRA = Profile("mira-okonjo", "Mira Okonjo", aliases=("M. Okonjo",))
SPAN = Span("cv.md", 0, 1)


def paper(title: str, year: int | None = 2020, **fields: Any) -> Publication:
    """A publication by Mira Okonjo, whatever ``fields`` say otherwise."""
    fields.setdefault("authors", ("Mira Okonjo",))
    return Publication(span=SPAN, title=title, date=PartialDate(year), **fields)


def record(*facts: Fact) -> Record:
    """A record with nothing but facts."""
    return Record(MIRA, (), facts, (), (), "")


PAPERS = (
    paper("Tides", 2019, venue="Journal of Quiet Seas", venue_tag="JQS", status="published", notes=("Best Paper",)),
    paper("Ports", 2021, status="preprint", authors=("Lena Abadi", "Mira Okonjo"), equal=("Lena Abadi", "Mira Okonjo")),
    paper("Ice", 2021, venue="Workshop on Cold Things", venue_tag="COLD", status="published", has_code=True),
    paper("Fish", 2022, venue_tag="EACL", authors=("Lena Abadi", "Bo Li", "M. Okonjo"), status="published"),
    paper("Whales", 2023, venue_tag="ACL", authors=("The Sonar Crew",), notes=("Oral",), has_code=False, subject="SD"),
    paper(
        "Ships", None, authors=("Lena Abadi", "Bo Li"), authors_complete=False, affiliation="Northlight", subject="RO"
    ),
    paper("Buoys", 2023, authors=("Mira Okonjo", "Lena Abadi"), marked=("Mira Okonjo",), authors_complete=False),
)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(), "Tides Ports Ice Fish Whales Ships Buoys"),
        (Filters(years=(2021, 2021)), "Ports Ice"),
        (Filters(years=(2022, None)), "Fish Whales Buoys"),
        (Filters(years=(None, 2021)), "Tides Ports Ice"),
        (Filters(years=(2021, 2022)), "Ports Ice Fish"),
        (Filters(years=(1990, 1999)), ""),
        (Filters(undated=True), "Ships"),
        (Filters(status="preprint"), "Ports"),
        (Filters(status="published"), "Tides Ice Fish"),
        (Filters(venue="ACL"), "Whales"),
        (Filters(venue="eacl"), "Fish"),
        (Filters(venue="Journal of Quiet Seas"), "Tides"),
        (Filters(venue_class="journal"), "Tides"),
        (Filters(venue_class="workshop"), "Ice"),
        (Filters(venue_class="conference"), "Fish Whales"),
        (Filters(co_author="Lena Abadi"), "Ports Fish Ships Buoys"),
        (Filters(co_author="abadi, lena"), "Ports Fish Ships Buoys"),
        (Filters(co_author="Lena"), ""),
        (Filters(note="oral"), "Whales"),
        (Filters(note="award"), "Tides"),
        (Filters(has_code=True), "Ice"),
        (Filters(has_code=False), "Whales"),
        (Filters(subject="RO"), "Ships"),
        (Filters(organisation="Northlight"), "Ships"),
        (Filters(author_rank=1), "Tides Ice Buoys"),
        (Filters(author_rank=2), "Ports"),
        (Filters(author_rank=3), "Fish"),
        (Filters(author_rank=-1), "Ports Fish"),
        (Filters(authorship="equal"), "Ports"),
        (Filters(authorship="marked"), "Buoys"),
        (Filters(authorship="not_printed"), "Whales Ships"),
        (Filters(co_author="Lena Abadi", years=(2023, 2023)), "Buoys"),
    ],
)
def test_a_filter_keeps_what_satisfies_it_in_the_order_of_the_source(filters: Filters, titles: str) -> None:
    assert " ".join(p.title for p in publications(record(*PAPERS), filters)) == titles


@given(
    st.lists(st.sampled_from(PAPERS), max_size=8),
    st.sampled_from([1, 2, -1]),
    st.sampled_from(["Lena Abadi", "Bo Li"]),
    st.integers(2018, 2024),
)
def test_two_filters_select_what_both_of_them_select(
    papers: list[Publication], rank: int, name: str, year: int
) -> None:
    held = record(*papers)
    one, other = Filters(author_rank=rank, years=(year, None)), Filters(co_author=name)
    both = replace(one, co_author=name)
    assert set(publications(held, both)) == set(publications(held, one)) & set(publications(held, other))


@given(st.lists(st.sampled_from(PAPERS), max_size=8), st.integers(2018, 2024))
def test_a_year_splits_the_dated_papers_in_two(papers: list[Publication], year: int) -> None:
    held = record(*papers)
    until, after = (publications(held, Filters(years=y)) for y in ((None, year), (year + 1, None)))
    undated = publications(held, Filters(undated=True))
    assert sorted(p.title for p in (*until, *after, *undated)) == sorted(p.title for p in distinct(held))


def test_every_publication_of_the_record_is_listed_and_nothing_else() -> None:
    prize = Honour(span=SPAN, title="Prize", is_award=True)
    assert distinct(record(PAPERS[0], prize, *PAPERS[1:])) == PAPERS


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"venue": "Transactions on Ice"}, "journal"),
        ({"venue": "Nature"}, "journal"),
        ({"venue": "Proceedings of the 3rd Conference on Ice"}, "conference"),
        ({"venue_tag": "ICE@COLD"}, "workshop"),
        ({"venue": "Nature", "status": "preprint"}, None),
        ({}, None),
    ],
)
def test_the_name_of_a_venue_tells_its_class(fields: dict[str, Any], kind: str | None) -> None:
    assert venue_class(paper("Ice", **fields)) == kind


@pytest.mark.parametrize(
    ("venue", "there"),
    [("ICE", True), ("ice", True), ("NICE", False), ("ICER", False), ("Cold Things", True), ("old Things", False)],
)
def test_a_venue_is_a_whole_name_and_not_a_part_of_another(venue: str, there: bool) -> None:
    assert at_venue(paper("Ice", venue="Journal of Cold Things", venue_tag="ICE"), venue) is there


def test_the_place_in_which_a_workshop_is_held_is_not_the_venue_of_its_papers() -> None:
    assert not at_venue(paper("Ice", venue_tag="ICE@COLD"), "COLD")


def test_a_co_author_is_a_printed_name_and_not_a_part_of_one() -> None:
    assert has_co_author(paper("Ice", authors=("Lena Abadi-Sand",)), "abadi sand, lena")
    assert not has_co_author(paper("Ice", authors=("Lena Abadi-Sand",)), "Lena Abadi")


def test_the_newest_year_counts_every_kind_of_fact_and_is_none_without_a_date() -> None:
    job = Position(span=SPAN, organisation="Port", role=None, period=Period(PartialDate(2018), PartialDate(2024)))
    prize = Honour(span=SPAN, title="Prize", is_award=True, dates=(PartialDate(2025), PartialDate(None, 3)))
    assert newest_year((*PAPERS, job)) == 2024
    assert newest_year((*PAPERS, job, prize)) == 2025
    assert newest_year([paper("Ice", None)]) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("phys. rev. lett.", "physical review letters", True),
        ("physical review letters", "phys. rev. lett.", True),
        ("j. of cold eng.", "journal of cold engineering", False),
        ("jour. of cold eng.", "journal of cold engineering", True),
        ("phys. rev.", "physical review letters", False),
        ("phys. lett. rev.", "physical review letters", False),
        ("nat.", "nature", False),
        ("cold letters", "cold letters", False),
    ],
)
def test_a_journal_is_shortened_word_by_word_and_never_to_one_letter(one: str, other: str, same: bool) -> None:
    assert abbreviates(one, other) is same


def test_a_shortened_venue_is_where_the_paper_appeared() -> None:
    assert at_venue(paper("Ice", venue="Journal of Cold Engineering"), "Jour. Cold Eng.")


ALONE = (
    paper("Ice", form="book", status="published"),
    paper("Fog", authors=("Mira Okonjo", "Bo Li"), form="chapter"),
    paper("Rain", authors_complete=False, status="preprint"),
    paper("Hail", beside=True),
)


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(is_sole=True), "Ice"),
        (Filters(without=("book",)), "Fog Rain Hail"),
        (Filters(without=("chapter", "preprint")), "Ice Hail"),
        (Filters(without=("book",), is_sole=True), ""),
    ],
)
def test_works_alone_have_one_author_and_no_other_and_what_is_left_out_does_not_count(
    filters: Filters, titles: str
) -> None:
    assert " ".join(p.title for p in publications(record(*ALONE), filters)) == titles


def test_a_list_that_prints_the_others_alone_prints_nobody_beside_a_work_of_one() -> None:
    among = (paper("Snow", authors=()), paper("Sleet", authors=("Bo Li",), beside=True))
    assert [p.title for p in publications(record(*among), Filters(is_sole=True))] == ["Snow"]
    assert publications(record(paper("Snow", authors=())), Filters(is_sole=True)) == ()


@pytest.mark.parametrize(
    ("filters", "asks"),
    [
        (Filters(author_rank=1), True),
        (Filters(is_sole=True), True),
        (Filters(authorship="equal"), True),
        (Filters(authorship="not_printed"), False),
        (Filters(co_author="Bo Li"), False),
    ],
)
def test_some_filters_ask_for_the_person_s_own_place_among_the_authors(filters: Filters, asks: bool) -> None:
    assert asks_own_place(filters) is asks
