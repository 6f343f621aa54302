"""Events and answers as HTML; every text is escaped here, nothing that was said or read is markup."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from app.domain import Answer, Citation, Event, Finished, Reason, Retrieved, Sentence, Spoken, Turn, Waiting
from ingest.domain import Document, Profile

_BRAND = '<p class="vv-brand">Vivavoce</p>'
_QUOTE_CHARS = 220
_OPEN_SOURCES = 4
"""Up to so many sources are listed openly; more wait behind their number."""
_END = "</span>"
_MARKER = re.compile(r"\[(\d+)\]")
_REASONS: Mapping[Reason, str] = {
    "not_in_sources": "Not stated in the documents",
    "out_of_scope": "Outside this record",
    "private": "Not shared here",
    "unsafe": "Not answered",
    "budget": "Today’s limit is reached",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what has been heard of its answer so far."""

    question: str
    profile: str
    retrieved: Retrieved | None = None
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    """Set once the answer is finished."""
    cut: bool = False
    """Whether it ended before it was finished."""

    @property
    def is_open(self) -> bool:
        """Whether more is to come."""
        return self.answer is None and not self.cut

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What a finished exchange adds to the conversation."""
        return (Turn("user", self.question), Turn("assistant", self.answer.answer)) if self.answer else ()

    def hear(self, event: Event) -> "Exchange":
        """The exchange after ``event``; what a finished answer says replaces what was heard on the way."""
        match event:
            case Retrieved():
                return replace(self, retrieved=event)
            case Spoken(sentence, citations):
                return replace(self, sentences=(*self.sentences, sentence), citations=(*self.citations, *citations))
            case Finished(answer):
                return replace(self, sentences=answer.sentences, citations=answer.citations, answer=answer)
            case Waiting():
                return self


def exchange(state: Exchange) -> str:
    """A question and its answer, as far as it has come."""
    refused = state.answer is not None and state.answer.status == "refused"
    tone = " vv-answer-refused" if refused else ""
    return (
        f'<section class="vv-exchange" data-profile="{escape(state.profile)}" aria-busy="{_flag(state.is_open)}">'
        f'<div class="vv-question"><span class="vv-unseen">You asked: </span>'
        f'<span class="vv-asked">{escape(state.question)}</span></div>'
        f'<div class="vv-answer{tone}">{_label(state.answer)}{_prose(state)}{_waiting(state)}</div>'
        f"{_sources(state)}{_follow_ups(state.answer)}</section>"
    )


def head(profile: Profile, documents: Sequence[Document]) -> str:
    """Whose record this is, and what it consists of."""
    other = next((alias for alias in profile.aliases if not alias.isascii()), None)
    native = f' <span class="vv-native">{escape(other)}</span>' if other else ""
    titles = " · ".join(escape(d.title) for d in documents)
    line = f"Answers from the record: {titles}" if titles else "Answers from the record"
    return f'{_BRAND}<h1 class="vv-name">{escape(profile.name)}{native}</h1><p class="vv-line">{line}</p>'


def nobody() -> str:
    """The head of a page on which nobody is chosen."""
    line = "Ask a researcher’s record; every sentence answers with its source."
    return f'{_BRAND}<h1 class="vv-name">Whom to ask?</h1><p class="vv-line">{line}</p>'


def start(greeting: str, suggestions: Sequence[str]) -> str:
    """What stands in an empty conversation."""
    return _start(greeting, _chips("Suggested questions", suggestions))


def directory(message: str, people: Mapping[str, str]) -> str:
    """The people there are, as name by slug, with a ``message`` that says why they are listed."""
    items = "".join(
        f'<li><button type="button" class="vv-chip" data-choose="{escape(slug)}">{escape(name)}</button></li>'
        for slug, name in people.items()
    )
    chips = f'<ul class="vv-chips" aria-label="Profiles">{items}</ul>' if items else ""
    return _start(message, chips)


def notice(message: str) -> str:
    """One friendly sentence beside the question box; empty where there is nothing to say."""
    text = message.strip()
    if text and text[-1] not in ".?!…。":
        text += "."
    return escape(text[:1].upper() + text[1:])


def digest(quote: str) -> str:
    """Tells whether a span still holds the text it held when it was cited."""
    return hashlib.sha256(quote.encode()).hexdigest()[:16]


def _start(words: str, chips: str) -> str:
    return f'<section class="vv-start"><p class="vv-greeting">{escape(words)}</p>{chips}</section>'


def _prose(state: Exchange) -> str:
    known = {c.n: c for c in state.citations}
    parts = []
    for is_item, group in groupby(state.sentences, lambda s: s.is_item):
        said = [_sentence(s, known) for s in group]
        if is_item:
            parts.append('<ul class="vv-items">' + "".join(f"<li>{s}</li>" for s in said) + "</ul>")
        else:
            parts.append(f"<p>{''.join(said)}</p>")
    return "".join(parts)


def _sentence(sentence: Sentence, known: Mapping[int, Citation]) -> str:
    parts: list[str] = []
    at = 0
    for marker in _MARKER.finditer(sentence.text):
        citation = known.get(int(marker[1])) if int(marker[1]) in sentence.citations else None
        if citation is None:
            continue
        before = sentence.text[at : marker.start()].rstrip(" ")
        if before == "–" and parts:
            parts[-1] = f'{parts[-1].removesuffix(_END)}<span class="vv-to">–</span>{_chip(citation)}{_END}'
        else:
            parts.append(_before(before, _chip(citation)))
        at = marker.end()
    return f'<span class="vv-sentence">{"".join(parts)}{escape(sentence.text[at:])} </span>'


def _before(text: str, chip: str) -> str:
    """``text`` and ``chip``, the last word and the chip kept on one line."""
    word = re.search(r"\S{1,24}$", text)
    at = word.start() if word and (word.start() == 0 or text[word.start() - 1].isspace()) else max(len(text) - 2, 0)
    return f'{escape(text[:at])}<span class="vv-keep">{escape(text[at:])}{chip}{_END}'


def _chip(citation: Citation) -> str:
    where = _plainplace(citation)
    return (
        f'<button type="button" class="vv-cite" {_locator(citation)} aria-label="Source {citation.n}: {escape(where)}"'
        f' title="{escape(f"{where}: “{_short(citation.quote)}”")}">{citation.n}</button>'
    )


def _locator(citation: Citation) -> str:
    return (
        f'aria-controls="vv-evidence" aria-expanded="false" data-n="{citation.n}"'
        f' data-document="{escape(citation.document)}" data-start="{citation.start}" data-end="{citation.end}"'
        f' data-digest="{digest(citation.quote)}"'
        + (f' data-profile="{escape(citation.profile)}"' if citation.profile else "")
    )


def _sources(state: Exchange) -> str:
    if state.answer is None or not state.citations:
        return ""
    count = len(state.citations)
    items = "".join(
        f'<li><button type="button" class="vv-source" {_locator(c)}><span class="vv-number">{c.n}</span>'
        f'<span class="vv-where">{place(c.title, c.section, c.page)}</span>'
        f'<span class="vv-quote">{escape(_short(c.quote))}</span></button></li>'
        for c in state.citations
    )
    opened = " open" if count <= _OPEN_SOURCES else ""
    words = "1 source" if count == 1 else f"{count} sources"
    return f'<details class="vv-sources"{opened}><summary>{words}</summary><ol>{items}</ol></details>'


def _follow_ups(answer: Answer | None) -> str:
    return _chips("Follow-up questions", answer.suggestions) if answer else ""


def _chips(label: str, questions: Sequence[str]) -> str:
    items = "".join(
        f'<li><button type="button" class="vv-chip" data-ask="{escape(q)}">{escape(q)}</button></li>' for q in questions
    )
    return f'<ul class="vv-chips" aria-label="{label}">{items}</ul>' if items else ""


def _label(answer: Answer | None) -> str:
    if answer is None or answer.reason is None:
        return ""
    return f'<p class="vv-label">{_REASONS[answer.reason]}</p>'


def _waiting(state: Exchange) -> str:
    if state.cut:
        again = f'<button type="button" class="vv-chip" data-ask="{escape(state.question)}">Ask again</button>'
        return f'<p class="vv-waiting">The answer was cut off here. {again}</p>'
    if state.answer is not None:
        return ""
    found = state.retrieved
    counts = [_count(found.facts, "fact"), _count(found.passages, "passage")] if found else []
    looked = " and ".join(c for c in counts if c)
    words = f"Reading {looked}" if looked else "Looking at the documents"
    return f'<p class="vv-waiting">{words}<span class="vv-dots" aria-hidden="true"></span></p>'


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def place(title: str, section: str | None, page: int | None) -> str:
    """Where in a source something stands."""
    parts = [f"<strong>{escape(title)}</strong>", escape(section or ""), f"page {page}" if page else ""]
    return " · ".join(part for part in parts if part)


def _plainplace(citation: Citation) -> str:
    parts = [citation.title, citation.section or "", f"page {citation.page}" if citation.page else ""]
    return ", ".join(part for part in parts if part)


def _short(quote: str) -> str:
    text = " ".join(quote.split())
    return text if len(text) <= _QUOTE_CHARS else text[:_QUOTE_CHARS].rsplit(" ", 1)[0] + " …"


def _flag(value: bool) -> str:
    return "true" if value else "false"
