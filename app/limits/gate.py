"""The gate before all work: lets through what the limits allow, counts it, and tells everybody else when to come back."""

import logging
import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from app.access import Caller
from app.access.acts import Act
from app.limits.domain import Counts, CountsUnusable, Full, Taken
from app.limits.policy import Policy
from app.observe.metrics import refused_by_limit

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class LimitReached(Exception):
    """It is not done now."""

    def __init__(self, kind: str, wait_s: int) -> None:
        whose = {"address": "from your address", "session": "in your session", "key": "with this key"}
        super().__init__(f"too many requests {whose.get(kind, f'about this {kind}')}; come back in {spoken(wait_s)}")
        self.kind = kind
        self.wait_s = wait_s


class Gate:
    """Counts with the first of several ``Counts`` that works: the last of them, in memory, always does.

    So a full disk or a server that is gone neither lets everybody through nor keeps everybody out.
    """

    def __init__(self, policy: Policy, counts: Sequence[Counts]) -> None:
        self._policy = policy
        self._counts = counts
        self._using = 0

    def admit(self, caller: Caller, act: Act, profile: str | None) -> Callable[[], None]:
        """Counts ``act``; the result takes that back, for where nothing was done.

        Raises:
            LimitReached: it may not be done now.
        """
        windows = self._policy.windows(caller, act, profile)
        if not windows:
            return lambda: None
        counts, found = self._first_that_works(lambda counts: counts.take(windows))
        if isinstance(found, Full):
            refused_by_limit(found.window.kind)
            raise LimitReached(found.window.kind, max(1, math.ceil(found.wait_s)))
        return lambda: _give_back(counts, found)

    def _first_that_works(self, use: Callable[[Counts], T]) -> tuple[Counts, T]:
        for n, counts in enumerate(self._counts):
            try:
                found = use(counts)
            except CountsUnusable as error:
                if n >= self._using:
                    _LOG.error("questions are counted elsewhere for now: %s", error)
                continue
            self._using = n
            return counts, found
        raise CountsUnusable("nothing can be counted")


def _give_back(counts: Counts, taken: Taken) -> None:
    try:
        counts.give_back(taken.receipt)
    except CountsUnusable as error:
        _LOG.error("a use was not given back: %s", error)


def spoken(wait_s: int) -> str:
    """A time to wait as people say it."""
    if wait_s < 100:
        return f"{wait_s} s"
    minutes = math.ceil(wait_s / 60)
    return f"{minutes} min" if minutes < 100 else f"{math.ceil(minutes / 60)} h"
