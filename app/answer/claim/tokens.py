"""The words and numbers of a text in order, with all that they stand for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from app.answer.claim.folding import fold
from app.answer.claim.lexicon import lexicon, terms_of

_TOKEN = re.compile(r"\d[\d.,]*|[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text in order."""

    text: str
    terms: frozenset[str]
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[0].isdigit()

    @property
    def is_free(self) -> bool:
        return self.text in lexicon().free


@lru_cache(maxsize=2_000)
def read(text: str) -> tuple[Token, ...]:
    """The tokens of ``text``, folded."""
    folded = fold(text)
    return tuple(
        Token(m[0], terms_of(re.sub(r"['’]s?$", "", m[0])), m.start(), m.end()) for m in _TOKEN.finditer(folded)
    )


def same(a: Token, b: Token) -> bool:
    return a.text == b.text or not a.terms.isdisjoint(b.terms)
