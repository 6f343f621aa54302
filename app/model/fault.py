"""How a call of a language model fails, in words that a program can read; what the provider said is never kept."""

from dataclasses import dataclass

from app.domain import Fallback


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the provider counted them or, where it did not, as we do."""

    prompt_tokens: int = 0
    completion_tokens: int = 0


class ModelFailed(Exception):
    """The call gave no answer, or not a whole one."""

    def __init__(self, kind: Fallback, retry_after_s: float | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.retry_after_s = retry_after_s
        """What the provider asks for, in seconds; ``None`` where it does not say."""


ONE_RETRY = frozenset({"connect", "rate_limited", "server"})
"""What may have passed a moment later; a time-out has cost the visitor enough already."""
LASTING = frozenset({"auth", "quota", "unknown_model"})
"""What stays until somebody mends it."""
UNPAID = frozenset({"auth", "connect", "failed", "quota", "rate_limited", "server", "unknown_model"})
"""What comes in the place of an answer and is not charged; after a time-out or a cut the provider may have worked all the same."""
NOT_ITS_FAULT = frozenset({"filtered", "length", "budget"})
"""What says nothing about whether the provider works."""
