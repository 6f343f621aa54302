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
        ("Since 03/2020 I have been Reader in Looms at the University of Quay.", "Reader in Looms", "University of Quay", None, "2020-03/now"),
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


def test_a_sentence_about_the_post_that_mentions_a_period_is_no_post_of_its_own() -> None:
    text = (
        "## Experience\n\nHarbour Engineer, Quay & Sons, Lin\nJune 2019 – present\n\n"
        "- Technical lead for the repair of eleven piers (2020 – 2022); the budget was 14 million and the work ended early.\n"
        "- Line manager of nine engineers.\n"
    )
    post = only(text, Position)
    assert (post.role, when(post)) == ("Harbour Engineer", "2019-06/now")


def test_posts_listed_under_a_dated_head_stay_posts() -> None:
    text = (
        "## Experience\n\nHarbour Engineer, Quay & Sons, Lin\nJune 2019 – present\n\n"
        "- Postdoctoral fellow, University of Lin (2015 – 2017); supervisor: Lena Abadi\n"
    )
    assert [p.role for p in positions(text)] == ["Harbour Engineer", "Postdoctoral fellow"]


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


def positions(text: str) -> list[Position]:
    return [f for f in facts_in(read(text)) if isinstance(f, Position)]


UNDER_HEADING = """## Research Experience

### University of Quay

Data Fellow\t2016-2018
Quay Institute of Data

Post-Doctoral Fellow\t2014-2016
Head Advisor: Ada Loomis, M.D., Ph.D.

- Weaving with data

Lab Manager\t2010-2011
Project Investigator: Tom Weaver, Ph.D.

- Lab coordination, event planning, and subject recruitment

### Tidal University

Research Assistant\t2009-2010
"""


def test_a_heading_is_the_employer_of_every_role_below_it() -> None:
    assert [(p.organisation, p.role, p.supervisors) for p in positions(UNDER_HEADING)] == [
        ("University of Quay", "Data Fellow", ()),
        ("University of Quay", "Post-Doctoral Fellow", ("Ada Loomis",)),
        ("University of Quay", "Lab Manager", ("Tom Weaver",)),
        ("Tidal University", "Research Assistant", ()),
    ]


@pytest.mark.parametrize(
    "heading", ["Visiting positions", "Internships", "Research stays", "Estancias en el extranjero"]
)
def test_a_heading_that_divides_the_section_is_no_employer(heading: str) -> None:
    text = f"## Experience\n\n### {heading}\n\n- 2016–2018 Researcher, Webwerk\n- 2014–2016 Engineer\n"
    assert [p.organisation for p in positions(text)] == ["Webwerk", None]


def test_the_first_line_of_a_block_is_the_employer_of_its_dated_lines() -> None:
    text = (
        "## Experience\n\n- Weaving Centre, Loom Institute, Harbourtown\\\nSep 2022 – Sep 2024 Research Scientist\\\nSep 2017 – Sep 2022 Research Assistant\n"
        "- The Journal of Looms\\\nNov 2022 – Oct 2024 Chief Editor, Cotton\\\nNov 2019 – Nov 2022 Editor, Wool\n"
    )
    assert [(p.role, p.organisation, p.group, when(p)) for p in positions(text)] == [
        ("Research Scientist", "Loom Institute", "Weaving Centre", "2022-09/2024-09"),
        ("Research Assistant", "Loom Institute", "Weaving Centre", "2017-09/2022-09"),
        ("Chief Editor", "The Journal of Looms", "Cotton", "2022-11/2024-10"),
        ("Editor", "The Journal of Looms", "Wool", "2019-11/2022-11"),
    ]


def test_a_second_role_in_one_block_is_at_the_employer_of_the_first() -> None:
    text = (
        "## Experiencia\n\nFacultativa especialista de hilado.\\\nHospital Universitario del Hilo, Telares. Desde marzo de 2018.\\\n"
        "Coordinadora de la Unidad de Lana desde enero de 2022.\n"
    )
    assert [(p.role, p.organisation) for p in positions(text)] == [
        ("Facultativa especialista de hilado", "Hospital Universitario del Hilo"),
        ("Coordinadora de la Unidad de Lana", "Hospital Universitario del Hilo"),
    ]


@pytest.mark.parametrize(
    "ditto", ["ebenda", "ebd.", "ibid.", "ditto", "Idem", "same institution", "ebenda (bis 2018 als Norddraht AG)"]
)
def test_ibid_means_the_employer_above(ditto: str) -> None:
    text = f"## Experience\n\n- 2021–2024 Manager, Webwerk GmbH, Talheim\n- 2016–2020 Engineer, {ditto}\n"
    assert [p.organisation for p in positions(text)] == ["Webwerk GmbH", "Webwerk GmbH"]


def test_ibid_with_nothing_above_stays_unknown() -> None:
    assert only("## Experience\n\n- 2016–2020 Engineer, ebenda\n", Position).organisation is None


@pytest.mark.parametrize(
    ("entry", "role", "organisation", "group", "place"),
    [
        ("2019–2021 Researcher, Bayou Loom Lab, University of Quay, Harbourtown", "Researcher", "University of Quay", "Bayou Loom Lab", "Harbourtown"),
        ("2019–2021 Researcher, University of Quay, Institute of Yarn", "Researcher", "University of Quay", None, None),
        ("2019–2021 Fellow, Loom Theory Project, Quay University", "Fellow", "Quay University", "Loom Theory Project", None),
        ("2019–2021 Intern, Webwright, Inc., Denver, CO", "Intern", "Webwright, Inc.", None, "Denver, CO"),
        ("2019–2021 Intern, Loom Labs (with Ada Byron on weaving), Quay", "Intern", "Loom Labs", None, "Quay"),
        ("2019–2021 Intern, Qualloom, San Telar (Python and C++ development)", "Intern", "Qualloom", None, "San Telar"),
        ("2019–2021 Researcher, National Loom Institute (織機研究所), Quay", "Researcher", "National Loom Institute (織機研究所)", None, "Quay"),
        (
            "2019–2021 Studentische Hilfskraft am Institut für Webtechnik (Saal), 8 h/Woche",
            "Studentische Hilfskraft",
            "Institut für Webtechnik (Saal)",
            None,
            None,
        ),
        (
            "2019–2021 Leiter Vorspinnerei, Webwerk GmbH, Talheim. Führung von 23 Mitarbeitern; Budget 4 Mio.",
            "Leiter Vorspinnerei",
            "Webwerk GmbH",
            None,
            "Talheim",
        ),
        (
            "2019–2021 Entwicklungsingenieur Garn, Bosk, Schwingen. Auslegung von Spulen (mit TU Talheim und zwei Betrieben)",
            "Entwicklungsingenieur Garn",
            "Bosk",
            None,
            "Schwingen",
        ),
        ("2019–2021 Designer, Fil Labs, Lannien. Télécommandes pour seniors.", "Designer", "Fil Labs", None, "Lannien"),
        ("2019–2021 Vertretung der Professur, Universität Ohlenburg (beurlaubt in Talheim)", "Vertretung der Professur", "Universität Ohlenburg", None, None),
    ],
)  # fmt: skip
def test_what_is_no_part_of_an_employer_is_left_out_of_it(
    entry: str, role: str, organisation: str, group: str | None, place: str | None
) -> None:
    position = only(f"## Experience\n\n- {entry}\n", Position)
    assert (position.role, position.organisation, position.place) == (role, organisation, place)
    assert group is None or position.group == group


@pytest.mark.parametrize(
    "entry",
    [
        "10/2007 – 03/2008 Weltreise, davon acht Wochen im Süden",
        "Career break: parental leave, February 2016 - January 2017",
        "2017 Joined the Loom Project",
        "2009 Graduated from Quay",
        "2011 Graduate school at Quay",
    ],
)
def test_what_names_neither_role_nor_employer_is_no_position(entry: str) -> None:
    assert positions(f"## Experience\n\n- 2019–2021: Lecturer, University of Quay\n- {entry}\n")[1:] == []


def test_a_name_and_its_place_are_an_employer_where_no_role_is_printed() -> None:
    found = positions("## Internships\n\n- 2019–2020 Webloom, Quay City\n- 2018 Loomcena, Telares\n- 2017 Weltreise\n")
    assert [(p.role, p.organisation, p.place) for p in found] == [
        (None, "Webloom", "Quay City"),
        (None, "Loomcena", "Telares"),
    ]


def test_a_role_that_no_list_knows_is_read_in_the_order_of_the_others() -> None:
    text = "## Experience\n\n- 2019–2021 Engineer, Webwright, Quay\n- 2014–2016 Barista, Blue Loom Coffee, Telares\n"
    assert [(p.role, p.organisation, p.place) for p in positions(text)][1] == ("Barista", "Blue Loom Coffee", "Telares")


def test_an_employer_of_no_known_kind_stands_below_the_role_where_others_do() -> None:
    text = (
        "## Experience\n\n* Jul 2019 - present: Lecturer\n  * Institute of Tides, University of Quay, Hobartown\n"
        "* Apr 2017 - Jun 2019: Scientist\n  * NIWEB, Wellingtown\n  * Ran the tide contract\n"
        "* Apr 2015 - Jun 2016: Engineer\n  * Built looms, yarns and cloths\n"
    )
    assert [(p.organisation, p.place) for p in positions(text)] == [
        ("University of Quay", "Hobartown"),
        ("NIWEB", "Wellingtown"),
        (None, None),
    ]


def test_a_column_of_dates_that_goes_on_in_the_next_line_is_one_period() -> None:
    text = "## Parcours\n\n01/2017 –\tPost-doctorante, Loom University, Sarreville.\n08/2018\nCapteurs souples.\n"
    position = only(text, Position)
    assert (position.role, position.organisation, when(position)) == (
        "Post-doctorante",
        "Loom University",
        "2017-01/2018-08",
    )


def test_two_summers_are_told_from_the_first_to_the_last() -> None:
    text = "## Experience\n\n- Webbank\tQuay\\\nEngineer\tJan 2014 – Oct 2016\n  - Wove.\n- Loomcena Research\tQuay\\\nData Scientist\tSummer 2012 and 2013\n"
    assert [(p.organisation, when(p)) for p in positions(text)] == [
        ("Webbank", "2014-01/2016-10"),
        ("Loomcena Research", "2012-22/2013"),
    ]


def test_an_employer_and_its_date_on_two_lines_begin_an_entry_though_prose_follows() -> None:
    prose = (
        "I wove cloth for two years and wrote several long reports about the looms of the harbour and of the sea. " * 2
    )
    text = f"## Experience\n\n- Loom Office, Quay\\\nSep 2015 – Sep 2017 Engineer\\\n{prose}\n- Loom Bank, Quay\\\nSep 2010 – Sep 2015 Analyst\\\n{prose}\n"
    assert [(p.organisation, p.role) for p in positions(text)] == [
        ("Loom Office", "Engineer"),
        ("Loom Bank", "Analyst"),
    ]


@pytest.mark.parametrize(
    ("line", "supervisors"),
    [
        ("Advisor: Ada Byron, M.D., Ph.D.", ("Ada Byron",)),
        ("Advisor: Silje Lind-Aho; examiners T. Garn and an external from Quay", ("Silje Lind-Aho",)),
        ("Betreuerin: Prof. Dr. Helga Spule, Zweitgutachter: Prof. Dr. Kolb Garn", ("Prof. Dr. Helga Spule",)),
        ("Direction : Armelle Fil et Giacomo Panno. Soutenue avec éloge.", ("Armelle Fil", "Giacomo Panno")),
        ("Guide: Leela Nool", ("Leela Nool",)),
        ("Supervision: 3 students", ()),
    ],
)
def test_only_names_are_supervisors(line: str, supervisors: tuple[str, ...]) -> None:
    assert (
        only(f"## Education\n\n- PhD in Looms, Quay University, 2013\n  - {line}\n", Degree).supervisors == supervisors
    )


@pytest.mark.parametrize(
    ("entry", "title", "institution", "note"),
    [
        ("- PhD in Looms, Quay University, 2013\n  - Thesis: After the storm of wool", "PhD in Looms", "Quay University", "Thesis: After the storm of wool"),
        (
            "- B.S. in Looms, minor in Mathematics, GPA 3.91/4.00, Quay University, 2013",
            "B.S. in Looms",
            "Quay University",
            "minor in Mathematics, GPA 3.91/4.00",
        ),
        ("- M.Res. in Looms (with distinction), Quay University, 2013", "M.Res. in Looms (with distinction)", "Quay University", None),
        ("- 2002–2008 Magister Artium, Universität Talheim (Note 1,2)", "Magister Artium", "Universität Talheim", "Note 1,2"),
        ("- 2001 Abitur, Altes Gymnasium Talheim, Note 1,9 (LK Mathematik, Physik)", "Abitur", "Altes Gymnasium Talheim", "Note 1,9 (LK Mathematik, Physik)"),
        ("- 2004–2005 Auslandssemester an der Universidad de Telares", "Auslandssemester", "Universidad de Telares", None),
        ("- 2012-2016 Élève de l'École normale du Lin", "Élève", "École normale du Lin", None),
        ("- 2018 Six Sigma Black Belt (DGW, Talheim)", "Six Sigma Black Belt (DGW, Talheim)", None, None),
        (
            "- 2013 – 2016 Doctorat en lin, Université Lin-Sud. « Le bouton qui manque aux métiers ». Direction : Armelle Fil.",
            "Doctorat en lin",
            "Université Lin-Sud",
            "« Le bouton qui manque aux métiers »",
        ),
    ],
)  # fmt: skip
def test_thesis_grade_and_honours_are_kept_with_a_degree(
    entry: str, title: str, institution: str | None, note: str | None
) -> None:
    degree = only(f"## Education\n\n{entry}\n", Degree)
    assert (degree.title, degree.institution, degree.note) == (title, institution, note)


def test_the_institution_above_two_degrees_is_that_of_both() -> None:
    text = (
        "## Education\n\nQuay University\t2011 – 2017\\\nPhD, Looms\n\n"
        "Tidal University - New Quay, LA\\\nMaster of Science, Looms - GPA: 4.0\t2010\\\nBachelor of Science, Looms\t2009\n"
    )
    degrees = [f for f in facts_in(read(text)) if isinstance(f, Degree)]
    assert [(d.title, d.institution, d.note) for d in degrees] == [
        ("PhD, Looms", "Quay University", None),
        ("Master of Science, Looms", "Tidal University", "GPA: 4.0"),
        ("Bachelor of Science, Looms", "Tidal University", None),
    ]


def test_civil_service_among_the_degrees_is_none() -> None:
    text = "## Ausbildung\n\n- 2002–2008 Diplom-Chemie, Universität Talheim\n- 2001–2002 Zivildienst, Rettungsdienst in Talheim\n"
    assert [f.title for f in facts_in(read(text)) if isinstance(f, Degree)] == ["Diplom-Chemie"]


@pytest.mark.parametrize(
    ("sentence", "role", "organisation", "place"),
    [
        ("Ada is a member of technical staff at Loom AI in New Quay.", "member of technical staff", "Loom AI", "New Quay"),
        ("I am a Lecturer at the University of Quay.", "Lecturer", "University of Quay", None),
        ("I am a Fellow at the Centre for Research in Weaving.", "Fellow", "Centre for Research in Weaving", None),
        ("I am the Director of Loomcena.", "Director", "Loomcena", None),
    ],
)  # fmt: skip
def test_a_biography_states_a_position_and_its_place(
    sentence: str, role: str, organisation: str, place: str | None
) -> None:
    position = only(f"# Ada Byron\n\n{sentence}\n", Position)
    assert (position.role, position.organisation, position.place) == (role, organisation, place)
