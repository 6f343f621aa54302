"""What visitors say is kept without who they are, survives a restart, and cannot fill the disk."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from app.feedback import Feedback, FeedbackFile, FeedbackFull, Reported

DAY = date(2031, 5, 4)
PRINT = "a" * 64


def file(tmp_path: Path, **options: int) -> FeedbackFile:
    return FeedbackFile(tmp_path / "new" / "feedback.sqlite3", lambda: DAY, **options)


def test_what_was_said_is_there_after_a_restart(tmp_path: Path) -> None:
    assert file(tmp_path).kept() == ()
    said = Feedback(
        "mira", PRINT, "wrong_citation", None, Reported(2, "cv.md", 10, 20), "It's about another post.", None
    )
    file(tmp_path).add(said)
    file(tmp_path).add(
        Feedback("teo", PRINT, "unhelpful", "other", words="', DROP TABLE feedback; --", question="Why?")
    )
    first, second = file(tmp_path).kept()
    assert first == Feedback("mira", PRINT, "wrong_citation", None, Reported(2, "cv.md", 10, 20), said.words, None, DAY)
    assert (second.words, second.question, second.reason) == ("', DROP TABLE feedback; --", "Why?", "other")
    assert file(tmp_path).kept("teo") == (second,)


def test_a_row_has_no_place_for_a_visitor_or_a_time_of_day(tmp_path: Path) -> None:
    file(tmp_path).add(Feedback("mira", PRINT, "helpful"))
    with sqlite3.connect(tmp_path / "new" / "feedback.sqlite3") as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(feedback)")]
        (day,) = db.execute("SELECT day FROM feedback").fetchone()
    db.close()
    assert columns == [
        *(
            "id",
            "day",
            "profile",
            "fingerprint",
            "verdict",
            "reason",
            "n",
            "document",
            "start",
            "end",
            "words",
            "question",
        )
    ]
    assert day == "2031-05-04"


def test_a_full_file_takes_nothing_more_and_keeps_what_it_has(tmp_path: Path) -> None:
    small = file(tmp_path, max_rows=2)
    for _ in range(2):
        small.add(Feedback("mira", PRINT, "helpful"))
    with pytest.raises(FeedbackFull, match="holds 2 rows"):
        small.add(Feedback("mira", PRINT, "unhelpful"))
    assert [f.verdict for f in small.kept()] == ["helpful", "helpful"]


def test_a_file_that_cannot_be_written_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(FeedbackFull, match="cannot be written"):
        FeedbackFile(tmp_path / "taken", lambda: DAY).add(Feedback("mira", PRINT, "helpful"))
