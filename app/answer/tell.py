"""An answer on its way: what a writer said, sentence by sentence, and what it came to."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.answer.draft import Composition, Draft, spans_in
from app.answer.scene import Scene
from app.answer.verify import Verifier, verified
from app.domain import ModelUse, Reason, Sentence, Spoken, Status
from ingest.domain import Fact, Record, Span
from prompts import joined_hash

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
        if self.model is None:
            used = ModelUse(call.line.model.name, call.prompt, 0, call.failure)
        else:
            used = replace(self.model, prompt=joined_hash(call.prompt, self.model.prompt))
        return replace(self, usage=usage, model=used)


def cited_facts(record: Record, composition: Composition) -> tuple[Fact, ...]:
    """The facts that ``composition`` speaks of, in order."""
    spans = dict.fromkeys(span for draft in composition.drafts for span in spans_in(draft.text))
    stated: dict[Span, int] = {}
    bodies: list[tuple[int, Span]] = []
    for number, fact in enumerate(record.facts if spans else ()):
        stated.setdefault(fact.span, number)
        told = (getattr(fact, "abstract", None), getattr(fact, "body", None))
        bodies += [(number, body) for body in told if body is not None]
    found: list[Fact] = []
    for span in spans:
        by_body = next((number for number, body in bodies if body.covers(span)), len(record.facts))
        first = min(stated.get(span, by_body), by_body)
        found += record.facts[first : first + 1]
    return tuple(dict.fromkeys(found))


def with_word(told: Told, scene: Scene, verifier: Verifier) -> Generator[Spoken, None, Told]:
    """The events of what a visitor is told besides: that the model was not asked because its budget is spent."""
    if told.model is None or told.model.fallback != "budget":
        return told
    word = yield from spoken(verifier, (Draft(scene.say("over_budget"), is_plain=True),))
    return replace(told, sentences=[*told.sentences, *word])


def joined(sentences: Iterable[Sentence]) -> str:
    """The sentences as one text, list items on lines of their own."""
    text = ""
    for sentence in sentences:
        if sentence.is_item:
            text = f"{text.rstrip()}\n- {sentence.text}"
        else:
            gap = "\n" if "\n- " in text.rsplit("\n\n", 1)[-1] else "" if text[-1:] in "。！？；" else " "
            text = f"{text}{gap}{sentence.text}" if text else sentence.text
    return text


def spoken(verifier: Verifier, drafts: tuple[Draft, ...]) -> Generator[Spoken, None, list[Sentence]]:
    """The events of what holds of ``drafts``; returns their sentences."""
    sentences: list[Sentence] = []
    for sentence, fresh in verified(verifier, drafts):
        sentences.append(sentence)
        yield Spoken(sentence, fresh)
    return sentences
