"""What is heard of a model's answer, sentence by sentence, and which of it is said."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from app.answer.claim.folding import fold
from app.answer.draft import Composition, Draft, mark, spans_in, without_marks
from app.answer.scene import Scene
from app.answer.sentences import telling_words, third_person
from app.answer.tell import spoken
from app.answer.verify import Verifier
from app.domain import Sentence, Spoken
from app.model.known import Known
from app.model.prompt import NOT_STATED, ROWS, Entry, Prompt, stated
from app.model.splitter import MARKS, announces, plain
from ingest.domain import Fact, Span
from ingest.lexical import tokens

if TYPE_CHECKING:
    from app.answer.support import Verdict

PROSE = frozenset({"free", "paper_about", "project_about", "topic"})
"""Intents that are answered in the source's sentences: there the model may choose others."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ASKS_NUMBER = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_GROUP = re.compile(rf"(?:\s*(?:{MARKS}))+")
_LEAD = re.compile(rf"^((?:\s*(?:{MARKS}))*)\s*[=—–]?\s*")
"""How the entries of the prompt begin, which a weak model repeats."""
_ENDED = re.compile(r"[.!:。！：…][\"”’」』)）]*$")
_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u30ff\u3400-\u9fff]")
_BRACKETS = (("(", ")"), ("（", "）"))
_LEAST_SAID = 0.7
"""The share of the words that a sentence of the program has from its sources with which it counts as said."""
_LEAST_COVERAGE = 0.8
"""The share of a question's telling words that an answer must have which the offline writer did not find."""


class Judge(Protocol):
    """Decides whether what a sentence cites bears it out."""

    def judge(self, sentence: str) -> "Verdict":
        """The verdict on a sentence with its ``[n]``."""


@dataclass(slots=True)
class Hearing:
    """What was heard of one answer so far, and what of it was said."""

    scene: Scene
    composition: Composition
    prompt: Prompt
    verifier: Verifier
    judge: Judge
    known: Known
    sentences: list[Sentence] = field(default_factory=list)
    own: int = 0
    """How many of them are in the model's words."""
    dropped: int = 0
    beside: int = 0
    """How many hold and are not said, because they tell of something else."""
    declined: bool = False
    verify_s: float = 0.0
    _waiting: list[Draft] = field(default_factory=list)
    """Sentences without a source, and leads, said only once one with a source follows."""

    def hear(self, sentence: str, is_last: bool = False) -> Iterator[Spoken]:
        """Says the sentence if it holds; ``is_last`` where the answer ended with it, which may want for a full stop then."""
        text, is_item = plain(sentence)
        text = in_order(text)
        if self.declined or not text:
            return
        if NOT_STATED in text.upper():
            self.declined = True
        elif is_item:
            if _WORD.search(text) and not any(d.is_item for d in self.composition.drafts):
                yield from self._judged(text, is_item)
        elif is_sentence(text, is_last):
            if self._is_lead(text):
                # The program says it above its rows.
                self.own += 1
            else:
                yield from self._judged(text, is_item)

    def _judged(self, text: str, is_item: bool) -> Iterator[Spoken]:
        started = time.perf_counter()
        draft = self._checked(text, is_item)
        self.verify_s += time.perf_counter() - started
        if draft is None:
            self.dropped += 1
        elif draft.is_plain or announces(_GROUP.sub("", text)):
            self._waiting.append(draft)
        elif self._is_beside(draft):
            self.beside += 1
        elif not self._is_said(draft):
            better = self._completed(draft)
            self.own += better is draft
            if better is draft or not self._is_said(better):
                yield from self.say((*self._waiting, better))
                self._waiting.clear()

    def _is_lead(self, text: str) -> bool:
        """Whether a sentence is the program's own lead to a list of rows."""
        leads = (e.statement for e in self.prompt.entries if f" {ROWS}" in e.text)
        return any(_repeats(text, lead) for lead in leads)

    def say(self, drafts: tuple[Draft, ...]) -> Iterator[Spoken]:
        """Says ``drafts`` as far as their citations are real."""
        self.sentences += yield from spoken(self.verifier, drafts)

    def covers(self, draft: Draft, spans: Sequence[Span]) -> bool:
        """Whether what was said cites ``spans``, has the numbers and names of ``draft`` and most of what it has from its sources."""
        said = _GROUP.sub("", " ".join(s.text for s in self.sentences))
        return all(s in self.verifier.numbers for s in spans) and self._tells(said, draft, spans)

    def _tells(self, said: str, draft: Draft, spans: Sequence[Span]) -> bool:
        text = without_marks(draft.text)
        if not set(_NUMBER.findall(text)) <= set(_NUMBER.findall(said)):
            return False
        if any(name not in fold(said) for name in self._named(text)):
            return False
        sources = {t for span in spans for t in tokens(self.scene.record.quote(span))}
        content = set(tokens(text)) & sources
        return len(content & set(tokens(said))) >= _LEAST_SAID * len(content)

    def _named(self, text: str) -> Iterator[str]:
        """The longest word of the name of each person and place of work that ``text`` has from the record."""
        there = fold(text)
        for name in self.known.names:
            if name in there:
                yield max(re.findall(r"\w+", name), key=len)

    def _is_said(self, draft: Draft) -> bool:
        """Whether one sentence that was said has every word of ``draft``, and what it cites is cited."""
        words = set(tokens(without_marks(draft.text)))
        known = all(span in self.verifier.numbers for span in spans_in(draft.text))
        return known and any(words <= set(tokens(s.text)) for s in self.sentences)

    def _completed(self, draft: Draft) -> Draft:
        """The program's sentence where ``draft`` is no more than a part of it or of its source; it would have to follow anyway."""
        words, cited = set(tokens(without_marks(draft.text))), set(spans_in(draft.text))
        for other, spans in stated(self.composition):
            is_about = cited <= set(spans_in(other.text))
            is_part = words <= set(tokens(without_marks(other.text))) or self._is_quote(draft)
            if is_about and is_part and not self._tells(without_marks(draft.text), other, spans):
                return other
        return draft

    def _checked(self, text: str, is_item: bool) -> Draft | None:
        entries = {e.n: e for e in self.prompt.entries}
        kept = [entries[n] for n in numbers_in(text) if n in entries and _repeats(text, entries[n].statement)]
        if not kept:
            if self.scene.language == "en" and self.known.strange(_GROUP.sub("", text)):
                return None
            verdict = self.judge.judge(text)
            if not verdict.passed:
                return None
            kept = [entries[n] for n in verdict.citations if n in entries]
        if self.composition.status == "refused" and not self._answers(text, kept):
            return None
        text = third_person(text, self.scene.profile.name, plural=True) if self.scene.language == "en" else text
        return Draft(marked(text, kept), is_item, is_plain=not kept)

    def _is_quote(self, draft: Draft) -> bool:
        """Whether it is a piece of a source word for word, where what the program makes of that source is wanted."""
        if self.scene.question.plan.intent in PROSE:
            return False
        said = _plain(without_marks(draft.text))
        return any(said in _plain(self.scene.record.quote(span)) for span in spans_in(draft.text))

    def _is_beside(self, draft: Draft) -> bool:
        """Whether it rests on what neither the program's answer rests on nor the question names, where one of them settles what is asked."""
        plan = self.scene.question.plan
        named = _named(plan.facts)
        if self.composition.status == "refused" or (plan.intent in {*PROSE, "summary"} and not named):
            return False
        known = [*named, *(span for d in self.composition.drafts for span in spans_in(d.text))]
        return bool(known) and not all(any(_overlap(s, k) for k in known) for s in spans_in(draft.text))

    def _answers(self, text: str, kept: Sequence[Entry]) -> bool:
        """Whether a sentence speaks of what was asked, where the offline writer found nothing."""
        plan = self.scene.question.plan
        named = _named(plan.facts)
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


def _named(facts: Sequence[Fact]) -> list[Span]:
    """Where ``facts`` stand, with what is told of them."""
    return [s for f in facts for s in (f.span, getattr(f, "abstract", None), getattr(f, "body", None)) if s]


def _overlap(a: Span, b: Span) -> bool:
    return a.document == b.document and a.start < b.end and b.start < a.end


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()


def in_order(text: str) -> str:
    """A sentence that begins as the entries do, with its numbers and a sign, as a sentence that ends with them; nothing where nothing else is left."""
    lead = _LEAD.match(text)
    assert lead is not None
    rest = text[lead.end() :]
    return " ".join(part for part in (rest, lead[1].strip()) if part) if rest else ""


def is_sentence(text: str, is_last: bool) -> bool:
    """Whether ``text`` states something as a sentence does: not a heading or a row on a line of its own, half a parenthesis, or a question."""
    bare = _GROUP.sub("", text).strip()
    is_whole = all(bare.count(opens) == bare.count(closes) for opens, closes in _BRACKETS)
    is_ended = _ENDED.search(bare) is not None or (is_last and bare[-1:] not in {"?", "？"})
    return is_whole and is_ended and _WORD.search(bare) is not None and not bare.startswith(ROWS)


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
