"""Our hybrid search for people who build on llama-index: put ``ProfileRetriever`` into any of their query engines."""

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from app.library import Library
from app.retrieve import search_vector


class ProfileRetriever(BaseRetriever):
    """Retrieves passages of one profile with exact spans.

    Every node's ``text`` is ``document[start_char_idx:end_char_idx]`` of the canonical text; ``metadata`` holds ``document``, ``path``,
    ``start`` and ``end``. Scores lie between 0 and 1; higher is better.
    """

    def __init__(self, library: Library, slug: str, similarity_top_k: int = 8) -> None:
        super().__init__()
        self._library = library
        self._slug = slug
        self._limit = similarity_top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        index = self._library.open(self._slug)
        found = search_vector(
            index, self._library.vector(index, query_bundle.query_str), query_bundle.query_str, self._limit
        )
        nodes = []
        for evidence in found:
            span = evidence.span
            node = TextNode(
                id_=f"{self._slug}:{span.document}:{span.start}-{span.end}",
                text=index.record.quote(span),
                start_char_idx=span.start,
                end_char_idx=span.end,
                metadata={
                    "document": span.document,
                    "path": " > ".join(evidence.path),
                    "start": span.start,
                    "end": span.end,
                },
            )
            nodes.append(NodeWithScore(node=node, score=evidence.score))
        return nodes
