"""Embedders that are quick and known, for tests about what happens around the vectors."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from ingest.embed import Vectors, unit


class Other:
    """Three numbers out of a hash of each text; not MiniLM."""

    id = "other/3"

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        """See ``ingest.embed.Embedder``."""
        digests = [hashlib.sha256(text.encode()).digest()[:3] for text in texts]
        if progress:
            progress(len(texts))
        return unit(np.array([[b + 1.0 for b in digest] for digest in digests], dtype=np.float32).reshape(-1, 3))
