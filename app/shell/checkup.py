"""What the doctor found in a profile's sources, for a shell and as JSON."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from app.shell.terminal import shortened
from ingest.doctor import examine, read_sources
from ingest.doctor.contributed import contributed
from ingest.doctor.finding import Finding, counted
from ingest.domain import Record, Span
from ingest.profile import read_profile

_QUOTE_CELLS = 72
_PLACES = 6
"""How many further places of one finding a line names."""
_STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}


def check_up(profiles: Path, slug: str, index: Path) -> tuple[Record, tuple[Finding, ...]]:
    """The documents of a profile as they are read, and what the doctor found in them; no model is opened.

    Of the facts of the record, there are those alone that a language model added to the index below ``index``.

    Raises:
        ProfileNotFound, ProfileInvalid: see ``ingest.profile``.
    """
    profile = read_profile(profiles, slug)
    record, unread = read_sources(profiles / slug, profile)
    record = replace(record, facts=contributed(index / slug, record))
    return record, (*unread, *examine(record, profiles / slug, record.facts))


def to_json(record: Record, findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as one JSON object; offsets are characters of the canonical text, end exclusive."""
    return {
        "profile": record.profile.slug,
        "assisted": len(record.facts),
        "findings": [
            {
                "kind": f.kind,
                "severity": f.severity,
                "document": f.document,
                "start": f.span.start if f.span else None,
                "end": f.span.end if f.span else None,
                "quote": f.quote,
                "message": f.message,
                "advice": f.advice,
                "others": [{"document": s.document, "start": s.start, "end": s.end} for s in f.others],
            }
            for f in findings
        ],
        "counts": _counts(findings),
    }


def show_findings(console: Console, record: Record, findings: Sequence[Finding]) -> None:
    """The findings by file: line and column of the text as it is read, what is wrong, and what to do; a summary below."""
    for document, group in groupby(findings, key=lambda f: f.document):
        console.print(Text(document, style="bold"))
        for f in group:
            place = _place(record, f.span) if f.span else "–"
            quote = f"  “{shortened(f.quote, _QUOTE_CELLS)}”" if f.quote else ""
            head = Text.assemble(f"  {place:<8} ", (f"{f.severity:<8}", _STYLES[f.severity]), f.kind, (quote, "dim"))
            console.print(head, soft_wrap=True)
            console.print(f"           {f.message}{_elsewhere(record, f)}", soft_wrap=True)
            console.print(Text(f"           → {f.advice}", style="green"), soft_wrap=True)
        console.print()
    counts = _counts(findings)
    summary = ", ".join(counted(counts[severity], severity) for severity in _STYLES) if findings else "nothing to mend"
    read = counted(len(record.documents), "document")
    if record.facts:
        by_model = counted(len(record.facts), "fact")
        console.print(f"A language model contributed {by_model} to the index; 'vivavoce ingest --rebuild' drops them.")
    console.print(
        f"{summary} in {read}; lines are those of the text as it is read. Nothing was changed.", soft_wrap=True
    )


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    found = Counter(f.severity for f in findings)
    return {severity: found[severity] for severity in ("error", "warning", "note")}


def _elsewhere(record: Record, f: Finding) -> str:
    """The further places of a finding: lines of its own document, others with their name."""
    places = [_place(record, s) if s.document == f.document else f"{s.document}:{_place(record, s)}" for s in f.others]
    more = f" and {len(places) - _PLACES} more" if len(places) > _PLACES else ""
    return f" (also {', '.join(places[:_PLACES])}{more})" if places else ""


def _place(record: Record, span: Span) -> str:
    """Line and column of a span's start, both from 1."""
    text = record.document(span.document).text
    line = text.count("\n", 0, span.start) + 1
    column = span.start - text.rfind("\n", 0, span.start)
    return f"{line}:{column}"
