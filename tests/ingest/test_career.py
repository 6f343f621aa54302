"""Positions and degrees as CVs of several countries and styles set them."""

from typing import TypeVar

import pytest

from ingest.domain import Degree, Document, Fact, Position, Source
from ingest.extract import facts_in
from ingest.readers import markdown

F = TypeVar("F", bound=Fact)


def read(text: str) -> Document:
    return markdown.read(text, Source("cv.md", "CV"))


def only(text: str, kind: type[F]) -> F:
    """The one fact of that type which ``text`` states."""
    (fact,) = (f for f in facts_in(read(text)) if isinstance(f, kind))
    return fact


def when(fact: Position | Degree) -> str:
    """The period in short: ``2019-01/2020-02``, ``2021/now``."""
    period = fact.period
    if period is None:
        return ""
    start, end = period.start.edtf if period.start else "", period.end.edtf if period.end else ""
    return f"{start}/{'now' if period.current else end}"


@pytest.mark.parametrize(
    ("entry", "role", "organisation", "place", "period"),
    [
        ("Lecturer in Loom History, University of Quay (2016–present)", "Lecturer in Loom History", "University of Quay", None, "2016/now"),
        ("Research Fellow, University of Harbourtown, 2013–16", "Research Fellow", "University of Harbourtown", None, "2013/2016"),
        ("Lecturer (2015–2016), Port University", "Lecturer", "Port University", None, "2015/2016"),
        ("Researcher (part-time, 2019–2020), Loom Institute", "Researcher (part-time)", "Loom Institute", None, "2019/2020"),
        ("Engineer (2017–2018, part-time), Loom Institute", "Engineer (part-time)", "Loom Institute", None, "2017/2018"),
        ("(2008–2009) Tutor, Port University", "Tutor", "Port University", None, "2008/2009"),
        ("2012–2013: Fellow (unpaid), Port University", "Fellow (unpaid)", "Port University", None, "2012/2013"),
        ("Depuis octobre 2021 : chargée de recherche, CNRS", "chargée de recherche", "CNRS", None, "2021-10/now"),
        (
            "05/2013 - 12/2014\tFEA de Neumología (interina). Hospital Comarcal de Telares, San Telar.",
            "FEA de Neumología (interina)",
            "Hospital Comarcal de Telares",
            "San Telar",
            "2013-05/2014-12",
        ),
        (
            "03/2018 - actualidad\tFEA de Neumología. Hospital Universitario del Hilo, Telares.",
            "FEA de Neumología",
            "Hospital Universitario del Hilo",
            "Telares",
            "2018-03/now",
        ),
        ("2016.07—2018.12\t织机新能源科技（棉城）有限公司\t热管理工程师", "热管理工程师", "织机新能源科技（棉城）有限公司", None, "2016-07/2018-12"),
        ("2021.12—至今\t棉城大学\t副教授", "副教授", "棉城大学", None, "2021-12/now"),
        (
            "### Senior Engineer — Acme Looms GmbH\nTalheim, Germany · 03/2019 – 05/2022\n- Built looms",
            "Senior Engineer",
            "Acme Looms GmbH",
            "Talheim, Germany",
            "2019-03/2022-05",
        ),
        ("### Webbank Talheim\nWerkstudent im Controlling\n10/2012 – 03/2014", "Werkstudent im Controlling", "Webbank Talheim", None, "2012-10/2014-03"),
        (
            "Summer 2021 Dissertation Intern, Loom Office, Division of Yarn, Harbourtown",
            "Dissertation Intern",
            "Loom Office",
            "Harbourtown",
            "2021-22/2021-22",
        ),
    ],
)  # fmt: skip
def test_a_position_is_read_in_the_order_and_language_of_its_list(
    entry: str, role: str, organisation: str, place: str | None, period: str
) -> None:
    position = only(f"# Ada Byron\n\n## Experience\n\n{entry}\n", Position)
    assert (position.role, position.organisation, position.place) == (role, organisation, place)
    assert when(position) == period


@pytest.mark.parametrize(
    ("entry", "title", "institution", "note", "period", "supervisors"),
    [
        ("2002-2008\tLicenciatura en Medicina. Universitat de Telar.", "Licenciatura en Medicina", "Universitat de Telar", None, "2002/2008", ()),
        (
            "2017\tDoctorado en Medicina. Universidad de La Laguna Azul. Tesis: «El hilo y la noche: estudio de cohorte». "
            "Directores: Dr. Anselmo Hilo Seda y Dra. Candela Lana Paño. Sobresaliente cum laude.",
            "Doctorado en Medicina",
            "Universidad de La Laguna Azul",
            "Tesis: «El hilo y la noche: estudio de cohorte»",
            "2017/2017",
            ("Dr. Anselmo Hilo Seda", "Dra. Candela Lana Paño"),
        ),
        ("2007.09—2011.06\t棉城理工大学\t纺织工程\t工学学士", "工学学士, 纺织工程", "棉城理工大学", None, "2007-09/2011-06", ()),
        (
            "2011.09—2016.06\t丝城大学\t纺织科学与工程\t工学博士（硕博连读），导师：线明 教授",
            "工学博士（硕博连读）",
            "丝城大学",
            "纺织科学与工程",
            "2011-09/2016-06",
            ("线明",),
        ),
        (
            "2014.10—2015.10\t瑞典梭子大学（Shuttle University）\t联合培养博士生",
            "联合培养博士生",
            "瑞典梭子大学（Shuttle University）",
            None,
            "2014-10/2015-10",
            (),
        ),
        (
            "2019 – 2025 (expected) Ph.D., Economics, University of Quay\\\n"
            "Dissertation: *Essays on Looms*\\\nCommittee: Lena Abadi (chair), Pavel Dvorak, Ingrid Solheim-Day",
            "Ph.D., Economics",
            "University of Quay",
            "Dissertation: Essays on Looms",
            "2019/2025",
            ("Lena Abadi",),
        ),
    ],
)  # fmt: skip
def test_a_degree_is_read_in_the_order_and_language_of_its_list(
    entry: str, title: str, institution: str, note: str | None, period: str, supervisors: tuple[str, ...]
) -> None:
    degree = only(f"# Ada Byron\n\n## Education\n\n{entry}\n", Degree)
    assert (degree.title, degree.institution, degree.note) == (title, institution, note)
    assert (when(degree), degree.supervisors) == (period, supervisors)


def test_the_employer_may_stand_in_the_first_line_below_the_role() -> None:
    text = (
        "## Parcours\n\n"
        "* Septembre 2019 - août 2021 : postdoctorante\n  * Université de Lin, Centre de recherches textiles\n"
        "* Septembre 2016 - août 2019 : doctorante contractuelle (64 h/an)\n  * Institut du métier à tisser de Lin\n"
    )
    document = read(text)
    first, second = (f for f in facts_in(document) if isinstance(f, Position))
    assert (first.role, first.organisation) == ("postdoctorante", "Université de Lin")
    assert (second.role, second.organisation) == ("doctorante contractuelle (64 h/an)", "Institut du métier à tisser de Lin")  # fmt: skip
    assert document.quote(second.span).endswith("Institut du métier à tisser de Lin")


def test_what_was_done_there_is_no_employer() -> None:
    text = (
        "## Experience\n\n- 2019–2021: Postdoctoral fellow\n  - I ran the laboratory of sonar and taught hydrophones.\n"
    )
    assert only(text, Position).organisation is None


@pytest.mark.parametrize(
    ("line", "supervisors"),
    [
        ("Directeur : Gaspard Navette", ("Gaspard Navette",)),
        ("Supervisor: Dr. Lena Abadi", ("Dr. Lena Abadi",)),
        ("Supervisors: Lena Abadi and Pavel Dvorak", ("Lena Abadi", "Pavel Dvorak")),
        ("Betreuer: Prof. Jonas Weber", ("Prof. Jonas Weber",)),
        ("Orientadora: Candela Lana", ("Candela Lana",)),
        ("导师：线明 教授", ("线明",)),
        ("Built a loom.", ()),
    ],
)
def test_supervisors_in_the_body_belong_to_the_entry(line: str, supervisors: tuple[str, ...]) -> None:
    text = f"## Experience\n\n- 2019–2021: Postdoctoral fellow, Loom Institute\n  - Wove cloth for two years.\n  - {line}\n"
    document = read(text)
    position = next(f for f in facts_in(document) if isinstance(f, Position))
    assert position.supervisors == supervisors
    assert (line in document.quote(position.span)) is bool(supervisors)


def periods(text: str) -> list[str]:
    return [when(f) for f in facts_in(read(text)) if isinstance(f, Position | Degree)]


BACKWARDS = (
    "## Positions\n\n- Present – 2022 Instructor, University of Quay\n- 2022 – 2020 Research Assistant, University of Quay\n"
    "- Summer 2021 Dissertation Intern, Loom Office\n- 2019 – 2017 Research Assistant, Bank of Harbourtown\n\n"
    "## Education\n\n- 2025 (expected) – 2019 Ph.D., Economics, University of Quay\n"
)


def test_ranges_are_turned_round_where_all_of_them_run_backwards() -> None:
    assert periods(BACKWARDS) == ["2022/now", "2020/2022", "2021-22/2021-22", "2017/2019", "2019/2025"]


def test_one_range_that_runs_forwards_leaves_the_others_as_they_are_printed() -> None:
    forwards = BACKWARDS + "- 2015 – 2017 M.A., Statistics, University of Tides\n"
    assert periods(forwards)[1:] == ["2022/2020", "2021-22/2021-22", "2019/2017", "2025/2019", "2015/2017"]


def test_a_lone_reversed_range_stays_as_printed() -> None:
    assert periods("## Positions\n\n- 2022 – 2020 Instructor, University of Quay\n- 2019 Intern, Loom Office\n") == [
        "2022/2020",
        "2019/2019",
    ]
