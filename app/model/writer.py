"""The model writer: the offline composition in a language model's words, each sentence checked before it is said.

What the model leaves out of what the program computed, the program says itself; where the model fails, the program says it all.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from app.answer.draft import Composition, Draft, spans_in
from app.answer.scene import Scene
from app.answer.tell import Told
from app.answer.verify import Verifier
from app.domain import Event, Evidence, Fallback, ModelUse, Waiting
from app.model.call import Call, Line
from app.model.fault import ModelFailed
from app.model.hearing import PROSE, Hearing, Judge
from app.model.known import Known
from app.model.planner import ModelPlanner
from app.model.prompt import Entry, Prompt, make_prompt, rests_on, stated
from app.model.splitter import Splitter, announces
from app.retrieve import search_vector
from ingest.domain import Record

_PASSAGES = 8
_CERTAIN = {
    "private",
    "unclear",
    "greeting",
    "thanks",
    "identity",
    "name",
    "unknown",
    "unknown_venue",
    "unknown_thing",
}
"""Intents whose answer no words of a model can better."""


@dataclass(frozen=True, slots=True)
class ModelWriter:
    """Writes with the model at the end of ``line``."""

    line: Line
    planner: ModelPlanner
    judge: Callable[[Sequence[Entry], Record], Judge]
    evidence_tokens: int = 900
    answer_tokens: int = 400

    def wants(self, scene: Scene, composition: Composition) -> bool:
        """Whether there is anything to write: not where the program is certain that it must refuse, or only says hello."""
        plan = scene.question.plan
        if plan.intent in _CERTAIN or plan.unknown:
            return False
        if composition.status == "refused":
            return composition.reason == "not_in_sources" and plan.intent in PROSE
        return any(spans_in(d.text) for d in composition.drafts)

    def evidence(self, scene: Scene) -> tuple[Evidence, ...]:
        """The passages to write from; the program's own words are made of facts and sentences and need none."""
        return search_vector(scene.index, scene.vector, scene.question.text, _PASSAGES)

    def write(
        self, scene: Scene, composition: Composition, evidence: Sequence[Evidence], verifier: Verifier
    ) -> Generator[Event, None, Told]:
        """The events of the answer; returns what it came to. Closing it gives the model's call up."""
        prompt = make_prompt(scene, composition, evidence, self.evidence_tokens)
        hearing = self.listen(scene, composition, prompt, verifier)
        call = self.line.call(prompt.messages, self.answer_tokens, scene.record.fingerprint)
        failure: Fallback | None = None
        try:
            yield from _heard(call, hearing)
        except ModelFailed as error:
            failure = error.kind
        return (yield from _finished(hearing, failure, call, self.line.model.name))

    def listen(self, scene: Scene, composition: Composition, prompt: Prompt, verifier: Verifier) -> Hearing:
        """What hears one answer."""
        known = Known(scene.record)
        return Hearing(scene, composition, prompt, verifier, self.judge(prompt.entries, scene.record), known)


def _heard(call: Call, hearing: Hearing) -> Iterator[Event]:
    splitter = Splitter(" | ".join(e.text for e in hearing.prompt.entries))
    with closing(iter(call)) as pieces:
        for piece in pieces:
            if piece is None:
                yield Waiting()
                continue
            for sentence in splitter.feed(piece):
                yield from hearing.hear(sentence)
    # Only what came to its end is a sentence; after a cut the rest is let go.
    left = list(splitter.rest())
    for number, sentence in enumerate(left, start=1):
        yield from hearing.hear(sentence, is_last=number == len(left))


def _finished(hearing: Hearing, failure: Fallback | None, call: Call, name: str) -> Generator[Event, None, Told]:
    """What the program adds, and what it all came to."""
    composition = hearing.composition
    fallback = failure or _unsatisfied(hearing)
    mode = name if hearing.own or (hearing.declined and not fallback) else "offline"
    status, reason = composition.status, composition.reason
    if not hearing.sentences:
        yield from hearing.say(composition.drafts)
    else:
        missing = tuple(_missing(hearing, is_cut=failure is not None or not hearing.own))
        lead = (Draft(hearing.scene.say("model_cut"), is_plain=True),) if failure and missing and hearing.own else ()
        yield from hearing.say((*lead, *missing))
        if hearing.own:
            status, reason = ("partial" if fallback or hearing.dropped else "grounded"), None
    usage = {
        "prompt_tokens": call.usage.prompt_tokens,
        "completion_tokens": call.usage.completion_tokens,
        "cost_usd": call.cost_usd,
    }
    used = ModelUse(name, hearing.prompt.hash, hearing.dropped, fallback)
    return Told(hearing.sentences, status, reason, mode, usage, used, hearing.verify_s)


def _unsatisfied(hearing: Hearing) -> Fallback | None:
    """Why an answer that came to its end will not do by itself."""
    if hearing.own:
        return "unsupported" if hearing.dropped > hearing.own else None
    if hearing.sentences or hearing.beside:
        return "incomplete"
    if hearing.declined:
        return "declined" if hearing.composition.status != "refused" else None
    return "unsupported"


def _missing(hearing: Hearing, is_cut: bool) -> Iterator[Draft]:
    """The offline writer's sentences that were not said and must be.

    Of facts that is all of them, of a summary the first, of prose what was computed, and always what the model was not shown; it is everything
    after a cut, and where the model spoke of nothing that the offline writer found.
    """
    composition, intent = hearing.composition, hearing.scene.question.plan.intent
    if composition.status == "refused":
        return
    sources = dict(stated(composition))
    computed = {e.spans for e in hearing.prompt.entries if e.statement}
    beside = not any(span in hearing.verifier.numbers for spans in sources.values() for span in spans)
    whole = is_cut or beside or intent not in {*PROSE, "summary"}
    is_first = True
    for draft in composition.drafts:
        if draft.is_item or (draft not in sources and not announces(draft.text)):
            yield draft
        elif draft in sources:
            is_hidden = rests_on(spans_in(draft.text), hearing.prompt.kept_back)
            must = (
                whole
                or is_hidden
                or (intent in PROSE and sources[draft] in computed)
                or (intent == "summary" and is_first)
            )
            if must and not hearing.covers(draft, sources[draft]):
                yield draft
            is_first = False
