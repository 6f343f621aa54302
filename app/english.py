"""A record in other languages as English words, so that an English question meets it."""

from collections import Counter
from collections.abc import Mapping

from app.gloss import gloss, language_of
from ingest.domain import Document, Record, Span

_SAMPLE = 40
_LEAST_SHARE = 0.4


def in_english(record: Record) -> Mapping[Span, str]:
    """The English words of every sentence in a document of another language, as far as the dictionary goes; English documents are left out."""
    languages = {d.id: _language(d) for d in record.documents}
    return {
        s.span: gloss(" ".join(s.text.split()), languages[s.span.document]).text
        for s in record.sentences
        if languages[s.span.document] != "en"
    }


def _language(document: Document) -> str:
    """The language most of the longer blocks are in."""
    texts = sorted((document.quote(b.span) for b in document.blocks), key=len, reverse=True)[:_SAMPLE]
    counted = Counter(language_of(text[:400]) for text in texts)
    best, times = counted.most_common(1)[0] if counted else ("en", 0)
    others = {code: n for code, n in counted.items() if code != "en"}
    if best == "en" and others:
        other = max(others, key=lambda code: others[code])
        return other if others[other] >= _LEAST_SHARE * sum(counted.values()) else "en"
    return best if times else "en"
