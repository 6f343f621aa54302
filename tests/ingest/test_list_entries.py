"""Lists and tables of Markdown: one item or row is one entry, whatever its heading says and wherever its dates stand."""

import pytest

from ingest.domain import Degree, Document, Fact, Honour, Item, Position, Publication, Source
from ingest.extract import facts_in
from ingest.readers import markdown


def read(text: str) -> Document:
    return markdown.read(f"# Ada Byron\n\n{text}", Source("cv.md", "CV"))


def facts(text: str) -> tuple[Fact, ...]:
    return facts_in(read(text))


def posts(text: str) -> list[tuple[str | None, str | None, str]]:
    """Role, employer and period of every position, in the document's order."""
    return [(f.role, f.organisation, when(f)) for f in facts(text) if isinstance(f, Position)]


def degrees(text: str) -> list[tuple[str | None, str | None, str | None, str]]:
    """Title, institution, note and period of every degree."""
    return [(f.title, f.institution, f.note, when(f)) for f in facts(text) if isinstance(f, Degree)]


def items(text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.title) for f in facts(text) if isinstance(f, Item)]


def when(fact: Position | Degree) -> str:
    period = fact.period
    if period is None:
        return ""
    start, end = period.start.edtf if period.start else "", period.end.edtf if period.end else ""
    return f"{start}/{'now' if period.current else end}"


NOW = "## Now\n\n**Postdoctoral fellow**, Quay University, Talheim (Nov. 2023 to Oct. 2025, fixed term). Group of Bo Wool.\n"
BEFORE = """
## Before

* **Weaving chemist, part-time (40 %)**, Protea Yarns, Talheim. 2018 to 2019, next to my studies.
* **Visiting student**, Harbour National Laboratory, Lin. 12 weeks in autumn 2021 (planned for 24).
* **Postdoctoral fellow**, Loom Institute, Talheim. 02/2023 to 10/2023. Nine months, bridging contract with my old group.
"""


def test_posts_under_headings_that_say_nothing_are_told_by_their_shape() -> None:
    assert posts(NOW + BEFORE) == [
        ("Postdoctoral fellow", "Quay University", "2023-11/2025-10"),
        ("Weaving chemist", "Protea Yarns", "2018/2019"),
        ("Visiting student", "Harbour National Laboratory", "2021-23/2021-23"),
        ("Postdoctoral fellow", "Loom Institute", "2023-02/2023-10"),
    ]


@pytest.mark.parametrize(
    "listed",
    [
        "## Near things\n\n* **Committee member**, Loom Society, Talheim, 2019–2021\n* **Editor**, Loom Institute Letters, 2020",
        "## Odds and ends\n\n* The engineer who wove the flag, 2019\n* Professor Wool told me in 2020 that looms matter.",
        "## References\n\n* **Professor**, Quay University, Talheim, known since 2015",
        "## Group\n\n* Bo Wool, PhD student, Quay University, 2019–2021",
    ],
)
def test_other_lines_under_such_headings_are_no_posts(listed: str) -> None:
    assert posts(listed) == []


def test_a_cell_of_roles_is_the_role_whole() -> None:
    table = """## Positions

| Role | Place | Dates |
|---|---|---|
| Co-founder, CTO | Yarn Robotics B.V., Talheim | 04/2021 – present |
| Postdoctoral researcher (50 %) | Ligurian Centre for Soft Looms, Lin | May – Dec 2018 |
| Professor, Dean | Quay University | 2016 – 2018 |
"""
    assert posts(table) == [
        ("Co-founder, CTO", "Yarn Robotics B.V.", "2021-04/now"),
        ("Postdoctoral researcher (50 %)", "Ligurian Centre for Soft Looms", "2018-05/2018-12"),
        ("Professor, Dean", "Quay University", "2016/2018"),
    ]


def test_what_heads_a_role_above_its_place_is_the_employer() -> None:
    text = """## Experience

### Korb Groceries — Senior Loom Engineer
Talheim (hybrid, 4 days/week), 03/2023 – now

- Interim team lead for five months (Apr – Aug 2024) while the manager was on leave: 7 direct reports.
- Rebuilt the ranker.

### Wool Logistics — Working Student, Data
Harbourtown, 10/2017 – 07/2018
"""
    assert posts(text) == [
        ("Senior Loom Engineer", "Korb Groceries", "2023-03/now"),
        ("Working Student", "Wool Logistics", "2017-10/2018-07"),
    ]


def test_a_post_that_opens_with_since_has_that_period() -> None:
    text = """## Situation actuelle

Depuis le 1er septembre 2020 : astronome adjointe (poste permanent) à l'Observatoire du Quai, Lin. Temps partiel de septembre 2022 à août 2024.

En parallèle, depuis janvier 2023 : chercheuse associée à l'Institut Laine, Talheim.
"""
    assert posts(text) == [
        ("astronome adjointe (poste permanent)", "Observatoire du Quai", "2020-09-01/now"),
        ("chercheuse associée", "Institut Laine", "2023-01/now"),
    ]


def test_each_item_of_a_list_of_degrees_is_one() -> None:
    text = """## Education

* **PhD in Weaving**, Loom Institute, 2019/07 – 2023/01. Thesis: *Sulfide wool*.
* **MSc in Yarn**, Quay University, Talheim. Started 2017 in Talheim, research part in Lin from 2018, awarded by Quay in 2019 (cum laude).
* **BSc**, Quay University, 2013–2015. Majors: yarn, applied knots.
* **Master 2 de tissage**, Université du Lin, 2012, mention bien (deuxième sur 14).
* Postgraduate Diploma in Education (distance): registered 2020, **not completed**.
"""
    assert degrees(text) == [
        ("PhD in Weaving", "Loom Institute", "Thesis: Sulfide wool", "2019-07/2023-01"),
        ("MSc in Yarn", "Quay University", "awarded by Quay in 2019 (cum laude)", "2017/2019"),
        ("BSc", "Quay University", "Majors: yarn", "2013/2015"),
        ("Master 2 de tissage", "Université du Lin", "mention bien (deuxième sur 14)", "2012/2012"),
        ("Postgraduate Diploma in Education (distance)", None, "not completed", ""),
    ]


def test_each_row_of_a_table_of_degrees_is_one() -> None:
    text = """## Degrees

| Degree | Where | When | Remarks |
|---|---|---|---|
| PhD, Looms | Quay University, Talheim | 2013 – 2018 | Thesis: *Slip* |
| Executive programme "Founders" | Wool Management School | 2021 | 10 weeks, certificate of attendance, no degree |
| MSc, Mathematics | Quay University | 2009 – 2010 | begun in parallel, abandoned after one year |
"""
    assert degrees(text) == [
        ("PhD, Looms", "Quay University", "Thesis: Slip", "2013/2018"),
        (
            'Executive programme "Founders"',
            "Wool Management School",
            "certificate of attendance, no degree",
            "2021/2021",
        ),
        ("MSc, Mathematics", "Quay University", "abandoned after one year", "2009/2010"),
    ]


def test_details_below_a_degree_stay_its_own() -> None:
    text = "## Education\n\n- **PhD in Looms**, Quay University, 2019–2023\n- PhD thesis: Knots in time\n- Supervisor: Bo Wool\n"
    assert degrees(text) == [("PhD in Looms", "Quay University", "PhD thesis: Knots in time", "2019/2023")]


def test_a_study_without_a_degree_and_one_at_the_same_place() -> None:
    text = """## Ausbildung

- **2016** Promotion, Universität am Kai, Talheim
- **2012** Magistra Artium, Webkunde, ebenda (Note 1,3)
- **2006 – 2008** Studium der Knotenkunde (B), Hochschule am Fluss, Lin; ohne Abschluss
"""
    assert [(title, where) for title, where, _, _ in degrees(text)] == [
        ("Promotion", "Universität am Kai"),
        ("Magistra Artium", "Universität am Kai"),
        ("Studium der Knotenkunde (B)", "Hochschule am Fluss"),
    ]


@pytest.mark.parametrize(
    ("heading", "line", "kind"),
    [
        ("Patents", "EP 0 000 411, Slip sensor with yarn, Byron, Wool, granted 2020", "patent"),
        ("Patent", '"Glass loom and method for making it", provisional filed 2022-06-08, pending', "patent"),
        ("Brevets", "Support de métier, demande déposée en 2023", "patent"),
        ("Patents and grants", "US 11,999,404 B2, Heated shuttle, granted 2023", "patent"),
        ("Patents and grants", "Loom Linkage Project, Wool Fund, CHF 150,000, 2021", "grant"),
        ("Grants", "Patent law and looms, Wool Fund, 2021", "grant"),
    ],
)
def test_a_patent_is_no_grant(heading: str, line: str, kind: str) -> None:
    assert [k for k, _ in items(f"## {heading}\n\n- {line}\n")] == [kind]


def test_a_label_above_items_is_no_entry() -> None:
    text = "## Grants\n\n*As principal investigator*\n\n- Wool on the Moor, Loom Fund, 2021\n\n*Applied for*\n\n- Tides, Loom Fund, 2023\n"
    assert items(text) == [("grant", "Wool on the Moor, Loom Fund"), ("grant", "Tides, Loom Fund")]
    service = facts("## Service\n\n**EDITORIAL SERVICE**\n\n- Editor, Looms, 2020\n")
    assert [f.title for f in service if isinstance(f, Honour)] == ["Editor, Looms"]


def test_a_tool_is_no_language() -> None:
    text = "## Languages & tools\n\nArmenian (native), Welsh, English (C1), Dutch (A2, course in progress). C++, ROS 2, Python; Rust for hobby looms.\n"
    assert items(text) == [
        ("language", "Armenian (native)"),
        ("language", "Welsh"),
        ("language", "English (C1)"),
        ("language", "Dutch (A2, course in progress)"),
        ("skill", "C++, ROS 2, Python; Rust for hobby looms"),
    ]


def test_a_language_that_no_list_knows_stays_one_where_the_heading_names_nothing_else() -> None:
    assert items("## Languages\n\nQuayish, English (fluent)\n") == [
        ("language", "Quayish"),
        ("language", "English (fluent)"),
    ]


@pytest.mark.parametrize(
    "remark",
    [
        "No. 2 had a correction in 2024 (units in one figure; conclusions unchanged).",
        "Retracted: none. Corrected: KNOTS (2021, error in a table).",
        "Au total, 31 articles à comité de lecture, dont 9 en première autrice (au 1er novembre 2025).",
        "Brevet : « Support de métier à tisser », demande française déposée en 2023, en cours d'examen.",
    ],
)
def test_what_is_remarked_on_a_list_of_works_is_no_work(remark: str) -> None:
    text = f"## Publications\n\n1. **Byron A**, Wool B. Moisture limits of yarn. *Journal of Looms* 2023.\n\n{remark}\n"
    assert [f.title for f in facts(text) if isinstance(f, Publication)] == ["Moisture limits of yarn"]


@pytest.mark.parametrize(
    "state",
    ["In revision, *Journal of Looms* (minor revision, Feb 2025)", "Preprint, under review since 20 Jan 2025"],
)
def test_a_work_in_revision_is_not_published(state: str) -> None:
    text = f"## Publications\n\n1. **Byron A**, Wool B. Wet yarn does not stop knots. {state}.\n"
    (work,) = (f for f in facts(text) if isinstance(f, Publication))
    assert (work.title, work.status, work.venue, work.venue_tag) == (
        "Wet yarn does not stop knots",
        "preprint",
        None,
        None,
    )


def test_every_fact_stands_where_its_span_says() -> None:
    document = read(NOW + BEFORE)
    for fact in facts_in(document):
        assert isinstance(fact, Position)
        assert fact.role is not None
        assert fact.role in document.quote(fact.span)
        assert fact.organisation is not None
        assert fact.organisation in document.quote(fact.span)
