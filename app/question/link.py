"""Finds in a question what the record names: papers, projects, employers, schools, people, venues, years."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from app.language.symbols import has_symbol, symbols_in
from app.question.cue import word_list
from app.question.identity import self_pattern
from app.question.names import Kind, name_tokens, names_in
from app.question.parts import parts_of
from app.question.select import abbreviates
from ingest.domain import Degree, Fact, Position, Publication, Record, Span
from ingest.extract.words import fold
from ingest.lexical import STOP_WORDS
from ingest.sentences import LETTER, is_cjk

_CAPITAL = rf"[A-Z](?:[.&-]|{LETTER})*"
_PROPER = re.compile(
    rf"[\"“‘']([^\"”’]{{3,80}})[\"”’](?!\w)|(?<!{LETTER})((?:{_CAPITAL}|[a-z]+[A-Z]{LETTER}*)"
    rf"(?:(?:\s|-)(?:(?:of|the|and|for|on|de|von|van)\s)*(?:{_CAPITAL}|\d+))*)"
)
_FOREIGN = re.compile(
    r"\b(?:wer|war|der|die|das|von|welche[rns]?|ist|hat|und|wie|wo|was|ein|eine|im|in|mit|für|er|sein|seine|ihm|qui|est|quel|quels|quelle|quelles|les|des|le|la|sont|a-t-il|où|"
    r"combien|son|ses|dans|una?|el|los|las|dónde|cuál|quién|qué|es|su|sus|en)\b", re.IGNORECASE
)  # fmt: skip
_YEAR = r"((?:19|20)\d{2})"
_MAX_GRAM = 14
_MIN_FUZZY_LENGTH, _FUZZY_CUTOFF = 6, 88


_CHINESE = {
    Kind.PAPER: "这篇论文",
    Kind.PROJECT: "这个项目",
    Kind.ORGANISATION: "这家公司",
    Kind.INSTITUTION: "这所大学",
    Kind.PERSON: "这个人",
    Kind.VENUE: "这个会议",
    Kind.YEAR: "2023",
    Kind.SELF: "他",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question, where it stands, and the facts it names."""

    kind: Kind
    start: int
    end: int
    value: str
    facts: tuple[Fact, ...] = ()


class Vocabulary:
    """Every name of one record by its folded tokens."""

    def __init__(
        self, record: Record, others: Iterable[str] = (), english: Mapping[Span, str] = MappingProxyType({})
    ) -> None:
        self.record = record
        self.parts = parts_of(record)
        self._self = self_pattern(record.profile)
        self._grams: dict[tuple[str, ...], list[tuple[Kind, str, Fact | None]]] = defaultdict(list)
        for kind, alias, value, fact in names_in(record, others):
            key = tuple(token for token, _, _ in name_tokens(alias))
            if key:
                self._grams[key].append((kind, value, fact))
        self._folded = [*(fold(d.text) for d in record.documents), *map(fold, english.values())]
        self._pieces = frozenset(p for text in self._folded for p in re.findall(r"[^\W\d_]+|\d+", text))
        self._words = sorted({t for key in self._grams for t in key if len(t) >= _MIN_FUZZY_LENGTH})

    def link(self, question: str) -> tuple[Mention, ...]:
        """The mentions in ``question``, in order, none inside another; the longest name wins, small typing errors are forgiven."""
        apart = symbols_in(question)
        words = (t for t in name_tokens(question) if not any(start <= t[1] < end for start, end, _ in apart))
        tokens = [(self._corrected(token), start, end) for token, start, end in words]
        found: list[Mention] = []
        for size in range(min(_MAX_GRAM, len(tokens)), 0, -1):
            for first in range(len(tokens) - size + 1):
                entries = self._grams.get(tuple(t for t, _, _ in tokens[first : first + size]))
                start, end = tokens[first][1], tokens[first + size - 1][2]
                if entries and not any(m.start < end and start < m.end for m in found):
                    found += self._mention(question, entries, start, end, size)
        found += [m for m in self._partial(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        found += [m for m in self._journals(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        found += [m for m in self._initials(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        for match in self._self.finditer(question):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(Kind.SELF, match.start(), match.end(), self.record.profile.name))
        for match in re.finditer(rf"(?<![\d.-]){_YEAR}(?![\d.]\d)", question):
            if not any(m.start < match.end() and match.start() < m.end for m in found):
                found.append(Mention(Kind.YEAR, match.start(), match.end(), match[1]))
        found += [m for m in self._unknown(question) if not any(o.start < m.end and m.start < o.end for o in found)]
        return tuple(sorted(found, key=lambda m: m.start))

    def _unknown(self, question: str) -> Iterator[Mention]:
        """Proper names that stand nowhere in the record; ordinary words at their edges are trimmed."""
        for start, end, symbol in symbols_in(question):
            if not any(has_symbol(symbol, document.text) for document in self.record.documents):
                yield Mention(Kind.UNKNOWN, start, end, symbol)
        foreign = is_foreign(question)
        for match in _PROPER.finditer(question):
            if not match[1] and _is_plain_word(match[2], question[: match.start()], foreign, is_cjk(question)):
                continue
            if any(start <= match.start() < end for start, end, _ in symbols_in(question)):
                continue
            group = 1 if match[1] else 2
            start, end = match.span(group)
            words = [(m[0], start + m.start(), start + m.end()) for m in re.finditer(r"[^\s]+", question[start:end])]
            while words and not match[1] and words[0][0].lower().strip(".,?!") in word_list("ordinary"):
                words.pop(0)
            while words and words[-1][0].lower().strip(".,?!") in word_list("ordinary"):
                words.pop()
            if not words:
                continue
            start, end = words[0][1], words[-1][1] + len(words[-1][0].rstrip(".,?!;:"))
            name = question[start:end]
            if len(name) > 1 and not name.isdigit() and not self._knows_parts(name):
                yield Mention(Kind.UNKNOWN, start, end, name)

    def elsewhere(self, question: str, mentions: Iterable[Mention]) -> str | None:
        """The first proper name of ``question`` that the record's texts have and none of its facts is called by."""
        foreign = is_foreign(question)
        for match in _PROPER.finditer(question):
            if match[1] or _is_plain_word(match[2], question[: match.start()], foreign, is_cjk(question)):
                continue
            inside = any(m.start < match.end() and match.start() < m.end for m in mentions)
            if not inside and match[2].lower() not in word_list("ordinary") and self.knows(match[2]):
                return match[2]
        return None

    def _knows_parts(self, name: str) -> bool:
        """Whether the record has ``name``, or all sides of the prepositions in it: "Editor of JOSS"."""
        parts = re.split(r"\s+(?:of|at|for|in|on|de|von|the)\s+", name)
        return self.knows(name) or (len(parts) > 1 and all(map(self.knows, parts)))

    def knows(self, name: str) -> bool:
        """Whether ``name`` stands anywhere in the record's texts, hyphens and blanks aside: "WMT21" is "WMT-21"."""
        pieces = re.findall(r"[^\W\d_]+|\d+", fold(name))
        if not all(p in self._pieces for p in pieces):
            return False
        pattern = re.compile(r"(?<!\w)" + r"[\W_]{0,2}".join(map(re.escape, pieces)) + r"(?!\w)")
        return any(pattern.search(text) for text in self._folded)

    def _initials(self, question: str) -> Iterator[Mention]:
        """Capitals that can stand for an employer or school: "MSRA" for Microsoft Research Asia."""
        for match in re.finditer(r"\b[A-Z]{3,6}\b", question):
            for fact in self.record.facts:
                name = (
                    fact.organisation
                    if isinstance(fact, Position)
                    else fact.institution
                    if isinstance(fact, Degree)
                    else None
                )
                if name and _abbreviates(match[0], name):
                    kind = Kind.ORGANISATION if isinstance(fact, Position) else Kind.INSTITUTION
                    same = (f for f in self.record.facts if isinstance(f, Position | Degree) and name in _employers(f))
                    yield Mention(kind, match.start(), match.end(), name, tuple(same))
                    break

    def _partial(self, question: str) -> Iterator[Mention]:
        """Capitalised words that shorten an employer's or school's name word by word: "Kansas City Fed"."""
        for match in re.finditer(r"\b[A-Z][\w.]+(?:\s+(?:of\s+)?[A-Z][\w.]+)+", question):
            words = [fold(w).strip(".") for w in match[0].split() if w != "of"]
            for fact in self.record.facts:
                names = [n for n in _employers(fact) if n] if isinstance(fact, Position | Degree) else []
                for name in names:
                    whole = [t for t, _, _ in name_tokens(name) if t not in STOP_WORDS]
                    if len(words) >= max(2, len(whole) / 2) and all(
                        any(w[:3] == t[:3] and t.startswith(w) for t in whole) for w in words
                    ):
                        kind = Kind.ORGANISATION if isinstance(fact, Position) else Kind.INSTITUTION
                        same = (
                            f for f in self.record.facts if isinstance(f, Position | Degree) and name in _employers(f)
                        )
                        yield Mention(kind, match.start(), match.end(), name, tuple(same))
                        break
                else:
                    continue
                break

    def _journals(self, question: str) -> Iterator[Mention]:
        """Names of venues that the record prints shorter or longer: "Physical Review Letters" for "Phys. Rev. Lett.", or "PRL"."""
        venues = {f.venue for f in self.record.facts if isinstance(f, Publication) and f.venue}
        for match in re.finditer(
            r"\b[A-Z][\w.]*(?:\s+(?:of\s+|the\s+|and\s+|in\s+|for\s+)*[A-Z][\w.]*)+|\b[A-Z]{3,6}\b", question
        ):
            for venue in sorted(venues):
                initials = "".join(w[0] for w in re.findall(r"\b[A-Z]\w*", re.split(r"[,(]", venue)[0]))
                if match[0] == initials or abbreviates(fold(match[0]), fold(re.split(r"\s*[,(]", venue)[0])):
                    yield Mention(Kind.VENUE, match.start(), match.end(), re.split(r"\s*[,(]", venue)[0])
                    break

    def _corrected(self, token: str) -> str:
        if len(token) < _MIN_FUZZY_LENGTH or (token,) in self._grams or token in self._words or token in STOP_WORDS:
            return token
        best = process.extractOne(token, self._words, scorer=fuzz.ratio, score_cutoff=_FUZZY_CUTOFF)
        return best[0] if best and best[0][0] == token[0] and best[0].rstrip("s") != token.rstrip("s") else token

    def _mention(
        self, question: str, entries: list[tuple[Kind, str, Fact | None]], start: int, end: int, size: int
    ) -> Iterator[Mention]:
        kinds = sorted({kind for kind, _, _ in entries}, key=list(Kind).index)
        shown = question[start:end]
        for kind in kinds[:1]:
            if kind is Kind.PERSON and size == 1 and not shown[:1].isupper():
                return
            lower = size == 1 and shown.islower() and any(" " in v for k, v, _ in entries if k is kind)
            before = re.search(r"\b(?:at|from|for|with|join|leave)\s+$", question[:start], re.IGNORECASE)
            if kind in {Kind.ORGANISATION, Kind.INSTITUTION} and lower and shown != "postdoc" and not before:
                return
            if kind is Kind.VENUE and size == 1 and shown.islower() and len(shown) < 4:
                return
            facts = tuple(
                dict.fromkeys(f for k, _, f in entries if f is not None and k in {kind, Kind.PROJECT, Kind.PAPER})
            )
            yield Mention(kind, start, end, next(v for k, v, _ in entries if k is kind), facts)


def _is_plain_word(name: str, before: str, foreign: bool, among_cjk: bool) -> bool:
    """Whether a capital only opens a sentence, or, in a language that writes nouns so, says nothing; among Chinese or Japanese characters it is a name."""
    marked = re.search(r"[a-z][A-Z]|[A-Z]{2}|\d", name) is not None or among_cjk
    opens = not before.strip() or before.rstrip()[-1:] in ".?!:"
    return not marked and (foreign or (opens and len(name.split()) == 1 and "-" not in name))


def _employers(fact: Position | Degree) -> tuple[str | None, ...]:
    return (fact.organisation, fact.group) if isinstance(fact, Position) else (fact.institution,)


def _abbreviates(capitals: str, name: str) -> bool:
    """Whether ``capitals`` holds the initials of ``name`` in order and otherwise only letters of it in order."""
    initials = [w[0] for w in name.split() if w[:1].isupper()]
    rest, letters = iter(capitals), iter(name.upper())
    in_order = len(initials) >= 2 and all(i in rest for i in initials)
    return in_order and capitals[0] == initials[0] and all(c in letters for c in capitals)


def is_foreign(question: str) -> bool:
    """Whether a question in Latin script looks like German, French or Spanish rather than English."""
    return len(_FOREIGN.findall(question)) >= 2 and not re.search(
        r"\b(?:the|does|did|has|which|what|who|how|when|where|he|she|they|his|her|at|with)\b", question, re.IGNORECASE
    )


def masked(question: str, mentions: Iterable[Mention], unknown: Kind = Kind.PAPER) -> str:
    """``question`` with every mention replaced by its general word, so that examples fit any profile; unknown names count as ``unknown``."""
    parts, last = [], 0
    chinese = is_cjk(question)
    for mention in mentions:
        kind = unknown if mention.kind is Kind.UNKNOWN else mention.kind
        parts += [question[last : mention.start], _CHINESE.get(kind, kind.value) if chinese else kind.value]
        last = mention.end
    return "".join([*parts, question[last:]])
