"""The group of a post: a name, without how many it has and what is told behind it."""

import pytest

from ingest.domain import Item, Source
from ingest.extract import facts_in
from ingest.extract.career import named_group
from ingest.readers import plain


@pytest.mark.parametrize(
    ("printed", "named"),
    [
        ("Loom Unit, team of 26. Acting head Feb-Nov 2010", "Loom Unit"),
        ("Loom Unit. Acting head in 2010", "Loom Unit"),
        ("Webereinheit, Team von 12", "Webereinheit"),
        ("Unité des métiers, équipe de 9 personnes", "Unité des métiers"),
        ("Unidad de telares, equipo de unos 20", "Unidad de telares"),
        ("Unità telai, squadra di 7", "Unità telai"),
        ("Unidade de teares, equipe de 14", "Unidade de teares"),
        ("织机组，团队12人", "织机组"),
        ("team of 26", None),
        ("Dept. of Weaving, Group of Prof. Wool", "Dept. of Weaving, Group of Prof. Wool"),
        ("St. Lin Loom Team", "St. Lin Loom Team"),
        (None, None),
    ],
)
def test_a_group_is_a_name(printed: str | None, named: str | None) -> None:
    assert named_group(printed) == named


def test_a_row_begins_where_a_cell_that_wrapped_further_right_has_ended() -> None:
    printed = (
        "ADA BYRON\n\nGRANTS\n\n"
        "   Crane Nursing Trust, GBP 24,900 (2018)           awarded, lead\n"
        "   Quay Clinical Academic Fellowship (2020)         awarded, 0.2 WTE x 3 yrs,\n"
        "                                                    paused with the thesis\n"
        "   Dockland Foundation project grant (2022) not funded\n"
        "   Same, resubmitted smaller, GBP 61,000 (2024)     not funded\n"
    )
    found = [f.title for f in facts_in(plain.read(printed, Source("cv.txt", "CV"))) if isinstance(f, Item)]
    assert len(found) == 4
    assert found[2].startswith("Dockland Foundation")
