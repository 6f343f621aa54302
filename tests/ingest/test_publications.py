"""Publication lists as pages set them: one entry on several lines, several entries in one block, abstracts, remarks, headings and marks."""

import pytest

from ingest.domain import Document, Publication, Source
from ingest.extract.publications import publications_in
from ingest.readers import markdown

ABSTRACT = (
    "We study how looms changed the sea and who pays for it. We show that the change is large and that it was heard at every port. "
    "The result is robust to the wind, to the tide and to the choice of the hydrophone."
)


def read(text: str) -> Document:
    return markdown.read(text, Source("papers.md", "Papers"))


def papers(text: str) -> list[Publication]:
    return list(publications_in(read(text)))


def one(entry: str, heading: str = "Publications") -> Publication:
    """The one publication of a list under ``heading``."""
    (paper,) = papers(f"# Ada Byron\n\n## {heading}\n\n{entry}\n")
    return paper


LINES = """## Publications

Counting Whales with One Hydrophone

Ada Byron, Bo Li, Cara Diaz

Journal of Quiet Seas, 2021

The Song of the Harbour

Ada Byron

Journal of Ports, 2020

The Song of the Quay

Ada Byron

Journal of Ports, 2019

2018

Masking in Busy Ports

Ada Byron, Bo Li

Ports Review
"""


def test_title_authors_and_venue_may_stand_on_lines_of_their_own() -> None:
    found = [(p.title, p.authors, p.venue, p.date.year if p.date else None) for p in papers(LINES)]
    assert found == [
        ("Counting Whales with One Hydrophone", ("Ada Byron", "Bo Li", "Cara Diaz"), "Journal of Quiet Seas", 2021),
        ("The Song of the Harbour", ("Ada Byron",), "Journal of Ports", 2020),
        ("The Song of the Quay", ("Ada Byron",), "Journal of Ports", 2019),
        ("Masking in Busy Ports", ("Ada Byron", "Bo Li"), "Ports Review", 2018),
    ]


def test_such_an_entry_spans_all_of_its_lines_and_nothing_else() -> None:
    document = read(LINES)
    assert [" / ".join(document.quote(p.span).split("\n\n")) for p in publications_in(document)] == [
        "Counting Whales with One Hydrophone / Ada Byron, Bo Li, Cara Diaz / Journal of Quiet Seas, 2021",
        "The Song of the Harbour / Ada Byron / Journal of Ports, 2020",
        "The Song of the Quay / Ada Byron / Journal of Ports, 2019",
        "2018 / Masking in Busy Ports / Ada Byron, Bo Li / Ports Review",
    ]


def test_labels_of_links_between_entries_belong_to_none() -> None:
    text = LINES.replace("Journal of Ports, 2020\n", "Journal of Ports, 2020\n\nPDF | Replication files\n")
    assert [p.title for p in papers(text)] == [p.title for p in papers(LINES)]
    document = read(text)
    assert not any("PDF" in document.quote(p.span) for p in publications_in(document))


@pytest.mark.parametrize(
    ("entry", "authors", "beside"),
    [
        ('"The Loom Premium" (with Bo Li and Cara Diaz). Journal of Looms, 2021.', ("Bo Li", "Cara Diaz"), True),
        ('"The Loom Premium" (joint with Bo Li), 2021.', ("Bo Li",), True),
        ("„Die Prämie der Webstühle“ (mit Bo Li), 2021.", ("Bo Li",), True),
        ('Ada Byron and Bo Li, "The Loom Premium," Journal of Looms, 2021.', ("Ada Byron", "Bo Li"), False),
        ('"Living with Looms". Journal of Looms, 2021.', (), False),
    ],
)
def test_co_authors_named_beside_the_person_are_told_from_author_lists(
    entry: str, authors: tuple[str, ...], beside: bool
) -> None:
    paper = one(entry)
    assert (paper.authors, paper.beside) == (authors, beside)


@pytest.mark.parametrize("lead", ["", "Abstract: ", "Zusammenfassung. "])
def test_an_abstract_below_an_entry_is_attached_to_it(lead: str) -> None:
    document = read(
        f'## Working papers\n\n"The Loom Premium" (with Bo Li), 2024.\n\n{lead}{ABSTRACT}\n\n"Ports in the Kitchen", 2023.\n'
    )
    first, second = publications_in(document)
    assert first.abstract is not None
    assert document.quote(first.abstract) == lead + ABSTRACT
    assert document.quote(first.span) == '"The Loom Premium" (with Bo Li), 2024.'
    assert second.abstract is None


def test_a_second_text_below_an_entry_is_not_its_abstract_and_no_publication() -> None:
    document = read(
        f'## Papers\n\n"The Loom Premium" (with Bo Li), 2024.\n\n{ABSTRACT}\n\n{ABSTRACT.replace("We", "You")}\n'
    )
    (paper,) = publications_in(document)
    assert paper.abstract is not None
    assert document.quote(paper.abstract) == ABSTRACT


def test_a_block_whose_lines_are_whole_entries_holds_one_a_line() -> None:
    document = read(
        '## Articles\n\n"Looms by night", Journal of Looms, 12 (2019), 44–71\n'
        '"Looms by day", Journal of Looms, 13 (2020), 4–7\n"Looms at dawn", Journal of Looms, 14 (2021), 14–17\n'
    )
    assert [(p.title, p.date.year if p.date else None) for p in publications_in(document)] == [
        ("Looms by night", 2019),
        ("Looms by day", 2020),
        ("Looms at dawn", 2021),
    ]
    assert [document.quote(p.span)[:6] for p in publications_in(document)] == ['"Looms'] * 3


@pytest.mark.parametrize(
    ("heading", "refereed"),
    [
        ("Articles in refereed journals", True),
        ("Peer-reviewed publications", True),
        ("Publications (not refereed)", False),
        ("Non-refereed publications", False),
        ("Unrefereed publications", False),
        ("Begutachtete Publikationen", True),
        ("Publications sans comité de lecture", False),
        ("期刊论文（同行评议）", True),
        ("Publications", None),
    ],
)
def test_the_heading_says_whether_peers_reviewed_the_work(heading: str, refereed: bool | None) -> None:
    assert one("Ada Byron, Bo Li. Weaving the Sea. Journal of Looms, 2022.", heading).refereed is refereed


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("Books", "book"),
        ("Monographien", "book"),
        ("Book chapters", "chapter"),
        ("Dissertation", "thesis"),
        ("Publications", None),
    ],
)
def test_the_heading_says_what_the_work_is(heading: str, form: str | None) -> None:
    text = f"## Publications\n\n### {heading}\n\nAda Byron. Weaving the Sea. Port Press, 2022.\n"
    assert [p.form for p in papers(text)] == [form]


@pytest.mark.parametrize(
    ("legend", "equal", "corresponding", "marked"),
    [
        ("\\* equal contribution, † corresponding author", ("Ada Byron", "Bo Li"), ("Cara Diaz",), ()),
        ("\\* Equal contribution.", ("Ada Byron", "Bo Li"), (), ("Cara Diaz",)),
        ("† denotes the corresponding author", (), ("Cara Diaz",), ("Ada Byron", "Bo Li")),
        ("\\* co-first authors", ("Ada Byron", "Bo Li"), (), ("Cara Diaz",)),
        ("\\* gleichberechtigte Autoren; † Korrespondenzautor", ("Ada Byron", "Bo Li"), ("Cara Diaz",), ()),
        ("\\* 为共同第一作者，†为通讯作者", ("Ada Byron", "Bo Li"), ("Cara Diaz",), ()),
        ("Marks are those of the journal.", (), (), ("Ada Byron", "Bo Li", "Cara Diaz")),
    ],
)
def test_marks_mean_what_the_source_says(
    legend: str, equal: tuple[str, ...], corresponding: tuple[str, ...], marked: tuple[str, ...]
) -> None:
    text = (
        f"{legend}\n\n## Publications\n\nAda Byron\\*, Bo Li\\*, Cara Diaz†. Weaving the Sea. Journal of Looms, 2022.\n"
    )
    (paper,) = papers(text)
    assert paper.authors == ("Ada Byron", "Bo Li", "Cara Diaz")
    assert (paper.title, paper.venue) == ("Weaving the Sea", "Journal of Looms")
    assert (paper.equal, paper.corresponding, paper.marked) == (equal, corresponding, marked)


def test_chinese_names_carry_marks_like_others() -> None:
    text = "\\* 为通讯作者，# 表示共同第一作者\n\n## 论文\n\n方织#, 裴梭#, 陆线\\*. 电动织机液冷流道的多目标优化. 纺织工程学报, 2022, 58(14): 210-219.\n"
    (paper,) = papers(text)
    assert (paper.equal, paper.corresponding, paper.marked) == (("方织", "裴梭"), ("陆线",), ())


@pytest.mark.parametrize(
    ("entry", "note", "year"),
    [
        ('"The Loom Premium" (with Bo Li). Under review. March 2024.', "Under review", 2024),
        (
            '"The Loom Premium" (with Bo Li). Revise and resubmit, Journal of Looms. July 2024.',
            "Revise and resubmit, Journal of Looms",
            2024,
        ),
        ("The Loom Premium\n\nWith Bo Li · Under review", "Under review", None),
        ("The Loom Premium\n\nBo Li, Cara Diaz (submitted)", "submitted", None),
    ],
)
def test_the_state_of_a_work_is_a_note_and_no_venue(entry: str, note: str, year: int | None) -> None:
    paper = one(entry)
    assert (paper.title, paper.venue, paper.status, paper.notes) == ("The Loom Premium", None, "preprint", (note,))
    assert (paper.date.year if paper.date else None) == year


@pytest.mark.parametrize("heading", ["Working papers", "Work in progress", "Preprints", "预印本", "Under review"])
def test_what_stands_under_a_heading_of_unpublished_works_is_a_preprint(heading: str) -> None:
    assert one("Ada Byron, Bo Li. Weaving the Sea. 2022.", heading).status == "preprint"


@pytest.mark.parametrize(
    ("heading", "entry", "form"),
    [
        ("Articles and chapters", "Ada Byron. Weaving the Sea. Journal of Looms, 2022.", None),
        ("Books", "Byron, Ada: Das Wasser der Weber, Talheim 2013 (zugl. Diss. Universität Talheim 2012).", "book"),
        ("Publications", "Ada Byron. Weaving the Sea. Ph.D. Thesis, 2019.", "thesis"),
        ("Publications", "Byron, A.C. (2010). Weaving the sea by night. (Master’s Thesis)", "thesis"),
    ],
)
def test_a_heading_of_two_kinds_tells_none_and_a_thesis_says_so_itself(
    heading: str, entry: str, form: str | None
) -> None:
    assert one(entry, heading).form == form


def test_works_in_preparation_are_told_apart_from_the_next_entry() -> None:
    text = (
        "## Publications\n\n- Byron, A.C., Ward, K.O., & Li, B. (in preparation). Weaving the sea by night. Loomology.\n"
        "- Shi, L., Byron, A., & Li, B. (in preparation). Looms by sampling.\n"
    )
    assert [(p.title, p.status) for p in papers(text)] == [
        ("Weaving the sea by night", "preprint"),
        ("Looms by sampling", "preprint"),
    ]


def test_a_co_author_may_be_named_with_the_state_of_the_work() -> None:
    paper = one("Weak looms: Evidence from the Sea (with Bo Li, in preparation).", "Working papers")
    assert (paper.title, paper.authors, paper.beside) == ("Weak looms: Evidence from the Sea", ("Bo Li",), True)
    assert (paper.status, paper.notes) == ("preprint", ("in preparation",))
