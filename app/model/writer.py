"""The model writer: the offline composition in a language model's words, each sentence checked before it is said.

What the model leaves out of what the program computed, the program says itself; where the model fails, the program says it all.
"""

import re
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.answer.draft import Composition, Draft, mark, spans_in, without_marks
from app.answer.scene import Scene
from app.answer.sentences import telling_words, third_person
from app.answer.tell import Told, spoken
from app.answer.verify import Verifier
from app.domain import Event, Evidence, Fallback, ModelUse, Sentence, Spoken, Waiting
from app.model.call import Call, Line
from app.model.fault import ModelFailed
from app.model.planner import ModelPlanner
from app.model.prompt import NOT_STATED, Entry, Prompt, make_prompt, stated
from app.model.splitter import MARKS, Splitter, announces, plain
from ingest.domain import Record, Span
from ingest.lexical import tokens

if TYPE_CHECKING:
    from app.answer.support import Verdict

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ASKS_NUMBER = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_GROUP = re.compile(rf"(?:\s*(?:{MARKS}))+")
_CERTAIN = {
    "private",
    "unclear",
    "greeting",
    "thanks",
    "identity",
    "name",
    "unknown",
    "unknown_venue",
    "unknown_honour",
}
"""Intents whose answer no words of a model can better."""
_PROSE = {"free", "paper_about", "project_about", "topic"}
"""Intents that are answered in the source's sentences: there the model may choose others."""
_LEAST_SAID = 0.7
"""The share of the words that a sentence of the program has from its sources with which it counts as said."""
_LEAST_COVERAGE = 0.8
"""The share of a question's telling words that an answer must have which the offline writer did not find."""


class Judge(Protocol):
    """Decides whether what a sentence cites bears it out."""

    def judge(self, sentence: str) -> "Verdict":
        """The verdict on a sentence with its ``[n]``."""


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
            return composition.reason == "not_in_sources" and plan.intent in _PROSE
        return any(spans_in(d.text) for d in composition.drafts)

    def write(
        self, scene: Scene, composition: Composition, evidence: Sequence[Evidence], verifier: Verifier
    ) -> Generator[Event, None, Told]:
        """The events of the answer; returns what it came to. Closing it gives the model's call up."""
        prompt = make_prompt(scene, composition, evidence, self.evidence_tokens)
        hearing = Hearing(scene, composition, prompt, verifier, self.judge(prompt.entries, scene.record))
        call = self.line.call(prompt.messages, self.answer_tokens, scene.record.fingerprint)
        failure: Fallback | None = None
        try:
            yield from _heard(call, hearing)
        except ModelFailed as error:
            failure = error.kind
        return (yield from _finished(hearing, failure, call, self.line.model.name))


def _heard(call: Call, hearing: "Hearing") -> Iterator[Event]:
    splitter = Splitter()
    with closing(iter(call)) as pieces:
        for piece in pieces:
            if piece is None:
                yield Waiting()
                continue
            for sentence in splitter.feed(piece):
                yield from hearing.hear(sentence)
    # Only what came to its end is a sentence; after a cut the rest is let go.
    for sentence in splitter.rest():
        yield from hearing.hear(sentence)


@dataclass(slots=True)
class Hearing:
    """What was heard of one answer so far, and what of it was said."""

    scene: Scene
    composition: Composition
    prompt: Prompt
    verifier: Verifier
    judge: Judge
    sentences: list[Sentence] = field(default_factory=list)
    dropped: int = 0
    declined: bool = False
    verify_s: float = 0.0
    _waiting: list[Draft] = field(default_factory=list)
    """Sentences without a source, said only once one with a source follows."""

    def hear(self, sentence: str) -> Iterator[Spoken]:
        """Says the sentence if it holds."""
        text, is_item = plain(sentence)
        if self.declined or not text:
            return
        if NOT_STATED in text.upper():
            self.declined = True
            return
        if is_item and any(d.is_item for d in self.composition.drafts):
            return
        started = time.perf_counter()
        draft = self._checked(text, is_item)
        self.verify_s += time.perf_counter() - started
        if draft is None:
            self.dropped += 1
        elif draft.is_plain:
            self._waiting.append(draft)
        else:
            yield from self.say((*self._waiting, draft))
            self._waiting.clear()

    def say(self, drafts: tuple[Draft, ...]) -> Iterator[Spoken]:
        """Says ``drafts`` as far as their citations are real."""
        self.sentences += yield from spoken(self.verifier, drafts)

    def covers(self, draft: Draft, spans: Sequence[Span]) -> bool:
        """Whether what was said cites ``spans``, has the numbers of ``draft`` and most of what it has from its sources."""
        if not all(s in self.verifier.numbers for s in spans):
            return False
        said = " ".join(s.text for s in self.sentences)
        text = without_marks(draft.text)
        if not set(_NUMBER.findall(text)) <= set(_NUMBER.findall(said)):
            return False
        sources = {t for span in spans for t in tokens(self.scene.record.quote(span))}
        content = set(tokens(text)) & sources
        return len(content & set(tokens(said))) >= _LEAST_SAID * len(content)

    def _checked(self, text: str, is_item: bool) -> Draft | None:
        entries = {e.n: e for e in self.prompt.entries}
        kept = [entries[n] for n in numbers_in(text) if n in entries and _repeats(text, entries[n].statement)]
        if not kept:
            verdict = self.judge.judge(text)
            if not verdict.passed:
                return None
            kept = [entries[n] for n in verdict.citations if n in entries]
        if self.composition.status == "refused" and not self._answers(text, kept):
            return None
        text = third_person(text, self.scene.profile.name, plural=True) if self.scene.language == "en" else text
        return Draft(marked(text, kept), is_item, is_plain=not kept)

    def _answers(self, text: str, kept: Sequence[Entry]) -> bool:
        """Whether a sentence speaks of what was asked, where the offline writer found nothing."""
        plan = self.scene.question.plan
        named = [s for f in plan.facts for s in (f.span, getattr(f, "abstract", None), getattr(f, "body", None)) if s]
        if named and not any(n.covers(s) for n in named for e in kept for s in e.spans):
            return False
        if _ASKS_NUMBER.search(plan.text) and not _NUMBER.search(_GROUP.sub("", text)):
            return False
        there = {
            t for part in (text, *(e.text for e in kept), *(h for e in kept for h in e.path)) for t in tokens(part)
        }
        weights = {t: self.scene.sentences.weight(t) for t in telling_words(plan.bare or plan.text)}
        total = sum(weights.values())
        return bool(kept) and total > 0 and sum(w for t, w in weights.items() if t in there) / total >= _LEAST_COVERAGE


def _repeats(text: str, statement: str) -> bool:
    """Whether a sentence is what the program itself said, character for character but for marks, blanks and the last stop."""
    said, computed = (re.sub(r"\s+", "", part).rstrip(".。") for part in (_GROUP.sub("", text), statement))
    return bool(computed) and said == computed


def marked(text: str, kept: Sequence[Entry]) -> str:
    """``text`` with the marks of the entries that it may cite in the place of its numbers, those at its end before the full stop."""
    by_number = {e.n: e for e in kept}
    used: set[int] = set()

    def spans_of(numbers: Sequence[int]) -> list[Span]:
        used.update(numbers)
        return [span for n in numbers for span in by_number[n].spans]

    def replaced(match: re.Match[str]) -> str:
        numbers = [n for n in numbers_in(match[0]) if n in by_number]
        return f" {mark(*spans_of(numbers))}" if numbers else ""

    parts = re.match(rf"(?s)(.*?)((?:\s*(?:{MARKS}))*)\s*([.。!?！？]?)((?:\s*(?:{MARKS}))*)\s*$", text)
    assert parts is not None
    body = _GROUP.sub(replaced, parts[1])
    last = [n for n in numbers_in(parts[2] + parts[4]) if n in by_number]
    last += [n for n in by_number if n not in used and n not in last]
    cited = f" {mark(*spans_of(last))}" if last else ""
    return f"{body.rstrip()}{cited}{parts[3]}"


def numbers_in(text: str) -> list[int]:
    """The numbers that the citations in ``text`` name, ranges written out."""
    found: list[int] = []
    joined = re.sub(r"\]\s*[–-]\s*\[", "–", "".join(m[0] for m in re.finditer(MARKS, text)))
    for part in re.findall(r"\d+(?:\s*[–-]\s*\d+)?", joined):
        first, _, last = part.replace("–", "-").partition("-")
        found += range(int(first), int(last or first) + 1) if int(last or first) - int(first) < 100 else []
    return list(dict.fromkeys(found))


def _finished(hearing: Hearing, failure: Fallback | None, call: Call, name: str) -> Generator[Event, None, Told]:
    """What the program adds, and what it all came to."""
    composition = hearing.composition
    fallback = failure or _unsatisfied(hearing)
    mode = name if hearing.sentences or (hearing.declined and not fallback) else "offline"
    status, reason = composition.status, composition.reason
    if not hearing.sentences:
        yield from hearing.say(composition.drafts)
    else:
        missing = tuple(_missing(hearing, is_cut=failure is not None))
        lead = (Draft(hearing.scene.say("model_cut"), is_plain=True),) if failure and missing else ()
        yield from hearing.say((*lead, *missing))
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
    if not hearing.sentences:
        if hearing.declined:
            return "declined" if hearing.composition.status != "refused" else None
        return "unsupported"
    return "unsupported" if hearing.dropped > len(hearing.sentences) else None


def _missing(hearing: Hearing, is_cut: bool) -> Iterator[Draft]:
    """The offline writer's sentences that were not said and must be.

    Of facts that is all of them, of a summary the first, of prose what was computed; it is everything after a cut, and where the model
    spoke of nothing that the offline writer found.
    """
    composition, intent = hearing.composition, hearing.scene.question.plan.intent
    if composition.status == "refused":
        return
    sources = dict(stated(composition))
    computed = {e.spans for e in hearing.prompt.entries if e.statement}
    beside = not any(span in hearing.verifier.numbers for spans in sources.values() for span in spans)
    whole = is_cut or beside or intent not in {*_PROSE, "summary"}
    is_first = True
    for draft in composition.drafts:
        if draft.is_item or (draft not in sources and not announces(draft.text)):
            yield draft
        elif draft in sources:
            must = whole or (intent in _PROSE and sources[draft] in computed) or (intent == "summary" and is_first)
            if must and not hearing.covers(draft, sources[draft]):
                yield draft
            is_first = False
