"""Paragraphs of Markdown that open with their section's name in bold, and degrees that stand in one such paragraph."""

import pytest

from ingest.domain import BlockKind, Degree, Document, Item, Section, Source
from ingest.extract import facts_in
from ingest.readers import markdown

CV = """# Ada Byron — weaver

**In short.** I weave wet wool.

**Teaching.** Evening tutor (0.2), Port School of Looms, since May 2016.

**Training.** MA Looms, University of Quay, 2005–08 (merit). BA Yarn, same place, 2001, dropped out in spring. BSc Dyeing (2:1), Open Kelp University, 2003–05.

**Grants.**
- Spindle Foundation, research grant, £9,000, 2019

**Shows.** "Knots", Port Gallery, spring 2021.

**Talks**: Opening talk, Wool Days, Lin, 2 May 2022.

**Committees** — Port pattern jury, member 2014–18.
"""


def read(text: str) -> Document:
    return markdown.read(text, Source("cv.md", "CV"))


def sections(text: str) -> list[tuple[str, Section]]:
    """The headings below the title, each with the section that it opens."""
    document = read(text)
    return [(b.path[-1], b.section) for b in document.blocks if b.kind is BlockKind.HEADING and b.path]


def test_bold_labels_that_name_sections_open_them_and_others_end_the_one_above() -> None:
    assert sections(CV) == [
        ("In short", Section.OTHER),
        ("Teaching", Section.TEACHING),
        ("Training", Section.EDUCATION),
        ("Grants", Section.GRANTS),
        ("Shows", Section.OTHER),
        ("Talks", Section.TALKS),
        ("Committees", Section.SERVICE),
    ]


def test_what_stands_behind_the_labels_is_of_their_kinds() -> None:
    found = [f for f in facts_in(read(CV)) if isinstance(f, Item)]
    assert [(f.kind, f.title.split(",")[0]) for f in found] == [
        ("teaching", "Evening tutor (0.2)"),
        ("grant", "Spindle Foundation"),
        ("talk", "Opening talk"),
    ]


def test_the_labels_of_other_languages_open_sections_too() -> None:
    text = "# Ada\n\n**Formation.** Thèse.\n\n**Lehre:** Weben.\n\n**Premios.** Uno.\n\n**语言：** 英语。\n"
    assert [section for _, section in sections(text)] == [
        Section.EDUCATION,
        Section.TEACHING,
        Section.AWARDS,
        Section.LANGUAGES,
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Ada\n\n## Skills\n\n**Tools.** Looms.\n\n**Languages.** English.\n",
        "# Ada\n\n## Work\n\n**Loom Works.** Looms.\n\n**Spindle Ltd.** Yarn.\n\n**Talks.** Two.\n\n**Grants.** One.\n\n**Teaching.** Knots.\n\n**Kelp.** W.\n",
        "# Ada\n\n## Work\n\n- **Teaching.** Knots.\n- **Talks.** Two.\n- **Grants.** One.\n",
    ],
)
def test_a_few_labels_among_others_or_in_a_list_are_no_headings(text: str) -> None:
    assert len(sections(text)) == 1


def test_every_character_of_a_paragraph_with_a_label_stays_in_order() -> None:
    assert "".join(read(CV).text.split()) == "".join(CV.replace("*", "").replace("#", "").replace("\n- ", "\n").split())


def test_degrees_in_the_sentences_of_one_paragraph_are_several() -> None:
    found = [f for f in facts_in(read(CV)) if isinstance(f, Degree)]
    assert [(f.title, f.institution, f.note) for f in found] == [
        ("MA Looms", "University of Quay", "(merit)"),
        ("BA Yarn", "University of Quay", "dropped out in spring"),
        ("BSc Dyeing (2:1)", "Open Kelp University", None),
    ]
