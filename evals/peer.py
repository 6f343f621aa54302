"""The naive peer to measure beside us: plain llama-index over Chroma, the same embedder, and the best sentence of what it retrieves."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
import numpy.typing as npt
from chromadb.config import Settings as ChromaSettings
from llama_index.core import Document as PlainDocument
from llama_index.core import QueryBundle, StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.callbacks import CallbackManager
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from app.domain import Answer, Citation, Sentence, Turn
from evals.run import Ask
from ingest.build import Progress
from ingest.domain import Document, Record, Span
from ingest.embed import Embedder
from ingest.sentences import sentence_spans

TOP_K = 4
MODE = "plain llama-index"


class SameEmbedder(BaseEmbedding):
    """Our embedder as llama-index calls one."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.id)
        self._embedder = embedder

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        rows: list[list[float]] = self._embedder.embed(texts).tolist()
        return rows

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


@dataclass(frozen=True, slots=True)
class _Engine:
    """One profile as the peer holds it."""

    record: Record
    retriever: BaseRetriever
    sentences: Mapping[str, tuple[Span, ...]]
    """By node; each node has some."""
    vectors: Mapping[Span, npt.NDArray[np.float32]]
    """One unit vector a sentence."""


@contextmanager
def open_peer(records: Mapping[str, Record], embedder: Embedder, progress: Progress) -> Iterator[Ask]:
    """Whoever answers from ``records`` as plain llama-index would; its Chroma lives in a temporary folder until it is let go.

    Of each record it gets the canonical text of the documents and nothing else that we made. Sentences are embedded
    beforehand, as ours are, so that the times compare. Whatever llama-index would take from its global settings is
    given to it.

    Raises:
        EmbedderUnusable: the embedding model.
    """
    with tempfile.TemporaryDirectory(prefix="vivavoce-peer-") as folder, closing(_client(Path(folder))) as client:
        progress.begin("peer", len(records))
        engines: dict[str, _Engine] = {}
        for number, (slug, record) in enumerate(records.items()):
            collection = client.create_collection(f"peer-{number}", embedding_function=None)
            engines[slug] = _engine(record, ChromaVectorStore(chroma_collection=collection), embedder)
            progress.advance()
        yield lambda slug, turns: _answer(engines[slug], embedder, turns)


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(path=str(folder), settings=ChromaSettings(anonymized_telemetry=False))


def _engine(record: Record, store: ChromaVectorStore, embedder: Embedder) -> _Engine:
    splitter = SentenceSplitter()
    nodes = splitter.get_nodes_from_documents([PlainDocument(id_=d.id, text=d.text) for d in record.documents])
    texts = [node for node in nodes if isinstance(node, TextNode)]
    sentences = {node.node_id: tuple(_sentences(node, record.document(node.ref_doc_id or ""))) for node in texts}
    index = VectorStoreIndex(
        [node for node in texts if sentences[node.node_id]],
        storage_context=StorageContext.from_defaults(vector_store=store),
        embed_model=SameEmbedder(embedder),
        transformations=[splitter],
        callback_manager=CallbackManager(),
    )
    spans = list(dict.fromkeys(span for found in sentences.values() for span in found))
    vectors = dict(zip(spans, embedder.embed([record.quote(span) for span in spans]), strict=True))
    return _Engine(record, index.as_retriever(similarity_top_k=TOP_K), sentences, vectors)


def _sentences(node: TextNode, document: Document) -> Iterator[Span]:
    """The sentences of ``node`` where they stand verbatim in ``document``."""
    for start, end in sentence_spans(node.text):
        # ``None`` where llama-index did not find its chunk again; then the sentence's first place will do.
        earliest = 0 if node.start_char_idx is None else node.start_char_idx + start
        found = document.text.find(node.text[start:end], earliest)
        if found >= 0:
            yield Span(document.id, found, found + end - start)


def _answer(engine: _Engine, embedder: Embedder, turns: Sequence[Turn]) -> Answer:
    """The sentence nearest to the last turn. The turns before it go unheard, and nothing is ever refused."""
    question = turns[-1].text
    vector = embedder.embed([question])[0]
    found = engine.retriever.retrieve(QueryBundle(question, embedding=vector.tolist()))
    candidates = dict.fromkeys(span for node in found for span in engine.sentences[node.node.node_id])
    best = max(candidates, key=lambda span: float(engine.vectors[span] @ vector))
    document, quote = engine.record.document(best.document), engine.record.quote(best)
    text = f"{quote} [1]"
    return Answer(
        answer=text,
        status="grounded",
        reason=None,
        sentences=(Sentence(text, (1,)),),
        citations=(Citation(1, document.id, document.title, None, None, best.start, best.end, quote, document.url),),
        question=question,
        profile=engine.record.profile.slug,
        mode=MODE,
        fingerprint=engine.record.fingerprint,
        suggestions=(),
        usage={},
        timings_ms={},
    )
