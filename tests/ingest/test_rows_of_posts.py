"""What stands in and beside the lines of posts: deeds within them, remarks, successions, what is to come; and projects that cost money."""

import pytest

from ingest.domain import Document, Fact, Honour, Item, Position, Project, Source
from ingest.extract import facts_in
from ingest.readers import markdown
from ingest.sections import section_of


def read(text: str) -> Document:
    return markdown.read(f"# Ada Byron\n\n{text}", Source("cv.md", "CV"))


def facts(text: str) -> tuple[Fact, ...]:
    return facts_in(read(text))


def positions(text: str) -> list[Position]:
    return [f for f in facts(text) if isinstance(f, Position)]


def when(fact: Position | Project) -> str:
    """The period in short: ``2019-01/2020-02``, ``2021/now``."""
    period = fact.period
    if period is None:
        return ""
    start, end = period.start.edtf if period.start else "", period.end.edtf if period.end else ""
    return f"{start}/{'now' if period.current else end}"


PRACTICE = """### Practice

**Byron Wool, Quayside** — Founding partner (with Bo Wool)
*March 2015 to date; 50 % since June 2020*
- Grew from 2 to 7 people

**Loom Bureau, Harbourtown** — Project architect
*01/2011 – 02/2015*

**Atelier Hank, Lin** — Intern, later junior architect
*2006 – 2008, part-time alongside studies*

**City of Talheim** — Member, Street Furniture Committee
*2018 – 2021 (about one day a month)*
"""


def test_a_practice_is_read_with_the_town_of_each_firm() -> None:
    shown = [(p.role, p.organisation, p.group, p.place, when(p)) for p in positions(PRACTICE)]
    assert shown == [
        ("Founding partner (with Bo Wool)", "Byron Wool", None, "Quayside", "2015-03/now"),
        ("Project architect", "Loom Bureau", None, "Harbourtown", "2011-01/2015-02"),
        ("Intern, later junior architect", "Atelier Hank", None, "Lin", "2006/2008"),
        ("Member", "City of Talheim", "Street Furniture Committee", None, "2018/2021"),
    ]


def test_the_span_of_a_post_is_what_its_lines_print() -> None:
    document = read(PRACTICE)
    second = [f for f in facts_in(document) if isinstance(f, Position)][1]
    assert "".join(c for c in document.quote(second.span) if c not in "*") == (
        "Loom Bureau, Harbourtown — Project architect\n01/2011 – 02/2015"
    )


@pytest.mark.parametrize("heading", ["Best practice", "Reflective practice in looms"])
def test_practice_within_a_heading_names_no_section(heading: str) -> None:
    assert section_of(heading) is None


def test_a_post_to_date_lasts() -> None:
    text = "## Posts\n\nWool Psychologist (0.6 FTE), Quay Hospital, February 2019 to date\n\nTutor, Port University, 2014 – 2016\n"
    assert [when(p) for p in positions(text)] == ["2019-02/now", "2014/2016"]


@pytest.mark.parametrize(
    "deed",
    [
        "Convener, slow yarn group (about 12 people), 2016–2017",
        "Deputy shuttle coordinator, 2017",
        "Acting Loom Manager, Jan–Jun 2016 (parental cover, line-managed 9 people)",
    ],
)
def test_a_role_within_a_post_is_no_post_of_its_own(deed: str) -> None:
    text = (
        f"## Experience\n\nQuay Underground Laboratory, Lin\\\nPostdoctoral Fellow, Oct 2015 – Dec 2017\n\n- {deed}\n"
    )
    (post,) = positions(text)
    assert (post.role, post.organisation, when(post)) == (
        "Postdoctoral Fellow",
        "Quay Underground Laboratory",
        "2015-10/2017-12",
    )
    assert post.body is not None


@pytest.mark.parametrize(
    "line", ["Lecturer, Port University, 2016 – 2017", "Convener, slow yarn group, 2012 – 2013", "Tutor, since 2016"]
)
def test_a_post_elsewhere_or_at_another_time_stays_one(line: str) -> None:
    text = f"## Experience\n\nQuay Laboratory, Lin\\\nPostdoctoral Fellow, Oct 2015 – Dec 2017\n\n- {line}\n"
    assert len(positions(text)) == 2


def test_roles_listed_under_a_dated_employer_stay_posts() -> None:
    text = (
        "## Experience\n\nLoom Works, Lin, 2010 – 2020\n\n- Weaver, 2010 – 2014\n- Foreman and manager, 2014 – 2020\n"
    )
    assert "Foreman and manager" in [p.role for p in positions(text)]


def test_a_part_of_the_employer_above_is_no_employer() -> None:
    text = (
        "## Experience\n\nByron & Wool Bank, Harbourtown\\\nSenior Analyst, Loom Validation, 07/2019 – 03/2021\n\n- Rejected 3 looms\n\n"
        "Analyst, Loom Validation, 01/2018 – 06/2019\n"
    )
    assert [(p.role, p.organisation, p.group) for p in positions(text)] == [
        ("Senior Analyst", "Byron & Wool Bank", "Loom Validation"),
        ("Analyst", "Byron & Wool Bank", "Loom Validation"),
    ]


def test_a_sentence_or_a_parenthesis_is_no_employer() -> None:
    text = (
        "## Experience\n\n"
        "- Scientific adviser, Shuttle Analytics (start-up), 2 days a month, Jan 2022 – Aug 2023. The company closed in late 2023.\n"
        "- Volunteer weaver and tutor, 2010 – 2011 (unpaid leave from the looms), Hilfswerk Garn\n"
    )
    assert [p.organisation for p in positions(text)] == ["Shuttle Analytics", "Hilfswerk Garn"]


@pytest.mark.parametrize("role", ["Loom Operative, then Pattern Assistant", "Volontärin, später Kuratorin"])
def test_a_role_and_the_next_are_told_together(role: str) -> None:
    (post,) = positions(f"## Experience\n\n{role}, 2012 – 2015\\\nYarn Parcels, Quayside\n")
    assert (post.role, post.organisation, post.place) == (role, "Yarn Parcels", "Quayside")


def test_a_post_to_come_is_a_row_of_its_own_and_not_current() -> None:
    text = (
        "## Positions\n\n| When | What | Where |\n|---|---|---|\n"
        "| from 1 Oct 2025 | Postdoctoral researcher (2 years, accepted) | Loom Centre for Knots, Talheim |\n"
        "| 2020 – | PhD fellow | Quay Institute, Lin |\n"
    )
    assert [(p.role, p.organisation, when(p)) for p in positions(text)] == [
        ("Postdoctoral researcher (2 years, accepted)", "Loom Centre for Knots", "2025-10-01/"),
        ("PhD fellow", "Quay Institute", "2020/now"),
    ]


def test_a_nomination_is_no_grant() -> None:
    text = "## Awards and funding\n\n- Nominated for Loom Tutor of the Year, Quay Institute, 2022 (not won)\n- Yarn Travel Grant, 2021\n"
    found = facts(text)
    assert [f.title for f in found if isinstance(f, Item)] == ["Yarn Travel Grant"]
    assert [f.is_award for f in found if isinstance(f, Honour)] == [True]


@pytest.mark.parametrize(
    ("column", "cell", "is_granted"),
    [("Budget", "Lead designer", False), ("Funder", "Wool Fund", True), ("Budget", "Principal investigator", True)],
)
def test_a_project_with_a_budget_is_granted_only_where_someone_gave_it(
    column: str, cell: str, is_granted: bool
) -> None:
    text = (
        f"## Selected projects\n\n| Project | Years | Sum | {column} | Role |\n|---|---|---|---|---|\n"
        f"| Yarn School (6 rooms) | 2016–2020 | € 3.4 million | {cell} | Built |\n"
        f"| Quay Square | 2024– | up to € 2.2 million | {cell} | On site since 2025 |\n"
    )
    found = facts(text)
    shown = [(f.title, when(f)) for f in found if isinstance(f, Project)]
    assert shown == [("Yarn School (6 rooms)", "2016/2020"), ("Quay Square", "2024/now")]
    assert [f.kind for f in found if isinstance(f, Item)] == ["grant", "grant"] * is_granted
