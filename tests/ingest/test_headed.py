"""Pages of works that set each title in a heading or line of its own, with the byline and the abstract below it."""

import pytest

from ingest.domain import Document, Publication, Section, Source
from ingest.extract.publications import publications_in
from ingest.extract.signed import signed
from ingest.readers import markdown

ABSTRACT = (
    "Harbour noise has risen for forty years. We recorded 612 hours at three quays and report a rise of 4 dB. "
    "The wind explains less than a tenth of it."
)


def read(text: str) -> Document:
    return markdown.read(text, Source("papers.md", "Papers"))


def papers(text: str) -> list[Publication]:
    return list(publications_in(read(text)))


def page(heading: str, *works: tuple[str, str]) -> str:
    return f"# {heading}\n\n" + "\n\n".join(f"### {title}\n{line}\n\n{ABSTRACT}" for title, line in works) + "\n"


WORKS = (
    ("1. Quiet quays: does the tide mask? A nine-year record", "**Byron AL**, Weld O. Port Acoustics 11, 2015, 20–29."),
    ("2. Cranes at night", "Weld O, **Byron AL**. *in review*, Journal of Ports (submitted March 2025)."),
    ("3. tidelog: an R package for hydrophones", "**Byron AL**. Open Sea Software 6, 2021, 114."),
)


def test_each_heading_with_a_byline_below_is_a_work() -> None:
    found = papers(page("Papers (selected)", *WORKS))
    assert [(p.title, p.authors, p.venue, p.date.year if p.date else None, p.status) for p in found] == [
        (
            "Quiet quays: does the tide mask? A nine-year record",
            ("Byron AL", "Weld O"),
            "Port Acoustics",
            2015,
            "published",
        ),
        ("Cranes at night", ("Weld O", "Byron AL"), None, 2025, "preprint"),
        ("tidelog: an R package for hydrophones", ("Byron AL",), "Open Sea Software", 2021, "published"),
    ]
    assert found[1].notes == ("in review, Journal of Ports",)


def test_its_span_goes_from_the_title_to_the_imprint_and_the_abstract_has_its_own() -> None:
    document = read(page("Papers (selected)", *WORKS))
    first = next(publications_in(document))
    assert document.quote(first.span).startswith("1. Quiet quays")
    assert document.quote(first.span).endswith("20–29.")
    assert first.abstract is not None
    assert document.quote(first.abstract) == ABSTRACT


@pytest.mark.parametrize(
    "heading",
    [
        "Papers",
        "Papers (selected)",
        "Selected papers (6 of 58)",
        "Papers, with abstracts",
        "Ada Byron: five papers with abstracts",
    ],
)
def test_a_page_says_in_many_ways_that_it_lists_papers(heading: str) -> None:
    assert len(papers(page(heading, *WORKS))) == 3


@pytest.mark.parametrize("heading", ["Publications of Ada", "A review of reviews", "Paper boats, with children"])
def test_a_page_with_another_title_lists_none(heading: str) -> None:
    assert {b.section for b in read(f"# {heading}\n\nHello.").blocks} == {Section.OTHER}


@pytest.mark.parametrize(
    ("title", "line", "bare", "venue", "year", "status"),
    [
        (
            "Cranes at night (2021)",
            "A. Byron, O. Weld. Water Letters 11.",
            "Cranes at night",
            "Water Letters",
            2021,
            "published",
        ),
        ("Cranes at night (2021)", "A. Byron, O. Weld. Ports 2021", "Cranes at night", "Ports", 2021, "published"),
        ("Cranes at night (in revision)", "A. Byron, O. Weld", "Cranes at night", None, None, "preprint"),
        ("Cranes at night (Sea Notes, 2023)", "A. Byron, O. Weld", "Cranes at night", "Sea Notes", 2023, "published"),
        ("Cranes (QUAY-3)", "A. Byron, O. Weld. Sea Notes, 2023.", "Cranes (QUAY-3)", "Sea Notes", 2023, "published"),
        ("Cranes at night", "Sea Notes, 2023", "Cranes at night", "Sea Notes", 2023, "published"),
        (
            "Cranes at night",
            "A. Byron, O. Weld (2023). Sea Notes 4, 2-9.",
            "Cranes at night",
            "Sea Notes",
            2023,
            "published",
        ),
        (
            "Cranes at night",
            "A. Byron. Preprint, July 2024; under review at Sea Notes.",
            "Cranes at night",
            None,
            2024,
            "preprint",
        ),
    ],
)
def test_a_heading_may_tell_when_and_where(
    title: str, line: str, bare: str, venue: str | None, year: int | None, status: str
) -> None:
    found = papers(page("Papers", (title, line), WORKS[0]))[0]
    assert (found.title, found.venue, found.date.year if found.date else None, found.status) == (
        bare,
        venue,
        year,
        status,
    )


def test_what_is_said_behind_a_venue_without_a_year_is_a_remark() -> None:
    found = papers(page("Papers", ("Cranes (2020)", "A. Byron. Workshop on Quiet Ports. *Best poster.*"), WORKS[0]))[0]
    assert (found.venue, found.notes) == ("Workshop on Quiet Ports", ("Best poster",))


def test_title_and_byline_may_be_the_lines_of_one_block() -> None:
    entries = (
        f"1. Cranes at night\nByron A, Weld O. Sea Notes, 2023.\n{ABSTRACT}",
        f"2. Do quays echo? A first look\nWeld O†, Byron A#. Ports, 2020.\n\n{ABSTRACT}",
    )
    found = papers("# Papers with abstracts\n\n" + "\n\n".join(entries))
    assert [(p.title, p.authors, p.venue) for p in found] == [
        ("Cranes at night", ("Byron A", "Weld O"), "Sea Notes"),
        ("Do quays echo? A first look", ("Weld O", "Byron A"), "Ports"),
    ]
    assert all(p.abstract is not None for p in found)


def test_a_heading_above_whole_entries_is_a_topic_and_no_title() -> None:
    text = (
        "# Papers\n\n## Noise of ports\n\nByron A, Weld O. Cranes at night. Sea Notes 2023;4:2-9.\n\n"
        "Byron A, Weld O. Quays that echo and those that, for reasons unknown, are silent. Ports 2020;1:1-4.\n\n"
        "## Song of whales\n\nWeld O, Byron A. A song. Sea Notes 2019;1:3.\n\n"
        "Weld O. Another song. Sea Notes 2018;1:3.\n"
    )
    assert [p.title for p in papers(text)] == [
        "Cranes at night",
        "Quays that echo and those that, for reasons unknown, are silent",
        "A song",
        "Another song",
    ]


@pytest.mark.parametrize(
    ("line", "names", "imprint"),
    [
        ("Byron A., Weld O., Roe K. — Sea Notes 17, 2025", ("Byron A.", "Weld O.", "Roe K."), "Sea Notes 17, 2025"),
        ("Ada B. Byron, Olu Weld. Sea Notes, 2020", ("Ada B. Byron", "Olu Weld"), "Sea Notes, 2020"),
        ("N. A. Byron, O. Weld. Sea Notes", ("N. A. Byron", "O. Weld"), "Sea Notes"),
        ("ABX, O. Weld. Sea Notes 12 (2019).", ("ABX", "O. Weld"), "Sea Notes 12 (2019)."),
        ("Byron, A., Weld, O. Sea Notes, 2020", ("Byron, A.", "Weld, O."), "Sea Notes, 2020"),
        ("Byron A., Weld O., et al. Sea Notes", ("Byron A.", "Weld O."), "Sea Notes"),
    ],
)
def test_a_line_is_signed_up_to_where_its_names_end(line: str, names: tuple[str, ...], imprint: str) -> None:
    found = signed(line)
    assert found is not None
    assert (tuple(a.name for a in found.authors), found.imprint) == (names, imprint)


@pytest.mark.parametrize(
    "line", ["Harbours rarely have sensors. We show why.", "Annals of Ports, 2016", "", "N. A. 2020"]
)
def test_other_lines_are_not_signed(line: str) -> None:
    assert signed(line) is None
