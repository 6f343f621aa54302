"""A question and its answer, as far as it has come."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

from app.domain import Answer, Citation, Event, Finished, Reason, Retrieved, Sentence, Spoken, Turn, Waiting
from app.web.render.cite import chip, sources
from app.web.render.copied import as_markdown, as_text
from app.web.render.plain import chips, flag
from app.web.words import Words, words

_END = "</span>"
_MARKER = re.compile(r"\[(\d+)\]")
_REASONS: Mapping[Reason, str] = {
    "not_in_sources": "reason_not_in_sources",
    "out_of_scope": "reason_out_of_scope",
    "private": "reason_private",
    "unsafe": "reason_unsafe",
    "budget": "reason_budget",
}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what has been heard of its answer so far."""

    question: str
    profile: str
    said: Words = field(default_factory=lambda: words("en"))
    """The language of what stands around the answer."""
    people: Mapping[str, str] = field(default_factory=dict)
    """The names of all who can be asked, by slug."""
    linked: str | None = None
    """Of an answer that somebody linked to: the beginning of the fingerprint that the record had then."""
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
    """The question, the answer with its notes, its sources, what can be done with it, and what to ask next."""
    refused = state.answer is not None and state.answer.status == "refused"
    tone = " vv-answer-refused" if refused else ""
    asked = escape(state.said("you_asked"))
    return (
        f'<section class="vv-exchange" data-profile="{escape(state.profile)}"{_copies(state)}'
        f' aria-busy="{flag(state.is_open)}">'
        f'<div class="vv-question"><span class="vv-unseen">{asked} </span>'
        f'<span class="vv-asked">{escape(state.question)}</span></div>'
        f'<div class="vv-answer{tone}">{_label(state)}{_prose(state)}{_waiting(state)}</div>'
        f"{_changed(state)}{_sources(state)}{_tools(state)}{_follow_ups(state)}</section>"
    )


def _copies(state: Exchange) -> str:
    """The answer as it can be taken elsewhere, and the record it is from."""
    if state.answer is None:
        return ""
    return (
        f' data-fingerprint="{escape(state.answer.fingerprint)}" data-text="{escape(as_text(state.answer, state.said))}"'
        f' data-markdown="{escape(as_markdown(state.answer, state.said))}"'
    )


def _prose(state: Exchange) -> str:
    parts: list[str] = []
    told: list[str] = []
    headings = {f"{name}:" for name in state.people.values()} if any(c.profile for c in state.citations) else set()
    for heading, group in groupby(state.sentences, lambda s: s.text if s.text in headings else None):
        if heading is None:
            parts.append(_paragraphs(state, list(group)))
        else:
            told += ["".join(parts)] if parts else []
            parts = [f'<h3 class="vv-whose">{escape(heading.removesuffix(":"))}</h3>']
    if not headings:
        return "".join(parts)
    columns = "".join(f'<div class="vv-column">{column}</div>' for column in [*told, "".join(parts)])
    return f'<div class="vv-columns">{columns}</div>'


def _paragraphs(state: Exchange, sentences: Sequence[Sentence]) -> str:
    parts = []
    for is_item, group in groupby(sentences, lambda s: s.is_item):
        said = [_sentence(state, s) for s in group]
        if is_item:
            parts.append('<ul class="vv-items">' + "".join(f"<li>{s}</li>" for s in said) + "</ul>")
        else:
            parts.append(f"<p>{''.join(said)}</p>")
    return "".join(parts)


def _sentence(state: Exchange, sentence: Sentence) -> str:
    known = {c.n: c for c in state.citations}
    parts: list[str] = []
    at = 0
    for marker in _MARKER.finditer(sentence.text):
        citation = known.get(int(marker[1])) if int(marker[1]) in sentence.citations else None
        if citation is None:
            continue
        button = chip(citation, state.said, state.people)
        before = sentence.text[at : marker.start()].rstrip(" ")
        if before == "–" and parts:
            parts[-1] = f'{parts[-1].removesuffix(_END)}<span class="vv-to">–</span>{button}{_END}'
        else:
            parts.append(_before(before, button))
        at = marker.end()
    return f'<span class="vv-sentence">{"".join(parts)}{escape(sentence.text[at:])} </span>'


def _before(text: str, button: str) -> str:
    """``text`` and ``button``, the last word and the button kept on one line."""
    word = re.search(r"\S{1,24}$", text)
    at = word.start() if word and (word.start() == 0 or text[word.start() - 1].isspace()) else max(len(text) - 2, 0)
    return f'{escape(text[:at])}<span class="vv-keep">{escape(text[at:])}{button}{_END}'


def _sources(state: Exchange) -> str:
    return sources(state.citations, state.said, state.people) if state.answer and state.citations else ""


def _follow_ups(state: Exchange) -> str:
    return chips(state.said("follow_ups"), state.answer.suggestions) if state.answer else ""


def _label(state: Exchange) -> str:
    if state.answer is None or state.answer.reason is None:
        return ""
    return f'<p class="vv-label">{escape(state.said(_REASONS[state.answer.reason]))}</p>'


def _changed(state: Exchange) -> str:
    """Told where an answer was linked to and the record is another one since."""
    if state.answer is None or state.linked is None or state.answer.fingerprint.startswith(state.linked):
        return ""
    return f'<p class="vv-note" role="note">{escape(state.said("record_changed"))}</p>'


def _tools(state: Exchange) -> str:
    if state.answer is None:
        return ""
    said = state.said
    copies = "".join(_tool(name, said) for name in ("copy", "copy_markdown", "copy_link"))
    again = "".join(_tool(name, said) for name in ("edit", "retry"))
    votes = _vote("helpful", "up", said) + _vote("unhelpful", "down", said)
    label = escape(said("this_answer"))
    # Not read out with the answer, which is a live region.
    return (
        f'<div class="vv-tools" role="group" aria-label="{label}" aria-live="off"><span class="vv-set">{copies}</span>'
        f'<span class="vv-set">{again}</span><span class="vv-set vv-votes">{votes}</span></div>'
    )


def _tool(name: str, said: Words) -> str:
    return f'<button type="button" class="vv-tool" data-do="{name}">{escape(said(name))}</button>'


def _vote(name: str, thumb: str, said: Words) -> str:
    label = escape(said(name))
    return (
        f'<button type="button" class="vv-tool vv-{thumb}" data-do="{name}" aria-pressed="false" title="{label}">'
        f'<span class="vv-unseen">{label}</span></button>'
    )


def _waiting(state: Exchange) -> str:
    said = state.said
    if state.cut:
        again = f'<button type="button" class="vv-chip" data-ask="{escape(state.question)}">{escape(said("ask_again"))}</button>'
        return f'<p class="vv-waiting">{escape(said("cut_off"))} {again}</p>'
    if state.answer is not None:
        return ""
    return (
        f'<p class="vv-waiting">{escape(_looked_at(state.retrieved, said))}'
        '<span class="vv-dots" aria-hidden="true"></span></p>'
    )


def _looked_at(found: Retrieved | None, said: Words) -> str:
    """What is being read: ``12 papers match 2024``, ``Reading 3 posts and 8 passages``."""
    if found is None:
        return said("looking")
    rows = said.count(f"rows_{found.kind}", found.facts) if found.facts else ""
    if rows and found.asked:
        return said("rows_match", rows=rows, asked=said("comma").join(found.asked))
    passages = said.count("passages", found.passages) if found.passages else ""
    looked = said("and").join(part for part in (rows, passages) if part)
    return said("reading", what=looked) if looked else said("looking")
