"""What passes between an ingest and a language model that helps it: blocks that the rules did not understand, and what it takes them to state."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from ingest.domain import BlockKind, Section, Span

Kind = Literal[
    "position", "degree", "publication", "project", "award", "service", "teaching", "talk", "grant", "skill", "language", "interest",
]  # fmt: skip
"""What may be proposed: every kind of fact but ways to reach the person, which are read by rule alone."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A block of which the rules understood nothing."""

    span: Span
    path: tuple[str, ...]
    """The headings that it stands under, outermost first."""
    section: Section
    kind: BlockKind
    text: str
    """Exactly the text of ``span``, what is private in it masked."""

    @property
    def key(self) -> str:
        """The same for the same text under the same headings, in whatever document."""
        return hashlib.sha256("\x1f".join((*self.path, self.text)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a model takes a block to state; nothing of it is believed before it is found there."""

    kind: Kind
    title: str
    """The role of a position, the name of a degree, the topic of an interest; of everything else its title."""
    organisation: str | None = None
    """The employer of a position, the institution of a degree."""
    place: str | None = None
    date: str | None = None
    """As the block prints it."""
    authors: tuple[str, ...] = ()
    venue: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """The answer to one call."""

    replies: Mapping[int, tuple[Proposal, ...]]
    """By the number of the block, from 0; a block without a reply states nothing."""
    malformed: int = 0
    """Rows that are no proposal, or of no block that was asked for."""
    tokens: int = 0
    cost_usd: float = 0.0


class NotProposed(Exception):
    """A call that gave nothing."""

    def __init__(self, reason: str, *, is_last: bool, tokens: int = 0, cost_usd: float = 0.0) -> None:
        """``reason``: a few words for the owner; ``is_last``: whether there is no use in asking for other blocks now."""
        super().__init__(reason)
        self.reason = reason
        self.is_last = is_last
        self.tokens = tokens
        self.cost_usd = cost_usd


class Understander(Protocol):
    """Asks a language model, within bounds of its own."""

    @property
    def model(self) -> str:
        """What the model is called."""

    @property
    def prompt(self) -> str:
        """The hash of what it is told."""

    def propose(self, blocks: Sequence[Unread]) -> Proposed:
        """What ``blocks`` state; a few of one document at a time.

        Raises:
            NotProposed: the model failed, or may not be asked any more.
        """
