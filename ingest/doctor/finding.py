"""What the doctor says: one finding, where it stands, and what its owner can do about it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from ingest.domain import Record, Span

Severity = Literal["error", "warning", "note"]
"""``error``: answers will be wrong; ``warning``: answers will miss something or read badly; ``note``: worth a look."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at in a source."""

    kind: str
    """What was found, as a short name: ``missing-year``."""
    severity: Severity
    document: str
    """The file's path inside the profile, also where no document was made of it."""
    span: Span | None
    """Where in the canonical text; ``None`` where it concerns the file as a whole."""
    quote: str
    """Exactly the text of ``span``; empty without one."""
    message: str
    advice: str
    others: tuple[Span, ...] = ()
    """Further places that the same finding is about."""


def finding(
    record: Record,
    span: Span,
    kind: str,
    severity: Severity,
    message: str,
    advice: str,
    others: Iterable[Span] = (),
) -> Finding:
    """A finding about ``span`` of one of the record's documents."""
    return Finding(kind, severity, span.document, span, record.quote(span), message, advice, tuple(others))


def within(record: Record, span: Span, value: str | None) -> Span:
    """Where ``value`` stands inside ``span``, however its white space is set; ``span`` itself where it cannot be found."""
    words = value.split() if value else []
    match = re.search(r"\s+".join(map(re.escape, words)), record.quote(span)) if words else None
    return Span(span.document, span.start + match.start(), span.start + match.end()) if match else span


def counted(number: int, noun: str) -> str:
    """``1 entry``, ``3 entries``."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
