"""Words that filter or aggregate whatever a question is about."""

import pytest

from app.domain import Aggregate, Filters
from app.question.cues import aggregate_of, compares_years, filters_of, left_out
from app.question.link import Vocabulary
from tests.app.conftest import Stage


def filters(stage: Stage, question: str, newest: int | None = 2023) -> Filters:
    """The filters of a question with the names that the record knows."""
    return filters_of(question, Vocabulary(stage.index.record).link(question), newest)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many papers are there?", Aggregate.COUNT),
        ("the number of her publications", Aggregate.COUNT),
        ("她有多少篇论文？", Aggregate.COUNT),
        ("Wie viele Artikel hat sie?", Aggregate.COUNT),
        ("List her papers", Aggregate.LIST),
        ("How many years was she there?", Aggregate.LIST),
        ("他今年多少岁？", Aggregate.LIST),
    ],
)
def test_a_question_for_a_number_of_rows_is_a_count_and_one_for_years_is_not(question: str, wanted: Aggregate) -> None:
    assert aggregate_of(question) is wanted


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("List her papers", Filters()),
        ("papers in 2022", Filters(years=(2022, 2022))),
        ("papers from 2022", Filters(years=(2022, 2022))),
        ("papers since 2020", Filters(years=(2020, None))),
        ("papers from 2020 on", Filters(years=(2020, None))),
        ("papers after 2020", Filters(years=(2021, None))),
        ("papers before 2020", Filters(years=(None, 2019))),
        ("papers until 2020", Filters(years=(None, 2020))),
        ("papers between 2019 and 2022", Filters(years=(2019, 2022))),
        ("papers from 2019 to 2022", Filters(years=(2019, 2022))),
        ("papers 2022–2019", Filters(years=(2019, 2022))),
        ("papers of the last three years", Filters(years=(2021, 2023))),
        ("papers of the past 2 years", Filters(years=(2022, 2023))),
        ("最近三年的论文", Filters(years=(2021, 2023))),
        ("2020年以后的论文", Filters(years=(2021, None))),
        ("2020年之前的论文", Filters(years=(None, 2019))),
        ("which are preprints?", Filters(status="preprint")),
        ("which are peer-reviewed?", Filters(refereed=True)),
        ("which are not preprints?", Filters(status="published")),
        ("哪些是预印本", Filters(status="preprint")),
        ("papers in journals, journal articles", Filters(venue_class="journal")),
        ("which workshop papers?", Filters(venue_class="workshop")),
        ("which conference papers?", Filters(venue_class="conference")),
        ("on which is she first author?", Filters(author_rank=1)),
        ("on which is she lead author?", Filters(author_rank=1)),
        ("on which is she the second author?", Filters(author_rank=2)),
        ("on which is she the last author?", Filters(author_rank=-1)),
        ("哪些论文是第一作者", Filters(author_rank=1)),
        ("on which did she contribute equally?", Filters()),
        ("on which is she an equal contributor?", Filters(authorship="equal")),
        ("on which is she co-first author?", Filters(authorship="equal")),
        ("共同一作的论文", Filters(authorship="equal")),
        ("on which is she the corresponding author?", Filters(authorship="corresponding")),
        ("which do not show her name?", Filters(authorship="not_printed")),
        ("which came with code?", Filters(has_code=True)),
        ("which are without code?", Filters(has_code=False)),
        ("哪些论文附带代码", Filters(has_code=True)),
        ("which were orals?", Filters(note="oral")),
        ("papers on oral history", Filters()),
        ("which were spotlights?", Filters(note="spotlight")),
        ("which won a best paper award?", Filters(note="best paper")),
        ("which won an award?", Filters(note="award")),
        ("which have no year?", Filters(undated=True)),
        ("which are sole-author papers?", Filters(is_sole=True)),
        ("which did she write alone?", Filters(is_sole=True)),
        ("哪些是独立作者", Filters(is_sole=True)),
        ("papers in the class RO", Filters(subject="RO")),
        ("cs.CV papers", Filters(subject="CV")),
        ("papers with Lena Abadi", Filters(co_author="Lena Abadi")),
        ("papers at JQS in 2023", Filters(venue="JQS", years=(2023, 2023))),
    ],
)
def test_every_cue_sets_its_own_filter_and_no_other(mira: Stage, question: str, wanted: Filters) -> None:
    assert filters(mira, question) == wanted


def test_the_last_years_mean_nothing_where_the_record_prints_no_year(mira: Stage) -> None:
    assert filters(mira, "papers of the last three years", newest=None) == Filters()


@pytest.mark.parametrize(
    ("question", "compared"),
    [
        ("Did she publish more in 2022 or in 2023?", True),
        ("2022年还是2023年的论文多？", True),
        ("papers between 2022 and 2023", False),
        ("Did she publish more in 2022?", False),
    ],
)
def test_two_years_are_compared_only_where_one_is_set_against_the_other(
    mira: Stage, question: str, compared: bool
) -> None:
    assert compares_years(question, Vocabulary(mira.index.record).link(question)) is compared


def test_filters_are_true_where_one_is_set() -> None:
    assert not Filters()
    assert Filters(has_code=False)
    assert Filters(years=(None, 2020))


@pytest.mark.parametrize(
    ("aside", "forms"),
    [
        ("", None),
        (" (not counting chapters)", ("chapter",)),
        (", without preprints", ("preprint",)),
        (", excluding books and book chapters", ("chapter", "book")),
        (" (including chapters)", None),
        (" besides the one in Bern", None),
    ],
)
def test_an_aside_leaves_out_the_forms_that_it_names(aside: str, forms: tuple[str, ...] | None) -> None:
    assert left_out(aside) == forms
