"""What Gradio keeps for its sessions between a question and the last word of the answer, and no longer."""

from typing import Any

from gradio.queueing import Queue

UNREAD = 256
"""Visitors whose answer is written and not fetched, for whom it is kept: a browser that is slow, or was closed."""


class Mailboxes(dict[str, Any]):
    """Gradio's messages by session, in place of its own table.

    Gradio keeps the mailboxes of the 2,000 latest sessions, empty or not, and what is pending of every session there ever was; beyond 2,000 it
    drops the oldest mailbox, also where its answer is being written. Here a new one makes those go that nothing is written for and nothing is left in,
    and, of those that are not fetched, all but the ``unread`` latest.
    """

    def __init__(self, queue: Queue, unread: int) -> None:
        super().__init__()
        self._queue = queue
        self._unread = unread

    def __setitem__(self, session: str, messages: Any) -> None:
        """Called in the event loop, as is all that uses the queue's tables."""
        self._let_go()
        super().__setitem__(session, messages)

    def __delitem__(self, session: str) -> None:
        """Without complaint where it went before: Gradio deletes the mailbox of a visitor who left, whenever it comes to see that."""
        self.pop(session, None)

    def _let_go(self) -> None:
        pending = self._queue.pending_event_ids_session
        written_for = {event.session_hash for event in self._queue.event_ids_to_events.values()}
        done = [session for session in dict.fromkeys([*pending, *self]) if session not in written_for]
        unread = [session for session in done if session in self and pending.get(session)]
        for session in set(done) - set(unread[-self._unread :]):
            self.pop(session, None)
            pending.pop(session, None)


def bound(queue: Queue) -> None:
    """Lets ``queue``, which nobody has used yet, keep no more than ``Mailboxes`` does."""
    queue.pending_messages_per_session = Mailboxes(queue, UNREAD)  # type: ignore[assignment]
