"""A paragraph that names several prizes or offices, each in its sentence, is an honour a sentence; a sentence that tells more of one is none."""

import pytest

from ingest.domain import Honour, Source
from ingest.extract import facts_in
from ingest.readers import markdown


def honours(heading: str, paragraph: str) -> list[tuple[str, tuple[int | None, ...]]]:
    document = markdown.read(f"# Orla Brandt\n\n## {heading}\n\n{paragraph}\n", Source("cv.md", "CV"))
    found = [f for f in facts_in(document) if isinstance(f, Honour)]
    assert all(f.title.split(",")[0].split(" (")[0] in document.quote(f.span) for f in found)
    return [(f.title, tuple(d.year for d in f.dates)) for f in found]


@pytest.mark.parametrize(
    ("heading", "paragraph", "wanted"),
    [
        (
            "Prizes",
            "Fen Medal for young geographers, 2011. Shortlisted (did not win) Lowmere Teaching Award 2015 and 2016. Won the Quay Prize, 2019.",
            [
                ("Fen Medal for young geographers", (2011,)),
                ("Shortlisted (did not win) Lowmere Teaching Award", (2015, 2016)),
                ("Won the Quay Prize", (2019,)),
            ],
        ),
        (
            "Distinctions",
            "Prix du littoral 2014 (avec A. Brunel). Nommée au trophée de la cartographie 2020 — finaliste, non lauréate.",
            [
                ("Prix du littoral 2014 (avec A. Brunel)", (2014,)),
                ("Nommée au trophée de la cartographie 2020 — finaliste, non lauréate", (2020,)),
            ],
        ),
        (
            "Service",
            "Reviewer for six journals. Treasurer of the Tide Society, 2012 to 2014.",
            [("Reviewer for six journals", ()), ("Treasurer of the Tide Society", (2012, 2014))],
        ),
        (
            "获奖",
            "2016年潮汐学会优秀论文奖。2019年海图奖二等奖。",
            [("潮汐学会优秀论文奖", (2016,)), ("海图奖二等奖", (2019,))],
        ),
    ],
)
def test_each_sentence_that_names_a_thing_of_its_own_is_an_honour(
    heading: str, paragraph: str, wanted: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert honours(heading, paragraph) == wanted


@pytest.mark.parametrize(
    "paragraph",
    [
        "Quay Prize for Maps, 2019. Joint with Aldous Byron, who won it again in 2020.",
        "Shortlisted, Harbour Prize 2021, for the tide atlas. Not the winner.",
        "Fen Medal, 2011. The jury met in 2010 and praised the survey of the marshes.",
    ],
)
def test_a_sentence_that_tells_more_of_a_prize_stays_with_it(paragraph: str) -> None:
    assert len(honours("Prizes", paragraph)) == 1
