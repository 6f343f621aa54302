"""Counting, listing and ordering publications: every counted row is cited."""

import re
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.answer.draft import spans_in
from app.answer.listed import condition_text, details, mark_beside, people_text
from app.answer.papers import coauthors, latest, oldest, paper_rows, worked_with
from app.domain import Aggregate, Filters, Language
from app.question.select import publications
from ingest.domain import PartialDate, Position, Publication, Span
from tests.app.conftest import Stage, cites, quoted, told

COUNT: dict[str, Any] = {"intent": "papers", "aggregate": Aggregate.COUNT}
LIST: dict[str, Any] = {"intent": "papers", "aggregate": Aggregate.LIST}


def paper(number: int, title: str, year: int | None = 2020, **fields: Any) -> Publication:
    """A publication by Mira Okonjo, cited by the characters at ``number``."""
    fields.setdefault("authors", ("Mira Okonjo",))
    return Publication(span=Span("cv.md", 80 + number, 100 + number), title=title, date=PartialDate(year), **fields)


PAPERS = (
    paper(0, "Tides", 2021, status="preprint"),
    paper(1, "Ports", 2021, authors=("Lena Abadi", "Mira Okonjo"), equal=("Lena Abadi", "Mira Okonjo")),
    paper(2, "Whales", 2022, authors=("Sonar Crew",), notes=("Oral",)),
    paper(3, "Ships", None, authors=("Lena Abadi", "Bo Li"), authors_complete=False),
    paper(4, "Fish", 2023, authors=("Lena Abadi", "Bo Li", "Cara Diaz")),
)


def test_the_whole_record_is_counted_and_every_row_cited(mira: Stage) -> None:
    scene = mira.facts(*PAPERS).scene("How many papers?", **COUNT)
    first = paper_rows(scene).drafts[0]
    assert "5 publications" in first.text
    assert set(spans_in(first.text)) == {p.span for p in PAPERS}


def test_what_the_source_does_not_show_is_told_with_the_count_of_everything(mira: Stage) -> None:
    drafts = paper_rows(mira.facts(*PAPERS).scene("How many papers?", **COUNT)).drafts
    text = told(drafts)
    assert "2 of the 5 print the name Mira Okonjo, 1 of them first" in text
    assert "signed collectively (Sonar Crew)" in text
    assert "et al." in text
    assert "1 of them is a preprint" in text
    (named,) = (d for d in drafts if "print the name" in d.text and "2 of the 5" in d.text)
    assert set(spans_in(named.text)) == {PAPERS[0].span, PAPERS[1].span}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(years=(2021, 2021)), ["Tides", "Ports"]),
        (Filters(status="preprint"), ["Tides"]),
        (Filters(co_author="Lena Abadi"), ["Ports", "Ships", "Fish"]),
        (Filters(author_rank=1), ["Tides"]),
        (Filters(note="oral"), ["Whales"]),
    ],
)
@pytest.mark.parametrize("aggregate", [Aggregate.COUNT, Aggregate.LIST])
def test_a_selection_is_listed_with_its_number_and_one_source_a_row(
    mira: Stage, filters: Filters, titles: list[str], aggregate: Aggregate
) -> None:
    scene = mira.facts(*PAPERS).scene("Which papers?", intent="papers", filters=filters, aggregate=aggregate)
    lead, *rest = paper_rows(scene).drafts
    items = [d for d in rest if d.is_item]
    assert re.search(rf"\b{len(titles)} publications?\b", lead.text)
    assert [re.findall("“(.+?)”", told(d))[0] for d in items] == titles
    assert [spans_in(d.text) for d in items] == [(p.span,) for p in PAPERS if p.title in titles]


def test_entries_without_a_year_are_mentioned_where_a_year_is_asked(mira: Stage) -> None:
    scene = mira.facts(*PAPERS).scene("How many in 2021?", filters=Filters(years=(2021, 2021)), **COUNT)
    last = paper_rows(scene).drafts[-1]
    assert "no year" in last.text
    assert spans_in(last.text) == (PAPERS[3].span,)


def test_equal_contributions_behind_another_name_are_told_with_first_authorships(mira: Stage) -> None:
    scene = mira.facts(*PAPERS).scene("On which is she first author?", filters=Filters(author_rank=1), **LIST)
    (draft,) = (d for d in paper_rows(scene).drafts if "equal contributor" in d.text)
    assert spans_in(draft.text) == (PAPERS[1].span,)


def test_a_mark_that_no_legend_explains_is_said_to_be_unexplained(mira: Stage) -> None:
    marked = paper(1, "Ports", authors=("Lena Abadi", "Mira Okonjo"), marked=("Mira Okonjo",))
    scene = mira.facts(marked, PAPERS[0]).scene("Where is she marked?", filters=Filters(authorship="marked"), **LIST)
    assert "does not explain the mark" in told(paper_rows(scene))


@pytest.mark.parametrize("filters", [Filters(years=(1999, 1999)), Filters(note="spotlight"), Filters(has_code=True)])
def test_a_selection_of_nothing_is_refused_with_the_number_there_is(mira: Stage, filters: Filters) -> None:
    found = paper_rows(mira.facts(*PAPERS).scene("Which?", filters=filters, **LIST))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "among the 5" in told(found)


@pytest.mark.parametrize("composer", [paper_rows, latest, oldest, coauthors])
def test_a_record_without_publications_refuses(mira: Stage, composer: Any) -> None:
    found = composer(mira.facts().scene("How many papers?", **COUNT))
    assert (found.status, found.reason) == ("refused", "not_in_sources")


def test_a_count_inside_a_count_gives_both_numbers(mira: Stage) -> None:
    text = "How many papers are from 2021, and how many of them are preprints?"
    filters = Filters(years=(2021, 2021), status="preprint")
    first, second, *_ = paper_rows(mira.facts(*PAPERS).scene(text, filters=filters, **COUNT)).drafts
    assert "2 publications" in first.text
    assert set(spans_in(first.text)) == {PAPERS[0].span, PAPERS[1].span}
    assert "1 publication " in second.text
    assert spans_in(second.text) == (PAPERS[0].span,)


@pytest.mark.parametrize(
    ("years", "more", "counts"), [((2021, 2022), "More in 2021", ("2", "1")), ((2022, 2023), "As many", ("1", "1"))]
)
def test_two_years_are_set_against_each_other_and_every_row_cited(
    mira: Stage, years: tuple[int, int], more: str, counts: tuple[str, str]
) -> None:
    scene = mira.facts(*PAPERS).scene("More in one or the other?", years_compared=years, **COUNT)
    found = paper_rows(scene)
    assert more in told(found)
    assert all(count in told(found) for count in counts)
    asked = {p.span for p in PAPERS if p.date and p.date.year in years}
    assert set(spans_in(found.drafts[0].text)) == asked


@pytest.mark.parametrize(("composer", "title"), [(latest, "Fish"), (oldest, "Whales")])
def test_the_newest_and_oldest_are_the_dated_ones_and_what_has_no_year_is_said(
    mira: Stage, composer: Any, title: str
) -> None:
    facts = (PAPERS[2], PAPERS[3], PAPERS[4])
    first, last = composer(mira.facts(*facts).scene("Which?", intent="papers_latest")).drafts
    assert title in first.text
    assert "no year" in last.text
    assert cites(last, PAPERS[3].span)


def test_where_several_are_the_newest_all_are_listed(mira: Stage) -> None:
    tied = (paper(0, "Tides", 2023), paper(1, "Ports", 2023), paper(2, "Ice", 2020))
    text = told(latest(mira.facts(*tied).scene("Newest?")))
    assert "2 publications" in text
    assert "Ice" not in text


def test_months_and_days_decide_between_papers_of_one_year(mira: Stage) -> None:
    early = replace(paper(0, "Tides"), date=PartialDate(2023, 2, 7))
    late = replace(paper(1, "Ports"), date=PartialDate(2023, 11))
    assert "Ports" in told(latest(mira.facts(early, late).scene("Newest?")))
    assert "Tides" in told(oldest(mira.facts(early, late).scene("Oldest?")))


def test_co_authors_are_counted_over_the_papers_that_print_the_name(mira: Stage) -> None:
    shared = (
        paper(0, "Tides", authors=("Mira Okonjo", "Lena Abadi", "Bo Li")),
        paper(1, "Ports", authors=("Abadi, Lena", "Mira Okonjo")),
        paper(2, "Ice", authors=("Lena Abadi", "Bo Li")),
    )
    (draft,) = coauthors(mira.facts(*shared).scene("Who are her co-authors?")).drafts
    text = told(draft)
    assert text.index("Lena Abadi (2 papers)") < text.index("Bo Li (1 paper)")
    assert "Mira Okonjo" not in text
    assert set(spans_in(draft.text)) == {shared[0].span, shared[1].span}


def test_cut_author_lists_are_mentioned_beside_the_numbers_of_co_authors(mira: Stage) -> None:
    cut = paper(0, "Tides", authors=("Mira Okonjo", "Bo Li"), authors_complete=False)
    assert "et al." in told(coauthors(mira.facts(cut).scene("Who are her co-authors?")))


def test_a_colleague_is_known_from_papers_and_from_supervision(mira: Stage) -> None:
    post = Position(span=mira.span("Northlight Labs"), organisation="Ice", role="Aide", supervisors=("Lena Abadi",))
    scene = mira.facts(PAPERS[1], post).scene("Has she worked with Abadi?", filters=Filters(co_author="Lena Abadi"))
    drafts = worked_with(scene).drafts
    assert drafts[0].text.startswith("Yes")
    assert cites(drafts[1], PAPERS[1].span)
    assert cites(drafts[2], post.span)


@pytest.mark.parametrize("slots", [{"unknown": "Albert Sand"}, {"filters": Filters(co_author="Albert Sand")}])
def test_somebody_the_record_does_not_name_is_refused_by_name(mira: Stage, slots: dict[str, Any]) -> None:
    found = worked_with(mira.facts(*PAPERS).scene("Has she worked with Sand?", **slots))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "Albert Sand" in told(found)


def test_a_very_long_list_is_cut_and_says_so(mira: Stage) -> None:
    many = [paper(n, f"Paper {n}") for n in range(45)]
    drafts = paper_rows(mira.facts(*many).scene("List her papers", **LIST)).drafts
    assert "45 publications" in drafts[0].text
    assert sum(d.is_item for d in drafts) == 30
    assert any("15 more" in d.text for d in drafts)


@given(
    st.lists(st.sampled_from(PAPERS), min_size=1, max_size=5, unique=True),
    st.builds(
        Filters,
        years=st.sampled_from([None, (2021, 2021), (2022, None)]),
        author_rank=st.sampled_from([None, 1, 2]),
        co_author=st.sampled_from([None, "Lena Abadi"]),
    ),
    st.sampled_from([Aggregate.COUNT, Aggregate.LIST]),
)
@settings(deadline=None, max_examples=60)
def test_what_is_counted_is_cited_whatever_the_filters(
    mira: Stage, papers: list[Publication], filters: Filters, aggregate: Aggregate
) -> None:
    scene = mira.facts(*papers).scene("Which papers?", intent="papers", filters=filters, aggregate=aggregate)
    rows = publications(scene.record, filters)
    found = paper_rows(scene)
    cited = {span for draft in found.drafts for span in spans_in(draft.text)}
    assert (found.status == "refused") is not bool(rows)
    assert {p.span for p in rows} <= cited
    if rows:
        assert re.search(rf"\b{len(rows)} publications?\b", told(found.drafts[0]))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"status": "preprint"}, "preprint 2020"),
        ({"venue_tag": "JQS", "venue": "Journal of Quiet Seas"}, "JQS 2020"),
        ({"venue": "Journal of Quiet Seas", "notes": ("Oral",)}, "Journal of Quiet Seas 2020, Oral"),
        ({}, "2020"),
    ],
)
def test_venue_date_and_remarks_are_told_in_a_few_words(mira: Stage, fields: dict[str, Any], text: str) -> None:
    assert details(mira.scene("?"), paper(0, "Tides", **fields)) == text


@pytest.mark.parametrize(
    ("authors", "complete", "text"),
    [
        ((), True, None),
        (("A B",), True, "A B"),
        (("A B", "C D"), True, "A B and C D"),
        (("A B", "C D"), False, "A B, C D and others"),
        (tuple("ABCDE"), True, "A, B, C, D and E"),
        (tuple("ABCDEF"), True, "A, B, C and others"),
    ],
)
def test_a_long_author_list_is_shortened_and_says_so(
    mira: Stage, authors: tuple[str, ...], complete: bool, text: str | None
) -> None:
    assert people_text(mira.scene("?"), paper(0, "Tides", authors=authors, authors_complete=complete)) == text


@pytest.mark.parametrize(
    "filters",
    [
        Filters(years=(2020, 2020)), Filters(years=(2020, None)), Filters(years=(None, 2020)), Filters(years=(2019, 2020)),
        Filters(status="preprint"), Filters(status="published"), Filters(venue="JQS"), Filters(venue_class="journal"),
        Filters(venue_class="workshop"), Filters(venue_class="conference"), Filters(co_author="Lena Abadi"),
        Filters(co_author="BigCrew"), Filters(note="oral"), Filters(note="award"), Filters(has_code=True),
        Filters(has_code=False), Filters(subject="RO"), Filters(organisation="Orchard"), Filters(undated=True),
        Filters(author_rank=1), Filters(author_rank=4), Filters(author_rank=9), Filters(author_rank=-1),
        Filters(authorship="equal"), Filters(authorship="corresponding"), Filters(authorship="marked"),
        Filters(authorship="not_printed"),
    ],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("language", get_args(Language))
def test_every_filter_has_words(mira: Stage, filters: Filters, language: Any) -> None:
    text = condition_text(mira.scene("?", language=language), filters)
    assert text
    assert not re.search(r"None|\$|\{|\}|\[|\]", text)


def test_no_filter_needs_no_words(mira: Stage) -> None:
    assert condition_text(mira.scene("?"), Filters()) is None


def test_the_mark_beside_the_name_is_read_from_the_source(mira: Stage) -> None:
    assert mark_beside(mira.scene("?")) == "?"
    document = replace(mira.index.record.documents[0], text="Lena Abadi, Mira Okonjo⊠, Tides. Mira Okonjo†, Ports.")
    marked = replace(mira, index=replace(mira.index, record=replace(mira.index.record, documents=(document,))))
    assert mark_beside(marked.scene("?")) == "⊠, †"


def test_the_rows_of_the_invented_cv_are_quoted_as_they_stand(mira: Stage) -> None:
    scene = mira.scene("How many papers?", **COUNT)
    quotes = quoted(scene, paper_rows(scene))
    assert [q for q in quotes if "Counting Whales with One Hydrophone" in q and "JQS-2023 Best Paper" in q]
    assert len(quotes) == 3


def test_where_no_authors_are_printed_nobody_is_said_not_to_be_the_first(mira: Stage) -> None:
    unsigned = [replace(p, authors=(), equal=(), marked=(), corresponding=()) for p in PAPERS]
    found = paper_rows(mira.facts(*unsigned).scene("On how many is she first author?", filters=Filters(author_rank=1)))
    assert (found.status, found.reason) == ("refused", "not_in_sources")
    assert "does not print who wrote" in told(found)
    assert "no publication" not in told(found)
