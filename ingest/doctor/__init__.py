"""Lints the sources of a profile for their owner: what is missing, contradicts itself, was not understood or should not be public."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import get_args

from ingest.child import Child
from ingest.doctor import dates, duplicates, glyphs, leftovers, papers, private, unread, venues
from ingest.doctor.finding import Finding
from ingest.doctor.seeing import RULES as SEEING
from ingest.doctor.seeing import unreadable
from ingest.domain import Document, Fact, Profile, Record
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.profile import PrivateKind
from ingest.same import linked

_RULES: tuple[Callable[[Record], Iterator[Finding]], ...] = (
    *papers.RULES,
    *venues.RULES,
    *duplicates.RULES,
    *dates.RULES,
    *glyphs.RULES,
    *leftovers.RULES,
    *unread.RULES,
    *private.RULES,
    *SEEING,
)
_MANY = 8
"""From more findings of one kind in one document one is made that names all the places."""


def read_sources(folder: Path, profile: Profile) -> tuple[Record, tuple[Finding, ...]]:
    """The readable documents of the profile in ``folder``, and what is to be said of the reading itself.

    The record has no facts, passages or fingerprint, which is all that ``examine`` needs; nothing is withheld from its texts.

    Raises:
        ReadersUnusable: the process that reads sources cannot be started.
    """
    documents: list[Document] = []
    found: list[Finding] = []
    with Child() as child:
        for source in profile.sources:
            try:
                documents.append(child.read(folder, source, get_args(PrivateKind)).document)
            except SourceUnreadable as error:
                found.append(unreadable(source.path, str(error).removeprefix(f"{folder / source.path}: ")))
    return Record(profile, tuple(documents), (), (), (), ""), tuple(found)


def examine(record: Record, folder: Path | None = None, assisted: Iterable[Fact] = ()) -> tuple[Finding, ...]:
    """Everything worth the owner's look, in the order of the documents; ``folder`` lets files that nobody read be found too.

    The facts are taken from the documents anew, those included that an ingest leaves out because another entry repeats them; ``assisted`` are
    those that a language model added to the index.
    """
    everything = (*(fact for document in record.documents for fact in facts_in(document)), *assisted)
    whole = replace(record, facts=everything, links=linked(everything)[1])
    found = [finding for rule in _RULES for finding in rule(whole)]
    if folder is not None:
        found += unread.left_out(whole, folder)
    order = {document.id: number for number, document in enumerate(record.documents)}

    def place(finding: Finding) -> tuple[int, str, int, str]:
        start = finding.span.start if finding.span else -1
        return order.get(finding.document, len(order)), finding.document, start, finding.kind

    return tuple(sorted(_gathered(found), key=place))


def _gathered(findings: Iterable[Finding]) -> Iterator[Finding]:
    """``findings`` with the many of one kind in one document made one."""

    def sort(finding: Finding) -> tuple[str, str]:
        return finding.document, finding.kind

    for _, group in groupby(sorted(findings, key=sort), key=sort):
        alike = list(group)
        if len(alike) <= _MANY:
            yield from alike
            continue
        first, *rest = sorted(alike, key=lambda f: f.span.start if f.span else -1)
        spans = [span for f in rest for span in (f.span, *f.others) if span is not None]
        yield replace(first, message=f"{first.message} (and {len(rest)} more like it)", others=(*first.others, *spans))
