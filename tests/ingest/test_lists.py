"""Lists that print an entry to a line: titles, dates, entries that go on, lists of two kinds, projects, interests, contacts."""

import pytest

from ingest.domain import Contact, Fact, Honour, Interest, Item, Project, Source
from ingest.extract import facts_in
from ingest.extract.rows import without_dates
from ingest.readers import markdown


def facts(text: str) -> tuple[Fact, ...]:
    return facts_in(markdown.read(f"# Ada Byron\n\n{text}", Source("cv.md", "CV")))


def told(text: str) -> list[tuple[str, str]]:
    """Kind and title of everything that stands in a list."""
    return [
        ("award" if isinstance(f, Honour) and f.is_award else f.kind, f.title)
        for f in facts(text)
        if isinstance(f, Honour | Item)
    ]


@pytest.mark.parametrize(
    ("line", "title", "dates"),
    [
        ("Golden Loom Prize, 2023", "Golden Loom Prize", ["2023"]),
        ("Golden Loom Prize 2023", "Golden Loom Prize", ["2023"]),
        ("Golden Loom Prize\t2023", "Golden Loom Prize", ["2023"]),
        ("2023: Golden Loom Prize", "Golden Loom Prize", ["2023"]),
        ("Associate editor, Loom Conference (2023, 2024)", "Associate editor, Loom Conference", ["2023", "2024"]),
        ("Editor, Looms, 2020 -", "Editor, Looms", ["2020"]),
        ("Editor, Looms, 2022–present", "Editor, Looms", ["2022"]),
        ("Mitglied des Beirats, seit 10/2021", "Mitglied des Beirats", ["2021-10"]),
        ("Membre élue du conseil depuis 2022", "Membre élue du conseil", ["2022"]),
        ("Diving licence (lapsed 2016)", "Diving licence (lapsed 2016)", ["2016"]),
        ("honours: Kit Yarn (2020), Dani Wool (2021)", "honours: Kit Yarn (2020), Dani Wool (2021)", ["2020", "2021"]),
        ("Looms A (Fall 2020); Looms B (Spring 2021)", "Looms A (Fall 2020); Looms B (Spring 2021)", ["2020-23", "2021-21"]),
        ("Die Weberei (Vorlesung), WS 2023/24", "Die Weberei (Vorlesung), WS 2023/24", ["2023"]),
        ("„Tuch“, Tagung, Talheim, 12.09.2014", "„Tuch“, Tagung, Talheim", ["2014-09-12"]),
        (
            "DE 10 2017 999 202 A1 – Webstuhl. Offengelegt 2018; zurückgezogen 2020",
            "DE 10 2017 999 202 A1 – Webstuhl. Offengelegt 2018; zurückgezogen 2020",
            ["2018", "2020"],
        ),
        ("„Reaktor für Garn“, DE 10 2017 999 876 B4, 2020", "„Reaktor für Garn“, DE 10 2017 999 876 B4", ["2020"]),
    ],
)  # fmt: skip
def test_dates_at_the_edge_are_cut_off_and_the_title_stays_whole(line: str, title: str, dates: list[str]) -> None:
    bare, found = without_dates(line)
    assert (bare, [d.edtf for d in found]) == (title, dates)


@pytest.mark.parametrize(
    ("block", "titles"),
    [
        ("- Ewen Lin (2019-2022), textiles ; ingénieur chez\n  Decathloom", ["Ewen Lin (2019-2022), textiles ; ingénieur chez Decathloom"]),
        ("Open looms, 2023, Invited Plenary, 241st LAS\\\nMeeting, Quay.", ["Open looms, 2023, Invited Plenary, 241st LAS Meeting, Quay"]),
        ("On looms •\\\nQuay Seminar", ["On looms • Quay Seminar"]),
        ("2024 – 2028\tANR LIN, 612 k€, avec le\\\nCHU de Lin et le Port.", ["ANR LIN, 612 k€, avec le CHU de Lin et le Port"]),
        (
            "Current postdocs: Ada Li, Bo Yu\\\nCara Fil\\\nFormer postdocs: Dan Garn",
            ["Current postdocs: Ada Li, Bo Yu, Cara Fil", "Former postdocs: Dan Garn"],
        ),
        ("Looms A, 2019\\\nLooms B, 2020", ["Looms A", "Looms B"]),
        ("Looms A\\\nLooms B", ["Looms A", "Looms B"]),
        ("2023: Loom Days (Quay)\\\n† scheduled", ["Loom Days (Quay)"]),
    ],
)  # fmt: skip
def test_an_entry_that_goes_on_in_the_next_line_is_one(block: str, titles: list[str]) -> None:
    found = told(f"## Talks\n\n{block}\n")
    assert [" ".join(title.split()).replace("Bo Yu Cara", "Bo Yu, Cara") for _, title in found] == titles


def test_several_honours_on_one_line_are_told_apart() -> None:
    text = "## Auszeichnungen\n\n2013 Webpreis · 2019 Erfinder des Jahres · 2008 Studienpreis der Stadt\n"
    assert told(text) == [("award", "Webpreis"), ("award", "Erfinder des Jahres"), ("award", "Studienpreis der Stadt")]


@pytest.mark.parametrize(
    ("heading", "line", "kind"),
    [
        ("Grants and awards", "2023-2026: Loom Linkage Project, lead CI, A$ 412,000", "grant"),
        ("Grants and awards", "2020: Dean's Award for Teaching", "award"),
        ("Honors, Grants, Fellowships", "2024 Doctoral Fellowship, University of Quay, $25,000", "award"),
        ("Honors, Grants, Fellowships", "2023 Graduate Research Grant, Loom Centre, $18,500", "grant"),
        ("Grants", "Weaving Fellowship, 2023", "grant"),
        ("Awards", "Travel Grant, Loom Society, 2019", "award"),
        ("Lehre und Ehrenamt", "Lehrbeauftragter, Hochschule Talheim, 2 SWS", "teaching"),
        ("Lehre und Ehrenamt", "Betreuung von 19 Abschlussarbeiten, davon 3 mit Preis", "teaching"),
        ("Lehre und Ehrenamt", "Obmann, Arbeitskreis Garn, 2020–2024", "honour"),
    ],
)
def test_in_a_list_of_two_kinds_the_words_of_the_line_decide(heading: str, line: str, kind: str) -> None:
    assert [k for k, _ in told(f"## {heading}\n\n- {line}\n")] == [kind]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Talks", "Below are a few highlighted talks that I have given recently."),
        ("Teaching", "I collaborate with and mentor many students, often on one project."),
        ("Languages", "The complete list of publications is in papers.bib."),
        ("Kenntnisse", "Talheim, den 2. September 2024"),
        ("Awards", "† scheduled"),
    ],
)
def test_a_sentence_about_the_list_or_the_page_is_no_entry(heading: str, text: str) -> None:
    assert told(f"## {heading}\n\n{text}\n") == []


def test_languages_beside_skills_are_languages() -> None:
    text = "## Sprachen und Kenntnisse\n\n- Deutsch: Muttersprache\n- Schwedisch (B2)\n- Analytik: NMR, GC-MS\n"
    assert told(text) == [
        ("language", "Deutsch: Muttersprache"),
        ("language", "Schwedisch (B2)"),
        ("skill", "Analytik: NMR, GC-MS"),
    ]


def test_labelled_lines_of_skills_are_told_apart() -> None:
    text = "## Kenntnisse\n\nSprachen: Deutsch (Muttersprache), Englisch (gut)\\\nSoftware: Loomcad, Python\\\nHobbys: Seekajak, Posaune\n"
    assert sorted(told(text)) == [
        ("language", "Deutsch (Muttersprache)"),
        ("language", "Englisch (gut)"),
        ("skill", "Software: Loomcad, Python"),
    ]


def test_software_under_skills_is_a_skill() -> None:
    assert told("## Skills\n\n### Software\n\nPython, R, Loomcad\n") == [("skill", "Python, R, Loomcad")]


@pytest.mark.parametrize(
    ("line", "title", "period"),
    [
        ("fewloom - toolbox for sparse yarn, 2.3k stars", "fewloom", None),
        ("loomee — sampling in Python", "loomee", None),
        ("ledger (2019 – present): A double-entry ledger", "ledger", "2019/now"),
        ("pinloom: Data about the looms of the old regime, 1973-1990", "pinloom", None),
        ("Telecontrol del hilo (TELEHILO). Conselleria. 2020-2022. Investigadora principal.", "Telecontrol del hilo (TELEHILO)", "2020/2022"),
    ],
)  # fmt: skip
def test_a_project_is_named_by_what_its_line_begins_with(line: str, title: str, period: str | None) -> None:
    (project,) = (f for f in facts(f"## Projects\n\n- {line}\n") if isinstance(f, Project))
    found = project.period
    shown = (
        f"{found.start.edtf if found.start else ''}/{'now' if found.current else found.end.edtf if found.end else ''}"
        if found
        else None
    )
    assert (project.title, shown) == (title, period)


def test_a_dated_head_is_a_project_and_the_items_below_tell_of_it() -> None:
    text = "## Projects\n\nlogsieve | Rust\tJune 2023 – Present\n\n- Groups build errors; 1.4k stars\n\ncrawloom | C\t2020 – 2021\n\n- Toy compiler\n"
    assert [f.title for f in facts(text) if isinstance(f, Project)] == ["logsieve | Rust", "crawloom | C"]


def test_a_project_that_states_its_money_is_a_grant_too() -> None:
    text = "## 科研项目\n\n- 织机科学基金面上项目，织机失控机理研究，2023.01—2026.12，54万元，主持\n"
    assert [f.kind for f in facts(text)] == ["project", "grant"]


def test_labelled_lines_of_interests_are_told_apart() -> None:
    found = [
        f
        for f in facts("## Fields\n\nPrimary: Loom Economics, Yarn\\\nSecondary: Urban Looms\n")
        if isinstance(f, Interest)
    ]
    assert [(i.topic, i.detail) for i in found] == [("Primary", "Loom Economics, Yarn"), ("Secondary", "Urban Looms")]


def test_addresses_of_referees_are_not_the_persons() -> None:
    text = "# Ada Byron\n\nada@quay.example\n\n## References\n\nBo Li, bo@quay.example\n"
    assert [f.value for f in facts(text) if isinstance(f, Contact)] == ["ada@quay.example"]


def test_what_is_set_deeper_than_a_project_tells_of_it() -> None:
    text = (
        "## Projects\n\n- **TREADLE** (PhD, 2024– )\n  - 12 looms at 6 quays\n  - On our own cloth: 81 % of knots found\n"
        "- **Shuttlefish** (open-source package, since 2022)\n  - First look: knots follow the tide\n- Heddle study (MSc, 2019–20): a longer story\n"
    )
    found = [f for f in facts(text) if isinstance(f, Project)]
    assert [f.title for f in found] == ["TREADLE", "Shuttlefish", "Heddle study"]
    assert [f.period is not None for f in found] == [True, True, True]


def test_dated_projects_below_a_label_are_told_one_by_one() -> None:
    text = "## Projects\n\n- Looms: for industry\n  - Treadle: a motor (2019)\n  - Shuttle: a brake (2021)\n"
    assert [f.title for f in facts(text) if isinstance(f, Project)] == ["Looms", "Treadle", "Shuttle"]
