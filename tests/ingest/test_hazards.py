"""Files made to stop, fill or fool a reader: each ends in an outcome that says why, in time, and the file beside it is read."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.build import Progress
from ingest.child import Child
from ingest.domain import Profile, Source
from ingest.limits import Limits
from ingest.outcome import FileReport, Outcome, file_reports
from ingest.understand import Understood, understand
from tests.ingest.hazards import READ, REFUSED, Make

GOOD = "# Ada Byron\n\n## Education\n\n- Thread University, London, Ph.D., 2019 - 2023\n"
LIMITS = Limits(seconds=15)
"""Half of what an ingest allows, on machines as slow as this one is today."""


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    """One process for all hazards; one that brings it down gets the next a new one."""
    with Child(LIMITS) as child:
        yield child


def beside_a_good_file(folder: Path, make: Make, child: Child) -> tuple[Understood, FileReport]:
    """What is understood of a folder with a good CV and one hazard, and the report of the hazard."""
    home = folder / "ada"
    home.mkdir()
    make(home)
    name = next(p.name for p in sorted(home.iterdir(), key=lambda p: (p.name not in {"cv.tex", "linked.md"}, p.name)))
    (home / "good.md").write_text(GOOD)
    profile = Profile("ada", "Ada Byron", sources=(Source(name, "X"), Source("good.md", "CV")))
    found = understand(home, profile, Progress(), child)
    bad, good = file_reports(found.record, found.stated, found.refusals, found.withheld)
    assert (good.outcome, good.facts) == (Outcome.READ, {"degree": 1})
    return found, bad


@pytest.mark.parametrize("name", REFUSED)
def test_a_hazard_is_refused_with_its_reason_in_time_and_the_file_beside_it_is_read(
    tmp_path: Path, child: Child, name: str
) -> None:
    make, reason = REFUSED[name]
    started = time.monotonic()
    found, report = beside_a_good_file(tmp_path, make, child)
    assert time.monotonic() - started < 30
    assert (report.outcome, [d.id for d in found.record.documents]) == (Outcome.REFUSED, ["good.md"])
    (said,) = report.reasons
    assert re.search(reason, said), said
    assert "brought its reader down" not in said
    assert ";" in said


@pytest.mark.parametrize("name", READ)
def test_a_hazard_that_can_be_read_gives_its_visible_text_and_says_what_was_done(
    tmp_path: Path, child: Child, name: str
) -> None:
    make, text, remark = READ[name]
    found, report = beside_a_good_file(tmp_path, make, child)
    document = found.record.documents[0]
    assert (text in document.text, "won it all" in document.text, "prize" in document.text) == (True, False, False)
    told = {
        "hidden": bool(report.hidden),
        "missed": report.outcome is Outcome.PARTLY_READ,
        "assumed": bool(report.assumed),
    }
    assert [kind for kind, is_told in told.items() if is_told] == ([remark] if remark else [])
