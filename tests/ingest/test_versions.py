"""Several versions of one CV: the newest word wins, and what older versions say otherwise is kept beside it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.build import Progress, read_record
from ingest.doctor import examine
from ingest.domain import Degree, Position, Profile, Record, Source

OLD = """# Ada Byron
## Positions
- Research Fellow, Port University, 2020 – Present
- Engineer, Engine Works Ltd, 2015 – 2019
## Education
- PhD in Engines, Harbour University, 2010 – 2014
## Awards
- Engine Prize, 2021
"""
NEW = """# Ada Byron
## Positions
- Professor, Hill University, 2023 – Present
- Research Fellow, Port University, 2020 – 2022
- Engineer, Engine Works Ltd, 2015 – 2019
## Education
- PhD in Engines, Harbour University, 2010 – 2014
## Awards
- Engine Prize, 2021
"""


def record(folder: Path, *texts: str) -> Record:
    """The record of a profile of these documents: ``1.md``, ``2.md``, …"""
    for number, text in enumerate(texts, 1):
        (folder / f"{number}.md").write_text(text, encoding="utf-8")
    sources = tuple(Source(f"{number}.md", "CV") for number in range(1, len(texts) + 1))
    return read_record(folder, Profile("ada-byron", "Ada Byron", sources=sources), Progress())


def posts(found: Record) -> list[tuple[str | None, str, str | None]]:
    """Role, beginning and end of every position; no end is "Present"."""
    shown = []
    for post in found.facts:
        if isinstance(post, Position) and post.period and post.period.start:
            end = "present" if post.period.current else post.period.end.edtf if post.period.end else None
            shown.append((post.role, post.period.start.edtf, end))
    return sorted(shown, key=lambda row: row[1])


@pytest.mark.parametrize("texts", [(OLD, NEW), (NEW, OLD)], ids=["old first", "new first"])
def test_the_newest_version_says_what_is_current_wherever_it_stands(tmp_path: Path, texts: Sequence[str]) -> None:
    found = record(tmp_path, *texts)
    assert posts(found) == [
        ("Engineer", "2015", "2019"),
        ("Research Fellow", "2020", "2022"),
        ("Professor", "2023", "present"),
    ]
    fellow = next(f for f in found.facts if isinstance(f, Position) and f.role == "Research Fellow")
    assert [found.quote(old.span) for old in found.contradicted(fellow)] == [
        "Research Fellow, Port University, 2020 – Present"
    ]
    assert fellow.span.document == f"{texts.index(NEW) + 1}.md"


def test_what_both_versions_say_is_one_fact_with_two_sources(tmp_path: Path) -> None:
    found = record(tmp_path, OLD, NEW)
    degree = next(f for f in found.facts if isinstance(f, Degree))
    assert [(link.relation, found.quote(link.other)) for link in found.linked(degree)] == [
        ("repeat", "PhD in Engines, Harbour University, 2010 – 2014")
    ]
    assert sum(isinstance(f, Degree) for f in found.facts) == 1


def test_the_doctor_still_hears_of_both(tmp_path: Path) -> None:
    found = [f for f in examine(record(tmp_path, OLD, NEW)) if f.kind == "dates-disagree"]
    assert [f.quote for f in found] == ["Research Fellow, Port University, 2020 – 2022"]


OTHER = "- Curator, Museum of Tides, 2011 – 2012\n"
PAIRS = {
    "another end": ("- Fellow, Port University, 2018 – 2020", "- Fellow, Port University, 2018 – 2021", 1),
    "another beginning": ("- Fellow, Port University, 2017 – 2021", "- Fellow, Port University, 2018 – 2021", 1),
    "another title": ("- Fellow, Port University, 2018 – 2021", "- Senior Researcher, Port University, 2018 – 2021", 1),
    "another employer": ("- Fellow, Port University, 2018 – 2021", "- Fellow, Hill University, 2018 – 2021", 0),
    "a second stay": ("- Intern, Engine Works Ltd, 2014 – 2015", "- Intern, Engine Works Ltd, 2017 – 2018", 0),
    "a promotion": ("- Fellow, Port University, 2018 – 2020", "- Professor, Port University, 2020 – 2022", 0),
    "two posts at once": (
        "- Fellow, Port University, 2018 – 2021\n- Warden, Port University, 2018 – 2021",
        "- Senior Researcher, Port University, 2018 – 2021",
        0,
    ),
    "the same": ("- Fellow, Port University, 2018 – 2021", "- Fellow, Port University, 2018 – 2021", 0),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_only_what_tells_of_one_post_otherwise_is_outdated(tmp_path: Path, name: str) -> None:
    old, new, count = PAIRS[name]
    texts = [
        f"# Ada Byron\nLast updated: {when}\n\n## Positions\n{OTHER}{held}\n"
        for when, held in (("May 2022", old), ("3 June 2024", new))
    ]
    found = record(tmp_path, *texts)
    assert len(found.older) == count
    assert all(fact.span.document == "1.md" for fact in found.older)
    assert {found.quote(link.other) for link in found.links if link.relation == "outdated"} == {
        found.quote(f.span) for f in found.older
    }


def test_versions_that_no_date_tells_apart_both_stay(tmp_path: Path) -> None:
    pair = ("- Fellow, Port University, 2018 – 2020", "- Fellow, Port University, 2018 – 2021")
    found = record(
        tmp_path, *(f"# Ada Byron\n## Positions\n{held}\n## Awards\n- Engine Prize, 2023\n" for held in pair)
    )
    assert found.older == ()
    assert len(posts(found)) == 2


def test_a_middle_version_gives_way_to_the_newest(tmp_path: Path) -> None:
    ends = {"2021": "Present", "2022": "2022", "2024": "2023"}
    texts = [
        f"# Ada Byron\nUpdated {year}\n## Positions\n{OTHER}- Fellow, Port University, 2018 – {end}\n"
        for year, end in ends.items()
    ]
    found = record(tmp_path, *texts)
    assert posts(found) == [("Curator", "2011", "2012"), ("Fellow", "2018", "2023")]
    fellow = next(f for f in found.facts if isinstance(f, Position) and f.role == "Fellow")
    assert {f.span.document for f in found.contradicted(fellow)} == {"1.md", "2.md"}


def test_what_only_an_old_version_says_to_go_on_is_not_known_to(tmp_path: Path) -> None:
    old = OLD.replace("- Engineer", "- Adviser, Quay Council, 2018 – Present\n- Engineer")
    found = record(tmp_path, old, NEW)
    assert ("Adviser", "2018", None) in posts(found)
    assert any(f.kind == "stale-present" and "Adviser" in (f.quote or "") for f in examine(found))
    assert ("Adviser", "2018", "present") in posts(record(tmp_path, old))
