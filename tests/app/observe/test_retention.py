"""What visitors say on purpose is kept for as long as the owner says, and leaves no trace on the disk afterwards."""

import shutil
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.feedback import FILE_NAME, Feedback, FeedbackFile
from tests.app.observe.conftest import MIRA
from tests.app.observe.running import running
from tests.conftest import Desk

PRINT = "a" * 64
FIRST = date(2026, 1, 5)


class Calendar:
    """A day that a test turns over."""

    def __init__(self) -> None:
        self.day = FIRST

    def __call__(self) -> date:
        return self.day


@pytest.mark.parametrize(("days", "after", "left"), [(30, 29, 1), (30, 30, 0), (1, 1, 0), (None, 3_000, 1)])
def test_a_row_goes_when_its_days_are_over(tmp_path: Path, days: int | None, after: int, left: int) -> None:
    today = Calendar()
    kept = FeedbackFile(tmp_path / "f.sqlite3", today, keep_days=days)
    kept.add(Feedback(MIRA, PRINT, "unhelpful", words="The heron is missing."))
    today.day = FIRST + timedelta(days=after)
    assert len(kept.kept()) == left
    assert (b"heron" in (tmp_path / "f.sqlite3").read_bytes()) == bool(left)


def test_another_row_sends_the_old_ones_away(tmp_path: Path) -> None:
    today = Calendar()
    kept = FeedbackFile(tmp_path / "f.sqlite3", today, keep_days=10)
    kept.add(Feedback(MIRA, PRINT, "helpful", words="The heron is missing."))
    today.day = FIRST + timedelta(days=10)
    kept.add(Feedback(MIRA, PRINT, "helpful", words="It is back."))
    assert b"heron" not in (tmp_path / "f.sqlite3").read_bytes()
    assert [row.words for row in kept.kept()] == ["It is back."]


def test_an_owner_who_wants_none_gets_none_and_visitors_are_not_asked_for_it(folder: Path, ingested: Desk) -> None:
    body = {"profile": MIRA, "fingerprint": PRINT, "verdict": "helpful"}
    with running(ingested, folder, VIVAVOCE_FEEDBACK_DAYS="0") as server, server.client() as client:
        answer, page = client.post("/v1/feedback", json=body), client.get("/").text
    assert ".vv-votes, .vv-reporting { display: none" in page
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "no_feedback"
    assert not (ingested.index / ".feedback.sqlite3").exists()


def test_a_server_removes_old_rows_by_itself(folder: Path, tmp_path: Path, ingested: Desk) -> None:
    desk = Desk(ingested.profiles, tmp_path / "index", ingested.embedder)
    shutil.copytree(ingested.index, desk.index)
    long_ago = FeedbackFile(desk.index / FILE_NAME, lambda: FIRST - timedelta(days=400))
    long_ago.add(Feedback(MIRA, PRINT, "helpful", words="The heron is missing."))
    with running(desk, folder):
        until = time.monotonic() + 20
        while b"heron" in (desk.index / FILE_NAME).read_bytes() and time.monotonic() < until:
            time.sleep(0.1)
    assert b"heron" not in (desk.index / FILE_NAME).read_bytes()
