"""The index of one profile: vectors in Chroma, BM25 beside them, and the record they belong to. Chroma is known only here."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from ingest.domain import Passage, Record
from ingest.embed import Vectors
from ingest.errors import IndexDamaged, IndexMismatch, IndexUnusable
from ingest.generation import Manifest, current, verify
from ingest.lexical import Lexical
from ingest.passages import embedding_text

EXACT_LIMIT = 20_000
"""Up to this many passages search is exact; Chroma's HNSW above it is approximate."""

_CHROMA, _BM25, _RECORD, _COLLECTION = "chroma", "bm25", "record.json", "passages"
_RECORDS = TypeAdapter(Record)
_READ_TRIES = 5


@dataclass(frozen=True, slots=True)
class Index:
    """One opened generation, all in memory; later ingests do not touch it."""

    generation: Path
    manifest: Manifest
    record: Record
    vectors: Vectors
    """One unit row a passage, in the record's order."""
    lexical: Lexical

    def dense(self, query: Vectors) -> npt.NDArray[np.float32]:
        """Cosine similarity of the unit vector ``query`` to every passage; higher is better."""
        scores: npt.NDArray[np.float32] = self.vectors @ query
        return scores


def dump_record(record: Record) -> bytes:
    """``record`` as JSON; equal records give equal bytes."""
    return _RECORDS.dump_json(record)


def write_index(staging: Path, record: Record, vectors: Vectors) -> None:
    """Writes the files of a generation to ``staging`` and reads the vectors back.

    Raises:
        IndexDamaged: Chroma does not give back what was put in.
    """
    (staging / _RECORD).write_bytes(dump_record(record))
    Lexical.build([embedding_text(p) for p in record.passages]).save(staging / _BM25)
    _write_chroma(staging / _CHROMA, record.passages, vectors)
    stored = _read_chroma(staging / _CHROMA, record.passages)
    if not np.allclose(stored, vectors, atol=1e-6):
        raise IndexDamaged(f"Chroma gave back other vectors than it took for {record.profile.slug!r}; check the disk and run again")


def open_index(folder: Path, embedder_id: str) -> Index:
    """The current generation of ``folder``, verified before Chroma opens a private copy of it.

    A generation that is replaced while it is being read is read again.

    Raises:
        IndexMissing: the profile was never ingested.
        IndexMismatch: another embedder or version made it.
        IndexDamaged: a file differs from the manifest.
    """
    for attempt in range(_READ_TRIES):
        generation = current(folder)
        try:
            return _open(generation, embedder_id)
        except IndexDamaged:
            if generation == current(folder) or attempt == _READ_TRIES - 1:
                raise
    raise AssertionError("unreachable")


def read_vectors(folder: Path, embedder_id: str) -> Mapping[str, npt.NDArray[np.float32]]:
    """The current vectors by passage id; empty where there is no usable index of that embedder."""
    try:
        index = open_index(folder, embedder_id)
    except IndexUnusable:
        return {}
    return {p.id: row for p, row in zip(index.record.passages, index.vectors, strict=True)}


def _open(generation: Path, embedder_id: str) -> Index:
    manifest = verify(generation)
    slug = generation.parent.name
    if manifest.embedder != embedder_id:
        raise IndexMismatch(
            f"the index of {slug!r} was made by the embedder {manifest.embedder!r}, the configured one is {embedder_id!r}; "
            f"run 'vivavoce ingest {slug}'"
        )
    try:
        record = _RECORDS.validate_json((generation / _RECORD).read_bytes())
        lexical = Lexical.load(generation / _BM25, len(record.passages))
        vectors = _read_chroma(generation / _CHROMA, record.passages)
    except (OSError, ValidationError) as error:
        raise IndexDamaged(f"the index of {slug!r} cannot be read; run 'vivavoce ingest {slug} --rebuild'") from error
    return Index(generation, manifest, record, vectors, lexical)


def _write_chroma(folder: Path, passages: Sequence[Passage], vectors: Vectors) -> None:
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    nodes = [
        TextNode(
            id_=passage.id,
            text=passage.text,
            embedding=row.tolist(),
            start_char_idx=passage.span.start,
            end_char_idx=passage.span.end,
            metadata={"document": passage.span.document, "path": " > ".join(passage.path)},
        )
        for passage, row in zip(passages, vectors, strict=True)
    ]
    with _client(folder) as client:
        collection = client.create_collection(
            _COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        if nodes:
            ChromaVectorStore(chroma_collection=collection).add(nodes)


def _read_chroma(folder: Path, passages: Sequence[Passage]) -> Vectors:
    """The vectors of ``passages``, from a private copy: opening a Chroma folder rewrites it."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as private:
        shutil.copytree(folder, Path(private) / _CHROMA)
        with _client(Path(private) / _CHROMA) as client:
            collection = client.get_collection(_COLLECTION, embedding_function=None)
            found = collection.get(include=["embeddings"])
    rows = dict(zip(found["ids"], cast(Any, found["embeddings"]), strict=True))
    if set(rows) != {p.id for p in passages}:
        raise IndexDamaged(f"Chroma holds {len(rows)} vectors for {len(passages)} passages; run 'vivavoce ingest --rebuild'")
    if not passages:
        return np.zeros((0, 0), dtype=np.float32)
    return np.asarray([rows[p.id] for p in passages], dtype=np.float32)


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    try:
        yield client
    finally:
        client.close()
