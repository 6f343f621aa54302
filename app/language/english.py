"""A record in other languages as English words, so that an English question meets it."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from app.language.gloss import gloss, language_of
from app.language.glossary import LANGUAGES, glossary
from ingest.domain import Document, Record, Span
from ingest.lexical import STOP_WORDS

_SAMPLE = 40
_LEAST_SHARE = 0.4
"""Of the blocks that tell a language."""
_LEAST_OF_ALL = 0.2
"""Of all blocks, so that one title in another language makes no list of English entries a record in it."""
_LEAST_ENGLISH = 2
"""Function words that only English has, for a text to be English beyond doubt."""


def in_english(record: Record) -> Mapping[Span, str]:
    """The English words of every sentence in a document of another language, as far as the dictionary goes.

    English documents are left out, and so are English sentences, as the titles of papers, in others.
    """
    languages = {d.id: _language(d) for d in record.documents}
    return {
        s.span: gloss(" ".join(s.text.split()), languages[s.span.document]).text
        for s in record.sentences
        if languages[s.span.document] != "en" and _reads(s.text) != "en"
    }


def _language(document: Document) -> str:
    """The language most of the longer blocks are in that are in one beyond doubt: names, dates and bare terms tell none."""
    texts = sorted((document.quote(b.span) for b in document.blocks), key=len, reverse=True)[:_SAMPLE]
    counted = Counter(found for text in texts if (found := _reads(text[:400])) is not None)
    others = {code: n for code, n in counted.items() if code != "en"}
    other = max(others, key=lambda code: others[code], default="en")
    enough = max(_LEAST_SHARE * counted.total(), _LEAST_OF_ALL * len(texts))
    return other if counted[other] >= enough else "en"


def _reads(text: str) -> str | None:
    """The language of a text; ``None``: in doubt, which a visitor's question in English is not."""
    code = language_of(text)
    if (
        code != "en"
        or sum(word in _only_english() for word in re.findall(r"[^\W\d_]+", text.lower())) >= _LEAST_ENGLISH
    ):
        return code
    return None


@cache
def _only_english() -> frozenset[str]:
    """English function words that are no words of the other languages: not the "in" of German, the "on" of French."""
    return frozenset(word for word in STOP_WORDS if all((word,) not in glossary(code).written for code in LANGUAGES))
