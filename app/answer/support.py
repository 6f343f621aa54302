"""Whether a sentence that a model wrote is supported by the evidence that it cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.answer.claim import marks, people, polarity
from app.answer.claim.check import Allowed, Finding, check, own_names
from app.answer.claim.folding import fold
from app.answer.claim.language import claim_language, document_language
from app.answer.claim.parts import counts, in_parts
from app.answer.claim.quantities import quantities
from app.answer.claim.unit import plain_unit, units
from app.answer.claim.words import claim_words, vocabulary
from ingest.domain import Record, Span
from ingest.embed import Embedder

_CONTRADICTIONS = frozenset(
    {"swap", "binding", "order", "negation", "antonym", "role", "praise", "superlative", "cause", "bound", "hedge"}
)
"""Reasons for which no other evidence is looked for: the sentence is about what it cites, and gets it wrong."""
_SAME_TOPIC = 0.7
"""Share of words from which a sentence with a wrong number, date or name is about what it cites."""
_TRIES = 3
"""How many other pieces of evidence are looked at for a sentence that its own do not support."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One numbered piece of evidence as the model saw it."""

    n: int
    span: Span
    text: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may be shown, the citations to show with it, and a short code of what was wrong."""

    passed: bool
    citations: tuple[int, ...]
    reason: str | None


class Support:
    """Judges the sentences of one answer against the evidence that was shown for it.

    Nearness of embeddings decides nothing: a changed word hardly moves a sentence. Letting it excuse one missing word stripped 1 supported sentence
    of 139 less and let 6 more unsupported ones of 562 pass (cosine 0.75, all-MiniLM-L6-v2). The embedder stays in the interface for a judge that reads.
    """

    def __init__(
        self, shown: Sequence[Shown], record: Record, embedder: Embedder, computed: Sequence[str] = ()
    ) -> None:
        self._record = record
        languages = {
            d.id: document_language(d.text[:8_000])
            for d in record.documents
            if any(s.span.document == d.id for s in shown)
        }
        self._units = {
            s.n: tuple(units(s.n, s.text, s.path, s.span, record, languages[s.span.document])) for s in shown
        }
        self._computed = tuple(plain_unit(0, text) for text in computed)
        self._own = own_names(record.profile)

    def judge(self, sentence: str) -> Verdict:
        """The verdict on a sentence that still holds its ``[n]`` marks."""
        marked = marks.read_marks(sentence)
        reason = self._forbidden(marked.text, marked.cited)
        if reason:
            return Verdict(False, (), reason)
        real = tuple(n for n in marked.cited if n in self._units)
        if not marked.cited and self._says_nothing(marked.text):
            return Verdict(True, (), None)
        reason = "uncited" if not marked.cited else "unknown" if not real else self._unsupported(marked.text, real)
        if real and reason is None:
            return Verdict(True, self._needed(marked.text, real), None)
        if reason in _CONTRADICTIONS or (
            real and reason != "content" and self._coverage(marked.text, real) >= _SAME_TOPIC
        ):
            return Verdict(False, (), reason)
        for other in self._others(marked.text, real):
            if self._unsupported(marked.text, other) is None:
                return Verdict(True, self._needed(marked.text, other), None)
        return Verdict(False, (), reason)

    def _forbidden(self, text: str, cited: Sequence[int]) -> str | None:
        """What no evidence can make right."""
        if not text or marks.MARKUP.search(text):
            return "markup"
        if marks.INSTRUCTION.search(text):
            return "instruction"
        source = " ".join(f"{u.text} {u.heading}" for us in self._units.values() for u in us)
        plain = fold(source)
        if any(fold(m[0]).rstrip(".,;") not in plain for m in marks.ADDRESS.finditer(text)):
            return "contact"
        if any(re.sub(r"\D", "", m[0]) not in re.sub(r"[^\d\n]", "", source) for m in marks.PHONE.finditer(text)):
            return "contact"
        if marks.PRIVATE.search(text) and polarity.stated(marks.PRIVATE, text, source):
            return "private"
        return None

    def _says_nothing(self, text: str) -> bool:
        """Whether a sentence holds nothing that a source could support: no number, name or word of content."""
        if quantities(text):
            return False
        empty = vocabulary("")
        for number, word in enumerate(claim_words(text, claim_language(text), empty)):
            if fold(word.text) in self._own or word.is_free:
                continue
            if fold(word.text) not in _PLAIN or (word.is_capital and number):
                return False
        return polarity.stated(polarity.PRAISE, text, "") is None

    def _unsupported(self, text: str, cited: Sequence[int]) -> str | None:
        """Why the pieces ``cited`` together do not support ``text``."""
        found = [u for n in cited for u in self._units[n]] + list(self._computed)
        if people.wrong_rank(text, found, self._record.profile) or people.wrong_supervision(
            text, found, self._record.profile
        ):
            return "role"
        allowed = Allowed(counts(text, cited, found), self._own, self._record.profile)
        findings = [check(text, u, allowed) for u in found]
        if any(f.reason is None for f in findings):
            return None
        if len(found) > 1 and in_parts(text, found, allowed):
            return None
        best = max(findings, key=lambda f: f.coverage, default=Finding("unknown", 0.0))
        return best.reason

    def _coverage(self, text: str, cited: Sequence[int]) -> float:
        """The best share of the words of ``text`` that one of the pieces ``cited`` has."""
        allowed = Allowed(frozenset(), self._own, self._record.profile)
        return max((check(text, u, allowed).coverage for n in cited for u in self._units[n]), default=0.0)

    def _others(self, text: str, cited: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Other evidence to try: single pieces by shared words, then the cited with one more."""
        language = claim_language(text)
        scored = []
        for n, us in self._units.items():
            words = [w for w in claim_words(text, language, us[0].vocabulary) if not w.is_free] if us else []
            share = (
                max((sum(u.vocabulary.covers(w) for w in words) / len(words) for u in us), default=0.0)
                if words
                else 0.0
            )
            scored.append((share, n))
        best = [n for share, n in sorted(scored, key=lambda s: (-s[0], s[1])) if share > 0.3]
        yield from ((n,) for n in best[:_TRIES] if (n,) != tuple(cited))
        if not cited:
            yield from combinations(best[:_TRIES], 2)

    def _needed(self, text: str, cited: Sequence[int]) -> tuple[int, ...]:
        """The citations without those that the sentence does as well without and that have little of it."""
        kept = list(cited)
        for n in cited:
            rest = [m for m in kept if m != n]
            if rest and self._share(text, n) < 0.3 and self._unsupported(text, rest) is None:
                kept = rest
        return tuple(kept)

    def _share(self, text: str, n: int) -> float:
        best = 0.0
        for unit in self._units[n]:
            words = [
                w
                for w in claim_words(text, claim_language(text), unit.vocabulary)
                if not w.is_free and fold(w.text) not in self._own
            ]
            best = max(best, sum(unit.vocabulary.covers(w) for w in words) / len(words) if words else 0.0)
        return best


_PLAIN = frozenset(
    fold(w)
    for w in [
        "here",
        "what",
        "following",
        "lists",
        "list",
        "listed",
        "career",
        "cv",
        "profile",
        "papers",
        "publications",
        "positions",
        "degrees",
        "experience",
        "education",
        "awards",
        "answer",
        "question",
        "questions",
        "asked",
        "information",
        "details",
        "overview",
        "summary",
        "summarise",
        "summarize",
        "relevant",
        "shown",
        "evidence",
        "sources",
        "documents",
        "know",
        "tell",
        "sorry",
        "unfortunately",
        "state",
        "mention",
        "stated",
        "mentioned",
        "contain",
        "contains",
        "yes",
        "no",
        "not",
        "does",
        "say",
        "anything",
        "about",
        "hello",
        "hi",
        "thanks",
        "thank",
        "welcome",
        "glad",
        "happy",
        "folgende",
        "liste",
        "lebenslauf",
        "angaben",
        "quellen",
        "frage",
        "antwort",
        "hier",
        "sind",
        "steht",
        "nicht",
        "voici",
        "liste",
        "elements",
        "suivants",
        "reponse",
        "informations",
        "sources",
        "mentionne",
        "pas",
        "以下",
        "如下",
        "简历",
        "列出",
        "论文",
        "经历",
        "教育",
        "信息",
        "问题",
        "回答",
        "没有",
        "提到",
        "资料",
        "显示",
    ]
)
