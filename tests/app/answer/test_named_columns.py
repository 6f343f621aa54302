"""What a cell of a table says under the name of its column."""

import pytest

from app.answer.claim.columns import labelled
from app.answer.support import Shown, Support
from ingest.domain import Document, Profile, Record, Span

HEADER = "Project\tPlace\tYears\tRole\tArea\tBudget\n"
ROW = "Heron Park\tCorrie\t2018–22\tLead designer\t14 ha\t£6.2m"
OTHER = "Tern Quay\tCorrie\t2015–17\tEngineer\t2.4 ha\t£0.7m\n"


def asked(text: str) -> tuple[list[Shown], Record]:
    at = text.index(ROW)
    document = Document("cv.md", "CV", "text/markdown", text)
    shown = [Shown(1, Span("cv.md", at, at + len(ROW)), ROW, ("Projects",))]
    return shown, Record(Profile("ada-noor", "Ada Noor"), (document,), (), (), (), "")


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("Heron Park, Corrie, 2018–22, has an area of 14 ha and a budget of £6.2m", True),
        ("For Heron Park the budget was £6.2m", True),
        ("Heron Park, Corrie, 2018–22, and the role was Lead designer", True),
        ("Heron Park, Corrie, 2018–22, and the role was Engineer", False),
        ("For Heron Park, Corrie, 2018–22, the budget was £0.7m", False),
        ("For Heron Park the area was £6.2m", False),
        ("For Tern Quay the budget was £6.2m", False),
    ],
)
def test_a_cell_is_told_by_the_name_of_its_column(claim: str, is_told: bool) -> None:
    shown, record = asked(f"Projects\n\n{HEADER}{OTHER}{ROW}\n")
    assert Support(shown, record, None).repeats(claim, (1,)) is is_told


@pytest.mark.parametrize("text", [f"{OTHER}{ROW}\n", f"{HEADER}\n{ROW}\n", f"Project\tPlace\n{ROW}\n"])
def test_a_table_without_names_has_none(text: str) -> None:
    assert not list(labelled(*asked(text)))
