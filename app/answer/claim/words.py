"""The words of a claim, the vocabulary of a piece of evidence, and whether one covers the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import is_free_phrase, lexicon, terms_of
from app.language.glossary import LANGUAGES, glossary
from ingest.lexical import stem, tokens
from ingest.sentences import is_cjk

CJK = re.compile(r"[\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[^\W_\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W_]+)?")
_ORDINALS = (
    ("1st", "first"),
    ("2nd", "second"),
    ("3rd", "third"),
    ("4th", "fourth"),
    ("5th", "fifth"),
    ("6th", "sixth"),
    ("7th", "seventh"),
)
_COGNATE = 84.0
"""Similarity of letters (0 to 100) from which two long words of different languages are taken for one."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a claim: as written, its place, and everything that it may stand for."""

    text: str
    start: int
    end: int
    terms: frozenset[str]
    """Stems and concepts; sharing one with the evidence is enough."""
    is_free: bool = False
    """Whether it claims nothing by itself."""
    is_soft: bool = False
    """Whether it only frames what is claimed."""
    parts: tuple[frozenset[str], ...] = ()
    """The terms of the words that it is in English where these are several: all are needed."""

    @property
    def is_capital(self) -> bool:
        return any(c.isupper() for c in self.text)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a piece of evidence can cover."""

    terms: frozenset[str]
    words: frozenset[str]
    """Folded, as written."""
    text: str
    """Folded text, for what must occur literally."""

    def covers(self, word: Word) -> bool:
        """Whether a word of a claim is there, by stem, concept, or literally."""
        if not self.terms.isdisjoint(word.terms) or fold(word.text) in self.words:
            return True
        if len(word.text) > 1 and CJK.fullmatch(word.text) and word.text in self.text:
            return True
        return bool(word.parts) and not any(self.terms.isdisjoint(part) for part in word.parts)


@lru_cache(maxsize=1_000)
def vocabulary(text: str, language: str = "en") -> Vocabulary:
    """The words of a piece of evidence in ``language``, also with hyphens closed up."""
    written = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text) + " " + text
    folded = fold(written)
    terms: set[str] = set()
    words: set[str] = set()
    for found in _WORD.finditer(folded):
        word = _bare(found[0])
        words.add(word)
        terms |= terms_of(word, language)
        if language != "en":
            english = _glossed(written[found.start() : found.end()], language) or ""
            terms |= {t for part in _parts(english) for t in part}
    for joined in re.findall(r"[^\W_]+(?:[-‐‑][^\W_]+)+", folded):
        closed = re.sub(r"[-‐‑]", "", joined)
        words.add(closed)
        terms |= terms_of(closed)
    for figure, word in _ORDINALS:
        if figure in words or word in words:
            words |= {figure, word}
            terms |= {figure, word}
    terms.update(tokens(folded))
    for run in CJK.findall(text):
        for piece, meant, parts in _pieces(run, ""):
            terms |= meant.union(*parts)
            words.add(piece)
    return Vocabulary(frozenset(terms), frozenset(words), folded)


def claim_words(text: str, language: str, evidence: Vocabulary) -> tuple[Word, ...]:
    """The words of a claim in ``language`` (ISO 639-1) in order; CJK runs in pieces, preferring those that the evidence has."""
    return _english(text) if language == "en" and not CJK.search(text) else tuple(_words(text, language, evidence))


@lru_cache(maxsize=4_000)
def _english(text: str) -> tuple[Word, ...]:
    return tuple(_words(text, "en", Vocabulary(frozenset(), frozenset(), "")))


def _words(text: str, language: str, evidence: Vocabulary) -> Iterator[Word]:
    for found in re.finditer(f"{CJK.pattern}|{_WORD.pattern}", text):
        if is_cjk(found[0]):
            at = found.start()
            for piece, meant, parts in _pieces(found[0], evidence.text):
                english = _chinese(piece)
                free = piece in lexicon().free_cjk or (
                    english is not None and is_free_phrase(english) and piece not in lexicon().cjk
                )
                yield Word(piece, at, at + len(piece), meant, free, piece in lexicon().soft_cjk, parts)
                at += len(piece)
            continue
        elided = re.match(r"(?i)(?:[dlnsjmtc]|qu|jusqu|lorsqu)['’](?=\w{2})", found[0]) if language == "fr" else None
        start = found.start() + (elided.end() if elided else 0)
        written = text[start : found.end()]
        folded = _bare(fold(written))
        meant = terms_of(folded, language)
        english = _glossed(written, language) if language != "en" else None
        parts = _parts(english) if english else ()
        if language == "de" and not english and not meant - {folded, stem(folded)}:
            parts = _compound(written)
        if language != "en":
            meant |= _cognate(written, evidence) | (parts[0] if len(parts) == 1 else frozenset())
        closed = _closed(text, start, found.end())
        if closed:
            meant |= terms_of(closed)
        is_initials = len(written) > 1 and written.isupper()
        own = lexicon().free_of.get(language, lexicon().free)
        plain = lexicon().irregular.get(folded, folded) if language == "en" else folded
        free = not is_initials and (
            plain in lexicon().free
            if language == "en" and plain != folded
            else folded in (own if language == "en" or fold(written) == written.lower() else own - lexicon().free)
            or (english is not None and is_free_phrase(english))
        )
        yield Word(
            written,
            start,
            found.end(),
            meant,
            free,
            folded != "last" and _is_soft(plain, meant if language != "en" else frozenset(), english),
            parts if len(parts) > 1 else (),
        )


def _is_soft(word: str, meant: frozenset[str], english: str | None) -> bool:
    """Whether a word only frames what is claimed, by itself or by what it is in English."""
    soft = lexicon().soft
    told = english.split() if english else []
    if word in soft or stem(word) in soft or (told and all(fold(w) in soft or stem(fold(w)) in soft for w in told)):
        return True
    if not meant.isdisjoint(lexicon().grave):
        return False
    return not meant.isdisjoint(soft)


def _bare(word: str) -> str:
    """Without a possessive "'s"."""
    return re.sub(r"['’]s?$", "", word)


def _closed(text: str, start: int, end: int) -> str | None:
    """The word with hyphens closed up that a part belongs to."""
    before = re.search(r"([^\W_]+)[-‐‑]$", text[:start])
    after = re.match(r"[-‐‑]([^\W_]+)", text[end:])
    if not before and not after:
        return None
    return fold((before[1] if before else "") + text[start:end] + (after[1] if after else ""))


@lru_cache(maxsize=5_000)
def _compound(word: str) -> tuple[frozenset[str], ...]:
    """What the two or three parts of a German compound stand for, where all are known words: "Wettbewerbsentwurf"."""
    for at in range(len(word) - 4, 3, -1):
        first, rest = word[:at], word[at:]
        known = next(
            (t for f in (first, re.sub(r"(?:s|es|n|en)$", "", first)) if len(f) > 3 and (t := _known(f))), None
        )
        if known is None:
            continue
        behind = _known(rest)
        if behind:
            return known, behind
        further = _compound(rest) if len(rest) > 8 else ()
        if further:
            return known, *further
    return ()


def _known(word: str) -> frozenset[str]:
    """The concepts and English stems of a German word; empty where it is in no list."""
    folded = fold(word)
    found = terms_of(folded, "de") - {stem(folded), folded}
    english = _glossed(word.capitalize(), "de") or _glossed(word, "de")
    return found | frozenset(t for part in _parts(english or "") for t in part)


@lru_cache(maxsize=5_000)
def _glossed(word: str, language: str) -> str | None:
    return glossary(language).find([word]) if language in LANGUAGES else None


def _parts(english: str) -> tuple[frozenset[str], ...]:
    """The terms of each word of content of an English phrase."""
    return tuple(terms_of(fold(w)) for w in english.split() if fold(w) not in lexicon().free)


def _cognate(word: str, evidence: Vocabulary) -> frozenset[str]:
    """The word of the evidence that looks the same in another language."""
    folded = fold(word)
    if len(folded) >= 6 and folded.isalpha():
        for other in evidence.words:
            if len(other) >= 6 and other[0] == folded[0] and fuzz.ratio(other, folded) >= _COGNATE:
                return frozenset({stem(other)})
    return frozenset()


@lru_cache(maxsize=20_000)
def _chinese(piece: str) -> str | None:
    """What a piece is called in English: as the glossary says, else as its large word list does."""
    dictionary = glossary("zh")
    found = dictionary.written.get(tuple(piece))
    return found if found is not None or len(piece) < 2 else dictionary.lexicon.find(piece)


Piece = tuple[str, frozenset[str], tuple[frozenset[str], ...]]


def in_pieces(word: Word, evidence: Vocabulary) -> bool:
    """Whether a long CJK word, whose sense as a whole is not there, is there piece by piece."""
    if len(word.text) < 3 or not CJK.fullmatch(word.text):
        return False
    known = lexicon()
    return all(
        piece in known.free_cjk
        or piece in known.soft_cjk
        or evidence.covers(Word(piece, 0, len(piece), meant, parts=parts))
        for piece, meant, parts in _pieces(word.text, evidence.text, len(word.text) - 1)
    )


def _pieces(run: str, evidence: str, longest: int = 12) -> list[Piece]:
    """A run of CJK characters in known pieces with what they mean: fewest unknown characters, then fewest pieces."""
    known = lexicon()
    plain = run.translate(glossary("zh").variants)
    best: list[tuple[int, int, int, Piece]] = [(0, 0, 0, ("", frozenset(), ()))]
    for end in range(1, len(plain) + 1):
        unknown: Piece = (plain[end - 1], frozenset({plain[end - 1]}), ())
        ways = [(best[-1][0] + 1, best[-1][1] + 1, end - 1, unknown)]
        for start in range(max(0, end - longest), end):
            piece = plain[start:end]
            meant: set[str] = set(known.cjk.get(piece, ())) | set(known.cjk.get(run[start:end], ()))
            english = _chinese(piece)
            content = _parts(english) if english else ()
            if len(content) == 1:
                meant |= content[0]
            if (
                meant
                or english is not None
                or (len(piece) > 1 and (fold(piece) in evidence or run[start:end] in evidence))
                or piece in known.free_cjk
                or piece in known.soft_cjk
            ):
                found: Piece = (piece, frozenset(meant | {piece}), content if len(content) > 1 else ())
                ways.append((best[start][0], best[start][1] + 1, start, found))
        best.append(min(ways, key=lambda way: way[:2]))
    found_pieces: list[Piece] = []
    end = len(run)
    while end:
        found_pieces.append((run[best[end][2] : end], *best[end][3][1:]))
        end = best[end][2]
    return found_pieces[::-1]
