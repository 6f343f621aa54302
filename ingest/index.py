"""The index of one profile: vectors in Chroma, BM25 beside them, and the record they belong to. Chroma is known only here."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pydantic import TypeAdapter, ValidationError

from ingest.domain import Passage, Record
from ingest.embed import Vectors
from ingest.errors import IndexDamaged, IndexMismatch, IndexUnusable
from ingest.generation import Manifest, current, stand_ins, verify
from ingest.lexical import Lexical
from ingest.passages import embedding_text
from ingest.scratch import private_copy, temporary, unreadable

EXACT_LIMIT = 20_000
"""Up to this many passages search is exact; Chroma's HNSW above it is approximate."""

_CHROMA, _BM25, _RECORD = "chroma", "bm25", "record.json"
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
    sentence_vectors: Vectors
    """One unit row a sentence, in the record's order."""
    lexical: Lexical
    approximate: "ApproximateSearch | None" = None
    """Chroma's own search, for records with more than ``EXACT_LIMIT`` passages."""
    instead: str = ""
    """Why this is not the generation that the pointer names; empty where it is."""

    @property
    def key(self) -> tuple[str, str]:
        """The slug, and what tells this generation from every other: what was worked out for an index is kept under it."""
        return self.record.profile.slug, self.manifest.seal or self.generation.name

    def dense(self, query: Vectors) -> npt.NDArray[np.float32]:
        """Cosine similarity of the unit vector ``query`` to every passage; higher is better.

        With approximate search, passages that Chroma does not return get the lowest similarity that it does.
        """
        if self.approximate is not None:
            found = self.approximate.query(query)
            scores = np.full(len(self.record.passages), min(found.values(), default=0.0), dtype=np.float32)
            for row, passage in enumerate(self.record.passages):
                scores[row] = found.get(passage.id, scores[row])
            return scores
        exact: npt.NDArray[np.float32] = self.vectors @ query
        return exact


class ApproximateSearch:
    """Chroma's HNSW over a private copy of a generation's store, kept open until the index is let go."""

    def __init__(self, chroma: Path, results: int = 200) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="vivavoce-")
        self._results = results
        shutil.copytree(chroma, Path(self._folder.name) / _CHROMA)
        self._stack = ExitStack()
        client = self._stack.enter_context(_client(Path(self._folder.name) / _CHROMA))
        self._collection = client.get_collection("passages", embedding_function=None)
        weakref.finalize(self, _let_go, self._stack, self._folder)

    def query(self, vector: Vectors) -> dict[str, float]:
        """Cosine similarities of the nearest passages by id."""
        found = self._collection.query(
            query_embeddings=[vector.tolist()], n_results=self._results, include=["distances"]
        )
        return {i: 1.0 - float(d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}


def _let_go(stack: ExitStack, folder: "tempfile.TemporaryDirectory[str]") -> None:
    stack.close()
    folder.cleanup()


def dump_record(record: Record) -> bytes:
    """``record`` as JSON; equal records give equal bytes."""
    return _RECORDS.dump_json(record)


def load_record(generation: Path) -> Record:
    """The record of a generation that was verified.

    Raises:
        IndexDamaged: it cannot be read.
    """
    try:
        return _RECORDS.validate_json((generation / _RECORD).read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexDamaged(unreadable(generation.parent.name)) from error


def write_index(staging: Path, record: Record, vectors: Vectors) -> None:
    """Writes the files of a generation to ``staging`` and reads the vectors back; the passages' rows come before the sentences'.

    Raises:
        IndexDamaged: Chroma does not give back what was put in.
    """
    (staging / _RECORD).write_bytes(dump_record(record))
    Lexical.build([embedding_text(p) for p in record.passages]).save(staging / _BM25)
    groups = _groups(record)
    _write_chroma(staging / _CHROMA, groups, vectors)
    stored = _read_chroma(staging / _CHROMA, groups)
    if not np.allclose(np.concatenate([rows for rows in stored if rows.size] or [vectors]), vectors, atol=1e-6):
        raise IndexDamaged(
            f"Chroma gave back other vectors than it took for {record.profile.slug!r}; check the disk and run again"
        )


def open_index(folder: Path, embedder_id: str | None, exact_limit: int = EXACT_LIMIT) -> Index:
    """The current generation of ``folder``: copied, the copy verified, and only then opened by Chroma.

    A generation that is replaced while it is being read is read again; for one that cannot be used, the best of its stand-ins answers.
    Without an ``embedder_id`` any embedder may have made it. Above ``exact_limit`` passages Chroma searches.

    Raises:
        IndexMissing: the profile was never ingested.
        IndexMismatch: another embedder or version made it, or it is of another profile.
        IndexDamaged: a file differs from the manifest.
    """
    try:
        return _open_current(folder, embedder_id, exact_limit)
    except IndexUnusable as error:
        for other in stand_ins(folder):
            with suppress(IndexUnusable):
                return replace(_open(other, embedder_id, exact_limit), instead=str(error))
        raise


def _open_current(folder: Path, embedder_id: str | None, exact_limit: int) -> Index:
    for attempt in range(_READ_TRIES):
        generation = current(folder)
        try:
            return _open(generation, embedder_id, exact_limit)
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
    passages = [*index.record.passages, *index.record.sentences]
    rows = [*index.vectors, *index.sentence_vectors]
    return {p.id: row for p, row in zip(passages, rows, strict=True)}


def _open(generation: Path, embedder_id: str | None, exact_limit: int) -> Index:
    slug = generation.parent.name
    with private_copy(generation) as copy:
        manifest = verify(copy)
        if embedder_id not in {None, manifest.embedder}:
            raise IndexMismatch(
                f"the index of {slug!r} was made by the embedder {manifest.embedder!r}, "
                f"the configured one is {embedder_id!r}; run 'vivavoce ingest {slug}'"
            )
        record = load_record(copy)
        if record.profile.slug != slug:
            raise IndexMismatch(
                f"the index of {slug!r} is that of {record.profile.slug!r}; run 'vivavoce ingest {slug} --rebuild'"
            )
        lexical = Lexical.load(copy / _BM25, len(record.passages))
        approximate = ApproximateSearch(copy / _CHROMA) if len(record.passages) > exact_limit else None
        with _client(copy / _CHROMA) as client:
            vectors, sentence_vectors = _read_groups(client, _groups(record))
    return Index(generation, manifest, record, vectors, sentence_vectors, lexical, approximate)


def _groups(record: Record) -> dict[str, Sequence[Passage]]:
    """The passages of every collection, by its name."""
    return {"passages": record.passages, "sentences": record.sentences}


def _write_chroma(folder: Path, groups: Mapping[str, Sequence[Passage]], vectors: Vectors) -> None:
    from llama_index.vector_stores.chroma import ChromaVectorStore

    start = 0
    with _client(folder) as client:
        for name, passages in groups.items():
            # As metadata, because a ``configuration`` makes Chroma 1.5 record a "legacy" embedding function.
            collection = client.create_collection(name, embedding_function=None, metadata={"hnsw:space": "cosine"})
            rows = vectors[start : start + len(passages)]
            start += len(passages)
            if len(rows):
                ChromaVectorStore(chroma_collection=collection).add(
                    [_node(p, r) for p, r in zip(passages, rows, strict=True)]
                )
    _drop_empty_segments(folder)


def _drop_empty_segments(chroma: Path) -> None:
    """Removes HNSW files that hold nothing: Chroma 1.5 fills them with memory of this process, deleted text included.

    Below its ``sync_threshold`` (1,000) Chroma keeps the vectors in its log and replays that when it opens the folder.
    """
    for segment in chroma.iterdir():
        if segment.is_dir() and not (segment / "index_metadata.pickle").exists():
            shutil.rmtree(segment)


def _node(passage: Passage, row: npt.NDArray[np.float32]) -> Any:
    """The passage as a llama-index node, so that any llama-index reader of the store finds text, span and headings."""
    from llama_index.core.schema import TextNode

    return TextNode(
        id_=passage.id,
        text=passage.text,
        embedding=row.tolist(),
        start_char_idx=passage.span.start,
        end_char_idx=passage.span.end,
        metadata={"document": passage.span.document, "path": " > ".join(passage.path)},
    )


def _read_chroma(folder: Path, groups: Mapping[str, Sequence[Passage]]) -> list[Vectors]:
    """The vectors of every group, from a private copy: opening a Chroma folder rewrites it."""
    with temporary() as private:
        shutil.copytree(folder, private / _CHROMA)
        with _client(private / _CHROMA) as client:
            return _read_groups(client, groups)


def _read_groups(client: Any, groups: Mapping[str, Sequence[Passage]]) -> list[Vectors]:
    return [_read_collection(client, name, passages) for name, passages in groups.items()]


def _read_collection(client: Any, name: str, passages: Sequence[Passage]) -> Vectors:
    collection = client.get_collection(name, embedding_function=None)
    if (collection.configuration_json or {}).get("embedding_function") is not None:
        raise IndexDamaged(
            "the index names an embedding function, which ours never do; run 'vivavoce ingest --rebuild'"
        )
    found = collection.get(include=["embeddings"])
    rows = dict(zip(found["ids"], found["embeddings"], strict=True))
    if set(rows) != {p.id for p in passages}:
        raise IndexDamaged(
            f"Chroma holds {len(rows)} vectors for {len(passages)} {name}; run 'vivavoce ingest --rebuild'"
        )
    if not passages:
        return np.zeros((0, 0), dtype=np.float32)
    return np.asarray([rows[p.id] for p in passages], dtype=np.float32)


@contextmanager
def _client(folder: Path) -> Iterator[Any]:
    """Chroma over ``folder``; ``IndexUnusable`` where it fails, which on a whole index it does for want of room."""
    import chromadb
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    try:
        client: Any = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
        try:
            yield client
        finally:
            client.close()
    except ChromaError as error:
        first = str(error).partition("\n")[0][:200]
        raise IndexUnusable(
            f"Chroma fails ({first}); see that there is room for the index and for temporary files"
        ) from error
