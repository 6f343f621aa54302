"""Titles of two sentences, and lists of authors with a gap before a title."""

import pytest

from ingest.citations import parse_citation
from ingest.imprint import title_and_rest


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        (
            "Loud or quiet? Cranes at the kitchen window. J Harbour Nurs 2019; 7: 88",
            "Loud or quiet? Cranes at the kitchen window",
            "J Harb",
        ),
        (
            "Does the tide help? Hardly ever. Under review at Sea Notes",
            "Does the tide help? Hardly ever",
            "Under review",
        ),
        ("Who leaves the quay? A case series of 212 boats.", "Who leaves the quay? A case series of 212 boats", ""),
        (
            "Why cranes! Lifting by night and day. Zeitschrift für Kräne 61",
            "Why cranes! Lifting by night and day",
            "Zeitschrift",
        ),
        ("Who pays? Journal of Ports. Best paper of all.", "Who pays?", "Journal of Ports"),
        ("Who pays? Quay Letters and Notes 2020; 3: 4.", "Who pays?", "Quay Letters"),
        ("Who pays? Harbour Review. Under review.", "Who pays?", "Harbour Review"),
        ("Wann ist ein Hafen zu laut? Kran-Rundschau 2016.", "Wann ist ein Hafen zu laut?", "Kran-Rundschau"),
    ],
)
def test_a_question_may_be_the_first_half_of_a_title(text: str, title: str, rest: str) -> None:
    found, behind = title_and_rest(text)
    assert found == title
    assert behind.startswith(rest)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Weld-Roe T, ... Byron O, ... (19 authors). Cranes at night. 2020.", ["Weld-Roe T", "Byron O"]),
        ("A. Byron, …, O. Weld, et al. Cranes at night. Ports, 2020.", ["A. Byron", "O. Weld"]),
        ("Byron A., ..., Weld O.: Cranes at night. Ports, 2020.", ["Byron A", "Weld O"]),
        ("Ada Byron, [...], Olu Weld. Cranes at night. Ports, 2020.", ["Ada Byron", "Olu Weld"]),
    ],
)
def test_a_list_of_authors_may_leave_some_out_in_its_midst(text: str, names: list[str]) -> None:
    found = parse_citation(text)
    assert found is not None
    assert (found.title, [a.name for a in found.authors], found.complete) == ("Cranes at night", names, False)


def test_dots_in_a_title_leave_no_author_out() -> None:
    found = parse_citation("O. Weld and A. Byron. The tide ... and the port. Ports, 2020.")
    assert found is not None
    assert (found.title, found.complete) == ("The tide ... and the port", True)


@pytest.mark.parametrize(
    ("remark", "notes"),
    [
        ("Fehlerrate 5,8 %, bei Zahlen jedoch 12,4 %", ("Fehlerrate 5,8 %", "bei Zahlen jedoch 12,4 %")),
        ("moyenne 0,004, seize quais", ("moyenne 0,004", "seize quais")),
        ("Best Paper,Spotlight", ("Best Paper", "Spotlight")),
        ("2021,2022", ()),
    ],
)
def test_a_comma_inside_of_a_number_sets_no_remarks_apart(remark: str, notes: tuple[str, ...]) -> None:
    citation = parse_citation(f"A. Byron, B. Li. Lifting by night. Crane Letters. ({remark})")
    assert citation is not None
    assert citation.notes == notes
