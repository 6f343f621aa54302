"""Citation strings in the usual orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.authors import Author
from ingest.citations import looks_like_citation, parse_citation
from ingest.imprint import legend_in

LISTED = (
    "Ada Byron*, Bo Li*, Cara Diaz, Counting Whales with One Hydrophone. "
    "In Journal of Quiet Seas 2023 (JQS-2023 Oral, * = equal contribution)"
)


def authors(text: str) -> tuple[str, ...]:
    citation = parse_citation(text)
    assert citation is not None
    return tuple(a.name for a in citation.authors)


@pytest.mark.parametrize(
    ("text", "names", "title", "year"),
    [
        (LISTED, ("Ada Byron", "Bo Li", "Cara Diaz"), "Counting Whales with One Hydrophone", 2023),
        (
            "Ada Byron, Bo Li and Cara Diaz, Masking in Busy Ports. In Proceedings of Ports (PORTS-2020)",
            ("Ada Byron", "Bo Li", "Cara Diaz"),
            "Masking in Busy Ports",
            2020,
        ),
        (
            "A. Byron, B. Li. Masking in Busy Ports. Journal of Quiet Seas, 12(3):45-67, 2019.",
            ("A. Byron", "B. Li"),
            "Masking in Busy Ports",
            2019,
        ),
        (
            "Byron, A., & Li, B. C. (2018). Masking in busy ports. Journal of Quiet Seas, 12(3), 45-67.",
            ("Byron, A.", "Li, B. C."),
            "Masking in busy ports",
            2018,
        ),
        ("Byron, A. (2017). The hum of harbours. Port Press.", ("Byron, A.",), "The hum of harbours", 2017),
        ("The Sonar Crew, Sonar for Everyone. (Preprint-2024)", ("The Sonar Crew",), "Sonar for Everyone", 2024),
        (
            "Ada van der Berg, Bo Li, Tides and Ties. In Waves (WAVES-2011)",
            ("Ada van der Berg", "Bo Li"),
            "Tides and Ties",
            2011,
        ),
    ],
)
def test_authors_title_and_year_come_apart(text: str, names: tuple[str, ...], title: str, year: int) -> None:
    citation = parse_citation(text)
    assert citation is not None
    assert tuple(a.name for a in citation.authors) == names
    assert citation.title == title
    assert citation.date is not None
    assert citation.date.year == year


def test_marks_stay_with_their_author_and_the_legend_is_read() -> None:
    citation = parse_citation(LISTED)
    assert citation is not None
    assert citation.authors[:2] == (Author("Ada Byron", "*"), Author("Bo Li", "*"))
    assert citation.legend == {"*": "equal contribution"}
    assert (citation.venue, citation.venue_tag, citation.notes) == ("Journal of Quiet Seas", "JQS", ("Oral",))


@pytest.mark.parametrize(
    ("text", "is_preprint"),
    [
        ("Ada Byron, Bo Li, Masking in Busy Ports. (Preprint-2024)", True),
        ("A. Byron, B. Li. Masking in Busy Ports. arXiv:2401.01234, 2024.", True),
        (LISTED, False),
    ],
)
def test_a_preprint_says_so(text: str, is_preprint: bool) -> None:
    citation = parse_citation(text)
    assert citation is not None
    assert citation.is_preprint is is_preprint


@pytest.mark.parametrize("cut", ["et al.", "et al", "and others"])
def test_a_cut_author_list_is_not_complete(cut: str) -> None:
    citation = parse_citation(f"Ada Byron, Bo Li, {cut}, Masking in Busy Ports. In Waves (WAVES-2011)")
    assert citation is not None
    assert not citation.complete
    assert tuple(a.name for a in citation.authors) == ("Ada Byron", "Bo Li")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Golden Hydrophone Prize 2023",
        "I studied whales in 2019 and liked them.",
        "2019",
        "Area Chair at PORTS 2024",
    ],
)
def test_what_is_no_citation_does_not_look_like_one(text: str) -> None:
    assert not looks_like_citation(text)


@pytest.mark.parametrize(
    ("text", "legend"),
    [
        ("* = equal contribution", {"*": "equal contribution"}),
        ("† corresponding author", {"†": "corresponding author"}),
        (
            "* indicates equal contribution; # denotes co-first author",
            {"*": "equal contribution", "#": "co-first author"},
        ),
        ("no marks here", {}),
    ],
)
def test_a_legend_explains_marks(text: str, legend: dict[str, str]) -> None:
    assert legend_in(text) == legend


@given(st.text(max_size=120))
def test_any_text_is_parsed_or_refused_and_what_is_found_stands_in_it(text: str) -> None:
    citation = parse_citation(text)
    if citation is None:
        return
    flat = " ".join(text.split())
    assert citation.title in flat
    assert all(a.name.split(", ")[0] in flat for a in citation.authors)
