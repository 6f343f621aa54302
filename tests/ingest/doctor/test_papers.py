"""Entries of publication lists that leave something open."""

import pytest

from tests.ingest.doctor.examined import examined, kinds, quotes

LIST = """
# Ada Byron

## Publications

- Ada Byron, Bo Li, Engines of the First Order. In *Journal of Looms* 2021 (JOL-2021)
- Bo Li, Ada Byron, Engines of the Second Order. In *Journal of Looms* 2022 (JOL-2022)
- Ada Byron, Cy Moreno, Weaving by Numbers. In *Journal of Looms* 2023 (JOL-2023)
"""


def test_a_list_in_order_gives_no_finding() -> None:
    assert examined(LIST) == []


def test_an_entry_without_a_year_is_found() -> None:
    found = examined(LIST + "- Ada Byron, Bo Li, Engines of the Third Order. In *Journal of Looms*\n")
    assert kinds(found) == ["missing-year"]
    assert found[0].quote.startswith("Ada Byron, Bo Li, Engines of the Third")


@pytest.mark.parametrize("state", ["(Preprint)", "Under review.", "Forthcoming in *Journal of Looms*."])
def test_what_is_not_published_yet_needs_no_year(state: str) -> None:
    assert "missing-year" not in kinds(examined(LIST + f"- Ada Byron, Bo Li, Engines of the Third Order. {state}\n"))


def test_a_date_without_a_year_is_quoted_by_itself() -> None:
    page = (
        "CLNov 9, 2022\nLooms That ReckonAda Byron, Bo Li\nAn abstract on looms.\n"
        "LGFeb 3Code\nReckoning on LoomsAda Byron, Bo Li\nAnother abstract on looms.\n"
    )
    assert quotes(examined(page, kind="listing"), "missing-year") == ["Feb 3"]


def test_a_year_far_behind_all_others_is_found() -> None:
    late = "- Ada Byron, Bo Li, Engines of the Third Order. In *Journal of Looms* 2042 (JOL-2042)\n"
    found = [f for f in examined(LIST + late) if f.kind == "odd-year"]
    assert [f.quote for f in found] == ["2042"]
    assert "19 years" in found[0].message


def test_one_entry_without_authors_is_a_warning_and_a_whole_list_of_them_one_note() -> None:
    one = examined(LIST + "- Engines of the Third Order, Explained. Journal of Looms, 2024.\n")
    assert [(f.kind, f.severity) for f in one] == [("no-authors", "warning")]
    bare = "".join(f"- The Loom Number {n} and Its Uses. Journal of Looms, {2000 + n}.\n" for n in range(1, 6))
    found = examined("## Publications\n\n" + bare)
    assert [(f.kind, f.severity, len(f.others)) for f in found] == [("no-authors", "note", 4)]


def test_an_entry_that_does_not_name_the_owner_is_found() -> None:
    found = examined(LIST + "- Bo Li, Cy Moreno, Engines of the Third Order. In *Journal of Looms* 2024 (JOL-2024)\n")
    assert kinds(found) == ["name-not-printed"]
    assert "'Ada Byron' is not among" in found[0].message


def test_a_group_in_place_of_the_authors_is_named() -> None:
    (found,) = examined(LIST + "- LoomWorks, Engines of the Third Order. In *Journal of Looms* 2024 (JOL-2024)\n")
    assert found.kind == "name-not-printed"
    assert "'LoomWorks' only" in found.message


@pytest.mark.parametrize("name", ["Ada Byron", "A. Byron"])
def test_a_list_cut_before_the_name_is_found_and_one_cut_behind_it_is_not(name: str) -> None:
    page = (
        "CLNov 9, 2022\nLooms That ReckonBo Li, Cy Moreno et al.\nAn abstract on looms.\n"
        f"LGFeb 3, 2023\nReckoning on LoomsBo Li, {name} et al.\nAnother abstract on looms.\n"
    )
    found = examined(page, kind="listing")
    assert kinds(found) == ["name-cut-off"]
    assert "Looms That Reckon" in found[0].quote


def test_another_form_of_the_name_is_proposed_as_an_alias_once() -> None:
    late = "".join(
        f"- Adaline Byron, Bo Li, Loom Studies Volume {n}. In *Journal of Looms* 202{n} (JOL-202{n})\n" for n in (4, 5)
    )
    (found,) = examined(LIST + late)
    assert (found.kind, found.quote, len(found.others)) == ("unknown-form-of-name", "Adaline Byron", 1)
    assert "'aliases'" in found.advice


def test_entries_that_list_only_the_co_authors_are_the_owners() -> None:
    page = "## Publications\n\n" + "".join(
        f"- The Loom Number {n} and Its Uses. With Bo Li and Cy Moreno. Journal of Looms, {2000 + n}.\n" for n in (1, 2)
    )
    assert "name-not-printed" not in kinds(examined(page))


def test_where_hardly_any_entry_names_the_owner_one_finding_says_so() -> None:
    others = "".join(
        f"- Bo Li, Cy Moreno, Loom Studies Part {n}. In *Journal of Looms* 20{n} (JOL-20{n})\n" for n in range(10, 17)
    )
    found = examined("## Publications\n\n" + others)
    assert [(f.kind, len(f.others)) for f in found] == [("name-not-printed", 6)]
    assert "7 of 7 entries" in found[0].message


def test_a_mark_that_nothing_explains_is_found_once_and_an_explained_one_is_not() -> None:
    marked = LIST.replace("Bo Li", "Bo Li†")
    (found,) = examined(marked)
    assert (found.kind, found.quote, len(found.others)) == ("unexplained-mark", "Bo Li†", 1)
    assert examined(marked + "\n† = corresponding author\n") == []
