"""What only picks from entries, in their words and order, is recited; what puts two of them together is not."""

import pytest

from app.answer.claim.recited import is_recited
from app.answer.draft import mark
from app.model.prompt import joined_of
from ingest.domain import Span

DEGREES = (
    "Lina Haug holds",
    "a Ph.D. in Biology from University of Groningen (2006 – 2010)",
    "an M.Sc. in Marine Biology from University of Groningen (2004 – 2006)",
    "a B.Sc. in Biology from University of Oslo (2001 – 2004)",
)
POSTS = (
    "The record lists 3 positions",
    "Software Engineer at Kitebox, Pune, India (since October 2016)",
    "Data Scientist at Terraquill Inc., Montreal, Canada (2012 – 2013)",
    "Assistant Researcher at Institute of Peat (2010)",
)
OWN = frozenset({"lina", "haug"})


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "She holds a Ph.D. in Biology from University of Groningen and a B.Sc. in Biology from University of Oslo.",
            DEGREES,
        ),
        ("Lina Haug holds an M.Sc. in Marine Biology (2004 – 2006).", DEGREES),
        ("She was a Data Scientist at Terraquill Inc., Montreal, Canada.", POSTS),
        (
            "The record lists 3 positions, among them Software Engineer at Kitebox and Data Scientist at Terraquill Inc.",
            POSTS,
        ),
        ("The record lists 3 positions, at Kitebox, Terraquill Inc. and Institute of Peat.", POSTS),
        (
            "SoftClasp is a gripper that feels its own pressure.",
            ("We present SoftClasp, a gripper that feels its own pressure.",),
        ),
        ("She also looks after a collection of 18,000 sherds.", ("I also look after a collection of 18,000 sherds.",)),
        ("She was nominated for the Salt Prize.", ("Nominated for the Salt Prize, 2019",)),
    ],
)
def test_what_an_entry_says_may_be_picked_shortened_and_joined(text: str, items: tuple[str, ...]) -> None:
    assert is_recited(text, "en", items, OWN, "en")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Lina Haug holds a Ph.D. in Biology from the University of Oslo (2006 – 2010).", DEGREES),
        ("She holds an M.Sc. in Marine Biology from University of Oslo.", DEGREES),
        ("She holds a Ph.D. in Marine Biology.", DEGREES),
        ("She was a Data Scientist at Terraquill Inc., Pune, India.", POSTS),
        ("She is a Software Engineer at Kitebox, Montreal, Canada.", POSTS),
        ("She was a Researcher at Institute of Peat.", POSTS),
        ("She was a Data Scientist at Terraquill Inc. (2010).", POSTS),
        ("She was a Lead Data Scientist at Terraquill Inc.", POSTS),
        (
            "An Outstanding Paper Award at the Peat Conference in 2024.",
            ("Outstanding Paper Award at the Peat Conference Student Workshop (2024)",),
        ),
        ("She won the Salt Prize.", ("Nominated for the Salt Prize, 2019",)),
        ("She holds a Bachelor of Arts.", ("Bachelor of Arts (incomplete)",)),
        ("", POSTS),
    ],
)
def test_what_mixes_adds_or_leaves_out_what_matters_is_not_recited(text: str, items: tuple[str, ...]) -> None:
    assert not is_recited(text, "en", items, OWN, "en")


def test_a_sentence_of_the_program_falls_into_the_members_that_its_marks_end() -> None:
    one, two, three = (mark(Span("cv.md", n, n + 1)) for n in (1, 3, 5))
    assert joined_of(f"Earlier positions: A at B (2021) {one}; C at D {two}.") == (
        "Earlier positions",
        "A at B (2021)",
        "C at D",
    )
    assert joined_of(f"The interests are Peat (wet, dry) {one} and Salt {two}.") == (
        "The interests are Peat (wet, dry)",
        "Salt",
    )
    assert joined_of(f"9 papers from 2013 {one} to 2026 {two}, among them X {three}.") == (
        "9 papers from 2013 to 2026",
        "among them X",
    )
    assert joined_of(f"She holds a Ph.D. (2010) and an M.Sc. (2006). {one}{two}") == (
        "She holds a Ph.D. (2010)",
        "an M.Sc. (2006).",
    )
