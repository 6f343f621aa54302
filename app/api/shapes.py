"""What the routes give, as the OpenAPI file describes it; the answer itself is described by ``app.domain.Answer``."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.domain import Answer
from app.match.domain import Importance, Verdict


class Shape(BaseModel):
    """An object of which every key is described."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())


class ErrorBody(Shape):
    """What went wrong, in words that end with the next step."""

    message: str
    type: Literal[
        "invalid_request", "unauthorized", "not_found", "forbidden", "rate_limited", "unavailable", "server_error"
    ]
    code: str = Field(examples=["unknown_profile", "question_too_long", "busy"])


class Error(Shape):
    """The one shape of every error."""

    error: ErrorBody


class Session(Shape):
    """What a page asks with, from the origin that got it."""

    token: str
    expires_in: int = Field(description="Seconds.")


class Source(Shape):
    """A document behind a profile."""

    id: str = Field(description="The path inside the profile.")
    title: str
    media_type: str
    characters: int
    pages: int | None = Field(description="How many; null for a source without pages.")
    url: str | None


class Excerpt(Source):
    """The characters start (0-based) to end (exclusive) of a document. What the owner does not share is masked with █."""

    profile: str
    start: int
    end: int
    section: str | None
    page: int | None = Field(description="Where the span begins, counted from 1.")
    text: str
    fingerprint: str = Field(description="Of the record; the spans of another one may point elsewhere.")


class Sources(Shape):
    """The documents of a profile."""

    profile: str
    fingerprint: str
    documents: list[Source]


class ProfileEntry(Shape):
    """A line of the list; what cannot answer at present is not ready."""

    slug: str
    name: str | None
    role: str | None
    language: str | None
    ready: bool


class Profiles(Shape):
    """Everybody there is, in order."""

    profiles: list[ProfileEntry]


class Profile(Shape):
    """A person, and what can be asked."""

    slug: str
    name: str
    role: str | None = Field(description="The position held now, where the sources state one.")
    language: str
    greeting: str
    suggestions: list[str]
    documents: list[Source]
    fingerprint: str
    read: str = Field(description="The day on which the sources were read.", examples=["2026-01-05"])
    counts: dict[str, int] = Field(description="Facts by kind.", examples=[{"publications": 24, "degrees": 2}])


class FoundPassage(Shape):
    """A passage; its quote is the document's text from start to end. Scores compare passages of one search."""

    score: float = Field(ge=0, le=1)
    path: list[str] = Field(description="The headings above it, outermost first.")
    document: str
    start: int
    end: int
    quote: str


class FoundFact(Shape):
    """A fact with the entry that states it. Scores compare facts of one search."""

    score: float = Field(ge=0, le=1)
    kind: str = Field(examples=["publication"])
    values: dict[str, Any] = Field(
        description="What is not stated is left out; dates are as exact as the source (EDTF)."
    )
    document: str
    start: int
    end: int
    quote: str


class Found(Shape):
    """Passages and facts, each best first."""

    profile: str
    fingerprint: str
    passages: list[FoundPassage]
    facts: list[FoundFact]


class Model(Shape):
    """A profile, as the OpenAI wire format lists models."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: Literal["vivavoce"]
    name: str
    description: str


class Models(Shape):
    """The profiles that answer."""

    object: Literal["list"]
    data: list[Model]


class UrlCitation(Shape):
    """Where a mark such as [1] stands in the text (end exclusive), and what it leads to."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(Shape):
    """As in the OpenAI wire format."""

    type: Literal["url_citation"]
    url_citation: UrlCitation


class Message(Shape):
    """The answer as text, with its citations."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[Annotation]


class Choice(Shape):
    """The only one."""

    index: Literal[0]
    message: Message
    finish_reason: Literal["stop"]
    logprobs: None


class Usage(Shape):
    """Tokens of the language model; none where the program wrote the answer itself."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(Shape):
    """A completion of the OpenAI wire format; under ``vivavoce`` is what POST /v1/ask gives."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    system_fingerprint: str
    vivavoce: Answer


class MatchRequirement(Shape):
    """One requirement of the job description: the characters start to end of it, and what the record says to it."""

    text: str
    start: int
    end: int
    importance: Importance
    verdict: Verdict
    why: str
    citations: list[int]
    question: str | None


class MatchProtected(Shape):
    """A requirement that is not held against anybody, with its protected attribute."""

    text: str
    start: int
    end: int
    attribute: str


class MatchReport(Shape):
    """A job description held against a record."""

    profile: str
    name: str
    language: str
    summary: str
    notice: str
    counts: dict[str, int]
    requirements: list[MatchRequirement]
    not_evaluated: list[MatchProtected]
    citations: list[dict[str, Any]] = Field(description="As in an answer.")
    mode: str
    fingerprint: str
    remarks: list[str]
    model: dict[str, Any] | None = None


class MatchView(Shape):
    """The same as the page shows it."""

    html: str
    markdown: str
    page: str


class Kept(Shape):
    """It is kept for the owner of the profile."""

    kept: Literal[True]


class Publications(Shape):
    """The publications that were asked for."""

    profile: str
    fingerprint: str
    count: int
    total: int
    publications: list[dict[str, Any]]
