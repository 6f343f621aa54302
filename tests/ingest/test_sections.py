"""Sections by heading words, lost headings, and runs of citations that lost theirs."""

import pytest

from ingest.domain import Document, Section, Source
from ingest.readers import markdown
from ingest.sections import heading_text, section_of, sections_in


def read(text: str) -> Document:
    return markdown.read(text, Source("cv.md", "CV"))


def section_at(document: Document, text: str) -> tuple[Section, tuple[str, ...]]:
    for block in document.blocks:
        if text in document.quote(block.span):
            return block.section, block.path
    raise AssertionError(f"no block holds {text!r}")


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Experience", Section.EXPERIENCE),
        ("WORK EXPERIENCE", Section.EXPERIENCE),
        ("Berufserfahrung", Section.EXPERIENCE),
        ("Expérience professionnelle", Section.EXPERIENCE),
        ("Experiencia laboral", Section.EXPERIENCE),
        ("工作经历", Section.EXPERIENCE),
        ("Teaching Experience", Section.TEACHING),
        ("Education", Section.EDUCATION),
        ("Ausbildung", Section.EDUCATION),
        ("教育背景", Section.EDUCATION),
        ("Selected Publications", Section.PUBLICATIONS),
        ("Veröffentlichungen", Section.PUBLICATIONS),
        ("Honors & Awards", Section.AWARDS),
        ("Research Interests", Section.INTERESTS),
        ("Grants and Funding", Section.GRANTS),
        ("Programming Languages", Section.SKILLS),
        ("Languages", Section.LANGUAGES),
        ("Hobbies I Had as a Child", None),
        ("", None),
    ],
)
def test_a_heading_names_its_section(heading: str, section: Section | None) -> None:
    assert section_of(heading) is section


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("♣ SELECTED PROJECTS:", "SELECTED PROJECTS"),
        ("♀ Research Interests", "Research Interests"),
        ("C++", "C++"),
        ("—", ""),
    ],
)
def test_ornaments_are_no_part_of_a_heading(printed: str, bare: str) -> None:
    assert heading_text(printed) == bare


def test_a_heading_that_lost_its_markup_still_opens_its_section() -> None:
    document = read("# Ada\n\n## Experience\n\nAn institute 2020 – 2021\n\nEDUCATION\n\nA university 2014 – 2018")
    assert section_at(document, "A university") == (Section.EDUCATION, ("EDUCATION",))


def test_a_word_of_a_heading_inside_a_sentence_opens_nothing() -> None:
    document = read("# Ada\n\n## Experience\n\nEducation matters to me.\n\nAn institute 2020 – 2021")
    assert section_at(document, "An institute")[0] is Section.EXPERIENCE


def test_a_sub_heading_stays_in_its_section() -> None:
    document = read("# Ada\n\n## Projects\n\n### A Bridge for Frogs\n\nIt stands.\n\n## Awards\n\nA medal")
    assert section_at(document, "It stands.") == (Section.PROJECTS, ("Projects", "A Bridge for Frogs"))
    assert section_at(document, "A medal") == (Section.AWARDS, ("Awards",))


def test_a_new_section_on_a_deeper_level_closes_the_one_before() -> None:
    document = read("## Experience\n\nAn institute\n\n#### Research Interests\n\n- Frogs")
    assert section_at(document, "Frogs") == (Section.INTERESTS, ("Research Interests",))


def test_citations_without_a_heading_are_told_from_what_they_follow() -> None:
    items = "\n".join(f"- Ada Byron, Bo Li, A Bridge for Frogs Number {n}. In Ponds (PONDS-201{n})" for n in range(3))
    document = read(f"## Projects\n\n### A Bridge\n\nIt stands.\n\n{items}")
    assert section_at(document, "Number 1")[0] is Section.PUBLICATIONS
    assert section_at(document, "It stands.")[0] is Section.PROJECTS


def test_two_citations_alone_stay_where_they_are() -> None:
    items = "\n".join(f"- Ada Byron, Bo Li, A Bridge for Frogs Number {n}. In Ponds (PONDS-201{n})" for n in range(2))
    assert section_at(read(f"## Projects\n\n{items}"), "Number 1")[0] is Section.PROJECTS


def test_the_title_of_a_document_is_no_section() -> None:
    document = read("# Publications of Ada\n\nHello.\n\n## Education\n\nA university")
    assert section_at(document, "Hello.") == (Section.OTHER, ())


@pytest.mark.parametrize(
    "end", ["Joint with Bo Li (US$ 10,000).", "Joint with Bo Li and Cara Diaz on the looms of the harbour."]
)
def test_awards_that_look_like_citations_stay_where_they_are(end: str) -> None:
    items = "\n".join(f"- Research Grant, Quay College, 201{n}. {end}" for n in range(3))
    assert section_at(read(f"# Ada\n\n## Fellowships and Awards\n\n{items}"), "2011")[0] is Section.AWARDS


def test_a_run_of_citations_below_awards_is_set_apart() -> None:
    items = "\n".join(f"- Ada Byron, Bo Li, A Bridge for Frogs Number {n}. In Ponds (PONDS-201{n})" for n in range(3))
    assert section_at(read(f"# Ada\n\n## Awards\n\n- A medal, 2019\n\n{items}"), "Number 1")[0] is Section.PUBLICATIONS


def test_software_below_skills_is_no_list_of_projects() -> None:
    assert section_at(read("# Ada\n\n## Skills\n\n### Software\n\nPython, R"), "Python")[0] is Section.SKILLS


@pytest.mark.parametrize(
    ("heading", "sections"),
    [
        ("Grants and awards", {Section.GRANTS, Section.AWARDS}),
        ("Lehre und Ehrenamt", {Section.TEACHING, Section.SERVICE}),
        ("Education", {Section.EDUCATION}),
        ("A rough day", set()),
    ],
)
def test_a_heading_may_name_several_sections(heading: str, sections: set[Section]) -> None:
    assert sections_in(heading) == sections


@pytest.mark.parametrize(
    "heading",
    [
        "Research & jobs before the degree",
        "Forschung und Berufserfahrung",
        "Recherche et emplois",
        "Investigación y empleos",
        "科研与工作",
    ],
)
def test_research_beside_posts_in_a_heading_is_where_one_worked(heading: str) -> None:
    assert section_of(heading) is Section.EXPERIENCE


@pytest.mark.parametrize(
    "heading", ["Research", "Research interests", "Research work", "Research and teaching interests"]
)
def test_research_alone_or_with_interests_is_no_post(heading: str) -> None:
    assert section_of(heading) is not Section.EXPERIENCE
