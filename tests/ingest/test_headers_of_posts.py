"""Tables of posts whose header says which column holds the role, which the employer, and since when."""

import pytest

from ingest.domain import Document, Position, Source
from ingest.extract import facts_in
from ingest.readers import markdown


def read(table: str, heading: str = "Positions") -> Document:
    return markdown.read(f"# Ada Byron\n\n## {heading}\n\n{table}", Source("cv.md", "CV"))


def positions(table: str) -> list[Position]:
    return [f for f in facts_in(read(table)) if isinstance(f, Position)]


def when(fact: Position) -> str:
    period = fact.period
    if period is None:
        return ""
    start, end = period.start.edtf if period.start else "", period.end.edtf if period.end else ""
    return f"{start}/{'now' if period.current else end}"


def table(header: str, *rows: str) -> str:
    rule = "|".join("---" for _ in header.split("|"))
    return "\n".join(f"| {line} |" for line in (header, rule, *rows))


@pytest.mark.parametrize(
    "header",
    [
        "Role | Employer | Since",
        "Funktion | Arbeitgeber | Seit",
        "Fonction | Établissement | Depuis",
        "Puesto | Institución | Desde",
        "Ruolo | Ente | Dal",
        "Ruolo | Ente | Da",
        "Função | Instituição | Desde",
        "职务 | 单位 | 自",
    ],
)
def test_a_date_under_since_begins_a_post_that_lasts(header: str) -> None:
    found = positions(table(header, "Lecturer | University of Quay | 01.09.2018", "Weaver | Loom Works | 2021"))
    assert [(p.role, p.organisation, when(p)) for p in found] == [
        ("Lecturer", "University of Quay", "2018-09-01/now"),
        ("Weaver", "Loom Works", "2021/now"),
    ]


def test_a_column_of_ends_closes_what_the_column_since_begins() -> None:
    found = positions(table("Role | Employer | Since | Until", "Lecturer | University of Quay | 2018 | 2021"))
    assert not any(p.period and p.period.current for p in found)


def test_a_range_under_since_keeps_its_end() -> None:
    found = positions(table("Role | Employer | Since", "Lecturer | University of Quay | 2018 – 2021"))
    assert [when(p) for p in found] == ["2018/2021"]


def test_role_and_place_come_from_the_cells_that_the_header_names() -> None:
    rows = (
        "60 % | Médecin cheffe, unité du sommeil | Hôpital de Lin | 2018",
        "– | Consultation du sommeil, un lundi sur deux | Centre médical de Quai | 2021",
    )
    found = positions(table("Taux | Fonction | Lieu | Depuis", *rows))
    assert [(p.role, p.organisation, p.group) for p in found] == [
        ("Médecin cheffe, unité du sommeil", "Hôpital de Lin", None),
        ("Consultation du sommeil, un lundi sur deux", "Centre médical de Quai", None),
    ]


def test_a_town_under_place_is_no_employer() -> None:
    found = positions(table("Position | Place | Since", "Lecturer | Harbourtown | 2018"))
    assert [(p.role, p.organisation, p.place) for p in found] == [("Lecturer", None, "Harbourtown")]


def test_a_firm_before_its_town_under_place_is_the_employer() -> None:
    found = positions(table("Position | Place | Since", "Engineer, 75 % | Loom Automation, Lin | 2018"))
    assert [(p.role, p.organisation, p.place) for p in found] == [("Engineer, 75 %", "Loom Automation", "Lin")]


def test_a_department_beside_a_role_is_its_group() -> None:
    found = positions(
        table("Position | Institution | Years", "Lecturer, Department of Yarn | University of Quay | 2018–2020")
    )
    assert [(p.role, p.organisation, p.group) for p in found] == [
        ("Lecturer", "University of Quay", "Department of Yarn")
    ]


def test_a_leave_in_a_table_of_posts_is_none() -> None:
    rows = ("2014–2018 | Lecturer | University of Quay", "2013–2014 | Maternity leave | Lin")
    assert [p.role for p in positions(table("Years | Position | Institution", *rows))] == ["Lecturer"]
