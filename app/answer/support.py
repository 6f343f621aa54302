"""Whether a sentence that a model wrote is supported by the evidence that it cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from app.answer.claim import marks, people, polarity
from app.answer.claim.adjacent import adjacent
from app.answer.claim.aligned import aligned
from app.answer.claim.check import is_printed, own_names
from app.answer.claim.columns import labelled
from app.answer.claim.folding import fold
from app.answer.claim.implied import Statement
from app.answer.claim.language import claim_language, document_language
from app.answer.claim.lexicon import lexicon
from app.answer.claim.quantities import quantities
from app.answer.claim.readings import Person, Reading, readings
from app.answer.claim.retold import is_retold
from app.answer.claim.statements import statements_of
from app.answer.claim.unit import Unit, plain_unit, units
from app.answer.claim.weigh import holds
from app.answer.claim.words import claim_words, vocabulary
from ingest.domain import Record, Span
from ingest.embed import Embedder

_CONTRADICTIONS = frozenset(
    {"swap", "binding", "order", "negation", "antonym", "role", "praise", "superlative", "cause", "bound", "hedge"}
)
"""Reasons for which no other evidence is looked for: the sentence is about what it cites, and gets it wrong."""
_SAME_TOPIC = 0.7
"""Share of words from which a sentence with a wrong number, date or name is about what it cites."""
_WIDER = frozenset({"about.all", "about.rate", "about.bound", "about.raised"})
"""Signs that say too little of what is wrong to be a reason."""
_LONGEST = 1_500
"""Characters of a sentence that is read at all."""
_MOST = 24
"""Pieces of evidence that a sentence is held against, those with most of its words first."""
_NAMED = {"each": "binding"}
"""Looks whose reason has another name outside."""
_TRIES = 3
"""How many other pieces of evidence are looked at for a sentence that its own do not support."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One numbered piece of evidence as the model saw it."""

    n: int
    span: Span
    text: str
    path: tuple[str, ...]
    is_computed: bool = False
    """Whether ``text`` is what the program found out and not what the source says; other pieces of the same number are what it rests on."""
    rows: tuple[str, ...] = ()
    """What the program joined in it, what leads in to that first; nothing is taken from one and said of another."""


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
        self, shown: Sequence[Shown], record: Record, embedder: Embedder | None, computed: Sequence[str] = ()
    ) -> None:
        self._record = record
        self._shown: dict[int, list[Shown]] = {}
        for piece in shown:
            self._shown.setdefault(piece.n, []).append(piece)
        self._unnumbered = tuple(computed)
        self._made: dict[int, tuple[Unit, ...]] = {}
        self._own = own_names(record.profile)
        self._person = Person(record, self._own, people.names_in(record))
        self._judged: dict[tuple[str, tuple[int, ...]], tuple[str | None, float]] = {}
        self._source = " \n ".join(f"{s.text} {' '.join(s.path)}" for s in shown)

    def judge(self, sentence: str) -> Verdict:
        """The verdict on a sentence that still holds its ``[n]`` marks."""
        marked = marks.read_marks(sentence)
        if len(marked.text) > _LONGEST:
            return Verdict(False, (), "long")
        reason = self._forbidden(marked.text, marked.cited)
        if reason:
            return Verdict(False, (), reason)
        real = tuple(n for n in marked.cited if n in self._shown)
        if not marked.cited and self._says_nothing(marked.text):
            return Verdict(True, (), None)
        reason = "uncited" if not marked.cited else "unknown" if not real else self._unsupported(marked.text, real)
        if real and reason is None:
            return Verdict(True, self._needed(marked.text, real), None)
        if reason in _CONTRADICTIONS or (
            real and reason != "content" and self._held(marked.text, real)[1] >= _SAME_TOPIC
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
        source = self._source
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
            if fold(word.text) not in lexicon().plain or (word.is_capital and number and not word.text.isupper()):
                return False
        return polarity.stated(polarity.PRAISE, text, "") is None

    def _units(self, n: int) -> tuple[Unit, ...]:
        """The units of the evidence under one number, made when it is first looked at; 0: what was computed and has no number."""
        if n not in self._made:
            found: list[Unit] = [plain_unit(0, text, document_language(text)) for text in self._unnumbered if not n]
            for piece in self._shown.get(n, ()):
                if piece.is_computed:
                    found += _computed_units(piece)
                else:
                    language = document_language(self._record.document(piece.span.document).text[:8_000])
                    found += units(n, piece.text, piece.path, piece.span, self._record, language)
            self._made[n] = tuple(found)
        return self._made[n]

    def _unsupported(self, text: str, cited: Sequence[int]) -> str | None:
        """Why the pieces ``cited`` together do not support ``text``."""
        return self._held(text, tuple(cited))[0]

    def _held(self, text: str, cited: tuple[int, ...]) -> tuple[str | None, float]:
        """Why the pieces ``cited`` together do not support ``text``, and the best share of its words that one of them has."""
        if (text, cited) not in self._judged:
            self._judged[text, cited] = self._hold(text, cited)
        return self._judged[text, cited]

    def _hold(self, text: str, cited: tuple[int, ...]) -> tuple[str | None, float]:
        if self.repeats(text, cited):
            return None, 1.0
        found = []
        for reading in self.readings(text, cited):
            if holds(reading.signs):
                return None, 1.0
            found.append(reading)
        told = [r for r in found if not {"is.union", "is.whole", "is.parts"} & r.signs.keys()]
        best = max(told, key=lambda r: (r.finding.coverage, -len(r.finding.reasons)), default=None)
        if best is None:
            return "unknown", 0.0
        about = next((c.split(".")[1] for c in best.signs if c.startswith("about.") and c not in _WIDER), None)
        reason = about or best.finding.reason or ("number" if "gaps" in best.signs else "content")
        return _NAMED.get(reason, reason), best.finding.coverage

    def repeats(self, text: str, cited: Sequence[int]) -> bool:
        """Whether ``text``, a sentence without marks, is printed in the pieces ``cited`` or only repeats them."""
        if any(is_printed(text, unit) for n in (*cited, 0) for unit in self._units(n)):
            return True
        return is_retold(text, self._statements(cited), self._own)

    def _statements(self, cited: Sequence[int]) -> tuple[Statement, ...]:
        """What the pieces ``cited`` state."""
        told = (s for n in cited for s in statements_of(self._shown.get(n, ()), self._units(n), self._record))
        pieces = [piece for n in cited for piece in self._shown.get(n, ())]
        joined = (*adjacent(pieces, self._record), *labelled(pieces, self._record))
        return tuple(dict.fromkeys((*told, *joined, *map(Statement, self._unnumbered))))

    def readings(self, text: str, cited: Sequence[int]) -> Iterator[Reading]:
        """``text``, a sentence without marks, held against what the pieces ``cited`` and what was computed say."""
        there = [self._units(n) for n in (*cited, 0)]
        computed = [u for units in there for u in units if not u.n]
        near = self._nearest(text, [u for units in there for u in units if u.n])
        pieces = [[u for u in units if any(u is v for v in near)] for units in there[:-1]]
        lists = [(s.rows, document_language(s.text)) for n in cited for s in self._shown.get(n, ()) if s.rows]
        laid = aligned(text, self._statements(cited), self._own)
        return readings(text, [p for p in pieces if p], computed, self._person, lists, laid)

    def _nearest(self, text: str, entries: list[Unit]) -> list[Unit]:
        """The entries, or of many those that have most of the words of ``text``."""
        if len(entries) <= _MOST:
            return entries
        words = [w for w in claim_words(text, claim_language(text), vocabulary("")) if not w.is_free]
        best = sorted(entries, key=lambda u: -sum(u.vocabulary.covers(w) for w in words))[:_MOST]
        return [u for u in entries if u in best]

    def _others(self, text: str, cited: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Other evidence to try: single pieces by shared words, then the cited with one more."""
        language = claim_language(text)
        scored = []
        for n in self._shown:
            us = self._units(n)
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
        for unit in self._units(n):
            words = [
                w
                for w in claim_words(text, claim_language(text), unit.vocabulary)
                if not w.is_free and fold(w.text) not in self._own
            ]
            best = max(best, sum(unit.vocabulary.covers(w) for w in words) / len(words) if words else 0.0)
        return best


def _computed_units(piece: Shown) -> Iterator[Unit]:
    """What the program found out: one unit, or what it leads in with and a unit for each row.

    What is said of one row must not be borne out by another.
    """
    language = document_language(piece.text)
    yield plain_unit(0, piece.rows[0] if piece.rows else piece.text, language)
    for row in piece.rows[1:]:
        yield plain_unit(piece.n, row, language)
