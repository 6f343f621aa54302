"""Times without a post that a CV prints among the posts."""

import pytest

from ingest.domain import Position, Source
from ingest.extract import facts_in
from ingest.readers import markdown

POST = "- 2015 – 2019: Lecturer, Quay University"


def roles(entry: str) -> list[str | None]:
    text = f"# Ada Byron\n\n## Employment\n\n{entry}\n{POST}\n"
    return [f.role for f in facts_in(markdown.read(text, Source("cv.md", "CV"))) if isinstance(f, Position)]


@pytest.mark.parametrize(
    "told",
    [
        "No academic appointment; moved to Lin, care of a family member",
        "Career break / travelling, 7 months",
        "Parental leave with our second child, member of a choir",
        "Elternzeit, ehrenamtliche Mitarbeiterin im Chor",
        "Arbeitssuchend, Umzug nach Lin",
        "Sans emploi, responsable d'une chorale",
        "Congé parental",
        "Cuidado de familiares, directora de un coro",
        "Congedo parentale, responsabile di un coro",
        "Licença-maternidade, coordenadora de um coro",
        "育儿假",
    ],
)
def test_a_time_without_a_post_is_no_post(told: str) -> None:
    assert roles(f"- 2012 – 2013: {told}") == ["Lecturer"]


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("Parental leave cover officer, Quay University", "Parental leave cover officer"),
        ("Researcher, Unemployment Agency", "Researcher"),
        ("On leave, Senior Lecturer, Port University", "Senior Lecturer"),
        ("Careers adviser, Port University", "Careers adviser"),
    ],
)
def test_a_post_that_names_a_leave_stays_one(told: str, role: str) -> None:
    assert roles(f"- 2012 – 2013: {told}") == [role, "Lecturer"]
