"""A time, or the order of authors, that is turned round is not made good by every other word being right."""

import pytest

from app.answer.claim.aligned import aligned
from app.answer.claim.bylines import is_reordered
from app.answer.claim.every import adds_all
from app.answer.claim.implied import Statement
from app.answer.claim.scales import adds_rate
from app.answer.claim.seconds import swaps_supervisors
from app.answer.claim.unit import Unit, made_unit, plain_unit
from app.answer.claim.weigh import holds
from ingest.domain import Publication, Span

PANEL = Statement("Member, peat advisory panel of the Shore Network, 2019-2021 (observer until 2020)", "honour", 1)


@pytest.fixture
def paper() -> Unit:
    text = "Kade O, Brix A, Kern U. Sorting peat without labels. Peat Letters 2025."
    fact = Publication(
        span=Span("cv.md", 0, len(text)), title="Sorting peat without labels", authors=("Kade O", "Brix A", "Kern U")
    )
    return made_unit(1, text, fact, "en")


@pytest.mark.parametrize(
    ("text", "is_turned"),
    [
        ("She was a member of the peat advisory panel of the Shore Network, 2019-2021 (observer from 2020).", True),
        ("She was a member of the peat advisory panel of the Shore Network, 2019-2021 (observer 2020).", True),
        ("She was a member of the peat advisory panel of the Shore Network, 2019-2021 (observer until 2020).", False),
        ("She was a member of the peat advisory panel of the Shore Network.", False),
        (
            "She was a member of the peat advisory panel of the Shore Network from 2019 until 2021 (observer until 2020).",
            False,
        ),
        ("Von 2019 bis 2021: member, peat advisory panel of the Shore Network (observer until 2020).", False),
    ],
)
def test_until_is_no_from(text: str, is_turned: bool) -> None:
    signs = aligned(text, [PANEL], frozenset())
    assert bool(signs["exact.turned"]) is is_turned
    assert not (is_turned and holds({name: value for name, value in signs.items() if value} | {"clean": 1.0}))


@pytest.mark.parametrize(
    ("text", "is_other"),
    [
        ("“Sorting peat without labels” is by Brix A, Kade O and Kern U.", True),
        ("“Sorting peat without labels”, by Kade, Brix and Kern, appeared in 2025.", False),
        ("“Sorting peat without labels”, by Kade with Kern and Brix, appeared in 2025.", False),
        ("Kern and Brix wrote it with Kade.", False),
    ],
)
def test_authors_come_in_their_order(paper: Unit, text: str, is_other: bool) -> None:
    assert is_reordered(text, [paper]) is is_other


@pytest.mark.parametrize(
    ("text", "is_swapped"),
    [
        ("Her PhD was advised by Ada Brix and co-advised by Udo Kern.", True),
        ("Her PhD was supervised by Udo Kern.", False),
        ("The co-supervisor was Dr. Ada Brix.", False),
        ("The supervisor was Ada Brix.", True),
        ("Supervisors: Kern and Brix.", False),
    ],
)
def test_a_second_supervisor_is_not_the_first(text: str, is_swapped: bool) -> None:
    printed = plain_unit(1, "PhD, Northsea University. Advisor: Prof. Udo Kern. Co-advisor: Dr Ada Brix.", "en")
    assert swaps_supervisors(text, [printed]) is is_swapped


@pytest.mark.parametrize(
    ("text", "is_swapped"),
    [
        ("Die Betreuung für „Dr. phil.“ an der Universität Nordsee lag bei Prof. Dr. Ute Kern.", True),
        ("Die Betreuung für „Dr. phil.“ an der Universität Nordsee lag bei Prof. Dr. Jan Brix.", False),
        ("The supervisor of the Dr. phil. at the University of Nordsee was Prof. Ute Kern.", True),
        ("The second examiner was Ute Kern.", False),
    ],
)
def test_who_examined_did_not_supervise(text: str, is_swapped: bool) -> None:
    printed = plain_unit(1, "Dr. phil., Nordsee. Betreuer: Prof. Jan Brix; Zweitgutachterin: Prof. Dr. Ute Kern", "de")
    assert swaps_supervisors(text, [printed]) is is_swapped


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("All five models matched the low flow.", True),
        ("The fellowship paid for the whole of her doctorate.", True),
        ("Jedes der Modelle traf das Niedrigwasser.", True),
        ("Todos los modelos acertaron.", True),
        ("她在成都研究泥炭。", False),
        ("She works above all on peat.", False),
        ("She works on five models every spring.", False),
        ("Cada año trabaja con cinco modelos.", False),
        ("Five models matched the low flow.", False),
    ],
)
def test_some_are_not_all(text: str, is_more: bool) -> None:
    entry = plain_unit(1, "Five models matched the low flow. Fellowship for her doctorate.", "en")
    assert adds_all(text, [entry]) is is_more
    assert not adds_all(text, [entry, plain_unit(1, "All of them did, the whole of it.", "en")])


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("Mooring Fund, €240,000 a year, 2020 – 2023, PI.", True),
        ("Mooring Fund, 240.000 € jährlich.", True),
        ("Mooring Fund, €240,000 all'anno.", True),
        ("Mooring Fund, €240,000, 2020 – 2023, PI.", False),
        ("Mooring Fund, 240.000 € im Jahr 2020.", False),
        ("She teaches it every year.", False),
    ],
)
def test_a_sum_is_not_one_for_every_year(text: str, is_more: bool) -> None:
    assert adds_rate(text, [plain_unit(1, "Mooring Fund, €240,000, 2020 – 2023, PI", "en")]) is is_more
    assert not adds_rate(text, [plain_unit(1, "Mooring Fund, €240,000 per year", "en")])


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("She was a consultant in 2016 and 2018, 20 days in total.", True),
        ("She was a consultant in 2016 and 2018, 20 days each.", False),
        ("She was a consultant in 2016 and 2018.", False),
    ],
)
def test_what_each_got_is_no_total(text: str, is_more: bool) -> None:
    assert adds_rate(text, [plain_unit(1, "Consultant, 2016 and 2018, 20 days each", "en")]) is is_more
    assert not adds_rate(text, [plain_unit(1, "Consultant, 2016 and 2018, 20 days", "en")])
