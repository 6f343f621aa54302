"""Asks a model about what the rules did not understand, keeps its replies for the next ingest, and takes from them what is printed there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter

from ingest.assisted.grounding import Dropped, fact_of
from ingest.assisted.known import is_known, repeats
from ingest.assisted.proposal import NotProposed, Proposal, Understander, Unread
from ingest.assisted.unread import batches, unread_blocks
from ingest.domain import Document, Fact, Profile
from ingest.progress import Progress

_FAILURES = 2
"""So many calls in a row that give nothing end the asking."""


@dataclass(frozen=True, slots=True)
class Replies:
    """What one model said of blocks, by their key; kept in a generation, so that what leaves the sources leaves here, too."""

    model: str = ""
    prompt: str = ""
    """The hash of what it was told."""
    blocks: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assistance:
    """What a model contributed to one ingest, and what that took."""

    model: str
    prompt: str
    """The hash of what it was told."""
    blocks: int = 0
    """That the rules understood nothing of and that may state something."""
    asked: int = 0
    """Of these, put to the model in this ingest."""
    unasked: int = 0
    """Of these, without a reply: the bound was reached, or the model failed."""
    calls: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    proposed: int = 0
    """Facts that it proposed, those of earlier replies included."""
    dropped: dict[str, int] = field(default_factory=dict)
    """Of these, by reason, the ones that are no facts of the record."""
    failure: str | None = None
    """Why it was not asked, or not about everything."""


@dataclass(frozen=True, slots=True)
class Help:
    """What comes of a model's help."""

    facts: tuple[Fact, ...]
    replies: Replies
    assistance: Assistance | None
    """``None`` where no model was ever asked."""


_REPLIES = TypeAdapter(Replies)


def dump_replies(replies: Replies) -> bytes:
    """``replies`` as JSON; equal replies give equal bytes."""
    return _REPLIES.dump_json(replies)


def load_replies(data: bytes) -> Replies:
    """The replies that ``dump_replies`` wrote.

    Raises:
        pydantic.ValidationError: they are none.
    """
    return _REPLIES.validate_json(data)


def helped(
    documents: Sequence[Document],
    facts: Sequence[Fact],
    profile: Profile,
    known: Replies,
    understander: Understander | None,
    progress: Progress,
) -> Help:
    """What ``understander`` adds to the ``facts`` that the rules found in ``documents``.

    Blocks of which ``known`` holds its reply are not asked about again. Without an understander nothing is asked, and what ``known`` holds
    is used as it is: a model that helped once need not be there for its help to stay.
    """
    unread = {d.id: list(unread_blocks(d, facts)) for d in documents}
    if understander is not None and (known.model, known.prompt) != (understander.model, understander.prompt):
        known = Replies(understander.model, understander.prompt)
    if not known.model:
        return Help((), known, None)
    asking = _Asking(dict(known.blocks), Assistance(known.model, known.prompt))
    if understander is not None:
        asking.ask(understander, unread.values(), progress)
    present = {b.key: asking.replies[b.key] for blocks in unread.values() for b in blocks if b.key in asking.replies}
    dropped: Counter[str] = Counter(asking.malformed)
    taken: list[Fact] = []
    for document in documents:
        taken += _taken(document, unread[document.id], present, facts, profile, dropped)
    blocks = [b for found in unread.values() for b in found]
    assistance = replace(
        asking.told,
        blocks=len(blocks),
        unasked=sum(b.key not in present for b in blocks) if understander is not None else 0,
        proposed=len(taken) + sum(dropped.values()),
        dropped=dict(sorted(dropped.items())),
    )
    return Help(tuple(taken), replace(known, blocks=dict(sorted(present.items()))), assistance)


def ids_of(facts: Iterable[Fact]) -> Iterator[tuple[str, Fact]]:
    """Each fact with a name of its own, that says where it stands: ``cv.md#120-188/position``, and ``…/2`` for a second one there."""
    seen: Counter[str] = Counter()
    for fact in facts:
        name = f"{fact.span.document}#{fact.span.start}-{fact.span.end}/{fact.kind}"
        seen[name] += 1
        yield (name if seen[name] == 1 else f"{name}/{seen[name]}"), fact


def _taken(
    document: Document,
    blocks: Iterable[Unread],
    replies: Mapping[str, tuple[Proposal, ...]],
    facts: Sequence[Fact],
    profile: Profile,
    dropped: Counter[str],
) -> list[Fact]:
    """The proposals about ``document`` that are facts; ``dropped`` counts the others by reason."""
    taken: list[Fact] = []
    for block in blocks:
        for proposal in replies.get(block.key, ()):
            try:
                fact = fact_of(proposal, block, document, profile)
            except Dropped as reason:
                dropped[str(reason)] += 1
                continue
            if is_known(fact, facts) or repeats(fact, taken):
                dropped["known already"] += 1
            else:
                taken.append(fact)
    return taken


@dataclass(slots=True)
class _Asking:
    """One round of calls."""

    replies: dict[str, tuple[Proposal, ...]]
    told: Assistance
    malformed: Counter[str] = field(default_factory=Counter)

    def ask(self, understander: Understander, unread: Iterable[Sequence[Unread]], progress: Progress) -> None:
        """Asks about every block without a reply, as far as the model goes along."""
        new: dict[str, Unread] = {}
        groups: list[Sequence[Unread]] = []
        for blocks in unread:
            fresh = {b.key: b for b in blocks if b.key not in self.replies and b.key not in new}
            new |= fresh
            groups += batches(list(fresh.values()))
        progress.begin("ask", len(groups))
        failures = 0
        for group in groups:
            failure = self._call(understander, group)
            failures = failures + 1 if failure else 0
            progress.advance()
            if failure and (failure.is_last or failures == _FAILURES):
                return

    def _call(self, understander: Understander, group: Sequence[Unread]) -> NotProposed | None:
        told = self.told
        try:
            found = understander.propose(group)
        except NotProposed as error:
            is_call = error.tokens > 0
            self.told = replace(
                told,
                failure=error.reason,
                calls=told.calls + is_call,
                tokens=told.tokens + error.tokens,
                cost_usd=told.cost_usd + error.cost_usd,
            )
            return error
        for number, block in enumerate(group):
            self.replies[block.key] = found.replies.get(number, ())
        self.malformed.update({"malformed": found.malformed} if found.malformed else {})
        self.told = replace(
            told,
            asked=told.asked + len(group),
            calls=told.calls + 1,
            tokens=told.tokens + found.tokens,
            cost_usd=told.cost_usd + found.cost_usd,
        )
        return None
