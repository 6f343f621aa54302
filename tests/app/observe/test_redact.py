"""What is written down holds no key, no token, no e-mail address and no telephone number."""

from datetime import date

import pytest

from app.observe.current import request_id
from app.observe.hashing import DailyHash
from app.observe.redact import GONE, Redactor, redacted


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the key is sk-proj-abcDEF0123456789 there", f"the key is {GONE} there"),
        ("sk_live_0123456789abcdef", GONE),
        ("'sk-ant-api03-xyz_0-9876543210'", f"'{GONE}'"),
        ("Authorization: Bearer abc.def-ghi", f"Authorization: {GONE}"),
        ("authorization: basic dXNlcjpwYXNz", f"authorization: {GONE}"),
        ("ghp_0123456789abcdefghij and hf_abcdef01ghijkl", f"{GONE} and {GONE}"),
        ("vvk_0123456789abcdef", GONE),
        ("vvs1.0123456789.abc-def", GONE),
        ("AKIAIOSFODNN7EXAMPLE", GONE),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl", GONE),
        ("redis://user:pass-word@host/0", f"redis://{GONE}@host/0"),
        ("write to Maria.O-Neil+cv@mail.uni-x.example.org.", f"write to {GONE}."),
        ("?mail=maria%40example.org&x=1", f"?mail={GONE}&x=1"),
        ("+351 912 345 678", GONE),
        ("call (030) 1234-5678 now", f"call {GONE} now"),
        ("0049-30-12345678, please", f"{GONE}, please"),
        ("+1 (415) 555-2671", GONE),
        ("13800138000", GONE),
    ],
)
def test_a_secret_is_taken_out(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22T16:39:02.355+00:00",
        "gen-00012",
        "3f2b9c1d4e5f60718293a4b5c6d7e8f9",
        "12345678-1234-4234-8234-123456789a12",
        "/v1/profiles/{slug}/documents/{document}",
        "port 7860 is in use",
        "1,503 of 20,000 rows",
        "pages 1024-1038, 2019-2023",
        "task-force",
        "no profile 'pk-subramaniam'; there are: sk-bhattacharyya",
        "12.5 ms",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_whole_record_is_cleaned_its_names_and_what_is_secret_only_here_included() -> None:
    clean = Redactor(("the-word-of-this-server", "", "ab"))
    record = {
        "event": "ab the-word-of-this-server",
        "list": ["a@b.example", 3, None],
        "deep": {"sk-0123456789abcdef": {"x": ("+49 30 1234567",)}},
        "other": object(),
    }
    assert clean(None, "info", record) == {
        "event": f"ab {GONE}",
        "list": [GONE, 3, None],
        "deep": {GONE: {"x": [GONE]}},
        "other": "<object>",
    }


@pytest.mark.parametrize(
    "offered", ["f0e1d2c3b4a59687", "trace.7f_2-x9", "A" * 64, "123e4567-e89b-42d3-a456-42661417400a"]
)
def test_a_well_formed_id_of_the_caller_is_taken_over(offered: str) -> None:
    assert request_id(offered) == offered


@pytest.mark.parametrize(
    "offered",
    [None, "", "short", "A" * 65, "has space1", "new\nline-000", "<script>alert", "sk-0123456789abcdef", "maria@example.org", "+351912345678", "../../etc/x"],
)  # fmt: skip
def test_any_other_gets_a_new_one(offered: str | None) -> None:
    made = request_id(offered)
    assert len(made) == 32
    assert int(made, 16) >= 0
    assert made != request_id(offered)


def test_a_hash_is_the_same_for_a_day_and_another_on_the_next_and_in_another_process() -> None:
    days = [date(2026, 1, 5)]
    hashed, other = DailyHash(lambda: days[-1]), DailyHash(lambda: days[-1])
    before = hashed("Where does she work?")
    assert len(before) == 16
    assert hashed("Where does she work?") == before
    assert hashed("Where does she live?") != before
    assert other("Where does she work?") != before
    days.append(date(2026, 1, 6))
    assert hashed("Where does she work?") != before
    days.append(date(2026, 1, 5))
    assert hashed("Where does she work?") != before, "the key of a day that has gone is gone"
