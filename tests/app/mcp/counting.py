"""A gate that only counts."""

from collections.abc import Callable

from app.access import Caller
from app.access.acts import Act
from app.limits.gate import Gate
from app.limits.policy import Policy
from app.settings import Settings


class Counting(Gate):
    """A gate that lets everybody through and counts."""

    def __init__(self) -> None:
        super().__init__(Policy(Settings(), b"k" * 32), [])
        self.admitted = self.given_back = 0

    def admit(self, caller: Caller, act: Act, profile: str | None) -> Callable[[], None]:
        self.admitted += 1
        return self._back

    def _back(self) -> None:
        self.given_back += 1
