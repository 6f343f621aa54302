"""Markdown of site generators and its dialects: what their pages show, what their front matter states, and what they hide."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.domain import (
    BlockKind,
    Degree,
    Document,
    Interest,
    Item,
    PartialDate,
    Position,
    Project,
    Publication,
    Section,
    Source,
)
from ingest.extract import facts_in
from ingest.readers import is_source, markdown, read
from ingest.readers.site.front_matter import front_matter_of

PAPER = """---
title: "Slow waves under thin ice: a survey"
collection: publications
permalink: /publication/2019-slow-waves
excerpt: 'How waves travel under ice.'
date: 2019-03-04
venue: 'Journal of Polar Acoustics'
paperurl: 'https://ice.example/slow.pdf'
citation: 'E. Brannigan, T. Oyelaran. (2019). &quot;Slow waves under thin ice: a survey.&quot; <i>J. Polar Acoust.</i> 12(1), 3–19.'
---

We measure how slow waves travel under thin ice, and explain why they lose so little of their energy.

[Download paper here](https://ice.example/slow.pdf)

Recommended citation: E. Brannigan, T. Oyelaran. (2019).
"""
TALK = """---
title: "What ice tells us"
collection: talks
type: "Invited talk"
venue: "Polar Seminar, University of Tarn"
date: 2021-05-06
location: "Tarn, Norland"
---

A talk about [ice](https://ice.example), with *pictures*.
"""
COURSE = """---
title: "Waves and noise"
collection: teaching
type: "Undergraduate course"
venue: "University of Eldermoor, Department of Physics"
date: 2020-09-01
---

Heading 1
======

Problem sets every week.
"""
HUGO = """---
title: 'Listening to the **ice**'
authors:
  - admin
  - Tola Oyelaran
author_notes:
  - 'Equal contribution'
  - 'Equal contribution'
date: '2022-07-01T00:00:00Z'
doi: '10.9999/ice.22'
publishDate: '2022-08-01T00:00:00Z'
publication_types: ['article-journal']
publication: In *Annals of Quiet Places*
publication_short: In *AQP*
abstract: We put microphones under the ice and listen to it for a whole winter, with surprising results.
tags: [Source Themes]
featured: true
---

{{% callout note %}}
Click the *Cite* button above.
{{% /callout %}}
"""
AUTHOR = """---
title: Edda Brannigan
superuser: true
role: Professor of Polar Acoustics
organizations:
  - name: University of Eldermoor
    url: https://eldermoor.example
bio: Short.
interests:
  - Sea ice
  - Underwater sound
education:
  courses:
    - course: PhD in Geophysics
      institution: University of Harrowgate
      year: 2011
    - course: BSc in Physics
      institution: Saltmarsh College
      year: 2006
social:
  - icon: envelope
    link: 'mailto:edda@eldermoor.example'
  - icon: github
    link: https://code.example/edda
---

Edda Brannigan listens to ice. {{< icon name="download" >}} Download my {{< staticref "cv.pdf" >}}CV{{< /staticref >}}.
"""


def document_of(folder: Path, path: str, text: str) -> Document:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return read(folder, Source(path, Path(path).stem))


def shown(text: str) -> list[tuple[str, str]]:
    document = markdown.read(text, Source("page.md", "page"))
    return [(b.kind.value, document.quote(b.span)) for b in document.blocks]


def folded(text: str) -> str:
    return " ".join(text.split())


def test_a_publication_page_shows_its_title_its_citation_and_its_abstract(tmp_path: Path) -> None:
    document = document_of(tmp_path, "_publications/2019-slow-waves.md", PAPER)
    assert document.text.split("\n\n")[:3] == [
        "Slow waves under thin ice: a survey",
        'E. Brannigan, T. Oyelaran. (2019). "Slow waves under thin ice: a survey." J. Polar Acoust. 12(1), 3–19.\n'
        "Journal of Polar Acoustics, 2019-03-04",
        "We measure how slow waves travel under thin ice, and explain why they lose so little of their energy.",
    ]
    (paper,) = facts_in(document)
    assert isinstance(paper, Publication)
    assert paper.title == "Slow waves under thin ice: a survey"
    assert paper.authors == ("E. Brannigan", "T. Oyelaran")
    assert (paper.venue, paper.date) == ("Journal of Polar Acoustics", PartialDate(2019, 3, 4))
    assert paper.abstract is not None
    assert document.quote(paper.abstract).startswith("We measure")
    assert document.quote(paper.abstract).endswith("their energy.")
    assert {b.section for b in document.blocks} == {Section.PUBLICATIONS}


def test_a_publication_without_a_citation_gets_one_line_of_its_fields(tmp_path: Path) -> None:
    document_of(tmp_path, "content/authors/admin/_index.md", AUTHOR)
    document = document_of(tmp_path, "content/publication/ice/index.md", HUGO)
    (paper,) = facts_in(document)
    assert isinstance(paper, Publication)
    assert document.quote(paper.span) == (
        "Edda Brannigan*, Tola Oyelaran*. Listening to the ice. Annals of Quiet Places, 2022-07-01. (* equal contribution)\n"
        "doi:10.9999/ice.22"
    )
    assert paper.authors == paper.equal == ("Edda Brannigan", "Tola Oyelaran")
    assert paper.abstract is not None
    assert document.quote(paper.abstract).startswith("We put microphones")
    assert "callout" not in document.text


def test_an_owner_whose_name_is_nowhere_is_not_called_admin(tmp_path: Path) -> None:
    (paper,) = facts_in(document_of(tmp_path, "content/publication/ice/index.md", HUGO))
    assert isinstance(paper, Publication)
    assert paper.authors == ("Tola Oyelaran",)
    assert not paper.authors_complete


def test_talks_and_courses_are_items_with_their_date(tmp_path: Path) -> None:
    talk = document_of(tmp_path, "_talks/2021-ice.md", TALK)
    (given,) = facts_in(talk)
    assert isinstance(given, Item)
    assert (given.kind, given.title, given.dates) == ("talk", "What ice tells us", (PartialDate(2021, 5, 6),))
    assert folded(talk.quote(given.span)) == (
        "What ice tells us Invited talk, Polar Seminar, University of Tarn, Tarn, Norland, 2021-05-06"
    )
    course = document_of(tmp_path, "_teaching/waves.md", COURSE)
    (taught,) = facts_in(course)
    assert isinstance(taught, Item)
    assert (taught.kind, taught.title) == ("teaching", "Waves and noise")
    assert "Problem sets every week." in course.text


def test_an_author_page_states_posts_interests_degrees_and_links(tmp_path: Path) -> None:
    document = document_of(tmp_path, "content/authors/admin/_index.md", AUTHOR)
    facts = facts_in(document)
    (post,) = (f for f in facts if isinstance(f, Position))
    assert (post.role, post.organisation) == ("Professor of Polar Acoustics", "University of Eldermoor")
    assert [f.topic for f in facts if isinstance(f, Interest)] == ["Sea ice", "Underwater sound"]
    assert [(f.title, f.institution) for f in facts if isinstance(f, Degree)] == [
        ("PhD in Geophysics", "University of Harrowgate"),
        ("BSc in Physics", "Saltmarsh College"),
    ]
    assert "edda@eldermoor.example" in document.text
    assert "Edda Brannigan listens to ice." in document.text
    assert "{{" not in document.text


def test_a_project_page_is_a_project(tmp_path: Path) -> None:
    text = "---\nlayout: page\ntitle: Ice microphones\ndescription: Cheap microphones for cold water\nimportance: 1\n---\n\nWe built forty.\n"
    document = document_of(tmp_path, "_projects/1_project.md", text)
    (project,) = facts_in(document)
    assert isinstance(project, Project)
    assert project.title == "Ice microphones"
    assert project.body is not None
    assert document.quote(project.body) == "Cheap microphones for cold water\n\nWe built forty."


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("_publications/a.md", PAPER),
        ("content/publication/a/index.md", HUGO),
        ("_talks/a.md", TALK),
        ("_teaching/a.md", COURSE),
        ("content/authors/admin/_index.md", AUTHOR),
    ],
)
def test_what_a_page_states_stands_in_its_span(tmp_path: Path, path: str, text: str) -> None:
    document = document_of(tmp_path, path, text)
    for fact in document.facts:
        quote = folded(document.quote(fact.span)).casefold()
        for name in ("title", "venue", "role", "organisation", "institution", "topic", "value"):
            value = getattr(fact, name, None)
            assert value is None or folded(value).casefold() in quote
        assert all(author.casefold() in quote for author in getattr(fact, "authors", ()))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("---\ntitle: Publications\n---\n\nNone yet.", [("heading", "Publications"), ("paragraph", "None yet.")]),
        ("---\ntitle: Mine\n---\n\n# Own\n\nText.", [("heading", "Own"), ("paragraph", "Text.")]),
        ("+++\ntitle = 'Waves'\ndate = 2020-01-02\n+++\n\nText.", [("heading", "Waves"), ("paragraph", "Text.")]),
        ("---\ntitle: Ice: a life\nlayout: [page\n---\n\nText.", [("heading", "Ice: a life"), ("paragraph", "Text.")]),
        ("+++\ntitle = \n+++\n\nText.", [("paragraph", "Text.")]),
        ("---\n- a\n- b\n---\n\nText.", [("paragraph", "Text.")]),
        ("---\n---\n\nText.", [("paragraph", "Text.")]),
    ],
)
def test_the_title_of_an_ordinary_page_heads_it(text: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(text) == blocks


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("{% include base_path %}\n\nText {{ site.name }} here.", [("paragraph", "Text  here.")]),
        ("{% for p in site.posts %}\n* {{ p.title }}, a stub\n{% endfor %}\n\nText.", [("paragraph", "Text.")]),
        ("{% comment %} canary {% endcomment %}Text.", [("paragraph", "Text.")]),
        ("* TOC\n{:toc}\n\nText.", [("paragraph", "Text.")]),
        ('Canary.\n{: style="display:none"}\n\nText.', [("paragraph", "Text.")]),
        ("Text.\n{: .lead}", [("paragraph", "Text.")]),
        ('{{< figure src="a.png" >}}\n\nText.', [("paragraph", "Text.")]),
        (
            "2019–\n:   Lecturer, Tarn\n\n2017\n:   Fellow",
            [("item", "2019–\tLecturer, Tarn"), ("item", "2017\tFellow")],
        ),
        ("Shown before [@oyelaran2019; @b20, p. 3] too.", [("paragraph", "Shown before too.")]),
        ("By DOI [@10.9999/ice.22].", [("paragraph", "By DOI 10.9999/ice.22.")]),
        (
            "| Year | Paper |\n|---|---|\n|2023|{cite}`10.9999/ice.22`|",
            [("row", "Year\tPaper"), ("row", "2023\t10.9999/ice.22")],
        ),
        ("As {cite:t}`oyelaran` and {doc}`my page <a.md>` say.", [("paragraph", "As  and my page say.")]),
        ("- [x] done\n- [ ] open", [("item", "done"), ("item", "open")]),
        ("A claim.[^1]\n\n[^1]: Its proof.", [("paragraph", "A claim."), ("paragraph", "Its proof.")]),
        (
            "<details><summary>More</summary>\n\nInside.\n\n</details>",
            [("paragraph", "More"), ("paragraph", "Inside.")],
        ),
        ("```{div}\n:class: wide\n\n**Bold** text.\n```", [("paragraph", "Bold text.")]),
        (":::{card} Ice\nText.\n:::", [("paragraph", "Ice"), ("paragraph", "Text.")]),
        (":::{grid-item-card}\n:header: A talk\n:footer: Tarn 2020\n:::", [("paragraph", "A talk\tTarn 2020")]),
        (":::{iframe} https://video.example/x\n:width: 100%\n:::\n\nText.", [("paragraph", "Text.")]),
        ("::: {.content-hidden}\nCanary.\n:::\n\nText.", [("paragraph", "Text.")]),
        ("::: hidden\nCanary.\n:::\n\nText.", [("paragraph", "Text.")]),
        ("[Canary]{.hidden} and [text]{.wide}", [("paragraph", "and text")]),
        ("```{r}\nprint('canary')\n```\n\nText.", [("paragraph", "Text.")]),
        ("```\n::: {.hidden}\n```", [("paragraph", "::: {.hidden}")]),
    ],
)
def test_dialects_are_read_as_their_pages_show_them(text: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(text) == blocks


@pytest.mark.parametrize(
    "html",
    [
        '<span style="position:absolute;left:-9999px">canary</span>',
        '<span class="sr-only">canary</span>',
        '<span style="color:#ffffff">canary</span>',
        '<span style="font-size:1px">canary</span>',
        '<span style="opacity: 0.0">canary</span>',
        '<style>.quiet{display:none}</style>\n\n<p class="quiet">canary</p>',
        '<div style="visibility:hidden">\n\ncanary *in* Markdown\n\n</div>',
    ],
)
def test_html_inside_markdown_hides_what_a_browser_hides(html: str) -> None:
    assert [text for _, text in shown(f"Before.\n\n{html}\n\nAfter.")] == ["Before.", "After."]


def test_names_of_columns_and_footnotes_are_no_entries() -> None:
    text = "# Talks\n\n| Title | Place |\n|---|---|\n| On ice[^1] | Tarn, 2020 |\n\n[^1]: With slides."
    document = markdown.read(text, Source("cv.md", "CV"))
    assert [f.title for f in facts_in(document) if isinstance(f, Item)] == ["On ice"]
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING, BlockKind.ROW, BlockKind.ROW, BlockKind.PARAGRAPH]


def test_a_draft_is_no_source(tmp_path: Path) -> None:
    for name, line in (("a.md", "draft: true"), ("b.md", "published: false"), ("c.md", "draft: false")):
        (tmp_path / name).write_text(f"---\n{line}\n---\n\nText.", encoding="utf-8")
    assert [p.name for p in sorted(tmp_path.iterdir()) if is_source(p)] == ["c.md"]


@given(
    st.text(alphabet=st.sampled_from("ab:-+{}[]%<>|\"'#&*!~^`@ \n\t0é漢"), max_size=200),
    st.sampled_from(["---", "+++"]),
)
def test_no_front_matter_stops_the_page(held: str, fence: str) -> None:
    front, body = front_matter_of(f"{fence}\n{held}\n{fence}\nText.")
    assert isinstance(front, dict)
    assert body.endswith("Text.")
    document = markdown.read(f"{fence}\n{held}\n{fence}\nText.", Source("a.md", "a"))
    covered = {i for b in document.blocks for i in range(b.span.start, b.span.end)}
    assert [c for i, c in enumerate(document.text) if i not in covered and not c.isspace()] == []


@given(
    st.lists(
        st.sampled_from(
            [":::", "::: {.a}", ":::{card} T", "```", "```{div}", ":class: x", "text", "", "{:toc}", ": d", "+++"]
        ),
        max_size=12,
    )
)
def test_fences_in_any_order_are_read(lines: list[str]) -> None:
    document = markdown.read("\n".join(lines), Source("a.md", "a"))
    for block in document.blocks:
        assert document.quote(block.span).strip()
