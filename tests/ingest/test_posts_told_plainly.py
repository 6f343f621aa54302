"""Posts under headings in plain words, with arrows between their dates and remarks before their roles."""

import pytest

from ingest.domain import Document, Fact, Position, Section, Source
from ingest.extract import facts_in
from ingest.readers import markdown
from ingest.sections import section_of


def read(text: str) -> Document:
    return markdown.read(f"# Ada Byron\n\n{text}", Source("cv.md", "CV"))


def positions(text: str) -> list[Position]:
    found: tuple[Fact, ...] = facts_in(read(text))
    return [f for f in found if isinstance(f, Position)]


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    """Role, employer and period of every position, in the document's order."""
    return [(f.role, f.organisation, when(f)) for f in positions(text)]


def when(fact: Position) -> str:
    period = fact.period
    if period is None:
        return ""
    start, end = period.start.edtf if period.start else "", period.end.edtf if period.end else ""
    return f"{start}/{'now' if period.current else end}"


POSTS = """**Mar 2021 → now** Lecturer (60 %), Loom group, University of Quay. PI: Prof. Bo Wool. Fixed until 30 June 2027.
**Jan 2022 -> now** (20 %, next to it) Scientific adviser, Shuttle BV, a maker of shuttles; one day a week in May.
**Summer 2018** (11 weeks) Research intern, Spindle Labs, Harbourtown. Wrote a manual.
**2013–2015** Software developer, Kelp AS, Lin. Mostly from home.
"""


@pytest.mark.parametrize("heading", ["Where I've been", "Where I have worked", "Before and since"])
def test_posts_on_lines_that_open_with_bold_periods_are_read_one_by_one(heading: str) -> None:
    assert told(f"## {heading}\n\n{POSTS}") == [
        ("Lecturer (60 %)", "University of Quay", "2021-03/now"),
        ("Scientific adviser", "Shuttle BV", "2022-01/now"),
        ("Research intern", "Spindle Labs", "2018-22/2018-22"),
        ("Software developer", "Kelp AS", "2013/2015"),
    ]


def test_who_leads_the_group_of_a_post_supervises_it() -> None:
    assert positions(f"## Posts\n\n{POSTS}")[0].supervisors == ("Prof. Bo Wool",)


@pytest.mark.parametrize(
    "heading",
    [
        "Where I’ve been",
        "What I've done",
        "Wo ich gearbeitet habe",
        "Où j'ai travaillé",
        "Dónde he trabajado",
        "Dove ho lavorato",
        "Onde já trabalhei",
        "我工作过的地方",
    ],
)
def test_a_heading_in_plain_words_names_the_section_of_posts(heading: str) -> None:
    assert section_of(heading) is Section.EXPERIENCE


def test_plain_words_within_a_heading_do_not_hide_what_else_it_says() -> None:
    assert section_of("What I've done in teaching") is Section.TEACHING


def test_a_remark_of_months_before_a_role_is_no_employer() -> None:
    assert told("## Experience\n\n2021 (May–Nov) | Research Intern | Shuttle AI, Lin") == [
        ("Research Intern", "Shuttle AI", "2021/2021")
    ]


def test_what_somebody_tells_of_themselves_in_a_sentence_is_no_role() -> None:
    sentence = "I look after the tools of the Loom Circle (steward 2019–2022, helper since)."
    assert told(f"## Where I have worked\n\n- Weaver, Port Museum, 2012–2014\n\n{sentence}") == [
        ("Weaver", "Port Museum", "2012/2014")
    ]


def test_an_employer_may_go_on_in_small_letters_where_others_print_the_role_first() -> None:
    text = """## Parcours professionnel

**Technicienne textile** — Association Fil d'Or, Port-Lin *(02/2015 – 03/2020)*
- Catalogue de 2018

**Tisseuse** — Chambre régionale des métiers du Haut-Lin *(sept. 2010 – janv. 2015)*
- Atelier de 2013
"""
    assert told(text) == [
        ("Technicienne textile", "Association Fil d'Or", "2015-02/2020-03"),
        ("Tisseuse", "Chambre régionale des métiers du Haut-Lin", "2010-09/2015-01"),
    ]


@pytest.mark.parametrize(
    ("line", "posts"),
    [
        (
            "**Travaux brefs** : formatrice et consultante pour la Ville de Kerlin, Canada (un mois, 2015-2016) ; lectrice du prix *Fil* (2021).",
            [("formatrice et consultante", "Ville de Kerlin", "2015/2016")],
        ),
        (
            "**Short missions**: consultant for the University of Lin (2015–2016); researcher, Loom Institute, Quay (2019).",
            [("consultant", "University of Lin", "2015/2016"), ("researcher", "Loom Institute", "2019/2019")],
        ),
        ("Rufe: W3-Professur Universität Lin (2023, abgelehnt); Vertretung der Professur, Universität Quay; 2019", []),
    ],
)
def test_small_posts_between_semicolons_are_told_one_by_one_or_not_at_all(
    line: str, posts: list[tuple[str, str, str]]
) -> None:
    assert told(f"## Experience\n\n{line}\n") == posts


@pytest.mark.parametrize(
    "where",
    [
        "Kelp Data (remote)",
        "Kelp Data (Remote)",
        "Kelp Data, remote",
        "Kelp Data, hybrid",
        "Kelp Data (Home Office)",
        "Kelp Data, à distance",
        "Kelp Data (en remoto)",
        "Kelp Data, da remoto",
        "Kelp Data (à distância)",
        "Kelp Data（远程）",
        "Kelp Data\n  (remote, head office in Harbourtown)",
    ],
)
def test_remote_is_no_employer(where: str) -> None:
    found = told(
        f"## Experience\n\n- **2018 – 2020** Software engineer, {where}\n- **2016 – 2018** Tutor, Port University"
    )
    assert found[0] == ("Software engineer", "Kelp Data", "2018/2020")


@pytest.mark.parametrize(
    "same",
    [
        "same university",
        "dieselbe Universität",
        "gleiche Universität",
        "même université",
        "misma universidad",
        "mesma universidade",
        "stessa università",
        "同一大学",
    ],
)
def test_the_same_university_is_that_of_the_post_above(same: str) -> None:
    text = f"## Experience\n\n- 1991–1996 Lecturer, University of Quay\n- 1996–2003 Professor, {same} (1999–2000 on leave)\n"
    assert told(text)[1] == ("Professor", "University of Quay", "1996/2003")


def test_a_remark_that_names_a_role_hides_no_post_under_an_unforeseen_heading() -> None:
    lines = (
        "1991–1996 Lecturer, University of Quay",
        "1996–2003 Professor, same university (1999, adviser to a ministry)",
    )
    found = told("## Many looms\n\n" + "\n".join(f"- {line}" for line in lines))
    assert found[1] == ("Professor", "University of Quay", "1996/2003")
