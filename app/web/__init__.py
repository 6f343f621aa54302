"""The page and the server behind it; `Respondent` is all they ask of the assistant."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from app.domain import Event, Language, Turn
from app.library import Library


class Respondent(Protocol):
    """Answers for the people of a library: what the doors see of ``app.assistant.Assistant``."""

    @property
    def library(self) -> Library:
        """The profiles and their documents."""

    def check(self, slug: str, turns: Sequence[Turn]) -> None:
        """Sees whether the last turn can be asked, before anything is promised to whoever asks.

        Raises:
            QuestionRefused, ProfileNotFound, IndexUnusable: as ``ask`` would.
        """

    def ask(self, slug: str, turns: Sequence[Turn]) -> Iterator[Event]:
        """The answer to the last turn, event by event; ``Finished`` comes last.

        Raises:
            QuestionRefused, ProfileNotFound, IndexUnusable: before the first event.
        """

    def greeting(self, slug: str, language: Language | None = None) -> str:
        """What is said before anything is asked; in ``language`` unless the owner wrote it."""

    def suggestions(self, slug: str, language: Language | None = None) -> tuple[str, ...]:
        """First questions that the record answers; in ``language`` unless the owner wrote them."""
