"""An answer on its way: what a writer said, sentence by sentence, and what it came to."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.answer.draft import Composition, Draft, spans_in
from app.answer.verify import Verifier, verified
from app.domain import ModelUse, Reason, Sentence, Spoken, Status
from ingest.domain import Fact, Record

if TYPE_CHECKING:
    from app.model.call import Call

NO_USAGE: Mapping[str, float] = MappingProxyType({"prompt_tokens": 0, "completion_tokens": 0, "cost_usd": 0})


@dataclass(frozen=True, slots=True)
class Told:
    """What was said in the end."""

    sentences: Sequence[Sentence]
    status: Status
    reason: Reason | None
    mode: str = "offline"
    usage: Mapping[str, float] = field(default_factory=lambda: NO_USAGE)
    model: ModelUse | None = None
    verify_s: float = 0.0
    """Seconds of the telling that went into checking."""

    def with_call(self, call: "Call | None") -> "Told":
        """The same, what another call of the model took counted in."""
        if call is None:
            return self
        more = (call.usage.prompt_tokens, call.usage.completion_tokens, call.cost_usd)
        usage = {name: value + n for (name, value), n in zip(self.usage.items(), more, strict=True)}
        return replace(self, usage=usage)


def cited_facts(record: Record, composition: Composition) -> tuple[Fact, ...]:
    """The facts that ``composition`` speaks of, in order."""
    spans = dict.fromkeys(span for draft in composition.drafts for span in spans_in(draft.text))
    found: list[Fact] = []
    for span in spans:
        for fact in record.facts:
            bodies = (getattr(fact, "abstract", None), getattr(fact, "body", None))
            if fact.span == span or any(body is not None and body.covers(span) for body in bodies):
                found.append(fact)
                break
    return tuple(dict.fromkeys(found))


def spoken(verifier: Verifier, drafts: tuple[Draft, ...]) -> Generator[Spoken, None, list[Sentence]]:
    """The events of what holds of ``drafts``; returns their sentences."""
    sentences: list[Sentence] = []
    for sentence, fresh in verified(verifier, drafts):
        sentences.append(sentence)
        yield Spoken(sentence, fresh)
    return sentences
