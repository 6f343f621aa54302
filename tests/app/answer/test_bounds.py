"""A bound and what a number counts go with it."""

import pytest

from app.answer.claim.bounds import counts_in, drops_bound
from app.answer.claim.unit import plain_unit


@pytest.mark.parametrize(
    ("claim", "source", "is_dropped"),
    [
        ("The fraction is 3.9 at 90 % confidence.", "The upper limit on the fraction is 3.9 at 90 % confidence.", True),
        ("The upper limit is 3.9.", "The upper limit on the fraction is 3.9 at 90 % confidence.", False),
        ("The fraction is 3.9.", "The fraction is 3.9. Its upper limit is 4.4.", False),
        ("Der Anteil beträgt 3,9 %.", "Die obere Schranke des Anteils beträgt 3,9 %.", True),
        ("La fraction est de 3,9.", "La limite supérieure de la fraction est de 3,9.", True),
        ("比例为3.9%。", "比例的上限为3.9%。", True),
        ("The limit of the town was drawn in 1907.", "The limit of the town was drawn in 1907.", False),
    ],
)
def test_a_bound_is_not_told_as_the_value(claim: str, source: str, is_dropped: bool) -> None:
    assert drops_bound(claim, [plain_unit(1, source, "en")]) is is_dropped


@pytest.mark.parametrize(
    ("claim", "source", "is_added"),
    [
        ("It was 40 times faster, training included.", "It was 40 times faster after training.", True),
        ("It was 40 times faster, training included.", "It was 40 times faster, including training.", False),
        ("It costs EUR 300, tax excluded.", "It costs EUR 300.", True),
        ("The cohort included 40 people.", "There were 40 people.", False),
    ],
)
def test_what_a_number_counts_is_not_added(claim: str, source: str, is_added: bool) -> None:
    assert counts_in(claim, [plain_unit(1, source, "en")]) is is_added
