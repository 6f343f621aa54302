"""What is kept of the sessions of the page does not grow with how many there were."""

from tests.app.web.kept import UNREAD, Act, kept_after
from tests.conftest import Desk

WHOLE = '"success": true'


def test_of_sessions_that_have_their_answer_only_the_last_is_kept(indexed: Desk) -> None:
    sessions = [f"session{n}" for n in range(8)] + ["session0"]
    for session, kept in zip(sessions, kept_after(indexed, [("asks", s) for s in sessions]), strict=True):
        assert WHOLE in kept.heard
        assert kept.mailboxes == kept.pending == [session]
        assert kept.running == 0


def test_gradio_sums_up_nothing_for_a_monitoring_that_is_closed(indexed: Desk) -> None:
    for kept in kept_after(indexed, [("asks", f"session{n}") for n in range(3)]):
        assert kept.counted == 1
        assert not kept.is_summed_up


def test_of_answers_that_nobody_fetches_the_latest_are_kept(indexed: Desk) -> None:
    left: list[tuple[Act, str]] = [("leaves", f"left{n}") for n in range(UNREAD + 4)]
    *_, last, asked = kept_after(indexed, [*left, ("asks", "somebody")])
    assert last.mailboxes == last.pending == [f"left{n}" for n in range(3, UNREAD + 4)]
    assert asked.mailboxes == asked.pending == [*last.mailboxes[1:], "somebody"]
    assert WHOLE in asked.heard


def test_who_is_being_answered_is_kept_however_many_come_after(indexed: Desk) -> None:
    others: list[tuple[Act, str]] = [("leaves", f"left{n}") for n in range(UNREAD + 4)]
    kept = kept_after(indexed, [("waits", "first"), *others])[-1]
    assert kept.running == 1
    assert kept.mailboxes[0] == kept.pending[0] == "first"
    assert len(kept.mailboxes) == len(kept.pending) == 1 + UNREAD + 1
