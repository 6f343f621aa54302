"""What is counted of whom, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

MINUTE_S, HOUR_S, DAY_S = 60, 3_600, 86_400


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``most`` in any ``seconds`` on end."""

    kind: str
    """Of what, as it is told and measured: ``address``, ``session``, ``key`` or ``profile``."""
    who: str
    """Whose; a hash, which says nothing about them."""
    seconds: int
    most: int


@dataclass(frozen=True, slots=True)
class Taken:
    """It may be done, and is counted."""

    receipt: str
    """With which it is given back."""


@dataclass(frozen=True, slots=True)
class Full:
    """It may not be done, and is not counted."""

    window: Window
    wait_s: float
    """Until it would be done, if nobody else came before."""


class Counts(Protocol):
    """What was done in the last day, by whom."""

    def take(self, windows: Sequence[Window]) -> Taken | Full:
        """Counts one in each of ``windows``, or none where any is full; at the same time as others, as if one after the other.

        Raises:
            CountsUnusable: they cannot be read or written.
        """

    def give_back(self, receipt: str) -> None:
        """Undoes a ``take``, of which nothing came; raises what that raises."""


class CountsUnusable(Exception):
    """The file or the server with the counts does not work just now."""
