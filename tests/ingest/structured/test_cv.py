"""Structured CVs: what a person reads of them, and the facts that they state."""

import json
from typing import Any

import pytest

from ingest.domain import (
    BlockKind,
    Contact,
    Degree,
    Document,
    Honour,
    Interest,
    Item,
    PartialDate,
    Period,
    Position,
    Project,
    Publication,
    Section,
)
from tests.ingest.structured.pages import check, is_taken, of, page

RESUME: dict[str, Any] = {
    "$schema": "https://example.org/resume-schema/v1.0.0/schema.json",
    "basics": {
        "name": "Mira Okonjo",
        "label": "Acoustician",
        "image": "https://mira.example/face.png",
        "email": "mira@example.org",
        "url": "https://mira.example",
        "summary": "Listens to whales.\n\nAnd to *harbours*.",
        "location": {"city": "Lisbon", "countryCode": "PT"},
        "profiles": [{"network": "GitHub", "username": "mira", "url": "https://code.example/mira"}],
    },
    "work": [
        {
            "name": "Harbour Institute",
            "position": "Senior Researcher",
            "location": "Lisbon",
            "startDate": "2021-03-01",
            "endDate": "",
            "summary": "Leads the listening group.",
            "highlights": ["Built 12 hydrophones", "Wrote [the manual](https://mira.example/manual)"],
            "url": "https://harbour.example",
        },
        {"name": "Museum of Tides", "position": "Curator", "startDate": "2018", "endDate": "2021-02"},
    ],
    "volunteer": [
        {"organization": "Coast Watch", "position": "Guide", "startDate": "2012-01-01", "endDate": "2013-01-01"}
    ],
    "education": [
        {
            "institution": "University of Bergen",
            "area": "Marine Physics",
            "studyType": "PhD",
            "startDate": "2014-08",
            "endDate": "2018-06",
            "score": "1.0",
            "courses": ["Waves", "Tides"],
        }
    ],
    "awards": [
        {"title": "Golden Hydrophone", "awarder": "Sound Board", "date": "2023-11-01", "summary": "For listening."}
    ],
    "certificates": [{"name": "Diver", "issuer": "Sea School", "date": "2011"}],
    "publications": [
        {
            "name": "Whales in Harbours",
            "publisher": "Journal of Sound",
            "releaseDate": "2022-10-01",
            "summary": "They sing.",
        }
    ],
    "skills": [{"name": "Signals", "level": "Master", "keywords": ["FFT", "R"]}],
    "languages": [{"language": "English", "fluency": "Native speaker"}],
    "interests": [{"name": "Wildlife", "keywords": ["Ferrets"]}],
    "references": [{"name": "Ada Byron", "reference": "She hears everything."}],
    "projects": [
        {
            "name": "Hydrophone Commons",
            "description": "A library of sounds",
            "highlights": ["Used by 40 labs"],
            "keywords": ["audio"],
            "startDate": "2020-01",
            "endDate": "2020-12",
            "url": "https://commons.example",
        }
    ],
    "meta": {"version": "v1.0.0"},
}
MIRA = page("resume.json", json.dumps(RESUME))

RENDERCV = """
cv:
  name: Mira Okonjo
  location: Lisbon
  email: mira@example.org
  social_networks:
    - network: LinkedIn
      username: mira.o
  sections:
    "Welcome!":
      - "[Hydro](https://h.example) is **loud**."
    studies_done:
      - institution: University of Bergen
        area: Marine Physics
        degree: PhD
        start_date: 2014-08
        end_date: present
        highlights:
          - "Advisor: Ingrid Solheim"
    where_i_worked:
      - company: Harbour Institute
        position: Intern
        location: Lisbon, Portugal
        start_date: 2024-06
        highlights:
          - Published [3 papers](https://example.com)
    projects:
      - name: "[Commons](https://c.example)"
        date: Fall 2023
        summary: A library
    papers_of_mine:
      - title: Coils
        authors: ["Bo Li", "***Mira Okonjo***", "et al."]
        doi: 10.1109/X.2023.1
        date: 2004-01
        journal: Journal of Coils
    skills:
      - label: Programming
        details: Python, C++
    awards:
      - bullet: "Golden Hydrophone, 2023"
    notes_of_mine:
      - number: A numbered entry.
design:
  theme: classic
"""

ALFOLIO = """
- title: General Information
  type: map
  contents:
    - name: Full Name
      value: Mira Okonjo
    - name: Languages
      value: English (native), French
- title: Education
  type: time_table
  contents:
    - title: PhD
      institution: University of Bergen
      year: 2017
      description:
        - Marine Physics
        - title: Thesis
          contents:
            - <a href="https://x.example">Whales</a> in harbours
- title: Experience
  type: time_table
  contents:
    - title: Fellow
      institution: Institute for Sound
      year: 2023 -
- title: Honors and Awards
  type: time_table
  contents:
    - year: 2021
      items:
        - Golden Hydrophone
        - Silver Hydrophone
- title: Academic Interests
  type: nested_list
  contents:
    - title: Memory
      items:
        - Neural mechanisms
- title: Other Interests
  type: list
  contents:
    - <u>Hobbies:</u> Rowing
"""

ONLINE = """
sidebar:
    about: True
    name: Mira Okonjo
    tagline: Acoustician
    avatar: profile.png
    email: mira@example.org
    website: mira.example
    languages:
      - idiom: English
        level: Native
career-profile:
    title: Career Profile
    summary: |
      Quick to listen.
experiences:
    - role: Intern
      time: May 2018 - August 2018 (4 months)
      company: Harbour Co.,Ltd
      details: |
        - Helped along.
projects:
    title: Projects
    intro: Things I made.
    assignments:
      - title: Velocity
        link: "#"
        tagline: A fast one
publications:
    title: Publications
    papers:
      - title: Some paper
        link: "#"
        authors: Mira Okonjo, Lena Abadi
        conference: Proceedings of Sound, 2014
skills:
    title: Skills &amp; Proficiency
    toolset:
      - name: Python
        level: 98%
"""

LATEX_YAML = r"""
name: {first: Mira, last: Okonjo}
email: mira@example.org
color: black
linkcolor: '0.17,0.44,0.51'
order:
  - [degrees, Education]
  - [jobs, Positions]
  - [awards, Honors \& Awards]
  - [code, Open Source Repositories]
  - [helping, Professional Activities]
degrees:
  - school: University of Bergen
    degree: Ph.D. in Marine Physics
    dates: 2014--2019
    details:
      - "Advisor: \\href{https://x.example}{Ingrid Solheim}"
jobs:
  - place: Harbour Institute
    location: Lisbon
    title: Researcher
    dates: 2025--
  - place: Museum of Tides
    title: Intern
    dates: 2017
    inline_detail: "with \\href{https://a.example}{Ada Byron} on C\\#"
awards:
  - title: Golden Hydrophone
    year: 2023
    url: https://prize.example
code:
  - repo_url: https://github.com/mira/whales
    year: 2024
    desc: Finds whales
helping:
  reviewer:
    - Journal of Sound
old_about: not shown any more
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("resume.json", json.dumps(RESUME)),
        ("cv.yaml", RENDERCV),
        ("cv.yml", ALFOLIO),
        ("data.yml", ONLINE),
        ("mine.yaml", LATEX_YAML),
    ],
    ids=["JSON Resume", "RenderCV", "al-folio", "online-cv", "LaTeX in YAML"],
)
def test_every_page_is_whole_and_every_fact_stands_in_it(name: str, text: str) -> None:
    document = page(name, text)
    check(document)
    assert document.facts
    assert not any(mark in document.text for mark in ("**", "](", "<a", "\\", "&amp;"))


def test_a_json_resume_reads_like_a_cv() -> None:
    assert MIRA.text.startswith(
        "Mira Okonjo\n\nAcoustician\n\nContact\n\nEmail: mira@example.org\nWebsite: https://mira.example\n"
    )
    assert (
        "Senior Researcher, Harbour Institute, Lisbon (2021-03-01 – Present)\n\nLeads the listening group.\n\n"
        in MIRA.text
    )
    assert "Whales in Harbours. Journal of Sound, 2022-10-01.\n\nThey sing." in MIRA.text
    assert "She hears everything. — Ada Byron" in MIRA.text
    assert "And to harbours." in MIRA.text
    assert "face.png" not in MIRA.text
    assert "v1.0.0" not in MIRA.text


def test_a_json_resume_states_positions_with_open_ends_as_current() -> None:
    first, second = of(MIRA, Position)
    assert (first.role, first.organisation, first.place) == ("Senior Researcher", "Harbour Institute", "Lisbon")
    assert first.period == Period(PartialDate(2021, 3, 1), None, current=True)
    assert first.body is not None
    assert MIRA.quote(first.body).startswith("Leads the listening group.")
    assert "the manual" in MIRA.quote(first.body)
    assert second.period == Period(PartialDate(2018), PartialDate(2021, 2))


def test_a_json_resume_states_every_other_section() -> None:
    (degree,) = of(MIRA, Degree)
    assert (degree.title, degree.institution) == ("PhD, Marine Physics", "University of Bergen")
    assert [(h.title, h.is_award, h.dates) for h in of(MIRA, Honour)] == [
        ("Guide, Coast Watch", False, (PartialDate(2012, 1, 1), PartialDate(2013, 1, 1))),
        ("Golden Hydrophone, Sound Board", True, (PartialDate(2023, 11, 1),)),
        ("Diver, Sea School", True, (PartialDate(2011),)),
    ]
    assert [(i.kind, i.title) for i in of(MIRA, Item)] == [
        ("skill", "Signals (Master): FFT, R"),
        ("language", "English (Native speaker)"),
    ]
    assert [(i.topic, i.detail) for i in of(MIRA, Interest)] == [("Wildlife", "Ferrets")]
    (project,) = of(MIRA, Project)
    assert (project.title, project.period) == (
        "Hydrophone Commons",
        Period(PartialDate(2020, 1), PartialDate(2020, 12)),
    )
    (paper,) = of(MIRA, Publication)
    assert (paper.title, paper.venue, paper.date) == (
        "Whales in Harbours",
        "Journal of Sound",
        PartialDate(2022, 10, 1),
    )
    assert [(c.channel, c.value) for c in of(MIRA, Contact)] == [
        ("email", "mira@example.org"),
        ("link", "https://mira.example"),
        ("link", "https://code.example/mira"),
    ]


def test_blocks_carry_the_section_that_the_format_states() -> None:
    headings = {MIRA.quote(b.span): b.section for b in MIRA.blocks if b.kind is BlockKind.HEADING and b.level == 2}
    assert headings["Experience"] is Section.EXPERIENCE
    assert headings["Volunteering"] is Section.SERVICE
    assert headings["References"] is Section.OTHER
    inside = [b for b in MIRA.blocks if MIRA.quote(b.span) == "Built 12 hydrophones"]
    assert [b.path for b in inside] == [("Experience", "Senior Researcher, Harbour Institute, Lisbon")]


def test_the_drafts_before_the_schema_are_read_too() -> None:
    old = {
        "basics": {"name": "Mira"},
        "work": [{"company": "Tides", "position": "Curator", "website": "https://t.example", "startDate": "2019"}],
    }
    (position,) = of(page("resume.json", json.dumps(old)), Position)
    assert (position.role, position.organisation) == ("Curator", "Tides")


def test_rendercv_entries_are_told_by_their_keys_whatever_the_sections_title_is() -> None:
    document = page("cv.yaml", RENDERCV)
    (degree,) = of(document, Degree)
    assert (degree.institution, degree.title, degree.supervisors) == (
        "University of Bergen",
        "PhD, Marine Physics",
        ("Ingrid Solheim",),
    )
    assert degree.period == Period(PartialDate(2014, 8), None, current=True)
    (position,) = of(document, Position)
    assert position.period == Period(PartialDate(2024, 6), None, current=True)
    (paper,) = of(document, Publication)
    assert (paper.authors, paper.authors_complete, paper.date) == (
        ("Bo Li", "Mira Okonjo"),
        False,
        PartialDate(2004, 1),
    )
    assert [p.title for p in of(document, Project)] == ["Commons"]
    assert [(h.title, h.dates) for h in of(document, Honour)] == [("Golden Hydrophone", (PartialDate(2023),))]
    assert "Hydro is loud." in document.text
    assert "A numbered entry." in document.text
    assert "classic" not in document.text


def test_al_folio_sections_are_read_by_type() -> None:
    document = page("cv.yml", ALFOLIO)
    (degree,) = of(document, Degree)
    assert (degree.title, degree.institution, degree.period) == (
        "PhD",
        "University of Bergen",
        Period(PartialDate(2017), PartialDate(2017)),
    )
    (position,) = of(document, Position)
    assert position.period == Period(PartialDate(2023), None, current=True)
    assert [(h.title, h.dates) for h in of(document, Honour)] == [
        ("Golden Hydrophone", (PartialDate(2021),)),
        ("Silver Hydrophone", (PartialDate(2021),)),
    ]
    assert [i.title for i in of(document, Item)] == ["English (native)", "French"]
    assert [(i.topic, i.detail) for i in of(document, Interest)] == [
        ("Memory", "Neural mechanisms"),
        ("Hobbies", "Rowing"),
    ]
    assert "Whales in harbours" in document.text


def test_online_cv_is_read_by_its_shape() -> None:
    document = page("data.yml", ONLINE)
    (position,) = of(document, Position)
    assert (position.role, position.organisation) == ("Intern", "Harbour Co.,Ltd")
    assert position.period == Period(PartialDate(2018, 5), PartialDate(2018, 8))
    (paper,) = of(document, Publication)
    assert (paper.authors, paper.venue, paper.date) == (
        ("Mira Okonjo", "Lena Abadi"),
        "Proceedings of Sound",
        PartialDate(2014),
    )
    assert [p.title for p in of(document, Project)] == ["Velocity"]
    assert [i.title for i in of(document, Item)] == ["English (Native)", "Python (98%)"]
    assert "True" not in document.text
    assert "profile.png" not in document.text


def test_a_yaml_cv_with_latex_in_it_shows_what_its_own_layout_shows() -> None:
    document = page("mine.yaml", LATEX_YAML)
    first, second = of(document, Position)
    assert (first.organisation, first.role, first.place) == ("Harbour Institute", "Researcher", "Lisbon")
    assert first.period == Period(PartialDate(2025), None, current=True)
    assert second.body is not None
    assert document.quote(second.body) == "with Ada Byron on C#"
    (degree,) = of(document, Degree)
    assert degree.supervisors == ("Ingrid Solheim",)
    assert [(p.title, p.period) for p in of(document, Project)] == [
        ("whales", Period(PartialDate(2024), PartialDate(2024)))
    ]
    assert [h.title for h in of(document, Honour)] == ["Golden Hydrophone", "Journal of Sound"]
    assert "Honors & Awards" in document.text
    assert "black" not in document.text
    assert "not shown any more" not in document.text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("experience:\n  - {title: Clerk, weird_key: kept}\n", "Clerk: Weird Key: kept"),
        ("hobbies:\n  rowing: every day\n", "Rowing: every day"),
        ("talks:\n  - [A talk, Oslo, 2020]\n", "A talk, Oslo, 2020"),
        ("jobs:\n  acme: {role: Clerk, years: 2019-2020}\n", "Acme"),
        ("- one\n- two\n", "one\ntwo"),
        (
            "work_history:\n  - employer: Acme\n    positions:\n      - {title: Clerk, year: 2019}\n      - {title: Head, year: 2020}\n",
            "Head, Acme (2020)",
        ),
        (
            "service:\n  reviewer: [Journal of Sound]\n  main: [Chair of Ports]\n",
            "Chair of Ports\n\nReviewer\n\nJournal of Sound",
        ),
        ("experience:\n  - {title: Clerk, type: Full-time}\n", "Clerk: Type: Full-time"),
        (
            "education:\n  enable: true\n  index: false\n  items:\n    - {degree: BSc, school: {name: Porto, url: https://x.example}}\n",
            "BSc, Porto",
        ),
        ("experience:\n  - {title: Clerk, note: Sold tea., extra: yes}\n", "Clerk: Sold tea. Extra: yes"),
        ("skills:\n  - name: List<T> and p < 0.05\n", "List<T> and p < 0.05"),
        ("education:\n  - {degree: BSc, school: No, year: 2019. with honours}\n", "BSc, No (2019. with honours)"),
    ],
)
def test_nothing_readable_of_an_unknown_shape_is_lost(text: str, shown: str) -> None:
    document = page("cv.yaml", text)
    assert shown in document.text
    check(document)


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("icon: fa-user", "fa-user"),
        ("color: '#fff'", "fff"),
        ("css_class: big", "big"),
        ("show: true", "true"),
        ("logo_url: https://x.example/a.png", "x.example"),
        ("id: 8f3a", "8f3a"),
        ("featured_link: {enable: false, name: View}", "View"),
    ],
)
def test_what_is_for_the_program_is_left_out(line: str, lost: str) -> None:
    document = page("cv.yaml", f"experience:\n  - title: Clerk\n    {line}\n")
    assert document.text == "Experience\n\nClerk"
    assert lost not in document.text


def test_a_start_alone_means_until_now_only_where_the_format_says_so() -> None:
    unknown = page("cv.yaml", "experience:\n  - {role: Clerk, company: Acme, start: 2019}\n")
    (position,) = of(unknown, Position)
    assert position.period is not None
    assert not position.period.current
    assert "Present" not in unknown.text


def test_a_format_that_states_a_kind_is_not_searched_for_it_again() -> None:
    def twice(document: Document) -> list[tuple[str, str]]:
        kinds = {f.kind for f in document.facts}
        return [
            (f.kind, document.quote(f.span))
            for k in (Position, Degree, Honour, Item, Project)
            for f in of(document, k)
            if f.kind in kinds and f not in document.facts
        ]

    assert twice(MIRA) == []
    summary_only = page(
        "resume.json",
        json.dumps({"basics": {"name": "Mira", "summary": "I am a Lecturer at the University of Porto."}}),
    )
    assert [p.organisation for p in of(summary_only, Position)] == ["University of Porto"]


@pytest.mark.parametrize(
    ("name", "text", "taken"),
    [
        ("resume.json", json.dumps(RESUME), True),
        ("cv.yaml", RENDERCV, True),
        ("cv.yml", ALFOLIO, True),
        ("data.yml", ONLINE, True),
        ("mine.yaml", LATEX_YAML, True),
        ("reading.yaml", "books: [{title: Moby-Dick, author: Herman M.}]\nfilms: [{title: Jaws}]\n", False),
        (
            "package.json",
            '{"name": "x", "version": "1.0.0", "scripts": {}, "keywords": ["a"], "funding": {"url": "https://x"}}',
            False,
        ),
        ("_config.yml", "title: Mira\ncollections:\n  talks: {output: true}\nplugins: [feed]\n", False),
        ("repos.json", '[{"name": "whales", "description": "finds them", "url": "https://x.example"}]', False),
        ("broken.yaml", "a: [", False),
        ("empty.json", "", False),
    ],
)
def test_only_what_is_a_cv_by_its_content_is_a_source_that_nobody_named(name: str, text: str, taken: bool) -> None:
    assert is_taken(name, text) is taken
