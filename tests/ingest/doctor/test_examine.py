"""The whole examination: a good CV, the order and number of findings, and the contradictions of the two seeds."""

from pathlib import Path

import pytest

from ingest.doctor import examine, read_sources
from ingest.doctor.finding import Finding
from ingest.profile import list_slugs, read_profile
from tests.conftest import INVENTED, TOP
from tests.ingest.doctor.examined import examined, quotes

SEEDS = TOP / "data" / "profiles"
PROFILES = [(folder, slug) for folder in (SEEDS, INVENTED) for slug in list_slugs(folder)]

GOOD = """
# Ada Byron

ada@loom.net ・ https://loom.net/ada

I weave numbers into cloth, and cloth into numbers. See the pre- and post-war looms of Lisbon.

## Experience

**Loom Institute**, Lisbon 2019.3 – Present

Researcher, Weaving Group

**Thread University**, Porto 2016.9 – 2019.2

Lecturer, Department of Cloth

## Education

**Thread University** 2012.9 – 2016.6

Ph.D. in Weaving

## Research Interests

- Looms: Making them reckon.
- Shuttles: Making them rest.

## Publications

- Ada Byron\\*, Bo Li\\*, Looms That Reckon. In *Proceedings of the 12th Annual Meeting of the Loom Society* (ALS-2021, \\* = equal contribution)
- Bo Li, Ada Byron, Reckoning on Looms. In *Proceedings of the 13th Annual Meeting of the Loom Society* (ALS-2022 Oral)
- Ada Byron, Cy Moreno, Weaving by Numbers. In *Proceedings of the 2023 Conference on Shuttles* (COS-2023)
- Cy Moreno, Ada Byron, Threads of Proof. (Preprint-2024)

## Awards

Golden Shuttle	2023
Nordic Cloth Fellowship	2014

## Teaching

- Weaving for Beginners, Thread University, 2018
"""


def seed(slug: str) -> list[Finding]:
    return list(examine(read_sources(SEEDS / slug, read_profile(SEEDS, slug))[0], SEEDS / slug))


def test_a_good_cv_gives_no_finding() -> None:
    assert examined(GOOD) == []


def test_the_listing_lacks_two_years_and_cuts_two_lists_before_the_owners_name() -> None:
    found = seed("baohao-liao")
    assert quotes(found, "missing-year") == ["Feb 3", "Apr 2"]
    cut = quotes(found, "name-cut-off")
    assert ["turbulent flows" in cut[0], "LiveMathematicianBench" in cut[1], len(cut)] == [True, True, 2]


def test_the_cv_has_four_entries_that_do_not_print_the_owners_name() -> None:
    unnamed = quotes(seed("qian-liu"), "name-not-printed")
    assert [quote.partition(",")[0] for quote in unnamed] == ["BigCode"] * 4


def test_the_venue_lines_of_the_cv_contradict_themselves_and_one_another() -> None:
    found = [f for f in seed("qian-liu") if f.kind.startswith("venue-")]
    assert [f.kind for f in found] == ["venue-ordinal", "venue-ordinal", "venue-year"]
    assert {f.severity for f in found} == {"warning"}
    text = (SEEDS / "qian-liu" / "cv.md").read_text(encoding="utf-8")
    assert text.count("(ACL-2024)") == 2
    for f in found[:2]:
        assert "number 59 of the series in 2024, another puts number 59 in 2021" in f.message
        assert len(f.others) == 2
    assert "says 2020, the entry says 2022" in found[2].message


def test_one_project_of_the_cv_is_a_paper_too() -> None:
    (both,) = quotes(seed("qian-liu"), "project-and-paper")
    assert both.startswith("Sailor: ")


@pytest.mark.parametrize(("folder", "slug"), PROFILES)
def test_every_quote_is_the_text_at_its_place(folder: Path, slug: str) -> None:
    record, _ = read_sources(folder / slug, read_profile(folder, slug))
    found = examine(record, folder / slug)
    assert [f.kind for f in found if f.quote != (record.quote(f.span) if f.span else "")] == []
    assert [f.kind for f in found for other in f.others if not record.quote(other)] == []


def test_findings_come_in_the_order_of_the_documents_and_their_texts() -> None:
    damage = "Tel: +351 21 000 0001\n\nLorem ipsum\n\nA e\ufb03cient loom\n"
    found = examined(damage, damage)
    assert [(f.document, f.kind) for f in found] == [
        (document, kind) for document in ("1.md", "2.md") for kind in ("private-phone", "template-text", "ligature")
    ]


def test_from_many_of_one_kind_one_is_made_that_names_all_places() -> None:
    lines = "".join(
        f"- Ada Byron, Bo Li, {name} on Looms and Numbers. In *Journal of Looms*\n"
        for name in ("Tales", "Notes", "Verses", "Lectures", "Letters", "Songs", "Essays", "Dreams", "Reports")
    )
    found = [f for f in examined("## Publications\n\n" + lines) if f.kind == "missing-year"]
    assert [len(f.others) for f in found] == [8]
    assert found[0].message.endswith("(and 8 more like it)")


def test_the_same_documents_give_the_same_findings() -> None:
    assert seed("qian-liu") == seed("qian-liu")
