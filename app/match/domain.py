"""What a match is made of: requirements, what was found for each, and the report over all of them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from app.domain import Citation, Language, ModelUse
from ingest.domain import Span

Verdict = Literal["stated", "related", "not stated"]
"""Never "no": what a document does not say is not false. Never a score, a rank or a word on the person."""


class Importance(StrEnum):
    """Where a requirement stands in the job description."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked for: characters ``start`` to ``end`` of the job description, white space folded in ``text``."""

    text: str
    start: int
    end: int
    importance: Importance = Importance.REQUIRED


@dataclass(frozen=True, slots=True)
class Protected:
    """Something asked for that is never evaluated, and of which attribute: ``age``, ``gender``, ``origin``, ``family`` …"""

    text: str
    start: int
    end: int
    attribute: str


@dataclass(frozen=True, slots=True)
class Posting:
    """A job description, read."""

    text: str
    language: str
    """ISO 639-1."""
    requirements: tuple[Requirement, ...]
    protected: tuple[Protected, ...] = ()
    left_out: int = 0
    """How many more requirements were found than are looked at."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the record says to one requirement: spans that show it, and the phrase that tells how it was decided, with its values."""

    verdict: Verdict
    spans: tuple[Span, ...] = ()
    phrase: str = ""
    """A key of the phrases; empty: the verdict says enough."""
    values: tuple[tuple[str, str | int], ...] = ()

    @property
    def rank(self) -> int:
        """2 stated, 1 related, 0 not stated."""
        return {"stated": 2, "related": 1, "not stated": 0}[self.verdict]


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement with what the record says to it; ``[n]`` in ``why`` marks citation n of the report."""

    requirement: Requirement
    verdict: Verdict
    why: str
    citations: tuple[int, ...] = ()
    question: str | None = None
    """Worth asking the person; ``None`` where the record states it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A job description held against one record, the same at every door."""

    profile: str
    name: str
    language: Language
    summary: str
    notice: str
    """What this is and is not."""
    findings: tuple[Finding, ...]
    protected: tuple[Protected, ...]
    citations: tuple[Citation, ...]
    mode: str
    fingerprint: str
    remarks: tuple[str, ...] = ()
    """What was left out of the job description, in sentences."""
    model: ModelUse | None = None

    def count(self, verdict: Verdict) -> int:
        """How many requirements got ``verdict``."""
        return sum(f.verdict == verdict for f in self.findings)

    def to_json(self) -> dict[str, Any]:
        """The report as a JSON object; ``model`` is there only where one was asked."""
        asked = {"model": self.model.to_json()} if self.model else {}
        return {
            "profile": self.profile,
            "name": self.name,
            "language": self.language,
            "summary": self.summary,
            "notice": self.notice,
            "counts": {v.replace(" ", "_"): self.count(v) for v in ("stated", "related", "not stated")},
            "requirements": [
                {
                    "text": f.requirement.text,
                    "start": f.requirement.start,
                    "end": f.requirement.end,
                    "importance": f.requirement.importance.value,
                    "verdict": f.verdict,
                    "why": f.why,
                    "citations": list(f.citations),
                    "question": f.question,
                }
                for f in self.findings
            ],
            "not_evaluated": [
                {"text": p.text, "start": p.start, "end": p.end, "attribute": p.attribute} for p in self.protected
            ],
            "citations": [
                {name: getattr(c, name) for name in c.__slots__} | {"boxes": [list(box) for box in c.boxes]}
                for c in self.citations
            ],
            "mode": self.mode,
            "fingerprint": self.fingerprint,
            "remarks": list(self.remarks),
            **asked,
        }
