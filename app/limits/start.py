"""From settings to the gate."""

import time

from app.access.secret import Secret
from app.limits.clock import Clock
from app.limits.domain import Counts
from app.limits.file import IN_MEMORY, FileCounts
from app.limits.gate import Gate
from app.limits.policy import Policy
from app.settings import Settings


def open_gate(settings: Settings, secret: Secret) -> Gate:
    """The gate with the counts that ``settings`` name; raises what ``open_shared`` raises."""
    counts: list[Counts] = []
    if settings.redis_url is not None:
        from app.limits.shared import open_shared

        counts.append(open_shared(settings.redis_url.get_secret_value()))
    clock = Clock(time.time, time.monotonic)
    counts += [FileCounts(settings.counts_file, clock), FileCounts(IN_MEMORY, clock)]
    return Gate(Policy(settings, secret.key("counts")), counts)
