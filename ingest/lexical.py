"""Lexical search: BM25 (Robertson and Zaragoza 2009, Lucene's variant) over stemmed words and CJK character pairs."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer

_LETTER = r"[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_TOKEN = re.compile(rf"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|{_LETTER}+(?:['’]{_LETTER}+)?")
_LETTERS_DIGITS = re.compile(r"([^\W\d_]{3,})(\d+)")
"""A name and its number are two terms, so that "WMT21" meets "WMT-21"."""
_STEMS_KEPT = 50_000
"""Visitors bring new words without end."""
_PREFIX = re.compile(
    r"\b(post|fine|multi|semi|meta|hyper|micro|macro|auto|bio|geo|neuro|inter)[-\u2010\u2011](?=[a-z]{3})|\b(fine) (?=tun)"
)
"""Prefixes that are written with a hyphen or without: "fine-tuning" and "finetuning" are one term."""
_DOTTED = re.compile(r"\b(?:ph\.d|[mb]\.sc|[mb]\.a|[mb]\.s|[mb]\.eng|[mb]\.tech|m\.d|[dm]\.phil|ed\.d|ll\.[bm])\b\.?")
"""Degrees that are written with full stops or without: "Ph.D." and "PhD" are one term."""
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
STOP_WORDS = frozenset(
    [
        "a",
        "am",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "he",
        "her",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "me",
        "my",
        "of",
        "on",
        "or",
        "our",
        "she",
        "should",
        "so",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
        "about",
        "any",
        "s",
        "t",
    ]
)


def tokens(text: str) -> list[str]:
    """The index terms of ``text``: folded, without stop words, English stems; CJK runs as characters and overlapping pairs."""
    folded = text.lower()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
        folded = unicodedata.normalize("NFC", "".join(c for c in folded if not unicodedata.combining(c)))
    folded = _DOTTED.sub(lambda m: m[0].replace(".", ""), folded)
    folded = _PREFIX.sub(lambda m: m[1] or m[2], folded)
    terms: list[str] = []
    for match in _TOKEN.finditer(folded):
        word = match[0]
        if _CJK.match(word):
            terms += [*word, *(word[i : i + 2] for i in range(len(word) - 1))]
        elif word not in STOP_WORDS:
            parts = _LETTERS_DIGITS.fullmatch(word)
            terms += [stem(parts[1]), parts[2]] if parts else [stem(word)]
    return terms


@lru_cache(_STEMS_KEPT)
def stem(word: str) -> str:
    """The Snowball (Porter 2) stem of an English word; others come back much as they were."""
    american = re.sub(r"is(e|es|ed|er|ers|ing|ation|ations)$", r"iz\1", re.sub(r"['’]s?$", "", word))
    stemmed: str = _stemmer().stemWord(american if len(word) > 6 else re.sub(r"['’]s?$", "", word))
    return re.sub(r"(?<=[a-z]{2})miss$", "mit", stemmed)  # submission, submit


class Lexical:
    """A BM25 index over texts in a fixed order."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> "Lexical":
        """The index of ``texts``; k1 1.5, b 0.75."""
        index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        corpus = [tokens(text) or ["\x00"] for text in texts]
        if corpus:
            index.index(corpus, show_progress=False)
        return cls(index, len(corpus))

    @classmethod
    def load(cls, folder: Path, size: int) -> "Lexical":
        """The index that ``save`` wrote, over ``size`` texts."""
        return cls(bm25s.BM25.load(str(folder), load_corpus=False) if size else bm25s.BM25(), size)

    def save(self, folder: Path) -> None:
        """Writes the index to ``folder``."""
        folder.mkdir(parents=True, exist_ok=True)
        if self._size:
            self._index.save(str(folder), corpus=None)

    def scores(self, query: str) -> npt.NDArray[np.float32]:
        """One BM25 score a text, 0 where no term matches; higher is better."""
        terms = [t for t in tokens(query) if t in self._index.vocab_dict] if self._size else []
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        scores: npt.NDArray[np.float32] = self._index.get_scores(terms).astype(np.float32)
        return scores


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
