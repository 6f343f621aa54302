"""The list of publications: what is asked for is what questions are answered with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain import Filters
from app.library import Library
from app.question.select import publications
from app.record.works import Selection, searched, selected, works_of, years_in
from ingest.domain import PartialDate
from tests.app.record.conftest import PEOPLE, Listing, only, titles


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_publication_is_listed_once_and_the_newest_first(library: Library, slug: str) -> None:
    record = library.open(slug).record
    works = works_of(record)
    assert {w.paper.span for w in works} == {p.span for p in publications(record, Filters())}
    years = [w.year for w in works]
    dated = [year for year in years if year is not None]
    assert dated == sorted(dated, reverse=True)
    assert years == [*dated, *[None] * (len(years) - len(dated))]


@pytest.mark.parametrize("slug", PEOPLE)
@pytest.mark.parametrize(
    ("selection", "filters"),
    [
        (Selection(position="first"), Filters(author_rank=1)),
        (Selection(position="last"), Filters(author_rank=-1)),
        (Selection(position="sole"), Filters(is_sole=True)),
        (Selection(position="not_stated"), Filters(authorship="not_printed")),
        (Selection(status="preprint"), Filters(status="preprint")),
        (Selection(years=(2020, None)), Filters(years=(2020, None))),
        (Selection(years=(2018, 2022)), Filters(years=(2018, 2022))),
        (Selection(years=(None, None)), Filters(undated=True)),
        (Selection(co_author="Okafor C"), Filters(co_author="Okafor C")),
        (Selection(venue="Molecular Shores"), Filters(venue="Molecular Shores")),
    ],
)
def test_a_filter_selects_what_the_same_filter_of_a_question_does(
    library: Library, slug: str, selection: Selection, filters: Filters
) -> None:
    record = library.open(slug).record
    listed = {w.paper.span for w in selected(record, works_of(record), selection)}
    assert listed == {p.span for p in publications(record, filters)}


@pytest.mark.parametrize("slug", PEOPLE)
def test_every_work_has_one_place_among_the_authors(library: Library, slug: str) -> None:
    for work in works_of(library.open(slug).record):
        assert len({"first", "middle", "last", "not_stated"} & set(work.positions)) == 1


@pytest.mark.parametrize(
    ("fields", "positions"),
    [
        ({"authors": ("Ada Byron",)}, ("first", "sole")),
        ({"authors": ("Ada Byron",), "authors_complete": False}, ("first",)),
        ({"authors": ("Ada Byron", "Tove Dahl")}, ("first",)),
        ({"authors": ("Tove Dahl", "Ada Byron", "Kim Ro")}, ("middle",)),
        ({"authors": ("Tove Dahl", "Ada Byron")}, ("last",)),
        ({"authors": ("Tove Dahl", "Ada Byron"), "authors_complete": False}, ("middle",)),
        ({"authors": ("Tove Dahl", "Kim Ro")}, ("not_stated",)),
        ({"authors": ("Tove Dahl",), "beside": True}, ("not_stated",)),
        ({"authors": ()}, ("not_stated",)),
    ],
)
def test_the_place_among_the_authors_is_what_the_list_shows(
    listing: Listing, fields: dict[str, object], positions: tuple[str, ...]
) -> None:
    assert only(listing(fields)).positions == positions


def test_words_are_found_without_their_accents_in_any_order(listing: Listing) -> None:
    record = listing({"title": "Über Ämter und Märkte"}, {"title": "Ämter"})
    found = selected(record, works_of(record), Selection(text="MARKTE amter"))
    assert titles(found) == ["Über Ämter und Märkte"]


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_that_is_searched_for_breaks_the_list(text: str) -> None:
    from tests.app.record.conftest import _listing

    record = _listing({"title": "Tidal [engines] (2nd ed.)"})
    works = works_of(record)
    found = selected(record, works, Selection(text=text))
    assert found in ((), works)
    assert searched(record, works[0])


def test_a_venue_is_its_own_list_not_every_venue_with_its_name_in_it(listing: Listing) -> None:
    record = listing(
        {"title": "One", "venue": "Shores"}, {"title": "Two", "venue": "Workshop on Shores"}, {"title": "Three"}
    )
    works = works_of(record)
    assert titles(selected(record, works, Selection(venue="Shores"))) == ["One"]
    assert titles(selected(record, works, Selection(venue="Workshop"))) == ["Two"]
    assert titles(selected(record, works, Selection(venue="not_stated"))) == ["Three"]


def test_a_month_without_its_year_is_no_year(listing: Listing) -> None:
    assert only(listing({"date": PartialDate(None, 4, 2)})).year is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2024", (2024, 2024)),
        ("2019-2024", (2019, 2024)),
        ("2019-", (2019, None)),
        ("-2019", (None, 2019)),
        ("not_stated", (None, None)),
    ],
)
def test_years_are_read_as_they_are_written(text: str, years: tuple[int | None, int | None]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize("text", ["", "-", "24", "2019–2024", "20192024", "last year", "2019-24", "2024 "])
def test_what_is_no_year_is_refused_with_what_to_give(text: str) -> None:
    with pytest.raises(ValueError, match="give 2024"):
        years_in(text)


def test_the_works_of_an_empty_record_are_none(library: Library) -> None:
    record = library.open("ravi-menon").record
    assert works_of(record) == ()
    assert selected(record, (), Selection(text="anything")) == ()
