"""What exists because of a question: turns, the plan made from them, the evidence found, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from ingest.domain import Box, Fact, Section, Span

Status = Literal["grounded", "partial", "refused"]
Reason = Literal["not_in_sources", "out_of_scope", "private", "unsafe", "budget"]
Fallback = Literal[
    "auth", "breaker", "budget", "connect", "cut", "declined", "failed", "filtered", "incomplete", "length", "malformed",
    "quota", "rate_limited", "server", "timeout", "unknown_model", "unsupported",
]  # fmt: skip
"""Why a language model's words are not, or not all, of an answer: ``unsupported`` where the record does not bear them out, ``incomplete`` where
they tell a part of what the program tells or of something else, ``declined`` where it found no answer in what it was shown though the program
has one, the others where the call failed."""
Language = Literal["en", "zh", "de", "fr", "es", "pt", "it"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation, which lives with the caller."""

    role: Literal["user", "assistant"]
    text: str


class Aggregate(StrEnum):
    """What is made of the selected rows."""

    NONE = "none"
    COUNT = "count"
    LIST = "list"
    FIRST = "first"
    LAST = "last"
    LONGEST = "longest"
    DURATION = "duration"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the selected facts must satisfy; ``None`` asks nothing."""

    years: tuple[int | None, int | None] | None = None
    """First and last year, both inclusive; ``None`` on a side leaves it open."""
    venue: str | None = None
    status: Literal["preprint", "published"] | None = None
    venue_class: Literal["conference", "journal", "workshop"] | None = None
    author_rank: int | None = None
    """The person's 1-based place in the author list; -1 the last."""
    authorship: Literal["equal", "corresponding", "marked", "not_printed"] | None = None
    co_author: str | None = None
    note: str | None = None
    """A remark of the source: ``oral``, ``spotlight``, ``best paper``, ``demo``, ``award``."""
    is_sole: bool | None = None
    """Whether nobody else is printed as an author."""
    has_code: bool | None = None
    subject: str | None = None
    organisation: str | None = None
    form: Literal["book", "chapter", "thesis"] | None = None
    without: tuple[str, ...] | None = None
    """The forms and stages that do not count: ``chapter``, ``book``, ``preprint``."""
    refereed: bool | None = None
    """Whether a heading says that it was reviewed by peers."""
    within: tuple[Span, ...] | None = None
    """The entries under the heading that is asked for."""
    heading: str | None = None
    undated: bool | None = None
    """Entries whose year is not printed."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in self.__slots__)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document under a heading of its own."""

    name: str
    """The heading, without ornaments."""
    names: tuple[tuple[str, ...], ...]
    """What a question may call it: stems, in order."""
    section: Section
    entries: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look up, the same whoever makes it."""

    intent: str
    """A name of ``prompts/intents.yaml``; ``free`` where none fits well enough."""
    text: str
    """The question, for retrieval."""
    bare: str = ""
    """``text`` without the names of the facts that it is about."""
    aggregate: Aggregate = Aggregate.NONE
    filters: Filters = field(default_factory=Filters)
    facts: tuple[Fact, ...] = ()
    """The facts that the question names."""
    years_compared: tuple[int, int] | None = None
    """Two years that are set against each other."""
    unknown: str | None = None
    """A name in the question that stands nowhere in the record."""
    elsewhere: str | None = None
    """A name in the question that the record has in its texts, but not as anybody's or anything's name."""
    unexplained: tuple[str, ...] = ()
    """The telling stems that neither the intent nor a name nor a filter accounts for."""
    part: Part | None = None
    """The part of a document that the question names by its heading, and the entries of it that it asks for."""
    entries: tuple[Span, ...] = ()
    asks_of_others: bool = False
    """Whether the question also named somebody who has a profile of their own."""
    confidence: float = 1.0
    """Similarity to the nearest example question, 0 to 1; higher is better."""


@dataclass(frozen=True, slots=True)
class Question:
    """The question made to stand by itself."""

    text: str
    language: Language
    plan: Plan
    rows: tuple[Fact, ...]
    """The facts that the plan selects."""
    shown: str = ""
    """The question as the visitor put it, where it needed nothing from the conversation; else as it was completed."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A span shown to the writer, and how well it fits; higher is better."""

    span: Span
    path: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """One source of one or more sentences; ``quote`` is verbatim the document's text from ``start`` to ``end``."""

    n: int
    document: str
    title: str
    section: str | None
    page: int | None
    start: int
    end: int
    quote: str
    url: str | None
    profile: str | None = None
    """Whose document it is, where an answer is about several people."""
    boxes: tuple[Box, ...] = ()
    """Where the quote is printed, one ``[page, x0, y0, x1, y1]`` a line: the page counted from 1, the edges as fractions of its width
    and height from the top left corner. Empty for a source without pages."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in the answer object."""
        return {name: getattr(self, name) for name in self.__slots__} | {"boxes": [list(box) for box in self.boxes]}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finished sentence; ``[n]`` in ``text`` marks citation n."""

    text: str
    citations: tuple[int, ...] = ()
    is_item: bool = False
    """Whether it is one line of a list."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in the answer object."""
        return {"text": self.text, "citations": list(self.citations), "is_item": self.is_item}


@dataclass(frozen=True, slots=True)
class ModelUse:
    """What a language model had to do with an answer."""

    name: str
    prompt: str
    """Hash of the prompt files that it was given."""
    dropped: int = 0
    """Its sentences that the record does not support; they are not shown."""
    fallback: Fallback | None = None
    """Why the offline writer wrote all or the rest of the answer; ``None`` where it did not."""

    def to_json(self) -> dict[str, Any]:
        """As it stands in the answer object."""
        return {"name": self.name, "prompt": self.prompt, "dropped": self.dropped, "fallback": self.fallback}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer, the same at every door."""

    answer: str
    status: Status
    reason: Reason | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...]
    question: str
    profile: str
    mode: str
    fingerprint: str
    suggestions: tuple[str, ...]
    usage: Mapping[str, float]
    timings_ms: Mapping[str, float]
    model: ModelUse | None = None
    """Set where a language model was asked."""

    def to_json(self) -> dict[str, Any]:
        """The answer as the JSON object of the contract; ``model`` is there only where one was asked."""
        asked = {"model": self.model.to_json()} if self.model else {}
        return {
            "answer": self.answer,
            "status": self.status,
            "reason": self.reason,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "question": self.question,
            "profile": self.profile,
            "mode": self.mode,
            "fingerprint": self.fingerprint,
            "suggestions": list(self.suggestions),
            "usage": dict(self.usage),
            "timings_ms": dict(self.timings_ms),
            **asked,
        }


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What is being looked at, before the first sentence."""

    facts: int
    passages: int
    """Those that a language model is given; 0 without one, where nobody reads any."""
    kind: str = "fact"
    """Of which kind all these facts are, ``fact`` where of several."""
    asked: tuple[str, ...] = ()
    """What they were chosen by, as the visitor would say it: ``2024``, ``ICLR``."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as soon as it is verified, with the citations it is the first to use."""

    sentence: Sentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nothing new for a moment: a door that hears it may notice that its visitor has left, and let the answer go."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The whole answer; always the last event."""

    answer: Answer


Event = Retrieved | Spoken | Waiting | Finished
