"""What was done to a thing, told of whoever did it; and what is no such thing stays as it is."""

import pytest

from app.answer.claim.implied import Statement
from app.answer.claim.inverted import inverted
from app.answer.claim.retold import is_retold


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "MSc started at Lowmere, 2009, left after one term.",
            "started MSc, at Lowmere, 2009, left after one term.",
        ),
        ("BA Theatre Design, same place, started 2001", "started BA Theatre Design, same place, 2001"),
        ("Course in teaching passed (3 ECTS)", "passed Course in teaching, (3 ECTS)"),
        ("Kofi Odum, who started the lab", None),
        ("The course was started by others", None),
        ("Course started by the town", None),
        ("A long line. Another started then", None),
        ("started a firm", None),
    ],
)
def test_the_deed_comes_first(line: str, told: str | None) -> None:
    assert inverted(line) == told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("She started an MSc at Lowmere in 2009 and left after one term.", True),
        ("She started an MSc at Lowmere in 2009.", True),
        ("She completed an MSc at Lowmere in 2009.", False),
        ("She started an MSc in 2009 and stayed.", False),
    ],
)
def test_a_claim_may_tell_it_so(claim: str, is_told: bool) -> None:
    line = inverted("MSc started at Lowmere, 2009, left after one term.")
    assert line is not None
    assert is_retold(claim, [Statement(line, "sentence", 3)], frozenset({"ada", "noor"})) is is_told
