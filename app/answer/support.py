"""Whether a sentence that a model wrote is supported by the evidence that it cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from app.answer.claim import marks, people, polarity
from app.answer.claim.check import Allowed, Finding, check, own_names
from app.answer.claim.quantities import quantities
from app.answer.claim.relations import read
from app.answer.claim.unit import Unit, plain_unit, units
from app.answer.claim.words import claim_language, claim_words, document_language, vocabulary
from ingest.domain import Degree, Publication, Record, Span
from ingest.embed import Embedder
from ingest.extract.words import fold

_BUDGET = 0.0
_CONTRADICTIONS = frozenset({"swap", "binding", "order", "negation", "antonym", "role", "praise", "superlative", "cause", "bound", "hedge"})
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
    """Judges the sentences of one answer against the evidence that was shown for it."""

    def __init__(self, shown: Sequence[Shown], record: Record, embedder: Embedder, computed: Sequence[str] = ()) -> None:
        self._record = record
        self._embedder = embedder
        languages = {d.id: document_language(d.text[:8_000]) for d in record.documents if any(s.span.document == d.id for s in shown)}
        self._units = {s.n: tuple(units(s.n, s.text, s.path, s.span, record, languages[s.span.document])) for s in shown}
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
        if reason in _CONTRADICTIONS or (real and reason != "content" and self._coverage(marked.text, real) >= _SAME_TOPIC):
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
        if people.wrong_rank(text, found, self._record.profile) or people.wrong_supervision(text, found, self._record.profile):
            return "role"
        allowed = Allowed(_counts(text, cited, found), self._own, self._record.profile)
        findings = [check(text, u, allowed, _BUDGET) for u in found]
        if any(f.reason is None for f in findings):
            return None
        if len(found) > 1 and self._in_parts(text, found, allowed):
            return None
        best = max(findings, key=lambda f: f.coverage, default=Finding("unknown", 0.0))
        return best.reason

    def _coverage(self, text: str, cited: Sequence[int]) -> float:
        """The best share of the words of ``text`` that one of the pieces ``cited`` has."""
        allowed = Allowed(frozenset(), self._own, self._record.profile)
        return max((check(text, u, allowed, _BUDGET).coverage for n in cited for u in self._units[n]), default=0.0)

    def _in_parts(self, text: str, found: Sequence[Unit], allowed: Allowed) -> bool:
        """Whether the sentence falls into clauses that each follow from one unit."""
        spots = marks.clauses(text)
        if len(spots) < 2 or len(spots) > 24:
            return False
        reach = [True] + [False] * len(spots)
        chosen: dict[int, tuple[int, Unit]] = {}
        bare = [_is_bare(text[a:b]) for a, b in spots]
        for last in range(1, len(spots) + 1):
            for first in range(last):
                if not reach[first] or reach[last]:
                    continue
                part = text[spots[first][0] : spots[last - 1][1]]
                shared = _shared(text, spots, bare, first, last)
                whole = f"{_head(text, spots, first)} {part}"
                for u in found:
                    if not first and not _stands(part, u):
                        continue
                    said = f"{part}{shared}" if _stands(part, u) else whole
                    if check(said, u, allowed, _BUDGET).reason is None:
                        reach[last], chosen[last] = True, (first, u)
                        break
        return reach[-1] and not _out_of_order(text, spots, chosen)

    def _others(self, text: str, cited: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Other evidence to try: single pieces by shared words, then the cited with one more."""
        language = claim_language(text)
        scored = []
        for n, us in self._units.items():
            words = [w for w in claim_words(text, language, us[0].vocabulary) if not w.is_free] if us else []
            share = max((sum(u.vocabulary.covers(w) for w in words) / len(words) for u in us), default=0.0) if words else 0.0
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
            words = [w for w in claim_words(text, claim_language(text), unit.vocabulary) if not w.is_free and fold(w.text) not in self._own]
            best = max(best, sum(unit.vocabulary.covers(w) for w in words) / len(words) if words else 0.0)
        return best


_PLAIN = frozenset(
    fold(w)
    for w in """here what following lists list listed career cv profile papers publications positions degrees experience education awards answer question questions asked information details overview summary
    summarise summarize relevant shown evidence sources documents know tell sorry unfortunately state mention stated mentioned contain contains yes no not does say anything about hello hi thanks thank welcome glad happy
    folgende liste lebenslauf angaben quellen frage antwort hier sind steht nicht voici liste elements suivants reponse informations sources mentionne pas
    以下 如下 简历 列出 论文 经历 教育 信息 问题 回答 没有 提到 资料 显示""".split()
)


def _is_bare(clause: str) -> bool:
    """Whether a clause is only a name in a list of names."""
    words = re.findall(r"[^\W\d_]+", clause)
    return bool(words) and not re.search(r"\d", clause) and all(w[:1].isupper() or len(w) <= 3 for w in words)


def _head(text: str, spots: Sequence[tuple[int, int]], first: int) -> str:
    """The clause that a bare date goes with: the one before, without its own dates."""
    before = text[spots[0][0] : spots[first - 1][1]] if first else ""
    return re.sub(r"(?:,?\s*(?:from|to|in|since|until|between|and)?\s*)?\(?\b(?:19|20)\d{2}\b\)?(?:\s*[–-]\s*(?:19|20)\d{2})?", " ", before)


def _out_of_order(text: str, spots: Sequence[tuple[int, int]], chosen: dict[int, tuple[int, Unit]]) -> bool:
    """Whether clauses that each follow from an entry are told in an order that the dates of the entries contradict."""
    last, parts = len(spots), []
    while last:
        first, unit = chosen[last]
        parts.append((first, unit))
        last = first
    parts.reverse()
    for (_, one), (at, two) in pairwise(parts):
        if not one.periods or not two.periods or not one.periods[0].start or not two.periods[0].start:
            continue
        joint = fold(text[spots[at - 1][1] : spots[at][0] + 12])
        a, b = one.periods[0].start, two.periods[0].start
        early, late = (a.year or 0, a.first_month), (b.year or 0, b.first_month)
        opens = fold(text[:8])
        if re.search(r"\bfirst\b", fold(text)) and early > late:
            return True
        if re.search(r"\b(?:then|before|followed|later|puis|dann|danach|avant|bevor)\b|然后|随后|之后", joint) and early > late and not re.search(r"\b(?:before that|prior)\b", joint):
            return True
        if re.search(r"\bafter\b(?! that)|\bnach\b|\bapres\b", joint) and early < late:
            return True
        if re.match(r"(?:after|nach|apres)\b", opens) and at == 1 and early > late:
            return True
        if re.match(r"(?:before|vor|bevor|avant)\b", opens) and at == 1 and early < late:
            return True
    return False


def _counts(text: str, cited: Sequence[int], found: Sequence[Unit]) -> frozenset[float]:
    """The numbers that counting gives: of the citations, of the cited entries of a kind, of the names in a list."""
    counts = {float(len(set(cited)))} if len(cited) > 1 and not re.search(r"\b(?:twice|thrice|zweimal|deux fois)\b|[两三]次(?!在)", text) else set()
    for quantity in quantities(text):
        things = [t for t in read(re.split(r"[,.;:(]", text[quantity.end :])[0]) if not t.is_free][:2]
        for thing in things:
            number = sum(not u.vocabulary.terms.isdisjoint(thing.terms) for u in found)
            if number > 1:
                counts.add(float(number))
    if len(years := re.findall(r"\b(?:19|20)\d{2}\b", text)) > 1:
        counts.add(float(len(set(years))))
    listed = re.search(r"[:：(]\s*([^:：()]+?)(?:\)|[.。]?$)", text)
    if listed:
        counts.add(float(len([w for w in re.split(r"\s*[,，、;]\s*(?:and\s+|und\s+|et\s+)?|\s+(?:and|und|et)\s+|和", listed[1]) if w.strip()])))
    return frozenset(counts)


def _stands(part: str, unit: Unit) -> bool:
    """Whether a run of clauses names what the unit is about, and is not only a date or a person that goes with it."""
    fact = unit.fact
    heads = [str(v) for name in ("organisation", "group", "role", "institution", "title", "text", "name") if (v := getattr(fact, name, None))]
    if isinstance(fact, Publication):
        heads += [fact.venue or "", fact.venue_tag or ""]
    if isinstance(fact, Degree):
        heads += ["phd doctorate doctoral doktor* master bachelor degree promotion studies doctorat 博士 硕士 学士"]
    if not heads:
        return re.search(r"[^\W\d_]{3,}", part) is not None
    known = vocabulary(" ".join(heads))
    return any(known.covers(w) for w in claim_words(part, "en", known) if not w.is_free)


def _shared(text: str, spots: Sequence[tuple[int, int]], bare: Sequence[bool], first: int, last: int) -> str:
    """The dates and numbers of the neighbouring clause that a bare name in a list shares."""
    if not all(bare[first:last]):
        return ""
    after = next((i for i in range(last, len(spots)) if not bare[i]), None)
    before = next((i for i in range(first - 1, -1, -1) if not bare[i]), None)
    shared = ""
    for i in (after, before):
        if i is not None:
            clause = text[spots[i][0] : spots[i][1]]
            years = re.findall(r"\b(?:19|20)\d{2}\b", clause)
            shared += "".join(f" ({year})" for year in years)
    return shared
