"""What the model is shown: the program's results and the nearest sentences of the record, numbered and fenced, within a token budget."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.answer.draft import Composition, Draft, spans_in, split_at_marks, without_marks
from app.answer.entry import entry_text
from app.answer.model import Message
from app.answer.scene import Scene
from app.domain import Aggregate, Evidence, Language
from app.model.splitter import announces
from app.question.orders import kept_from_models, overlap
from ingest.domain import Fact, Passage, Span
from ingest.lexical import tokens
from ingest.passages import count_tokens
from prompts import fill, prompt_hash

LANGUAGES: Mapping[Language, str] = {
    "en": "English", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
}  # fmt: skip
NOT_STATED = "NOT STATED"
"""What the model is told to write where the entries do not answer."""
JOINED = " — "
"""What parts the program's words from those of their sources."""
ROWS = "Rows:"
"""What stands between the lead of a list and its rows."""
_FENCE = re.compile(r"</?\s*(?:record|question|conversation|reference|answer)\b[^>]*>", re.IGNORECASE)
_NUMBER = re.compile(r"\[(\d+)\]")
_DIGITS = re.compile(r"\d+")
_GOES_ON = re.compile(r"^\s*(?:[,;]\s*(?:(?:and|und|et|y|e)\s+)?|(?:and|und|et|y|e)\s+|[、，；和])")
_MEMBER = re.compile(r"(?<=\)),? (?:(?:and|und|et|y|e|和) )?|; |: |、")
_SPACED = re.compile(r" (?=[.,;:!?])")
_FEW_SPANS = 2
"""Up to so many sources are shown below a computed statement; more would only repeat its rows."""
_NEW_WORDS = 3
_ROW_TOKENS = 160
"""Of the rows of a list, which the program says itself, the model sees the first."""
_STATED_SHARE = 0.35
"""What of the budget passages may take where the program has an answer already."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered entry; a citation of it cites ``spans``."""

    n: int
    spans: tuple[Span, ...]
    text: str
    """What it says, as the judge reads it."""
    path: tuple[str, ...]
    statement: str = ""
    """Where the program computed it: its own words, without their sources."""
    rows: tuple[str, ...] = ()
    """Where what it says is joined of several: each of them, what leads in to them first."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent, and what its numbers mean."""

    messages: tuple[Message, ...]
    entries: tuple[Entry, ...]
    hash: str
    """Of the prompt file."""
    kept_back: tuple[Span, ...] = ()
    """Of the record, what no model is shown; what the program makes of it, the program says."""


def make_prompt(scene: Scene, composition: Composition, evidence: Sequence[Evidence], budget_tokens: int) -> Prompt:
    """The prompt for one question: what ``composition`` states comes first, the sentences of ``evidence`` fill the rest of the budget."""
    kept_back = kept_from_models(scene.record)
    own = tuple(_stated(scene, composition, kept_back)) if composition.status != "refused" else ()
    taken = {span for entry in own for span in entry.spans}
    left = budget_tokens - sum(count_tokens(e.text) for e in own)
    items = sum(d.is_item for d in composition.drafts) if own else 0
    if items or (own and scene.question.plan.aggregate is Aggregate.COUNT):
        left = 0
    elif own:
        left = min(left, int(budget_tokens * _STATED_SHARE))
    entries = (*own, *_nearest(scene, evidence, taken, kept_back, len(own), left))
    system = fill("answer.md", name=scene.profile.name, language=LANGUAGES[scene.language])
    user = f"<record>\n{_shown(entries)}\n</record>\n<question>{fenced(scene.question.shown or scene.question.text)}</question>"
    if items:
        user += f"\nThe program puts its list of {items} rows below your words: do not list them."
    return Prompt((Message("system", system), Message("user", user)), entries, prompt_hash("answer.md"), kept_back)


def fenced(text: str) -> str:
    """``text`` on one line, unable to close its fence or to pass for a number of ours."""
    return _NUMBER.sub(r"(\1)", _flat(_FENCE.sub(" ", text)))


def stated(composition: Composition) -> Iterator[tuple[Draft, tuple[Span, ...]]]:
    """The sentences of the program that say something of the record, with what they cite; the lead of a list rests on its rows."""
    rows = tuple(dict.fromkeys(s for d in composition.drafts if d.is_item for s in spans_in(d.text)))
    for draft in composition.drafts:
        spans = spans_in(draft.text) or (rows if announces(without_marks(draft.text)) else ())
        if spans and not draft.is_item:
            yield draft, spans


def rests_on(spans: Iterable[Span], kept_back: Sequence[Span]) -> bool:
    """Whether any of ``spans`` lies in what is kept back."""
    return any(overlap(span, other) for span in spans for other in kept_back)


def _stated(scene: Scene, composition: Composition, kept_back: Sequence[Span]) -> Iterator[Entry]:
    """What the program found out, one entry a sentence, nothing that rests on what is kept back."""
    items = [d.text for d in composition.drafts if d.is_item and not rests_on(spans_in(d.text), kept_back)]
    rows = [_flat(without_marks(text)) for text in items]
    n = 0
    for draft, cited in stated(composition):
        spans = tuple(s for s in cited if not rests_on([s], kept_back))
        if not spans or rests_on(spans_in(draft.text), kept_back):
            continue
        n += 1
        statement = _SPACED.sub("", _flat(without_marks(draft.text)))
        sources = [_flat(scene.record.quote(span)) for span in spans[: _FEW_SPANS + 1]]
        path = _path_of(scene, spans[0]) if len(spans) == 1 else ()
        if len(spans) == 1 and not _adds(statement, sources[0]) and not _counts(statement, sources[0]):
            yield Entry(n, spans, sources[0], path)
        elif announces(statement):
            lead = statement.rstrip(":： ")
            shown = tuple(_first_rows(rows))
            yield Entry(n, spans, f"{lead}. {ROWS} {'; '.join(shown)}", path, lead, (lead, *shown))
        elif len(spans) <= _FEW_SPANS and any(_adds(source, statement) for source in sources):
            yield Entry(n, spans, JOINED.join([statement, *sources]), path, statement)
        else:
            yield Entry(n, spans, statement, path, statement, joined_of(draft.text) if len(spans) > 1 else ())


def joined_of(text: str) -> tuple[str, ...]:
    """The members of a list that a sentence of the program gives with its marks, what leads in to them first."""
    pieces = [_flat(piece) for piece in split_at_marks(text) if piece.strip(" .;,")]
    members: list[str] = []
    for piece in pieces:
        if members and not _GOES_ON.match(piece):
            members[-1] += f" {piece}"  # "from 2013 [1] to 2026 [2]" is no list.
        else:
            members.append(piece)
    if len(members) < 2:
        members = _MEMBER.split(_flat(without_marks(text)))
    lead, colon, first = members[0].partition(": ")
    parts = (lead, first, *members[1:]) if colon else members
    return tuple(_GOES_ON.sub("", part).strip(" ;,") for part in parts)


def _first_rows(rows: Sequence[str]) -> Iterator[str]:
    left = _ROW_TOKENS
    for row in rows:
        left -= count_tokens(row)
        if left < 0:
            yield "…"
            return
        yield row


def _nearest(
    scene: Scene,
    evidence: Sequence[Evidence],
    taken: Iterable[Span],
    kept_back: Sequence[Span],
    numbered: int,
    budget_tokens: int,
) -> Iterator[Entry]:
    """The sentences of the passages that were found, the best passage first, as far as ``budget_tokens`` reach."""
    seen, n, left = set(taken), numbered, budget_tokens
    facts = {fact.span: fact for fact in scene.record.facts}
    for found in evidence:
        for sentence in _within(scene.record.sentences, found.span):
            if sentence.span in seen or rests_on([sentence.span], kept_back):
                continue
            seen.add(sentence.span)
            left -= sentence.tokens
            if left < 0:
                return
            n += 1
            fact = facts.get(sentence.span)
            yield _told(scene, n, fact, sentence) or Entry(n, (sentence.span,), _flat(sentence.text), sentence.path)


def _told(scene: Scene, n: int, fact: Fact | None, sentence: Passage) -> Entry | None:
    """An entry of the record as the program would tell it, with what its source says beyond that."""
    text = entry_text(scene, fact) if fact else None
    if not text or spans_in(text) != (sentence.span,):
        return None
    statement, source = _SPACED.sub("", _flat(without_marks(text))), _flat(sentence.text)
    shown = f"{statement}{JOINED}{source}" if _adds(source, statement) else statement
    return Entry(n, (sentence.span,), shown, sentence.path, statement)


def _within(sentences: Iterable[Passage], span: Span) -> Iterator[Passage]:
    """The sentences that lie in a passage; an entry that the passage only has a part of counts with its beginning."""
    return (s for s in sentences if s.span.document == span.document and span.start <= s.span.start < span.end)


def _shown(entries: Sequence[Entry]) -> str:
    """The entries as lines, below the headings that they stand under."""
    lines: list[str] = []
    path: tuple[str, ...] = ()
    for entry in entries:
        if entry.path != path:
            path = entry.path
            lines += [f"# {fenced(' > '.join(path[-2:]))}"] if path else []
        lines.append(f"[{entry.n}] {'= ' if entry.statement else ''}{fenced(entry.text)}")
    return "\n".join(lines)


def _adds(text: str, to: str) -> bool:
    """Whether ``text`` says more than a little that ``to`` does not."""
    return len(set(tokens(text)) - set(tokens(to))) >= _NEW_WORDS


def _counts(text: str, source: str) -> bool:
    """Whether ``text`` has a number that ``source`` does not."""
    return not set(_DIGITS.findall(text)) <= set(_DIGITS.findall(source))


def _path_of(scene: Scene, span: Span) -> tuple[str, ...]:
    blocks = scene.record.document(span.document).blocks
    return next((b.path for b in blocks if b.span.start <= span.start < b.span.end), ())


def _flat(text: str) -> str:
    return " ".join(text.split())
