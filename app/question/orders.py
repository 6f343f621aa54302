"""Sentences of a question that command instead of ask, and what of a question may be said back."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from app.question.cue import cue
from ingest.domain import Record, Span

_TAG = re.compile(r"</?\w[^>]{0,40}>|\[/?(?:INST|SYS)[^\]]*\]|<<?/?SYS>?>|<\|[^|>]{0,40}\|>")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。？！])|\n+|;\s+")
_PIECE = re.compile(r"(?<=[.!?])\s+|(?<=[。？！])|[\n;\[\]{}<>|`]+|[-=]>|→|⇒")
_QUESTION_MARK = re.compile(r"[?？]\W*$")
_NOT_SAID_BACK = re.compile(r"https?:|www\.|@|[<>\[\]{}|`\\=#$%*]|\.\w+/")
_ADDRESS = re.compile(r"(?:https?:|www\.)\S+|\S+@\S+", re.IGNORECASE)
_LONGEST_NAME = 80


def without_orders(question: str, names: Iterable[str] = ()) -> str | None:
    """``question`` without the sentences that command instead of ask; ``None`` where nothing else is left.

    ``names`` are the person's: a question about the person may use the words of a command ("Has she written on system prompts?").
    """
    text = _TAG.sub("\n", readable(question))
    parts = [part for part in _SENTENCE.split(text) if part.strip()]
    kept = [part for part in parts if not is_order(part, names)]
    if not kept:
        return None
    left = " ".join(kept).strip()
    asks = re.search(
        r"\?|？|\b(?:who|what|which|when|where|how|why|list|tell me|show)\b|吗|什么|多少|谁|哪", left, re.IGNORECASE
    )
    return left if len(kept) == len(parts) or asks else None


def is_order(sentence: str, names: Iterable[str] = ()) -> bool:
    """Whether ``sentence`` tells the assistant what to do besides answering about the person."""
    names = tuple(names)
    if cue("say_it").search(sentence) and not _is_about(sentence, names):
        return True
    return cue("order").search(sentence) is not None and not asks_about(sentence, names)


def asks_about(sentence: str, names: Iterable[str]) -> bool:
    """Whether ``sentence`` is a question about the person, and not one put to the assistant about itself."""
    return (
        cue("asks_first").search(sentence) is not None
        and cue("second_person").search(sentence) is None
        and _is_about(sentence, names)
    )


def readable(question: str) -> str:
    """``question`` without invisible characters, and its letters and digits in their plain forms."""
    shown = (c for c in question if unicodedata.category(c) not in {"Cf", "Co", "Cs"})
    return "".join(unicodedata.normalize("NFKC", c) if c.isalnum() else c for c in shown)


def may_say_back(name: str, questions: Sequence[str]) -> bool:
    """Whether the program may say that ``name`` is not in the sources: a visitor asked about it, and it is fit to be shown.

    What merely stands in a command, an address or a remark is not repeated, nor what is not written as it is read. Where something is commanded
    besides, or only the meaning of a word is asked for, which is nobody's record, nothing is.
    """
    plain = name.strip(" “”„«»「」\"'")
    questions = [_ADDRESS.sub(" ", question) for question in questions]
    if any(cue("word_meaning").search(q) or any(is_order(p) for p in _SENTENCE.split(q)) for q in questions):
        return False
    if not plain or len(plain) > _LONGEST_NAME or _NOT_SAID_BACK.search(plain) or readable(plain) != plain:
        return False
    asked = " ".join(piece for question in questions for piece in _asking(question)).casefold()
    whole = " ".join(questions).casefold()
    words = re.findall(r"\w+", plain.casefold())
    return any(word in asked for word in words) and all(word in asked for word in words if word in whole)


def is_no_evidence(text: str) -> bool:
    """Whether a sentence of a source addresses the machine that reads it, or tells its reader whom to hire.

    It stays in its document, can be searched and opened there; no answer is made of it, and no model is shown it.
    """
    return addresses_machine(text) or cue("praises_candidate").search(text) is not None


def kept_from_models(record: Record) -> tuple[Span, ...]:
    """The blocks of ``record`` in which a sentence is no evidence, whole: what stands beside an order may be a part of it."""
    found = {s.span for s in record.sentences if is_no_evidence(s.text)}
    blocks = (b.span for d in record.documents for b in d.blocks if any(s.document == d.id for s in found))
    around = tuple(b for b in blocks if any(overlap(b, s) for s in found))
    return (*around, *(s for s in found if not any(b.covers(s) for b in around)))


def overlap(a: Span, b: Span) -> bool:
    """Whether both spans have a character in common."""
    return a.document == b.document and a.start < b.end and b.start < a.end


def addresses_machine(text: str) -> bool:
    """Whether a text tells the machine that reads it what to do."""
    return cue("to_a_machine").search(text) is not None


def _asking(question: str) -> Iterator[str]:
    """The pieces of ``question`` that ask."""
    for piece in _PIECE.split(question):
        if not cue("order").search(piece) and (_QUESTION_MARK.search(piece) or cue("asks_first").search(piece)):
            yield piece


def _is_about(sentence: str, names: Iterable[str]) -> bool:
    folded = sentence.casefold()
    parts = (part for name in names for part in name.casefold().split() if len(part) > 2)
    return (
        cue("pronoun").search(sentence) is not None
        or cue("works").search(sentence) is not None
        or any(part in folded for part in parts)
    )
